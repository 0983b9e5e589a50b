import type { Tag } from '../../submissions/validation/facts/markup.ts';
import { webAddress } from './texts.ts';
import type { Thing } from './things.ts';

/*
 * Microdata as the same plain objects that JSON-LD gives. The reader of tags knows where tags stand and not how they nest:
 * elements are closed here by name, as far as broken pages let them be.
 */
const empty = 'area base br col embed hr img input link meta param source track wbr'.split(' ');
const addressed: Readonly<Record<string, string>> = {
  a: 'href',
  area: 'href',
  link: 'href',
  img: 'src',
  audio: 'src',
  video: 'src',
  source: 'src',
  embed: 'src',
  iframe: 'src',
  object: 'data',
};
const maxOpen = 1_000;
/** A tag that closes nothing among the last so many closes nothing. */
const maxBack = 30;
const maxProperties = 5_000;
const maxText = 10_000;
/** Properties whose text is being read, one inside of the other. */
const maxReadings = 10;

type Item = { [key: string]: unknown };
type Reading = { keys: string[]; to: Item; text: string };
type Open = { name: string; item: Item | null; reading: Reading | null };

/** Hears every tag of a page in order; `things` are its outermost items. */
export class Microdata {
  readonly things: Thing[] = [];
  readonly #open: Open[] = [];
  /** Of those that are open. */
  readonly #items: Item[] = [];
  readonly #readings: Reading[] = [];
  #properties = 0;
  #at = 0;

  constructor(
    private readonly html: string,
    private readonly url: string,
  ) {}

  take(tag: Tag): void {
    this.#between(this.#at, tag.from);
    this.#at = tag.to;
    const { attributes, name } = tag;
    const item = attributes.itemscope === undefined ? null : itemOf(attributes.itemtype);
    const to = this.#items.at(-1) ?? null;
    const keys =
      to === null
        ? []
        : (attributes.itemprop ?? '').split(/\s+/, 10).filter((key) => /^[a-z0-9:/.#_-]{1,80}$/i.test(key));
    if (item !== null && keys.length === 0) this.#outermost(item);
    let reading: Reading | null = null;
    if (to !== null && keys.length > 0 && this.#properties < maxProperties) {
      this.#properties++;
      const value = item ?? this.#valueOf(name, attributes);
      const isText = value === null && !empty.includes(name) && this.#readings.length < maxReadings;
      if (isText) reading = { keys, to, text: '' };
      else put(to, keys, value ?? '');
    }
    if (empty.includes(name) || this.#open.length >= maxOpen) return;
    this.#open.push({ name, item, reading });
    if (item !== null) this.#items.push(item);
    if (reading !== null) this.#readings.push(reading);
  }

  end(): Thing[] {
    this.#between(this.#at, this.html.length);
    while (this.#open.length > 0) this.#close();
    return this.things;
  }

  #outermost(item: Item): void {
    if (this.things.length < maxProperties) this.things.push(item);
  }

  #valueOf(name: string, attributes: Tag['attributes']): string | null {
    // Also where it is not allowed: shops write the exact price into it, and people's one into the text.
    if (attributes.content !== undefined) return attributes.content.slice(0, maxText);
    const address = addressed[name];
    if (address !== undefined) return webAddress(attributes[address], this.url) ?? '';
    if (name === 'data' || name === 'meter') return attributes.value?.slice(0, maxText) ?? null;
    return name === 'time' ? (attributes.datetime?.slice(0, maxText) ?? null) : null;
  }

  /** Text and closing tags between two tags that open. */
  #between(from: number, to: number): void {
    let at = from;
    while (at < to) {
      const mark = this.html.indexOf('<', at);
      const end = mark < 0 || mark > to ? to : mark;
      if (end > at) this.#text(at, end);
      if (end === to) return;
      if (this.html.startsWith('<!--', mark)) {
        const behind = this.html.indexOf('-->', mark + 4);
        at = behind < 0 ? to : behind + 3;
      } else if (this.html[mark + 1] === '/') {
        const name = /^[a-z0-9:-]{1,40}/i.exec(this.html.slice(mark + 2, mark + 42))?.[0].toLowerCase() ?? '';
        const behind = this.html.indexOf('>', mark);
        this.#closeTo(name);
        at = behind < 0 ? to : behind + 1;
      } else {
        this.#text(mark, mark + 1);
        at = mark + 1;
      }
    }
  }

  #text(from: number, to: number): void {
    for (const { reading } of this.#open) {
      if (reading !== null && reading.text.length < maxText)
        reading.text += this.html.slice(from, Math.min(to, from + maxText));
    }
  }

  #closeTo(name: string): void {
    const back = this.#open.slice(-maxBack).findLastIndex((open) => open.name === name);
    if (back < 0) return;
    const keep = Math.max(0, this.#open.length - maxBack) + back;
    while (this.#open.length > keep) this.#close();
  }

  #close(): void {
    const closed = this.#open.pop();
    if (closed?.item) this.#items.pop();
    if (closed?.reading) this.#readings.pop();
    if (closed?.reading) put(closed.reading.to, closed.reading.keys, closed.reading.text);
  }
}

function itemOf(type: string | undefined): Item {
  const item: Item = Object.create(null);
  item['@type'] = (type ?? '').slice(0, 500).split(/\s+/);
  return item;
}

function put(to: Item, keys: readonly string[], value: unknown): void {
  for (const key of keys) {
    const before = to[key];
    if (before === undefined) to[key] = value;
    else if (Array.isArray(before)) before.push(value);
    else to[key] = [before, value];
  }
}
