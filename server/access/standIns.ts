import type { StandIn, Viewer } from './viewer.ts';

/*
 * Approving in somebody's place. Whoever must approve names a colleague, for one task or for a span of days; the viewer
 * of that colleague then carries `standsIn`. What is done so is recorded with both names. Pure, like the policy.
 */

/** A task as far as it tells whose approval it waits for; `pmId` null where nobody asked. */
export type ApprovalOf = {
  readonly id: string;
  readonly side: 'CLIENT' | 'COMPANY' | 'THIRD_PARTY';
  readonly assigneeId: string | null;
  readonly pmId: string | null;
};

/** Whether it is about this task. Facts that do not say of which task they are, are of every one of theirs only. */
export function coversTask({ taskId }: Pick<StandIn, 'taskId'>, task: object): boolean {
  return taskId === null || ('id' in task && task.id === taskId);
}

/** Two of the company, or two of one account: an approval never crosses to another side. Partners have neither. */
export function isOfOneSide(
  one: Pick<Viewer, 'role' | 'accountId'>,
  other: Pick<Viewer, 'role' | 'accountId'>,
): boolean {
  return one.accountId === other.accountId && one.role !== 'PARTNER' && other.role !== 'PARTNER';
}

/** Whether an approval is asked of this person by name: it is their task, or, on the company's side, their project. */
export function isAskedOf(personId: string, { assigneeId, pmId }: ApprovalOf, isOfCompany: boolean): boolean {
  return assigneeId === personId || (isOfCompany && pmId === personId);
}

/**
 * In whose place a viewer decides on a task, once it is clear that they may; null: in their own name. Named for this very
 * task they speak for whoever named them. While somebody is away they speak for them where it is asked of that person, or
 * where they could not decide by themselves (`isOwnRight` false).
 */
export function inPlaceOf(
  viewer: Viewer,
  task: ApprovalOf,
  { isOfCompany, isOwnRight }: { isOfCompany: boolean; isOwnRight: boolean },
): string | null {
  const ones = (viewer.standsIn ?? []).filter((one) => coversTask(one, task) && isOfOneSide(viewer, one));
  const named = ones.find(({ taskId }) => taskId !== null);
  if (named) return named.personId;
  if (isOwnRight && isAskedOf(viewer.personId, task, isOfCompany)) return null;
  const asked = ones.find(({ personId }) => isAskedOf(personId, task, isOfCompany));
  return (asked ?? (isOwnRight ? undefined : ones[0]))?.personId ?? null;
}
