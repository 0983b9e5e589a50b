import {
  type AnyPgColumn,
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Answer } from '../../server/inputs.ts';
import { people } from './accounts.ts';
import { id, instant } from './columns.ts';
import { comments, notes } from './conversation.ts';
import { projects } from './projects.ts';
import { inputKinds, sides, taskInputs, tasks } from './tasks.ts';

export const fileStates = ['UPLOADING', 'STORED'] as const;
export const filePurposes = ['SUBMISSION', 'COMMENT', 'FETCHED', 'NOTE'] as const;

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
    /**
     * What it is for; a COMMENT's file is only its sender's until `commentId` says whose audience it has. FETCHED: the server
     * gets it from an address that was submitted. A NOTE's is for whoever reads the note.
     */
    purpose: text('purpose', { enum: filePurposes }).notNull().default('SUBMISSION'),
    commentId: uuid('comment_id').references(() => comments.id),
    noteId: uuid('note_id').references(() => notes.id),
    /** Of what is FETCHED: the submission whose address it comes from. */
    fetchedFor: uuid('fetched_for').references((): AnyPgColumn => submissions.id),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => people.id),
    createdAt: instant('created_at').notNull(),
    /** When a file that was not delivered is given up; null once its submission is finished. */
    expiresAt: instant('expires_at'),
  },
  (t) => [
    index('files_project').on(t.projectId),
    index('files_task').on(t.taskId),
    index('files_comment').on(t.commentId),
    index('files_fetched').on(t.fetchedFor),
    uniqueIndex('files_blob').on(t.blobKey),
  ],
);

/** What can be handed in as a numbered version; a meeting is agreed on instead. */
export const submissionKinds = inputKinds.filter((kind) => kind !== 'MEETING');
export const submissionStates = [
  'RECEIVED',
  'VALIDATING',
  'ACCEPTED',
  'ACCEPTED_WITH_WARNINGS',
  'REJECTED',
  'SUPERSEDED',
] as const;
export const reviewOutcomes = ['APPROVED', 'CHANGES_REQUESTED'] as const;

/** What a client delivers for one input of a task. `version` and `finishedAt` are null until it is delivered. */
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
    /** Every row has one; the column came later than the first rows, and is NOT NULL in the database once they are filled. */
    inputId: uuid('input_id').references(() => taskInputs.id),
    version: integer('version'),
    kind: text('kind', { enum: submissionKinds as [(typeof submissionKinds)[number]] }).notNull(),
    url: text('url'),
    fileId: uuid('file_id').references(() => files.id),
    /** Of a FORM: an answer per question that was asked and answered, in the order of the form. */
    answers: jsonb('answers').$type<Answer[]>(),
    state: text('state', { enum: submissionStates }).notNull(),
    submittedBy: uuid('submitted_by')
      .notNull()
      .references(() => people.id),
    /** True when staff delivered in the client's place: then a reviewer may be the submitter, on record. */
    isOnBehalf: boolean('is_on_behalf').notNull(),
    createdAt: instant('created_at').notNull(),
    finishedAt: instant('finished_at'),
    /** Of CREDENTIALS: when they were taken back, and their secrets destroyed. */
    withdrawnAt: instant('withdrawn_at'),
    reviewedBy: uuid('reviewed_by').references(() => people.id),
    reviewedAt: instant('reviewed_at'),
    reviewOutcome: text('review_outcome', { enum: reviewOutcomes }),
    reviewReason: text('review_reason'),
    /** In whose place it was reviewed; null: in the reviewer's own name. */
    reviewedForId: uuid('reviewed_for_id').references(() => people.id),
    /** The version that this one was made of by repairing it. */
    repairOfId: uuid('repair_of_id').references((): AnyPgColumn => submissions.id),
    /** How many values were repaired to make it: of that version, or in the sender's browser. Null: it is as it was. */
    repairs: integer('repairs'),
    /** What the sender chose for headers of the file before it was sent, and what they said of it. */
    mapping: jsonb('mapping').$type<Record<string, string | null>>(),
    declared: jsonb('declared').$type<Record<string, string>>(),
    /** Who accepted it in spite of its findings, when, and why. */
    acceptedBy: uuid('accepted_by').references(() => people.id),
    acceptedAt: instant('accepted_at'),
    acceptReason: text('accept_reason'),
  },
  (t) => [
    uniqueIndex('submissions_input_version').on(t.inputId, t.version),
    index('submissions_task').on(t.taskId, t.finishedAt),
  ],
);

/** What has been typed into a form and not handed in, a row per question: shared by all who may hand it in. */
export const formDrafts = pgTable(
  'form_drafts',
  {
    inputId: uuid('input_id')
      .notNull()
      .references(() => taskInputs.id),
    question: text('question').notNull(),
    answer: jsonb('answer').$type<Answer>().notNull(),
    savedBy: uuid('saved_by')
      .notNull()
      .references(() => people.id),
    savedAt: instant('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.inputId, t.question] })],
);

/** The secrets of a submission of CREDENTIALS, each sealed before it came here. Only `credentialsReveal` opens one. */
export const sealedCredentials = pgTable(
  'sealed_credentials',
  {
    submissionId: uuid('submission_id')
      .notNull()
      .references(() => submissions.id),
    field: text('field').notNull(),
    sealed: text('sealed').notNull(),
  },
  (t) => [primaryKey({ columns: [t.submissionId, t.field] })],
);

export const approvalDecisions = ['APPROVED', 'REFUSED'] as const;

/** What a submission of an APPROVAL says: the decision, and exactly what was decided on. */
export const approvals = pgTable('approvals', {
  submissionId: uuid('submission_id')
    .primaryKey()
    .references(() => submissions.id),
  decision: text('decision', { enum: approvalDecisions }).notNull(),
  reason: text('reason').notNull(),
  /** In whose place it was given; null: in the approver's own name. */
  givenForId: uuid('given_for_id').references(() => people.id),
  /** The version that was looked at; null when it was the text of the task itself. */
  ofSubmissionId: uuid('of_submission_id').references(() => submissions.id),
  /** SHA-256 over the text that was looked at; null when it was a version. */
  ofText: text('of_text'),
});

export const meetingStates = ['PROPOSED', 'CONFIRMED', 'CANCELLED'] as const;

/** The one meeting of an input. `sequence` moves whenever a calendar has to hear of it again. */
export const meetings = pgTable(
  'meetings',
  {
    id: id(),
    revision: integer('revision').notNull(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    inputId: uuid('input_id')
      .notNull()
      .references(() => taskInputs.id),
    state: text('state', { enum: meetingStates }).notNull(),
    minutes: integer('minutes').notNull(),
    proposedSide: text('proposed_side', { enum: sides }).notNull(),
    proposedBy: uuid('proposed_by')
      .notNull()
      .references(() => people.id),
    proposedAt: instant('proposed_at').notNull(),
    proposedTimes: jsonb('proposed_times').$type<string[]>().notNull(),
    /** Of the time that was agreed last; stays when it is cancelled or moved, for calendars that hold it. */
    startsAt: instant('starts_at'),
    confirmedBy: uuid('confirmed_by').references(() => people.id),
    confirmedAt: instant('confirmed_at'),
    sequence: integer('sequence').notNull(),
  },
  (t) => [uniqueIndex('meetings_input').on(t.inputId)],
);
