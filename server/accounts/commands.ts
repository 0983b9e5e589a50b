import { and, eq, inArray, isNull } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { accountFacts, accounts, apiTokens, company, people, projects } from '../../drizzle/schema/index.ts';
import { can, factsOfProject, isPartner, isStaff } from '../access/policy.ts';
import type { Role } from '../access/viewer.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { idempotent } from '../platform/idempotency.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { attach, invitationAdd, invitationsRevokeOf, openInvitation } from './invitations.ts';
import { addressLock, checkedName, checkedTimeZone, personLock } from './memberLock.ts';
import { endSessions } from './sessions.ts';
import { viewsEndOf } from './views.ts';

export { type AccountRow, accountLock, accountTouch, checkAccountRevision } from './accountRows.ts';
export { newToken, sameHash, tokenHash } from './tokens.ts';

/** What happens to the company, its accounts and people is not of any project, and only staff read of it. */
const ofCompany = { audience: 'INTERNAL', projectId: null } as const;

export type CompanyInput = { name: string; timeZone: string; currency: string; holidays?: string[] };

export async function companyCreate(
  services: Services,
  actorId: string | null,
  input: CompanyInput,
): Promise<Committed<{ id: string }>> {
  return transaction(services, async (tx) => {
    const id = uuidv7();
    await tx.insert(company).values({ id, ...input });
    append(tx, { ...ofCompany, kind: 'company.created', actorId, subjectId: id, facts: {} });
    return { id };
  });
}

export type AccountInput = {
  name: string;
  website: string;
  timeZone: string;
  /** What is known of the account, and from where. */
  facts?: { key: string; value: string; source: string }[];
};

export async function accountCreate(
  services: Services,
  actorId: string | null,
  input: AccountInput,
): Promise<Committed<{ id: string }>> {
  return transaction(services, async (tx) => ({ id: await accountInsert(tx, services, actorId, input) }));
}

/** Makes an account within an act that makes more. */
export async function accountInsert(
  tx: Tx,
  services: Pick<Services, 'clock'>,
  actorId: string | null,
  { facts = [], ...input }: AccountInput,
): Promise<string> {
  const at = services.clock.now();
  const id = uuidv7();
  await tx.insert(accounts).values({ id, revision: 1, ...input, createdAt: at, updatedAt: at });
  if (facts.length > 0) await tx.insert(accountFacts).values(facts.map((fact) => ({ accountId: id, ...fact, at })));
  append(tx, { ...ofCompany, kind: 'account.created', actorId, subjectId: id, facts: {} });
  return id;
}

export type PersonInput = {
  email: string;
  name: string;
  role: Role;
  /** Null for staff and partners, and only for them. */
  accountId: string | null;
  timeZone: string;
  /** Sample people may sign in by one click on the machine itself. */
  isSample: boolean;
};

export async function personAdd(
  services: Services,
  actorId: string | null,
  input: PersonInput,
): Promise<Committed<{ id: string }>> {
  const isWithoutAccount = isStaff(input) || isPartner(input);
  if (isWithoutAccount !== (input.accountId === null)) throw new Error('Staff have no account, clients have one.');
  return transaction(services, async (tx) => {
    const at = services.clock.now();
    const id = uuidv7();
    await tx
      .insert(people)
      .values({ id, ...input, email: normalEmail(input.email), createdAt: at, updatedAt: at, removedAt: null });
    const { role, accountId } = input;
    append(tx, { ...ofCompany, kind: 'person.added', actorId, subjectId: id, facts: { role, accountId } });
    return { id };
  });
}

/** Takes a person's access away: their sessions and sockets end; what they did stays under their name. */
export async function personRemove(services: Services, actorId: string | null, personId: string): Promise<void> {
  await transaction(services, (tx) => personRemoveIn(tx, services, actorId, personId));
}

/** As `personRemove`, as a part of another act. */
export async function personRemoveIn(
  tx: Tx,
  services: Services,
  actorId: string | null,
  personId: string,
): Promise<void> {
  const at = services.clock.now();
  const removed = await tx
    .update(people)
    .set({ removedAt: at, updatedAt: at })
    .where(and(eq(people.id, personId), isNull(people.removedAt)))
    .returning({ role: people.role });
  if (removed.length === 0) return;
  await endSessions(tx, services, personId);
  await viewsEndOf(tx, services, personId);
  append(tx, { ...ofCompany, kind: 'person.removed', actorId, subjectId: personId, facts: {} });
  // For good: whoever comes back makes new ones, as they sign in anew.
  const revoked = await tx
    .update(apiTokens)
    .set({ revokedAt: at })
    .where(and(eq(apiTokens.personId, personId), isNull(apiTokens.revokedAt)))
    .returning({ id: apiTokens.id });
  for (const { id } of revoked) {
    append(tx, { ...ofCompany, kind: 'token.revoked', actorId, subjectId: id, facts: { personId } });
  }
  const wasStaff = removed.some(isStaff);
  await invitationsRevokeOf(tx, services, { id: personId, wasStaff, now: null }, actorId);
}

