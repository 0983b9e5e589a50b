import type { RecordSink } from '../../submissions/validation/readers.ts';
import { Reading } from '../../submissions/validation/reading.ts';
import type { RuleSet } from '../../submissions/validation/types.ts';

/** `number`: as a spreadsheet counts it, the head being 1; lines without anything in them are not counted. */
export type TableRow = { number: number; cells: string[] };
export type Table = { heads: string[]; rows: TableRow[]; unreadable: number[] };

/** What columns mean is the map's to say. */
const noRules: RuleSet = { key: 'journey', name: '', profiles: [], columns: [], rules: [], idColumn: null };
const sliceBytes = 256 * 1024;

/** A table by the reader of every file that is handed in: with its separators and quotes. */
export function readTable(text: string): Table {
  const table: Table = { heads: [], rows: [], unreadable: [] };
  const sink: RecordSink = {
    column: (head) => table.heads.push(head) - 1,
    record(cells, width, { row }) {
      const texts = Array.from({ length: width }, (_, at) => cells[at]?.text() ?? '');
      // A row of separators alone is what spreadsheets leave below a table.
      if (table.unreadable.at(-1) !== row + 1 && texts.some((one) => one.trim() !== '')) {
        table.rows.push({ number: row + 1, cells: texts });
      }
    },
    problem(rule, { place }) {
      if (place !== null && /^CSV-02\.(quote|unclosed|record)$/.test(rule)) table.unreadable.push(place.row + 1);
    },
  };
  const reading = new Reading({ rules: noRules, name: 'journey.csv', asOf: new Date(0).toISOString() }, sink);
  const bytes = new TextEncoder().encode(text.replace(/^\uFEFF/, ''));
  for (let at = 0; at < bytes.length; at += sliceBytes) if (!reading.push(bytes.subarray(at, at + sliceBytes))) break;
  reading.end();
  return table;
}
