import { Cell, flagsOf, Has } from './cell.ts';
import { exportOf, foldHeader, matchColumns } from './columns.ts';
import type { ColumnMatch, ExampleRow, ExportShape, Judging, RuleSet } from './types.ts';

/** The column that a copy of a file with its findings has at its end; in a file that comes back it is passed over. */
export const findingsColumn = '_findings';

/** A column of the set that the file has. */
export type LaidColumn = {
  /** Of the set. */
  readonly name: string;
  /** As the file spells it. */
  readonly source: string;
  /** Among the file's columns; -1: it has none of its own (made of others, or looked for in vain). */
  readonly index: number;
  readonly isPersonal: boolean;
};

/** Of what stands in no file; never changed. */
const nothing = new Cell();

/**
 * Where the set's columns stand in the file's records: matched as the names become known, and for the exports of shop
 * platforms made of the record's values. `cells` holds the set's cells of the record at hand, in the order of `columns`.
 */
export class Layout {
  readonly #set: RuleSet;
  readonly #judging: Judging;
  readonly #mapping: Readonly<Record<string, string | null>>;
  readonly #names: string[] = [];
  #isStale = true;
  /** All names are known before the first record. Otherwise a required column counts as there and empty. */
  isTable = true;
  shape: ExportShape | null = null;
  matches: ColumnMatch[] = [];
  columns: LaidColumn[] = [];
  cells: Cell[] = [];
  #positions = new Map<string, number>();
  /** Columns that only `derive` has made so far. */
  readonly #madeAlone = new Set<string>();
  readonly #made = new Map<string, Cell>();
  /** Columns whose cell of this record was made, and stands so in no file. */
  readonly #madeNow = new Set<string>();
  #above: ReadonlyMap<string, string> | null = null;

  constructor(set: RuleSet, judging: Judging, mapping: Readonly<Record<string, string | null>>) {
    this.#set = set;
    this.#judging = judging;
    this.#mapping = mapping;
  }

  get names(): readonly string[] {
    return this.#names;
  }

  add(name: string): number {
    this.#names.push(name);
    this.#isStale = true;
    return this.#names.length - 1;
  }

  /** Takes new names in; answers whether the columns have changed. */
  settle(): boolean {
    if (!this.#isStale) return false;
    this.#isStale = false;
    if (this.isTable && this.shape === null) this.shape = exportOf(this.#set, this.#names);
    this.matches = matchColumns(this.#names, this.#set, this.#mapping, this.shape);
    const columns: LaidColumn[] = this.matches.flatMap(({ source, column }, index) =>
      column === null ? [] : [{ name: column, source, index, isPersonal: this.#isPersonal(column) }],
    );
    const has = (name: string) => columns.some((column) => column.name === name);
    for (const { name, isRequired, oneOf } of this.#set.columns) {
      const isExpected = !this.isTable && isRequired && !(oneOf ?? []).some(has);
      if (!has(name) && (isExpected || this.#madeAlone.has(name)))
        columns.push({ name, source: name, index: -1, isPersonal: this.#isPersonal(name) });
    }
    this.#isOurs = this.#names.includes(findingsColumn);
    this.columns = columns;
    this.#positions = new Map(columns.map((column, at) => [column.name, at]));
    this.cells = columns.map(() => nothing);
    return true;
  }

  position(name: string): number {
    return this.#positions.get(name) ?? -1;
  }

  cellAt(position: number): Cell {
    return this.cells[position] ?? nothing;
  }

  /** The column is looked for in vain so far: it counts as there and empty. */
  isExpected(name: string): boolean {
    return !this.#madeAlone.has(name) && this.columns.some((column) => column.name === name && column.index < 0);
  }

  /** Whether a repair can reach the cell: it stands in the file as it is judged. */
  isInPlace(column: LaidColumn): boolean {
    return column.index >= 0 && (this.#madeNow.size === 0 || !this.#madeNow.has(column.name));
  }

  /**
   * Lays a record out. CHANGED: cells are other objects than for the record before. SKIPPED: no item of its own.
   */
  fill(cells: readonly Cell[], count: number): 'SAME' | 'CHANGED' | 'SKIPPED' {
    let isChanged = this.settle();
    const made = this.shape?.derive ? this.#derive(cells, count) : undefined;
    if (made === null) return 'SKIPPED';
    isChanged = this.settle() || isChanged;
    const { columns } = this;
    const isOurs = this.#isOurs;
    for (let at = 0; at < columns.length; at++) {
      const { index } = columns[at] as LaidColumn;
      let cell = index >= 0 && index < count ? (cells[index] as Cell) : nothing;
      if (isOurs) cell = this.#unescaped(cell, at);
      if (this.cells[at] === cell) continue;
      this.cells[at] = cell;
      isChanged = true;
    }
    if (made) this.#lay(made);
    return isChanged || made ? 'CHANGED' : 'SAME';
  }

  /** Of a copy with findings: without the apostrophe that kept a spreadsheet from reading a formula. */
  #unescaped(cell: Cell, at: number): Cell {
    const { bytes, start, end } = cell;
    if (end - start < 2 || bytes[start] !== 0x27 || (flagsOf(bytes, start + 1, start + 2) & Has.formula) === 0)
      return cell;
    let own = this.#own[at];
    if (!own) {
      own = new Cell();
      this.#own[at] = own;
    }
    own.set(bytes, start + 1, end, flagsOf(bytes, start + 1, end) | (cell.flags & Has.quoted), cell.isJoined);
    return own;
  }
  readonly #own: Cell[] = [];
  #isOurs = false;

  #isPersonal(name: string): boolean {
    return this.#set.columns.find((column) => column.name === name)?.isPersonal ?? false;
  }

  #derive(cells: readonly Cell[], count: number): ExampleRow | null {
    const source = new Map<string, string>();
    for (let index = 0; index < Math.min(count, this.#names.length); index++) {
      const folded = foldHeaderOnce(this.#folded, this.#names[index] as string);
      if (!source.has(folded)) source.set(folded, (cells[index] as Cell).text());
    }
    const own = this.shape?.own;
    if (own === undefined || (source.get(own) ?? '') !== '') this.#above = source;
    const made = this.shape?.derive?.(source, this.#above, this.#judging) ?? null;
    for (const name of made ? Object.keys(made) : []) {
      if (this.position(name) >= 0 || this.#madeAlone.has(name)) continue;
      this.#madeAlone.add(name);
      this.#isStale = true;
    }
    return made;
  }
  readonly #folded = new Map<string, string>();

  /** The made values over the mapped ones, where they differ. */
  #lay(made: ExampleRow): void {
    this.#madeNow.clear();
    for (let at = 0; at < this.columns.length; at++) {
      const { name } = this.columns[at] as LaidColumn;
      const value = made[name];
      if (value === undefined || (this.cells[at] as Cell).text() === value) continue;
      const cell = this.#made.get(name) ?? new Cell();
      this.#made.set(name, cell);
      const bytes = encoder.encode(value);
      cell.set(bytes, 0, bytes.length, flagsOf(bytes));
      this.cells[at] = cell;
      this.#madeNow.add(name);
    }
  }
}

const encoder = new TextEncoder();

function foldHeaderOnce(known: Map<string, string>, name: string): string {
  let folded = known.get(name);
  if (folded === undefined) {
    folded = foldHeader(name);
    known.set(name, folded);
  }
  return folded;
}
