import { eq } from 'drizzle-orm';
import { checks } from '../../../../drizzle/schema/index.ts';
import { transaction } from '../../../platform/database/transaction.ts';
import type { Services } from '../../../platform/services.ts';
import { checkBegin, checkDone, checkJob, checkOf } from '../commands.ts';
import { lookOnce } from '../looking.ts';

/** What is told instead of asking the network, and how long that took. */
export type Recorded = Pick<Services, 'fetch' | 'dns'> & { tookMs: number };

/**
 * Looks here and now at what a recording tells, by the rules that everything is judged by: for submissions whose places
 * do not exist, as those of the sample. The clock never looks at them: it would find nothing there, and take back what
 * the story says. Does nothing for what is not looked at.
 */
export async function checkHere(services: Services, submissionId: string, recorded: Recorded): Promise<void> {
  const check = await checkOf(services.db, submissionId);
  const begun = check && (await checkBegin(services, check.id));
  if (!begun) return;
  const { tookMs, ...network } = recorded;
  const looked = await lookOnce({ ...services, ...network }, begun.check, new AbortController().signal);
  await checkDone(services, begun, looked, tookMs);
  await transaction(services, async (tx) => {
    await services.jobs.notDue(tx, checkJob, begun.check.id);
    await tx.update(checks).set({ everyMinutes: null, nextAt: null }).where(eq(checks.id, begun.check.id));
  });
}
