import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { events } from '../../../drizzle/schema/index.ts';
import { isStaff } from '../../access/policy.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { type ProjectSeen, projectLoader } from '../../projects/queries.ts';
import { type TaskSeen, tasksOfProjectLoader } from '../../tasks/queries.ts';
import { type ProjectRoad, roadOfProjectLoader } from '../../templates/queries.ts';
import { type Alignment, alignmentOf, type Happening, mostEvents } from './alignment.ts';
import { type DeviationKind, deviationsOf } from './deviations.ts';
import type { PlannedOrder } from './order.ts';

export const stepKinds = ['AS_PLANNED', 'SKIPPED', 'OUT_OF_ORDER', 'REPEATED', 'INSERTED'] as const;
export type StepKind = (typeof stepKinds)[number];
/** A task that was done, or should have been. */
export type ProcessStep = {
  kind: StepKind;
  title: string;
  /** When it was done; null: it was not. */
  at: Date | null;
  /** Null of a task that the project does not have. */
  taskId: string | null;
};
export type ProcessFit = Pick<Alignment, 'fitness'> & { isFinished: boolean; steps: ProcessStep[] };

/**
 * How the tasks of a project were done, against the templates that it is on: which task, in which order. A task that
 * depends on what is known of the shop may be left out. For staff; null for everybody else, and where no template is.
 */
export function processFitLoader(ctx: Ctx) {
  return loaderOf<string, ProcessFit | null>(ctx, 'journeys.processFit', async (projectIds) => {
    if (!isStaff(ctx.viewer)) return projectIds.map(() => null);
    const [seen, roads, tasks, done] = await Promise.all([
      projectLoader(ctx).loadMany(projectIds),
      roadOfProjectLoader(ctx).loadMany(projectIds),
      tasksOfProjectLoader(ctx).loadMany(projectIds),
      doneIn(ctx, projectIds),
    ]);
    return projectIds.map((_, at) => {
      const [project, road, own] = [seen[at], roads[at], tasks[at]];
      if (!project || !road || !own) return null;
      for (const one of [project, road, own]) if (one instanceof Error) throw one;
      return fitOf(project as ProjectSeen, road as ProjectRoad, own as TaskSeen[], done[at] ?? []);
    });
  });
}

type Done = { projectId: string | null; taskId: string | null; at: Date };

/** Whenever a task became done, in the order in which it did. */
async function doneIn(ctx: Ctx, projectIds: readonly string[]): Promise<Done[][]> {
  const { projectId, taskId, at, position, facts } = events;
  const rows = await ctx.db
    .select({ projectId, taskId, at })
    .from(events)
    .where(and(inArray(projectId, [...projectIds]), eq(sql`${facts}->>'to'`, 'DONE')))
    .orderBy(asc(projectId), asc(position));
  return groupByKey(projectIds, rows, (row) => row.projectId ?? '');
}

function fitOf(project: ProjectSeen, road: ProjectRoad, tasks: readonly TaskSeen[], done: readonly Done[]): ProcessFit {
  const isFinished = project.state === 'LIVE' || project.state === 'CLOSED';
  const plan: PlannedOrder = {
    activities: road.map(({ key, isConditional }) => ({ id: key, isOptional: isConditional })),
    before: road.flatMap(({ key, after }) => after.map((first) => [first, key] as const)),
  };
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  // More than this is not judged: who reopens tasks hundreds of times has other worries.
  const events = done.flatMap(({ taskId, at }) => {
    const task = byId.get(taskId ?? '');
    return task ? [{ task, at }] : [];
  });
  const judged = events.slice(0, mostEvents);
  const happened: Happening[] = judged.map(({ task, at }) => ({ activityId: task.key, at: at.getTime() }));
  const alignment = alignmentOf(plan, happened, isFinished);
  const titles = new Map(road.map(({ key, title }) => [key, title]));
  const deviations = deviationsOf(alignment, happened, (key) => titles.has(key));
  const kindOf = new Map(deviations.map(({ kind, event, activityId }) => [event ?? activityId, kind]));
  const steps = alignment.moves.flatMap((move): ProcessStep[] => {
    if (move.kind === 'MODEL') {
      // One that was done elsewhere is told there.
      if (!kindOf.has(move.activityId)) return [];
      const task = byKey.get(move.activityId);
      const title = task?.title ?? titles.get(move.activityId) ?? move.activityId;
      return [{ kind: 'SKIPPED', title, at: null, taskId: task?.id ?? null }];
    }
    const event = judged[move.event];
    if (!event) return [];
    const { task, at } = event;
    return [{ kind: stepKindOf(kindOf.get(move.event)), title: task.title, at, taskId: task.id }];
  });
  return { fitness: alignment.fitness, isFinished, steps };
}

/** How long something may take is not known here, so nothing is slow. */
const stepKindOf = (kind: DeviationKind | undefined): StepKind =>
  kind === undefined || kind === 'SLOW' ? 'AS_PLANNED' : kind;
