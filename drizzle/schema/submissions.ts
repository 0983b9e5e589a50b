import { bigint, boolean, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { people } from './accounts.ts';
import { id, instant } from './columns.ts';
import { projects } from './projects.ts';
import { tasks } from './tasks.ts';

export const fileStates = ['UPLOADING', 'STORED'] as const;

/** A file's row: the bytes stand in the blob store under `blobKey`, a random key. */
export const files = pgTable(
  'files',
  {
    id: id(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    name: text('name').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    contentType: text('content_type').notNull(),
    sha256: text('sha256'),
    blobKey: text('blob_key').notNull(),
    state: text('state', { enum: fileStates }).notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => people.id),
    createdAt: instant('created_at').notNull(),
    /** When a file that was not delivered is given up; null once its submission is finished. */
    expiresAt: instant('expires_at'),
  },
  (t) => [index('files_task').on(t.taskId), uniqueIndex('files_blob').on(t.blobKey)],
);

export const submissionKinds = ['FILE', 'URL'] as const;
export const submissionStates = ['RECEIVED', 'SUPERSEDED'] as const;
export const reviewOutcomes = ['APPROVED', 'CHANGES_REQUESTED'] as const;

/** What a client delivers for a task. `version` and `finishedAt` are null until `submissionFinish`. */
export const submissions = pgTable(
  'submissions',
  {
    id: id(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    version: integer('version'),
    kind: text('kind', { enum: submissionKinds }).notNull(),
    url: text('url'),
    fileId: uuid('file_id').references(() => files.id),
    state: text('state', { enum: submissionStates }).notNull(),
    submittedBy: uuid('submitted_by')
      .notNull()
      .references(() => people.id),
    /** True when staff delivered in the client's place: then a reviewer may be the submitter, on record. */
    isOnBehalf: boolean('is_on_behalf').notNull(),
    createdAt: instant('created_at').notNull(),
    finishedAt: instant('finished_at'),
    reviewedBy: uuid('reviewed_by').references(() => people.id),
    reviewedAt: instant('reviewed_at'),
    reviewOutcome: text('review_outcome', { enum: reviewOutcomes }),
    reviewReason: text('review_reason'),
  },
  (t) => [uniqueIndex('submissions_task_version').on(t.taskId, t.version)],
);
