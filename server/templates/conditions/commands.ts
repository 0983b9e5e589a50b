import { and, asc, eq, inArray, notInArray } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { projectConditions, projects, taskReasons, tasks } from '../../../drizzle/schema/index.ts';
import { companyCalendar } from '../../accounts/queries.ts';
import { applying } from '../../conditions.ts';
import type { NewEvent } from '../../events.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import type { Ctx } from '../../platform/services.ts';
import type { ProjectRow } from '../../projects/commands.ts';
import { isBlocked, lockRow, type Machinery, type TaskState, taskMove } from '../../tasks/commands.ts';
import { words } from '../../words/en.ts';
import { drawLate, tieLate } from '../late.ts';
import { pinnedRoad } from '../pinned.ts';
import { knownOf } from './queries.ts';

/*
 * Tasks come and go by what is known. A task whose conditions begin to hold is drawn, or taken up again where it was left;
 * one whose conditions hold no more is waived, with all that was done for it, or stays as it is when it is over already.
 *
 *   never applied   no row of `tasks`; nobody and no figure knows of it
 *   applies         a task like any other
 *   no more         WAIVED without a person, from the state kept in `waivedFrom`; DONE and CANCELLED stay
 *   again           back to that state; what a person waived or cancelled in between stays so
 *
 * Only a change of what was judged last moves anything, so that what people decide in between is not undone.
 */
type ConditionRow = typeof projectConditions.$inferSelect;

/**
 * Notices in the transaction of an act that it changed what conditions ask about. Runs before all that reads the
 * transaction's events, since what it does is an event too. Whoever answers, or changes a project, need not think of it.
 */
export async function conditionsNotice(
  tx: Tx,
  services: Machinery,
  happened: readonly NewEvent[],
  at: Date,
): Promise<void> {
  for (const projectId of await concerned(tx, happened)) await followKnown(tx, services, projectId, at);
}

/** Projects that go on and have conditions, of those that the events are about, in the order in which they are locked. */
async function concerned(tx: Tx, happened: readonly NewEvent[]): Promise<string[]> {
  const projectIds = happened.flatMap((event) => {
    const isMoved =
      event.kind === 'submission.finished' ||
      event.kind === 'project.templateUpdated' ||
      event.kind === 'project.templateUpdateUndone' ||
      (event.kind === 'project.edited' && ('platform' in event.facts || 'products' in event.facts));
    return isMoved && event.projectId !== null ? [event.projectId] : [];
  });
  const accountIds = happened.flatMap((event) =>
    event.kind === 'account.factSet' || event.kind === 'account.merged' ? [event.subjectId] : [],
  );
  const ofAccounts =
    accountIds.length === 0
      ? []
      : await tx.select({ id: projects.id }).from(projects).where(inArray(projects.accountId, accountIds));
  const ids = [...new Set([...projectIds, ...ofAccounts.map(({ id }) => id)])];
  if (ids.length === 0) return [];
  const rows = await tx
    .selectDistinct({ id: projects.id })
    .from(projectConditions)
    .innerJoin(projects, eq(projects.id, projectConditions.projectId))
    .where(and(inArray(projects.id, ids), notInArray(projects.state, ['CLOSED', 'CANCELLED'])));
  return rows.map(({ id }) => id).sort();
}

