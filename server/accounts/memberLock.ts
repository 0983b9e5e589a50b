import { and, eq, isNull, sql } from 'drizzle-orm';
import { people, projectPartners } from '../../drizzle/schema/index.ts';
import { can, type PersonFacts } from '../access/policy.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import type { Ctx } from '../platform/services.ts';
import { viewerByPerson } from './queries.ts';

export const maxNameCharacters = 200;

/** What policy must know of a person, and whether they are still here. */
export type MemberFacts = PersonFacts & { id: string; name: string; email: string; removedAt: Date | null };

/** Locks somebody's row for the rest of the transaction. NOT_FOUND when they are missing or not the viewer's to know. */
export async function personLock(tx: Tx, ctx: Ctx, personId: string): Promise<MemberFacts> {
  if (!isUuid(personId)) throw new ApiError('NOT_FOUND');
  const [row] = await tx.select().from(people).where(eq(people.id, personId)).for('update');
  if (!row) throw new ApiError('NOT_FOUND');
  const attached = await tx
    .select({ id: projectPartners.projectId })
    .from(projectPartners)
    .where(and(eq(projectPartners.personId, row.id), isNull(projectPartners.detachedAt)));
  const { id, name, email, role, accountId, removedAt } = row;
  const person = { id, name, email, role, accountId, removedAt, projectIds: attached.map((one) => one.id) };
  if (id !== ctx.viewer.personId && !can(ctx.viewer, 'person.read', person)) throw new ApiError('NOT_FOUND');
  return person;
}

/**
 * Roles are given and people are removed one act after the other, each by the rights that its actor has by then, which
 * are the answer: two admins who take each other's at the same moment would otherwise leave nobody who has them.
 */
export async function rightsLock(tx: Tx, { viewer }: Ctx): Promise<Viewer> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('rights of people', 0))`);
  const now = await viewerByPerson({ db: tx }, viewer.personId);
  if (now === null) throw new ApiError('FORBIDDEN');
  const { sessionId, token, viewedBy } = viewer;
  return { ...now, sessionId, token, viewedBy };
}

/** Two acts on one address happen one after the other, also while nobody has it. */
export async function addressLock(tx: Tx, email: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`address:${email}`}, 0))`);
}

/** A name as it is kept: one line, not empty, not a novel. */
export function checkedName(name: string): string {
  const kept = name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  if (kept === '') throw new ActError('EMPTY', { field: 'name' });
  if (kept.length > maxNameCharacters)
    throw new ActError('TOO_LONG', { field: 'name', params: { max: maxNameCharacters } });
  return kept;
}

export function checkedTimeZone(timeZone: string): string {
  if (!isTimeZone(timeZone)) throw new ActError('INVALID_TIME_ZONE', { field: 'timeZone' });
  return timeZone;
}

export function isTimeZone(name: string): boolean {
  try {
    // Offsets such as +02:00 are no place: they know no summer time.
    return /^[A-Za-z]/.test(name) && Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
