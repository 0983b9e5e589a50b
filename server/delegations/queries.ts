import { aliasedTable, and, asc, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import { delegations, people, tasks } from '../../drizzle/schema/index.ts';
import { can, isGranted, isStaff, type PersonFacts } from '../access/policy.ts';
import { isOfOneSide } from '../access/standIns.ts';
import type { Viewer } from '../access/viewer.ts';
import { type PersonSeen, peopleOfAccountLoader, staffPeople } from '../accounts/queries.ts';
import { isInForce } from '../accounts/standIns/queries.ts';
import { loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';
import { isOpen, type TaskSeen } from '../tasks/queries.ts';

export type DelegationRow = typeof delegations.$inferSelect;

/** Nobody's list is longer. */
export const mostDelegations = 20;

/** Whether somebody has approvals of their own to give away at all. */
export function mayDelegate(viewer: Viewer): boolean {
  const { role, accountId } = viewer;
  return can(viewer, 'approval.delegate', { personId: '', role, accountId, projectIds: [] });
}

/** The facts of a person, as the policy asks who may stand in. */
export const delegateFacts = (person: PersonFacts & { id: string }) => ({ ...person, personId: person.id });

/** Who may stand in for the viewer, by name. */
export async function delegateCandidates(ctx: Ctx): Promise<PersonSeen[]> {
  const { viewer } = ctx;
  if (!mayDelegate(viewer)) return [];
  const around =
    viewer.accountId === null ? await staffPeople(ctx) : await peopleOfAccountLoader(ctx).load(viewer.accountId);
  return around.filter((person) => can(viewer, 'approval.delegate', delegateFacts(person)));
}

/** What the viewer gave to others, or was given, that is not over: the soonest first. */
export async function ownDelegations(ctx: Ctx, whose: 'fromId' | 'toId'): Promise<DelegationRow[]> {
  if (ctx.viewer.viewedBy !== null || ctx.viewer.token !== null) return [];
  const { endsAt, endedAt, startsAt, id } = delegations;
  return ctx.db
    .select()
    .from(delegations)
    .where(
      and(
        eq(delegations[whose], ctx.viewer.personId),
        isNull(endedAt),
        or(isNull(endsAt), gt(endsAt, ctx.clock.now())),
      ),
    )
    .orderBy(asc(startsAt), asc(id))
    .limit(mostDelegations * 5);
}

const from = aliasedTable(people, 'away');

/**
 * By task: who decides on it for whom now; the one who was named for it, else whoever stands in for the person it is
 * assigned to. Null for nobody, and for who is not of that side: staff know of both, an agency of none.
 */
export function delegationOfTaskLoader(ctx: Ctx) {
  return loaderOf<string, DelegationRow | null>(ctx, 'delegations.ofTask', async (taskIds) => {
    const rows = await ctx.db
      .select({ onTask: tasks.id, delegation: delegations, from })
      .from(tasks)
      .innerJoin(
        delegations,
        or(eq(delegations.taskId, tasks.id), and(isNull(delegations.taskId), eq(delegations.fromId, tasks.assigneeId))),
      )
      .innerJoin(from, eq(from.id, delegations.fromId))
      .where(and(inArray(tasks.id, [...taskIds]), isInForce(ctx.clock.now())))
      .orderBy(asc(delegations.id));
    const known = rows.filter((row) => isStaff(ctx.viewer) || isOfOneSide(ctx.viewer, row.from));
    return taskIds.map((id) => {
      const of = known.filter(({ onTask }) => onTask === id);
      return (of.find(({ delegation }) => delegation.taskId !== null) ?? of[0])?.delegation ?? null;
    });
  });
}

/** Whether the viewer, by their own right, decides on a task sooner or later: what somebody else may do in their place. */
export function decidesOn({ viewer }: Pick<Ctx, 'viewer'>, task: TaskSeen): boolean {
  const { standsIn: _, ...alone } = viewer;
  if (!isOpen(task) && task.state !== 'NOT_READY') return false;
  if (task.type === 'APPROVAL') return isGranted(alone, 'approval.give', task);
  const asReviewer = { ...task, submittedBy: null, isOnBehalf: false };
  return isStaff(viewer) && task.isReviewWanted && isGranted(alone, 'task.review', asReviewer);
}
