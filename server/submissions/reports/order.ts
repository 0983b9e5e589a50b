import type { TableShape } from '../../inputs.ts';
import type { Progress, Verdict } from '../validation/types.ts';

/*
 * What the main loop and the threads that check files say to each other. A thread reads the file from the disk by
 * itself: no byte of it passes through here, but for a file that is made for a download.
 */

/** The module that the threads run. */
export const reportsThread = new URL('./threadStart.mjs', import.meta.url);

/** Where a file's bytes stand: in the first of these places that exists. They may still be arriving. */
export type FileOrder = {
  places: readonly string[];
  name: string;
  /** Of the whole file; null while nobody knows, until `Arrived` says it. */
  sizeBytes: number | null;
  /** How many of them can be read already; `Arrived` tells of more. */
  arrived: number;
};

/** What a file is judged by. */
export type JudgeOrder = {
  rules: string;
  /** What the rules `own-table` are made of. */
  table: TableShape | null;
  profile: string | null;
  threshold: number;
  declared: Readonly<Record<string, string>>;
  mapping: Readonly<Record<string, string | null>>;
  asOf: string;
};

/** The last file that was accepted, by its check or by a person: what a whole file is held against. */
export type Baseline = { rows: number; ids: Uint8Array | null };

/** The file before: what its report remembers, and which report that is. */
export type Previous = {
  of: Compared;
  faults: Uint8Array | null;
  /** Errors and warnings that its report tells. */
  told: number;
};

/** What a version was compared with. `version`: null for the file that a feed gave before. */
export type Compared = { submissionId: string; run: number; version: number | null };

/** What other files say of this one. */
export type KnownOrder = {
  previous: Previous | null;
  baseline: Baseline | null;
  feedIds: Uint8Array | null;
  /** Addresses that must not be written to. */
  suppressed: Uint8Array | null;
};

export type CheckOrder = { file: FileOrder; judge: JudgeOrder; known: KnownOrder };

/** To a thread: more bytes can be read; with `sizeBytes`, that so many are all there will be. */
export type Arrived = { arrived: number; sizeBytes?: number };
/** From a thread that checks, at most four times a second. */
export type CheckProgress = { progress: Progress };

/** How errors and warnings stand to those of the version before: before = fixed + still, after = new + still. */
export type Delta = {
  /** Deltas that were written before this was kept have none. */
  of?: Compared;
  before: number;
  after: number;
  /** The three are null where there are too many to tell them apart. */
  fixed: number | null;
  new: number | null;
  still: number | null;
};

export type Checked = {
  /** The report as JSON: it goes to the database as it is. */
  document: string;
  verdict: Verdict;
  isReadable: boolean;
  rows: number;
  valid: number;
  errors: number;
  warnings: number;
  /** Of the bytes that were read, when they were the whole file: an upload may be sent anew from an earlier byte. */
  sha256: string | null;
  ids: Uint8Array | null;
  faults: Uint8Array | null;
  delta: Delta | null;
};

/** One kind of finding that is to be repaired; `column` as the file spells it, null: wherever it was found. */
export type Fix = { rule: string; column: string | null };
/** A value that a person wrote; `row` from 1, `column` as the file spells it. */
export type Edit = { row: number; column: string; value: string };

export type RepairOrder = { file: FileOrder; judge: JudgeOrder; fixes: readonly Fix[]; edits: readonly Edit[] };
export type RepairPreview = { changes: number; pairs: RepairPair[]; fixes: (Fix & { changes: number })[] };
export type RepairPair = { row: number; column: string; rule: string | null; before: string; after: string };
export type WriteOrder = RepairOrder & { target: string; maxBytes: number };
/** `sha256`: null when there was no room for all of it, and it was not written to its end. */
export type Written = {
  sizeBytes: number;
  sha256: string | null;
  lacks: 'NOTHING' | 'ROOM_ALLOWED' | 'ROOM_ON_DISK';
  changes: number;
  notEdited: number;
};

/** From a thread that makes a download. It waits after each until it is told `next`. */
export type Part = { bytes: Uint8Array };
