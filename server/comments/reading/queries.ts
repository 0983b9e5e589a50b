import { and, asc, count, eq, gte, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { comments, people, readMarks, tasks } from '../../../drizzle/schema/index.ts';
import { audienceOf } from '../../access/policy.ts';
import { clientRoles } from '../../access/viewer.ts';
import { byKey, groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { commentLoader, place, readableIn } from '../queries.ts';

/**
 * What is news to the viewer: written by somebody else, since they came here, behind their mark. A comment that was
 * shared later is news from then on. Read with a join of `people` on the viewer.
 */
function isNews(ctx: Pick<Ctx, 'viewer'>): SQL | undefined {
  const { personId } = ctx.viewer;
  return and(
    isNull(comments.deletedAt),
    ne(comments.authorId, personId),
    readableIn(ctx),
    gte(sql`coalesce(${comments.sharedAt}, ${comments.createdAt})`, people.createdAt),
    sql`not exists (
      select 1 from ${readMarks} where ${readMarks.personId} = ${personId}
        and ${readMarks.taskId} = ${comments.taskId} and ${readMarks.throughId} >= ${place}
    )`,
  );
}

const self = ({ viewer }: Pick<Ctx, 'viewer'>) => eq(people.id, viewer.personId);

/** By task id: how many comments the viewer has not read yet. */
export function taskUnreadLoader(ctx: Ctx) {
  return loaderOf<string, number>(ctx, 'comments.unreadOfTask', async (taskIds) => {
    const rows = await ctx.db
      .select({ taskId: comments.taskId, count: count() })
      .from(comments)
      .innerJoin(people, self(ctx))
      .where(and(inArray(comments.taskId, [...taskIds]), isNews(ctx)))
      .groupBy(comments.taskId);
    return byKey(taskIds, rows, (row) => row.taskId).map((row) => row?.count ?? 0);
  });
}

/** By project id: how many comments on the tasks that the viewer may see they have not read yet. */
export function projectUnreadLoader(ctx: Ctx) {
  return loaderOf<string, number>(ctx, 'comments.unreadOfProject', async (projectIds) => {
    const isShown = audienceOf(ctx.viewer) === 'INTERNAL' ? undefined : eq(tasks.visibility, 'SHARED');
    const rows = await ctx.db
      .select({ projectId: comments.projectId, count: count() })
      .from(comments)
      .innerJoin(people, self(ctx))
      .innerJoin(tasks, eq(tasks.id, comments.taskId))
      .where(and(inArray(comments.projectId, [...projectIds]), isShown, isNews(ctx)))
      .groupBy(comments.projectId);
    return byKey(projectIds, rows, (row) => row.projectId).map((row) => row?.count ?? 0);
  });
}

/** By task id: the earliest comment that the viewer has not read; null when they have read all. */
export function firstUnreadLoader(ctx: Ctx) {
  return loaderOf<string, string | null>(ctx, 'comments.firstUnread', async (taskIds) => {
    const rows = await ctx.db
      .selectDistinctOn([comments.taskId], { taskId: comments.taskId, id: comments.id })
      .from(comments)
      .innerJoin(people, self(ctx))
      .where(and(inArray(comments.taskId, [...taskIds]), isNews(ctx)))
      .orderBy(comments.taskId, asc(place));
    return byKey(taskIds, rows, (row) => row.taskId).map((row) => row?.id ?? null);
  });
}

/** By comment id: whether it is news to the viewer. */
export function isUnreadLoader(ctx: Ctx) {
  return loaderOf<string, boolean>(ctx, 'comments.isUnread', async (ids) => {
    const rows = await ctx.db
      .select({ id: comments.id })
      .from(comments)
      .innerJoin(people, self(ctx))
      .where(and(inArray(comments.id, [...ids]), isNews(ctx)));
    return byKey(ids, rows, (row) => row.id).map((row) => row !== null);
  });
}

/** Somebody of the client who has read a comment, and when they did. */
export type SeenBy = { personId: string; at: Date };

/** By comment id: who of the clients has read it. The caller asks policy: this is for staff. */
export function seenByLoader(ctx: Ctx) {
  return loaderOf<string, SeenBy[]>(ctx, 'comments.seenBy', async (ids) => {
    const rows = await ctx.db
      .selectDistinctOn([comments.id, readMarks.personId], {
        commentId: comments.id,
        personId: readMarks.personId,
        at: readMarks.at,
      })
      .from(comments)
      .innerJoin(readMarks, and(eq(readMarks.taskId, comments.taskId), gte(readMarks.throughId, place)))
      .innerJoin(people, and(eq(people.id, readMarks.personId), inArray(people.role, clientRoles)))
      .where(
        and(
          inArray(comments.id, [...ids]),
          eq(comments.audience, 'SHARED'),
          isNull(comments.deletedAt),
          ne(comments.authorId, readMarks.personId),
        ),
      )
      .orderBy(comments.id, readMarks.personId, asc(readMarks.throughId));
    return groupByKey(ids, rows, (row) => row.commentId);
  });
}

/** The comment that a mark is set at; null when it is not on this task or not the viewer's to read. */
export async function commentOnTask(ctx: Ctx, taskId: string, commentId: string) {
  const comment = await commentLoader(ctx).load(commentId);
  return comment?.taskId === taskId ? comment : null;
}
