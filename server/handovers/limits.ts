import { ActError } from '../platform/graphql/errors.ts';
import type { Ctx, Services } from '../platform/services.ts';

const hour = 60 * 60;
/** Mails of handovers within an hour: enough for whoever gives away a whole project, too few to flood a mailbox. */
export const handoverMailsAnHour = { perGiver: 30, perAccount: 60, perGiverAndAddress: 5, perHandover: 3 } as const;
/** What one address of the network may try at the guests' door within 15 minutes. */
export const handoverTries = 60;
/** What one guest may write within a minute, whatever it is. */
export const guestActsAMinute = 30;

/** Counts the mail that is about to go. TOO_OFTEN, with the minutes to wait, when it is one too many. */
export async function handoverMailCount(ctx: Ctx, { email, accountId }: { email: string; accountId: string }) {
  const take = (name: keyof typeof handoverMailsAnHour, key: string) =>
    ctx.limits.take({ name: `handovers.${name}`, points: handoverMailsAnHour[name], seconds: hour }, key);
  const { personId } = ctx.viewer;
  // The narrowest first, so that one address asked for over and over does not use up what others may still get.
  const seconds =
    (await take('perGiverAndAddress', `${personId} ${email}`)) ??
    (await take('perGiver', personId)) ??
    (await take('perAccount', accountId));
  if (seconds !== null) throw new ActError('TOO_OFTEN', { params: { minutes: Math.ceil(seconds / 60) } });
}

/** Each answers null, or the seconds to wait. */
export function guestLimits({ limits }: Pick<Services, 'limits'>) {
  return {
    tryLink: (address: string) =>
      limits.take({ name: 'handovers.tries', points: handoverTries, seconds: 15 * 60 }, address),
    askAgain: (handoverId: string) =>
      limits.take({ name: 'handovers.again', points: handoverMailsAnHour.perHandover, seconds: hour }, handoverId),
    act: (guestId: string) => limits.take({ name: 'handovers.acts', points: guestActsAMinute, seconds: 60 }, guestId),
  };
}
