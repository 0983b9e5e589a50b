import { and, eq } from 'drizzle-orm';
import { accountFacts } from '../../../../drizzle/schema/index.ts';
import { isStaff } from '../../../access/policy.ts';
import type { Answer, Question } from '../../../inputs.ts';
import type { Tx } from '../../../platform/database/transaction.ts';
import { append } from '../../../platform/events/log.ts';
import type { Ctx } from '../../../platform/services.ts';
import type { TaskSeen } from '../../../tasks/queries.ts';

const mostFactCharacters = 4_000;

/**
 * Keeps what was handed in as what is known of the account. `isFirst`: the form was not handed in before; only then
 * was a question avoided by what was known, or a known thing corrected.
 */
export async function rememberFacts(
  tx: Tx,
  ctx: Ctx,
  task: TaskSeen,
  { questions, answers, isFirst }: { questions: readonly Question[]; answers: readonly Answer[]; isFirst: boolean },
): Promise<void> {
  for (const answer of answers) {
    const key = questions.find((one) => one.key === answer.question)?.fact;
    if (!key || !('text' in answer) || [...answer.text].length > mostFactCharacters) continue;
    const value = answer.text;
    const isThis = and(eq(accountFacts.accountId, task.accountId), eq(accountFacts.key, key));
    const [before] = await tx.select().from(accountFacts).where(isThis).for('update');
    const written = { value, source: isStaff(ctx.viewer) ? 'STAFF' : 'CLIENT', at: ctx.clock.now() };
    await tx
      .insert(accountFacts)
      .values({ accountId: task.accountId, key, ...written })
      .onConflictDoUpdate({ target: [accountFacts.accountId, accountFacts.key], set: written });
    append(tx, {
      kind: 'account.factSet',
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: task.accountId,
      projectId: null,
      facts: { key },
      revision: { before: { value: before?.value ?? null }, after: { value } },
    });
    if (!before || !isFirst) continue;
    append(tx, {
      kind: 'task.factConfirmed',
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: task.id,
      projectId: task.projectId,
      taskId: task.id,
      facts: { key, isCorrected: before.value !== value },
    });
  }
}
