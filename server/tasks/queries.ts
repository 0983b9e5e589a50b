import { and, asc, eq, inArray, notInArray } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import {
  accountFacts,
  accounts,
  people,
  projectPositions,
  projects,
  taskDependencies,
  tasks,
} from '../../drizzle/schema/index.ts';
import type { TaskFacts } from '../access/policy.ts';
import { can } from '../access/policy.ts';
import { companyOf } from '../accounts/queries.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, groupByKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';
import { type ProjectRead, projectLoader, projectSeen } from '../projects/queries.ts';
import { type Court, courtOf } from './court.ts';
import { type DocumentationFacts, documentationFacts } from './documentation.ts';

export type TaskRow = typeof tasks.$inferSelect;
/** A task that the viewer may see, with the facts that policy asks for. */
export type TaskSeen = TaskRow & TaskFacts;
export type { Court } from './court.ts';
export { accountVariables, documentationVariables, variablesIn } from './documentation.ts';

type TaskRead = ProjectRead & { tasks: TaskRow };

function seenTasks(ctx: Ctx, rows: TaskRead[]): TaskSeen[] {
  return rows.flatMap((row) => {
    const project = projectSeen(ctx, row);
    if (!project) return [];
    projectLoader(ctx).prime(project.id, project);
    const task = { ...row.tasks, accountId: project.accountId, isDraft: project.isDraft, isOver: project.isOver };
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

type Neighbours = { predecessors: TaskSeen[]; successors: TaskSeen[] };

/** What a task waits for and what waits for it, each in the order of the road. */
export function neighboursLoader(ctx: Ctx) {
  return loaderOf<string, Neighbours>(ctx, 'tasks.neighbours', async (taskIds) => {
    const own = alias(tasks, 'own');
    const links = await ctx.db
      .select({ taskId: taskDependencies.taskId, predecessorId: taskDependencies.predecessorId })
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
        .sort((a, b) => a.index - b.index);
    return Promise.all(
      taskIds.map(async (id) => {
        const [predecessors, successors] = await Promise.all([
          pick(links.filter((link) => link.taskId === id).map((link) => link.predecessorId)),
          pick(links.filter((link) => link.predecessorId === id).map((link) => link.taskId)),
        ]);
        return { predecessors, successors };
      }),
    );
  });
}

const openStates: readonly string[] = ['READY', 'IN_PROGRESS', 'CHANGES_REQUESTED', 'SUBMITTED', 'IN_REVIEW'];

export function isOpen(task: Pick<TaskRow, 'state'>): boolean {
  return openStates.includes(task.state);
}

/** What tells whose turn it is; lists of many projects read no more of a task than this. */
export type CourtFacts = Pick<
  TaskRow,
  'state' | 'side' | 'dueOn' | 'stateSince' | 'index' | 'stuckSide' | 'stuckSince'
>;

/** Least slack first: the earliest due, then the one that has waited longest. */
export function byUrgency(a: CourtFacts, b: CourtFacts): number {
  const due = (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999');
  return due || a.stateSince.getTime() - b.stateSince.getTime() || a.index - b.index;
}

export type ProjectCourt = { court: Court; since: Date | null };

/** Whose turn it is in a project: that of its open task with the least slack. Nobody's when not active or nothing is open. */
export function courtOfProject(isActive: boolean, tasksOfProject: readonly CourtFacts[]): ProjectCourt {
  const [urgent] = isActive ? tasksOfProject.filter(isOpen).sort(byUrgency) : [];
  return urgent ? { court: courtOf(urgent), since: urgent.stateSince } : { court: 'NOBODY', since: null };
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
