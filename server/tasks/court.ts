import type { TaskState } from '../../drizzle/schema/index.ts';

export const courts = ['CLIENT', 'COMPANY', 'THIRD_PARTY', 'NOBODY'] as const;
export type Court = (typeof courts)[number];

/** Whose turn it is: the side that owes, until it has delivered; then the company, until it has looked. */
export function courtOf(task: { state: TaskState; side: Exclude<Court, 'NOBODY'> }): Court {
  switch (task.state) {
    case 'READY':
    case 'IN_PROGRESS':
    case 'CHANGES_REQUESTED':
      return task.side;
    case 'SUBMITTED':
    case 'IN_REVIEW':
      return 'COMPANY';
    case 'NOT_READY':
    case 'DONE':
    case 'WAIVED':
    case 'CANCELLED':
      return 'NOBODY';
  }
}

/** Whether its side still has to deliver. */
export function isOwed({ state }: { state: TaskState }): boolean {
  return state === 'READY' || state === 'IN_PROGRESS' || state === 'CHANGES_REQUESTED';
}
