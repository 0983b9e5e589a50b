import { ActError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';

/**
 * Mails of invitations within an hour. More than the busiest day of a project manager takes, and too few for whoever
 * got hold of a session to flood a mailbox, or many.
 */
export const invitationMailsAnHour = { perInviter: 60, perAccount: 120, perInviterAndAddress: 6 } as const;

type Mailed = { email: string; accountId: string | null };

/** Counts the mail that is about to go. TOO_OFTEN, with the minutes to wait, when it is one too many. */
export async function invitationMailCount(ctx: Ctx, { email, accountId }: Mailed): Promise<void> {
  const take = (name: keyof typeof invitationMailsAnHour, key: string) =>
    ctx.limits.take({ name: `invitations.${name}`, points: invitationMailsAnHour[name], seconds: 60 * 60 }, key);
  const { personId } = ctx.viewer;
  // The narrowest first, so that pressing "send again" over and over does not use up what others may still get. By
  // inviter as well: how often somebody else wrote to an address is nobody's to find out.
  const seconds =
    (await take('perInviterAndAddress', `${personId} ${email}`)) ??
    (await take('perInviter', personId)) ??
    (accountId === null ? null : await take('perAccount', accountId));
  if (seconds !== null) throw new ActError('TOO_OFTEN', { params: { minutes: Math.ceil(seconds / 60) } });
}
