import type { RecordSink } from '../readers.ts';

/**
 * Gives the names of columns on, and what is wrong with them: two alike but for case and blanks, none at all.
 * `misplaced`, `spaced`: the first name with a quote that is not doubled, and with blanks around its quotes; -1: none.
 */
export function tellHeader(sink: RecordSink, names: readonly string[], misplaced: number, spaced: number): void {
  const told = { place: null, value: null };
  if (misplaced >= 0) sink.problem('CSV-02.header', { ...told, column: names[misplaced] ?? null }, {});
  if (spaced >= 0) sink.problem('CSV-07', { ...told, column: names[spaced] ?? null }, {});
  const seen = new Map<string, string>();
  names.forEach((name, index) => {
    const position = index + 1;
    const folded = name.toLowerCase();
    const before = seen.get(folded);
    sink.column(name);
    if (name === '') sink.problem('CSV-05.unnamed', { ...told, column: null }, { position });
    else if (before !== undefined) sink.problem('CSV-05', { ...told, column: name }, { name, before, position });
    else seen.set(folded, name);
  });
}
