import type { Role } from './viewer.ts';

/** As what the contact of a new integration is invited: who comes first to an account leads there. */
export function contactRole(isFirst: boolean): Role {
  return isFirst ? 'CLIENT_LEAD' : 'CLIENT_MEMBER';
}
