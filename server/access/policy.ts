import type { Act, Acts } from './acts.ts';
import type {
  CommentFacts,
  FileFacts,
  NameFacts,
  NoteFacts,
  OwnerFacts,
  PersonFacts,
  ProjectFacts,
  ReviewFacts,
  RoleFacts,
  TaskFacts,
  TurnFacts,
  WorkFacts,
} from './facts.ts';
import { askedRole } from './facts.ts';
import { isOfGuest } from './guests.ts';
import { actScopes, holdsScope, isReading } from './scopes.ts';
import { coversTask, isOfOneSide } from './standIns.ts';
import { type Audience, clientRoles, type Role, roles, staffRoles, type Viewer, viewerFrom } from './viewer.ts';

export type * from './acts.ts';
export type * from './facts.ts';

type Rule<A extends Act> = (viewer: Viewer, facts: Acts[A]) => boolean;

const always = () => true;
const own = (viewer: Viewer, facts: ProjectFacts) =>
  !facts.isDraft &&
  (viewer.projectIds === null ? facts.accountId === viewer.accountId : viewer.projectIds.includes(facts.projectId));
const ownShared = (viewer: Viewer, facts: TaskFacts) => own(viewer, facts) && facts.visibility === 'SHARED';
/** What the company or somebody else owes is not a client's to deliver. */
const ownWork = (viewer: Viewer, facts: WorkFacts) => ownShared(viewer, facts) && facts.side === 'CLIENT';
const notOfThirdParty = (_: Viewer, facts: WorkFacts) => facts.side !== 'THIRD_PARTY';
const ofCompany = (_: Viewer, facts: WorkFacts) => facts.side === 'COMPANY';
/** What a third party will do staff say for it. */
const notOfClient = (_: Viewer, facts: TurnFacts) => facts.court !== 'CLIENT';
const ownTurn = (viewer: Viewer, facts: TurnFacts) => ownShared(viewer, facts) && facts.court === 'CLIENT';
const ownSharedTalk = (viewer: Viewer, facts: NoteFacts) => ownShared(viewer, facts) && facts.audience === 'SHARED';
/** What can be given to somebody who is not here: what the client owes and sees. */
const handable = (_: Viewer, facts: WorkFacts) =>
  !facts.isDraft && facts.visibility === 'SHARED' && facts.side === 'CLIENT';
const shared = (_: Viewer, facts: TaskFacts) => facts.visibility === 'SHARED';
const mine = (viewer: Viewer, facts: CommentFacts) => facts.authorId === viewer.personId;
const ownSharedMine = (viewer: Viewer, facts: CommentFacts) => ownSharedTalk(viewer, facts) && mine(viewer, facts);
const ownThing = (viewer: Viewer, facts: OwnerFacts) => facts.ownerId === viewer.personId;

/** A reviewer is not the submitter, unless staff submitted in the client's place, which is on record. */
const notOwnDelivery = (viewer: Viewer, facts: ReviewFacts) =>
  facts.submittedBy !== viewer.personId || facts.isOnBehalf;
/** Asked to look: nobody in particular, whoever manages the project, or anybody of a role. */
const isAsked = (viewer: Viewer, facts: ReviewFacts) =>
  facts.reviewerRole === null || viewer.role === (askedRole(facts) ?? (viewer.personId === facts.pmId && viewer.role));
const asked = (viewer: Viewer, facts: ReviewFacts) => notOwnDelivery(viewer, facts) && isAsked(viewer, facts);
const finishedOrMine = (viewer: Viewer, facts: FileFacts) =>
  ownShared(viewer, facts) && (facts.isFinished || facts.createdBy === viewer.personId);

const isClientRole = (role: Role) => (clientRoles as readonly Role[]).includes(role);
const ofAccount = (facts: PersonFacts) => isClientRole(facts.role) && facts.role !== 'PARTNER';
/** A colleague of the account, somebody of the company, or whoever works on a project with one, from either side of it. */
const colleague = (viewer: Viewer, facts: PersonFacts) =>
  isStaff(facts) ||
  (facts.accountId !== null && facts.accountId === viewer.accountId) ||
  (facts.accountId !== null && viewer.projectAccountIds.includes(facts.accountId)) ||
  (viewer.accountId !== null && facts.projectAccountIds?.includes(viewer.accountId) === true) ||
  sharesProject(viewer, facts);
const sharesProject = (viewer: Viewer, facts: PersonFacts) =>
  facts.projectIds.some((id) => viewer.projectIds?.includes(id));
const inOwnAccount = (viewer: Viewer, facts: PersonFacts) =>
  ofAccount(facts) && facts.accountId === viewer.accountId && facts.accountId !== null;
