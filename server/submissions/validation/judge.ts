import { type Cell, Has } from './cell.ts';
import { missingColumns, nearestHeader } from './columns.ts';
import { HealthyValues } from './healthyValues.ts';
import { findingsColumn, type LaidColumn, Layout } from './layout.ts';
import { productLimits } from './limits.ts';
import type { Place, RecordSink } from './readers.ts';
import type { Gather, Gathering } from './report.ts';
import { RunMemory } from './rules/common/memory.ts';
import { Telling } from './telling.ts';
import type {
  CellRule,
  Column,
  FileRule,
  FileWatch,
  Judging,
  Options,
  Params,
  ReaderRule,
  RowRule,
  Rule,
} from './types.ts';

/** Of many columns that are ignored, so many are named. */
const mostNamed = 10;

/** A cell rule ready to be asked of one column. */
type Asked = {
  readonly rule: CellRule;
  readonly check: CellRule['check'];
  /** 0: of all cells. */
  readonly onlyIf: number;
  /** Of the first of several rules that share it: how many they are. */
  readonly healthy: CellRule['healthy'] | null;
  readonly sharing: number;
  readonly gather: Gather;
};

/** A column of the set and what is asked of its cells. */
type Judged = {
  readonly column: LaidColumn;
  /** Of cells that hold something, and of empty ones. */
  readonly filled: readonly Asked[];
  /** Those of `filled` that are asked of a cell with none of the bits of `gate`: most cells have none. */
  readonly plain: readonly Asked[];
  readonly gate: number;
  readonly empty: readonly Asked[];
  /** Null: not worth it. */
  readonly known: HealthyValues | null;
};

type AskedRow = { readonly rule: RowRule; readonly positions: readonly number[]; readonly cells: Cell[] };
type Watched = {
  readonly rule: FileRule;
  readonly watch: FileWatch;
  positions: readonly number[];
  cells: Cell[];
};

const unseen = Has.control | Has.efByte;

/**
 * Asks every rule of every record. The healthy cell is the case to be quick at: its flags are looked at, the rules that
 * remain look at its bytes, and nothing is made.
 */
export class Judge implements RecordSink {
  readonly layout: Layout;
  readonly #options: Options;
  readonly #judging: Judging;
  readonly #gathering: Gathering;
  readonly #telling: Telling;
  readonly #readerRules: ReadonlyMap<string, ReaderRule>;
  readonly #rules: readonly Rule[];

  #laid: readonly LaidColumn[] | null = null;
  #judged: readonly Judged[] = [];
  #asked: readonly AskedRow[] = [];
  #watched: Watched[] = [];
  /** Those that look at the whole record. */
  #whole: readonly FileWatch[] = [];
  readonly #watches = new Map<FileRule, FileWatch | null>();
  readonly #memory: RunMemory;
  #idPosition = -1;

  rows = 0;
  valid = 0;
  /** What the rules about the whole file would have the person say. */
  readonly asks = new Set<string>();
  /** The row whose error its reader told: it is counted and not judged. */
  #brokenRow = -1;
  /** The row of whose cell its reader told an error. */
  #errorRow = -1;
  #row = 0;

