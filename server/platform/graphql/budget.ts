import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { sessionOwner, type Viewer } from '../../access/viewer.ts';
import { words } from '../../words/en.ts';
import { ApiError } from './errors.ts';

const windowSeconds = 60;

/**
 * The points of cost that may be spent within a minute: by one token, by one person at their screens, and by one
 * address of the network that never signed in. Our own screens ask for a few hundred points each.
 */
export const budgets = { token: 100_000, person: 1_000_000, stranger: 50_000 } as const;

/** What a request costs, and what is left of this minute's budget. Stands in `extensions.cost` of every answer. */
export type Cost = { requested: number; limit: number; remaining: number; resetMs: number };

export type Budget = {
  /** Takes the price of a request from the budget of whoever asks; throws RATE_LIMITED when it does not suffice. */
  spend(viewer: Viewer | null, address: string, cost: number): Promise<Cost>;
};

/** Counts in the memory of this process: a budget guards the process that it stands in. */
export function createBudget(): Budget {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: windowSeconds });
  const limiters = {
    token: limiter(budgets.token),
    person: limiter(budgets.person),
    stranger: limiter(budgets.stranger),
  };
  return {
    async spend(viewer, address, cost) {
      const who = viewer === null ? 'stranger' : viewer.token ? 'token' : 'person';
      const key = viewer === null ? address : (viewer.token?.id ?? sessionOwner(viewer));
      const limit = budgets[who];
      try {
        const { remainingPoints, msBeforeNext } = await limiters[who].consume(key, cost);
        return { requested: cost, limit, remaining: remainingPoints, resetMs: msBeforeNext };
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        const retryAfterMs = Math.max(1, refused.msBeforeNext);
        const seconds = Math.ceil(retryAfterMs / 1000);
        throw new ApiError('RATE_LIMITED', words.graphql.overBudget({ limit, seconds }), { retryAfterMs, cost, limit });
      }
    },
  };
}

/** Takes the price of something that is no query; null when it is paid, else how long to wait. */
export async function unpaidMs(budget: Budget, viewer: Viewer, cost: number): Promise<number | null> {
  try {
    await budget.spend(viewer, '', Math.max(1, cost));
    return null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return Number(error.detail.retryAfterMs);
  }
}
