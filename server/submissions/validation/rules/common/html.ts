import type { Cell } from '../../cell.ts';
import { isLetter } from './window.ts';

/*
 * HTML in texts. Whether there is any is seen on bytes; what is allowed and closed is judged by one pass of a small reader
 * over the text, which never fails: a `<` that begins no tag is a `<`.
 */

/** The tags that product descriptions may have, without attributes. */
export const simpleTags: readonly string[] = 'strong em ul ol li br sub sup div span dl dt dd'.split(' ');

/** A `<` that a letter, `/` or `!` follows, or a named or numbered character: HTML, and not `a < b` or `Tom & Co`. */
export function hasHtml(cell: Cell): boolean {
  const { bytes, end } = cell;
  for (let at = cell.start; at + 1 < end; at++) {
    const byte = bytes[at];
    if (byte === 0x3c && isTagStart(bytes[at + 1] as number)) return true;
    if (byte === 0x26 && isEntityAt(bytes, at + 1, end)) return true;
  }
  return false;
}

/** Any tag at all. */
export function hasTag(cell: Cell): boolean {
  const { bytes, end } = cell;
  for (let at = cell.start; at + 1 < end; at++) {
    if (bytes[at] === 0x3c && isTagStart(bytes[at + 1] as number)) return true;
  }
  return false;
}

function isTagStart(byte: number): boolean {
  return isLetter(byte) || byte === 0x2f || byte === 0x21;
}

/** `amp;`, `#39;`, `#x27;`, `nbsp;` behind the `&`. */
function isEntityAt(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  if (bytes[at] === 0x23) at++;
  const first = at;
  while (at < end && at - first < 10) {
    const byte = bytes[at] as number;
    if (!isLetter(byte) && !(byte >= 0x30 && byte <= 0x39)) break;
    at++;
  }
  return at - first >= 2 && at < end && bytes[at] === 0x3b;
}

type Piece = { text: string } | { tag: string; isClosing: boolean; hasAttributes: boolean };

/** Texts and tags in order; comments are left out. */
function piecesOf(html: string): Piece[] {
  const pieces: Piece[] = [];
  // Behind these none comes any more, so that each is looked for in vain once.
  const lastEnd = html.lastIndexOf('>');
  const lastComment = html.lastIndexOf('-->');
  let from = 0;
  let at = html.indexOf('<');
  while (at !== -1 && at < lastEnd) {
    const isTag = /[a-z/!]/i.test(html[at + 1] ?? '');
    const isComment = isTag && html.startsWith('<!--', at);
    const end = !isTag || (isComment && at > lastComment - 4) ? -1 : tagEnd(html, at, isComment);
    if (end === -1) {
      at = html.indexOf('<', at + 1);
      continue;
    }
    if (at > from) pieces.push({ text: html.slice(from, at) });
    const piece = tagOf(html.slice(at + 1, end));
    if (piece !== null) pieces.push(piece);
    from = end + 1;
    at = html.indexOf('<', from);
  }
  if (from < html.length) pieces.push({ text: html.slice(from) });
  return pieces;
}

/** The `>` that ends the tag or comment at `at`; -1: a `<` before it means that this one was never closed. */
function tagEnd(html: string, at: number, isComment: boolean): number {
  if (isComment) return html.indexOf('-->', at + 4) + 2;
  for (let end = at + 1; end < html.length; end++) {
    if (html[end] === '>') return end;
    if (html[end] === '<') return -1;
  }
  return -1;
}

function tagOf(inner: string): Piece | null {
  if (inner.startsWith('!')) return null;
  const isClosing = inner.startsWith('/');
  const name = /^\/?\s*([a-z][a-z0-9]*)/i.exec(inner)?.[1]?.toLowerCase() ?? '';
  if (name === '') return null;
  const rest = inner
    .slice(inner.toLowerCase().indexOf(name) + name.length)
    .replace(/\/$/, '')
    .trim();
  return { tag: name, isClosing, hasAttributes: rest !== '' };
}

export type HtmlProblem = { kind: 'TAG' | 'ATTRIBUTES' | 'UNCLOSED'; tag: string };

/** Tags that close without a word: HTML lets `li`, `dt` and `dd` end by themselves, `br` has no end. */
const selfClosing = ['br', 'li', 'dt', 'dd'];

/** Other tags that mean the same as a simple one. */
const sameAs: Readonly<Record<string, string>> = { b: 'strong', i: 'em' };

/** The first thing that is not simple, closed HTML; null: all is well. */
export function htmlProblem(text: string): HtmlProblem | null {
  const open: string[] = [];
  for (const piece of piecesOf(text)) {
    if ('text' in piece) continue;
    if (!simpleTags.includes(piece.tag)) return { kind: 'TAG', tag: piece.tag };
    if (piece.hasAttributes) return { kind: 'ATTRIBUTES', tag: piece.tag };
    if (selfClosing.includes(piece.tag)) continue;
    if (!piece.isClosing) open.push(piece.tag);
    else if (open.pop() !== piece.tag) return { kind: 'UNCLOSED', tag: piece.tag };
  }
  const left = open.pop();
  return left === undefined ? null : { kind: 'UNCLOSED', tag: left };
}

