import type { TaskRow } from './queries.ts';
import { isOpen, isSettled, type TaskState } from './states.ts';

export const courts = ['CLIENT', 'COMPANY', 'THIRD_PARTY', 'NOBODY'] as const;
export type Court = (typeof courts)[number];

/** What tells whose turn it is; lists of many projects read no more of a task than this. */
export type CourtFacts = Pick<
  TaskRow,
  'state' | 'side' | 'visibility' | 'dueOn' | 'stateSince' | 'index' | 'stuckSide' | 'stuckSince'
>;

/** A project's clocks run while it is active, and after it went live as long as something is open. */
export function isUnderWay({ state }: { state: 'DRAFT' | 'ACTIVE' | 'ON_HOLD' | 'LIVE' | 'CLOSED' | 'CANCELLED' }) {
  return state === 'ACTIVE' || state === 'LIVE';
}

/** What a project that has ended leaves open: it is not due, not stuck and waits for nothing. */
export function isLeftOpen(task: { state: TaskState; isOver: boolean }): boolean {
  return task.isOver && !isSettled(task);
}

/**
 * Whose turn it is in a task of a project that is under way:
 *   stuck                                   the side that can unblock it
 *   READY, IN_PROGRESS, CHANGES_REQUESTED   the side that owes it; the company for what a client does not know of
 *   SUBMITTED, IN_REVIEW                    the company, until it has looked
 *   NOT_READY, DONE, WAIVED, CANCELLED      nobody
 */
export function courtOf(task: Pick<CourtFacts, 'state' | 'side' | 'visibility' | 'stuckSide'>): Court {
  if (!isOpen(task)) return 'NOBODY';
  const isDelivered = task.state === 'SUBMITTED' || task.state === 'IN_REVIEW';
  const side = task.stuckSide ?? (isDelivered ? 'COMPANY' : task.side);
  return side === 'CLIENT' && task.visibility === 'INTERNAL' ? 'COMPANY' : side;
}

/** Since when it is that side's turn. */
export function courtSince(task: Pick<CourtFacts, 'stateSince' | 'stuckSince'>): Date {
  return task.stuckSince ?? task.stateSince;
}

/** Least slack first: the earliest due, then the one that has waited longest. */
export function byUrgency(a: CourtFacts, b: CourtFacts): number {
  const due = (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999');
  return due || courtSince(a).getTime() - courtSince(b).getTime() || a.index - b.index;
}

export type ProjectCourt = { court: Court; since: Date | null };

/** Whose turn it is in a project: that of its open task with the least slack; nobody's on hold, or when nothing is open. */
export function courtOfProject(isActive: boolean, tasksOfProject: readonly CourtFacts[]): ProjectCourt {
  const [urgent] = isActive ? tasksOfProject.filter(isOpen).sort(byUrgency) : [];
  return urgent ? { court: courtOf(urgent), since: courtSince(urgent) } : { court: 'NOBODY', since: null };
}
