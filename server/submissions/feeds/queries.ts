import { eq, sql } from 'drizzle-orm';
import { reports } from '../../../drizzle/schema/index.ts';
import type { Services } from '../../platform/services.ts';
import type { Verdict } from '../validation/types.ts';

export type Judged = { verdict: Verdict; rows: { all: number; valid: number; worst: string } };

/** What the report of a feed says; null while there is none, or while it is made anew. */
export async function feedReport({ db }: Pick<Services, 'db'>, submissionId: string): Promise<Judged | null> {
  const { state, verdict, rows: all, valid, document } = reports;
  const [report] = await db
    .select({ state, verdict, all, valid, worst: sql<string | null>`${document} #>> '{findings,0,title}'` })
    .from(reports)
    .where(eq(reports.submissionId, submissionId));
  if (report?.state !== 'DONE' || report.verdict === null) return null;
  return { verdict: report.verdict, rows: { all: report.all, valid: report.valid, worst: report.worst ?? '' } };
}
