import { type Answer, post } from '../../api/post.ts';

export type Invited = {
  email: string;
  name: string;
  company: string;
  inviter: string | null;
  /** Who is signed in here; null when nobody is. */
  signedInAs: string | null;
};
/** What the server says of a link; `problem` is why it leads nowhere any more. Null when the link is not whole. */
export type InvitationLook = Answer<Invited | { problem: string }> | null;
export type InvitationUse = { id: string; token: string };

/** What the invitation's page shows; asking uses nothing up. */
export async function loadInvitation({ id, token }: Partial<InvitationUse>): Promise<InvitationLook> {
  return id && token ? post<Invited | { problem: string }>('/auth/invitation-look', { id, token }) : null;
}
