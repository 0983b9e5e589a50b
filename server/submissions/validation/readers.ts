import type { Cell } from './cell.ts';
import type { FileFacts, Limits, Options, Params } from './types.ts';

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
  /**
   * A finding of the reader's own; `rule` is the id of a READER rule. `place` null: it speaks of the file. One that speaks of a
   * ROW comes before the record, and is an error: the record is then counted and not judged.
   */
  problem(rule: string, at: { place: Place | null; column: string | null; value: string | null }, params: Params): void;
};

export type Reader = {
  /** The bytes are the reader's until it returns. */
  push(bytes: Uint8Array): void;
  end(): void;
  /** It cannot go on (too many columns, broken XML): what follows is not read, and the report says so. */
  readonly isStuck?: boolean;
  /** Of the record being given right now; null when it stands in no one place (absent, joined). */
  spanOf(index: number): Span | null;
};

/** What a stage or a reader learns of the file, filled in as it learns it. */
export type Learned = Pick<FileFacts, 'compression' | 'format' | 'encoding' | 'hasBom' | 'dialect'>;

/**
 * Bytes to bytes, before the reader: decompression, encoding. It writes what it learns into `learned` and tells findings
 * of the file through `problem`; the engine pulls from it. `stuck` ends the reading: the rest cannot be made out.
 */
export type Stage = (
  input: AsyncIterable<Uint8Array>,
  run: { learned: Learned; problem: RecordSink['problem']; stuck: () => void; options: Options; limits: Limits },
) => AsyncIterable<Uint8Array>;

/** How a value is written where it stands. */
export type Writer = (text: string, span: Span) => string;
