import { joined, latin1, uint16, uint32, uint64 } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { inflated } from './gzip.ts';
import { Inflate } from './inflate.ts';
import { Unreadable } from './unreadable.ts';

const [LOCAL, CENTRAL, END, DESCRIPTOR] = [0x04034b50, 0x02014b50, 0x06054b50, 0x08074b50];
const FULL32 = 0xffff_ffff;
/** Signature, checksum and two sizes of 64 bits, then the signature of what follows. */
const LONGEST_DESCRIPTOR = 28;

type Member = {
  name: string;
  /** What the Finder adds, and folders: not what was sent. */
  isIgnored: boolean;
  method: number;
  /** Checksum and sizes stand behind the data, whatever the header says of them. */
  isLater: boolean;
  crc: number;
  packed: number;
  size: number;
};

const none: Member = { name: '', isIgnored: true, method: 0, isLater: false, crc: 0, packed: 0, size: 0 };

/** `LOCAL` -> `STORED` | `DEFLATED` -> `DESCRIPTOR` -> `LOCAL` ... -> `DIRECTORY`, where the list of contents begins. */
type State = 'LOCAL' | 'STORED' | 'DEFLATED' | 'DESCRIPTOR' | 'DIRECTORY';

/**
 * A zip as it streams by: APPNOTE 6.3 local headers, stored or deflated, sizes before or behind, zip64. One file in it;
 * what else may stand there is a folder or what macOS adds. Names are looked at and never used.
 */
export class Unzip {
  readonly #give: (bytes: Uint8Array) => void;
  readonly #inflate: Inflate;
  #state: State = 'LOCAL';
  #pending: Uint8Array = new Uint8Array();
  #member: Member = none;
  #found: string | null = null;
  #left = 0;
  #out = 0;
  #crc = 0;
  /** The last bytes, in which the end of the list of contents has to stand. */
  #tail: Uint8Array = new Uint8Array();

  constructor(give: (bytes: Uint8Array) => void) {
    this.#give = give;
    this.#inflate = new Inflate((bytes) => this.#take(bytes));
  }

