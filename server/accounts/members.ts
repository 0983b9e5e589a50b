import { and, eq, isNull } from 'drizzle-orm';
import { people, projectPartners } from '../../drizzle/schema/index.ts';
import { can, isStaff } from '../access/policy.ts';
import type { Role } from '../access/viewer.ts';
import { type Committed, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { mayAttach, personRemoveIn } from './commands.ts';
import { invitationsRevokeOf } from './invitations.ts';
import { addressLock, checkedName, checkedTimeZone, personLock, rightsLock } from './memberLock.ts';
import { viewerByPerson } from './queries.ts';
import { endSessions } from './sessions.ts';

const ofCompany = { audience: 'INTERNAL', projectId: null } as const;
type Done = Committed<{ id: string }>;

/** Gives somebody another role. Their sessions and sockets end: nothing goes on under the rights of before. */
export async function personChangeRole(ctx: Ctx, personId: string, toRole: Role): Promise<Done> {
  return transaction(ctx, async (tx) => {
    const viewer = await rightsLock(tx, ctx);
    const person = await personLock(tx, ctx, personId);
    if (person.removedAt !== null) throw new ApiError('NOT_FOUND');
    if (!can(viewer, 'person.changeRole', { ...person, personId, toRole })) throw new ApiError('FORBIDDEN');
    if (person.role === toRole) return { id: personId };
    await tx.update(people).set({ role: toRole, updatedAt: ctx.clock.now() }).where(eq(people.id, personId));
    await endSessions(tx, ctx, personId);
    const actorId = ctx.viewer.personId;
    append(tx, {
      ...ofCompany,
      kind: 'person.roleChanged',
      actorId,
      subjectId: personId,
      facts: { from: person.role, to: toRole },
      revision: { before: { role: person.role }, after: { role: toRole } },
    });
    const now = await viewerByPerson({ db: tx }, personId);
    await invitationsRevokeOf(tx, ctx, { id: personId, wasStaff: isStaff(person), now }, actorId);
    return { id: personId };
  });
}

/** Takes somebody's access away, for whoever may. Nobody removes themselves, so that somebody who may is always left. */
export async function personRemoveAs(ctx: Ctx, personId: string): Promise<Done> {
  return transaction(ctx, async (tx) => {
    const viewer = await rightsLock(tx, ctx);
    const person = await personLock(tx, ctx, personId);
    if (personId === viewer.personId || !can(viewer, 'person.remove', person)) throw new ApiError('FORBIDDEN');
    await personRemoveIn(tx, ctx, viewer.personId, personId);
    return { id: personId };
  });
}

/** Takes a removal back: the person is here again as they were, and signs in anew. */
export async function personRestore(ctx: Ctx, personId: string): Promise<Done> {
  return transaction(ctx, async (tx) => {
    const person = await personLock(tx, ctx, personId);
    if (!can(ctx.viewer, 'person.remove', person) || !can(ctx.viewer, 'person.invite', person)) {
      throw new ApiError('FORBIDDEN');
    }
    if (person.removedAt === null) return { id: personId };
    await addressLock(tx, person.email);
    if (await hasAddress(person.email)) throw new ActError('ALREADY_HERE');
    await tx.update(people).set({ removedAt: null, updatedAt: ctx.clock.now() }).where(eq(people.id, personId));
    const { role, accountId } = person;
    const actorId = ctx.viewer.personId;
    append(tx, { ...ofCompany, kind: 'person.restored', actorId, subjectId: personId, facts: { role, accountId } });
    return { id: personId };

    async function hasAddress(email: string): Promise<boolean> {
      const rows = await tx.select({ removedAt: people.removedAt }).from(people).where(eq(people.email, email));
      return rows.some((row) => row.removedAt === null);
    }
  });
}

/** Takes a project away from a partner; their sockets are asked again at once. */
export async function partnerDetach(ctx: Ctx, personId: string, projectId: string): Promise<Done> {
  return transaction(ctx, async (tx) => {
    await mayAttach(tx, ctx, [projectId]);
    await personLock(tx, ctx, personId);
    const detached = await tx
      .update(projectPartners)
      .set({ detachedAt: ctx.clock.now() })
      .where(
        and(
          eq(projectPartners.personId, personId),
          eq(projectPartners.projectId, projectId),
          isNull(projectPartners.detachedAt),
        ),
      )
      .returning({ projectId: projectPartners.projectId });
    const actorId = ctx.viewer.personId;
    if (detached.length > 0) {
      append(tx, {
        kind: 'partner.detached',
        audience: 'SHARED',
        projectId,
        actorId,
        subjectId: personId,
        facts: {},
      });
    }
    tx.afterCommit.push(() => ctx.connections.recheck(personId));
    return { id: personId };
  });
}

export type ProfileInput = { name: string; timeZone: string };

/** Edits one's own name and time zone. Only by a session of one's own: neither by a token nor through other eyes. */
export async function profileEdit(ctx: Ctx, input: ProfileInput): Promise<Done> {
  const { personId, viewedBy, token } = ctx.viewer;
  if (viewedBy !== null || token !== null) throw new ApiError('FORBIDDEN');
  const after = { name: checkedName(input.name), timeZone: checkedTimeZone(input.timeZone) };
  return transaction(ctx, async (tx) => {
    const [before] = await tx
      .select({ name: people.name, timeZone: people.timeZone })
      .from(people)
      .where(eq(people.id, personId))
      .for('update');
    if (before?.name === after.name && before.timeZone === after.timeZone) return { id: personId };
    await tx
      .update(people)
      .set({ ...after, updatedAt: ctx.clock.now() })
      .where(eq(people.id, personId));
    append(tx, {
      ...ofCompany,
      kind: 'person.edited',
      actorId: personId,
      subjectId: personId,
      facts: {},
      revision: { before: before ?? null, after },
    });
    return { id: personId };
  });
}
