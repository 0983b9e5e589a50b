import type { Audience, Role, Viewer } from './viewer.ts';

/** What the policy must know of the thing acted on. Commands and queries load these; the policy does no I/O. */
export type ProjectFacts = { accountId: string; isDraft: boolean };
export type TaskFacts = ProjectFacts & { visibility: Audience };
export type WorkFacts = TaskFacts & { side: 'CLIENT' | 'COMPANY' | 'THIRD_PARTY' };
export type CommentFacts = TaskFacts & { audience: Audience; authorId: string };
export type NoteFacts = TaskFacts & { audience: Audience };
export type ReviewFacts = TaskFacts & { submittedBy: string | null; isOnBehalf: boolean };
export type FileFacts = TaskFacts & { createdBy: string; isFinished: boolean };

/** Every act there is, with the facts that it is judged by. */
export type Acts = {
  'overview.read': null;
  'project.create': null;
  'project.read': ProjectFacts;
  'project.readStaffFields': ProjectFacts;
  'task.read': TaskFacts;
  'task.start': WorkFacts;
  'task.assign': TaskFacts;
  'task.submit': WorkFacts;
  'task.review': ReviewFacts;
  'submission.read': FileFacts;
  'comment.read': CommentFacts;
  'comment.addShared': TaskFacts;
  'comment.addInternal': TaskFacts;
  'comment.edit': CommentFacts;
  'comment.delete': CommentFacts;
  'note.read': NoteFacts;
  'note.edit': NoteFacts;
};
export type Act = keyof Acts;

type Rule<A extends Act> = (viewer: Viewer, facts: Acts[A]) => boolean;

const never = () => false;
const always = () => true;
const own = (viewer: Viewer, facts: ProjectFacts) => facts.accountId === viewer.accountId && !facts.isDraft;
const ownShared = (viewer: Viewer, facts: TaskFacts) => own(viewer, facts) && facts.visibility === 'SHARED';
/** What the company or somebody else owes is not a client's to deliver. */
const ownWork = (viewer: Viewer, facts: WorkFacts) => ownShared(viewer, facts) && facts.side === 'CLIENT';
const mine = (viewer: Viewer, facts: CommentFacts) => facts.authorId === viewer.personId;

/** A reviewer is not the submitter, unless staff submitted in the client's place, which is on record. */
const notOwnDelivery = (viewer: Viewer, facts: ReviewFacts) =>
  facts.submittedBy !== viewer.personId || facts.isOnBehalf;

/** The whole table: a row per act, a column per role. `access/` is the only place that names roles. */
export const policy: { [A in Act]: Record<Role, Rule<A>> } = {
  'overview.read': { CLIENT_MEMBER: never, PM: always },
  'project.create': { CLIENT_MEMBER: never, PM: always },
  'project.read': { CLIENT_MEMBER: own, PM: always },
  'project.readStaffFields': { CLIENT_MEMBER: never, PM: always },
  'task.read': { CLIENT_MEMBER: ownShared, PM: always },
  'task.start': { CLIENT_MEMBER: ownWork, PM: always },
  'task.assign': { CLIENT_MEMBER: never, PM: always },
  'task.submit': { CLIENT_MEMBER: ownWork, PM: always },
  'task.review': { CLIENT_MEMBER: never, PM: notOwnDelivery },
  'submission.read': {
    CLIENT_MEMBER: (viewer, facts) =>
      ownShared(viewer, facts) && (facts.isFinished || facts.createdBy === viewer.personId),
    PM: always,
  },
  'comment.read': { CLIENT_MEMBER: (v, facts) => ownShared(v, facts) && facts.audience === 'SHARED', PM: always },
  'comment.addShared': { CLIENT_MEMBER: ownShared, PM: (_, facts) => facts.visibility === 'SHARED' },
  'comment.addInternal': { CLIENT_MEMBER: never, PM: always },
  'comment.edit': {
    CLIENT_MEMBER: (v, facts) => ownShared(v, facts) && facts.audience === 'SHARED' && mine(v, facts),
    PM: mine,
  },
  'comment.delete': {
    CLIENT_MEMBER: (v, facts) => ownShared(v, facts) && facts.audience === 'SHARED' && mine(v, facts),
    PM: mine,
  },
  'note.read': { CLIENT_MEMBER: (v, facts) => ownShared(v, facts) && facts.audience === 'SHARED', PM: always },
  'note.edit': { CLIENT_MEMBER: (v, facts) => ownShared(v, facts) && facts.audience === 'SHARED', PM: always },
};

export function can<A extends Act>(viewer: Viewer, act: A, facts: Acts[A]): boolean {
  return policy[act][viewer.role](viewer, facts);
}

/** Which slice of the log a viewer reads: staff everything, everybody else the shared events under dense numbers of their own. */
export function audienceOf(viewer: Viewer): Audience {
  return isStaff(viewer) ? 'INTERNAL' : 'SHARED';
}

export function isStaff(viewer: { role: Role }): boolean {
  return viewer.role === 'PM';
}
