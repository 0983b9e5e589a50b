export type AllowanceSize = { burst: number; perSecond: number };

/** What one socket may ask of the server: so much at once, and so much a second. */
export class Allowance {
  #left: number;
  #at: number;

  constructor(
    readonly size: AllowanceSize,
    readonly now: () => number = () => performance.now(),
  ) {
    this.#left = size.burst;
    this.#at = now();
  }

  /** Takes so much, and answers for how many milliseconds nothing more should be heard: 0 while something is left. */
  take(units: number): number {
    const { burst, perSecond } = this.size;
    const now = this.now();
    this.#left = Math.min(burst, this.#left + ((now - this.#at) / 1_000) * perSecond) - units;
    this.#at = now;
    return this.#left >= 0 ? 0 : Math.min(longestRestMs, (-this.#left / perSecond) * 1_000 + leastRestMs);
  }
}

/** Below, the timers would cost more than they spare. Above, a rested socket could not answer a ping. */
const leastRestMs = 20;
const longestRestMs = 5_000;
