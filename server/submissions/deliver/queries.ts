import { and, asc, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import { approvals, meetings, submissions, taskInputs } from '../../../drizzle/schema/index.ts';
import type { FileCheck, InputKind, InputSpec } from '../../inputs.ts';
import type { Db, Tx } from '../../platform/database/transaction.ts';
import { uuids } from '../../platform/graphql/ids.ts';
import { byKey, groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { taskLoader } from '../../tasks/queries.ts';

export type InputRow = typeof taskInputs.$inferSelect;
/** An input of one kind, with what that kind needs. */
export type InputOf<K extends InputKind> = InputRow & { spec: Extract<InputSpec, { kind: K }> };

export function isOfKind<K extends InputKind>(input: InputRow, kind: K): input is InputOf<K> {
  return input.spec.kind === kind;
}

/** What a file for this input, or the feed at its address, is judged by; null when nothing but a person looks at it. */
export function checkOf({ spec }: Pick<InputRow, 'spec'>): FileCheck | null {
  return spec.kind === 'FILE' || spec.kind === 'URL' ? (spec.check ?? null) : null;
}

/** Kinds whose delivery somebody of the company looks at; an approval or a meeting is agreed on already. */
export const reviewedKinds = ['FILE', 'URL', 'FORM', 'CREDENTIALS', 'CHECK'] as const satisfies readonly InputKind[];

export function isReviewed(kind: InputKind): boolean {
  return (reviewedKinds as readonly InputKind[]).includes(kind);
}

const deliverable: readonly string[] = ['READY', 'IN_PROGRESS', 'CHANGES_REQUESTED'];

/** Whether a task takes what is handed in. */
export function takesDeliveries(task: { state: string }): boolean {
  return deliverable.includes(task.state);
}

const closed: readonly string[] = ['NOT_READY', 'WAIVED', 'CANCELLED'];

/** Whether secrets can be replaced: also after the task is done, since a password changes later too. */
export function takesCredentials(task: { state: string }): boolean {
  return !closed.includes(task.state);
}

/** What tasks that the viewer sees ask for, by task, in order. */
export function inputsOfTaskLoader(ctx: Ctx) {
  return loaderOf<string, InputRow[]>(ctx, 'inputs.ofTask', async (taskIds) => {
    const rows = await ctx.db
      .select()
      .from(taskInputs)
      .where(inArray(taskInputs.taskId, [...taskIds]))
      .orderBy(asc(taskInputs.index), asc(taskInputs.id));
    for (const row of rows) inputLoader(ctx).prime(row.id, row);
    return groupByKey(taskIds, rows, (row) => row.taskId);
  });
}

/** Inputs by id; null for one that is missing or not to be known, which look alike. */
export function inputLoader(ctx: Ctx) {
  return loaderOf<string, InputRow | null>(ctx, 'inputs.byId', async (ids) => {
    const rows = await ctx.db
      .select()
      .from(taskInputs)
      .where(inArray(taskInputs.id, uuids(ids)));
    const tasks = await taskLoader(ctx).loadMany(rows.map((row) => row.taskId));
    const readable = rows.filter((_, i) => tasks[i] !== null && !(tasks[i] instanceof Error));
    return byKey(ids, readable, (row) => row.id);
  });
}

/** An input and what of it is there now. */
export type Standing = {
  input: InputRow;
  /** The version that counts; null when nothing was handed in. */
  current: typeof submissions.$inferSelect | null;
  approval: typeof approvals.$inferSelect | null;
  /** Something newer was handed in after the version that was approved. */
  isOutdated: boolean;
  meeting: typeof meetings.$inferSelect | null;
};

/**
 * Whether something was handed in for the same task after the version that the row of `approvals` is about. In plain
 * names: drizzle leaves tables out of a statement that selects from one alone, and here there are three.
 */
export const isOutdated = sql<boolean>`exists (
  select 1 from submissions newer join submissions decided_on on newer.task_id = decided_on.task_id
  where decided_on.id = approvals.of_submission_id
    and (newer.finished_at, newer.id) > (decided_on.finished_at, decided_on.id))`;

/** Every input of a task, in order, with what is there; under the task's lock when a command asks. */
export async function standingOf(db: Db | Tx, taskId: string): Promise<Standing[]> {
  const counts = and(
    eq(submissions.inputId, taskInputs.id),
    ne(submissions.state, 'SUPERSEDED'),
    isNotNull(submissions.finishedAt),
  );
  return db
    .select({ input: taskInputs, current: submissions, approval: approvals, isOutdated: isOutdated, meeting: meetings })
    .from(taskInputs)
    .leftJoin(submissions, counts)
    .leftJoin(approvals, eq(approvals.submissionId, submissions.id))
    .leftJoin(meetings, eq(meetings.inputId, taskInputs.id))
    .where(eq(taskInputs.taskId, taskId))
    .orderBy(asc(taskInputs.index), asc(taskInputs.id));
}

/** Whether nothing more is needed of an input for now. */
export function isSatisfied({ input, current, approval, isOutdated, meeting }: Standing): boolean {
  if (input.kind === 'MEETING') return meeting?.state === 'CONFIRMED';
  if (current === null || current.withdrawnAt !== null || input.isRedoWanted) return false;
  if (current.state === 'VALIDATING' || current.state === 'REJECTED') return false;
  return approval === null || (approval.decision === 'APPROVED' && !isOutdated);
}

/** Whether a verdict of what was handed in is still to come. */
export function isBeingChecked({ input, current }: Standing): boolean {
  return current?.state === 'VALIDATING' && !input.isRedoWanted;
}

/** Whether what was handed in was refused by its check, and nothing newer came. */
export function isRejected({ current }: Standing): boolean {
  return current?.state === 'REJECTED';
}

/** Whether what is required was there and has been taken back. */
export function isTakenBack({ input, current }: Standing): boolean {
  return input.isRequired && current !== null && current.withdrawnAt !== null;
}
