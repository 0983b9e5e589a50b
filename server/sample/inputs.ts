import { and, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { meetings, taskInputs, type tasks } from '../../drizzle/schema/index.ts';
import type { Ctx } from '../platform/services.ts';
import { approvalGive } from '../submissions/approvals/commands.ts';
import { checkHere } from '../submissions/checks/inline/commands.ts';
import { credentialsSubmit } from '../submissions/credentials/commands.ts';
import { formSubmit } from '../submissions/forms/commands.ts';
import { meetingConfirm, meetingPropose } from '../submissions/meetings/commands.ts';
import { taskComplete, taskFlagStuck } from '../tasks/commands.ts';
import { recordedOf } from './recorded.ts';
import type { InputAct } from './story.ts';

type TaskRow = typeof tasks.$inferSelect;

/** Hands in what is no file and no address, and does what a task without an input knows. */
export async function performOnInput(ctx: Ctx, task: TaskRow, act: InputAct): Promise<void> {
  const { id, revision } = task;
  const idempotencyKey = uuidv7();
  switch (act.do) {
    case 'complete':
      return void (await taskComplete(ctx, id, { revision }));
    case 'flagStuck':
      return void (await taskFlagStuck(ctx, id, { revision, side: act.side, reason: act.reason }));
    case 'fillForm': {
      const inputId = await inputOf(ctx, task, 'FORM');
      return void (await formSubmit(ctx, { inputId, idempotencyKey, revision, answers: act.answers }));
    }
    case 'giveCredentials': {
      const inputId = await inputOf(ctx, task, 'CREDENTIALS');
      const values = Object.entries(act.values).map(([field, value]) => ({ field, value }));
      const { value } = await credentialsSubmit(ctx, { inputId, idempotencyKey, revision, values });
      return checkHere(ctx, value.submission.id, recordedOf(act.world));
    }
    case 'agree': {
      const inputId = await inputOf(ctx, task, 'APPROVAL');
      const given = { decision: 'APPROVED' as const, reason: act.remark, ofSubmissionId: null };
      return void (await approvalGive(ctx, { inputId, idempotencyKey, revision, ...given }));
    }
    case 'proposeTimes': {
      const inputId = await inputOf(ctx, task, 'MEETING');
      return void (await meetingPropose(ctx, { inputId, idempotencyKey, revision: null, times: act.times }));
    }
    case 'pickTime': {
      const [meeting] = await ctx.db.select().from(meetings).where(eq(meetings.taskId, id));
      const [first] = meeting?.proposedTimes ?? [];
      if (!meeting || !first) throw new Error(`Nobody has proposed a time for ${task.key}.`);
      return void (await meetingConfirm(ctx, meeting.id, { revision: meeting.revision, startsAt: new Date(first) }));
    }
  }
}

async function inputOf({ db }: Ctx, task: TaskRow, kind: typeof taskInputs.$inferSelect.kind): Promise<string> {
  const [input] = await db
    .select({ id: taskInputs.id })
    .from(taskInputs)
    .where(and(eq(taskInputs.taskId, task.id), eq(taskInputs.kind, kind)));
  if (!input) throw new Error(`The task ${task.key} has no input ${kind}.`);
  return input.id;
}