const anyClient = (_: Viewer, facts: PersonFacts) => isClientRole(facts.role);
/** A manager looks after clients and those who work on integrations, but makes nobody their equal. */
const belowManager = (_: Viewer, facts: PersonFacts) =>
  isClientRole(facts.role) || facts.role === 'CONTRIBUTOR' || facts.role === 'PM';
/** Nobody changes their own role, and nobody crosses the line between client and company. */
const otherRole =
  (may: (viewer: Viewer, facts: PersonFacts) => boolean) =>
  (viewer: Viewer, facts: RoleFacts): boolean =>
    facts.personId !== viewer.personId &&
    isStaff(facts) === isStaff({ role: facts.toRole }) &&
    (facts.role === 'PARTNER') === (facts.toRole === 'PARTNER') &&
    may(viewer, facts) &&
    may(viewer, { ...facts, role: facts.toRole });

const staff = staffRoles;
/** Staff who act; a director only reads. */
const workers = ['CONTRIBUTOR', 'PM', 'MANAGER', 'ADMIN'] as const;
const planners = ['PM', 'MANAGER', 'ADMIN'] as const;

/** Whether somebody is of the staff who act. */
export function isWorker({ role }: { role: Role }): boolean {
  return (workers as readonly Role[]).includes(role);
}

/** Who delivers on the client's side. */
const doers = ['CLIENT_MEMBER', 'CLIENT_LEAD', 'PARTNER'] as const;
/** People of an account itself. */
const accountRoles = ['CLIENT_VIEWER', 'CLIENT_SPONSOR', 'CLIENT_MEMBER', 'CLIENT_LEAD'] as const;
const speakers = ['CLIENT_SPONSOR', ...doers] as const;

const toWorker = (viewer: Viewer, { personId, role }: Acts['approval.delegate']) =>
  personId !== viewer.personId && isWorker({ role });
const toColleague = (viewer: Viewer, facts: Acts['approval.delegate']) =>
  facts.personId !== viewer.personId && inOwnAccount(viewer, facts);

/** One row of the table: every role has a column, and refuses what no grant names. */
function row<A extends Act>(...grants: [readonly Role[], Rule<A>][]): Record<Role, Rule<A>> {
  const rules = roles.map((role) => [role, grants.find(([to]) => to.includes(role))?.[1] ?? (() => false)]);
  return Object.fromEntries(rules) as Record<Role, Rule<A>>;
}

