import type { RecordSink } from '../../../../server/submissions/validation/readers.ts';
import { Reading } from '../../../../server/submissions/validation/reading.ts';
import type { RuleSet } from '../../../../server/submissions/validation/types.ts';
import { safeCell } from '../../../../server/submissions/validation/withFindings.ts';

/** Of one list, as the server has it too. */
export const mostRows = 2_000;
export const mostBytes = 5_000_000;

export type ReadRow = { number: number; line: number; cells: string[] };
export type ReadList = {
  columns: string[];
  rows: ReadRow[];
  /** Lines that hold no row that could be made out. */
  unreadable: number[];
};
/** Why a file holds no list. `what`, `instead`: what it is, and how to get a list out of it, where that is known. */
export type NoList =
  | { problem: 'empty' | 'unreadable' | 'tooMany' | 'tooLarge'; count?: number }
  | { problem: 'binary'; what: string; instead: string };

/** A list has rows and no rules: what its columns mean is the server's to say. */
const noRules: RuleSet = { key: 'list', name: '', profiles: [], columns: [], rules: [], idColumn: null };
const reasons = 'Reasons';

/** Reads a list with the reader of every file that is handed in: its separators, quotes and encodings. */
export async function readList(source: Blob, name: string): Promise<ReadList | NoList> {
  if (source.size > mostBytes) return { problem: 'tooLarge' };
  const columns: string[] = [];
  const rows: ReadRow[] = [];
  const unreadable: number[] = [];
  let ended: NoList | null = null;
  let count = 0;
  const sink: RecordSink = {
    column: (text) => columns.push(text) - 1,
    record(cells, width, { row, line }) {
      if (unreadable.at(-1) === line) return;
      const texts = Array.from({ length: width }, (_, at) => cells[at]?.text() ?? '');
      // A line of separators alone is what spreadsheets leave below a list.
      if (texts.every((text) => text.trim() === '')) return;
      count += 1;
      if (count <= mostRows) rows.push({ number: row, line, cells: texts });
    },
    problem(rule, { place }, params) {
      // A row of too few cells is a row all the same, and is told with the others.
      if (place !== null && /^CSV-02\.(quote|unclosed|record)$/.test(rule)) unreadable.push(place.line);
      if (place === null && typeof params.what === 'string') {
        ended = { problem: 'binary', what: params.what, instead: String(params.instead ?? '') };
      }
    },
  };
  const reading = new Reading({ rules: noRules, name, asOf: new Date(0).toISOString() }, sink);
  for await (const text of reading.text(source.stream())) if (!reading.push(text)) break;
  reading.end();
  if (ended) return ended;
  if (count > mostRows) return { problem: 'tooMany', count };
  if (columns.length === 0 || (rows.length === 0 && unreadable.length === 0)) {
    return { problem: reading.isReadable ? 'empty' : 'unreadable' };
  }
  const isOurs = columns.at(-1)?.trim() === reasons;
  // Records of JSON name their columns one by one, so that earlier ones are shorter.
  const isTable = reading.learned.format === 'DELIMITED';
  return {
    columns,
    unreadable,
    rows: rows.map((row) => ({
      ...row,
      cells: row.cells
        .concat(isTable ? [] : Array.from({ length: columns.length - row.cells.length }, () => ''))
        .map((text) => (isOurs ? text.replace(/^'(?=[=+\-@\t\r])/, '') : text)),
    })),
  };
}

type Bad = { cells: readonly string[]; reasons: readonly string[] };

/** The rows that were not made, with why, as a list that can be mended in a spreadsheet and sent again. */
export function badRowsCsv(columns: readonly string[], rows: readonly Bad[]): Blob {
  const isOurs = columns.at(-1)?.trim() === reasons;
  const own = isOurs ? columns.slice(0, -1) : columns;
  const line = (cells: readonly string[]) => `${cells.map(safeCell).join(',')}\r\n`;
  const lines = rows.map((row) => line([...own.map((_, at) => row.cells[at] ?? ''), row.reasons.join(' ')]));
  // Spreadsheets take UTF-8 for what it is only behind its mark.
  return new Blob(['\uFEFF', line([...own, reasons]), ...lines], { type: 'text/csv' });
}

/** A list of one row, to begin from. */
export function exampleCsv(): Blob {
  const columns = [
    ...['Account', 'Website', 'Platform', 'Products', 'PM', 'Signed on', 'Target date'],
    ...['Contact e-mail', 'Contact name', 'External id', 'System', 'shop.markets'],
  ];
  const row = [
    ...['Brightwater Tea', 'www.brightwater-tea.example', 'Shopify', 'Search, Recommendations', '', '', ''],
    ...['rowan@brightwater-tea.example', 'Rowan Ashby', '0012x00004', 'salesforce', 'en, GBP'],
  ];
  const line = (cells: readonly string[]) => `${cells.map(safeCell).join(',')}\r\n`;
  return new Blob(['\uFEFF', line(columns), line(row)], { type: 'text/csv' });
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
