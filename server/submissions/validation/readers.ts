import type { Cell } from './cell.ts';
import type { Params } from './types.ts';

/*
 * Between the formats and the rules. A reader is pushed decoded bytes (UTF-8, without a BOM) and calls its sink for every
 * record, at once and in order; it keeps at most one unfinished record. It is asked where a cell stands only when a
 * repair wants to know, so that healthy records cost nothing more.
 */

/** Where a record begins. */
export type Place = {
  /** From 1, the first record behind the header. */
  row: number;
  /** Physical line from 1 (LF, CRLF or lone CR end one). */
  line: number;
};

/** Where a cell's value stands in the decoded stream (quotes and escapes included), and how one is written there. */
export type Span = { start: number; end: number; writing: 'DELIMITED' | 'XML_TEXT' | 'XML_CDATA' | 'JSON' };

export type RecordSink = {
  /** A name as the file spells it becomes known: all at once from a header, one by one in XML and JSON. Its index. */
  column(name: string): number;
  /** `cells[index]` for every index below `count`; what the record lacks is an empty cell. Reused after the call. */
  record(cells: readonly Cell[], count: number, place: Place): void;
  /** A finding of the reader's own; `rule` is the id of a READER rule. `row` null: it speaks of the file. */
  problem(rule: string, at: { place: Place | null; column: string | null; value: string | null }, params: Params): void;
};

export type Reader = {
  /** The bytes are the reader's until it returns. */
  push(bytes: Uint8Array): void;
  end(): void;
  /** Of the record being given right now; null when it stands in no one place (absent, joined). */
  spanOf(index: number): Span | null;
};

/** How a value is written where it stands. */
export type Writer = (text: string, span: Span) => string;
