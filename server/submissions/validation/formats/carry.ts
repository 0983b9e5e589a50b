/**
 * Reads the records of `bytes` that begin before `until` and end before `to`, from `from` on; answers where the first
 * unfinished one begins. `base`: where index 0 stands in the stream. `isLast`: nothing follows.
 */
type Read = (bytes: Uint8Array, from: number, to: number, until: number, isLast: boolean, base: number) => number;

/** Of the next bytes, what is put behind an unfinished record at first: mostly its end is among them. */
const firstTake = 4096;

/**
 * Bytes in chunks, read where they lie: only a record that a chunk cuts is copied, with as much of the next chunk as it
 * takes to end it. An unfinished record is read again from its start when there is twice as much of it, so that neither a
 * byte at a time nor a record of a megabyte costs the square of its length.
 */
export class Carry {
  readonly #read: Read;
  #bytes = new Uint8Array(16 * 1024);
  #length = 0;
  #wanted = 0;
  /** In the stream, of the first byte that is not read. */
  #offset = 0;

  constructor(read: Read) {
    this.#read = read;
  }

  /** What is unfinished; good until the next push. */
  rest(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  push(bytes: Uint8Array): void {
    let from = 0;
    // Where bytes[0] stands among what is carried.
    let lead = this.#length;
    let taken = 0;
    while (this.#length > 0) {
      const take = Math.min(bytes.length - taken, Math.max(this.#length, firstTake));
      this.#keep(bytes.subarray(taken, taken + take));
      taken += take;
      if (this.#length < this.#wanted) {
        if (taken === bytes.length) return;
        continue;
      }
      const end = this.#read(this.#bytes, 0, this.#length, lead, false, this.#offset);
      this.#offset += end;
      if (end >= lead) {
        from = end - lead;
        this.#length = 0;
        break;
      }
      this.#drop(end);
      lead -= end;
      if (taken === bytes.length) return;
    }
    const end = this.#read(bytes, from, bytes.length, bytes.length, false, this.#offset - from);
    this.#offset += end - from;
    if (end === bytes.length) return;
    this.#keep(bytes.subarray(end));
    this.#wanted = this.#length * 2;
  }

  /** Reads what is whole among what is carried. */
  settle(): void {
    if (this.#length === 0) return;
    const end = this.#read(this.#bytes, 0, this.#length, this.#length, false, this.#offset);
    this.#offset += end;
    this.#drop(end);
  }

  end(): void {
    if (this.#length > 0) this.#read(this.#bytes, 0, this.#length, this.#length, true, this.#offset);
    this.#length = 0;
  }

  #drop(count: number): void {
    this.#bytes.copyWithin(0, count, this.#length);
    this.#length -= count;
    this.#wanted = this.#length * 2;
  }

  #keep(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.rest());
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = needed;
  }
}
