/*
 * A cell is a window on the bytes of its record: UTF-8, unquoted and unescaped, without a string of its own. Readers
 * reuse the windows from record to record, so a rule keeps nothing of one; what it wants to keep it takes as `text()`.
 */

/** Bits of what a cell holds. Readers set them while they look at every byte anyway, so that a rule about rare bytes costs nothing where there are none. */
export const Has = {
  /** A byte >= 0x80. */
  nonAscii: 1,
  /** A control character other than TAB, LF, CR (also 0x7F). */
  control: 2,
  /** TAB, LF or CR. */
  lineBreakOrTab: 4,
  /** `<`, `>` or `&`. */
  markup: 8,
  /** A space or tab at its start or its end. */
  outerSpace: 16,
  /** A blank anywhere. */
  space: 32,
  /** It begins with `=`, `+`, `-`, `@`, TAB or CR. */
  formula: 64,
  /** A letter a-z. */
  lower: 128,
  /** A letter A-Z. */
  upper: 256,
  /** A digit 0-9. */
  digit: 512,
  /** It was written in double quotes (delimited text alone). */
  quoted: 1024,
  /** The byte 0xEF, with which U+FFFD (the mark of a lost character) and U+FEFF begin: who looks for them looks only there. */
  efByte: 2048,
} as const;

const decoder = new TextDecoder();

export class Cell {
  bytes: Uint8Array = new Uint8Array();
  /** First byte, and the byte behind the last. */
  start = 0;
  end = 0;
  /** Of `Has`. */
  flags = 0;
  /** Several values of one record under one name (XML, JSON arrays), joined by `,`; such a cell cannot be repaired in place. */
  isJoined = false;
  #text: string | null = null;
  /** What the cell says as a date (`common/dates.ts`), read once for all rules that ask; -1: not asked so far. */
  dateForm = -1;
  dateMs = Number.NaN;

  set(bytes: Uint8Array, start: number, end: number, flags: number, isJoined = false): void {
    // Storing a young object in an old one is dear, and mostly it is the same one.
    if (this.bytes !== bytes) this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.flags = flags;
    this.isJoined = isJoined;
    if (this.#text !== null) this.#text = null;
    if (this.dateForm !== -1) this.dateForm = -1;
  }

  get length(): number {
    return this.end - this.start;
  }

  get isEmpty(): boolean {
    return this.end === this.start;
  }

  /** Decoded once; the healthy cells of a feed are never asked. */
  text(): string {
    this.#text ??= decodeText(this.bytes, this.start, this.end);
    return this.#text;
  }
}

/** Short ASCII is put together by hand, which is quicker than the decoder's call. */
function decodeText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= 24) {
    let text = '';
    let at = start;
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte >= 0x80) break;
      text += String.fromCharCode(byte);
    }
    if (at === end) return text;
  }
  return decoder.decode(bytes.subarray(start, end));
}

const encoder = new TextEncoder();

/** What each byte says wherever it stands. */
export const bitsOfByte = Uint16Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80) return byte === 0xef ? Has.nonAscii | Has.efByte : Has.nonAscii;
  if (byte >= 0x61 && byte <= 0x7a) return Has.lower;
  if (byte >= 0x41 && byte <= 0x5a) return Has.upper;
  if (byte >= 0x30 && byte <= 0x39) return Has.digit;
  if (byte === 0x20) return Has.space;
  if (byte === 0x3c || byte === 0x3e || byte === 0x26) return Has.markup;
  if (byte === 9 || byte === 10 || byte === 13) return Has.lineBreakOrTab;
  return byte < 0x20 || byte === 0x7f ? Has.control : 0;
});

/** The bits of a text that stands in no file: for tests, and for values that were put together. */
export function flagsOf(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let flags = 0;
  for (let at = start; at < end; at++) flags |= bitsOfByte[bytes[at] as number] as number;
  if (end > start) {
    const first = bytes[start] as number;
    const last = bytes[end - 1] as number;
    if (first === 0x20 || first === 9 || last === 0x20 || last === 9) flags |= Has.outerSpace;
    if (first === 0x3d || first === 0x2b || first === 0x2d || first === 0x40 || first === 9 || first === 13)
      flags |= Has.formula;
  }
  return flags;
}

/** A cell of its own around a text. */
export function cellOf(text: string): Cell {
  const bytes = encoder.encode(text);
  const cell = new Cell();
  cell.set(bytes, 0, bytes.length, flagsOf(bytes));
  return cell;
}
