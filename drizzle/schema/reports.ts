import { bigint, boolean, doublePrecision, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { TableShape } from '../../server/inputs.ts';
import { bytes, id, instant } from './columns.ts';
import { submissions } from './submissions.ts';

export const reportStates = ['QUEUED', 'RUNNING', 'DONE', 'CANCELLED', 'FAILED'] as const;
export const verdicts = ['ACCEPTED', 'ACCEPTED_WITH_WARNINGS', 'REJECTED'] as const;

/**
 * The outcome of validating one submission, and how far it has got. One row a submission: a run anew, with other
 * columns chosen, takes the place of the one before.
 */
export const reports = pgTable(
  'reports',
  {
    id: id(),
    submissionId: uuid('submission_id')
      .notNull()
      .unique()
      .references(() => submissions.id),
    state: text('state', { enum: reportStates }).notNull(),
    /** Moves with every run; what an earlier run still says is not heard. */
    run: integer('run').notNull(),
    /** Runs that the machinery itself broke off, of the run that counts. */
    failures: integer('failures').notNull(),
    rules: text('rules').notNull(),
    profile: text('profile'),
    /** The table of columns that the rules are made of, as it was; null for sets that come with the product. */
    table: jsonb('table').$type<TableShape>(),
    threshold: doublePrecision('threshold').notNull(),
    declared: jsonb('declared').$type<Record<string, string>>().notNull(),
    /** What a person chose for headers of the file. */
    mapping: jsonb('mapping').$type<Record<string, string | null>>().notNull(),
    asOf: instant('as_of').notNull(),
    verdict: text('verdict', { enum: verdicts }),
    isReadable: boolean('is_readable').notNull().default(true),
    rows: bigint('rows', { mode: 'number' }).notNull().default(0),
    valid: bigint('valid', { mode: 'number' }).notNull().default(0),
    errors: bigint('errors', { mode: 'number' }).notNull().default(0),
    warnings: bigint('warnings', { mode: 'number' }).notNull().default(0),
    /** Whole once it is DONE; null before. */
    document: jsonb('document'),
    /** Of the bytes that were judged; null when they were not read to the end. */
    sha256: text('sha256'),
    /** Hashes of the ids in the file, for the next version and other files; null when there are too many, or none. */
    ids: bytes('ids'),
    /** What was wrong with which id, to tell the next version what it mended. */
    faults: bytes('faults'),
    /**
     * Of a feed whose last file was rejected: the rows and ids of the last one that was accepted, for what the next is
     * compared with. Null otherwise.
     */
    acceptedRows: bigint('accepted_rows', { mode: 'number' }),
    acceptedIds: bytes('accepted_ids'),
    /** How its findings stand to those of the version before; null when there is none to compare with. */
    delta: jsonb('delta').$type<{
      /** The report that it was compared with; `version` is null for the file that a feed gave before. */
      of?: { submissionId: string; run: number; version: number | null };
      before: number;
      after: number;
      fixed: number | null;
      new: number | null;
      still: number | null;
    }>(),
    /** The earlier submission with the very same bytes, whose report this is. */
    sameAsId: uuid('same_as_id').references(() => submissions.id),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  (t) => [index('reports_state').on(t.state)],
);
