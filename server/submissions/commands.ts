import { eq, inArray } from 'drizzle-orm';
import { submissions, taskInputs } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { fileComplete, fileCreate, fileKeep } from '../files/commands.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import { idempotent } from '../platform/idempotency.ts';
import type { Ctx } from '../platform/services.ts';
import { checkMay, clientWasActive } from '../projects/commands.ts';
import { checkRevision, taskLock, taskMove } from '../tasks/commands.ts';
import type { TaskSeen } from '../tasks/queries.ts';
import { checkCreate, checkOf, checkStart, secretMade } from './checks/commands.ts';
import { filledIn } from './checks/filled.ts';
import type { CheckGiven } from './checks/subject.ts';
import { checkDeliverable, movedOn, numbered, unfinished } from './deliver/commands.ts';
import { type InputRow, isReviewed, isSatisfied, type Standing, standingOf } from './deliver/queries.ts';
import { decidesFor } from './inPlace.ts';
import { type CreateInput, checkDelivery } from './input.ts';
import { type SubmissionRow, submissionById } from './queries.ts';
import { checkable, reportAtFinish } from './reports/commands.ts';

const maxReasonCharacters = 5_000;

/** A submission that is begun, and a secret that was made for it. */
export type Begun = SubmissionRow & { secret: string | null };

/**
 * Begins a submission: of an address or of what is to be looked at, whole at once, or of a file, whose bytes are then
 * sent to its upload. Nobody else sees it until `submissionFinish`.
 */
export function submissionCreate(ctx: Ctx, input: CreateInput): Promise<Committed<Begun>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, input.taskId);
    checkMay(ctx, 'task.submit', task);
    const { idempotencyKey, ...rest } = input;
    const body = { ...rest, check: hashable(ctx, input.check ?? null) };
    const id = await idempotent(ctx, tx, { act: 'submissionCreate', key: idempotencyKey, body }, async () => {
      const wanted = await inputFor(tx, task, input);
      checkDeliverable(task);
      const { projectId, id: taskId } = task;
      const { spec, missing } = await filledIn(tx, ctx, projectId, wanted.spec);
      if (missing.length > 0) throw new ActError('FACT_MISSING', { params: { facts: missing.join(', ') } });
      const delivery = checkDelivery({ spec }, input, ctx.config);
      const url = delivery.kind === 'FILE' ? null : delivery.url;
      const fileId =
        delivery.kind === 'FILE' ? await fileCreate(ctx, tx, { ...delivery.file, projectId, taskId }) : null;
      const made = delivery.kind === 'FILE' ? delivery.made : {};
      const row = unfinished(ctx, { ...wanted, kind: delivery.kind }, task, { fileId, url, ...made });
      await tx.insert(submissions).values(row);
      if ('spec' in delivery) await checkCreate(tx, ctx, row, { input: wanted, ...delivery });
      append(tx, {
        kind: 'submission.created',
        audience: task.visibility,
        actorId: ctx.viewer.personId,
        subjectId: row.id,
        projectId,
        taskId,
        facts: { submissionKind: delivery.kind },
      });
      await clientWasActive(tx, ctx, projectId);
      return { subjectId: row.id };
    });
    const begun = await submissionById(tx, id);
    return { ...begun, secret: await secretMade(tx, ctx, begun) };
  });
}

/** A plain hash of a short password could be guessed: only a keyed one goes into the row of the idempotency key. */
function hashable(ctx: Ctx, check: CheckGiven | null): CheckGiven | null {
  if (check?.password === undefined || check.password === null) return check;
  return { ...check, password: ctx.secrets.sign('submissionCreate', check.password) };
}

