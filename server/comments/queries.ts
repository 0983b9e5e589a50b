import { and, count, desc, eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { comments } from '../../drizzle/schema/index.ts';
import type { CommentFacts } from '../access/policy.ts';
import { audienceOf, can } from '../access/policy.ts';
import type { Audience } from '../access/viewer.ts';
import { type Connection, pageOf, parseCursor } from '../platform/graphql/connection.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, groupByKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';
import { type TaskSeen, taskLoader } from '../tasks/queries.ts';

export { mentionedIn } from './mentions/text.ts';

export type CommentRow = typeof comments.$inferSelect;
/** A comment that the viewer may see, with the facts that policy asks for. */
export type CommentSeen = CommentRow & CommentFacts;

type TaskOfComment = Pick<TaskSeen, 'accountId' | 'isDraft' | 'isOver' | 'visibility'>;

export function commentSeen(row: CommentRow, task: TaskOfComment): CommentSeen {
  const { accountId, isDraft, isOver, visibility } = task;
  return { ...row, accountId, isDraft, isOver, visibility };
}

/** Who hears of an act on a comment: of one on a task that was made internal staff alone, whoever read it before. */
export function heardBy({ audience, visibility }: Pick<CommentSeen, 'audience' | 'visibility'>): Audience {
  return visibility === 'INTERNAL' ? 'INTERNAL' : audience;
}

/** Where a comment stands in its conversation: in the order in which its readers came to see it. */
export const place = sql<string>`coalesce(${comments.placeId}, ${comments.id})`;
const placeText = sql<string>`coalesce(${comments.placeId}, ${comments.id})::text`;
export const placeOf = (comment: Pick<CommentRow, 'id' | 'placeId'>): string => comment.placeId ?? comment.id;

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
export function readableIn({ viewer }: Pick<Ctx, 'viewer'>): SQL | undefined {
  return audienceOf(viewer) === 'INTERNAL' ? undefined : eq(comments.audience, 'SHARED');
}

/** How many comments of a task the viewer may read, replies too; deleted ones do not count. */
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

/** How many replies of a thread the viewer may read; deleted ones do not count. */
export function replyCountLoader(ctx: Ctx) {
  return loaderOf<string, number>(ctx, 'comments.replyCount', async (ids) => {
    const rows = await ctx.db
      .select({ parentId: comments.parentId, count: count() })
      .from(comments)
      .where(and(inArray(comments.parentId, [...ids]), isNull(comments.deletedAt), readableIn(ctx)))
      .groupBy(comments.parentId);
    return byKey(ids, rows, (row) => row.parentId ?? '').map((row) => row?.count ?? 0);
  });
}

/** The slices of conversations that are read page by page: the threads of a task, its open threads, the replies of one. */
type Slice = { name: string; key: typeof comments.taskId | typeof comments.parentId; isIn: SQL | undefined };
const threads: Slice = { name: 'threads', key: comments.taskId, isIn: isNull(comments.parentId) };
const openThreads: Slice = {
  name: 'openThreads',
  key: comments.taskId,
  isIn: and(isNull(comments.parentId), isNull(comments.resolvedAt)),
};
const replies: Slice = { name: 'replies', key: comments.parentId, isIn: undefined };

/** The last comments of many slices in one statement, one row more each than asked for. */
function lastLoader(ctx: Ctx, slice: Slice, limit: number) {
  return loaderOf<string, CommentRow[]>(ctx, `comments.${slice.name}.${limit}`, async (keys) => {
    const ranked = ctx.db
      .select({
        id: comments.id,
        rank: sql<number>`row_number() over (partition by ${slice.key} order by ${place} desc)`.as('rank'),
      })
      .from(comments)
      .where(and(inArray(slice.key, [...keys]), slice.isIn, readableIn(ctx)))
      .as('ranked');
    const rows = await ctx.db
      .select({ comment: comments })
      .from(comments)
      .innerJoin(ranked, eq(ranked.id, comments.id))
      .where(sql`${ranked.rank} <= ${limit}`)
      .orderBy(desc(place));
    const isOfTask = slice.key === comments.taskId;
    return groupByKey(
      keys,
      rows.map((row) => row.comment),
      (comment) => (isOfTask ? comment.taskId : (comment.parentId ?? '')),
    );
  });
}

type Page = { last: number; before: string | null };

async function pageIn(
  ctx: Ctx,
  slice: Slice,
  key: string,
  task: TaskOfComment,
  { last, before }: Page,
): Promise<Connection<CommentSeen>> {
  const cursor = parseCursor(before, ['string']);
  const rows = cursor
    ? await ctx.db
        .select()
        .from(comments)
        .where(and(eq(slice.key, key), slice.isIn, readableIn(ctx), lt(placeText, cursor[0])))
        .orderBy(desc(place))
        .limit(last + 1)
    : await lastLoader(ctx, slice, last + 1).load(key);
  const seen = rows.map((row) => commentSeen(row, task)).filter((comment) => can(ctx.viewer, 'comment.read', comment));
  return pageOf(seen, last, (comment) => [placeOf(comment)], 'backward', cursor !== null);
}

/** A page of a task's conversation that ends before the cursor, oldest first: the first comments of its threads. */
export function commentsPage(ctx: Ctx, task: TaskSeen, page: Page & { isOpen: boolean }) {
  return pageIn(ctx, page.isOpen ? openThreads : threads, task.id, task, page);
}

/** A page of a thread's replies that ends before the cursor, oldest first. */
export function repliesPage(ctx: Ctx, comment: CommentSeen, page: Page) {
  return pageIn(ctx, replies, comment.id, comment, page);
}