  constructor(
    options: Options,
    judging: Judging,
    gathering: Gathering,
    readerRules: ReadonlyMap<string, ReaderRule>,
    onMessage?: (message: string) => void,
  ) {
    this.#options = options;
    this.#judging = judging;
    this.#gathering = gathering;
    this.#readerRules = readerRules;
    this.#memory = new RunMemory(options.limits?.compared ?? productLimits.compared);
    this.layout = new Layout(options.rules, judging, options.mapping ?? {});
    this.#telling = new Telling(options, judging, gathering, this.layout, onMessage);
    this.#rules = options.rules.rules.filter(
      ({ profiles }) => profiles === undefined || (judging.profile !== null && profiles.includes(judging.profile)),
    );
  }

  column(name: string): number {
    return this.layout.add(name);
  }

  record(cells: readonly Cell[], count: number, place: Place): void {
    const { row } = place;
    this.rows = row;
    this.#row = row;
    if (this.#brokenRow === row) return;
    const telling = this.#telling;
    telling.hasError = this.#errorRow === row;

    let all = 0;
    for (let index = 0; index < count; index++) all |= (cells[index] as Cell).flags;
    const laid = this.layout.fill(cells, count);
    if (laid !== 'SKIPPED') {
      if (this.layout.columns !== this.#laid) this.#compile();
      else if (laid === 'CHANGED') this.#handOut();
    }
    const id = laid === 'SKIPPED' || this.#idPosition < 0 ? null : (this.layout.cells[this.#idPosition] as Cell);
    telling.at(row, place.line, id);
    if ((all & unseen) !== 0) this.#lookForUnseen(cells, count);
    if (laid !== 'SKIPPED') {
      this.#judgeCells();
      this.#judgeRow();
      for (let at = 0; at < this.#whole.length; at++) this.#whole[at]?.record?.(cells, count);
      const { onId } = this.#options;
      if (onId && id && !id.isEmpty) onId(id.bytes, id.start, id.end);
    }
    if (telling.hasError) return;
    this.valid++;
    if (laid !== 'SKIPPED') this.#options.onValid?.(this.layout, place);
  }

  problem(
    ruleId: string,
    { place, column, value }: { place: Place | null; column: string | null; value: string | null },
    params: Params,
  ): void {
    const rule = this.#readerRules.get(ruleId);
    if (!rule) throw new Error(`No READER rule ${ruleId}`);
    if (rule.of === 'FILE' || place === null) {
      // A quote that never closes speaks of the file and has cost its row.
      if (place && rule.id === 'CSV-02.unclosed') this.rows = Math.max(this.rows, place.row);
      this.#telling.file(rule, place, column, value, params);
      return;
    }
    // A record that never comes (too long) is a row all the same.
    this.rows = Math.max(this.rows, place.row);
    if (rule.of === 'ROW' && rule.severity === 'ERROR') this.#brokenRow = place.row;
    if (rule.of === 'CELL' && rule.severity === 'ERROR') this.#errorRow = place.row;
    this.#telling.ahead(rule, place, column, value, params);
  }

  /** When all records have passed. */
  end(isWhole: boolean): void {
    this.layout.settle();
    if (this.layout.columns !== this.#laid) this.#compile();
    this.#judgeColumns();
    if (!isWhole) return;
    const columns = this.layout.columns.map(({ name }) => name);
    const totals = { rows: this.rows, columns, matches: this.layout.matches };
    for (const { rule, watch } of this.#watched) {
      const broken = watch.end(totals);
      if (rule.asks !== undefined && broken.length > 0) this.asks.add(rule.asks);
      for (const { column, params } of broken) this.#telling.file(rule, null, column, null, params);
    }
  }

  /** The set's columns against the file's: what is missing, what is not used. */
  #judgeColumns(): void {
    const set = this.#options.rules;
    const { layout } = this;
    if (set.columns.length === 0 || layout.names.length === 0) return;
    const unused = layout.matches.filter(({ how }) => how === 'IGNORED').map(({ source }) => source);
    const present = new Set(
      layout.columns.filter(({ index, name }) => index >= 0 || !layout.isExpected(name)).map(({ name }) => name),
    );
    const named = (column: Column) => [column.name, ...(column.oneOf ?? [])].join(' or ');
    const missing = missingColumns(set, present);
    missing.forEach((column, at) => {
      const nearest = nearestHeader(column, unused);
      // The first speaks for all of them: a list of findings shows its words.
      const others = at === 0 ? missing.slice(1).map(named).join(', ') : '';
      this.problem(
        'CSV-06',
        { place: null, column: column.name, value: null },
        {
          column: named(column),
          nearest: nearest ? ` (is it “${nearest}”?)` : '',
          others: others === '' ? '' : `; missing too: ${others}`,
        },
      );
    });
    const ignored = unused.filter((source) => source !== '' && source !== findingsColumn);
    ignored.forEach((source, at) => {
      // Told once for all of them, by the first.
      const rest = at === 0 ? ignored.slice(1) : [];
      const named = rest.slice(0, mostNamed).join(', ');
      const more = rest.length > mostNamed ? ` and ${rest.length - mostNamed} more` : '';
      const others = rest.length === 0 ? '' : `; ignored too: ${named}${more}`;
      this.problem('CSV-06.ignored', { place: null, column: source, value: null }, { column: source, others });
    });
  }

  #judgeCells(): void {
    const cells = this.layout.cells;
    const judged = this.#judged;
    const judging = this.#judging;
    const telling = this.#telling;
    for (let at = 0; at < judged.length; at++) {
      const { filled, plain, gate, empty, column, known } = judged[at] as Judged;
      const cell = cells[at] as Cell;
      const { flags } = cell;
      let asked = filled;
      let slot = -2;
      if (cell.end === cell.start) asked = empty;
      else {
        if ((flags & gate) === 0) {
          if (plain.length === 0) continue;
          asked = plain;
        }
        if (known?.isUseful) {
          slot = known.miss(cell);
          if (slot === -1) continue;
        }
      }
      for (let index = 0; index < asked.length; index++) {
        const one = asked[index] as Asked;
        if (one.healthy?.(cell, judging)) {
          index += one.sharing - 1;
          continue;
        }
        if (one.onlyIf !== 0 && (flags & one.onlyIf) === 0) continue;
        const params = one.check(cell, judging);
        if (params === null) continue;
        telling.cell(one.rule, one.gather, column, cell, params);
        slot = -2;
      }
      if (slot >= 0) known?.keep(cell, slot);
    }
  }

  #judgeRow(): void {
    const judging = this.#judging;
    const telling = this.#telling;
    for (let at = 0; at < this.#asked.length; at++) {
      const { rule, cells } = this.#asked[at] as AskedRow;
      const broken = rule.check(cells, judging);
      if (broken !== null) telling.rowOf(rule, broken, cells);
    }
    for (let at = 0; at < this.#watched.length; at++) {
      const { rule, watch, cells } = this.#watched[at] as Watched;
      const broken = watch.row(cells, this.#row);
      if (broken !== null) telling.rowOf(rule, broken, cells);
    }
  }

  /** Control characters, and U+FFFD: in any column, also one that is not used. */
  #lookForUnseen(cells: readonly Cell[], count: number): void {
    const rule = this.#readerRules.get('CSV-08');
    if (!rule) return;
    for (let index = 0; index < count; index++) {
      const cell = cells[index] as Cell;
      if ((cell.flags & unseen) === 0) continue;
      const found = unseenIn(cell);
      if (found === null) continue;
      this.#telling.anyCell(rule, index, cell, { found });
    }
  }

  /** What is asked of the columns that there are. */
  #compile(): void {
    this.#laid = this.layout.columns;
    const positions = (names: readonly string[]) => names.map((name) => this.layout.position(name));
    const isAsked = (rule: RowRule | FileRule) =>
      rule.needs
        ? rule.needs.every((name) => this.layout.position(name) >= 0)
        : rule.columns.length === 0 || rule.columns.some((name) => this.layout.position(name) >= 0);
    const cellRules = this.#rules.filter((rule) => rule.scope === 'CELL');
    this.#judged = this.#laid.map((column) => {
      const rules = cellRules.filter((rule) => rule.columns.includes(column.name));
      const filled = this.#asking(rules, column.name);
      return {
        column,
        filled,
        plain: this.#asking(
          rules.filter(({ onlyIf }) => onlyIf === undefined),
          column.name,
        ),
        gate: filled.reduce((bits, { onlyIf }) => bits | onlyIf, 0),
        // An empty cell has no bits: what is for empty cells is asked of all of them.
        empty: this.#asking(
          rules.filter(({ isForEmpty }) => isForEmpty),
          column.name,
        ).map((asked) => ({ ...asked, onlyIf: 0, healthy: null })),
        known: filled.length > 1 ? new HealthyValues() : null,
      };
    });
    this.#asked = this.#rules
      .filter((rule) => rule.scope === 'ROW')
      .filter(isAsked)
      .map((rule) => ({ rule, positions: positions(rule.columns), cells: [] }));
    this.#watched = [];
    for (const rule of this.#rules) {
      if (rule.scope !== 'FILE' || !isAsked(rule)) continue;
      if (!this.#watches.has(rule))
        this.#watches.set(rule, rule.watch(this.#judging, this.#options.known ?? {}, this.#memory));
      const watch = this.#watches.get(rule);
      if (watch) this.#watched.push({ rule, watch, positions: positions(rule.columns), cells: [] });
    }
    this.#whole = this.#watched.map(({ watch }) => watch).filter(({ record }) => record !== undefined);
    const { idColumn } = this.#options.rules;
    this.#idPosition = idColumn === null ? -1 : this.layout.position(idColumn);
    this.#handOut();
  }

  /** In the order of the set, those that share a look side by side. */
  #asking(rules: readonly CellRule[], column: string): Asked[] {
    const looks = [...new Set(rules.map(({ healthy }) => healthy))];
    return looks.flatMap((healthy) => {
      const sharing = rules.filter((rule) => rule.healthy === healthy);
      return sharing.map((rule, index) => ({
        rule,
        check: rule.check,
        onlyIf: rule.onlyIf ?? 0,
        healthy: index === 0 ? (healthy ?? null) : null,
        sharing: sharing.length,
        gather: this.#gathering.of(rule, column, 'CELL'),
      }));
    });
  }

  /** The record's cells to the rules that look at several. */
  #handOut(): void {
    for (const each of [...this.#asked, ...this.#watched])
      each.positions.forEach((position, index) => {
        each.cells[index] = this.layout.cellAt(position);
      });
  }
}

/** In words what cannot be seen; null: nothing of the kind. */
function unseenIn(cell: Cell): string | null {
  const { bytes, start, end } = cell;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd && at + 2 < end) return 'U+FFFD';
    if ((byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 0x7f)
      return `U+${byte.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return null;
}
