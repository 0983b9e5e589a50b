import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { invitations, projects, tasks } from '../../drizzle/schema/index.ts';
import { can, isPartner, isStaff } from '../access/policy.ts';
import { type Role, roles, usualFirst, type Viewer } from '../access/viewer.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, groupByKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { factsOfInvitation, type InvitationRow } from './invitations.ts';
import { landingOf } from './queries.ts';

/** An invitation as those see it who could have made it: never its token. */
export type InvitationSeen = Omit<InvitationRow, 'tokenHash'>;

const isWaiting = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt));

function readable(ctx: Ctx, rows: InvitationRow[]): InvitationSeen[] {
  return rows
    .filter(
      (row) =>
        (isStaff(ctx.viewer) && can(ctx.viewer, 'person.read', factsOfInvitation(row))) ||
        can(ctx.viewer, 'person.invite', factsOfInvitation(row)),
    )
    .map(({ tokenHash: _, ...row }) => row);
}

/** Invitations by id; null for what is missing or not to be known. */
export function invitationLoader(ctx: Ctx) {
  return loaderOf<string, InvitationSeen | null>(ctx, 'invitations.byId', async (ids) => {
    const rows = await ctx.db
      .select()
      .from(invitations)
      .where(inArray(invitations.id, uuids(ids)));
    return byKey(ids, readable(ctx, rows), (row) => row.id);
  });
}

/** Who was invited to each account and has not joined, the oldest first. */
export function invitationsOfAccountLoader(ctx: Ctx) {
  return loaderOf<string, InvitationSeen[]>(ctx, 'invitations.ofAccount', async (accountIds) => {
    const rows = await ctx.db
      .select()
      .from(invitations)
      .where(and(inArray(invitations.accountId, uuids(accountIds)), isNotNull(invitations.accountId), isWaiting))
      .orderBy(asc(invitations.createdAt), asc(invitations.id));
    return groupByKey(accountIds, readable(ctx, rows), (row) => row.accountId ?? '');
  });
}

/** Staff, or partners, who were invited and have not joined. For staff; nobody else could have made one. */
export async function invitationsTo(ctx: Ctx, place: 'company' | 'partners'): Promise<InvitationSeen[]> {
  const rows = await ctx.db
    .select()
    .from(invitations)
    .where(and(isNull(invitations.accountId), isWaiting))
    .orderBy(asc(invitations.createdAt), asc(invitations.id));
  return readable(
    ctx,
    rows.filter((row) => isPartner(row) === (place === 'partners')),
  );
}

/** Where somebody new may be put: into an account, among the company's own, or beside them as a partner. */
export type NewPlace = { accountId: string } | 'company' | 'partners';

/** The roles that the viewer may give to somebody new there, the usual one first. */
export function invitableRoles(ctx: Ctx, place: NewPlace): Role[] {
  const accountId = typeof place === 'string' ? null : place.accountId;
  const fits = (role: Role) => {
    if (place === 'company') return isStaff({ role });
    return isPartner({ role }) === (place === 'partners') && !isStaff({ role });
  };
  const given = roles.filter((role) => can(ctx.viewer, 'person.invite', { role, accountId, projectIds: [] }));
  return usualFirst(given.filter(fits));
}

/** Where somebody who has just joined lands: on the task that waits on their side, due first; else where everybody does. */
export async function landingOfNew(services: Pick<Services, 'db'>, viewer: Viewer): Promise<string> {
  if (isStaff(viewer)) return landingOf(services, viewer);
  const isOwn =
    viewer.projectIds === null
      ? eq(projects.accountId, viewer.accountId ?? '')
      : inArray(projects.id, [...viewer.projectIds]);
  const [next] = await services.db
    .select({ id: tasks.id })
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(
      and(
        isOwn,
        eq(projects.state, 'ACTIVE'),
        eq(tasks.side, 'CLIENT'),
        eq(tasks.visibility, 'SHARED'),
        inArray(tasks.state, ['READY', 'IN_PROGRESS', 'CHANGES_REQUESTED']),
      ),
    )
    .orderBy(sql`${tasks.dueOn} nulls last`, asc(tasks.index), asc(tasks.id))
    .limit(1);
  return next ? `/tasks/${next.id}` : landingOf(services, viewer);
}
