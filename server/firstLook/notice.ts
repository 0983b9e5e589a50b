import type { NewEvent } from '../events.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Services } from '../platform/services.ts';
import { lookWithdrawn, wantedBy } from './run/commands.ts';

const judged: readonly string[] = ['submission.validated', 'submission.accepted', 'submission.fetched'];

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
  await wantedBy(tx, services, { submissionIds, taskIds: [...shared, ...hidden] });
}
