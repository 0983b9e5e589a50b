/** What can be wrong in a file of a map. The first five end it: nothing of the file can be taken. */
export const problemCodes = [
  'TOO_LARGE',
  'NOT_JSON',
  'NOT_OURS',
  'OTHER_VERSION',
  'NOT_TABLE',
  'NOT_LIST',
  'NOT_PART',
  'NOT_TEXT',
  'NOT_NUMBER',
  'NOT_FLAG',
  'NOT_ONE_OF',
  'NOT_IN_FILE',
  'NOT_READ',
  'DOUBLE_ID',
  'UNREADABLE_ROW',
  'EMPTY',
  'TOO_LONG',
  'TOO_MANY',
  'OUT_OF_RANGE',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export type FileProblem = {
  /** In a table the row as a spreadsheet counts it, its head being 1; in JSON the place in the list, from 1. Null: the file. */
  row: number | null;
  /** The head of the column, or list and field as `touchpoints.name`; null: the file. */
  field: string | null;
  code: ProblemCode;
  params: Record<string, string | number>;
};

/** More than this in UTF-8 is refused: with what JSON adds to send it, a request may have a megabyte. */
export const mostFileBytes = 900_000;

/** What ends a file, as the only problem of nothing. */
export function unread(code: ProblemCode, params: FileProblem['params'] = {}) {
  return { isRead: false, parts: [], problems: [{ row: null, field: null, code, params }] };
}
