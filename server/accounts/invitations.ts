import { and, desc, eq, gt, inArray, isNotNull, isNull, notInArray } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { accounts, invitations, passwords, people, projectPartners, projects } from '../../drizzle/schema/index.ts';
import { can, isPartner, isStaff, type PersonFacts } from '../access/policy.ts';
import type { Viewer } from '../access/viewer.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import { publicOrigin } from '../platform/http/origin.ts';
import { mailSend } from '../platform/mail/mail.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { invitationMailCount } from './invitationLimits.ts';
import { addressLock } from './memberLock.ts';
import { companyOf, viewerByPerson } from './queries.ts';
import { type SigningBrowser, startSession } from './sessions.ts';
import { newToken, sameHash, tokenHash } from './tokens.ts';

/*
 * An invitation is open until one of these comes first:
 *   accepted  its token was posted from the page that the mail leads to, and the person of its address joined
 *   revoked   whoever may invite took it back, or whoever invited left
 *   expired   7 days passed since it was last sent
 * Sending it again replaces its token and begins the 7 days anew.
 */
export const invitationDays = 7;
const invitationMs = invitationDays * 24 * 60 * 60_000;

export type InvitationRow = typeof invitations.$inferSelect;
export type InvitationProblem =
  | 'INVITATION_EXPIRED'
  | 'INVITATION_INVALID'
  | 'INVITATION_KNOWN'
  | 'INVITATION_OTHER_PERSON'
  | 'INVITATION_REVOKED'
  | 'INVITATION_USED';

const ofCompany = { audience: 'INTERNAL', projectId: null } as const;

/** What policy is asked about an invitation: the person that would come of it. */
export const factsOfInvitation = ({ role, accountId, projectIds }: InvitationRow): PersonFacts => ({
  role,
  accountId,
  projectIds,
});

export const isOpen = (invitation: InvitationRow, now: Date): boolean =>
  invitation.acceptedAt === null && invitation.revokedAt === null && invitation.expiresAt > now;

type NewInvitation = Pick<InvitationRow, 'email' | 'name' | 'role' | 'accountId' | 'projectIds' | 'timeZone'>;

/** Writes a checked invitation and mails it. */
export async function invitationAdd(tx: Tx, ctx: Ctx, invited: NewInvitation): Promise<InvitationRow> {
  const now = ctx.clock.now();
  const row: InvitationRow = {
    id: uuidv7(),
    ...invited,
    tokenHash: null,
    invitedBy: ctx.viewer.personId,
    createdAt: now,
    sentAt: now,
    expiresAt: now,
    acceptedAt: null,
    personId: null,
    revokedAt: null,
  };
  await tx.insert(invitations).values(row);
  const { role, accountId } = invited;
  append(tx, {
    ...ofCompany,
    kind: 'person.invited',
    actorId: ctx.viewer.personId,
    subjectId: row.id,
    facts: { role, accountId },
    revision: { before: null, after: { email: invited.email, name: invited.name } },
  });
  return invitationSend(tx, ctx, row);
}

/**
 * Mails an invitation under a fresh token. To an address that is somebody's already goes another mail, that they can
 * sign in: whoever invited learns nothing by it, since the row and the answer are the same.
 */
async function invitationSend(tx: Tx, ctx: Ctx, row: InvitationRow): Promise<InvitationRow> {
  await invitationMailCount(ctx, row);
  const now = ctx.clock.now();
  const [known] = await tx
    .select({ name: people.name })
    .from(people)
    .where(and(eq(people.email, row.email), isNull(people.removedAt)));
  const [inviter] = await tx.select({ name: people.name }).from(people).where(eq(people.id, ctx.viewer.personId));
  const { name: company } = await companyOf({ db: tx });
  const token = newToken();
  const sent = {
    tokenHash: known ? null : tokenHash(token),
    sentAt: now,
    expiresAt: new Date(now.getTime() + invitationMs),
  };
  await tx.update(invitations).set(sent).where(eq(invitations.id, row.id));
  const origin = publicOrigin(ctx);
  const said = { company, inviter: inviter?.name ?? company, email: row.email };
  await mailSend(tx, ctx, {
    to: { email: row.email, name: known?.name ?? row.name },
    ...(known
      ? { template: 'invitationKnown', params: { ...said, name: known.name, link: `${origin}/sign-in` } }
      : {
          template: 'invitation',
          params: {
            ...said,
            name: row.name,
            place: await placeOf(tx, row, company),
            days: String(invitationDays),
            link: `${origin}/invitation?id=${row.id}&token=${token}`,
          },
        }),
  });
  return { ...row, ...sent };
}

/** Whose integrations somebody is invited to: the account's, that of a partner's projects, or the company's. */
async function placeOf(tx: Tx, { accountId, projectIds }: InvitationRow, company: string): Promise<string> {
  const isOfProjects = eq(projects.accountId, accounts.id);
  const found =
    accountId === null
      ? await tx
          .selectDistinct({ name: accounts.name })
          .from(accounts)
          .innerJoin(projects, isOfProjects)
          .where(inArray(projects.id, projectIds))
      : await tx.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, accountId));
  return found.length === 0 ? company : found.map(({ name }) => name).join(', ');
}

