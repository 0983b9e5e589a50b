import type { Scope } from './scopes.ts';

/** Client roles from the least to the most, then the client's agency. */
export const clientRoles = ['CLIENT_VIEWER', 'CLIENT_SPONSOR', 'CLIENT_MEMBER', 'CLIENT_LEAD', 'PARTNER'] as const;
export const staffRoles = ['CONTRIBUTOR', 'PM', 'MANAGER', 'DIRECTOR', 'ADMIN'] as const;
export const roles = [...clientRoles, ...staffRoles] as const;
export type Role = (typeof roles)[number];

/** What an app may be made: it acts for the company, and sets nothing up. */
export const appRoles = ['CONTRIBUTOR', 'PM', 'MANAGER', 'DIRECTOR'] as const satisfies readonly Role[];

const usualRoles: readonly Role[] = ['CLIENT_MEMBER', 'PM'];

/** The roles with those first that most people get: what a list offers before anybody chooses. */
export function usualFirst(some: readonly Role[]): Role[] {
  return [...some].sort((a, b) => Number(usualRoles.includes(b)) - Number(usualRoles.includes(a)));
}

/** Who sets an installation up can do everything. */
export const founderRole: Role = 'ADMIN';

/** What an API token leaves of its person's rights. */
export type TokenLimits = {
  readonly id: string;
  readonly scopes: readonly Scope[];
  /** Only these accounts, or projects; null: all that the person may see. */
  readonly accountIds: readonly string[] | null;
  readonly projectIds: readonly string[] | null;
};

/** Somebody in whose place a viewer approves now: one task, or (`taskId` null) all that is theirs to approve. */
export type StandIn = {
  readonly personId: string;
  readonly role: Role;
  readonly accountId: string | null;
  readonly taskId: string | null;
};

/** Who asks. Built once per request from the session or token; nothing else tells the rest of the server who somebody is. */
export type Viewer = {
  readonly personId: string;
  readonly sessionId: string;
  readonly role: Role;
  /** The account of a client; null for staff and partners. */
  readonly accountId: string | null;
  /** The projects that a partner is attached to; null for everybody else, whose role and account say what they see. */
  readonly projectIds: readonly string[] | null;
  /** The accounts whose projects a partner is attached to, and whose people they meet there; empty for everybody else. */
  readonly projectAccountIds: readonly string[];
  /** The staff person who looks through this person's eyes, and may then change nothing; null otherwise. */
  readonly viewedBy: string | null;
  /** Null for a session. */
  readonly token: TokenLimits | null;
  /**
   * The one task of a guest, to whom it was handed by a link. A viewer with it exists behind the guests' own door alone
   * (`handovers/http.ts`): no session and no token makes one.
   */
  readonly handedTaskId?: string;
  /** In whose place they approve at this moment; left out, nobody's. What it grants is the policy's to say. */
  readonly standsIn?: readonly StandIn[];
};

type Person = Pick<Viewer, 'personId' | 'sessionId' | 'role' | 'accountId'> & {
  attachedTo?: readonly string[];
  attachedAccounts?: readonly string[];
  standsIn?: readonly StandIn[];
};

/** Somebody with all the rights of their role: no token, nobody looking through their eyes. */
export function viewerFrom({ attachedTo = [], attachedAccounts = [], standsIn = [], ...person }: Person): Viewer {
  const isPartner = person.role === 'PARTNER';
  const projectAccountIds = isPartner ? attachedAccounts : [];
  const inPlace = isPartner || standsIn.length === 0 ? {} : { standsIn };
  const projectIds = isPartner ? attachedTo : null;
  return { ...person, projectIds, projectAccountIds, viewedBy: null, token: null, ...inPlace };
}

/** What a guest is written down as: their rights are `handedTaskId`'s, and nobody is let in by this role. */
export const guestRole = 'PARTNER' satisfies Role;

/** Whoever a task was handed to: a partner's rights on that task, as far as the policy leaves them to a guest. */
export function guestViewer(guest: { personId: string; sessionId: string; projectId: string; taskId: string }): Viewer {
  const { projectId, taskId, ...who } = guest;
  return { ...viewerFrom({ ...who, role: guestRole, accountId: null, attachedTo: [projectId] }), handedTaskId: taskId };
}

/** Whose session it is: of somebody who looks through another's eyes, their own. */
export function sessionOwner({ personId, viewedBy }: Pick<Viewer, 'personId' | 'viewedBy'>): string {
  return viewedBy ?? personId;
}

/** Whether two viewers may do the same: an open socket keeps the rights that it came with, so with others it has to come anew. */
export function hasSameRights(one: Viewer, other: Viewer): boolean {
  const sorted = (ids: readonly string[] | null) => ids && [...ids].sort();
  const rights = ({
    personId,
    role,
    accountId,
    projectIds,
    projectAccountIds,
    viewedBy,
    token,
    standsIn = [],
  }: Viewer) =>
    JSON.stringify([
      ...[personId, role, accountId, sorted(projectIds), sorted(projectAccountIds)],
      ...[viewedBy, token, standsIn],
    ]);
  return rights(one) === rights(other);
}

export type Audience = 'SHARED' | 'INTERNAL';
