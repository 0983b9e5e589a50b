const warmForMs = 1000;

/** Which objects changed within the last second, by id: their rows warm and cool again. */
export class Warmth {
  readonly #until = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #listeners = new Set<() => void>();

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  isWarm(id: string): boolean {
    return this.#until.has(id);
  }

  warm(ids: Iterable<string>): void {
    for (const id of ids) {
      clearTimeout(this.#until.get(id));
      this.#until.set(
        id,
        setTimeout(() => {
          this.#until.delete(id);
          this.#tell();
        }, warmForMs),
      );
    }
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
