import type { Progress, Report } from '../../../../server/submissions/validation/types.ts';
import type { Changes, Edit } from '../report/repairing.ts';
import type { Fix } from '../report/view.ts';

/** What a file is judged by. */
export type Check = {
  rules: string;
  /** Of the rules `own-table`: the columns, as Table Schema (JSON). */
  table: string | null;
  profile: string | null;
  threshold: number;
  declared: readonly { key: string; value: string }[];
};

/** What a person chose and said of the file before it was sent: what its columns are, and what it does not say itself. */
export type Chosen = {
  mapping: readonly { source: string; column: string | null }[];
  declared: readonly { key: string; value: string }[];
};

/** A column that the rules know, as a person chooses it. */
export type KnownColumn = { name: string; title: string; isRequired: boolean };

/** What the page asks of the worker, and what the worker says; an answer carries the number of its question. */
export type Order = { file: File; check: Check; chosen: Chosen; asOf: string } & (
  | { number: number; act: 'check' }
  | { number: number; act: 'preview'; fixes: readonly Fix[] }
  | { number: number; act: 'repair'; fixes: readonly Fix[]; edits: readonly Edit[] }
);
export type Answer =
  | { number: number; progress: Progress }
  | { number: number; report: Report; knownColumns: KnownColumn[] }
  | { number: number; preview: Changes }
  | { number: number; repaired: { parts: Blob; changes: number } }
  | { number: number; failed: string };
