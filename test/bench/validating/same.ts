import { Cell, flagsOf } from '../../../server/submissions/validation/cell.ts';
import { Judge } from '../../../server/submissions/validation/judge.ts';
import { productLimits } from '../../../server/submissions/validation/limits.ts';
import { readerRules } from '../../../server/submissions/validation/readerRules.ts';
import { judgingOf } from '../../../server/submissions/validation/reading.ts';
import { Gathering } from '../../../server/submissions/validation/report.ts';
import { optionsOf } from './ours.ts';

const encoder = new TextEncoder();

/** Our rules behind somebody else's parser: its strings are written into one reused buffer, and judged there. */
export class SameRules {
  readonly gathering = new Gathering(productLimits.samples);
  readonly #judge: Judge;
  readonly #cells: Cell[] = [];
  readonly #indexes = new Map<string, number>();
  #buffer = new Uint8Array(1 << 16);
  rows = 0;

  constructor(name: string) {
    const options = optionsOf(name);
    this.#judge = new Judge(options, judgingOf(options), this.gathering, readerRules);
  }

  header(names: readonly string[]): void {
    for (const name of names) this.#column(name);
  }

  #column(name: string): number {
    let index = this.#indexes.get(name);
    if (index === undefined) {
      index = this.#judge.column(name);
      this.#indexes.set(name, index);
      this.#cells[index] = new Cell();
    }
    return index;
  }

  /** Values in the order of the header. */
  row(values: readonly string[]): void {
    let at = 0;
    for (let index = 0; index < this.#cells.length; index++) at = this.#put(index, values[index] ?? '', at);
    this.#record();
  }

  /** Values by name. */
  object(values: Readonly<Record<string, string>>): void {
    for (const cell of this.#cells) cell.set(this.#buffer, 0, 0, 0);
    let at = 0;
    for (const name in values) at = this.#put(this.#column(name), values[name] as string, at);
    this.#record();
  }

  #put(index: number, value: string, at: number): number {
    if (this.#buffer.length - at < value.length * 3) {
      const larger = new Uint8Array((this.#buffer.length + value.length * 3) * 2);
      larger.set(this.#buffer.subarray(0, at));
      this.#buffer = larger;
      for (const cell of this.#cells) cell.bytes = larger;
    }
    const end = at + encoder.encodeInto(value, this.#buffer.subarray(at)).written;
    (this.#cells[index] as Cell).set(this.#buffer, at, end, flagsOf(this.#buffer, at, end));
    return end;
  }

  #record(): void {
    this.rows += 1;
    this.#judge.record(this.#cells, this.#cells.length, { row: this.rows, line: this.rows + 1 });
  }

  end(): void {
    this.#judge.end(true);
  }
}