/** Locks an invitation that the viewer could have made. NOT_FOUND for every other. */
async function invitationLock(tx: Tx, ctx: Ctx, id: string): Promise<InvitationRow> {
  if (!isUuid(id)) throw new ApiError('NOT_FOUND');
  const [row] = await tx.select().from(invitations).where(eq(invitations.id, id)).for('update');
  if (!row || !can(ctx.viewer, 'person.invite', factsOfInvitation(row))) throw new ApiError('NOT_FOUND');
  return row;
}

/** Sends an invitation that nobody accepted yet once more; the links sent before end. */
export async function personReinvite(ctx: Ctx, id: string): Promise<Committed<{ id: string }>> {
  return transaction(ctx, async (tx) => {
    const row = await invitationLock(tx, ctx, id);
    if (row.acceptedAt !== null || row.revokedAt !== null) throw new ApiError('NOT_FOUND');
    await addressLock(tx, row.email);
    await invitationSend(tx, ctx, row);
    append(tx, { ...ofCompany, kind: 'person.reinvited', actorId: ctx.viewer.personId, subjectId: id, facts: {} });
    return { id };
  });
}

/** Takes an invitation back; its link says so from then on. */
export async function personUninvite(ctx: Ctx, id: string): Promise<Committed<{ id: string }>> {
  return transaction(ctx, async (tx) => {
    const row = await invitationLock(tx, ctx, id);
    if (row.acceptedAt !== null) throw new ApiError('NOT_FOUND');
    if (row.revokedAt === null) await revoke(tx, ctx, [row.id], ctx.viewer.personId);
    return { id };
  });
}

async function revoke(tx: Tx, services: Services, ids: string[], actorId: string | null): Promise<void> {
  if (ids.length === 0) return;
  await tx.update(invitations).set({ revokedAt: services.clock.now() }).where(inArray(invitations.id, ids));
  for (const subjectId of ids) append(tx, { ...ofCompany, kind: 'person.uninvited', actorId, subjectId, facts: {} });
}

/**
 * Takes back what somebody invited and may not invite any more, after they left or got another role. What staff sent to
 * clients stays good: it was the company that invited them.
 */
export async function invitationsRevokeOf(
  tx: Tx,
  services: Services,
  inviter: { id: string; wasStaff: boolean; now: Viewer | null },
  actorId: string | null,
): Promise<void> {
  const open = await tx
    .select()
    .from(invitations)
    .where(and(eq(invitations.invitedBy, inviter.id), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)));
  const lost = open.filter((row) => {
    const isKept = inviter.wasStaff && !isStaff(row);
    return !isKept && !(inviter.now && can(inviter.now, 'person.invite', factsOfInvitation(row)));
  });
  await revoke(
    tx,
    services,
    lost.map((row) => row.id),
    actorId,
  );
}

export type InvitationUse = { id: string; token: string };
export type InvitationSeen = { email: string; name: string; company: string; inviter: string | null };
export type InvitationLook = InvitationSeen | { problem: InvitationProblem };

/** What the page of an invitation shows. Looking consumes nothing. */
export async function invitationLook(services: Services, use: InvitationUse): Promise<InvitationLook> {
  const { value } = await transaction(services, async (tx): Promise<InvitationLook> => {
    const found = await invitationByToken(tx, services, use);
    if ('problem' in found) return found;
    const [inviter] = await tx.select({ name: people.name }).from(people).where(eq(people.id, found.invitedBy));
    const { name: company } = await companyOf({ db: tx });
    return { email: found.email, name: found.name, company, inviter: inviter?.name ?? null };
  });
  return value;
}

/** The open invitation of a token, locked; else why it is none. Only whoever holds the right token learns why. */
async function invitationByToken(
  tx: Tx,
  services: Services,
  { id, token }: InvitationUse,
): Promise<InvitationRow | { problem: InvitationProblem }> {
  const [row] = await tx.select().from(invitations).where(eq(invitations.id, id)).for('update');
  if (!row || row.tokenHash === null || !sameHash(row.tokenHash, tokenHash(token))) {
    return { problem: 'INVITATION_INVALID' };
  }
  if (row.acceptedAt !== null) return { problem: 'INVITATION_USED' };
  if (row.revokedAt !== null) return { problem: 'INVITATION_REVOKED' };
  if (row.expiresAt <= services.clock.now()) return { problem: 'INVITATION_EXPIRED' };
  return row;
}

export type InvitationAccept = InvitationUse &
  SigningBrowser & {
    name: string | null;
    timeZone: string | null;
    /** The person whose session the browser has; null when nobody's. */
    signedInId: string | null;
  };
export type InvitationAccepted = { token: string; personId: string } | { problem: InvitationProblem };

/**
 * Makes the person of the invitation's address and signs them in. Nobody else gets anything by it: a browser in which
 * somebody is signed in is refused, and an address that has a person meanwhile signs in by itself.
 */
