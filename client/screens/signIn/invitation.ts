import { type Answer, post } from '../../api/post.ts';

export type Invited = {
  email: string;
  name: string;
  company: string;
  inviter: string | null;
  /** Who is signed in here; null when nobody is. */
  signedInAs: string | null;
};
export type InvitationUse = { id: string; token: string };

/** What the invitation's page shows; asking uses nothing up. Null when the link is not whole. */
export async function loadInvitation({ id, token }: Partial<InvitationUse>): Promise<Answer<Invited> | null> {
  return id && token ? post<Invited>('/auth/invitation-look', { id, token }) : null;
}
