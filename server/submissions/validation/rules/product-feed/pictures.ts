import { type Cell, Has } from '../../cell.ts';
import type { CellRule, Rule, Severity } from '../../types.ts';
import { noParams } from '../common/answers.ts';
import { addScheme, authorityProblem, encodeUrl, illegalAt, UrlProblem } from '../common/urls.ts';
import { firstOf, folded, isFoldedText, lastOf } from '../common/window.ts';
import { images, rfc3986, specification } from './sources.ts';

/*
 * What an address tells of a picture before anybody fetches it, and the addresses beside the main ones.
 */
const imageType: CellRule = {
  id: 'image_link.type',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_format',
  covers: ['F1:image_link'],
  source: images,
  title: 'A picture has a format that is not shown',
  advice: '.{ending} is not accepted. Send JPEG, PNG, WebP, GIF, BMP or TIFF: https://shop.example/shoes/42.jpg.',
  columns: ['image_link'],
  healthy: isOrdinaryPicture,
  check: (cell) => {
    const at = endingAt(cell);
    if (at === -1) return null;
    const end = pathEnd(cell);
    if (isFoldedText(cell.bytes, at, end, 'jpg')) return null;
    for (let index = 0; index < refusedEndings.length; index++) {
      const ending = refusedEndings[index] as string;
      if (isFoldedText(cell.bytes, at, end, ending)) return { ending };
    }
    return null;
  },
  accepted: [
    'https://shop.example/a.jpg',
    'https://shop.example/a.JPEG?w=1',
    'https://shop.example/image/42',
    'https://shop.example/i.php?id=1',
  ],
  refused: [
    'https://shop.example/a.svg',
    'https://img.shop.example/a.svg',
    'https://shop.example/a.PDF?x=1',
    'https://shop.example/a.heic',
  ],
};

const refusedEndings = 'svg pdf heic heif avif psd ai eps ico mp4 mov webm html htm txt zip'.split(' ');

/** Where the path ends: at `?`, `#` or the end. */
function pathEnd(cell: Cell): number {
  const { bytes } = cell;
  const end = lastOf(cell);
  let at = cell.start;
  while (at < end && bytes[at] !== 0x3f && bytes[at] !== 0x23) at++;
  return at;
}

/** Behind the last dot of the path's last part; -1: it has none. */
function endingAt(cell: Cell): number {
  const { bytes } = cell;
  const end = pathEnd(cell);
  for (let at = end - 1; at > cell.start && at > end - 7; at--) {
    if (bytes[at] === 0x2f) return -1;
    if (bytes[at] === 0x2e) return isPathDot(bytes, at, cell.start) ? at + 1 : -1;
  }
  return -1;
}

/** Three slashes before it: `https://shop.ai` ends in a host. */
function isPathDot(bytes: Uint8Array, dot: number, start: number): boolean {
  let slashes = 0;
  for (let at = start; at < dot; at++) if (bytes[at] === 0x2f) slashes++;
  return slashes >= 3;
}

const standIns = [
  'placeholder',
  'no-image',
  'no_image',
  'noimage',
  'coming-soon',
  'coming_soon',
  'comingsoon',
  'kein-bild',
  'image-not-available',
];
const beginsStandIn = Uint8Array.from({ length: 128 }, (_, byte) =>
  standIns.some((name) => name.charCodeAt(0) === byte) ? 1 : 0,
);

const Part = { slash: 1, dot: 2, query: 3, standIn: 4 } as const;
const partOfPicture = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0x2f) return Part.slash;
  if (byte === 0x2e) return Part.dot;
  if (byte === 0x3f || byte === 0x23) return Part.query;
  return beginsStandIn[folded(byte)] === 1 ? Part.standIn : 0;
});
const ordinaryEndings = ['jpg', 'png', 'webp', 'jpeg'];

/** A path without `?` and `#`, a usual ending, and before it a name in which no stand-in can begin: told in one look. */
function isOrdinaryPicture({ bytes, start, end, flags }: Cell): boolean {
  if ((flags & (Has.outerSpace | Has.nonAscii)) !== 0) return false;
  let slashes = 0;
  let name = start;
  let dot = start;
  let standIn = start;
  for (let at = start; at < end; at++) {
    const kind = partOfPicture[bytes[at] as number];
    if (kind === 0) continue;
    if (kind === Part.query) return false;
    if (kind === Part.standIn) {
      // Behind the last dot is the ending.
      if (dot < name) standIn = at;
    } else if (kind === Part.dot) {
      // Those of the host end no name.
      if (slashes < 3) continue;
      // Of several dots in a name the last one counts.
      if (dot >= name) return false;
      dot = at;
    } else {
      slashes++;
      name = at + 1;
    }
  }
  if (slashes < 3 || dot < name || standIn >= name) return false;
  for (let index = 0; index < ordinaryEndings.length; index++)
    if (isFoldedText(bytes, dot + 1, end, ordinaryEndings[index] as string)) return true;
  return false;
}

