/*
 * What keeps a frame that says very much from taking the page's time.
 */

/** So many at once, and so many more each second. */
export class Allowance {
  #left: number;
  #at = performance.now();
  readonly #most: number;
  readonly #perSecond: number;

  constructor(most: number, perSecond: number) {
    this.#most = most;
    this.#left = most;
    this.#perSecond = perSecond;
  }

  /** Whether there is one left. */
  take(): boolean {
    const now = performance.now();
    this.#left = Math.min(this.#most, this.#left + ((now - this.#at) / 1_000) * this.#perSecond);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}

/** Hands on the newest of what comes: the first at once, then one in so many milliseconds. */
export class Newest<Said> {
  #timer: ReturnType<typeof setTimeout> | null = null;
  #waiting: Said | null = null;
  readonly #restMs: number;
  readonly #hear: (said: Said) => void;
  /** What the two of them come to, where one takes the place of the other. */
  readonly #joined: (before: Said, next: Said) => Said;

  constructor(restMs: number, hear: (said: Said) => void, joined = (_: Said, next: Said) => next) {
    this.#restMs = restMs;
    this.#hear = hear;
    this.#joined = joined;
  }

  tell(said: Said): void {
    if (this.#timer !== null) {
      this.#waiting = this.#waiting === null ? said : this.#joined(this.#waiting, said);
      return;
    }
    this.#timer = setTimeout(() => {
      const waiting = this.#waiting;
      this.#timer = null;
      this.#waiting = null;
      if (waiting !== null) this.tell(waiting);
    }, this.#restMs);
    this.#hear(said);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#waiting = null;
  }
}
