import { and, desc, eq, inArray, isNotNull, lt, or, type SQL, sql } from 'drizzle-orm';
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
import type { Ctx } from '../../platform/services.ts';

const mayRead = ({ viewer }: Ctx, accountId: string) => can(viewer, 'account.read', { accountId });

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
  if (!mayRead(ctx, accountId)) return pageOf<StoredEvent>([], first, (event) => [event.seq], 'forward', false);
  // Read first, since an `or` over joins would walk the whole log: then each half of it goes by an index.
  const projectIds = await ctx.db.select({ id: projects.id }).from(projects).where(eq(projects.accountId, accountId));
  const personIds = await ctx.db.select({ id: people.id }).from(people).where(eq(people.accountId, accountId));
  const merged = await ctx.db
    .select({ id: accountForwardings.fromId })
    .from(accountForwardings)
    .where(eq(accountForwardings.toId, accountId));
  const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
  const subjectIds = [accountId, ...idsOf(merged), ...idsOf(personIds)];
  const isBefore = cursor ? lt(events.seq, cursor[0]) : undefined;
  const isOfProjects = inArray(events.projectId, idsOf(projectIds));
  const isOfIt = and(sql`${events.projectId} is null`, inArray(events.subjectId, subjectIds));
  const lastOf = (condition: SQL | undefined) =>
    ctx.db
      .select()
      .from(events)
      .where(and(condition, isBefore))
      .orderBy(desc(events.seq))
      .limit(first + 1);
  const rows = [...(await lastOf(isOfProjects)), ...(await lastOf(isOfIt))]
    .sort((one, other) => other.seq - one.seq)
    .slice(0, first + 1);
  return pageOf<StoredEvent>(rows, first, (event) => [event.seq], 'forward', cursor !== null);
}

/** A file or a note of one of an account's tasks. */
export type OfTask = { id: string; taskId: string; createdAt: Date };

/** The files that came to an account's projects whole, newest first. Staff alone. */
export function accountFiles(ctx: Ctx, accountId: string, first: number, after: string | null) {
  const { id, taskId, createdAt } = files;
  return page(ctx, accountId, first, after, (cursor) =>
    ctx.db
      .select({ id, taskId, createdAt })
      .from(files)
      .innerJoin(projects, eq(projects.id, files.projectId))
      .where(
        and(
          eq(projects.accountId, accountId),
          eq(files.state, 'STORED'),
          // What was sent and given up before it was handed in or said is nobody's but its sender's.
          or(sql`${files.expiresAt} is null`, isNotNull(files.commentId)),
          cursor === null ? undefined : sql`(${createdAt}, ${id}) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`,
        ),
      )
      .orderBy(desc(createdAt), desc(id))
      .limit(first + 1),
  );
}

/** The notes of an account's projects in which something was written, newest first. Staff alone. */
export function accountNotes(ctx: Ctx, accountId: string, first: number, after: string | null) {
  const { id, taskId, createdAt } = notes;
  const isWritten = or(
    sql`exists (select 1 from ${noteUpdates} where ${noteUpdates.noteId} = ${id})`,
    sql`exists (select 1 from ${noteSnapshots} where ${noteSnapshots.noteId} = ${id})`,
  );
  return page(ctx, accountId, first, after, (cursor) =>
    ctx.db
      .select({ id, taskId, createdAt })
      .from(notes)
      .innerJoin(projects, eq(projects.id, notes.projectId))
      .where(
        and(
          eq(projects.accountId, accountId),
          isWritten,
          cursor === null ? undefined : sql`(${createdAt}, ${id}) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`,
        ),
      )
      .orderBy(desc(createdAt), desc(id))
      .limit(first + 1),
  );
}

async function page(
  ctx: Ctx,
  accountId: string,
  first: number,
  after: string | null,
  read: (cursor: [string, string] | null) => Promise<OfTask[]>,
): Promise<Connection<OfTask>> {
  const cursor = parseCursor(after, ['string', 'string']);
  const rows = mayRead(ctx, accountId) ? await read(cursor) : [];
  return pageOf(rows, first, ({ createdAt, id }) => [createdAt.toISOString(), id], 'forward', cursor !== null);
}
