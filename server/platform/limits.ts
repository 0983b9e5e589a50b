import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** How often something may happen to one key: at most `points` times within `seconds` of the first. */
export type Limit = { name: string; points: number; seconds: number };

export type Limits = {
  /** Counts one more; null when it may happen, else the seconds to wait. */
  take(limit: Limit, key: string): Promise<number | null>;
};

/** Counts in the memory of this process: a limit slows a burst down, it keeps no books. */
export function createLimits(): Limits {
  const limiters = new Map<string, RateLimiterMemory>();

  function limiterOf({ name, points, seconds }: Limit): RateLimiterMemory {
    const known = limiters.get(name);
    if (known) return known;
    const made = new RateLimiterMemory({ points, duration: seconds });
    limiters.set(name, made);
    return made;
  }

  return {
    async take(limit, key) {
      try {
        await limiterOf(limit).consume(key);
        return null;
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      }
    },
  };
}
