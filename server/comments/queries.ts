import { and, count, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { comments } from '../../drizzle/schema/index.ts';
import type { CommentFacts } from '../access/policy.ts';
import { audienceOf, can } from '../access/policy.ts';
import { type Connection, pageOf, parseCursor } from '../platform/graphql/connection.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, groupByKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';
import { type TaskSeen, taskLoader } from '../tasks/queries.ts';

export type CommentRow = typeof comments.$inferSelect;
/** A comment that the viewer may see, with the facts that policy asks for. */
export type CommentSeen = CommentRow & CommentFacts;

export function commentSeen(row: CommentRow, task: TaskSeen): CommentSeen {
  return { ...row, accountId: task.accountId, isDraft: task.isDraft, visibility: task.visibility };
}

/** Comments by id; null for one that is missing or not to be known, which look alike. */
export function commentLoader(ctx: Ctx) {
  return loaderOf<string, CommentSeen | null>(ctx, 'comments.byId', async (ids) => {
    const rows = await ctx.db
      .select()
      .from(comments)
      .where(inArray(comments.id, uuids(ids)));
    const tasks = await taskLoader(ctx).loadMany(rows.map((row) => row.taskId));
    const readable = rows.flatMap((row, i) => {
      const task = tasks[i];
      if (!task || task instanceof Error) return [];
      const comment = commentSeen(row, task);
      return can(ctx.viewer, 'comment.read', comment) ? [comment] : [];
    });
    return byKey(ids, readable, (comment) => comment.id);
  });
}

/** Internal comments are left out in SQL, so that neither counts nor cursors tell of them. */
function readableIn(ctx: Ctx) {
  return audienceOf(ctx.viewer) === 'INTERNAL' ? undefined : eq(comments.audience, 'SHARED');
}

/** How many comments of a task the viewer may read; deleted ones do not count. */
export function commentCountLoader(ctx: Ctx) {
  return loaderOf<string, number>(ctx, 'comments.count', async (taskIds) => {
    const rows = await ctx.db
      .select({ taskId: comments.taskId, count: count() })
      .from(comments)
      .where(and(inArray(comments.taskId, [...taskIds]), isNull(comments.deletedAt), readableIn(ctx)))
      .groupBy(comments.taskId);
    return byKey(taskIds, rows, (row) => row.taskId).map((row) => row?.count ?? 0);
  });
}

/** The last comments of many tasks in one statement, one row more each than asked for. */
function lastCommentsLoader(ctx: Ctx, limit: number) {
  return loaderOf<string, CommentRow[]>(ctx, `comments.last.${limit}`, async (taskIds) => {
    const ranked = ctx.db
      .select({
        id: comments.id,
        rank: sql<number>`row_number() over (partition by ${comments.taskId} order by ${comments.id} desc)`.as('rank'),
      })
      .from(comments)
      .where(and(inArray(comments.taskId, [...taskIds]), readableIn(ctx)))
      .as('ranked');
    const rows = await ctx.db
      .select({ comment: comments })
      .from(comments)
      .innerJoin(ranked, eq(ranked.id, comments.id))
      .where(sql`${ranked.rank} <= ${limit}`)
      .orderBy(desc(comments.id));
    return groupByKey(
      taskIds,
      rows.map((row) => row.comment),
      (comment) => comment.taskId,
    );
  });
}

/** A page of a task's conversation that ends before the cursor, oldest first. */
export async function commentsPage(
  ctx: Ctx,
  task: TaskSeen,
  last: number,
  before: string | null,
): Promise<Connection<CommentSeen>> {
  const cursor = parseCursor(before, ['string']);
  const rows = cursor
    ? await ctx.db
        .select()
        .from(comments)
        .where(and(eq(comments.taskId, task.id), readableIn(ctx), lt(sql`${comments.id}::text`, cursor[0])))
        .orderBy(desc(comments.id))
        .limit(last + 1)
    : await lastCommentsLoader(ctx, last + 1).load(task.id);
  const seen = rows.map((row) => commentSeen(row, task)).filter((comment) => can(ctx.viewer, 'comment.read', comment));
  return pageOf(seen, last, (comment) => [comment.id], 'backward', cursor !== null);
}
