import { and, eq, isNotNull } from 'drizzle-orm';
import { sessions } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { personLock } from './memberLock.ts';

/*
 * A session of a staff person may look through a client's eyes, marked on the session's row:
 *   begun    by the staff person; every socket of the session ends, and what comes anew meets the client's view
 *   ended    by the staff person, or after an hour, or with the client's removal or the session's end
 */
export const viewAsMinutes = 60;
export const endViewJob = 'session.endView';

const ofCompany = { audience: 'INTERNAL', projectId: null } as const;

/** Shows the rest of this session what a client sees. NOT_FOUND and FORBIDDEN as for any act on a person. */
export async function viewAsStart(ctx: Ctx, personId: string): Promise<void> {
  const { viewer } = ctx;
  if (viewer.viewedBy !== null || viewer.token !== null) throw new ApiError('FORBIDDEN');
  await transaction(ctx, async (tx) => {
    const person = await personLock(tx, ctx, personId);
    if (person.removedAt !== null) throw new ApiError('NOT_FOUND');
    if (!can(viewer, 'person.viewAs', person)) throw new ApiError('FORBIDDEN');
    const until = new Date(ctx.clock.now().getTime() + viewAsMinutes * 60_000);
    await tx
      .update(sessions)
      .set({ viewAsPersonId: person.id, viewAsUntil: until })
      .where(eq(sessions.id, viewer.sessionId));
    await ctx.jobs.due(tx, endViewJob, viewer.sessionId, until);
    append(tx, { ...ofCompany, kind: 'person.viewed', actorId: viewer.personId, subjectId: person.id, facts: {} });
    tx.afterCommit.push(() => ctx.connections.recheck(viewer.personId));
  });
}

/** Gives a session its own eyes back. Does nothing when it has them. */
export async function viewAsEnd(services: Services, sessionId: string): Promise<void> {
  await transaction(services, (tx) => viewAsEndIn(tx, services, sessionId));
}

/** Ends every look through somebody's eyes, as a part of the act that takes their access away. */
export async function viewsEndOf(tx: Tx, services: Services, viewedId: string): Promise<void> {
  const viewing = await tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.viewAsPersonId, viewedId));
  for (const { id } of viewing) await viewAsEndIn(tx, services, id);
}

async function viewAsEndIn(tx: Tx, services: Services, sessionId: string): Promise<void> {
  const [session] = await tx
    .select({ personId: sessions.personId, viewAsPersonId: sessions.viewAsPersonId })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), isNotNull(sessions.viewAsPersonId)))
    .for('update');
  if (!session?.viewAsPersonId) return;
  await tx.update(sessions).set({ viewAsPersonId: null, viewAsUntil: null }).where(eq(sessions.id, sessionId));
  await services.jobs.notDue(tx, endViewJob, sessionId);
  const { personId, viewAsPersonId } = session;
  append(tx, { ...ofCompany, kind: 'person.viewEnded', actorId: personId, subjectId: viewAsPersonId, facts: {} });
  tx.afterCommit.push(() => services.connections.recheck(personId));
}
