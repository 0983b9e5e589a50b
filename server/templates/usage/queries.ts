import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { events, projects, projectTemplates, tasks } from '../../../drizzle/schema/index.ts';
import { companyCalendar } from '../../accounts/queries.ts';
import { businessDaysBetween, dayOf } from '../../calendar.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { readableBy } from '../../projects/queries.ts';

/** On which version projects are: `running` until they go live; what was cancelled is neither. */
export type VersionUsage = { key: string; version: number; runningCount: number; finishedCount: number };
/** How long a task of a template took where it was done; null under five cases, which would tell of single projects. */
export type TaskDuration = { taskKey: string; medianDays: number | null; caseCount: number };

/** Under so many cases a percentile tells of single projects, not of how it goes. */
const leastCases = 5;
/** Of a template only its newest projects are measured: how it goes now, at a price that does not grow. */
const mostProjects = 200;

/** Projects that the viewer may see by the version that they are on, the newest version first, by the template's key. */
export function usageLoader(ctx: Ctx) {
  return loaderOf<string, VersionUsage[]>(ctx, 'templates.usage', async (keys) => {
    const among = (states: readonly (typeof projects.$inferSelect)['state'][]) =>
      sql<number>`(count(*) filter (where ${inArray(projects.state, [...states])}))::int`;
    const { templateKey, version } = projectTemplates;
    const rows = await ctx.db
      .select({
        key: templateKey,
        version,
        runningCount: among(['DRAFT', 'ACTIVE', 'ON_HOLD']),
        finishedCount: among(['LIVE', 'CLOSED']),
      })
      .from(projectTemplates)
      .innerJoin(projects, eq(projects.id, projectTemplates.projectId))
      .where(and(readableBy(ctx), inArray(templateKey, [...keys])))
      .groupBy(templateKey, version)
      .orderBy(desc(version));
    const used = rows.filter((row) => row.runningCount + row.finishedCount > 0);
    return groupByKey(keys, used, (row) => row.key);
  });
}

/**
 * Working days between the day on which a task first became ready, and clients knew of its project, and the day on which
 * it was done, over the newest projects of a template that the viewer may see; by the template's key.
 */
export function durationsLoader(ctx: Ctx) {
  return loaderOf<string, TaskDuration[]>(ctx, 'templates.durations', async (keys) => {
    const { templateKey } = projectTemplates;
    const place = sql<number>`row_number() over (partition by ${templateKey} order by ${projects.createdAt} desc)`;
    const recent = ctx.db
      .select({ key: templateKey, id: projects.id, activatedAt: projects.activatedAt, place: place.as('place') })
      .from(projectTemplates)
      .innerJoin(projects, eq(projects.id, projectTemplates.projectId))
      .where(and(readableBy(ctx), inArray(templateKey, [...keys])))
      .as('recent');
    const readyAt = sql<Date | null>`(select min(${events.at}) from ${events}
      where ${events.taskId} = ${tasks.id} and ${events.kind} = 'task.ready')`.mapWith(events.at);
    const [rows, calendar] = await Promise.all([
      ctx.db
        .select({
          key: recent.key,
          taskKey: tasks.key,
          readyAt,
          activatedAt: recent.activatedAt,
          doneAt: tasks.stateSince,
        })
        .from(recent)
        .innerJoin(tasks, and(eq(tasks.projectId, recent.id), eq(tasks.state, 'DONE')))
        .where(sql`${recent.place} <= ${mostProjects}`),
      companyCalendar(ctx),
    ]);
    const days = new Map<string, Map<string, number[]>>(keys.map((key) => [key, new Map()]));
    for (const { key, taskKey, readyAt: ready, activatedAt, doneAt } of rows) {
      if (ready === null) continue;
      const from = activatedAt !== null && activatedAt > ready ? activatedAt : ready;
      const took = businessDaysBetween(dayOf(from, calendar.timeZone), dayOf(doneAt, calendar.timeZone), calendar);
      const ofTemplate = days.get(key);
      ofTemplate?.set(taskKey, [...(ofTemplate.get(taskKey) ?? []), Math.max(0, took)]);
    }
    return keys.map((key) =>
      [...(days.get(key) ?? [])].map(([taskKey, cases]) => ({
        taskKey,
        medianDays: medianOf(cases),
        caseCount: cases.length,
      })),
    );
  });
}

/** The middle of at least five counts of days, between two of them a half; null for fewer. */
export function medianOf(cases: readonly number[]): number | null {
  if (cases.length < leastCases) return null;
  const sorted = cases.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [below = 0, at = 0] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? at : (below + at) / 2;
}
