import { type Cell, cellOf, Has } from './cell.ts';
import { spanValue } from './formats/writers.ts';
import { type LaidColumn, Layout } from './layout.ts';
import { Patched } from './patches.ts';
import { readerRules } from './readerRules.ts';
import type { Place, RecordSink, Span } from './readers.ts';
import { judgingOf, Reading, type Source } from './reading.ts';
import { excerpt, mask } from './report.ts';
import type { CellRule, Judging, Options, ReaderRule, RowRule } from './types.ts';

/*
 * A file made right: its text with some cells written anew where they stand, every other byte as it was. Only what is
 * broken is touched, and only by fixes that the rules call safe. A cell that is joined of several places, or made of
 * others, is left alone.
 */

/** A finding's rule and column, as the report names them; null: every column of the rule. */
export type Chosen = { readonly rule: string; readonly column: string | null };
/** A value typed by hand. `column` is one of the set, or as the file spells it. */
export type Edit = { readonly row: number; readonly column: string; readonly value: string };

export type Repaired = {
  /** Cells written anew, and rows with such a cell. */
  cells: number;
  rows: number;
  /** How often each chosen fix was applied. */
  byRule: { rule: string; column: string; count: number }[];
  /** Of the values typed by hand: written, and not (no such row or column, a cell that stands in no one place). */
  edited: number;
  notEdited: number;
};

/** Before and after, as a preview shows them: masked where personal. */
export type Pair = { rule: string; column: string; row: number; line: number; before: string; after: string };
export type Preview = Repaired & { pairs: Pair[] };

const mostPairs = 20;
/** Fixes of several rules are applied until none finds anything more; two that undo each other are stopped here. */
const mostRounds = 8;
/** A record's cells are known at the latest when so much behind its limit has been read. */
const slackBytes = 2 * 1024 * 1024;

/** The file made right, in UTF-8 without a BOM and unpacked. `repaired` is whole when the bytes have all been taken. */
export function repair(
  source: Source,
  options: Options,
  which: readonly Chosen[],
  edits: readonly Edit[] = [],
): { bytes: AsyncIterable<Uint8Array>; repaired: Repaired } {
  const repairer = new Repairer(options, which, edits);
  return { bytes: patched(source, options, repairer), repaired: repairer.repaired };
}

/** What `repair` would do: how much, and up to 20 cells of each rule before and after. */
export async function preview(
  source: Source,
  options: Options,
  which: readonly Chosen[],
  edits: readonly Edit[] = [],
): Promise<Preview> {
  const repairer = new Repairer(options, which, edits);
  for await (const bytes of patched(source, options, repairer)) void bytes;
  return { ...repairer.repaired, pairs: repairer.pairs };
}

async function* patched(source: Source, options: Options, repairer: Repairer): AsyncGenerator<Uint8Array> {
  const reading = new Reading(options, repairer, {
    onFormat: (format) => {
      repairer.layout.isTable = format === 'DELIMITED';
    },
  });
  const stream = new Patched(reading.limits.recordBytes * 2 + slackBytes);
  repairer.spanOf = (index) => reading.reader?.spanOf(index) ?? null;
  repairer.write = (text, span, wasQuoted) => {
    const delimiter = reading.learned.dialect?.delimiter ?? ',';
    const bytes = encoder.encode(spanValue(text, span, delimiter, wasQuoted));
    return stream.patch({ start: span.start, end: span.end, bytes });
  };
  for await (const text of reading.text(source)) {
    stream.push(text);
    // What cannot be read on goes through as it is: a repair loses nothing.
    if (reading.isReadable) reading.push(text);
    yield* stream.ready(false);
  }
  reading.end();
  yield* stream.ready(true);
  repairer.end();
}

const encoder = new TextEncoder();

/** The chosen rules of one column. */
type Mending = {
  readonly column: LaidColumn;
  readonly position: number;
  readonly rules: readonly (CellRule | ReaderRule)[];
  readonly rows: readonly { rule: RowRule; positions: readonly number[] }[];
};