/** The whole table: a row per act, a column per role. `access/` is the only place that names roles. */
export const policy: { [A in Act]: Record<Role, Rule<A>> } = {
  'company.edit': row([['ADMIN'], always]),
  'audit.read': row([['MANAGER', 'DIRECTOR', 'ADMIN'], always]),
  'person.read': row([staff, always], [clientRoles, colleague]),
  'person.invite': row(
    [['ADMIN'], always],
    [['MANAGER'], belowManager],
    [['PM'], anyClient],
    [['CLIENT_LEAD'], inOwnAccount],
  ),
  'person.changeRole': row(
    [['ADMIN'], otherRole(always)],
    [['MANAGER'], otherRole(belowManager)],
    [['PM'], otherRole(anyClient)],
    [['CLIENT_LEAD'], otherRole(inOwnAccount)],
  ),
  'person.remove': row(
    [['ADMIN'], always],
    [['MANAGER'], belowManager],
    [['PM'], anyClient],
    [['CLIENT_LEAD'], inOwnAccount],
  ),
  'person.viewAs': row([staff, anyClient]),
  /** What the company keeps of an account over all its projects; its own people see their projects. */
  'account.read': row([staff, always]),
  /** It moves people and rights, and cannot be taken back. */
  'account.merge': row([['MANAGER', 'ADMIN'], always]),
  'partner.attach': row([planners, always]),
  'token.create': row([roles, always]),
  'token.createApp': row([['ADMIN'], always]),
  'token.revoke': row([['ADMIN'], always], [roles, ownThing]),
  'inbox.read': row([roles, always]),
  'template.read': row([staff, always]),
  'template.edit': row([planners, always]),
  'journey.read': row([staff, always]),
  'journey.edit': row([planners, always]),
  'journey.vote': row([workers, always]),
  'journey.comment': row([workers, always]),
  'day.read': row([staff, always]),
  'workload.read': row([['MANAGER', 'DIRECTOR', 'ADMIN'], always], [['CONTRIBUTOR', 'PM'], ownThing]),
  'overview.read': row([staff, always]),
  'overview.readMoney': row([[...planners, 'DIRECTOR'], always]),
  'overview.export': row([staff, always]),
  'view.save': row([staff, always]),
  'project.create': row([planners, always]),
  'project.read': row([staff, always], [clientRoles, own]),
  'project.edit': row([planners, always]),
  'project.move': row([planners, always]),
  'project.assignPm': row([planners, always]),
  'project.overrideHealth': row([['MANAGER', 'ADMIN'], always]),
  'project.readStaffFields': row([staff, always]),
  'project.readMoney': row([[...planners, 'DIRECTOR'], always]),
  'project.editMoney': row([planners, always]),
  /** The client's own word: nobody of the company, and no agency, gives it for them. */
  'milestone.signOff': row([['CLIENT_SPONSOR', 'CLIENT_LEAD'], own]),
  /** Who was asked is not a matter of roles; that it is a person of the account is. */
  'milestone.rate': row([accountRoles, own]),
  'milestone.readRatings': row([staff, always]),
  /** Looking is reading the project. What a client would have otherwise is a suggestion; staff write one down for them. */
  'firstLook.suggest': row([workers, always], [doers, own]),
  'firstLook.setDefaults': row([planners, always]),
  'task.read': row([staff, always], [clientRoles, ownShared]),
  'task.create': row([planners, always]),
  'task.edit': row([planners, always]),
  'task.setVisibility': row([planners, always]),
  'task.start': row([workers, always], [doers, ownWork]),
  'task.complete': row([planners, always], [['CONTRIBUTOR'], notOfThirdParty], [doers, ownWork]),
  'task.waive': row([planners, always]),
  'task.reopen': row([planners, always]),
  'task.cancel': row([planners, always]),
  'task.flagStuck': row([workers, always], [doers, ownShared]),
  /** Each side speaks for itself: a day that somebody else named for them is no promise. */
  'task.promise': row([workers, notOfClient], [speakers, ownTurn]),
  'task.assign': row([workers, always], [['CLIENT_LEAD'], ownWork]),
  'task.submit': row([workers, always], [doers, ownWork]),
  /** Managers stand in for whoever is asked: nothing waits for a role that nobody has. */
  'task.review': row([['CONTRIBUTOR', 'PM'], asked], [['MANAGER', 'ADMIN'], notOwnDelivery]),
  /** The client's to give away, or the company's for them; an agency passes on nothing that it was given. */
  'handover.make': row([workers, handable], [['CLIENT_MEMBER', 'CLIENT_LEAD'], ownWork]),
  'handover.read': row([staff, shared], [accountRoles, ownShared]),
  'handover.end': row([workers, always], [['CLIENT_MEMBER', 'CLIENT_LEAD'], own]),
  'submission.read': row([staff, always], [clientRoles, finishedOrMine]),
  /** Looking again at what was handed in makes this server ask others: only for whoever could hand it in. */
  'check.run': row([workers, always], [doers, ownWork]),
  'approval.give': row([planners, ofCompany], [['CLIENT_SPONSOR', 'CLIENT_LEAD'], ownWork]),
  /** To whoever works on the same side: what an agency or another account may not see is not made theirs by it. */
  'approval.delegate': row([workers, toWorker], [['CLIENT_SPONSOR', 'CLIENT_LEAD'], toColleague]),
  'credentials.submit': row([workers, always], [['CLIENT_MEMBER', 'CLIENT_LEAD'], ownWork]),
  'credentials.reveal': row([workers, always]),
  /** Whoever owes the task: a meeting takes both sides. */
  'meeting.arrange': row([workers, always], [doers, ownShared]),
  'comment.read': row([staff, always], [clientRoles, ownSharedTalk]),
  'comment.addShared': row([workers, (_, facts) => facts.visibility === 'SHARED'], [speakers, ownShared]),
  'comment.addInternal': row([workers, always]),
  'comment.edit': row([workers, mine], [speakers, ownSharedMine]),
  'comment.delete': row([workers, mine], [speakers, ownSharedMine]),
  'comment.react': row([workers, always], [speakers, ownSharedTalk]),
  'comment.resolve': row([workers, always], [speakers, ownSharedTalk]),
  'comment.readSeenBy': row([staff, always]),
  'note.read': row([staff, always], [clientRoles, ownSharedTalk]),
  'note.edit': row([workers, always], [doers, ownSharedTalk]),
};

/** What policy must know of a project, from its row. */
export function factsOfProject(row: {
  id: string;
  accountId: string;
  state: string;
  activatedAt: Date | null;
}): ProjectFacts {
  const { id: projectId, accountId, state, activatedAt } = row;
  return { projectId, accountId, isDraft: activatedAt === null, isOver: state === 'CLOSED' || state === 'CANCELLED' };
}

/** Whether a viewer may do this: what their role grants, less what their token or "view as" withholds. */
export function can<A extends Act>(viewer: Viewer, act: A, facts: Acts[A]): boolean {
  return isWithheld(viewer, act, facts) ? false : isGranted(viewer, act, facts);
}

/**
 * What a role and its place grant somebody, whatever their token or "view as" withholds: whose turn it is does not
 * change with how somebody looks.
 */