/** The input that a delivery is for: the one named, else the first of its kind that is still wanted. */
async function inputFor(tx: Tx, task: TaskSeen, { inputId, url, file, check }: CreateInput): Promise<InputRow> {
  const standing = await standingOf(tx, task.id);
  // An empty text is an id like any other that is not there.
  if (inputId !== null && inputId !== undefined) {
    const named = standing.find((one) => one.input.id === inputId);
    if (!named) throw new ApiError('NOT_FOUND');
    return named.input;
  }
  const isGiven = (value: unknown) => value !== null && value !== undefined;
  const kind = isGiven(url) ? 'URL' : isGiven(check) && !isGiven(file) ? 'CHECK' : 'FILE';
  const ofKind = standing.filter((one) => one.input.kind === kind);
  const wanted = ofKind.find((one) => !isSatisfied(one)) ?? ofKind[0];
  if (!wanted) throw new ActError('WRONG_KIND', { params: { wanted: standing[0]?.input.kind ?? task.type } });
  return wanted.input;
}

export type Finished = { projectId: string; submission: SubmissionRow; task: TaskSeen };

/**
 * Delivers: the submission becomes its input's next version, those before it are superseded, and the task moves on to
 * review, or is done where none is wanted, once all that it asks for is there and what is checked has its verdict.
 * Finishing the same one again answers it and changes nothing.
 */
export async function submissionFinish(
  ctx: Ctx,
  submissionId: string,
  input: { revision: number },
): Promise<Committed<Finished>> {
  if (!isUuid(submissionId)) throw new ApiError('NOT_FOUND');
  const [asked] = await ctx.db.select().from(submissions).where(eq(submissions.id, submissionId));
  if (!asked) throw new ApiError('NOT_FOUND');
  const isOwn = asked.submittedBy === ctx.viewer.personId;
  // The last request of an upload may have died between the bytes and the row: then they are whole, and found here.
  if (isOwn && asked.fileId !== null && asked.finishedAt === null) await fileComplete(ctx, asked.fileId);

  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, asked.taskId);
    const known = await submissionById(tx, submissionId);
    const seen = { ...task, createdBy: known.submittedBy, isFinished: known.finishedAt !== null };
    if (!can(ctx.viewer, 'submission.read', seen)) throw new ApiError('NOT_FOUND');
    if (!isOwn) throw new ApiError('FORBIDDEN');
    checkMay(ctx, 'task.submit', task);
    if (known.finishedAt !== null) return { projectId: task.projectId, submission: known, task };
    checkRevision(task, input.revision);
    checkDeliverable(task);
    if (known.kind === 'FILE' && !(known.fileId && (await fileKeep(ctx, tx, known.fileId)))) {
      throw new ActError('UPLOAD_INCOMPLETE');
    }
    const check = await checkOf(tx, submissionId);
    const isChecked = check !== null || (await checkable(tx, { submissionId })) !== null;
    const submission = await numbered(tx, ctx, task, known, isChecked ? 'VALIDATING' : 'RECEIVED');
    const handedIn = await movedOn(tx, ctx, task, submission.id);
    if (!isChecked) return { projectId: task.projectId, submission, task: handedIn };
    if (check) {
      await checkStart(tx, ctx, check);
      return { projectId: task.projectId, submission, task: handedIn };
    }
    const judged = await reportAtFinish(tx, ctx, handedIn, submission);
    return { projectId: task.projectId, submission: await submissionById(tx, submissionId), task: judged };
  });
}

/** IN_REVIEW -> DONE. What was handed in for each input is right. */
export function taskApprove(ctx: Ctx, taskId: string, input: { revision: number }): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task, reviewed, latest } = await underReview(tx, ctx, taskId, input.revision);
    // Secrets that were taken back are nothing that could be right; another version can still be asked for.
    if (reviewed.some(({ current }) => current.withdrawnAt !== null)) throw new ActError('NOTHING_TO_APPROVE');
    for (const { current } of reviewed) {
      await writeReview(tx, ctx, task, current, { reviewOutcome: 'APPROVED', reviewReason: null });
    }
    return taskMove(tx, ctx, task, { to: 'DONE', kind: 'task.approved', submissionId: latest.id });
  });
}

type ChangesWanted = {
  revision: number;
  reason: string;
  /** The inputs that another version is wanted of; left out: all that were handed in. */
  inputIds?: string[] | null;
};