class Repairer implements RecordSink {
  readonly layout: Layout;
  readonly repaired: Repaired = { cells: 0, rows: 0, byRule: [], edited: 0, notEdited: 0 };
  readonly pairs: Pair[] = [];
  spanOf: (index: number) => Span | null = () => null;
  write: (text: string, span: Span, wasQuoted: boolean) => boolean = () => false;
  readonly #options: Options;
  readonly #judging: Judging;
  readonly #which: readonly Chosen[];
  readonly #edits = new Map<number, Edit[]>();
  #laid: readonly LaidColumn[] | null = null;
  #names = 0;
  #mendings: Mending[] = [];
  #brokenRow = -1;

  constructor(options: Options, which: readonly Chosen[], edits: readonly Edit[]) {
    this.#options = options;
    this.#judging = judgingOf(options);
    this.#which = which;
    this.layout = new Layout(options.rules, this.#judging, options.mapping ?? {});
    for (const edit of edits) this.#edits.set(edit.row, [...(this.#edits.get(edit.row) ?? []), edit]);
  }

  column(name: string): number {
    return this.layout.add(name);
  }

  problem(ruleId: string, { place }: { place: Place | null }): void {
    const rule = readerRules.get(ruleId);
    if (rule?.of === 'ROW' && rule.severity === 'ERROR' && place) this.#brokenRow = place.row;
  }

  end(): void {
    for (const edits of this.#edits.values()) this.repaired.notEdited += edits.length;
    this.#edits.clear();
  }

  record(cells: readonly Cell[], count: number, place: Place): void {
    const laid = this.layout.fill(cells, count);
    if (this.layout.columns !== this.#laid || this.layout.names.length !== this.#names) this.#compile();
    const texts = new Map<number, { index: number; text: string; cell: Cell }>();
    // Of a row whose columns cannot be told nothing is mended by rule.
    if (laid !== 'SKIPPED' && place.row !== this.#brokenRow) {
      for (const mending of this.#mendings) this.#mend(mending, cells, count, place, texts);
    }
    const edits = this.#edits.get(place.row);
    if (edits) this.#edit(edits, cells, count, place, texts);
    if (texts.size === 0) return;
    const inOrder = [...texts.values()]
      .map((each) => ({ ...each, span: this.spanOf(each.index) }))
      .sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
    let written = 0;
    for (const { text, cell, span } of inOrder)
      if (span && this.write(text, span, (cell.flags & Has.quoted) !== 0)) written++;
    this.repaired.cells += written;
    if (written > 0) this.repaired.rows++;
  }

  #mend(
    { column, position, rules, rows }: Mending,
    cells: readonly Cell[],
    count: number,
    place: Place,
    texts: Map<number, { index: number; text: string; cell: Cell }>,
  ): void {
    const own = cells[column.index];
    if (!own || column.index >= count || own.isJoined || (position >= 0 && !this.layout.isInPlace(column))) return;
    const row = this.layout.cells;
    let cell = position >= 0 ? (row[position] as Cell) : own;
    const before = cell;
    const told: { rule: string; before: string; after: string }[] = [];
    const mended = (id: string, text: string | null): boolean => {
      if (text === null || text === cell.text()) return false;
      told.push({ rule: id, before: cell.text(), after: text });
      cell = cellOf(text);
      return true;
    };
    for (let round = 0; round < mostRounds; round++) {
      let isChanged = false;
      for (const rule of rules) {
        if (rule.scope === 'CELL' && !isBroken(rule, cell, this.#judging)) continue;
        isChanged = mended(rule.id, rule.fix?.(cell.text(), this.#judging) ?? null) || isChanged;
      }
      for (const { rule, positions } of rows) {
        const asked = positions.map((at) => (at === position ? cell : this.layout.cellAt(at)));
        if (rule.check(asked, this.#judging)?.column !== column.name) continue;
        const made = rule.fix?.(
          asked.map((each) => each.text()),
          this.#judging,
        );
        isChanged = mended(rule.id, made ?? null) || isChanged;
      }
      if (!isChanged) break;
    }
    if (told.length === 0 || cell.text() === before.text() || !this.spanOf(column.index)) return;
    texts.set(column.index, { index: column.index, text: cell.text(), cell: own });
    for (const { rule, before: was, after } of told) this.#tell(rule, column, place, was, after);
  }

  #edit(
    edits: readonly Edit[],
    cells: readonly Cell[],
    count: number,
    place: Place,
    texts: Map<number, { index: number; text: string; cell: Cell }>,
  ): void {
    this.#edits.delete(place.row);
    for (const { column, value } of edits) {
      const laid = this.layout.columns.find(({ name }) => name === column);
      const index = laid ? laid.index : this.layout.names.indexOf(column);
      const cell = cells[index];
      if (index < 0 || index >= count || !cell || cell.isJoined || !this.spanOf(index)) {
        this.repaired.notEdited++;
        continue;
      }
      this.repaired.edited++;
      if (value !== cell.text()) texts.set(index, { index, text: value, cell });
      else texts.delete(index);
    }
  }

  #tell(rule: string, { name, isPersonal }: LaidColumn, place: Place, before: string, after: string): void {
    const { byRule } = this.repaired;
    let counted = byRule.find((each) => each.rule === rule && each.column === name);
    if (!counted) {
      counted = { rule, column: name, count: 0 };
      byRule.push(counted);
    }
    counted.count++;
    if (this.pairs.filter((pair) => pair.rule === rule).length >= mostPairs) return;
    const shown = (text: string) => excerpt(isPersonal ? mask(text) : text);
    this.pairs.push({
      rule,
      column: name,
      row: place.row,
      line: place.line,
      before: shown(before),
      after: shown(after),
    });
  }

  #compile(): void {
    this.#laid = this.layout.columns;
    this.#names = this.layout.names.length;
    const isChosen = (rule: string, column: LaidColumn) =>
      this.#which.some(
        (each) =>
          each.rule === rule && (each.column === null || each.column === column.name || each.column === column.source),
      );
    const set = this.#options.rules;
    const isPersonal = set.columns.some((column) => column.isPersonal);
    // Also columns that the set does not know: control characters are mended in any.
    const unused = this.layout.matches.flatMap(({ source, column }, index) =>
      column === null ? [{ name: source, source, index, isPersonal }] : [],
    );
    const everywhere = [...readerRules.values()].filter((rule) => rule.fix);
    this.#mendings = [...this.layout.columns, ...unused].flatMap((column) => {
      const position = this.layout.columns.indexOf(column);
      const cellRules = set.rules.filter(
        (rule) =>
          rule.scope === 'CELL' && rule.fix !== undefined && position >= 0 && rule.columns.includes(column.name),
      ) as CellRule[];
      const rules = [...everywhere, ...cellRules].filter((rule) => isChosen(rule.id, column));
      const rows = set.rules
        .filter((rule) => rule.scope === 'ROW')
        .filter((rule) => rule.fix && position >= 0 && rule.columns.includes(column.name) && isChosen(rule.id, column))
        .map((rule) => ({ rule, positions: rule.columns.map((name) => this.layout.position(name)) }));
      return rules.length + rows.length > 0 ? [{ column, position, rules, rows }] : [];
    });
  }
}

/** As the judge asks it. */
function isBroken(rule: CellRule, cell: Cell, judging: Judging): boolean {
  if (cell.isEmpty && !rule.isForEmpty) return false;
  if (rule.onlyIf !== undefined && !cell.isEmpty && (cell.flags & rule.onlyIf) === 0) return false;
  return rule.check(cell, judging) !== null;
}
