import { and, eq, inArray, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { inboxItems, inboxMarks, inboxPositions } from '../../drizzle/schema/index.ts';
import { audienceOf, can } from '../access/policy.ts';
import type { Viewer } from '../access/viewer.ts';
import type { NewEvent } from '../events.ts';
import { type Tx, transaction } from '../platform/database/transaction.ts';
import { uuids } from '../platform/graphql/ids.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { visibleItemIds } from './queries.ts';
import { isOfText, rules, type Scene } from './rules.ts';
import { type OnTask, scenesOf } from './scenes/queries.ts';

type NewItem = Omit<typeof inboxItems.$inferInsert, 'id' | 'position'>;

/**
 * Puts what a transaction's events tell people into their inboxes, as one of its last statements: what happened is told,
 * and what was rolled back is not. Whoever changes a thing need not think of it.
 */
export async function inboxWrite(
  tx: Tx,
  services: Pick<Services, 'bus'>,
  events: readonly NewEvent[],
  at: Date,
): Promise<void> {
  const told = events.filter((event): event is OnTask => 'taskId' in event && rules[event.kind] !== undefined);
  if (told.length === 0) return;
  const scenes = await scenesOf(tx, told, at);
  const items = [...scenes].flatMap(([event, scene]) => itemsOf(event, scene, at));
  await put(tx, services, await untold(tx, told, items));
}

function itemsOf(event: OnTask, scene: Scene, at: Date): NewItem[] {
  const { kind, audience, projectId, taskId, subjectId } = event;
  // What followed by itself from a delivery was done by whoever delivered.
  const actorId = event.actorId ?? scene.delivererId;
  const items = new Map<string, NewItem>();
  for (const [reason, who] of rules[kind] ?? []) {
    for (const personId of who(scene, event)) {
      const viewer = personId === null ? undefined : scene.people.get(personId);
      if (!viewer || personId === null || personId === actorId || items.has(personId)) continue;
      if (!mayKnow(viewer, event, scene)) continue;
      const commentId = kind.startsWith('comment.') ? subjectId : null;
      items.set(personId, { personId, reason, audience, projectId, taskId, subjectId, commentId, actorId, at });
    }
  }
  return [...items.values()];
}

/** The rights of whoever would be told, and of nobody else, decide. */
function mayKnow(viewer: Viewer, { audience }: OnTask, { task }: Scene): boolean {
  return can(viewer, 'task.read', task) && (audience === 'SHARED' || audienceOf(viewer) === 'INTERNAL');
}

/** A text that is written on is told once to each for one reason; whoever it names now was perhaps told of it as talk. */
async function untold(tx: Tx, events: readonly OnTask[], items: NewItem[]): Promise<NewItem[]> {
  const ids = events.filter(({ kind }) => isOfText(kind) && kind !== 'comment.added').map(({ subjectId }) => subjectId);
  if (ids.length === 0 || items.length === 0) return items;
  const rows = await tx
    .select({ personId: inboxItems.personId, subjectId: inboxItems.subjectId, reason: inboxItems.reason })
    .from(inboxItems)
    .where(inArray(inboxItems.subjectId, ids));
  const isTold = (item: NewItem) =>
    rows.some(
      ({ personId, subjectId, reason }) =>
        personId === item.personId &&
        subjectId === item.subjectId &&
        (reason === item.reason || reason === 'MENTIONED'),
    );
  return items.filter((item) => !ids.includes(item.subjectId) || !isTold(item));
}

/** Numbers are taken under each person's row lock, in the order of their ids, so that two acts never wait for each other. */
async function put(tx: Tx, services: Pick<Services, 'bus'>, items: readonly NewItem[]): Promise<void> {
  if (items.length === 0) return;
  const personIds = [...new Set(items.map(({ personId }) => personId))].sort();
  const more = personIds.map((personId) => ({
    personId,
    position: items.filter((item) => item.personId === personId).length,
  }));
  const reached = await tx
    .insert(inboxPositions)
    .values(more)
    .onConflictDoUpdate({
      target: inboxPositions.personId,
      set: { position: sql`${inboxPositions.position} + excluded.position` },
    })
    .returning();
  const next = new Map(
    more.map(({ personId, position }) => [
      personId,
      (reached.find((row) => row.personId === personId)?.position ?? position) - position,
    ]),
  );
  const rows = items.map((item) => {
    const position = (next.get(item.personId) ?? 0) + 1;
    next.set(item.personId, position);
    return { ...item, id: uuidv7(), position };
  });
  await tx.insert(inboxItems).values(rows);
  for (const personId of personIds) tx.afterCommit.push(() => services.bus.ring(`inbox:${personId}`));
}

/** Which items: some, all up to a position of the inbox, or all of a task. */
export type Which = { ids: readonly string[] } | { throughPosition: number } | { taskId: string };
/** Some, or all that the mark at a position has read. */
export type WhichRead = { ids: readonly string[] } | { markPosition: number };

/** Marks items as read. Answers the position of the mark; null when there was nothing to mark. */
export function inboxRead(ctx: Ctx, which: Which): Promise<number | null> {
  const of =
    'ids' in which
      ? inArray(inboxItems.id, uuids(which.ids))
      : 'taskId' in which
        ? inArray(inboxItems.taskId, uuids([which.taskId]))
        : lte(inboxItems.position, which.throughPosition);
  return mark(ctx, 'READ', and(of, isNull(inboxItems.readAt)));
}

/** Marks items as not read. Answers the position of the mark; null when there was nothing to mark. */
export function inboxUnread(ctx: Ctx, which: WhichRead): Promise<number | null> {
  const of =
    'ids' in which ? inArray(inboxItems.id, uuids(which.ids)) : eq(inboxItems.readPosition, which.markPosition);
  return mark(ctx, 'UNREAD', and(of, isNotNull(inboxItems.readAt)));
}

/**
 * A conversation that somebody has read on takes a number of their inbox: what counts it as unread on their other devices
 * is told so as of an item, and nothing that was cut off misses it.
 */
export async function inboxConversationRead(
  tx: Tx,
  { bus, clock }: Pick<Services, 'bus' | 'clock'>,
  personId: string,
  taskId: string,
): Promise<void> {
  const [head] = await tx
    .insert(inboxPositions)
    .values({ personId, position: 1 })
    .onConflictDoUpdate({
      target: inboxPositions.personId,
      set: { position: sql`${inboxPositions.position} + 1` },
    })
    .returning();
  if (!head) return;
  const { position } = head;
  await tx.insert(inboxMarks).values({ personId, position, kind: 'READ', conversationOf: taskId, at: clock.now() });
  tx.afterCommit.push(() => bus.ring(`inbox:${personId}`));
}

/** Whoever looks through somebody else's eyes, or is a program, reads nothing for them: then all stays as it is. */
async function mark(ctx: Ctx, kind: 'READ' | 'UNREAD', of: SQL | undefined): Promise<number | null> {
  const { personId, viewedBy, token } = ctx.viewer;
  if (viewedBy !== null || token !== null) return null;
  const { value } = await transaction(ctx, async (tx) => {
    // Locked before anything is looked at: an item that is being numbered now is either here, or behind the mark.
    const [head] = await tx.select().from(inboxPositions).where(eq(inboxPositions.personId, personId)).for('update');
    if (!head) return null;
    const position = head.position + 1;
    const at = ctx.clock.now();
    const marked = await tx
      .update(inboxItems)
      .set(kind === 'READ' ? { readAt: at, readPosition: position } : { readAt: null, readPosition: null })
      // Of what is hidden nothing moves: a number that did would tell of it.
      .where(and(eq(inboxItems.personId, personId), of, inArray(inboxItems.id, visibleItemIds(ctx))))
      .returning({ id: inboxItems.id });
    if (marked.length === 0) return null;
    await tx.update(inboxPositions).set({ position }).where(eq(inboxPositions.personId, personId));
    const itemId = marked.length === 1 ? (marked[0]?.id ?? null) : null;
    await tx.insert(inboxMarks).values({ personId, position, kind, itemId, at });
    tx.afterCommit.push(() => ctx.bus.ring(`inbox:${personId}`));
    return position;
  });
  return value;
}
