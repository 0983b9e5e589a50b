import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { eq } from 'drizzle-orm';
import { submissions } from '../../../../drizzle/schema/index.ts';
import type { Config } from '../../../config.ts';
import { fileComplete, fileCreate, fileGiveUp, fileResize, fileRoom, uploadPath } from '../../../files/commands.ts';
import { fileRow } from '../../../files/queries.ts';
import { type Committed, transaction } from '../../../platform/database/transaction.ts';
import { append } from '../../../platform/events/log.ts';
import { ActError, ApiError } from '../../../platform/graphql/errors.ts';
import { idempotent } from '../../../platform/idempotency.ts';
import type { Ctx, Services } from '../../../platform/services.ts';
import { checkMay, clientWasActive } from '../../../projects/commands.ts';
import { checkRevision } from '../../../tasks/commands.ts';
import { type Finished, submissionFinish } from '../../commands.ts';
import { checkDeliverable, unfinished } from '../../deliver/commands.ts';
import { type SubmissionRow, submissionById } from '../../queries.ts';
import { judgeableLock } from '../acts/commands.ts';
import type { Edit, Fix, WriteOrder, Written } from '../order.ts';
import { canRepair } from '../queries.ts';
import { maxFixes, repairedName, repairOrder, reportFileFacts } from './queries.ts';

export type RepairInput = {
  idempotencyKey: string;
  revision: number;
  fixes?: readonly { rule: string; column?: string | null }[] | null;
  edits?: readonly Edit[] | null;
};

const [maxEdits, maxValue] = [2_000, 10_000];

/**
 * Makes the next version of a file by repairing the one before: a thread writes it, the original stays as it is, and
 * the new one is handed in and checked like any other. The row stands before its bytes, as with every file; a repeat of
 * the key finds what the first call made, or makes it to an end where that one broke off.
 */
export async function submissionRepair(
  ctx: Ctx,
  submissionId: string,
  input: RepairInput,
): Promise<Committed<Finished>> {
  const { begun, wanted } = await begin(ctx, submissionId, input);
  if (begun.finishedAt === null && begun.fileId !== null) await write(ctx, begun, begun.fileId, submissionId, wanted);
  return submissionFinish(ctx, begun.id, { revision: input.revision });
}

type Wanted = { fixes: Fix[]; edits: Edit[] };

async function begin(
  ctx: Ctx,
  submissionId: string,
  { idempotencyKey, revision, fixes, edits }: RepairInput,
): Promise<{ begun: SubmissionRow; wanted: Wanted }> {
  const { value } = await transaction(ctx, async (tx) => {
    const judgeable = await judgeableLock(tx, ctx, submissionId);
    const { task, submission } = judgeable;
    checkMay(ctx, 'task.submit', task);
    const wanted = { fixes: checkFixes(fixes ?? []), edits: checkEdits(edits ?? []) };
    if (wanted.fixes.length + wanted.edits.length === 0) throw new ActError('EMPTY', { field: 'fixes' });
    const body = { submissionId, ...wanted };
    const id = await idempotent(ctx, tx, { act: 'submissionRepair', key: idempotencyKey, body }, async () => {
      checkRevision(task, revision);
      checkDeliverable(task);
      if (!canRepair(judgeable)) throw new ActError('NOTHING_TO_REPAIR');
      const original = submission.fileId === null ? null : await fileRow(tx, submission.fileId);
      if (!original || submission.inputId === null) throw new ActError('NOTHING_TO_REPAIR');
      const { sizeBytes, contentType } = original;
      const name = repairedName(original.name, await reportFileFacts(tx, submission.id));
      const { projectId, id: taskId } = task;
      const fileId = await fileCreate(ctx, tx, { name, sizeBytes, contentType, projectId, taskId });
      const input = { id: submission.inputId, taskId, kind: submission.kind };
      const row = { ...unfinished(ctx, input, task, { fileId }), repairOfId: submission.id };
      await tx.insert(submissions).values(row);
      append(tx, {
        ...{ kind: 'submission.created', audience: task.visibility, actorId: ctx.viewer.personId },
        ...{ subjectId: row.id, projectId, taskId, facts: { submissionKind: submission.kind } },
      });
      await clientWasActive(tx, ctx, projectId);
      return { subjectId: row.id };
    });
    return { begun: await submissionById(tx, id), wanted };
  });
  return value;
}

/** Writes the repaired file aside, and makes it the new submission's upload once it is whole. */
async function write(
  ctx: Ctx,
  begun: SubmissionRow,
  fileId: string,
  submissionId: string,
  wanted: Wanted,
): Promise<void> {
  if ((await fileRow(ctx.db, fileId))?.state === 'STORED') return;
  const order = await repairOrder(ctx, submissionId, wanted);
  if (!order) throw new ApiError('NOT_FOUND');
  const { audience, ...rest } = order;
  const maxBytes = await fileRoom(ctx, fileId);
  const target = join(repairsFolder(ctx), `${fileId}.${ctx.clock.now().getTime()}`);
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const written = (await ctx.threads.start('repair', { ...rest, target, maxBytes } satisfies WriteOrder)
      .result) as Written;
    if (written.sha256 === null) throw lackOf(written, maxBytes, ctx.config);
    if (written.changes === 0) throw new ActError('NOTHING_TO_REPAIR');
    await transaction(ctx, async (tx) => {
      await fileResize(ctx, tx, fileId, written.sizeBytes);
      await tx
        .update(submissions)
        .set({ repairOfId: submissionId, repairs: written.changes })
        .where(eq(submissions.id, begun.id));
      const { projectId, taskId, id: subjectId } = begun;
      const facts = { ofSubmissionId: submissionId, changes: written.changes };
      const actorId = ctx.viewer.personId;
      append(tx, {
        kind: 'submission.repaired',
        audience,
        actorId,
        subjectId,
        projectId,
        taskId,
        facts,
      });
    });
    const place = uploadPath(ctx, fileId);
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    await rename(target, place);
    await fileComplete(ctx, fileId, written.sha256);
  } catch (error) {
    await rm(target, { force: true });
    await fileGiveUp(ctx, fileId);
    throw error;
  }
}

/** Why a repaired file could not be written to its end. */
function lackOf({ lacks }: Written, maxBytes: number, config: Config): ActError {
  if (lacks === 'ROOM_ON_DISK') return new ActError('DISK_FULL');
  const isOfAccount = maxBytes < config.maxUploadBytes;
  return isOfAccount
    ? new ActError('STORAGE_FULL', { params: { maxBytes: config.maxAccountBytes } })
    : new ActError('FILE_TOO_LARGE', { params: { maxBytes } });
}

/** Where repaired files are written; what a crash left there is nobody's. */
export function repairsFolder(services: Services): string {
  return join(services.config.dataDir, 'repairs');
}

function checkFixes(given: readonly { rule: string; column?: string | null }[]): Fix[] {
  if (given.length > maxFixes) throw new ActError('TOO_LONG', { field: 'fixes', params: { max: maxFixes } });
  return given.map(({ rule, column = null }) => ({ rule, column }));
}

function checkEdits(given: readonly Edit[]): Edit[] {
  const field = 'edits';
  if (given.length > maxEdits) throw new ActError('TOO_LONG', { field, params: { max: maxEdits } });
  for (const { row, value } of given) {
    if (!Number.isInteger(row) || row < 1) throw new ActError('OUT_OF_RANGE', { field });
    if (value.length > maxValue) throw new ActError('TOO_LONG', { field, params: { max: maxValue } });
  }
  return given.map(({ row, column, value }) => ({ row, column, value }));
}
