import type { CheckResult } from '../fetching/runCheck.ts';
import type { StoredSpec } from '../fetching/spec.ts';
import { maxFeedFailures } from '../validation/facts/web/feed.ts';
import type { CheckRow } from './queries.ts';

const minuteMs = 60_000;
/** So much later at most than its interval, by its id: checks that were begun together do not look together for ever. */
const jitter = 0.1;
/** Name servers may say that they remember for weeks; it is looked at once a day all the same. */
const longestMemoryMs = 24 * 60 * minuteMs;

/** When it looks next by itself; null when it looks only when asked. */
export function nextRunAt(
  { id, everyMinutes, spec }: Pick<CheckRow, 'id' | 'everyMinutes' | 'spec'>,
  now: Date,
  looked: CheckResult | null,
): Date | null {
  if (everyMinutes === null || pullsFailed(spec, looked) >= maxFeedFailures) return null;
  const waitMs = Math.max(everyMinutes * minuteMs, memoryMs(looked));
  return new Date(now.getTime() + Math.round(waitMs * (1 + jitter * shareOf(id))));
}

/** Failed pulls of a feed in a row. After so many it is not fetched any more, until somebody asks and it is good. */
function pullsFailed(spec: StoredSpec, looked: CheckResult | null): number {
  if (looked?.facts.kind === 'FEED') return looked.facts.feed.failures;
  return spec.kind === 'FEED' ? spec.failures : 0;
}

/** After our own machinery broke. */
export function retryAt(now: Date): Date {
  return new Date(now.getTime() + minuteMs);
}

/** How long name servers remember that a record was missing: what was put right meanwhile is not seen before. */
function memoryMs(looked: CheckResult | null): number {
  if (looked?.facts.kind !== 'DNS' || looked.verdict !== 'REJECTED') return 0;
  return Math.min((looked.facts.dns.recheckAfterSeconds ?? 0) * 1_000, longestMemoryMs);
}

/** 0 to 1, the same for an id every time. */
function shareOf(id: string): number {
  return Number.parseInt(id.slice(-6), 16) / 0xff_ff_ff;
}
