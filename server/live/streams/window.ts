import type { Ctx } from '../../platform/services.ts';
import type { Source } from './source.ts';

const batch = 200;
const maxHeld = 1_000;

/** The newest stretch of a log, read once for everybody who follows it. */
export class LogWindow<Item> {
  readonly #source: Source<Item>;
  readonly #ctx: Pick<Ctx, 'db'>;
  /** Holds what came after `#start`, through `#end`. */
  #items: Item[] = [];
  #start: number;
  #end: number;
  #isStale = true;
  #reading: Promise<void> | null = null;

  constructor(ctx: Pick<Ctx, 'db'>, source: Source<Item>, head: number) {
    this.#ctx = ctx;
    this.#source = source;
    this.#start = head;
    this.#end = head;
  }

  /** The last number that was read. */
  get end(): number {
    return this.#end;
  }

  /** Something was added, or may have been. */
  ring(): void {
    this.#isStale = true;
  }

  /** The next stretch after a number, in order; empty when there is none. */
  async after(number: number): Promise<Item[]> {
    if (number < this.#start) return this.#source.read(this.#ctx, number, batch);
    // What another is reading just now may be what was asked for.
    while ((this.#isStale || this.#reading !== null) && number >= this.#end) await this.#readOn();
    return this.#items.slice(Math.max(0, this.#items.length - (this.#end - number)));
  }

  /** One reader at a time. A ring that comes while it reads is not lost: the window is stale again. */
  #readOn(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    this.#isStale = false;
    try {
      const items = await this.#source.read(this.#ctx, this.#end, batch);
      for (const item of items) this.#take(item);
      if (items.length === batch) this.#isStale = true;
    } catch (error) {
      this.#isStale = true;
      throw error;
    }
  }

  #take(item: Item): void {
    const number = this.#source.numberOf(item);
    if (number !== this.#end + 1) throw new Error(`${this.#source.name}: ${number} follows ${this.#end}.`);
    this.#items.push(item);
    this.#end = number;
    if (this.#items.length <= maxHeld) return;
    this.#start += this.#items.length - maxHeld / 2;
    this.#items = this.#items.slice(-maxHeld / 2);
  }
}
