import type { FileFacts } from '../types.ts';
import { hasAscii, latin1 } from './bytes.ts';
import { Unreadable } from './unreadable.ts';

/** What files are called that are no text, by their first bytes; `instead` says how to get text out of them. */
const binaries: readonly { at: number; magic: string; what: string; instead: string }[] = [
  {
    at: 0,
    magic: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    what: 'an old Excel workbook (.xls)',
    instead: 'Open it and save the sheet as "CSV UTF-8 (comma delimited)".',
  },
  {
    at: 0,
    magic: '{\\rtf',
    what: 'a rich text document',
    instead: 'Save it as plain text, or export the table from where it was made.',
  },
  {
    at: 0,
    magic: '%PDF-',
    what: 'a PDF document',
    instead: 'Export the data itself as CSV; a PDF holds only its picture.',
  },
  { at: 0, magic: '\x89PNG', what: 'a PNG image', instead: 'Send images where images are asked for.' },
  { at: 0, magic: '\xff\xd8\xff', what: 'a JPEG image', instead: 'Send images where images are asked for.' },
  { at: 0, magic: 'GIF8', what: 'a GIF image', instead: 'Send images where images are asked for.' },
  { at: 8, magic: 'WEBP', what: 'a WebP image', instead: 'Send images where images are asked for.' },
  { at: 0, magic: 'II*\0', what: 'a TIFF image', instead: 'Send images where images are asked for.' },
  { at: 0, magic: 'MM\0*', what: 'a TIFF image', instead: 'Send images where images are asked for.' },
  { at: 4, magic: 'ftyp', what: 'a video or a HEIC image', instead: 'Send media where they are asked for.' },
  { at: 0, magic: 'MZ\x90\0', what: 'a Windows program', instead: 'Export the data as CSV, XML or JSON.' },
  { at: 0, magic: '\x7fELF', what: 'a program', instead: 'Export the data as CSV, XML or JSON.' },
  {
    at: 0,
    magic: 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR',
    what: 'the file that virus scanners are tried with (EICAR)',
    instead: 'Export the data as CSV, XML or JSON, and have the computer looked at that it comes from.',
  },
  { at: 0, magic: '7z\xbc\xaf', what: 'a 7-Zip archive', instead: 'Pack it as .zip or .gz, or send the file itself.' },
  { at: 0, magic: 'Rar!', what: 'a RAR archive', instead: 'Pack it as .zip or .gz, or send the file itself.' },
  { at: 0, magic: 'BZh', what: 'a bzip2 archive', instead: 'Pack it as .gz, or send the file itself.' },
  { at: 0, magic: '\xfd7zXZ', what: 'an xz archive', instead: 'Pack it as .gz, or send the file itself.' },
  {
    at: 0,
    magic: '\x28\xb5\x2f\xfd',
    what: 'a Zstandard archive',
    instead: 'Pack it as .gz, or send the file itself.',
  },
  { at: 257, magic: 'ustar', what: 'a tar archive', instead: 'Send the file that is in it, by itself.' },
  { at: 0, magic: 'PAR1', what: 'a Parquet file', instead: 'Export the table as CSV or JSON Lines.' },
  { at: 0, magic: 'Obj\x01', what: 'an Avro file', instead: 'Export the table as CSV or JSON Lines.' },
  { at: 0, magic: 'SQLite format 3', what: 'an SQLite database', instead: 'Export the table as CSV.' },
  { at: 4, magic: 'Standard Jet DB', what: 'an Access database', instead: 'Export the table as CSV.' },
  { at: 4, magic: 'Standard ACE DB', what: 'an Access database', instead: 'Export the table as CSV.' },
];

/** The share of control characters from which bytes are no text in any encoding that is read here. */
const MOST_CONTROLS = 0.1;

/** Throws where the head of the content is no text at all. */
export function refuseBinary(head: Uint8Array): void {
  for (const { at, magic, what, instead } of binaries)
    if (hasLatin1(head, at, magic)) throw new Unreadable('CSV-12.binary', { what, instead });
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!isUtf16 && isNoise(head))
    throw new Unreadable('CSV-12.binary', {
      what: 'a binary file of a kind that is not known here',
      instead: 'Export the data as CSV, XML or JSON.',
    });
  const page = latin1(head.subarray(0, 512))
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase();
  if (page.startsWith('<!doctype html') || page.startsWith('<html'))
    throw new Unreadable('CSV-12.binary', {
      what: 'a web page',
      instead: 'Save the feed itself; an address that answers with a page mostly asks for a sign-in first.',
    });
}

function hasLatin1(bytes: Uint8Array, at: number, magic: string): boolean {
  return bytes.length >= at + magic.length && hasAscii(bytes, at, magic);
}

/** NULs on both sides of the units and many other controls: neither UTF-8 nor UTF-16 without a BOM. */
function isNoise(head: Uint8Array): boolean {
  let controls = 0;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < head.length; at++) {
    const byte = head[at] as number;
    if (byte === 0) {
      if (at & 1) odd++;
      else even++;
    } else if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) controls++;
  }
  const areUnits = Math.min(even, odd) === 0 && Math.max(even, odd) > head.length * 0.3;
  const noise = controls + (areUnits ? 0 : even + odd);
  return head.length >= 16 && noise > head.length * MOST_CONTROLS;
}

