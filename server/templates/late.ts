import { and, asc, eq, inArray, notInArray } from 'drizzle-orm';
import { phases, taskDependencies, taskInputs, tasks } from '../../drizzle/schema/index.ts';
import { addBusinessDays, dayOf, type WorkingCalendar } from '../calendar.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import type { Ctx } from '../platform/services.ts';
import { circleWith, lockRow, onTask, settle, taskChange } from '../tasks/commands.ts';
import type { MergedRoad } from './merge.ts';
import { appendTasks, type Drawer, insertNotes } from './projectCreate.ts';
import { drawRoad } from './projectRoad.ts';
import { plannedDays, templateTask } from './update/taken.ts';

/*
 * Tasks of a template that come to a project that is under way: with a newer version, or because they apply by now.
 */
export type Late = {
  tx: Tx;
  /** Somebody, or nobody where an answer brings them. */
  ctx: Drawer;
  project: { id: string; pmId: string; signedOn: string; isDraft: boolean };
  road: MergedRoad;
  /** The road that the project was on before, for what its phases were called; null: the same. */
  older: MergedRoad | null;
  calendar: WorkingCalendar;
};

/** Draws tasks at the ends of their phases, not ready yet and waiting for nothing; answers their ids by key. */
export async function drawLate(late: Late, keys: ReadonlySet<string>): Promise<Map<string, string>> {
  if (keys.size === 0) return new Map();
  const { tx, ctx, project, road, calendar } = late;
  const now = ctx.clock.now();
  const { id: projectId, pmId, signedOn, isDraft } = project;
  const drawn = drawRoad(road, { projectId, pmId, signedOn, isDraft, calendar, now, isDrawn: (key) => keys.has(key) });
  if (drawn.tasks.length === 0) return new Map();
  const places = await placesOf(late);
  const today = dayOf(now, calendar.timeZone);
  const rows = drawn.tasks.map((task) => {
    const template = templateTask(road, task.key);
    const place = places(task.key);
    // What is added late is not overdue at once: it has the days that the template gives it.
    const soonest = template ? addBusinessDays(today, Math.max(1, plannedDays(road, template)), calendar) : null;
    const dueOn = task.dueOn && task.dueOn < today ? soonest : (task.dueOn ?? null);
    return { ...task, ...place, dueOn, state: 'NOT_READY' as const };
  });
  await tx.insert(tasks).values(rows);
  if (drawn.inputs.length > 0) await tx.insert(taskInputs).values(drawn.inputs);
  appendTasks(tx, ctx, rows);
  await insertNotes(tx, ctx, rows);
  return new Map(rows.map((row) => [row.key, row.id]));
}

/**
 * Where a new task stands: in the phase that is called as in the template, in its older words or its newer; else in that
 * of the task before it on the road, else in the first. It comes last there; see `placeIn` of tasks.
 */
async function placesOf({ tx, project, road, older }: Late) {
  const stretches = await tx.select().from(phases).where(eq(phases.projectId, project.id)).orderBy(asc(phases.index));
  const rows = await tx
    .select({ key: tasks.key, phaseId: tasks.phaseId, index: tasks.index })
    .from(tasks)
    .where(eq(tasks.projectId, project.id));
  const [first] = stretches;
  if (!first) throw new Error('A project that has tasks has phases');
  const order = road.phases.flatMap((phase) => phase.tasks.map((task) => ({ key: task.key, phase })));
  return (key: string): { phaseId: string; index: number } => {
    const at = order.findIndex((one) => one.key === key);
    const phase = order[at]?.phase;
    const names = [phase?.name, older?.phases.find((one) => one.key === phase?.key)?.name];
    const behind = order
      .slice(0, Math.max(0, at))
      .reverse()
      .flatMap((one) => rows.find((row) => row.key === one.key) ?? [])[0];
    const stretch =
      stretches.find((one) => names.includes(one.name)) ?? stretches.find((one) => one.id === behind?.phaseId) ?? first;
    const upTo = new Set(stretches.filter((one) => one.index <= stretch.index).map((one) => one.id));
    const indexes = rows.filter((row) => upTo.has(row.phaseId)).map((row) => row.index);
    return { phaseId: stretch.id, index: Math.max(0, ...indexes) };
  };
}

type Link = { taskId: string; predecessorId: string };

/** Links of a project's tasks, whatever kind they are. */
export function linksOf(tx: Tx, projectId: string): Promise<Link[]> {
  return tx
    .select({ taskId: taskDependencies.taskId, predecessorId: taskDependencies.predecessorId })
    .from(taskDependencies)
    .innerJoin(tasks, eq(tasks.id, taskDependencies.taskId))
    .where(eq(tasks.projectId, projectId));
}

/**
 * Ties tasks that came late as their road says: to what they wait for, and what is not over yet to them; then makes each
 * ready or not, whichever is true. An arrow that would close a circle with what somebody tied here is left out.
 */
export async function tieLate(late: Late, idOf: ReadonlyMap<string, string>): Promise<void> {
  const { tx, ctx, project, road } = late;
  if (idOf.size === 0) return;
  const here = await tx
    .select({ id: tasks.id, key: tasks.key })
    .from(tasks)
    .where(and(eq(tasks.projectId, project.id), notInArray(tasks.state, ['DONE', 'CANCELLED'])));
  const done = await tx
    .select({ id: tasks.id, key: tasks.key })
    .from(tasks)
    .where(and(eq(tasks.projectId, project.id), inArray(tasks.state, ['DONE', 'CANCELLED'])));
  const idByKey = new Map([...here, ...done].map((row) => [row.key, row.id]));
  const open = new Set(here.map((row) => row.id));
  const links = await linksOf(tx, project.id);
  const touched = new Set<string>();
  for (const { key, after } of road.phases.flatMap((phase) => phase.tasks)) {
    const taskId = idByKey.get(key);
    if (!taskId || !open.has(taskId)) continue;
    for (const name of after.filter((one) => idOf.has(one) || idOf.has(key))) {
      const predecessorId = idByKey.get(name);
      if (!predecessorId) continue;
      const link = { taskId, predecessorId };
      if (links.some((one) => one.taskId === taskId && one.predecessorId === predecessorId)) continue;
      if (circleWith(links, link) !== null) continue;
      await tx.insert(taskDependencies).values(link);
      links.push(link);
      touched.add(taskId);
      if (!idOf.has(key)) await tellTie(tx, ctx, link, true);
    }
  }
  for (const id of [...new Set([...touched, ...idOf.values()])].sort()) {
    const task = await lockRow(tx, id);
    if (task) await settle(tx, ctx, task);
  }
}

/** Tells that one task waits for another, or does not any more. */
export async function tellTie(tx: Tx, ctx: Drawer, link: Link, isWanted: boolean): Promise<void> {
  const [task, other] = [await lockRow(tx, link.taskId), await lockRow(tx, link.predecessorId)];
  if (!task || !other) return;
  // Whoever may not know of one end may not know that the two are tied.
  const isShared = task.visibility === 'SHARED' && other.visibility === 'SHARED';
  append(tx, {
    ...onTask(ctx.viewer ? (ctx as Pick<Ctx, 'viewer'>) : null, task),
    kind: isWanted ? 'task.dependencyAdded' : 'task.dependencyRemoved',
    audience: isShared ? 'SHARED' : 'INTERNAL',
    facts: { predecessorId: other.id },
  });
  if (isShared || task.visibility === 'INTERNAL') await taskChange(tx, ctx, task, {});
}
