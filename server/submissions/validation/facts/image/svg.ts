import { readTags } from '../markup.ts';
import type { Bytes } from './bytes.ts';

export type SvgFacts = {
  readonly width: number | null;
  readonly height: number | null;
  readonly hasViewBox: boolean;
  /** `tiny-ps` for BIMI. */
  readonly baseProfile: string | null;
  readonly hasTitle: boolean;
  /** Letters that need a font instead of outlines. */
  readonly hasText: boolean;
  readonly hasRaster: boolean;
  /** What may not stand in it: `<script>`, `onload`, `href https://...`. */
  readonly dangers: readonly string[];
  /** Colours that it names, as #rrggbb. */
  readonly colours: readonly string[];
  readonly isWhole: boolean;
};

const forbidden = ['script', 'foreignobject', 'iframe', 'object', 'embed', 'audio', 'video', 'handler', 'listener'];
const maxDangers = 20;
const maxColours = 200;

/** Its first element is `svg`, behind whatever XML allows before it. */
export function looksLikeSvg(bytes: Bytes): boolean {
  const start = bytes.text(0, 4_096);
  for (let at = start.indexOf('<'); at >= 0; at = start.indexOf('<', at + 1)) {
    if (/^<(\w{1,20}:)?svg[\s>/]/i.test(start.slice(at, at + 30))) return true;
    if (start.startsWith('<!--', at)) at = start.indexOf('-->', at);
    else if (!/^<[?!]/.test(start.slice(at, at + 2))) return false;
    if (at < 0) return false;
  }
  return false;
}

/** Reads the text once, tag by tag; what it holds is never loaded or drawn. */
export function readSvg(text: string): SvgFacts {
  const dangers = new Set<string>();
  const colours = new Set<string>();
  const names = new Set<string>();
  let root: Readonly<Record<string, string>> | null = null;
  if (/<!ENTITY/i.test(text)) dangers.add('<!ENTITY>');
  if (/<\?xml-stylesheet/i.test(text)) dangers.add('<?xml-stylesheet?>');
  for (const { name, attributes, content } of readTags(text, true)) {
    names.add(name);
    if (root === null && name === 'svg') root = attributes;
    if (forbidden.includes(name)) dangers.add(`<${name}>`);
    if (name === 'style') {
      if (isOutside(content)) dangers.add('url() in <style>');
      addColours(colours, 'style', content);
    }
    for (const [attribute, value] of Object.entries(attributes)) {
      const danger = dangerOf(name, attribute, value);
      if (danger !== null && dangers.size < maxDangers) dangers.add(danger);
      addColours(colours, attribute, value);
    }
  }
  const box = (root?.viewbox ?? '')
    .slice(0, 200)
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const hasViewBox = box.length === 4 && box.every(Number.isFinite);
  return {
    width: sizeOf(root?.width) ?? (hasViewBox ? (box[2] ?? null) : null),
    height: sizeOf(root?.height) ?? (hasViewBox ? (box[3] ?? null) : null),
    hasViewBox,
    baseProfile: root?.baseprofile ?? null,
    hasTitle: names.has('title'),
    hasText: names.has('text'),
    hasRaster: names.has('image') || names.has('feimage'),
    dangers: [...dangers],
    colours: [...colours],
    isWhole: /<\/(\w{1,20}:)?svg\s{0,20}>/i.test(text.slice(-1_000)),
  };
}

function dangerOf(tag: string, attribute: string, value: string): string | null {
  const local = attribute.split(':').at(-1) ?? '';
  if (/^on[a-z]/.test(local)) return attribute.slice(0, 40);
  if (attribute.startsWith('xmlns')) return null;
  const address = withoutBlanks(value.slice(0, 10_000)).toLowerCase();
  if (local === 'href' || local === 'src') {
    const isInside = address === '' || address.startsWith('#') || /^data:image\/(png|jpe?g|gif|webp)[;,]/.test(address);
    return isInside || (tag === 'a' && /^https?:/.test(address)) ? null : `${attribute} ${value.slice(0, 60)}`;
  }
  if (/^(set|animate)/.test(tag) && address.includes('javascript:')) return `${tag} ${local}`;
  return isOutside(value) ? `${attribute} ${value.slice(0, 60)}` : null;
}

/** Styles that load something from elsewhere, or run. */
function isOutside(css: string): boolean {
  if (!/[(@:\\]/.test(css)) return false;
  const plain = withoutBlanks(css).toLowerCase();
  // An escape can spell any of the words below.
  if (/\\[0-9a-f]/.test(plain) || /@import|expression\(|javascript:/.test(plain)) return true;
  return [...plain.matchAll(/url\(["']?(.{0,30})/g)].some(
    ([, target = '']) => !/^(#|data:image\/(png|jpe?g|gif|webp)[;,])/.test(target),
  );
}

const withoutBlanks = (text: string) => text.replaceAll(/[\s\p{Cc}]/gu, '');
const named: Readonly<Record<string, string>> = { white: '#ffffff', black: '#000000' };

function addColours(colours: Set<string>, attribute: string, value: string): void {
  if (colours.size >= maxColours || !/^(style|fill|stroke|stop-color)$/.test(attribute)) return;
  const text = attribute === 'style' ? value : `fill:${value}`;
  for (const [, colour = ''] of text.matchAll(
    /(?:fill|stroke|stop-color)\s{0,9}:\s{0,9}(#[0-9a-f]{3,8}|white|black)\b/gi,
  )) {
    const lower = colour.toLowerCase();
    const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(lower);
    colours.add(
      short ? `#${[1, 2, 3].map((at) => `${short[at]}${short[at]}`).join('')}` : (named[lower] ?? lower.slice(0, 7)),
    );
    if (colours.size >= maxColours) return;
  }
}

function sizeOf(value: string | undefined): number | null {
  const [, number] = /^\s{0,9}(\d{1,9}(?:\.\d{1,9})?)\s{0,9}(?:px)?\s{0,9}$/.exec(value ?? '') ?? [];
  return number === undefined ? null : Number(number);
}