export type PersonInviteInput = {
  email: string;
  name: string;
  role: Role;
  /** Null for staff and partners, and only for them. */
  accountId: string | null;
  /** What a partner is attached to on joining; empty for everybody else. */
  projectIds: string[];
  /** Theirs; without one the account's or the company's. */
  timeZone?: string | null;
};

/** Invites somebody by mail. They join when they open it; until then they are nobody. */
export async function personInvite(
  ctx: Ctx,
  { idempotencyKey, ...input }: PersonInviteInput & { idempotencyKey: string },
): Promise<Committed<{ id: string }>> {
  return transaction(ctx, async (tx) => {
    const id = await idempotent(ctx, tx, { act: 'personInvite', key: idempotencyKey, body: input }, async () => ({
      subjectId: (await personInviteIn(ctx, tx, input)).id,
    }));
    return { id };
  });
}

/** As `personInvite`, as a part of another act. The account and the projects may be made in the same transaction. */
export async function personInviteIn(ctx: Ctx, tx: Tx, input: PersonInviteInput): Promise<{ id: string }> {
  const { role, accountId } = input;
  const isWithoutAccount = isStaff({ role }) || isPartner({ role });
  const projectIds = isPartner({ role }) ? [...new Set(input.projectIds)] : [];
  const placeZone = await zoneOfPlace(tx, ctx, accountId);
  if (!can(ctx.viewer, 'person.invite', { role, accountId, projectIds })) throw new ApiError('FORBIDDEN');
  if (isWithoutAccount !== (accountId === null)) throw new ActError('EMPTY', { field: 'accountId' });
  if (isPartner({ role }) && projectIds.length === 0) throw new ActError('EMPTY', { field: 'projectIds' });
  // Also those that the role does not take: what is named is checked, and never passed over.
  await mayAttach(tx, ctx, [...new Set(input.projectIds)]);
  const email = normalEmail(input.email);
  if (!isEmail(email)) throw new ActError('INVALID_EMAIL', { field: 'email' });
  const name = checkedName(input.name);
  const timeZone = checkedTimeZone(input.timeZone ?? placeZone);
  await addressLock(tx, email);
  const [known] = await tx
    .select({ accountId: people.accountId })
    .from(people)
    .where(and(eq(people.email, email), isNull(people.removedAt)));
  // Only who may see them anyway is told. Everybody else gets the same answer as for a new address.
  const isTold =
    known && (isStaff(ctx.viewer) || (known.accountId !== null && known.accountId === ctx.viewer.accountId));
  if (isTold) throw new ActError('ALREADY_HERE', { field: 'email' });
  if (await openInvitation(tx, ctx.clock.now(), { email, accountId })) {
    throw new ActError('ALREADY_INVITED', { field: 'email' });
  }
  return invitationAdd(tx, ctx, { email, name, role, accountId, projectIds, timeZone });
}

/** The time zone of the account, or the company's. NOT_FOUND for an account that is missing or not the viewer's to know. */
async function zoneOfPlace(tx: Tx, ctx: Ctx, accountId: string | null): Promise<string> {
  const isKnown = accountId === null || isStaff(ctx.viewer) || accountId === ctx.viewer.accountId;
  if (!isKnown) throw new ApiError('NOT_FOUND');
  const [place] =
    accountId === null
      ? await tx.select({ timeZone: company.timeZone }).from(company)
      : await tx
          .select({ timeZone: accounts.timeZone })
          .from(accounts)
          .where(inArray(accounts.id, uuids([accountId])));
  if (!place && accountId !== null) throw new ApiError('NOT_FOUND');
  return place?.timeZone ?? 'UTC';
}

/** NOT_FOUND for a project that is missing or not to be known, FORBIDDEN for one that the viewer may attach nobody to. */
export async function mayAttach(tx: Tx, ctx: Ctx, projectIds: readonly string[]): Promise<void> {
  if (projectIds.length === 0) return;
  const rows = await tx
    .select({
      id: projects.id,
      accountId: projects.accountId,
      state: projects.state,
      activatedAt: projects.activatedAt,
    })
    .from(projects)
    .where(inArray(projects.id, uuids(projectIds)));
  const facts = rows.map(factsOfProject);
  if (facts.length < projectIds.length || !facts.every((fact) => can(ctx.viewer, 'project.read', fact))) {
    throw new ApiError('NOT_FOUND');
  }
  if (!facts.every((fact) => can(ctx.viewer, 'partner.attach', fact))) throw new ApiError('FORBIDDEN');
}

/** Lets a partner see one more project. */
export async function partnerAttach(ctx: Ctx, personId: string, projectId: string): Promise<Committed<{ id: string }>> {
  return transaction(ctx, async (tx) => {
    await mayAttach(tx, ctx, [projectId]);
    const person = await personLock(tx, ctx, personId);
    if (person.removedAt !== null || !isPartner(person)) throw new ApiError('NOT_FOUND');
    await attach(tx, ctx, { personId, projectIds: [projectId], actorId: ctx.viewer.personId });
    return { id: personId };
  });
}

const emailAddress = z.email().max(254);

/** Whether a text can be an address; asked of its normal form. */
export function isEmail(email: string): boolean {
  return emailAddress.safeParse(email).success;
}

/** Addresses are compared in lower case: no mail system in use tells people apart by case. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}