export async function invitationAccept(services: Services, use: InvitationAccept): Promise<InvitationAccepted> {
  const { value } = await transaction(services, async (tx): Promise<InvitationAccepted> => {
    const found = await invitationByToken(tx, services, use);
    if ('problem' in found) return found;
    if (use.signedInId !== null) return { problem: 'INVITATION_OTHER_PERSON' };
    await addressLock(tx, found.email);
    const [known] = await tx
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.email, found.email), isNull(people.removedAt)));
    if (known) return { problem: 'INVITATION_KNOWN' };
    const personId = await join(tx, services, found, use);
    return { token: await startSession(tx, services, personId, use), personId };
  });
  return value;
}

async function join(tx: Tx, services: Services, invitation: InvitationRow, use: InvitationAccept): Promise<string> {
  const now = services.clock.now();
  const { email, role, accountId } = invitation;
  const kept = {
    name: use.name ?? invitation.name,
    role,
    timeZone: use.timeZone ?? invitation.timeZone,
    provenAt: now,
    updatedAt: now,
    removedAt: null,
  };
  // Who was here before, in the same place, comes back as themselves.
  const [former] = await tx
    .select({ id: people.id, role: people.role })
    .from(people)
    .where(
      and(
        eq(people.email, email),
        isNotNull(people.removedAt),
        accountId === null ? isNull(people.accountId) : eq(people.accountId, accountId),
      ),
    )
    .orderBy(desc(people.removedAt))
    .limit(1);
  const isFormer = former !== undefined && isPartner(former) === isPartner({ role });
  const id = isFormer ? former.id : uuidv7();
  if (isFormer) {
    await tx.update(people).set(kept).where(eq(people.id, id));
    await forgetOf(tx, services, {
      personId: id,
      keptProjectIds: invitation.projectIds,
      actorId: invitation.invitedBy,
    });
  } else await tx.insert(people).values({ id, email, accountId, isSample: false, createdAt: now, ...kept });
  await tx.update(invitations).set({ acceptedAt: now, personId: id }).where(eq(invitations.id, invitation.id));
  append(tx, {
    ...ofCompany,
    kind: 'person.joined',
    actorId: id,
    subjectId: id,
    facts: { role, accountId, invitationId: invitation.id },
  });
  if (isPartner({ role })) {
    await attach(tx, services, { personId: id, projectIds: invitation.projectIds, actorId: invitation.invitedBy });
  }
  return id;
}

/**
 * What somebody had before they left does not come back with an invitation: the address may be another's since, so its
 * password goes, and a partner sees what this invitation names and no project of before.
 */
async function forgetOf(
  tx: Tx,
  services: Services,
  { personId, keptProjectIds, actorId }: { personId: string; keptProjectIds: string[]; actorId: string },
): Promise<void> {
  await tx.delete(passwords).where(eq(passwords.personId, personId));
  const isOther = and(
    eq(projectPartners.personId, personId),
    notInArray(projectPartners.projectId, keptProjectIds),
    isNull(projectPartners.detachedAt),
  );
  const detached = await tx
    .update(projectPartners)
    .set({ detachedAt: services.clock.now() })
    .where(isOther)
    .returning({ projectId: projectPartners.projectId });
  for (const { projectId } of detached) {
    append(tx, { kind: 'partner.detached', audience: 'SHARED', projectId, actorId, subjectId: personId, facts: {} });
  }
}

type Attaching = { personId: string; projectIds: readonly string[]; actorId: string };

/** Lets a partner see projects; those that they see already stay as they are. */
export async function attach(tx: Tx, services: Services, { personId, projectIds, actorId }: Attaching): Promise<void> {
  if (projectIds.length === 0) return;
  const createdAt = services.clock.now();
  const attached = await tx
    .insert(projectPartners)
    .values(projectIds.map((projectId) => ({ projectId, personId, createdAt })))
    .onConflictDoUpdate({
      target: [projectPartners.projectId, projectPartners.personId],
      set: { detachedAt: null },
      setWhere: isNotNull(projectPartners.detachedAt),
    })
    .returning({ projectId: projectPartners.projectId });
  for (const { projectId } of attached) {
    append(tx, { kind: 'partner.attached', audience: 'SHARED', projectId, actorId, subjectId: personId, facts: {} });
  }
  tx.afterCommit.push(() => services.connections.recheck(personId));
}

/** An open invitation to the same place. */
export async function openInvitation(
  tx: Tx,
  now: Date,
  { email, accountId }: { email: string; accountId: string | null },
): Promise<InvitationRow | null> {
  const [row] = await tx
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.email, email),
        accountId === null ? isNull(invitations.accountId) : eq(invitations.accountId, accountId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now),
      ),
    );
  return row ?? null;
}

/** Somebody's rights as they are in this transaction. */
export const rightsOf = (tx: Tx, personId: string): Promise<Viewer | null> => viewerByPerson({ db: tx }, personId);
