import type { Cell } from './cell.ts';
import type { LaidColumn, Layout } from './layout.ts';
import { type Gather, type Gathering, messageOf } from './report.ts';
import type { Broken, CellRule, FileRule, Judging, Options, Params, ReaderRule, RowRule, Rule } from './types.ts';

const encoder = new TextEncoder();
const nowhere = new Uint8Array();

/**
 * What happens when a rule is broken: it is counted, a sample is taken while there are few, whether it can be repaired is
 * found out, and whoever wants to remember it is told. Of a row: `at` says which before anything is told.
 */
export class Telling {
  readonly #options: Options;
  readonly #judging: Judging;
  readonly #gathering: Gathering;
  readonly #layout: Layout;
  readonly #onMessage: ((message: string) => void) | undefined;
  readonly #ofRows = new Map<Rule, Map<string | null, Gather>>();
  readonly #personal: ReadonlySet<string>;
  #row = 0;
  #line = 0;
  /** Of the record at hand: its id, where it has one. */
  #id: Cell | null = null;
  /** Something blocks the row at hand. */
  hasError = false;

  /** `onMessage`: told each fault of a row in words, for the copy of the file with its findings. */
  constructor(
    options: Options,
    judging: Judging,
    gathering: Gathering,
    layout: Layout,
    onMessage?: (message: string) => void,
  ) {
    this.#options = options;
    this.#judging = judging;
    this.#gathering = gathering;
    this.#layout = layout;
    this.#onMessage = onMessage;
    this.#personal = new Set(options.rules.columns.filter(({ isPersonal }) => isPersonal).map(({ name }) => name));
  }

  at(row: number, line: number, id: Cell | null): void {
    this.#row = row;
    this.#line = line;
    this.#id = id;
  }

  cell(rule: CellRule, gather: Gather, column: LaidColumn, cell: Cell, params: Params): void {
    const isFixable = rule.fix && !cell.isJoined && this.#layout.isInPlace(column);
    const fixed = isFixable ? (rule.fix?.(cell.text(), this.#judging) ?? null) : null;
    this.#tell(gather, column.source, cell, fixed, params, column.isPersonal);
  }

  /** Of several cells, or of what other rows hold. `cells`: as the rule was asked. */
  rowOf(rule: RowRule | FileRule, { column: name, params }: Broken, cells: readonly Cell[]): void {
    const position = name === null ? -1 : this.#layout.position(name);
    const column = this.#layout.columns[position];
    const cell = this.#layout.cells[position] ?? null;
    let fixed: string | null = null;
    if (rule.scope === 'ROW' && rule.fix && column && cell && !cell.isJoined && this.#layout.isInPlace(column))
      fixed = rule.fix(
        cells.map((each) => each.text()),
        this.#judging,
      );
    const isPersonal = this.#personal.size > 0 && rule.columns.some((each) => this.#personal.has(each));
    this.#tell(this.#gatherOf(rule, name), column?.source ?? name, cell, fixed, params, isPersonal);
  }

  /** A finding of a cell that no set knows of: `index` among the file's columns. */
  anyCell(rule: ReaderRule, index: number, cell: Cell, params: Params): void {
    const match = this.#layout.matches[index];
    const source = match?.source ?? null;
    const fixed = cell.isJoined ? null : (rule.fix?.(cell.text(), this.#judging) ?? null);
    const gather = this.#gathering.of(rule, match?.column ?? source, 'CELL');
    this.#tell(gather, source, cell, fixed, params, this.isPersonal(source));
  }

  /** What a reader says of a record before it gives it. */
  ahead(
    rule: ReaderRule,
    place: { row: number; line: number },
    column: string | null,
    value: string | null,
    params: Params,
  ) {
    this.at(place.row, place.line, null);
    const scope = rule.of === 'CELL' ? 'CELL' : 'ROW';
    const gather = this.#gathering.of(rule, scope === 'CELL' ? column : null, scope);
    this.#tell(gather, column, value, null, params, this.isPersonal(column));
  }

  /** Of the file as a whole; `place` where it begins to be true. */
  file(
    rule: ReaderRule | FileRule,
    place: { row: number; line: number } | null,
    column: string | null,
    value: string | null,
    params: Params,
  ): void {
    const gather = this.#gathering.of(rule, rule.scope === 'FILE' ? column : null, 'FILE');
    if (rule.severity !== 'HINT') this.#options.faults?.add(rule.id, column, nowhere, 0, 0);
    if (!this.#gathering.count(gather)) return;
    const source = this.#layout.columns.find(({ name }) => name === column)?.source ?? column;
    const isPersonal =
      rule.scope === 'FILE' ? rule.columns.some((each) => this.#personal.has(each)) : this.isPersonal(source);
    const { row, line } = place ?? { row: null, line: null };
    this.#gathering.sample(gather, { row, line, column: source, value, fixed: null, isPersonal }, params);
  }

  /** By the file's spelling. In a list of persons also what is not used may be theirs. */
  isPersonal(source: string | null): boolean {
    if (this.#personal.size === 0) return false;
    const column = this.#layout.matches.find((match) => match.source === source)?.column ?? null;
    return column === null || this.#personal.has(column);
  }

  #gatherOf(rule: Rule, column: string | null): Gather {
    let byColumn = this.#ofRows.get(rule);
    if (!byColumn) {
      byColumn = new Map();
      this.#ofRows.set(rule, byColumn);
    }
    let gather = byColumn.get(column);
    if (!gather) {
      gather = this.#gathering.of(rule, column, column === null ? 'ROW' : 'CELL');
      byColumn.set(column, gather);
    }
    return gather;
  }

  #tell(
    gather: Gather,
    source: string | null,
    found: Cell | string | null,
    fixed: string | null,
    params: Params,
    isPersonal: boolean,
  ): void {
    const { rule } = gather;
    if (rule.severity === 'ERROR') this.hasError = true;
    if (fixed !== null) gather.fixable++;
    const isWanted = this.#gathering.count(gather);
    if (isWanted || this.#onMessage) {
      const value = typeof found === 'string' || found === null ? found : found.text();
      const at = { row: this.#row, line: this.#line, column: source, value, fixed, isPersonal };
      if (isWanted) this.#gathering.sample(gather, at, params);
      if (this.#onMessage) {
        const message = messageOf(rule, params, at);
        this.#onMessage(source === null ? message : `${source}: ${message}`);
      }
    }
    const { faults } = this.#options;
    // Hints are nothing that anybody has to fix.
    if (!faults || rule.severity === 'HINT') return;
    const id = this.#id;
    if (id && !id.isEmpty) faults.add(rule.id, gather.column, id.bytes, id.start, id.end);
    else {
      const row = encoder.encode(`#${this.#row}`);
      faults.add(rule.id, gather.column, row, 0, row.length);
    }
  }
}
