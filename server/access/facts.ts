import type { Audience, Role } from './viewer.ts';

/** What the policy must know of the thing acted on. Commands and queries load these; the policy does no I/O. */
export type ProjectFacts = {
  projectId: string;
  accountId: string;
  /** Never shown to clients: being prepared, or given up before it began. */
  isDraft: boolean;
  /** Closed or cancelled: nobody works in it. Its clients read and comment; staff also keep notes and the project's own facts. */
  isOver: boolean;
};
export type TaskFacts = ProjectFacts & { visibility: Audience };
export type WorkFacts = TaskFacts & { side: 'CLIENT' | 'COMPANY' | 'THIRD_PARTY' };
/** Of a task whose turn it is: who may speak for that side. */
export type TurnFacts = TaskFacts & { court: 'CLIENT' | 'COMPANY' | 'THIRD_PARTY' | 'NOBODY' };
export type CommentFacts = TaskFacts & { audience: Audience; authorId: string };
export type NoteFacts = TaskFacts & { audience: Audience };
export type ReviewFacts = TaskFacts & {
  submittedBy: string | null;
  isOnBehalf: boolean;
  /** Who is asked to look, by role; null: whoever of the company may. */
  reviewerRole: 'PM' | 'CONTRIBUTOR' | 'MANAGER' | null;
  pmId: string;
};
/** The role whose people are all asked to look; null where nobody is, or whoever manages the project. */
export function askedRole({ reviewerRole }: Pick<ReviewFacts, 'reviewerRole'>): Role | null {
  return reviewerRole === 'PM' ? null : reviewerRole;
}
export type FileFacts = TaskFacts & { createdBy: string; isFinished: boolean };
/** Somebody acted on: null account for staff and partners. */
export type PersonFacts = {
  accountId: string | null;
  role: Role;
  /** The projects that a partner is attached to, and the accounts that these are of. */
  projectIds: readonly string[];
  projectAccountIds?: readonly string[];
};
/** And where a partner works or worked, detached since or not: for their name on what they wrote there, no right else. */
export type NameFacts = PersonFacts & { workedOn?: readonly string[]; workedFor?: readonly string[] };
export type RoleFacts = PersonFacts & { personId: string; toRole: Role };
/** An account as such, whichever its projects are. */
export type AccountFacts = { accountId: string };
export type OwnerFacts = { ownerId: string };
