import { joined, uint16, uint32 } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { DamagedDeflate, Inflate } from './inflate.ts';
import { Unreadable } from './unreadable.ts';

/** More than any file name or comment: a header that never ends is no header. */
const LONGEST_HEADER = 65_536;

/** `HEADER` -> `BODY` -> `TRAILER` -> `BETWEEN` -> (another member) `HEADER`, or zeros until the end. */
type State = 'HEADER' | 'BODY' | 'TRAILER' | 'BETWEEN';

/** RFC 1952. Several members, as `cat a.gz b.gz` and block compressors write them, are one content. */
export class Gunzip {
  readonly #inflate: Inflate;
  #state: State = 'HEADER';
  #pending: Uint8Array = new Uint8Array();
  #crc = 0;
  #size = 0;

  constructor(give: (bytes: Uint8Array) => void) {
    this.#inflate = new Inflate((bytes) => {
      this.#crc = crc32(bytes, this.#crc);
      this.#size = (this.#size + bytes.length) % 2 ** 32;
      give(bytes);
    });
  }

  push(bytes: Uint8Array): void {
    let input: Uint8Array | null = joined(this.#pending, bytes);
    this.#pending = new Uint8Array();
    while (input && input.length > 0) input = this.#step(input);
  }

  end(): void {
    if (this.#state === 'BODY') this.#continue(this.#body(new Uint8Array(), true));
    if (this.#state !== 'BETWEEN') throw new Unreadable('CSV-12.truncated', { kind: 'gzip' });
  }

  #continue(rest: Uint8Array | null): void {
    let input = rest;
    while (input && input.length > 0) input = this.#step(input);
  }

  /** What is left to look at; null when more has to come first. */
  #step(input: Uint8Array): Uint8Array | null {
    if (this.#state === 'HEADER') return this.#header(input);
    if (this.#state === 'BODY') return this.#body(input, false);
    if (this.#state === 'TRAILER') return this.#trailer(input);
    return this.#between(input);
  }

  #header(input: Uint8Array): Uint8Array | null {
    const length = headerLength(input);
    if (length === null) {
      if (input.length > LONGEST_HEADER) throw damaged('header');
      this.#pending = input.slice();
      return null;
    }
    this.#inflate.restart();
    this.#crc = 0;
    this.#size = 0;
    this.#state = 'BODY';
    return input.subarray(length);
  }

  #body(input: Uint8Array, isEnd: boolean): Uint8Array | null {
    const rest = inflated(this.#inflate, input, isEnd, 'gzip');
    if (rest) this.#state = 'TRAILER';
    return rest;
  }

  #trailer(input: Uint8Array): Uint8Array | null {
    if (input.length < 8) {
      this.#pending = input.slice();
      return null;
    }
    if (uint32(input, 0) !== this.#crc || uint32(input, 4) !== this.#size) throw damaged('checksum');
    this.#state = 'BETWEEN';
    return input.subarray(8);
  }

  #between(input: Uint8Array): Uint8Array | null {
    // Tapes pad with zeros.
    let at = 0;
    while (at < input.length && input[at] === 0) at++;
    if (at === input.length) return null;
    if (at > 0 || input[0] !== 0x1f) throw damaged('trailing');
    this.#state = 'HEADER';
    return input;
  }
}

function damaged(part: string): Unreadable {
  return new Unreadable('CSV-12.damaged', { kind: 'gzip', part });
}

/** Inflates, and tells a truncated or damaged stream as what it is to the person. */
export function inflated(inflate: Inflate, input: Uint8Array, isEnd: boolean, kind: 'gzip' | 'zip'): Uint8Array | null {
  try {
    return inflate.push(input, isEnd);
  } catch (error) {
    if (!(error instanceof DamagedDeflate)) throw error;
    if (error.why === 'truncated') throw new Unreadable('CSV-12.truncated', { kind });
    throw new Unreadable('CSV-12.damaged', { kind, part: 'data' });
  }
}

/** Null: not all of it is there yet. */
function headerLength(bytes: Uint8Array): number | null {
  if (bytes.length > 1 && (bytes[0] !== 0x1f || bytes[1] !== 0x8b)) throw damaged('header');
  if (bytes.length < 10) return null;
  const flags = bytes[3] as number;
  if (bytes[2] !== 8 || flags > 31) throw damaged('header');
  let at = 10;
  if (flags & 4) {
    if (bytes.length < at + 2) return null;
    at += 2 + uint16(bytes, at);
  }
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const zero = bytes.indexOf(0, at);
    if (zero < 0) return null;
    at = zero + 1;
  }
  if (flags & 2) at += 2;
  return at <= bytes.length ? at : null;
}
