import type { Services } from '../../platform/services.ts';
import { type CheckResult, runCheck } from '../fetching/runCheck.ts';
import type { CheckSpecOf } from '../fetching/spec.ts';
import { judge, ordered } from '../validation/facts/rule.ts';
import { feedRowsRule } from '../validation/facts/web/feed.ts';
import type { Verdict } from '../validation/types.ts';
import { feedReport } from './queries.ts';
import { FeedSink } from './sink.ts';

/** A feed with what opens it: the user and password are here while it runs, and nowhere else. */
export type FeedOrder = { submissionId: string; spec: CheckSpecOf<'FEED'> };

/**
 * Fetches a feed and judges it in the same pass. New bytes and their report take the place of those before, whole; bytes
 * that are the same, or do not come to their end, leave both as they are. What it answers is of the fetch and of the file
 * that stands then, the worse of the two; it throws only when our own machinery broke.
 */
export async function feedRun(
  services: Services,
  { submissionId, spec }: FeedOrder,
  signal?: AbortSignal,
): Promise<CheckResult> {
  const before = await feedReport(services, submissionId);
  // Marks are worth something only with the report of what they stand for.
  const last = before === null ? null : spec.last;
  const sink = new FeedSink(services, submissionId);
  try {
    const take = (chunk: Uint8Array) => sink.take(chunk);
    const { verdict, findings, facts } = await runCheck(services, { ...spec, last }, { signal, take });
    if (facts.kind !== 'FEED') throw new Error('A feed was looked at as something else.');
    const { feed } = facts;
    const isNew = feed.failures === 0 && feed.isUnchanged !== true;
    if (isNew && facts.last) await sink.keep(facts.last.sha256);
    const report = isNew ? await feedReport(services, submissionId) : before;
    if (report === null) return { verdict, findings, facts };
    const asOf = services.clock.now();
    const judging = { asOf: asOf.toISOString(), asOfMs: asOf.getTime(), profile: null, declared: {} };
    const rows = { ...report.rows, isGood: report.verdict !== 'REJECTED' };
    return {
      verdict: worse(verdict, report.verdict),
      findings: ordered([...findings, ...judge([feedRowsRule], { ...feed, rows }, judging)]),
      facts: { ...facts, feed: { ...feed, rows } },
    };
  } finally {
    await sink.close();
  }
}

const rank: readonly Verdict[] = ['ACCEPTED', 'ACCEPTED_WITH_WARNINGS', 'REJECTED'];

function worse(a: Verdict, b: Verdict): Verdict {
  return rank.indexOf(a) > rank.indexOf(b) ? a : b;
}
