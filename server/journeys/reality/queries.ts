import { and, asc, eq, inArray, lte, or, sql } from 'drizzle-orm';
import { events, projects, projectTemplates } from '../../../drizzle/schema/index.ts';
import { can, isStaff } from '../../access/policy.ts';
import { calendarOfAccount, calendarsLoader } from '../../accounts/calendars/queries.ts';
import type { WorkingCalendar } from '../../calendar.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { type ProjectSeen, projectLoader, readableBy } from '../../projects/queries.ts';
import { type TaskSeen, tasksOfProjectLoader } from '../../tasks/queries.ts';
import { type ProjectRoad, roadOfProjectLoader, taskKeysLoader } from '../../templates/queries.ts';
import { type Alignment, alignmentOf, type Happening, mostEvents } from './alignment.ts';
import { deviationsOf } from './deviations.ts';
import { type Completion, completionsOf, type Logged } from './history.ts';
import type { PlannedOrder } from './order.ts';
import { type Reality, realityOf } from './overall.ts';
import { mostDaysOf } from './taking.ts';

export const stepKinds = ['AS_PLANNED', 'SKIPPED', 'OUT_OF_ORDER', 'REPEATED', 'INSERTED', 'SLOW'] as const;
export type StepKind = (typeof stepKinds)[number];
/** A task that was done, or should have been. */
export type ProcessStep = {
  kind: StepKind;
  title: string;
  /** When it was done; null: it was not. */
  at: Date | null;
  /** Null of a task that the project does not have. */
  taskId: string | null;
  /** What the task is called in its templates; null: none of them has it. */
  key: string | null;
  /** Working days from when it could begin until it was done; null where that is not known. */
  days: number | null;
  /** Working days that its plan gives it; null of a task that the project does not have. */
  plannedDays: number | null;
};
export type ProcessFit = Pick<Alignment, 'fitness'> & { isFinished: boolean; steps: ProcessStep[] };

/**
 * How the tasks of a project were done, against the templates that it is on: which task, in which order. A task that
 * depends on what is known of the shop may be left out, and one is slow that took more than twice its days. For staff; null for everybody else, and where no template is.
 */
export function processFitLoader(ctx: Ctx) {
  return loaderOf<string, ProcessFit | null>(ctx, 'journeys.processFit', async (projectIds) => {
    if (!isStaff(ctx.viewer)) return projectIds.map(() => null);
    const [roads, doings] = await Promise.all([
      roadOfProjectLoader(ctx).loadMany(projectIds),
      doingsLoader(ctx).loadMany(projectIds),
    ]);
    for (const found of [...roads, ...doings]) if (found instanceof Error) throw found;
    return projectIds.map((_, at) => {
      const [road, doing] = [roads[at] as ProjectRoad, doings[at] as Doing | null];
      return road && doing ? fitOf(doing.project, road, doing.tasks, doing.done) : null;
    });
  });
}

/** A project with its tasks, and what was done of them in its order. */
export type Doing = { project: ProjectSeen; tasks: readonly TaskSeen[]; done: readonly Completion[] };

/** What was done in projects; null for whoever is not of the staff, and of a project that they may not see. */
export function doingsLoader(ctx: Ctx) {
  return loaderOf<string, Doing | null>(ctx, 'journeys.doings', async (projectIds) => {
    if (!isStaff(ctx.viewer)) return projectIds.map(() => null);
    const [seen, tasks, log] = await Promise.all([
      projectLoader(ctx).loadMany(projectIds),
      tasksOfProjectLoader(ctx).loadMany(projectIds),
      logOf(ctx, projectIds),
    ]);
    for (const found of [...seen, ...tasks]) if (found instanceof Error) throw found;
    const accounts = seen.map((project) => (project as ProjectSeen | null)?.accountId ?? 'company');
    const calendars = await calendarsLoader(ctx).loadMany(accounts);
    return projectIds.map((_, at) => {
      const [project, own, calendar] = [seen[at] as ProjectSeen | null, tasks[at] as TaskSeen[], calendars[at]];
      if (!project || !own || !calendar || calendar instanceof Error) return null;
      const ofClient = calendarOfAccount(calendar.own, calendar.days, project.timeZone);
      const sideOf = new Map(own.map(({ id, side }) => [id, side]));
      const calendarOf = (taskId: string): WorkingCalendar =>
        sideOf.get(taskId) === 'CLIENT' ? ofClient : calendar.own;
      return { project, tasks: own, done: completionsOf(log[at] ?? [], project.activatedAt, calendarOf) };
    });
  });
}