  push(bytes: Uint8Array): void {
    let input: Uint8Array | null = joined(this.#pending, bytes);
    this.#pending = new Uint8Array();
    while (input && input.length > 0) input = this.#step(input);
  }

  end(): void {
    if (this.#state === 'DEFLATED') {
      let rest = inflated(this.#inflate, new Uint8Array(), true, 'zip');
      if (rest) this.#close();
      while (rest && rest.length > 0) rest = this.#step(rest);
    }
    const isWhole = this.#state === 'DIRECTORY' && hasEnd(this.#tail);
    if (!isWhole) throw new Unreadable('CSV-12.truncated', { kind: 'zip' });
    if (this.#found === null) throw new Unreadable('CSV-12.empty');
  }

  #step(input: Uint8Array): Uint8Array | null {
    if (this.#state === 'LOCAL') return this.#local(input);
    if (this.#state === 'STORED') return this.#stored(input);
    if (this.#state === 'DEFLATED') return this.#deflated(input);
    if (this.#state === 'DESCRIPTOR') return this.#descriptor(input);
    this.#tail = joined(this.#tail, input).slice(-65_557);
    return null;
  }

  #wait(input: Uint8Array): null {
    this.#pending = input.slice();
    return null;
  }

  #local(input: Uint8Array): Uint8Array | null {
    if (input.length < 4) return this.#wait(input);
    const signature = uint32(input, 0);
    if (signature === CENTRAL || signature === END) {
      this.#state = 'DIRECTORY';
      return input;
    }
    if (signature !== LOCAL) throw damaged('header');
    if (input.length < 30) return this.#wait(input);
    const length = 30 + uint16(input, 26) + uint16(input, 28);
    if (input.length < length) return this.#wait(input);
    this.#begin(memberOf(input));
    return input.subarray(length);
  }

  #begin(member: Member): void {
    if (!member.isIgnored) {
      const office = officeKind(member.name);
      if (office) throw new Unreadable('CSV-12.binary', { what: office.what, instead: office.instead });
      if (this.#found !== null) throw new Unreadable('CSV-12.members', { first: this.#found, second: member.name });
      this.#found = member.name;
    }
    if (member.method !== 0 && member.method !== 8) throw new Unreadable('CSV-12.method', { method: member.method });
    // Without sizes, only DEFLATE says itself where it ends.
    if (member.method === 0 && member.isLater && member.packed === 0 && !member.name.endsWith('/'))
      throw new Unreadable('CSV-12.method', { method: 0 });
    this.#member = member;
    this.#crc = 0;
    this.#out = 0;
    this.#inflate.restart();
    this.#left = member.packed;
    this.#state = member.method === 8 ? 'DEFLATED' : 'STORED';
    if (member.method === 0 && this.#left === 0) this.#close();
  }

  #take(bytes: Uint8Array): void {
    this.#crc = crc32(bytes, this.#crc);
    this.#out += bytes.length;
    if (!this.#member.isIgnored) this.#give(bytes);
  }

  #stored(input: Uint8Array): Uint8Array {
    const part = input.subarray(0, this.#left);
    this.#left -= part.length;
    this.#take(part);
    if (this.#left === 0) this.#close();
    return input.subarray(part.length);
  }

  #deflated(input: Uint8Array): Uint8Array | null {
    const rest = inflated(this.#inflate, input, false, 'zip');
    if (!rest) return null;
    this.#close();
    return rest;
  }

  #close(): void {
    if (this.#member.isLater) this.#state = 'DESCRIPTOR';
    else this.#check(this.#member.crc, this.#member.size);
  }

  /** With or without its signature, with sizes of 32 or 64 bits: writers differ, and what follows tells which it is. */
  #descriptor(input: Uint8Array): Uint8Array | null {
    if (input.length < LONGEST_DESCRIPTOR) return this.#wait(input);
    const from = uint32(input, 0) === DESCRIPTOR ? 4 : 0;
    for (const width of [4, 8]) {
      const next = from + 4 + 2 * width;
      const signature = uint32(input, next);
      if (signature !== LOCAL && signature !== CENTRAL) continue;
      const size = width === 4 ? uint32(input, from + 8) : uint64(input, from + 12);
      this.#check(uint32(input, from), size);
      return input.subarray(next);
    }
    throw damaged('descriptor');
  }

  #check(crc: number, size: number): void {
    if (crc !== this.#crc || size !== this.#out) throw damaged('checksum');
    this.#state = 'LOCAL';
  }
}

function damaged(part: string): Unreadable {
  return new Unreadable('CSV-12.damaged', { kind: 'zip', part });
}

function memberOf(header: Uint8Array): Member {
  const flags = uint16(header, 6);
  if (flags & 0x2041) throw new Unreadable('CSV-12.encrypted');
  const nameEnd = 30 + uint16(header, 26);
  const raw = header.subarray(30, nameEnd);
  const name = flags & 0x800 ? new TextDecoder().decode(raw) : latin1(raw);
  if (leadsOutside(name)) throw new Unreadable('CSV-12.path', { name });
  const [packed, size] = sizesOf(header, nameEnd);
  return {
    name,
    isIgnored: /^__MACOSX\/|(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$|\/$/.test(name),
    method: uint16(header, 8),
    isLater: (flags & 8) !== 0,
    crc: uint32(header, 14),
    packed,
    size,
  };
}

/** Compressed and plain, from the header or, where it is full, from the zip64 field behind the name. */
function sizesOf(header: Uint8Array, extraStart: number): [number, number] {
  let packed = uint32(header, 18);
  let size = uint32(header, 22);
  const end = extraStart + uint16(header, 28);
  for (let at = extraStart; at + 4 <= end; at += 4 + uint16(header, at + 2)) {
    if (uint16(header, at) !== 1) continue;
    const length = uint16(header, at + 2);
    let field = at + 4;
    const fieldEnd = Math.min(field + length, end);
    if (size === FULL32 && field + 8 <= fieldEnd) {
      size = uint64(header, field);
      field += 8;
    }
    if (packed === FULL32 && field + 8 <= fieldEnd) packed = uint64(header, field);
    break;
  }
  return [packed, size];
}

/** Zip slip: nothing is written under a name from inside, and a file that tries is not trusted with anything else. */
function leadsOutside(name: string): boolean {
  return /^[/\\]|^[A-Za-z]:|\0|(^|[/\\])\.\.([/\\]|$)/.test(name);
}

function officeKind(name: string): { what: string; instead: string } | null {
  if (/^(\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/)/.test(name))
    return {
      what: 'an Excel or another Office document',
      instead: 'Open it and save the sheet as "CSV UTF-8 (comma delimited)".',
    };
  if (name === 'mimetype' || name === 'META-INF/manifest.xml')
    return {
      what: 'an OpenDocument file (LibreOffice)',
      instead: 'Open it and save the sheet as "Text CSV" with the character set UTF-8.',
    };
  if (/^(Index\/|Metadata\/|preview\.jpg$)/.test(name))
    return { what: 'an Apple Numbers document', instead: 'Open it and export it to CSV with the encoding UTF-8.' };
  return null;
}

/** The record that ends every zip: it may be followed by a comment alone. */
function hasEnd(tail: Uint8Array): boolean {
  for (let at = tail.length - 22; at >= 0; at--)
    if (tail[at] === 0x50 && uint32(tail, at) === END && at + 22 + uint16(tail, at + 20) <= tail.length) return true;
  return false;
}