/** IN_REVIEW -> CHANGES_REQUESTED, with what should change, and in which of the inputs. */
export function taskRequestChanges(ctx: Ctx, taskId: string, input: ChangesWanted): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task, reviewed, latest } = await underReview(tx, ctx, taskId, input.revision);
    const reviewReason = checkReason(input.reason);
    const redone = named(reviewed, input.inputIds ?? null);
    for (const { current } of redone) {
      await writeReview(tx, ctx, task, current, { reviewOutcome: 'CHANGES_REQUESTED', reviewReason });
    }
    const ids = redone.map((one) => one.input.id);
    await tx.update(taskInputs).set({ isRedoWanted: true }).where(inArray(taskInputs.id, ids));
    const about = redone.find((one) => one.current.id === latest.id) ?? redone[0];
    const submissionId = about?.current.id ?? latest.id;
    return taskMove(tx, ctx, task, { to: 'CHANGES_REQUESTED', kind: 'task.changesRequested', submissionId });
  });
}

/** A refusal's reason, trimmed. */
export function checkReason(given: string): string {
  const reason = given.trim();
  if (reason === '') throw new ActError('REASON_MISSING', { field: 'reason' });
  if ([...reason].length > maxReasonCharacters) {
    throw new ActError('TOO_LONG', { field: 'reason', params: { max: maxReasonCharacters } });
  }
  return reason;
}

type Reviewed = Standing & { current: SubmissionRow };

function named(reviewed: Reviewed[], inputIds: string[] | null): Reviewed[] {
  if (inputIds === null) return reviewed;
  if (inputIds.length === 0) throw new ActError('EMPTY', { field: 'inputIds' });
  if (inputIds.some((id) => !reviewed.some((one) => one.input.id === id))) throw new ApiError('NOT_FOUND');
  return reviewed.filter((one) => inputIds.includes(one.input.id));
}

/**
 * The locked task and the versions that are judged. The state is asked before the revision, so that a second approval
 * says what is.
 */
async function underReview(tx: Tx, ctx: Ctx, taskId: string, revision: number) {
  const { task } = await taskLock(tx, ctx, taskId);
  const reviewed = (await standingOf(tx, task.id)).filter(
    (one): one is Reviewed => one.current !== null && isReviewed(one.input.kind),
  );
  const [latest] = reviewed.map((one) => one.current).sort(byFinish);
  const delivered = latest ? reviewed.map((one) => one.current) : [{ submittedBy: null, isOnBehalf: false }];
  for (const { submittedBy, isOnBehalf } of delivered) {
    checkMay(ctx, 'task.review', { ...task, submittedBy, isOnBehalf });
  }
  if (task.state !== 'IN_REVIEW' || !latest) throw new ActError('WRONG_STATE', { params: { state: task.state } });
  checkRevision(task, revision);
  return { task, reviewed, latest };
}

function byFinish(a: SubmissionRow, b: SubmissionRow): number {
  return (b.finishedAt?.getTime() ?? 0) - (a.finishedAt?.getTime() ?? 0) || b.id.localeCompare(a.id);
}

async function writeReview(
  tx: Tx,
  ctx: Ctx,
  task: TaskSeen,
  reviewed: SubmissionRow,
  review: { reviewOutcome: 'APPROVED' | 'CHANGES_REQUESTED'; reviewReason: string | null },
): Promise<void> {
  const reviewedForId = decidesFor(ctx.viewer, task, 'task.review');
  await tx
    .update(submissions)
    .set({ ...review, reviewedBy: ctx.viewer.personId, reviewedForId, reviewedAt: ctx.clock.now() })
    .where(eq(submissions.id, reviewed.id));
  append(tx, {
    kind: 'submission.reviewed',
    audience: task.visibility,
    actorId: ctx.viewer.personId,
    subjectId: reviewed.id,
    projectId: task.projectId,
    taskId: task.id,
    facts: { outcome: review.reviewOutcome, inputId: reviewed.inputId ?? '', forId: reviewedForId },
    revision: { before: null, after: review },
  });
}