export function isGranted<A extends Act>(viewer: Viewer, act: A, facts: Acts[A]): boolean {
  return isOfGuest(viewer, act, facts) && (policy[act][viewer.role](viewer, facts) || isInPlace(viewer, act, facts));
}

/** Whether they may decide in the place of somebody of their own side who may: no right crosses to another side by it. */
function isInPlace<A extends Act>(viewer: Viewer, act: A, facts: Acts[A]): boolean {
  if (!viewer.standsIn || facts === null || (act !== 'approval.give' && act !== 'task.review')) return false;
  const task = facts as Acts['approval.give'] & Acts['task.review'];
  if (!policy['task.read'][viewer.role](viewer, task)) return false;
  if (act === 'task.review' && !notOwnDelivery(viewer, task)) return false;
  return viewer.standsIn.some((one) => {
    const other = viewerFrom({ ...one, sessionId: '' });
    return coversTask(one, task) && isOfOneSide(viewer, one) && policy[act][one.role](other, facts);
  });
}

/** The roles on the client's side that can do this there, so that of an account's people only those are looked for. */
export function clientRolesThatCan<A extends Act>(act: A, facts: Acts[A] & ProjectFacts): Role[] {
  const { accountId, projectId } = facts;
  return clientRoles.filter((role) =>
    can(viewerFrom({ personId: '', sessionId: '', role, accountId, attachedTo: [projectId] }), act, facts),
  );
}

function isWithheld(viewer: Viewer, act: Act, facts: Acts[Act]): boolean {
  if (viewer.viewedBy !== null && !isReading(act)) return true;
  if (isOver(facts) && !isReading(act) && !(isStaff(viewer) ? !isWork(act) : isSaying(act))) return true;
  const { token } = viewer;
  if (token === null) return false;
  const scope = actScopes[act];
  if (scope === null || !holdsScope(token.scopes, scope)) return true;
  return !isOfToken(viewer, facts);
}

/**
 * What a client may still say of a project that has ended: the last milestone is answered for when all is done. What
 * somebody was let into they can be put out of at any time.
 */
function isSaying(act: Act): boolean {
  return act.startsWith('comment.') || act === 'milestone.rate' || act === 'handover.end';
}

const workOn = ['task.', 'check.', 'approval.', 'meeting.', 'credentials.submit', 'handover.make', 'firstLook.suggest'];

/** What carries a project on. Who sees a task is none of it: what was shared by mistake can be hidden at any time. */
function isWork(act: Act): boolean {
  return act !== 'task.setVisibility' && workOn.some((start) => act.startsWith(start));
}

function isOver(facts: Acts[Act]): boolean {
  return facts !== null && 'isOver' in facts && facts.isOver;
}

/** A token for some accounts or projects does only what is of one of them. */
function isOfToken({ token }: Viewer, facts: Acts[Act]): boolean {
  if (token === null || (token.accountIds === null && token.projectIds === null)) return true;
  if (facts === null) return false;
  const { projectId, accountId } = { projectId: null, accountId: null, ...facts };
  return (
    (accountId !== null && token.accountIds?.includes(accountId) === true) ||
    (projectId !== null && token.projectIds?.includes(projectId) === true)
  );
}

/**
 * Whether a person may be known where the viewer meets them: as an author, an assignee, the PM. A token takes no scope
 * for it, since what it may read would be full of holes; to list people, or look one up, takes `person.read`.
 */
export function canMeet(viewer: Viewer, person: PersonFacts): boolean {
  return isGranted(viewer, 'person.read', person);
}

/** Whether a person may at least be named there: a partner who was detached stays the author of what they wrote. */
export function canName(viewer: Viewer, person: NameFacts): boolean {
  return canMeet(viewer, person) || wasColleague(viewer, person);
}

function wasColleague({ accountId, projectIds }: Viewer, { workedOn = [], workedFor = [] }: NameFacts): boolean {
  return (accountId !== null && workedFor.includes(accountId)) || workedOn.some((id) => projectIds?.includes(id));
}

/** Whether somebody's work is tasks above all, and not whole projects: they land on what is theirs. */
export function worksOnTasks({ role }: Pick<Viewer, 'role'>): boolean {
  return role === 'CONTRIBUTOR';
}

/** Which slice of the log a viewer reads: staff everything, everybody else the shared events under dense numbers of their own. */
export function audienceOf(viewer: Viewer): Audience {
  return isStaff(viewer) ? 'INTERNAL' : 'SHARED';
}

export function isStaff(person: { role: Role }): boolean {
  return (staffRoles as readonly Role[]).includes(person.role);
}

/** Somebody of the shop's agency, who sees the projects that they are attached to. */
export function isPartner(person: { role: Role }): boolean {
  return person.role === 'PARTNER';
}
