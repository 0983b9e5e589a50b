import { ApiError } from '../../platform/graphql/errors.ts';
import { words } from '../../words/en.ts';

/** Of one list on the screen; a program may send any number of lists. */
export const mostListRows = 2_000;
/** Of one look at them, which is one answer. */
export const mostRowsAtOnce = 250;
const mostColumns = 100;
/** A key has room for what is added to it for the row's invitation. */
export const mostKeyCharacters = 180;

export function checkColumns(columns: readonly string[]): void {
  if (columns.length === 0 || columns.length > mostColumns) {
    throw new ApiError('BAD_USER_INPUT', words.list.columns({ max: mostColumns }));
  }
}

export function checkRows(rows: readonly unknown[]): void {
  if (rows.length > mostRowsAtOnce) throw new ApiError('BAD_USER_INPUT', words.list.rows({ max: mostRowsAtOnce }));
}
