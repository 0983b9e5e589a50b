import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { InputSpec } from '../../server/inputs.ts';
import { people } from './accounts.ts';
import { id, instant } from './columns.ts';
import { phases, projects, visibilities } from './projects.ts';

export const taskTypes = ['FILE', 'URL', 'FORM', 'DNS', 'CREDENTIALS', 'APPROVAL', 'MEETING', 'CHECK', 'WORK'] as const;
export const sides = ['CLIENT', 'COMPANY', 'THIRD_PARTY'] as const;
export const taskStates = [
  'NOT_READY',
  'READY',
  'IN_PROGRESS',
  'SUBMITTED',
  'IN_REVIEW',
  'CHANGES_REQUESTED',
  'DONE',
  'WAIVED',
  'CANCELLED',
] as const;
export type TaskState = (typeof taskStates)[number];
export type Side = (typeof sides)[number];
export const pinEdges = ['START', 'FINISH'] as const;
export type PinEdge = (typeof pinEdges)[number];
export const linkKinds = ['FINISH_TO_START', 'START_TO_START', 'FINISH_TO_FINISH', 'START_TO_FINISH'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** Who looks at what is handed in: whoever manages the project, somebody with that role; managers stand in for all. */
export const reviewerRoles = ['PM', 'CONTRIBUTOR', 'MANAGER'] as const;
export type ReviewerRole = (typeof reviewerRoles)[number];

export const tasks = pgTable(
  'tasks',
  {
    id: id(),
    revision: integer('revision').notNull(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    phaseId: uuid('phase_id')
      .notNull()
      .references(() => phases.id),
    index: integer('index').notNull(),
    key: text('key').notNull(),
    title: text('title').notNull(),
    purpose: text('purpose').notNull(),
    documentation: text('documentation').notNull(),
    minutes: integer('minutes').notNull(),
    type: text('type', { enum: taskTypes }).notNull(),
    side: text('side', { enum: sides }).notNull(),
    visibility: text('visibility', { enum: visibilities }).notNull(),
    state: text('state', { enum: taskStates }).notNull(),
    stateSince: instant('state_since').notNull(),
    isReviewWanted: boolean('is_review_wanted').notNull(),
    /** Null: whoever of the company may look at what is handed in. */
    reviewerRole: text('reviewer_role', { enum: reviewerRoles }),
    acceptedExtensions: text('accepted_extensions').array().notNull(),
    assigneeId: uuid('assignee_id').references(() => people.id),
    /** For whoever leads on the client's side, whoever that is at the time; then `assigneeId` is null. */
    isForLead: boolean('is_for_lead').notNull().default(false),
    /** The project cannot go live before this is done or waived. */
    isGate: boolean('is_gate').notNull().default(false),
    /** Not ready before this day; null: as soon as its predecessors are done. */
    startsOn: date('starts_on', { mode: 'string' }),
    /** Stuck is a flag, not a state: the side that can unblock it, by whom and since when; why stands in `task_reasons`. */
    stuckSide: text('stuck_side', { enum: sides }),
    stuckBy: uuid('stuck_by').references(() => people.id),
    stuckSince: instant('stuck_since'),
    dueOn: date('due_on', { mode: 'string' }),
    /** Working days of its side from its start to its finish; 0: done on the day that what comes before it is. */
    durationDays: integer('duration_days').notNull().default(1),
    /** Where a planner holds its start or its finish; both null: nowhere. */
    pinEdge: text('pin_edge', { enum: pinEdges }),
    pinOn: date('pin_on', { mode: 'string' }),
    /** When somebody first began or delivered it, since it last became ready; null: nobody has. */
    startedAt: instant('started_at'),
    /** Its due day when the project was activated, or when it was added later: what being on time is measured by. */
    baselineOn: date('baseline_on', { mode: 'string' }),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('tasks_project_key').on(t.projectId, t.key),
    index('tasks_phase').on(t.phaseId),
    // What a person has to do, and what is going on in a project: few of all tasks, and what a day is made of.
    index('tasks_assignee')
      .on(t.assigneeId)
      .where(sql`${t.state} in ('NOT_READY', 'READY', 'IN_PROGRESS', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED')`),
    // What anybody of a role is asked to look at: a handful at a time.
    index('tasks_asked').on(t.reviewerRole).where(sql`${t.state} = 'IN_REVIEW'`),
    index('tasks_open')
      .on(t.projectId)
      .where(sql`${t.state} in ('READY', 'IN_PROGRESS', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED')`),
  ],
);

export const reasonKinds = ['STUCK', 'WAIVED', 'CANCELLED', 'REOPENED'] as const;

/**
 * Why somebody moved a task, in their words. In rows of their own, each for who could read it when it was written: what
 * was said while a task was internal stays internal when the task is shared.
 */
export const taskReasons = pgTable(
  'task_reasons',
  {
    id: id(),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    kind: text('kind', { enum: reasonKinds }).notNull(),
    audience: text('audience', { enum: visibilities }).notNull(),
    text: text('text').notNull(),
    /** Null: nobody said it; a standing check broke. */
    personId: uuid('person_id').references(() => people.id),
    at: instant('at').notNull(),
  },
  (t) => [index('task_reasons_task').on(t.taskId, t.at)],
);

/**
 * `taskId` waits for `predecessorId`. Finish-to-start keeps it from being ready until the other is done or waived; the
 * other kinds, and the lag, move its days in the plan.
 */
export const taskDependencies = pgTable(
  'task_dependencies',
  {
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    predecessorId: uuid('predecessor_id')
      .notNull()
      .references(() => tasks.id),
    kind: text('kind', { enum: linkKinds }).notNull().default('FINISH_TO_START'),
    /** Working days of the waiting side; negative: so many before. */
    lagDays: integer('lag_days').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.taskId, t.predecessorId] }),
    index('task_dependencies_predecessor').on(t.predecessorId),
  ],
);

export const inputKinds = ['FILE', 'URL', 'FORM', 'CREDENTIALS', 'APPROVAL', 'MEETING', 'CHECK'] as const;

/** One thing that a task asks for; `spec` is what its kind needs, as `server/inputs.ts` checks it. */
export const taskInputs = pgTable(
  'task_inputs',
  {
    id: id(),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    index: integer('index').notNull(),
    key: text('key').notNull(),
    kind: text('kind', { enum: inputKinds }).notNull(),
    label: text('label').notNull(),
    isRequired: boolean('is_required').notNull(),
    spec: jsonb('spec').$type<InputSpec>().notNull(),
    /** A reviewer asked for another version of it, and none has come yet. */
    isRedoWanted: boolean('is_redo_wanted').notNull().default(false),
  },
  (t) => [uniqueIndex('task_inputs_task_key').on(t.taskId, t.key)],
);
