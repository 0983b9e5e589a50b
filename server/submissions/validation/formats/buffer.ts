/** A stop for searches, and what is read with a name when four bytes are compared at once. */
const spare = 4;

/**
 * What has come and is not read yet, in one piece. Whoever finds a thing unfinished says how much he wants before it is
 * tried again, twice as much each time: a byte at a time costs no square, and where the chunks are cut changes nothing.
 */
export class Buffer {
  bytes = new Uint8Array(64 * 1024);
  /** The first byte that is not read, and behind the last one. There is always room for four more behind it. */
  from = 0;
  to = 0;
  /** Where `bytes[0]` stands in the decoded stream. */
  base = 0;
  #wanted = 0;

  /** Whether there is enough to go on. */
  add(chunk: Uint8Array): boolean {
    if (this.to + chunk.length + spare > this.bytes.length) this.#makeRoom(chunk.length);
    this.bytes.set(chunk, this.to);
    this.to += chunk.length;
    return this.to - this.from >= this.#wanted;
  }

  /** Nothing more can be made of what is there; with twice as much it is tried again. */
  wait(): void {
    this.#wanted = (this.to - this.from) * 2;
  }

  #makeRoom(length: number): void {
    const rest = this.to - this.from;
    const isLarge = rest + length + spare > this.bytes.length;
    const bytes = isLarge ? new Uint8Array(Math.max((rest + length + spare) * 2, 64 * 1024)) : this.bytes;
    if (isLarge) bytes.set(this.bytes.subarray(this.from, this.to));
    else bytes.copyWithin(0, this.from, this.to);
    this.bytes = bytes;
    this.base += this.from;
    this.from = 0;
    this.to = rest;
  }
}
