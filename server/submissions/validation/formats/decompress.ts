import type { FileFacts, Limits } from '../types.ts';
import { Blocks, joined } from './bytes.ts';
import { Gunzip } from './gzip.ts';
import { Unreadable } from './unreadable.ts';
import { Unzip } from './zip.ts';

/** What is packed is unpacked by blocks of this size, so that a bomb is cut at the same byte however it came in. */
const BLOCK = 16_384;
/** Small files may be as repetitive as they like. */
const RATIO_FROM = 1_000_000;

type Give = (bytes: Uint8Array) => void;

/**
 * Takes a file's bytes as they come and gives its content, in pieces that are not reused: what stands in a gzip or in a zip of one file, or the bytes
 * themselves. Recognised by its first bytes, whatever its name. What it throws is `Unreadable`; what it gave before that
 * was there. It holds no more than the formats' own windows, and gives what it has before it returns.
 */
export class Unpacker {
  compression: FileFacts['compression'] = 'NONE';
  /** As they came, and as they were given. */
  sizeBytes = 0;
  decodedBytes = 0;
  readonly #give: Give;
  readonly #limits: Pick<Limits, 'ratio' | 'decodedBytes'>;
  #head: Uint8Array | null = new Uint8Array();
  #innerHead: Uint8Array | null = new Uint8Array();
  readonly #blocks: Blocks;
  #unpackedBytes = 0;
  #packed: { push(bytes: Uint8Array): void; end(): void } | null = null;

  constructor(give: Give, limits: Pick<Limits, 'ratio' | 'decodedBytes'>) {
    this.#give = give;
    this.#limits = limits;
    this.#blocks = new Blocks(BLOCK, (block) => {
      this.#unpackedBytes += block.length;
      this.#packed?.push(block);
    });
  }

  push(bytes: Uint8Array): void {
    this.sizeBytes += bytes.length;
    if (this.#head === null) this.#next(bytes);
    else {
      this.#head = joined(this.#head, bytes);
      if (this.#head.length >= 4) this.#open();
      else this.#head = this.#head.slice();
    }
  }

  end(): void {
    if (this.#head !== null) this.#open();
    this.#blocks.flush();
    this.#packed?.end();
    if (this.#innerHead !== null && this.#innerHead.length > 0) this.#give(this.#innerHead);
    this.#innerHead = null;
  }

  #open(): void {
    const head = this.#head as Uint8Array;
    this.#head = null;
    const kind = packedKind(head);
    this.compression = kind ?? 'NONE';
    if (kind === 'GZIP') this.#packed = new Gunzip((bytes) => this.#inner(bytes.slice()));
    if (kind === 'ZIP') this.#packed = new Unzip((bytes) => this.#inner(bytes.slice()));
    if (kind === null) this.#innerHead = null;
    this.#next(head);
  }

  #next(bytes: Uint8Array): void {
    if (!this.#packed) {
      if (bytes.length === 0) return;
      this.#count(bytes.length);
      this.#give(bytes);
      return;
    }
    this.#blocks.push(bytes);
  }

  #inner(bytes: Uint8Array): void {
    this.#count(bytes.length);
    if (this.#innerHead === null) {
      this.#give(bytes);
      return;
    }
    const head = joined(this.#innerHead, bytes);
    if (head.length < 4) {
      this.#innerHead = head.slice();
      return;
    }
    this.#innerHead = null;
    const kind = packedKind(head);
    if (kind) throw new Unreadable('CSV-12.nested', { kind: kind === 'GZIP' ? 'gzip' : 'zip' });
    this.#give(head);
  }

  #count(length: number): void {
    this.decodedBytes += length;
    const isBomb =
      this.decodedBytes > this.#limits.decodedBytes ||
      (this.#packed !== null &&
        this.decodedBytes > RATIO_FROM &&
        this.decodedBytes > this.#limits.ratio * this.#unpackedBytes);
    if (isBomb)
      throw new Unreadable('CSV-12.bomb', { ratio: this.#limits.ratio, limitBytes: this.#limits.decodedBytes });
  }
}

/** By the first four bytes: gzip's 1F 8B, zip's PK (with a member, or empty). */
function packedKind(bytes: Uint8Array): 'GZIP' | 'ZIP' | null {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'GZIP';
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return isZip && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6)) ? 'ZIP' : null;
}
