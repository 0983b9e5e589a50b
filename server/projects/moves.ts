import type { projectStates } from '../../drizzle/schema/index.ts';
import type { EventKinds } from '../events.ts';

export type ProjectState = (typeof projectStates)[number];

export const projectMoves = ['ACTIVATE', 'HOLD', 'RESUME', 'GO_LIVE', 'CLOSE', 'CANCEL'] as const;
export type ProjectMove = (typeof projectMoves)[number];

type Rule = {
  from: readonly ProjectState[];
  to: ProjectState;
  kind: Extract<keyof EventKinds, `project.${string}`>;
  /** A person says why, in words that both sides read. */
  isReasonWanted: boolean;
  /** Only when every gate task is done or waived. */
  isGated: boolean;
};

/**
 * The life of a project, whole: DRAFT -> ACTIVE <-> ON_HOLD, ACTIVE -> LIVE -> CLOSED, and CANCELLED from what is still
 * open. What is not in this table cannot happen.
 */
export const moveRules: { [M in ProjectMove]: Rule } = {
  ACTIVATE: { from: ['DRAFT'], to: 'ACTIVE', kind: 'project.activated', isReasonWanted: false, isGated: false },
  HOLD: { from: ['ACTIVE'], to: 'ON_HOLD', kind: 'project.held', isReasonWanted: true, isGated: false },
  RESUME: { from: ['ON_HOLD'], to: 'ACTIVE', kind: 'project.resumed', isReasonWanted: false, isGated: false },
  GO_LIVE: { from: ['ACTIVE'], to: 'LIVE', kind: 'project.wentLive', isReasonWanted: false, isGated: true },
  CLOSE: { from: ['LIVE'], to: 'CLOSED', kind: 'project.closed', isReasonWanted: false, isGated: false },
  CANCEL: {
    from: ['DRAFT', 'ACTIVE', 'ON_HOLD'],
    to: 'CANCELLED',
    kind: 'project.cancelled',
    isReasonWanted: true,
    isGated: false,
  },
};

/** The moves that a project's state allows. */
export function movesFrom(state: ProjectState): ProjectMove[] {
  return projectMoves.filter((move) => moveRules[move].from.includes(state));
}
