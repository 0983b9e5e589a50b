const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Passes over one value of any size and depth, keeping nothing of it. */
export class JsonSkip {
  isDone = false;
  /** There is no value where one should be. */
  isNothing = false;
  #depth = 0;
  #isString = false;
  #isEscaped = false;
  #isBegun = false;

  /** Answers up to where it has read. */
  skip(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    for (; at < to; at++) {
      const byte = bytes[at] as number;
      if (this.#isString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (byte === backslash) this.#isEscaped = true;
        else if (byte === quote) {
          this.#isString = false;
          if (this.#depth === 0) return this.#done(at + 1);
        }
        continue;
      }
      if (byte === quote) this.#isString = true;
      else if (byte === openList || byte === openObject) this.#depth++;
      else if (byte === closeList || byte === closeObject) {
        if (this.#depth === 0) return this.#done(at);
        this.#depth--;
        if (this.#depth === 0) return this.#done(at + 1);
      } else if (this.#depth === 0 && (byte === comma || byte === colon || byte <= 0x20)) return this.#done(at);
      this.#isBegun = true;
    }
    return at;
  }

  #done(at: number): number {
    this.isDone = true;
    this.isNothing = !this.#isBegun && !this.#isString && this.#depth === 0 && !this.#isEscaped;
    return at;
  }
}
