/*
 * A stream with some of its bytes replaced: what goes through is held back for a while, so that a patch that is known a
 * little later still meets its bytes; all others go on as they came.
 */

export type Patch = { readonly start: number; readonly end: number; readonly bytes: Uint8Array };

export class Patched {
  readonly #heldBytes: number;
  #chunks: Uint8Array[] = [];
  /** In the stream, of the first byte that has not gone on, and of the byte behind the last that came. */
  #start = 0;
  #end = 0;
  #patches: Patch[] = [];

  constructor(heldBytes: number) {
    this.#heldBytes = heldBytes;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#end += bytes.length;
  }

  /** Answers false where its bytes have gone on, or another patch has them. */
  patch(patch: Patch): boolean {
    const last = this.#patches[this.#patches.length - 1];
    if (patch.start < Math.max(this.#start, last?.end ?? 0) || patch.end > this.#end) return false;
    this.#patches.push(patch);
    return true;
  }

  /** What may go on now; all of it at the end. */
  *ready(isEnd: boolean): Generator<Uint8Array> {
    const until = isEnd ? this.#end : this.#end - this.#heldBytes;
    let at = 0;
    for (; at < this.#patches.length; at++) {
      const patch = this.#patches[at] as Patch;
      if (patch.end > until) break;
      yield* this.#pass(patch.start);
      if (patch.bytes.length > 0) yield patch.bytes;
      this.#drop(patch.end);
    }
    const next = this.#patches[at];
    this.#patches = this.#patches.slice(at);
    yield* this.#pass(next ? Math.min(until, next.start) : until);
  }

  *#pass(to: number): Generator<Uint8Array> {
    while (this.#start < to) {
      const chunk = this.#chunks[0] as Uint8Array;
      const length = Math.min(chunk.length, to - this.#start);
      yield chunk.subarray(0, length);
      this.#drop(this.#start + length);
    }
  }

  #drop(to: number): void {
    while (this.#start < to) {
      const chunk = this.#chunks[0] as Uint8Array;
      const length = Math.min(chunk.length, to - this.#start);
      if (length === chunk.length) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(length);
      this.#start += length;
    }
  }
}
