import { and, count, desc, eq, gt, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import {
  comments,
  inboxItems,
  inboxMarks,
  inboxPositions,
  people,
  projects,
  tasks,
} from '../../drizzle/schema/index.ts';
import { audienceOf, can } from '../access/policy.ts';
import { type Connection, pageOf, parseCursor } from '../platform/graphql/connection.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';
import { readableBy } from '../projects/queries.ts';
import { taskLoader } from '../tasks/queries.ts';

export type InboxItemRow = typeof inboxItems.$inferSelect;

/** How far the viewer's inbox has come: 0 when nothing was ever in it; null when it is not theirs to read, or they left. */
export async function inboxHead({ db, viewer }: Pick<Ctx, 'db' | 'viewer'>): Promise<number | null> {
  if (!can(viewer, 'inbox.read', null)) return null;
  const [row] = await db
    .select({ position: inboxPositions.position })
    .from(people)
    .leftJoin(inboxPositions, eq(inboxPositions.personId, people.id))
    .where(and(eq(people.id, viewer.personId), isNull(people.removedAt)));
  return row ? (row.position ?? 0) : null;
}

/**
 * The head as of the beginning of this request: whatever is read after this holds all that came before it, so that a
 * stream which goes on from here skips nothing.
 */
export function inboxHeadOnce(ctx: Ctx): Promise<number | null> {
  const known = ctx.loaders.get('inbox.head') as Promise<number | null> | undefined;
  if (known) return known;
  const head = inboxHead(ctx);
  ctx.loaders.set('inbox.head', head);
  return head;
}

/** Something that an inbox numbered: an item, a mark that read or unread some, or a conversation that was read on. */
export type InboxEntry = {
  personId: string;
  position: number;
  kind: 'inbox.added' | 'inbox.read' | 'inbox.unread' | 'conversation.read';
  /** The item, or the task whose conversation it was; null when a mark was of several. */
  subjectId: string | null;
  at: Date;
};

/** A person's entries after a position, in order, without gaps: positions are dense and taken under one lock. */
export async function inboxAfter(
  { db }: Pick<Ctx, 'db'>,
  personId: string,
  after: number,
  limit: number,
): Promise<InboxEntry[]> {
  const items = db
    .select({
      position: inboxItems.position,
      kind: sql<string>`'ADDED'`.as('kind'),
      subjectId: sql<string | null>`${inboxItems.id}`.as('subject_id'),
      at: inboxItems.at,
    })
    .from(inboxItems)
    .where(and(eq(inboxItems.personId, personId), gt(inboxItems.position, after)));
  const marks = db
    .select({
      position: inboxMarks.position,
      kind: sql<string>`case when ${inboxMarks.conversationOf} is null then ${inboxMarks.kind} else 'CONVERSATION' end`.as(
        'kind',
      ),
      subjectId: sql<string | null>`coalesce(${inboxMarks.itemId}, ${inboxMarks.conversationOf})`.as('subject_id'),
      at: inboxMarks.at,
    })
    .from(inboxMarks)
    .where(and(eq(inboxMarks.personId, personId), gt(inboxMarks.position, after)));
  // One statement, so that both are read as of one moment.
  const rows = await items.unionAll(marks).orderBy(sql`position`).limit(limit);
  return rows.map(({ kind, ...row }) => ({ ...row, personId, kind: entryKinds[kind] ?? 'inbox.read' }));
}

const entryKinds: Readonly<Record<string, InboxEntry['kind']>> = {
  ADDED: 'inbox.added',
  READ: 'inbox.read',
  UNREAD: 'inbox.unread',
  CONVERSATION: 'conversation.read',
};

/** The viewer's items that are still theirs to see, joined with their tasks, projects and comments. */
function selectItems(ctx: Ctx) {
  return ctx.db
    .select({ item: inboxItems })
    .from(inboxItems)
    .innerJoin(tasks, eq(tasks.id, inboxItems.taskId))
    .innerJoin(projects, eq(projects.id, inboxItems.projectId))
    .leftJoin(comments, eq(comments.id, inboxItems.commentId));
}

/**
 * What was told and may not be known any more is neither shown nor counted: a task made internal, a project that is
 * another's now, a comment that was hidden or taken back. In SQL: a count, and a page's end, would tell of it.
 */
function isVisible(ctx: Ctx): SQL | undefined {
  const isForStaff = audienceOf(ctx.viewer) === 'INTERNAL';
  const isShown = isForStaff ? undefined : and(eq(tasks.visibility, 'SHARED'), eq(inboxItems.audience, 'SHARED'));
  const isSaid = and(isNull(comments.deletedAt), isForStaff ? undefined : eq(comments.audience, 'SHARED'));
  return and(
    eq(inboxItems.personId, ctx.viewer.personId),
    readableBy(ctx),
    isShown,
    or(isNull(inboxItems.commentId), isSaid),
  );
}

/** The ids of the viewer's items that are still theirs to see, for a statement that changes some. */
export function visibleItemIds(ctx: Ctx) {
  return ctx.db
    .select({ id: inboxItems.id })
    .from(inboxItems)
    .innerJoin(tasks, eq(tasks.id, inboxItems.taskId))
    .innerJoin(projects, eq(projects.id, inboxItems.projectId))
    .leftJoin(comments, eq(comments.id, inboxItems.commentId))
    .where(isVisible(ctx));
}

const isUnread = isNull(inboxItems.readAt);

/** The viewer's inbox, newest first. */
export async function inboxPage(
  ctx: Ctx,
  first: number,
  after: string | null,
  onlyUnread: boolean,
): Promise<Connection<InboxItemRow>> {
  const cursor = parseCursor(after, ['number']);
  const keyOf = ({ position }: InboxItemRow) => [position];
  if ((await inboxHeadOnce(ctx)) === null) return pageOf<InboxItemRow>([], first, keyOf, 'forward', cursor !== null);
  const rows = await selectItems(ctx)
    .where(
      and(isVisible(ctx), onlyUnread ? isUnread : undefined, cursor ? lt(inboxItems.position, cursor[0]) : undefined),
    )
    .orderBy(desc(inboxItems.position))
    .limit(first + 1);
  const page = pageOf(
    rows.map(({ item }) => item),
    first,
    keyOf,
    'forward',
    cursor !== null,
  );
  // The policy has the last word of each.
  const isSeen = await Promise.all(page.nodes.map(async (item) => (await taskLoader(ctx).load(item.taskId)) !== null));
  const edges = page.edges.filter((_, at) => isSeen[at]);
  return { ...page, edges, nodes: edges.map((edge) => edge.node) };
}

/** How many items the viewer has not read, of those that are still theirs to see. */
export async function inboxUnreadCount(ctx: Ctx): Promise<number> {
  if ((await inboxHeadOnce(ctx)) === null) return 0;
  const [row] = await ctx.db
    .select({ count: count() })
    .from(inboxItems)
    .innerJoin(tasks, eq(tasks.id, inboxItems.taskId))
    .innerJoin(projects, eq(projects.id, inboxItems.projectId))
    .leftJoin(comments, eq(comments.id, inboxItems.commentId))
    .where(and(isVisible(ctx), isUnread));
  return row?.count ?? 0;
}

/** Where the viewer was named and has not read it yet, the newest first; several times on one task: once, by the newest. */
export async function unreadMentions(ctx: Ctx, limit: number): Promise<InboxItemRow[]> {
  if (!can(ctx.viewer, 'inbox.read', null)) return [];
  const rows = await selectItems(ctx)
    .where(and(isVisible(ctx), isUnread, eq(inboxItems.reason, 'MENTIONED')))
    .orderBy(desc(inboxItems.position))
    .limit(limit);
  const newest = new Map<string, InboxItemRow>();
  for (const { item } of rows) if (!newest.has(item.taskId)) newest.set(item.taskId, item);
  return [...newest.values()];
}

/** The viewer's own items by id; null for what is missing, another's, or not to be known any more. */
export function inboxItemLoader(ctx: Ctx) {
  return loaderOf<string, InboxItemRow | null>(ctx, 'inbox.byId', async (ids) => {
    if (!can(ctx.viewer, 'inbox.read', null)) return ids.map(() => null);
    const rows = await selectItems(ctx).where(and(isVisible(ctx), inArray(inboxItems.id, uuids(ids))));
    const seen = await taskLoader(ctx).loadMany(rows.map(({ item }) => item.taskId));
    const readable = rows.flatMap(({ item }, i) => (seen[i] && !(seen[i] instanceof Error) ? [item] : []));
    return byKey(ids, readable, (item) => item.id);
  });
}