const imageStandIn: CellRule = {
  id: 'image_link.placeholder',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_value',
  covers: ['F1:image_link'],
  source: images,
  title: 'A picture is a stand-in',
  advice:
    '“{name}” in the address tells that no picture was there. Send a photo of the product, or leave the product out until there is one.',
  columns: ['image_link'],
  healthy: isOrdinaryPicture,
  check: (cell) => {
    const { bytes } = cell;
    const end = lastOf(cell);
    let at = pathEnd(cell) - 1;
    while (at > cell.start && bytes[at] !== 0x2f) at--;
    for (at++; at < end; at++) {
      const byte = folded(bytes[at] as number);
      if (byte >= 0x80 || beginsStandIn[byte] === 0) continue;
      for (let index = 0; index < standIns.length; index++) {
        const name = standIns[index] as string;
        if (at + name.length <= end && isFoldedText(bytes, at, at + name.length, name)) return { name };
      }
    }
    return null;
  },
  accepted: [
    'https://shop.example/a.jpg',
    'https://placeholder.example/a.jpg',
    'https://placeholder.img.shop.example/a.jpg',
  ],
  refused: [
    'https://shop.example/img/placeholder.png',
    'https://img.shop.example/placeholder.png',
    'https://shop.example/No-Image.jpg?w=1',
  ],
};

/** Addresses beside the main ones: one rule for form and characters. Several values are parted by commas. */
function sideAddress(column: string, severity: Severity, title: string, source = rfc3986): CellRule {
  const isMany = column === 'additional_image_link';
  return {
    id: `${column}.url`,
    scope: 'CELL',
    severity,
    code: 'validation_invalid_format',
    covers: [`F1:${column === 'lifestyle_image_link' ? 'image_link' : column}`],
    source,
    title,
    advice:
      'Write all of it with every sign encoded and at most 2,000 characters, as in https://shop.example/shoes/42.',
    columns: [column],
    check: (cell) => (hasBadPart(cell, isMany) ? noParams : null),
    fix: (text) => repairParts(text, isMany),
    accepted: [
      'https://shop.example/a.jpg',
      ...(isMany
        ? ['https://a.example/1.jpg,https://a.example/2.jpg', 'https://a.example/1.jpg, https://a.example/2.jpg']
        : []),
    ],
    refused: [
      '/a.jpg',
      'https://shop.example/a b.jpg',
      'ftp://shop.example/a',
      `https://shop.example/${'x'.repeat(1980)}`,
    ],
    fixed: {
      '//shop.example/a': 'https://shop.example/a',
      'https://shop.example/a b': 'https://shop.example/a%20b',
      '/a.jpg': null,
    },
  };
}

function hasBadPart(cell: Cell, isMany: boolean): boolean {
  const { bytes } = cell;
  const end = lastOf(cell);
  let start = firstOf(cell);
  while (start < end) {
    const next = isMany ? partEnd(bytes, start, end) : end;
    const isBad =
      next - start > 2000 ||
      authorityProblem(bytes, start, next) !== UrlProblem.none ||
      illegalAt(bytes, start, next) !== -1;
    if (isBad) return true;
    start = next + 1;
    while (bytes[start] === 0x20) start++;
  }
  return false;
}

/** The comma before the next address: one inside an address is followed by something else than `http`. */
function partEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    if (bytes[at] !== 0x2c) continue;
    let next = at + 1;
    while (bytes[next] === 0x20) next++;
    if (next >= end || (next + 4 < end && isFoldedText(bytes, next, next + 4, 'http'))) return at;
  }
  return end;
}

function repairParts(text: string, isMany: boolean): string | null {
  const parts = isMany ? text.split(/,(?= {0,8}https?:)/i) : [text];
  const made = parts.map((part) => encodeUrl(part.trim()) ?? addScheme(part.trim()));
  const joined = made.join(',');
  return made.every((part) => part !== null && part.length <= 2000) ? joined : null;
}

const additionalCount: CellRule = {
  id: 'additional_image_link.count',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_length',
  covers: ['F1:additional_image_link'],
  source: specification,
  title: 'A product has more than 10 additional pictures',
  advice: 'There are {count}; only the first 10 are used.',
  columns: ['additional_image_link'],
  check: (cell) => {
    if (cell.end - cell.start < 110) return null;
    const end = lastOf(cell);
    let count = 0;
    for (let start = firstOf(cell); start < end; count++) start = partEnd(cell.bytes, start, end) + 1;
    return count > 10 ? { count } : null;
  },
  accepted: [Array.from({ length: 10 }, (_, at) => `https://a.example/${at}.jpg`).join(',')],
  refused: [Array.from({ length: 11 }, (_, at) => `https://a.example/${at}.jpg`).join(',')],
};

export const pictureRules: readonly Rule[] = [
  imageType,
  imageStandIn,
  sideAddress('additional_image_link', 'WARNING', 'An additional picture has no whole web address', images),
  additionalCount,
  sideAddress('lifestyle_image_link', 'WARNING', 'A lifestyle picture has no whole web address', images),
  sideAddress('mobile_link', 'WARNING', 'A link for phones is no whole web address'),
  sideAddress('video_link', 'HINT', 'A link to a video is no whole web address'),
];
