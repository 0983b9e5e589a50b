import { and, eq, inArray, isNotNull, ne, or } from 'drizzle-orm';
import { reports, submissions } from '../../drizzle/schema/index.ts';
import type { NewEvent } from '../events.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Services } from '../platform/services.ts';
import { buildWanted, lookWithdrawn } from './run/commands.ts';

const judged: readonly string[] = ['submission.validated', 'submission.accepted', 'submission.fetched'];
/** Files of these sets of rules are what a first look is made of. */
const sources = ['product-feed', 'order-history'];

/** What a transaction did to files that first looks are made of: another one is wanted, by the same transaction. */
export async function firstLookNotice(
  tx: Tx,
  services: Pick<Services, 'jobs'>,
  events: readonly NewEvent[],
): Promise<void> {
  const of = (kinds: readonly string[]) =>
    events.filter(({ kind }) => kinds.includes(kind)).map(({ subjectId }) => subjectId);
  const [submissionIds, shared, hidden] = [of(judged), of(['task.shared']), of(['task.hidden'])];
  if (submissionIds.length + shared.length + hidden.length === 0) return;
  if (hidden.length > 0) await lookWithdrawn(tx, hidden);
  const isGood = or(ne(reports.verdict, 'REJECTED'), isNotNull(submissions.acceptedAt));
  const rows = await tx
    .selectDistinct({ projectId: submissions.projectId })
    .from(submissions)
    .innerJoin(reports, eq(reports.submissionId, submissions.id))
    .where(
      and(
        or(inArray(submissions.id, submissionIds), inArray(submissions.taskId, [...shared, ...hidden])),
        inArray(reports.rules, sources),
        eq(reports.state, 'DONE'),
        isNotNull(submissions.finishedAt),
        isGood,
      ),
    );
  for (const { projectId } of rows) await buildWanted(tx, services, projectId);
}
