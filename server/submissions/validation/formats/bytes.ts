/** One behind the other; no copy where the first is empty. */
export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Whether the ASCII characters stand at a place. */
export function hasAscii(bytes: Uint8Array, at: number, ascii: string): boolean {
  for (let index = 0; index < ascii.length; index++) if (bytes[at + index] !== ascii.charCodeAt(index)) return false;
  return true;
}

/** How many lines end there; a CR whose LF has not come counts. */
export function breaksIn(bytes: Uint8Array, from: number, to: number): number {
  let breaks = 0;
  for (let at = from; at < to; at++)
    if (bytes[at] === 10 || (bytes[at] === 13 && (at + 1 >= to || bytes[at + 1] !== 10))) breaks++;
  return breaks;
}

/** As Latin-1: for names and magic numbers, which are compared and not kept. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

export function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

export function uint32(bytes: Uint8Array, at: number): number {
  return (uint16(bytes, at) | (uint16(bytes, at + 2) << 16)) >>> 0;
}

/** Exact up to 2^53, which is more than a disk holds. */
export function uint64(bytes: Uint8Array, at: number): number {
  return uint32(bytes, at) + uint32(bytes, at + 4) * 2 ** 32;
}

/** Hands on what is pushed in blocks of one size, so that nothing behind it can tell how it came in. */
export class Blocks {
  readonly #block: Uint8Array;
  readonly #give: (block: Uint8Array) => void;
  #length = 0;

  /** `give` gets a window that is reused after it returns. */
  constructor(size: number, give: (block: Uint8Array) => void) {
    this.#block = new Uint8Array(size);
    this.#give = give;
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + this.#block.length - this.#length);
      this.#block.set(part, this.#length);
      this.#length += part.length;
      at += part.length;
      if (this.#length === this.#block.length) this.flush();
    }
  }

  /** What does not fill a block. */
  flush(): void {
    const length = this.#length;
    this.#length = 0;
    if (length > 0) this.#give(this.#block.subarray(0, length));
  }
}