async function followKnown(tx: Tx, services: Machinery, projectId: string, at: Date): Promise<void> {
  // Two answers at once: the second waits here, and then sees what the first one was.
  const rows = await tx
    .select()
    .from(projectConditions)
    .where(eq(projectConditions.projectId, projectId))
    .orderBy(asc(projectConditions.taskKey))
    .for('update');
  const [project] = await tx.select().from(projects).where(eq(projects.id, projectId));
  if (!project || rows.length === 0) return;
  const conditions = new Map(rows.map((row) => [row.taskKey, row.conditions]));
  const known = await knownOf(tx, project, [...conditions.values()]);
  const applies = applying(conditions, known);
  const changed = rows.filter((row) => row.applies !== applies.has(row.taskKey));
  if (changed.length === 0) return;
  const present = await tx
    .select({ id: tasks.id, key: tasks.key })
    .from(tasks)
    .where(
      and(
        eq(tasks.projectId, projectId),
        inArray(
          tasks.key,
          changed.map((row) => row.taskKey),
        ),
      ),
    )
    .orderBy(tasks.id);
  const idOf = new Map(present.map(({ id, key }) => [key, id]));
  const come = changed.filter((row) => !row.applies);
  append(tx, {
    kind: 'project.roadFollowed',
    // Clients learn of each task that they see come or go, and of none that they do not.
    audience: 'INTERNAL',
    actorId: null,
    subjectId: projectId,
    projectId,
    facts: { came: come.length, went: changed.length - come.length },
  });
  await draw(tx, services, project, new Set(come.flatMap(({ taskKey }) => (idOf.has(taskKey) ? [] : [taskKey]))));
  for (const row of changed) {
    const taskId = idOf.get(row.taskKey);
    const waivedFrom = taskId ? await follow(tx, services, row, taskId, at) : null;
    await tx
      .update(projectConditions)
      .set({ applies: !row.applies, waivedFrom })
      .where(and(eq(projectConditions.projectId, projectId), eq(projectConditions.taskKey, row.taskKey)));
  }
}

async function draw(tx: Tx, services: Machinery, project: ProjectRow, keys: ReadonlySet<string>): Promise<void> {
  if (keys.size === 0) return;
  const road = await pinnedRoad(tx, project.id);
  const calendar = await companyCalendar({ db: tx as unknown as Ctx['db'] });
  const { id, pmId, signedOn } = project;
  const isDraft = project.activatedAt === null;
  const late = { tx, ctx: services, project: { id, pmId, signedOn, isDraft }, road, older: null, calendar };
  await tieLate(late, await drawLate(late, keys));
}

/** Waives a task that applies no more, or takes it up again; answers the state that it was waived from. */
async function follow(
  tx: Tx,
  services: Machinery,
  row: ConditionRow,
  taskId: string,
  at: Date,
): Promise<TaskState | null> {
  const task = await lockRow(tx, taskId);
  if (!task) return null;
  if (row.applies) {
    if (task.state === 'DONE' || task.state === 'WAIVED' || task.state === 'CANCELLED') return null;
    const reason = words.conditions.notNeeded();
    await keepReason(tx, task, 'WAIVED', reason, at);
    await taskMove(tx, services, task, { kind: 'task.waived', to: 'WAIVED', isAutomatic: true }, { reason, at });
    return task.state;
  }
  if (task.state !== 'WAIVED' || row.waivedFrom === null) return null;
  const reason = words.conditions.neededAgain();
  await keepReason(tx, task, 'REOPENED', reason, at);
  const to = again(row.waivedFrom, await isBlocked(tx, services, task));
  await taskMove(tx, services, task, { kind: 'task.reopened', to, isAutomatic: true }, { reason, at });
  return null;
}

/** Where a task goes on that was waived and is wanted again: what was begun or handed in is where it was. */
export function again(from: TaskState, isBlocked: boolean) {
  if (from === 'IN_REVIEW' || from === 'CHANGES_REQUESTED' || from === 'IN_PROGRESS') return from;
  // What was on its way when it was waived has been received or not by now: it can be handed in as it is, or anew.
  if (from === 'SUBMITTED') return 'IN_PROGRESS' as const;
  return isBlocked ? ('NOT_READY' as const) : ('READY' as const);
}

async function keepReason(
  tx: Tx,
  { id: taskId, visibility: audience }: { id: string; visibility: 'SHARED' | 'INTERNAL' },
  kind: 'WAIVED' | 'REOPENED',
  text: string,
  at: Date,
): Promise<void> {
  await tx.insert(taskReasons).values({ id: uuidv7(), taskId, kind, audience, text, personId: null, at });
}
