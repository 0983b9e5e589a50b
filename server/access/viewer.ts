export const roles = ['CLIENT_MEMBER', 'PM'] as const;
export type Role = (typeof roles)[number];

/** Who asks. Built once per request from the session; nothing else tells the rest of the server who somebody is. */
export type Viewer = {
  readonly personId: string;
  readonly sessionId: string;
  readonly role: Role;
  /** The account of a client; null for staff. */
  readonly accountId: string | null;
};

export type Audience = 'SHARED' | 'INTERNAL';