/** Elements of which nothing is for readers. */
const unread = ['script', 'style', 'iframe', 'noscript', 'object', 'template', 'svg'];

/** A text that nests deeper is no description. */
const deepest = 100;

/** Simple, closed HTML with the same words: other tags and all attributes go, scripts and styles with what they hold. */
export function simplifyHtml(text: string): string {
  const made: string[] = [];
  const open: string[] = [];
  let skipped: string | null = null;
  for (const piece of piecesOf(text)) {
    if ('text' in piece) {
      if (skipped === null) made.push(piece.text);
      continue;
    }
    if (skipped !== null) {
      if (piece.isClosing && piece.tag === skipped) skipped = null;
      continue;
    }
    const tag = sameAs[piece.tag] ?? piece.tag;
    if (unread.includes(tag)) skipped = piece.isClosing ? null : tag;
    else if (!simpleTags.includes(tag)) made.push(gapFor(tag, piece.isClosing, made.at(-1)));
    else if (tag === 'br') made.push('<br>');
    else if (selfClosing.includes(tag)) made.push(`<${piece.isClosing ? '/' : ''}${tag}>`);
    else if (!piece.isClosing) {
      if (open.length === deepest) continue;
      open.push(tag);
      made.push(`<${tag}>`);
    } else if (open.includes(tag)) {
      let last = open.pop();
      while (last !== undefined && last !== tag) {
        made.push(`</${last}>`);
        last = open.pop();
      }
      made.push(`</${tag}>`);
    }
  }
  while (open.length > 0) made.push(`</${open.pop()}>`);
  return withoutLastBreaks(made.join(''));
}

const paragraphs = /^(?:p|h[1-6]|tr)$/;

/** What stands for a tag that goes. */
function gapFor(tag: string, isClosing: boolean, before: string | undefined): string {
  if (paragraphs.test(tag) && isClosing) return '<br>';
  return breaks.includes(tag) && before !== '<br>' ? ' ' : '';
}

function withoutLastBreaks(html: string): string {
  let end = html.trimEnd();
  while (end.endsWith('<br>')) end = end.slice(0, -4).trimEnd();
  return end.trimStart();
}

/** Tags that part words when they go. */
const breaks =
  'h1 h2 h3 h4 h5 h6 table tr td th tbody thead section article header footer hr blockquote pre br p div li ul ol dl dt dd'.split(
    ' ',
  );

/** The words alone: no tags, no scripts, named characters as they are meant, blanks single. */
export function plainText(html: string): string {
  let made = '';
  let skipped: string | null = null;
  for (const piece of piecesOf(html)) {
    if ('text' in piece) {
      if (skipped === null) made += piece.text;
    } else if (skipped !== null) {
      if (piece.isClosing && piece.tag === skipped) skipped = null;
    } else if (unread.includes(piece.tag)) skipped = piece.isClosing ? null : piece.tag;
    else if (breaks.includes(piece.tag)) made += ' ';
  }
  return decodeEntities(made).replace(/\s+/g, ' ').trim();
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  shy: '',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  bull: '•',
  middot: '·',
  laquo: '«',
  raquo: '»',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  sbquo: '‚',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  plusmn: '±',
  times: '×',
  frac12: '½',
  frac14: '¼',
  sup2: '²',
  sup3: '³',
  micro: 'µ',
  sect: '§',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  aring: 'å',
  Aring: 'Å',
  oslash: 'ø',
  Oslash: 'Ø',
  aelig: 'æ',
  AElig: 'Æ',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  euml: 'ë',
  Eacute: 'É',
  Egrave: 'È',
  agrave: 'à',
  aacute: 'á',
  acirc: 'â',
  Agrave: 'À',
  ccedil: 'ç',
  Ccedil: 'Ç',
  iacute: 'í',
  icirc: 'î',
  iuml: 'ï',
  ntilde: 'ñ',
  Ntilde: 'Ñ',
  oacute: 'ó',
  ograve: 'ò',
  ocirc: 'ô',
  uacute: 'ú',
  ugrave: 'ù',
  ucirc: 'û',
  yacute: 'ý',
  atilde: 'ã',
  otilde: 'õ',
  iexcl: '¡',
  iquest: '¿',
};

/** `&amp;` -> `&`, `&#39;` -> `'`; names that we do not know stay. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z0-9]{2,10}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole;
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex, 16);
    const isCharacter =
      code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && !(code >= 127 && code < 160);
    return isCharacter ? String.fromCodePoint(code) : whole;
  });
}
