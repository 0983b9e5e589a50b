import { and, asc, eq, gte, inArray, isNull, notInArray, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import {
  accountFacts,
  accounts,
  people,
  projectPartners,
  projectPositions,
  projects,
  taskDependencies,
  taskInputs,
  taskReasons,
  tasks,
} from '../../drizzle/schema/index.ts';
import type { TaskFacts } from '../access/policy.ts';
import { audienceOf, can } from '../access/policy.ts';
import { calendarOfAccount, calendarsLoader, companyOf } from '../accounts/queries.ts';
import { dayOf, isPastClose, type WorkingCalendar } from '../calendar.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, groupByKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';
import { type ProjectRead, projectLoader, projectSeen } from '../projects/queries.ts';
import { isUnderWay } from './court.ts';
import { type DocumentationFacts, documentationFacts } from './documentation.ts';
import type { LinkRule } from './links.ts';
import { asksForInput, isOpen, isOwed } from './states.ts';

export type TaskRow = typeof tasks.$inferSelect;
/** A task that the viewer may see, with the facts that policy asks for, and what else its project says of it. */
export type TaskSeen = TaskRow & TaskFacts & { timeZone: string; isUnderWay: boolean; pmId: string };
export {
  byUrgency,
  type Court,
  type CourtFacts,
  courtOf,
  courtOfProject,
  isUnderWay,
  type ProjectCourt,
} from './court.ts';
export { accountVariables, documentationVariables, fillVariables, variablesIn } from './documentation.ts';
export { outcomeOf } from './promises/outcome.ts';
export { sharedPromisesOfProjectLoader } from './promises/queries.ts';
export { asksForInput, isOpen, moves as taskMoves, type TaskState } from './states.ts';

type TaskRead = ProjectRead & { tasks: TaskRow };

function seenTasks(ctx: Ctx, rows: TaskRead[]): TaskSeen[] {
  return rows.flatMap((row) => {
    const project = projectSeen(ctx, row);
    if (!project) return [];
    projectLoader(ctx).prime(project.id, project);
    const { accountId, isDraft, isOver, timeZone, pmId } = project;
    const task = { ...row.tasks, accountId, isDraft, isOver, timeZone, pmId, isUnderWay: isUnderWay(project) };
    return can(ctx.viewer, 'task.read', task) ? [task] : [];
  });
}

function selectTasks(ctx: Ctx) {
  return ctx.db
    .select()
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .innerJoin(projectPositions, eq(projectPositions.projectId, projects.id));
}

/** Tasks by id; null for one that is missing or not to be known, which look alike. */
export function taskLoader(ctx: Ctx) {
  return loaderOf<string, TaskSeen | null>(ctx, 'tasks.byId', async (ids) => {
    const rows = await selectTasks(ctx).where(inArray(tasks.id, uuids(ids)));
    return byKey(ids, seenTasks(ctx, rows), (task) => task.id);
  });
}

/** A project's tasks that the viewer may see, in the order of the road. */
export function tasksOfProjectLoader(ctx: Ctx) {
  return loaderOf<string, TaskSeen[]>(ctx, 'tasks.ofProject', async (projectIds) => {
    const rows = await selectTasks(ctx)
      .where(inArray(tasks.projectId, [...projectIds]))
      .orderBy(asc(tasks.index), asc(tasks.id));
    const readable = seenTasks(ctx, rows);
    for (const task of readable) taskLoader(ctx).prime(task.id, task);
    return groupByKey(projectIds, readable, (task) => task.projectId);
  });
}

/** How many open tasks people have, of those that the viewer may see in projects that go on. */
export function openTaskCountLoader(ctx: Ctx) {
  return loaderOf<string, number>(ctx, 'tasks.openOfPerson', async (personIds) => {
    const rows = await selectTasks(ctx).where(inArray(tasks.assigneeId, uuids(personIds)));
    const open = seenTasks(ctx, rows).filter((task) => isOpen(task) && !task.isOver);
    return groupByKey(personIds, open, (task) => task.assigneeId ?? '').map((theirs) => theirs.length);
  });
}

/**
 * The links that keep a task from being ready: it begins after the other is done. One by which both may be worked on at
 * once moves days in the plan, and holds nobody up.
 */
export const isHolding = and(eq(taskDependencies.kind, 'FINISH_TO_START'), gte(taskDependencies.lagDays, 0));

export type TaskLink = LinkRule & { predecessor: TaskSeen };
/** `links`: how it waits for each of its predecessors. */
type Neighbours = { predecessors: TaskSeen[]; successors: TaskSeen[]; links: TaskLink[] };

/** What a task waits for and what waits for it, each in the order of the road. */
export function neighboursLoader(ctx: Ctx) {
  return loaderOf<string, Neighbours>(ctx, 'tasks.neighbours', async (taskIds) => {
    const own = alias(tasks, 'own');
    const { taskId, predecessorId, kind, lagDays } = taskDependencies;
    const links = await ctx.db
      .select({ taskId, predecessorId, kind, lagDays })
      .from(taskDependencies)
      .innerJoin(own, eq(own.id, taskDependencies.taskId))
      .where(
        inArray(
          own.projectId,
          ctx.db
            .select({ id: tasks.projectId })
            .from(tasks)
            .where(inArray(tasks.id, [...taskIds])),
        ),
      );
    const pick = async (ids: string[]) =>
      (await taskLoader(ctx).loadMany(ids))
        .flatMap((task) => (task && 'id' in task ? [task] : []))
        .sort((a, b) => a.index - b.index || a.id.localeCompare(b.id));
    return Promise.all(
      taskIds.map(async (id) => {
        const rules = new Map(
          links.flatMap((link) => (link.taskId === id ? [[link.predecessorId, link] as const] : [])),
        );
        const [predecessors, successors] = await Promise.all([
          pick([...rules.keys()]),
          pick(links.filter((link) => link.predecessorId === id).map((link) => link.taskId)),
        ]);
        const ofTask = predecessors.flatMap((predecessor) => {
          const rule = rules.get(predecessor.id);
          return rule ? [{ predecessor, kind: rule.kind, lagDays: rule.lagDays }] : [];
        });
        return { predecessors, successors, links: ofTask };
      }),
    );
  });
}

/**
 * The gate tasks that keep a project from going live: those that are neither done nor waived. A cancelled gate still
 * keeps it: waiving is how one says that it is not needed.
 */
export function openGatesOfProject(tx: Pick<Ctx['db'], 'select'>, projectId: string): Promise<TaskRow[]> {
  return tx
    .select()
    .from(tasks)
    .where(and(eq(tasks.projectId, projectId), eq(tasks.isGate, true), notInArray(tasks.state, ['DONE', 'WAIVED'])))
    .orderBy(asc(tasks.index), asc(tasks.id));
}

/** What the variables in the documentation of a project's tasks stand for. */
export function documentationFactsLoader(ctx: Ctx) {
  return loaderOf<string, DocumentationFacts>(ctx, 'tasks.documentationFacts', async (projectIds) => {
    const [company, rows, facts] = await Promise.all([
      companyOf(ctx),
      ctx.db
        .select({
          projectId: projects.id,
          account: { id: accounts.id, name: accounts.name },
          pm: { name: people.name, email: people.email },
        })
        .from(projects)
        .innerJoin(accounts, eq(accounts.id, projects.accountId))
        .innerJoin(people, eq(people.id, projects.pmId))
        .where(inArray(projects.id, [...projectIds])),
      ctx.db
        .select({ projectId: projects.id, key: accountFacts.key, value: accountFacts.value })
        .from(accountFacts)
        .innerJoin(projects, eq(projects.accountId, accountFacts.accountId))
        .where(inArray(projects.id, [...projectIds])),
    ]);
    return byKey(projectIds, rows, (row) => row.projectId).map((row, i) =>
      row === null
        ? {}
        : documentationFacts({ ...row, company, facts: facts.filter((fact) => fact.projectId === projectIds[i]) }),
    );
  });
}

export type ReasonRow = typeof taskReasons.$inferSelect;

/** Every reason that was given for a move of a task, oldest first; whether this viewer may read one is `reasonOf`'s to say. */
export function reasonsLoader(ctx: Ctx) {
  return loaderOf<string, ReasonRow[]>(ctx, 'tasks.reasons', async (taskIds) => {
    const rows = await ctx.db
      .select()
      .from(taskReasons)
      .where(inArray(taskReasons.taskId, [...taskIds]))
      .orderBy(asc(taskReasons.at), asc(taskReasons.id));
    return groupByKey(taskIds, rows, (row) => row.taskId);
  });
}

/** Why a task is stuck, or stands where it does; null when nobody said, or it was said among staff. */
export async function reasonOf(ctx: Ctx, task: TaskSeen, of: 'stuck' | 'state'): Promise<ReasonRow | null> {
  const since = of === 'stuck' ? task.stuckSince : task.stateSince;
  if (since === null) return null;
  const given = (await reasonsLoader(ctx).load(task.id)).findLast(
    (row) => (row.kind === 'STUCK') === (of === 'stuck') && row.at.getTime() === since.getTime(),
  );
  const isReadable = given?.audience === 'SHARED' || audienceOf(ctx.viewer) === 'INTERNAL';
  return given && isReadable ? given : null;
}

/** Whether a task is done by handing something in. */
export function asksForInputLoader(ctx: Ctx) {
  return loaderOf<string, boolean>(ctx, 'tasks.asksForInput', async (taskIds) => {
    const own = await taskLoader(ctx).loadMany(taskIds);
    const inputs = await ctx.db
      .select({ taskId: taskInputs.taskId, kind: taskInputs.kind, isRequired: taskInputs.isRequired })
      .from(taskInputs)
      .where(inArray(taskInputs.taskId, [...taskIds]));
    return groupByKey(taskIds, inputs, (input) => input.taskId).map((ofTask, i) => {
      const task = own[i];
      return task !== null && task !== undefined && 'type' in task && asksForInput(task, ofTask);
    });
  });
}

/**
 * Whether a task waits for the company: also for what a client does not know of, of which this is all that they learn.
 */
export function waitsOnCompanyLoader(ctx: Ctx) {
  return loaderOf<string, boolean>(ctx, 'tasks.waitsOnCompany', async (taskIds) => {
    const rows = await ctx.db
      .selectDistinct({ taskId: taskDependencies.taskId })
      .from(taskDependencies)
      .innerJoin(tasks, eq(tasks.id, taskDependencies.predecessorId))
      .where(
        and(
          inArray(taskDependencies.taskId, [...taskIds]),
          isHolding,
          notInArray(tasks.state, ['DONE', 'WAIVED']),
          or(eq(tasks.side, 'COMPANY'), eq(tasks.visibility, 'INTERNAL')),
        ),
      );
    return byKey(taskIds, rows, (row) => row.taskId).map((row) => row !== null);
  });
}

/** The partners that are attached to projects, as ids of people. */
export function partnerIdsLoader(ctx: Ctx) {
  return loaderOf<string, string[]>(ctx, 'tasks.partnerIds', async (projectIds) => {
    const rows = await ctx.db
      .select({ projectId: projectPartners.projectId, personId: projectPartners.personId })
      .from(projectPartners)
      .innerJoin(people, eq(people.id, projectPartners.personId))
      .where(
        and(
          inArray(projectPartners.projectId, [...projectIds]),
          isNull(projectPartners.detachedAt),
          isNull(people.removedAt),
        ),
      )
      .orderBy(asc(people.name));
    return groupByKey(projectIds, rows, (row) => row.projectId).map((of) => of.map((row) => row.personId));
  });
}

/** The company's working calendar, read once for a request. */
export async function ownCalendar(ctx: Ctx): Promise<WorkingCalendar> {
  return (await calendarsLoader(ctx).load('company')).own;
}

/**
 * The working calendar of the side that owes a task. A client works the days of its account, where they are known, and
 * everybody else the company's week, in the project's zone and without the company's days off.
 */
export async function calendarOf(
  ctx: Ctx,
  { side, timeZone, accountId }: Pick<TaskSeen, 'side' | 'timeZone' | 'accountId'>,
): Promise<WorkingCalendar> {
  const { own, days } = await calendarsLoader(ctx).load(side === 'CLIENT' ? accountId : 'company');
  if (side === 'COMPANY') return own;
  return side === 'CLIENT' ? calendarOfAccount(own, days, timeZone) : { ...own, timeZone, holidays: [] };
}

/** Whether its side still owes a task after the close of business of its due day, in a project that goes on. */
export async function isOverdue(ctx: Ctx, task: TaskSeen): Promise<boolean> {
  const now = ctx.clock.now();
  // Once delivered it waits on the company: to call it late would blame who was in time.
  if (task.dueOn === null || !task.isUnderWay || !isOwed(task) || task.dueOn > dayOf(now, farthestEast)) return false;
  const calendar = await calendarOf(ctx, task);
  return isPastClose(task.dueOn, now, calendar, dayOf(now, calendar.timeZone));
}

/** Where a day begins first: what is not due there is due nowhere, and needs no calendar. */
const farthestEast = 'Pacific/Kiritimati';
