import { eq, sql } from 'drizzle-orm';
import { reportLooks } from '../../../drizzle/schema/index.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';

/** The job that looks at samples of what stands behind a feed's rows; its subject is the submission. */
export const looksJob = 'report.look';

/** Sets of rules whose rows lead to pages and pictures. */
const looked: readonly string[] = ['product-feed'];

type Judged = { rules: string; verdict: string | null; rows: number };

/**
 * After the verdict of a feed, in its transaction: some of its links and pictures are to be looked at. The verdict does
 * not wait for it, and is never moved by it. Of a file that was rejected nobody looks at anything: another one will come.
 */
export async function looksWanted(
  tx: Tx,
  services: Pick<Services, 'config' | 'clock' | 'jobs'>,
  submissionId: string,
  { rules, verdict, rows }: Judged,
): Promise<void> {
  const isWanted = services.config.linkSamples > 0 && looked.includes(rules) && verdict !== 'REJECTED' && rows > 0;
  if (!isWanted) {
    await tx.delete(reportLooks).where(eq(reportLooks.submissionId, submissionId));
    return;
  }
  const wanted = Math.min(rows, services.config.linkSamples);
  const nothing = { links: 0, images: 0, noLinks: null, noImages: null, findings: [] };
  const fresh = { state: 'LOOKING' as const, rows, wanted, ...nothing, finishedAt: null };
  const begun = { ...fresh, startedAt: services.clock.now() };
  await tx
    .insert(reportLooks)
    .values({ ...begun, submissionId, run: 1 })
    .onConflictDoUpdate({ target: reportLooks.submissionId, set: { ...begun, run: sql`${reportLooks.run} + 1` } });
  await services.jobs.enqueue(tx, looksJob, { subjectId: submissionId });
}
