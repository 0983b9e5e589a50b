import { grouped } from '../../numbers.ts';
import type { Bounded, FileRule, Memory } from '../../types.ts';
import { brokenAt } from './answers.ts';

/** Of one run: tables that several rules read, and which of them ran out of room. */
export class RunMemory implements Memory {
  readonly most: number;
  readonly #shared = new Map<string, unknown>();
  readonly #bounded: { column: string; table: Bounded }[] = [];

  constructor(most: number) {
    this.most = most;
  }

  shared<T>(key: string, make: () => T): T {
    if (!this.#shared.has(key)) this.#shared.set(key, make());
    return this.#shared.get(key) as T;
  }

  bounded<T extends Bounded>(column: string, table: T): T {
    this.#bounded.push({ column, table });
    return table;
  }

  full(): readonly { column: string; most: number }[] {
    const full = new Map<string, number>();
    for (const { column, table } of this.#bounded)
      if (table.isFull) full.set(column, Math.min(table.most, full.get(column) ?? table.most));
    return [...full].map(([column, most]) => ({ column, most }));
  }
}

/** Says where comparing ended, instead of letting silence look like "no duplicates". Last of a set's rules. `column`: of its examples. */
export function comparedRule(covers: readonly string[], column: string): FileRule {
  const rows = (count: number) => Array.from({ length: count }, (_, at) => ({ [column]: `V${at}` }));
  return {
    id: 'rows.compared',
    scope: 'FILE',
    severity: 'HINT',
    code: 'validation_duplicate',
    covers,
    source: { name: 'Good practice', url: null },
    title: 'The file is too long to compare all of its rows',
    advice:
      'Rows are compared by {column} with the first {most} different values alone: duplicates further down are not all found. Send several smaller files to have all of them compared.',
    columns: [],
    watch: (_judging, _known, memory) => ({
      row: () => null,
      end: () => memory.full().map(({ column: full, most }) => brokenAt(full, { column: full, most: grouped(most) })),
    }),
    accepted: [{ rows: rows(3) }, { rows: rows(3), compared: 3 }],
    refused: [{ rows: rows(4), compared: 3 }],
  };
}
