import { and, asc, eq, inArray } from 'drizzle-orm';
import { taskPromises } from '../../../drizzle/schema/index.ts';
import { audienceOf } from '../../access/policy.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import type { PromiseRow } from './ends/commands.ts';

/** Every day that was promised for a task, oldest first, of those that the viewer may know of. */
export function promisesOfTaskLoader(ctx: Ctx) {
  return loaderOf<string, PromiseRow[]>(ctx, 'tasks.promises', async (taskIds) => {
    const rows = await ctx.db
      .select()
      .from(taskPromises)
      .where(and(inArray(taskPromises.taskId, [...taskIds]), readableBy(ctx)))
      .orderBy(asc(taskPromises.at), asc(taskPromises.id));
    return groupByKey(taskIds, rows, (row) => row.taskId);
  });
}

/** What both sides know of: the record of a project is the same whoever reads it. */
export function sharedPromisesOfProjectLoader(ctx: Ctx) {
  return loaderOf<string, PromiseRow[]>(ctx, 'tasks.promisesOfProject', async (projectIds) => {
    const rows = await ctx.db
      .select()
      .from(taskPromises)
      .where(and(inArray(taskPromises.projectId, [...projectIds]), eq(taskPromises.audience, 'SHARED')))
      .orderBy(asc(taskPromises.at), asc(taskPromises.id));
    return groupByKey(projectIds, rows, (row) => row.projectId);
  });
}

function readableBy(ctx: Ctx) {
  return audienceOf(ctx.viewer) === 'INTERNAL' ? undefined : eq(taskPromises.audience, 'SHARED');
}
