import { eq } from 'drizzle-orm';
import { reports } from '../../../drizzle/schema/index.ts';
import type { Services } from '../../platform/services.ts';
import type { Finding, Report, Verdict } from '../validation/types.ts';

export type Judged = { verdict: Verdict; findings: readonly Finding[] };

/** What the report of a feed says; null while there is none, or while it is made anew. */
export async function feedReport({ db }: Pick<Services, 'db'>, submissionId: string): Promise<Judged | null> {
  const [report] = await db
    .select({ state: reports.state, verdict: reports.verdict, document: reports.document })
    .from(reports)
    .where(eq(reports.submissionId, submissionId));
  if (report?.state !== 'DONE' || report.verdict === null) return null;
  return { verdict: report.verdict, findings: (report.document as Report | null)?.findings ?? [] };
}
