import { createHash, randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { events, logHead, projectPositions, revisions } from '../../../drizzle/schema/index.ts';
import type { NewEvent } from '../../events.ts';
import type { Tx } from '../database/transaction.ts';

/** Where a project's log stands: `position` counts all events (staff), `sharedPosition` those that clients may see. */
export type ProjectPositions = { position: number; sharedPosition: number };

/** Appends to the log. It takes a transaction, so that a row of the domain cannot change without its event. */
export function append(tx: Tx, event: NewEvent): void {
  tx.pending.push(event);
}

/**
 * Numbers and writes the pending events as the last statements of the transaction. Positions are taken under the
 * project's row lock: a plain sequence can commit out of order and a reader would skip an event. Projects are locked
 * in id order and the company's head last, so that two transactions cannot wait for each other.
 */
export async function flushEvents(tx: Tx, at: Date): Promise<Map<string, ProjectPositions>> {
  const reached = new Map<string, ProjectPositions>();
  if (tx.pending.length === 0) return reached;

  const next = new Map<string, ProjectPositions>();
  for (const projectId of [...new Set(tx.pending.flatMap((event) => event.projectId ?? []))].sort()) {
    const own = tx.pending.filter((event) => event.projectId === projectId);
    const shared = own.filter((event) => event.audience === 'SHARED').length;
    const row = one(
      await tx
        .update(projectPositions)
        .set({
          position: sql`${projectPositions.position} + ${own.length}`,
          sharedPosition: sql`${projectPositions.sharedPosition} + ${shared}`,
        })
        .where(eq(projectPositions.projectId, projectId))
        .returning(),
    );
    reached.set(projectId, { position: row.position, sharedPosition: row.sharedPosition });
    next.set(projectId, { position: row.position - own.length, sharedPosition: row.sharedPosition - shared });
  }

  const head = one(await tx.select().from(logHead).where(eq(logHead.id, 1)).for('update'));
  let { seq, hash } = head;
  const eventRows: (typeof events.$inferInsert)[] = [];
  const revisionRows: (typeof revisions.$inferInsert)[] = [];
  for (const event of tx.pending) {
    seq += 1;
    const counters = event.projectId === null ? undefined : next.get(event.projectId);
    if (counters) {
      counters.position += 1;
      if (event.audience === 'SHARED') counters.sharedPosition += 1;
    }
    const row = {
      id: uuidv7(),
      seq,
      projectId: event.projectId,
      position: counters?.position ?? null,
      sharedPosition: counters && event.audience === 'SHARED' ? counters.sharedPosition : null,
      kind: event.kind,
      audience: event.audience,
      actorId: event.actorId,
      subjectId: event.subjectId,
      taskId: 'taskId' in event ? event.taskId : null,
      facts: event.facts,
      at,
    };
    const revision = revisionOf(event, row.id);
    hash = chain(hash, row, revision?.hash ?? '');
    eventRows.push({ ...row, hash });
    if (revision) revisionRows.push(revision);
  }
  await tx.insert(events).values(eventRows);
  if (revisionRows.length > 0) await tx.insert(revisions).values(revisionRows);
  await tx.update(logHead).set({ seq, hash }).where(eq(logHead.id, 1));
  return reached;
}

/** The salted hash survives the erasure of the words: the chain can still be checked without them. */
function revisionOf(event: NewEvent, eventId: string): typeof revisions.$inferInsert | null {
  if (!event.revision) return null;
  const salt = randomBytes(16).toString('base64url');
  return {
    id: uuidv7(),
    eventId,
    subjectId: event.subjectId,
    audience: event.audience,
    before: event.revision.before,
    after: event.revision.after,
    salt,
    hash: sha256(salt + canonical(event.revision)),
  };
}

type HashedEvent = Pick<
  typeof events.$inferSelect,
  | 'id'
  | 'seq'
  | 'projectId'
  | 'position'
  | 'sharedPosition'
  | 'kind'
  | 'audience'
  | 'actorId'
  | 'subjectId'
  | 'taskId'
  | 'facts'
  | 'at'
>;

/** The hash of an event: over the hash before it, its fields in a fixed order, and its revision's hash. */
export function chain(previous: string, event: HashedEvent, revisionHash: string): string {
  const { id, seq, projectId, position, sharedPosition, kind, audience, actorId, subjectId, taskId, facts, at } = event;
  const fields = [id, seq, projectId, position, sharedPosition, kind, audience, actorId, subjectId, taskId, facts];
  return sha256(`${previous}\n${canonical(fields)}\n${at.toISOString()}\n${revisionHash}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** JSON with sorted keys: jsonb does not keep the order in which keys were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function one<T>(rows: T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('The log has no counter row: was the database migrated?');
  return row;
}
