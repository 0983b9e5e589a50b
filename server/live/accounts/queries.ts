import { and, desc, eq, getTableColumns, inArray, isNotNull, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import {
  accountForwardings,
  events,
  files,
  noteSnapshots,
  notes,
  noteUpdates,
  people,
  projects,
} from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import type { StoredEvent } from '../../events.ts';
import { type Connection, pageOf, parseCursor } from '../../platform/graphql/connection.ts';
import { loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';

/** Those of accounts that are this viewer's to look at over all their projects: staff alone. */
const readable = ({ viewer }: Ctx, accountIds: readonly string[]) =>
  accountIds.filter((accountId) => can(viewer, 'account.read', { accountId }));

/**
 * What happened to an account over all its projects, newest first: in them, to its people, and to itself, also while it
 * was another that was merged into it. Staff alone.
 */
export async function accountEvents(
  ctx: Ctx,
  accountId: string,
  first: number,
  after: string | null,
): Promise<Connection<StoredEvent>> {
  const cursor = parseCursor(after, ['number']);
  const rows = await loaderOf<string, StoredEvent[]>(ctx, `accounts.events ${first} ${after}`, (ids) =>
    lastEventsOf(ctx, ids, first + 1, cursor?.[0] ?? null),
  ).load(accountId);
  return pageOf<StoredEvent>(rows, first, (event) => [event.seq], 'forward', cursor !== null);
}

/** The last events of each account. Of each project and person so many are read by their index, and put in one order. */
async function lastEventsOf(ctx: Ctx, accountIds: readonly string[], many: number, before: number | null) {
  const ids = readable(ctx, accountIds);
  if (ids.length === 0) return accountIds.map(() => []);
  const [ofProject, ofPerson, ofMerged] = await Promise.all([
    ctx.db.select({ id: projects.id, of: projects.accountId }).from(projects).where(inArray(projects.accountId, ids)),
    ctx.db.select({ id: people.id, of: people.accountId }).from(people).where(inArray(people.accountId, ids)),
    ctx.db
      .select({ id: accountForwardings.fromId, of: accountForwardings.toId })
      .from(accountForwardings)
      .where(inArray(accountForwardings.toId, ids)),
  ]);
  const subjects = [...ids.map((id) => ({ id, of: id })), ...ofPerson, ...ofMerged];
  const isBefore = before === null ? undefined : lt(events.seq, before);
  const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
  const [inProjects, ofThem] = await Promise.all([
    lastOfEach(ctx, sql`${events.projectId}`, and(inArray(events.projectId, idsOf(ofProject)), isBefore), many),
    lastOfEach(
      ctx,
      sql`${events.subjectId}`,
      and(isNull(events.projectId), inArray(events.subjectId, idsOf(subjects)), isBefore),
      many,
    ),
  ]);
  const accountOf = new Map([...ofProject, ...subjects].map(({ id, of }) => [id, of]));
  const all = [...inProjects, ...ofThem].sort((one, other) => other.seq - one.seq);
  return accountIds.map((id) =>
    all.filter((event) => accountOf.get(event.projectId ?? event.subjectId) === id).slice(0, many),
  );
}

async function lastOfEach(ctx: Ctx, by: SQL, condition: SQL | undefined, many: number): Promise<StoredEvent[]> {
  const ranked = ctx.db
    .select({
      ...getTableColumns(events),
      place: sql<number>`row_number() over (partition by ${by} order by ${events.seq} desc)`.as('place'),
    })
    .from(events)
    .where(condition)
    .as('ranked');
  return ctx.db.select().from(ranked).where(lte(ranked.place, many));
}

/** A file or a note of one of an account's tasks. */
export type OfTask = { id: string; taskId: string; createdAt: Date };
type Found = OfTask & { accountId: string };
type Cursor = [createdAt: string, id: string] | null;

/** The files that came to an account's projects whole, newest first. Staff alone. */
export function accountFiles(ctx: Ctx, accountId: string, first: number, after: string | null) {
  const { id, taskId, createdAt } = files;
  return page(ctx, 'files', accountId, { first, after }, (accountIds, cursor) => {
    const ranked = ctx.db
      .select({
        id,
        taskId,
        createdAt,
        accountId: projects.accountId,
        place: placeBy(sql`${createdAt} desc, ${id} desc`),
      })
      .from(files)
      .innerJoin(projects, eq(projects.id, files.projectId))
      .where(
        and(
          inArray(projects.accountId, accountIds),
          eq(files.state, 'STORED'),
          // What was sent and given up before it was handed in or said is nobody's but its sender's.
          or(isNull(files.expiresAt), isNotNull(files.commentId)),
          cursor === null ? undefined : sql`(${createdAt}, ${id}) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`,
        ),
      )
      .as('ranked');
    return ctx.db
      .select()
      .from(ranked)
      .where(lte(ranked.place, first + 1))
      .orderBy(desc(ranked.createdAt), desc(ranked.id));
  });
}

/** The notes of an account's projects in which something was written, newest first. Staff alone. */
export function accountNotes(ctx: Ctx, accountId: string, first: number, after: string | null) {
  const { id, taskId, createdAt } = notes;
  const isWritten = or(
    sql`exists (select 1 from ${noteUpdates} where ${noteUpdates.noteId} = ${id})`,
    sql`exists (select 1 from ${noteSnapshots} where ${noteSnapshots.noteId} = ${id})`,
  );
  return page(ctx, 'notes', accountId, { first, after }, (accountIds, cursor) => {
    const ranked = ctx.db
      .select({
        id,
        taskId,
        createdAt,
        accountId: projects.accountId,
        place: placeBy(sql`${createdAt} desc, ${id} desc`),
      })
      .from(notes)
      .innerJoin(projects, eq(projects.id, notes.projectId))
      .where(
        and(
          inArray(projects.accountId, accountIds),
          isWritten,
          cursor === null ? undefined : sql`(${createdAt}, ${id}) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`,
        ),
      )
      .as('ranked');
    return ctx.db
      .select()
      .from(ranked)
      .where(lte(ranked.place, first + 1))
      .orderBy(desc(ranked.createdAt), desc(ranked.id));
  });
}

function placeBy(order: SQL) {
  return sql<number>`row_number() over (partition by ${projects.accountId} order by ${order})`.as('place');
}

/** One page for each account that is asked for alike, in one statement for all of them. */
async function page(
  ctx: Ctx,
  name: string,
  accountId: string,
  { first, after }: { first: number; after: string | null },
  read: (accountIds: string[], cursor: Cursor) => Promise<Found[]>,
): Promise<Connection<OfTask>> {
  const cursor: Cursor = parseCursor(after, ['string', 'string']);
  const rows = await loaderOf<string, OfTask[]>(ctx, `accounts.${name} ${first} ${after}`, async (ids) => {
    const wanted = readable(ctx, ids);
    const found = wanted.length === 0 ? [] : await read(wanted, cursor);
    return ids.map((id) => found.filter((one) => one.accountId === id));
  }).load(accountId);
  return pageOf(rows, first, ({ createdAt, id }) => [createdAt.toISOString(), id], 'forward', cursor !== null);
}
