import { and, asc, desc, eq, gt, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { events, logHead, projects, revisions, tasks } from '../../../drizzle/schema/index.ts';
import type { Audience } from '../../access/viewer.ts';
import type { StoredEvent } from '../../events.ts';
import type { Db } from '../database/transaction.ts';
import { byKey, groupByKey, loaderOf } from '../graphql/loaders.ts';
import type { Ctx } from '../services.ts';

/** How far behind a reader may be and still get every event replayed. */
export const maxReplay = 5_000;

/** Which numbers a reader goes by: staff the positions of all events, everybody else those of the shared ones. */
function positionOf(audience: Audience) {
  return audience === 'INTERNAL' ? events.position : events.sharedPosition;
}

/** A project's events after a position, in order, without gaps: positions are dense and taken under one lock. */
export async function eventsAfter(
  db: Db,
  projectId: string,
  audience: Audience,
  after: number,
  limit: number,
): Promise<StoredEvent[]> {
  const position = positionOf(audience);
  return db
    .select()
    .from(events)
    .where(and(eq(events.projectId, projectId), gt(position, after)))
    .orderBy(asc(position))
    .limit(limit);
}

/** The company's events after a `seq`, in commit order. */
export async function companyEventsAfter(db: Db, after: number, limit: number): Promise<StoredEvent[]> {
  return db.select().from(events).where(gt(events.seq, after)).orderBy(asc(events.seq)).limit(limit);
}

/** The `seq` of the last committed event. */
export async function companyHead(db: Db): Promise<number> {
  const [head] = await db.select({ seq: logHead.seq }).from(logHead).where(eq(logHead.id, 1));
  return head?.seq ?? 0;
}

/**
 * The head as of the beginning of this request: whatever a list is read after this holds all that came before it, so
 * that a stream which goes on from here skips nothing.
 */
export function companyHeadOnce(ctx: Pick<Ctx, 'db' | 'loaders'>): Promise<number> {
  const known = ctx.loaders.get('events.head') as Promise<number> | undefined;
  if (known) return known;
  const head = companyHead(ctx.db);
  ctx.loaders.set('events.head', head);
  return head;
}

const reasoned: readonly string[] = ['task.waived', 'task.cancelled', 'task.reopened', 'task.broke', 'task.stuck'];

/**
 * The words that somebody gave for an event, where its kind has any. A revision has the audience of its event: whoever
 * was given the one may read the other.
 */
export async function eventReason(ctx: Pick<Ctx, 'db' | 'loaders'>, event: StoredEvent): Promise<string | null> {
  if (!reasoned.includes(event.kind)) return null;
  const loader = loaderOf<string, string | null>(ctx, 'events.reasons', async (ids) => {
    const rows = await ctx.db
      .select({ eventId: revisions.eventId, after: revisions.after })
      .from(revisions)
      .where(inArray(revisions.eventId, [...ids]));
    const reasons = byKey(ids, rows, (row) => row.eventId).map((row) => row?.after?.reason);
    return reasons.map((reason) => (typeof reason === 'string' ? reason : null));
  });
  return loader.load(event.id);
}

type Slice = { projectId: string } | { taskId: string };

/**
 * The last events of a project or a task that a reader may know of, newest first. Those of many are read in one
 * statement, and each page is cut off in the database, so that no long log is read whole.
 */
export function lastEvents(
  ctx: Pick<Ctx, 'db' | 'loaders'>,
  slice: Slice,
  audience: Audience,
  before: number | null,
  limit: number,
): Promise<StoredEvent[]> {
  const position = positionOf(audience);
  const isReadable: SQL = inArray(events.audience, audience === 'INTERNAL' ? ['SHARED', 'INTERNAL'] : ['SHARED']);
  const isBefore = before === null ? undefined : lt(position, before);
  const [of, id, column] =
    'taskId' in slice ? [tasks, slice.taskId, events.taskId] : [projects, slice.projectId, events.projectId];
  const name = `events.last.${column.name}.${audience}.${before}.${limit}`;
  const loader = loaderOf<string, StoredEvent[]>(ctx, name, async (ids) => {
    const last = ctx.db
      .select({ id: events.id })
      .from(events)
      .where(and(eq(column, of.id), isReadable, isBefore))
      .orderBy(desc(position))
      .limit(limit)
      .as('last');
    const rows = await ctx.db
      .select({ of: column, event: events })
      .from(of)
      .innerJoinLateral(last, sql`true`)
      .innerJoin(events, eq(events.id, last.id))
      .where(inArray(of.id, [...ids]))
      .orderBy(desc(position));
    return groupByKey(ids, rows, (row) => row.of ?? '').map((theirs) => theirs.map((row) => row.event));
  });
  return loader.load(id);
}
