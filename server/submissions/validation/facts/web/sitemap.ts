import { parsedAddress } from '../../address.ts';
/** What a sitemap holds, counted while it passes. */
export type SitemapFact = {
  readonly url: string;
  readonly root: string | null;
  readonly namespace: string | null;
  readonly isUtf8: boolean;
  readonly hasDoctype: boolean;
  /** It ends with the end of its root. */
  readonly isWhole: boolean;
  readonly bytes: number;
  readonly locs: number;
  /** How many, and a few of them. */
  readonly unescaped: Counted;
  readonly relative: Counted;
  readonly long: Counted;
  readonly elsewhere: Counted;
  readonly outside: Counted;
  readonly dates: Counted;
};
export type Counted = { readonly count: number; readonly samples: readonly string[] };

export const sitemapNamespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

type CountedName = 'unescaped' | 'relative' | 'long' | 'elsewhere' | 'outside' | 'dates';

const maxSamples = 20;
/** A tag or a text longer than this is no address and no date. */
const maxToken = 100_000;
const maxText = 10_000;
const w3c =
  /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?)?)?$/;

class Counter {
  count = 0;
  samples: string[] = [];
  add(sample: string): void {
    this.count++;
    if (this.samples.length < maxSamples) this.samples.push(sample.slice(0, 200));
  }
  get counted(): Counted {
    return { count: this.count, samples: this.samples };
  }
}

/** Reads a sitemap piece by piece, in constant memory. Nothing in it is loaded and no entity is replaced but XML's own five. */
export class SitemapScan {
  readonly #base: URL | null;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #rest = '';
  #isUtf8 = true;
  #bytes = 0;
  #root: string | null = null;
  #namespace: string | null = null;
  #hasDoctype = false;
  #isWhole = false;
  #locs = 0;
  /** The element whose text is being read. */
  #inside: 'loc' | 'lastmod' | null = null;
  #text = '';
  #skipTo: string | null = null;
  readonly #found = {
    unescaped: new Counter(),
    relative: new Counter(),
    long: new Counter(),
    elsewhere: new Counter(),
    outside: new Counter(),
    dates: new Counter(),
  };

  constructor(
    readonly url: string,
    /** Hears every address as it passes. */
    private readonly onLoc: (address: string) => void = () => {},
  ) {
    this.#base = parsedAddress(url);
  }

  /** The name of the outermost element, once it has passed. */
  get root(): string | null {
    return this.#root;
  }

  push(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (!this.#isUtf8) return;
    try {
      this.#read(this.#decoder.decode(bytes, { stream: true }));
    } catch {
      this.#isUtf8 = false;
    }
  }

  end(): SitemapFact {
    try {
      this.#read(this.#decoder.decode());
    } catch {
      this.#isUtf8 = false;
    }
    const counted = Object.fromEntries(Object.entries(this.#found).map(([name, counter]) => [name, counter.counted]));
    return {
      url: this.url,
      root: this.#root,
      namespace: this.#namespace,
      isUtf8: this.#isUtf8,
      hasDoctype: this.#hasDoctype,
      isWhole: this.#isWhole,
      bytes: this.#bytes,
      locs: this.#locs,
      ...(counted as Record<CountedName, Counted>),
    };
  }

  #read(piece: string): void {
    const text = this.#rest + piece;
    let at = 0;
    while (at < text.length) {
      if (this.#skipTo !== null) {
        const end = text.indexOf(this.#skipTo, at);
        // Its mark may be cut by the end of the piece.
        const kept = Math.max(at, text.length - this.#skipTo.length + 1);
        if (this.#skipTo === ']]>') this.#take(text.slice(at, end < 0 ? kept : end), true);
        at = end < 0 ? kept : end + this.#skipTo.length;
        if (end < 0) break;
        this.#skipTo = null;
      } else if (text[at] !== '<') {
        const end = text.indexOf('<', at);
        this.#take(text.slice(at, end < 0 ? text.length : end), false);
        at = end < 0 ? text.length : end;
      } else if (text.length - at < 9 && !text.includes('>', at)) break;
      else if (text.startsWith('<!--', at) || text.startsWith('<![CDATA[', at)) {
        const isComment = text.startsWith('<!--', at);
        this.#skipTo = isComment ? '-->' : ']]>';
        at += isComment ? 4 : 9;
      } else {
        const end = text.indexOf('>', at);
        if (end < 0 && text.length - at < maxToken) break;
        if (end < 0) {
          this.#skipTo = '>';
          at = text.length;
          break;
        }
        if (end - at < maxToken) this.#tag(text.slice(at + 1, end));
        at = end + 1;
      }
    }
    this.#rest = text.slice(at);
  }

  #tag(tag: string): void {
    if (tag.startsWith('!')) this.#hasDoctype ||= /^!doctype/i.test(tag);
    if (tag.startsWith('!') || tag.startsWith('?')) return;
    const isEnd = tag.startsWith('/');
    const name = /^[\w:.-]{1,100}/.exec(isEnd ? tag.slice(1) : tag)?.[0] ?? '';
    const local = name.split(':').at(-1) ?? '';
    if (this.#root === null && !isEnd) {
      this.#root = local;
      const prefix = name.includes(':') ? `:${name.split(':')[0]}` : '';
      this.#namespace = new RegExp(`\\sxmlns${prefix}\\s?=\\s?["']([^"']{0,200})["']`).exec(tag)?.[1] ?? null;
    } else if (isEnd && local === this.#root) this.#isWhole = true;
    // `image:loc` and `video:loc` are of other vocabularies.
    if (name.includes(':') && !['loc', 'lastmod'].includes(name)) return;
    if (!isEnd && (name === 'loc' || name === 'lastmod')) {
      this.#inside = name;
      this.#text = '';
    } else if (isEnd && name === this.#inside) {
      const text = this.#whole();
      if (name === 'loc') this.#loc(text);
      else if (text !== '' && !w3c.test(text)) this.#found.dates.add(text);
      this.#inside = null;
    }
  }

  /** Text is judged when its element ends: a piece may end in the middle of a reference. */
  #take(text: string, isRaw: boolean): void {
    if (this.#inside === null) return;
    const written = isRaw ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : text;
    this.#text = (this.#text + written).slice(0, maxText);
  }

  #whole(): string {
    const text = this.#text.trim();
    if (/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/.test(text)) this.#found.unescaped.add(text);
    const plain = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"');
    return plain.replaceAll('&apos;', "'").replaceAll('&amp;', '&');
  }

  #loc(text: string): void {
    this.#locs++;
    this.onLoc(text);
    const found = this.#found;
    if (text.length >= 2_048) found.long.add(text);
    else this.#placed(text, /^https?:\/\//i.test(text) ? parsedAddress(text) : null);
  }

  #placed(text: string, url: URL | null): void {
    if (url === null) this.#found.relative.add(text);
    else if (this.#base !== null) this.#place(url, this.#base, text);
  }

  #place(url: URL, base: URL, text: string): void {
    const found = this.#found;
    const folder = base.pathname.replace(/[^/]*$/, '');
    if (url.host !== base.host || url.protocol !== base.protocol) found.elsewhere.add(text);
    else if (!url.pathname.startsWith(folder)) found.outside.add(text);
  }
}

/** For examples. */
export function exampleSitemap(text: string | Uint8Array, url = 'https://shop.example/sitemap.xml'): SitemapFact {
  const scan = new SitemapScan(url);
  scan.push(typeof text === 'string' ? new TextEncoder().encode(text) : text);
  return scan.end();
}
