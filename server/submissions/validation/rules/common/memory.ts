import type { FileRule, Memory } from '../../types.ts';
import { brokenAt } from './answers.ts';

/** Of one run: tables that several rules read, and which of them ran out of room. */
export class RunMemory implements Memory {
  readonly most: number;
  readonly #shared = new Map<string, unknown>();
  readonly #bounded: { column: string; table: { readonly isFull: boolean } }[] = [];

  constructor(most: number) {
    this.most = most;
  }

  shared<T>(key: string, make: () => T): T {
    if (!this.#shared.has(key)) this.#shared.set(key, make());
    return this.#shared.get(key) as T;
  }

  bounded<T extends { readonly isFull: boolean }>(column: string, table: T): T {
    this.#bounded.push({ column, table });
    return table;
  }

  full(): readonly string[] {
    return [...new Set(this.#bounded.filter(({ table }) => table.isFull).map(({ column }) => column))];
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
      end: () => memory.full().map((full) => brokenAt(full, { column: full, most: memory.most.toLocaleString('en') })),
    }),
    accepted: [{ rows: rows(3) }, { rows: rows(3), compared: 3 }],
    refused: [{ rows: rows(4), compared: 3 }],
  };
}
