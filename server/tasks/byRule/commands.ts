import { tasks } from '../../../drizzle/schema/index.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import type { Services } from '../../platform/services.ts';
import { onTask } from '../moving.ts';
import { addNote, newTask, placeIn } from '../planning.ts';

export type RuledTask = { title: string; purpose: string; documentation: string; dueOn: string; assigneeId: string };

/**
 * Opens an internal task for somebody of the company, because a rule says so and nobody's right to add tasks is asked:
 * what made the rule true may be a client's act, who must not learn of it. Answers its id.
 */
export async function taskByRule(
  tx: Tx,
  services: Pick<Services, 'clock'>,
  project: { id: string; timeZone: string },
  phase: { id: string; projectId: string; index: number },
  { assigneeId, ...words }: RuledTask,
): Promise<string> {
  const kind = { type: 'WORK', side: 'COMPANY', visibility: 'INTERNAL', isReviewWanted: false } as const;
  const row = {
    ...newTask(services, project, phase.id, await placeIn(tx, phase), { ...kind, ...words, phaseId: phase.id }),
    assigneeId,
  };
  await tx.insert(tasks).values(row);
  append(tx, {
    kind: 'task.created',
    ...onTask(null, row),
    facts: { phaseId: phase.id },
    revision: { before: null, after: { title: row.title, purpose: row.purpose, dueOn: row.dueOn } },
  });
  await addNote(tx, null, row);
  append(tx, { kind: 'task.ready', ...onTask(null, row), facts: { from: 'NOT_READY', to: 'READY' } });
  append(tx, { kind: 'task.assigned', ...onTask(null, row), facts: { from: null, to: assigneeId, isForLead: false } });
  return row.id;
}
