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
  /** The bytes break off (damaged archive, no text any more): whole records are given, the unfinished one is dropped. */
  stop?(): void;
  /** It cannot go on (too many columns, broken XML): what follows is not read, and the report says so. */
  readonly isStuck?: boolean;
  /** The record and the line in which the next byte will fall; null: not known. For stages that have something to say. */
  here?(): Place | null;
  /** Of the record being given right now; null when it stands in no one place (absent, joined). */
  spanOf(index: number): Span | null;
};

/** What is learned of the file on the way, filled in as it is learned. */
export type Learned = Pick<FileFacts, 'compression' | 'format' | 'encoding' | 'hasBom' | 'dialect'>;

/**
 * Bytes to bytes, before the reader: decompression, encoding. It writes what it learns into `learned` and tells findings
 * of the file through `problem`; the engine pulls from it. `stuck` ends the reading: the rest cannot be made out. `here`: where the
 * next byte that it gives will stand, as the reader counts; null where that is not known.
 */
export type Stage = (
  input: AsyncIterable<Uint8Array>,
  run: {
    learned: Learned;
    problem: RecordSink['problem'];
    stuck: () => void;
    options: Options;
    limits: Limits;
    here?: () => Place | null;
  },
) => AsyncIterable<Uint8Array>;

/** How a value is written where it stands. */
export type Writer = (text: string, span: Span) => string;
