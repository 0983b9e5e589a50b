import { fileLoader } from '../../files/queries.ts';
import { closable, openDoorbell } from '../../platform/events/doorbell.ts';
import { ApiError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { submissionLoader } from '../queries.ts';
import type { Progress } from '../validation/types.ts';
import type { CheckAsked, CheckSignal } from './checkTask.ts';
import { reportLoader } from './queries.ts';
import { ReportFinding, ValidationProgress } from './types.ts';

const lookAgainMs = 60_000;
const nothing: Progress = { bytes: 0, rows: 0, errors: 0, warnings: 0, findingCount: 0, findings: [] };

/**
 * How far validating a submission has got, now and whenever it gets on. Counts are a signal, never stored; state and
 * verdict are the row's. Ends when the reader may no longer see the submission; NOT_FOUND when they never could.
 */
export async function validationProgress(ctx: Ctx, submissionId: string) {
  const find = () => {
    // A stream outlives a request: rights and rows are asked for anew.
    ctx.loaders.clear();
    return submissionLoader(ctx).load(submissionId);
  };
  if ((await find()) === null) throw new ApiError('NOT_FOUND');
  const topic = `check:${submissionId}` as const;
  let progress = nothing;
  const stop = ctx.bus.on(topic, (payload) => {
    // A ring without words: a run has begun or ended.
    if (payload !== undefined) progress = (payload as CheckSignal).progress;
  });
  const bell = openDoorbell(ctx.bus, topic);
  // Whoever comes in the middle hears how far it is at once, also while the upload stands still.
  ctx.bus.signal('checks', { submissionId } satisfies CheckAsked);

  async function* messages(): AsyncGenerator<ValidationProgress, void, void> {
    for (;;) {
      const submission = await find();
      if (!submission) return;
      const report = await reportLoader(ctx).load(submissionId);
      const file = submission.fileId === null ? null : await fileLoader(ctx).load(submission.fileId);
      const sizeBytes = file?.sizeBytes ?? 0;
      const { state = null, verdict = null } = report ?? {};
      const isDone = report?.state === 'DONE';
      const { rows, errors, warnings } = isDone ? report : progress;
      const bytes = isDone ? sizeBytes : progress.bytes;
      // Once it is done the report itself has them.
      const { findingCount, findings } = isDone ? nothing : progress;
      yield Object.assign(new ValidationProgress(), {
        ...{ submissionId, state, verdict, bytes, sizeBytes, rows, errors, warnings, findingCount },
        findings: findings.map(ReportFinding.of),
      });
      if ((await bell.wait(lookAgainMs)) === 'closed') return;
    }
  }
  return closable(messages(), () => {
    stop();
    bell.close();
  });
}
