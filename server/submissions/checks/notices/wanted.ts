import type { checkNotices } from '../../../../drizzle/schema/index.ts';
import type { Standing } from '../../fetching/standing.ts';

export type Notice = (typeof checkNotices)[number];

export type NoticeAsked = {
  now: Date;
  standing: Standing;
  since: Date | null;
  /** It came out well once: before that whoever handed it in is still at it, and sees it refused. */
  hasPassed: boolean;
  /** Somebody accepted it in spite of this. */
  isExcused: boolean;
  /** It looks by itself. */
  isStanding: boolean;
  /** It would look by itself, and does not any more. */
  isGivenUp: boolean;
};

/** After so long a break is not one that somebody is mending already. */
const longMs = 24 * 60 * 60_000;

/**
 * What has been told of a break after this run; null: nothing, or it is well again.
 *
 *   null   -> BROKEN    BROKEN for 24 hours
 *   any    -> GIVEN_UP  a feed failed so often that it is not fetched any more
 *   any    -> null      PASSING
 */
export function noticeOf(told: Notice | null, asked: NoticeAsked): Notice | null {
  const { now, standing, since, hasPassed, isExcused, isStanding, isGivenUp } = asked;
  if (standing === 'PASSING') return null;
  if (isGivenUp) return 'GIVEN_UP';
  if (told !== null || standing !== 'BROKEN' || since === null || !isStanding || !hasPassed || isExcused) return told;
  return now.getTime() - since.getTime() >= longMs ? 'BROKEN' : null;
}
