import type { Cell } from './cell.ts';
import { Layout } from './layout.ts';
import type { RecordSink } from './readers.ts';
import { judgingOf, Reading, type Source } from './reading.ts';
import type { Options } from './types.ts';

/** A value as it stands in the file. */
export type SampledCell = { row: number; line: number; column: string; value: string };

/** Longer ones are no addresses. */
const maxCharacters = 2_000;

/**
 * Values of some columns, spread evenly over a file of so many rows: the same file gives the same values. A place that is
 * empty, or has a value that was taken, is made up for by the next row.
 */
export async function spreadOver(
  source: Source,
  options: Options,
  { rows, most, columns }: { rows: number; most: number; columns: readonly string[] },
): Promise<SampledCell[][]> {
  const layout = new Layout(options.rules, judgingOf(options), options.mapping ?? {});
  const count = Math.min(most, rows);
  const taken = columns.map(() => new Map<string, SampledCell>());
  const next = columns.map(() => 0);
  const rowOf = (index: number) => Math.floor(((index + 0.5) * rows) / count) + 1;
  const isFull = () => taken.every(({ size }) => size >= count);

  const take = (at: number, row: number, line: number) => {
    const own = taken[at] as Map<string, SampledCell>;
    const index = next[at] as number;
    const position = layout.position(columns[at] as string);
    if (own.size >= count || position < 0 || row < rowOf(index)) return;
    const value = layout.cellAt(position).text().trim();
    if (value === '' || value.length > maxCharacters || own.has(value)) return;
    own.set(value, { row, line, column: layout.columns[position]?.source ?? '', value });
    next[at] = index + 1;
  };
  const sink: RecordSink = {
    column: (name) => layout.add(name),
    record(cells: readonly Cell[], width, { row, line }) {
      if (layout.fill(cells, width) === 'SKIPPED') return;
      for (let at = 0; at < columns.length; at++) take(at, row, line);
    },
    // What is wrong with the file its report has told.
    problem() {},
  };
  const reading = new Reading(options, sink, {
    onFormat: (format) => {
      layout.isTable = format === 'DELIMITED';
    },
  });
  for await (const text of reading.text(source)) if (!reading.push(text) || isFull()) break;
  if (!isFull()) reading.end();
  return taken.map((own) => [...own.values()]);
}
