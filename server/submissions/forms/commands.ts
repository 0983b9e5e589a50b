import { and, eq } from 'drizzle-orm';
import { formDrafts } from '../../../drizzle/schema/index.ts';
import { type Committed, transaction } from '../../platform/database/transaction.ts';
import { idempotent } from '../../platform/idempotency.ts';
import type { Ctx } from '../../platform/services.ts';
import { checkMay } from '../../projects/commands.ts';
import { checkRevision } from '../../tasks/commands.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import { checkDeliverable, deliverWhole, inputLock, movedOn } from '../deliver/commands.ts';
import type { InputRow } from '../deliver/queries.ts';
import { type SubmissionRow, submissionById } from '../queries.ts';
import { type AnswerGiven, completeAnswers, parseAnswers } from './answers.ts';
import { rememberFacts } from './known/commands.ts';

export type { AnswerGiven } from './answers.ts';

/**
 * Keeps what is being typed: one row per question, so that two people in one form overwrite each other only where both
 * answer the same question. No event: a draft is not delivered yet, and each key pressed would fill the log.
 */
export function formDraftSave(ctx: Ctx, inputId: string, given: readonly AnswerGiven[]): Promise<Committed<InputRow>> {
  return transaction(ctx, async (tx) => {
    const { task, input } = await inputLock(tx, ctx, inputId, 'FORM');
    checkMay(ctx, 'task.submit', task);
    checkDeliverable(task);
    const saved = { savedBy: ctx.viewer.personId, savedAt: ctx.clock.now() };
    for (const [question, answer] of parseAnswers(input.spec.questions, given)) {
      const isRow = and(eq(formDrafts.inputId, input.id), eq(formDrafts.question, question));
      if (answer === null) {
        await tx.delete(formDrafts).where(isRow);
        continue;
      }
      await tx
        .insert(formDrafts)
        .values({ inputId: input.id, question, answer, ...saved })
        .onConflictDoUpdate({ target: [formDrafts.inputId, formDrafts.question], set: { answer, ...saved } });
    }
    tx.afterCommit.push(() => ctx.bus.ring(`draft:${input.id}`));
    return input;
  });
}

export type FormInput = { inputId: string; idempotencyKey: string; revision: number; answers: AnswerGiven[] };
export type HandedIn = { projectId: string; submission: SubmissionRow; task: TaskSeen };

/** Hands a form in: its answers become the input's next version, and the draft is gone. */
export function formSubmit(ctx: Ctx, input: FormInput): Promise<Committed<HandedIn>> {
  return transaction(ctx, async (tx) => {
    const locked = await inputLock(tx, ctx, input.inputId, 'FORM');
    let { task } = locked;
    checkMay(ctx, 'task.submit', task);
    const { idempotencyKey, ...body } = input;
    const id = await idempotent(ctx, tx, { act: 'formSubmit', key: idempotencyKey, body }, async () => {
      checkRevision(task, input.revision);
      checkDeliverable(task);
      const { questions } = locked.input.spec;
      const answers = completeAnswers(questions, parseAnswers(questions, input.answers));
      const submission = await deliverWhole(tx, ctx, task, { ...locked.input, kind: 'FORM' }, { answers });
      await rememberFacts(tx, ctx, task, { questions, answers, isFirst: submission.version === 1 });
      await tx.delete(formDrafts).where(eq(formDrafts.inputId, input.inputId));
      task = await movedOn(tx, ctx, task, submission.id);
      tx.afterCommit.push(() => ctx.bus.ring(`draft:${input.inputId}`));
      return { subjectId: submission.id };
    });
    return { projectId: task.projectId, submission: await submissionById(tx, id), task };
  });
}