/** By the first character that is no blank, and for JSON by how it goes on. `name` decides only between JSON and lines of it. */
export function formatOf(head: Uint8Array, name: string): FileFacts['format'] {
  let at = 0;
  while (at < head.length && isBlank(head[at] as number)) at++;
  if (at === head.length) return 'UNKNOWN';
  const first = head[at] as number;
  if (first === 0x3c) return 'XML';
  if (first === 0x7b) return isJsonLines(head, at, extensionOf(name)) ? 'JSON_LINES' : 'JSON';
  if (first === 0x5b && isJsonArray(head, at)) return 'JSON';
  return 'DELIMITED';
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 9 || byte === 10 || byte === 13;
}

/** A header may begin with a bracket too. */
function isJsonArray(head: Uint8Array, start: number): boolean {
  let at = start + 1;
  while (at < head.length && isBlank(head[at] as number)) at++;
  return at === head.length || head[at] === 0x7b || head[at] === 0x5d || head[at] === 0x5b;
}

/** Whether the first object ends on its line, with another line or nothing behind it. */
function isJsonLines(head: Uint8Array, start: number, extension: string): boolean {
  if (extension === 'jsonl' || extension === 'ndjson') return true;
  let depth = 0;
  let isQuoted = false;
  let hasList = false;
  for (let at = start; at < head.length; at++) {
    const byte = head[at] as number;
    if (isQuoted) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) isQuoted = false;
    } else if (byte === 0x22) isQuoted = true;
    else if (byte === 10 || byte === 13) return false;
    else if (byte === 0x7b || byte === 0x5b) {
      depth++;
      if (byte === 0x7b && head[at - 1] === 0x5b && depth <= 4) hasList = true;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth--;
      if (depth === 0) {
        const end = at + 1;
        at = end;
        while (at < head.length && isBlank(head[at] as number)) at++;
        // Alone, an object that holds a list of objects is the list's wrapping.
        if (at === head.length) return !hasList;
        return head[at] === 0x7b || head.subarray(end, at).some((between) => between === 10 || between === 13);
      }
    }
  }
  return extension !== 'json';
}

function extensionOf(name: string): string {
  return /\.([A-Za-z0-9]{1,8})$/.exec(name.trim())?.[1]?.toLowerCase() ?? '';
}

type Kind = FileFacts['format'] | 'GZIP' | 'ZIP';

/** What an extension promises; one that is not listed promises nothing. */
const promised: Readonly<Record<string, readonly Kind[]>> = {
  csv: ['DELIMITED'],
  tsv: ['DELIMITED'],
  tab: ['DELIMITED'],
  xml: ['XML'],
  rss: ['XML'],
  atom: ['XML'],
  json: ['JSON', 'JSON_LINES'],
  jsonl: ['JSON_LINES'],
  ndjson: ['JSON_LINES'],
  gz: ['GZIP'],
  gzip: ['GZIP'],
  zip: ['ZIP'],
  xls: [],
  xlsx: [],
  pdf: [],
  png: [],
  jpg: [],
  exe: [],
};

/** The same of a media type, as a browser or a server declares it; those that say nothing are not listed. */
const promisedByType: Readonly<Record<string, readonly Kind[]>> = {
  'text/csv': ['DELIMITED', 'GZIP', 'ZIP'],
  'text/tab-separated-values': ['DELIMITED', 'GZIP', 'ZIP'],
  'application/xml': ['XML', 'GZIP'],
  'text/xml': ['XML', 'GZIP'],
  'application/rss+xml': ['XML', 'GZIP'],
  'application/atom+xml': ['XML', 'GZIP'],
  'application/json': ['JSON', 'JSON_LINES', 'GZIP'],
  'application/x-ndjson': ['JSON_LINES', 'GZIP'],
  'application/gzip': ['GZIP'],
  'application/zip': ['ZIP'],
  'image/png': [],
  'image/jpeg': [],
  'application/pdf': [],
};

const shown: Readonly<Record<Kind, string>> = {
  DELIMITED: 'delimited text (CSV)',
  XML: 'XML',
  JSON: 'JSON',
  JSON_LINES: 'JSON Lines',
  UNKNOWN: 'nothing',
  GZIP: 'a gzip archive',
  ZIP: 'a zip archive',
};

/**
 * Where the name or the declared type promises something other than the bytes are: what to say. Of a packed file the last
 * extension speaks of the packing and the one before of what is in it (`feed.xml.gz`).
 */
export function disagreement(
  file: { name: string; type: string | null; compression: FileFacts['compression'] },
  format: FileFacts['format'],
): { said: string; found: string } | null {
  if (format === 'UNKNOWN') return null;
  const outer: Kind = file.compression === 'NONE' ? format : file.compression;
  const extension = extensionOf(file.name);
  const byName = promised[extension];
  if (byName && !byName.includes(outer)) return { said: `.${extension}`, found: shown[outer] };
  if (outer !== format && byName) {
    const inner = extensionOf(file.name.trim().slice(0, -extension.length - 1));
    const byInner = promised[inner];
    if (byInner && !byInner.includes(format)) return { said: `.${inner}.${extension}`, found: shown[format] };
  }
  const type = file.type?.split(';')[0]?.trim().toLowerCase() ?? '';
  const byType = promisedByType[type];
  if (byType && !byType.includes(outer)) return { said: type, found: shown[outer] };
  return null;
}
