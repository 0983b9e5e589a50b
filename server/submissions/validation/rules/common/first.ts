import { grouped } from '../../numbers.ts';
import type { Broken } from '../../types.ts';
import { brokenAt } from './answers.ts';

/** A row whose value stood there before. `{first}` of the advice says where; 0: that is not remembered. */
export function repeated(column: string | null, firstRow: number): Broken {
  return brokenAt(column, { first: firstStands(firstRow) });
}

export function firstStands(row: number): string {
  return row === 0 ? 'The first one stands earlier in the file. ' : `The first one stands in row ${grouped(row)}. `;
}