/** Of each project what tells how its tasks went, in the order in which it happened. */
async function logOf(ctx: Ctx, projectIds: readonly string[]): Promise<Logged[][]> {
  const { projectId, taskId, kind, at, position, facts } = events;
  const isDone = sql<boolean>`coalesce(${facts}->>'to' = 'DONE', false)`;
  const tells = inArray(kind, ['task.ready', 'task.reopened', 'project.held', 'project.resumed']);
  const rows = await ctx.db
    .select({ projectId, taskId, kind, at, isDone })
    .from(events)
    .where(and(inArray(projectId, [...projectIds]), or(eq(sql`${facts}->>'to'`, 'DONE'), tells)))
    .orderBy(asc(projectId), asc(position));
  return groupByKey(projectIds, rows, (row) => row.projectId ?? '');
}

function fitOf(
  project: ProjectSeen,
  road: ProjectRoad,
  tasks: readonly TaskSeen[],
  done: readonly Completion[],
): ProcessFit {
  const isFinished = project.state === 'LIVE' || project.state === 'CLOSED';
  const plan: PlannedOrder = {
    activities: road.map(({ key, isConditional }) => ({ id: key, isOptional: isConditional })),
    before: road.flatMap(({ key, after }) => after.map((first) => [first, key] as const)),
  };
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  // More than this is not judged: who reopens tasks hundreds of times has other worries.
  const events = done.flatMap(({ taskId, at, days }) => {
    const task = byId.get(taskId);
    return task ? [{ task, at, days }] : [];
  });
  const judged = events.slice(0, mostEvents);
  const happened: Happening[] = judged.map(({ task, at }) => ({ activityId: task.key, at: at.getTime() }));
  const alignment = alignmentOf(plan, happened, isFinished);
  const titles = new Map(road.map(({ key, title }) => [key, title]));
  const keyOf = (key: string) => (titles.has(key) ? key : null);
  const tookOf = (event: number) => {
    const { task, days = null } = judged[event] ?? {};
    return task && days !== null ? { days, mostDays: mostDaysOf(task.durationDays) } : null;
  };
  const deviations = deviationsOf(alignment, happened, (key) => titles.has(key), tookOf);
  const kindOf = new Map(deviations.map(({ kind, event, activityId }) => [event ?? activityId, kind]));
  const steps = alignment.moves.flatMap((move): ProcessStep[] => {
    if (move.kind === 'MODEL') {
      // One that was done elsewhere is told there.
      if (!kindOf.has(move.activityId)) return [];
      const task = byKey.get(move.activityId);
      const title = task?.title ?? titles.get(move.activityId) ?? move.activityId;
      const plannedDays = task?.durationDays ?? null;
      return [
        { kind: 'SKIPPED', title, at: null, taskId: task?.id ?? null, key: move.activityId, days: null, plannedDays },
      ];
    }
    const event = judged[move.event];
    if (!event) return [];
    const { task, at, days } = event;
    const { id: taskId, title, durationDays: plannedDays } = task;
    return [
      { kind: kindOf.get(move.event) ?? 'AS_PLANNED', title, at, taskId, key: keyOf(task.key), days, plannedDays },
    ];
  });
  return { fitness: alignment.fitness, isFinished, steps };
}

/** Of a template only its newest projects are looked at: how it goes now, at a price that does not grow. */
const mostProjects = 50;

/**
 * How the newest projects of templates went, by the template's key: those that clients know of and that were not
 * cancelled. Null for whoever may not read journeys.
 */
export function realityLoader(ctx: Ctx) {
  return loaderOf<string, Reality | null>(ctx, 'journeys.reality', async (templateKeys) => {
    if (!can(ctx.viewer, 'journey.read', null)) return templateKeys.map(() => null);
    const { templateKey } = projectTemplates;
    const newest = sql`${projects.createdAt} desc, ${projects.id} desc`;
    const place = sql<number>`row_number() over (partition by ${templateKey} order by ${newest})`.as('place');
    const ranked = ctx.db
      .select({ key: templateKey, id: projects.id, place })
      .from(projectTemplates)
      .innerJoin(projects, eq(projects.id, projectTemplates.projectId))
      .where(
        and(
          readableBy(ctx),
          inArray(templateKey, [...templateKeys]),
          inArray(projects.state, ['ACTIVE', 'ON_HOLD', 'LIVE', 'CLOSED']),
        ),
      )
      .as('ranked');
    const rows = await ctx.db.select().from(ranked).where(lte(ranked.place, mostProjects)).orderBy(asc(ranked.place));
    const ids = [...new Set(rows.map(({ id }) => id))];
    const [fits, keys] = await Promise.all([
      processFitLoader(ctx).loadMany(ids),
      taskKeysLoader(ctx).loadMany(templateKeys),
    ]);
    for (const found of [...fits, ...keys]) if (found instanceof Error) throw found;
    const fitById = new Map(ids.map((id, at) => [id, fits[at] as ProcessFit | null]));
    return groupByKey(templateKeys, rows, ({ key }) => key).map((own, at) => {
      const cases = own.flatMap(({ id }) => {
        const fit = fitById.get(id);
        return fit && fit.steps.length > 0 ? [{ projectId: id, fit }] : [];
      });
      return realityOf(cases, keys[at] as ReadonlySet<string>);
    });
  });
}
