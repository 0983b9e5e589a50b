/** Reads what a screen shows; answers the position that it was read at, or null when it could not be read. */
type Read = () => Promise<number | null>;

/**
 * Reads a screen's data anew, once for a change, whoever tells of it first: the act that made it, or the stream that
 * brings it back. A reading that began before the change was known to be in it does not count for it.
 */
export class ReadOnce {
  readonly #read: Read;
  #reached = 0;
  #underWay: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(read: Read) {
    this.#read = read;
  }

  /** After an act: reads; behind a reading that is under way, and then once for all who wait. */
  now(): Promise<void> {
    if (this.#underWay === null) return this.#start();
    this.#next ??= this.#underWay
      .catch(() => {})
      .then(() => {
        this.#next = null;
        return this.#start();
      });
    return this.#next;
  }

  /** After changes: reads unless all of them were in what has been read since. Null: it is not known where one stands. */
  async through(positions: readonly (number | null)[]): Promise<void> {
    await (this.#next ?? this.#underWay)?.catch(() => {});
    if (positions.some((position) => position === null || position > this.#reached)) await this.now();
  }

  #start(): Promise<void> {
    this.#underWay = this.#read()
      .then((position) => {
        this.#reached = Math.max(this.#reached, position ?? 0);
      })
      .finally(() => {
        this.#underWay = null;
      });
    return this.#underWay;
  }
}
