import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { files, reports, submissions, taskInputs, tasks } from '../../../drizzle/schema/index.ts';
import { sizeOnDisk, uploadPath } from '../../files/commands.ts';
import type { FileRow } from '../../files/queries.ts';
import type { FileCheck } from '../../inputs.ts';
import { type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import type { Services } from '../../platform/services.ts';
import { lockRow } from '../../tasks/commands.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import { movedOn } from '../deliver/commands.ts';
import { checkOf } from '../deliver/queries.ts';
import { looksWanted } from '../looks/commands.ts';
import type { SubmissionRow } from '../queries.ts';
import { deltaNow, knownOf, sameBytes } from './earlier/queries.ts';
import type { Checked, CheckOrder, FileOrder, JudgeOrder } from './order.ts';
import type { ReportRow } from './queries.ts';

/*
 * A report's life. It is begun with the first bytes of an upload, or with the submission's finish, whichever comes
 * first:
 *   QUEUED   waits for a thread           RUNNING  a thread reads the file, also while it is still arriving
 *   DONE     has a verdict                FAILED   our own machinery broke twice; a person may ask again
 *   CANCELLED  the upload was given up
 * The verdict moves submission and task only once the submission is finished; a report that is done by then is applied
 * in the very transaction that finishes it.
 */

/** The job that runs what waits. */
export const runJob = 'report.run';
const maxFailures = 2;

export type Begun = {
  submissionId: string;
  run: number;
  fileId: string;
  sizeBytes: number;
  isWhole: boolean;
  isAlone: boolean;
  order: CheckOrder;
};

type Of = { submissionId: string } | { fileId: string };

/** Makes a report RUNNING and tells what to run; null when there is nothing to check, or nothing more. */
export async function reportBegin(services: Services, of: Of, heard: number | null): Promise<Begun | null> {
  const { value } = await transaction(services, async (tx) => {
    const found = await checkable(tx, of);
    if (!found) return { begun: null };
    const { submission, file, check } = found;
    const [known] = await tx.select().from(reports).where(eq(reports.submissionId, submission.id)).for('update');
    if (known && known.state !== 'QUEUED' && known.state !== 'RUNNING') return { begun: null };
    const now = services.clock.now();
    const row: ReportRow = known
      ? { ...known, run: known.run + 1, state: 'RUNNING', startedAt: now }
      : { ...newReport(submission, check, now), state: 'RUNNING', startedAt: now };
    const { id, ...values } = row;
    if (known)
      await tx.update(reports).set({ run: row.run, state: row.state, startedAt: now }).where(eq(reports.id, id));
    else {
      const made = await tx
        .insert(reports)
        .values({ id, ...values })
        .onConflictDoNothing()
        .returning();
      // Finished at this very moment by somebody, whose job begins it.
      if (made.length === 0) return { begun: null };
      append(tx, { ...(await onSubmission(tx, submission)), kind: 'submission.validationStarted', facts: {} });
    }
    const isWhole = file.state === 'STORED';
    const arrived = heard ?? (await sizeOnDisk(uploadPath(services, file.id))) ?? 0;
    const order: CheckOrder = {
      file: fileOrder(services, file, isWhole ? file.sizeBytes : Math.min(arrived, file.sizeBytes)),
      judge: judgeOrder(row),
      known: await knownOf(tx, submission, row.rules),
    };
    const { run, failures } = row;
    const { sizeBytes } = file;
    return {
      begun: {
        ...{ submissionId: submission.id, run, fileId: file.id, sizeBytes, isWhole, order },
        isAlone: failures > 0,
      },
    };
  });
  return value.begun;
}

/** Waits for bytes that do not come, or for a thread: the row says so, and whoever comes next begins anew. */
export async function reportPark(services: Services, submissionId: string, run: number): Promise<void> {
  await transaction(services, async (tx) => {
    await tx.update(reports).set({ state: 'QUEUED' }).where(ofRun(submissionId, run));
  });
}

/** Writes down what a run came to, and moves submission and task when they wait for it. */
export async function reportDone(
  services: Services,
  { submissionId, run }: Pick<Begun, 'submissionId' | 'run'>,
  checked: Checked,
): Promise<void> {
  await transaction(services, async (tx) => {
    const locked = await lockSubmission(tx, submissionId);
    if (!locked) return;
    const { document, ...rest } = checked;
    const done = { ...rest, state: 'DONE' as const, failures: 0, finishedAt: services.clock.now() };
    const [report] = await tx
      .update(reports)
      .set({ ...done, document: sql`${document}::jsonb` })
      .where(ofRun(submissionId, run))
      .returning();
    if (!report) return;
    await compareAnew(tx, locked.submission, report);
    await judged(tx, services, locked.task, locked.submission, report);
  });
}

/** Where another version came to stand before it while it was read, it is compared with that one. */
async function compareAnew(tx: Tx, submission: SubmissionRow, report: ReportRow): Promise<void> {
  const delta = await deltaNow(tx, submission, report);
  if (delta !== report.delta) await tx.update(reports).set({ delta }).where(eq(reports.id, report.id));
}

/** A run that our own machinery broke off: once more, alone in a thread; then it is FAILED. */
export async function reportFailed(services: Services, submissionId: string, run: number): Promise<void> {
  await transaction(services, async (tx) => {
    const [report] = await tx.select().from(reports).where(ofRun(submissionId, run)).for('update');
    if (!report) return;
    const failures = report.failures + 1;
    const state = failures < maxFailures ? ('QUEUED' as const) : ('FAILED' as const);
    await tx.update(reports).set({ state, failures }).where(eq(reports.id, report.id));
    if (state === 'QUEUED') return services.jobs.enqueue(tx, runJob, { submissionId });
    const [submission] = await tx.select().from(submissions).where(eq(submissions.id, submissionId));
    if (submission)
      append(tx, { ...(await onSubmission(tx, submission)), kind: 'submission.validationFailed', facts: {} });
  });
}

/** Nobody needs the reports of uploads that were given up. */
export async function reportsCancel(tx: Tx, submissionIds: readonly string[]): Promise<void> {
  if (submissionIds.length === 0) return;
  await tx
    .update(reports)
    .set({ state: 'CANCELLED' })
    .where(and(inArray(reports.submissionId, [...submissionIds]), inArray(reports.state, ['QUEUED', 'RUNNING'])));
}

/**
 * What finishing a submission does to its report, in the same transaction: applied at once when it is done, taken over
 * from an earlier version with the very same bytes, or else waited for.
 */
export async function reportAtFinish(
  tx: Tx,
  services: Services,
  task: TaskSeen,
  submission: SubmissionRow,
): Promise<TaskSeen> {
  const found = await checkable(tx, { submissionId: submission.id });
  if (!found) return task;
  const { check, file } = found;
  const now = services.clock.now();
  const [known] = await tx.select().from(reports).where(eq(reports.submissionId, submission.id)).for('update');
  const mine = known ?? newReport(submission, check, now);
  const earlier = await sameBytes(tx, submission, file, mine);
  if (earlier) {
    const { id, submissionId, run: _, sameAsId, ...same } = earlier;
    const ofThis = {
      run: mine.run + 1,
      sameAsId: sameAsId ?? submissionId,
      finishedAt: now,
      delta: await deltaNow(tx, submission, earlier),
    };
    const taken = { ...same, ...ofThis, state: 'DONE' as const };
    await tx
      .insert(reports)
      .values({ ...taken, id: mine.id, submissionId: submission.id })
      .onConflictDoUpdate({ target: reports.submissionId, set: taken });
    return judged(tx, services, task, submission, taken);
  }
  // What was read while it arrived must be what is there now: parts of an upload can be taken back and sent anew.
  const isOfThis = known?.sha256 !== null && known?.sha256 === file.sha256;
  if (known?.state === 'DONE' && isOfThis) {
    await compareAnew(tx, submission, known);
    return judged(tx, services, task, submission, known);
  }
  if (known) {
    const isUnderWay = known.state === 'QUEUED' || known.state === 'RUNNING';
    const anew = { state: 'QUEUED' as const, run: known.run + 1, failures: 0 };
    if (!isUnderWay) await tx.update(reports).set(anew).where(eq(reports.id, known.id));
  } else {
    const made = await tx.insert(reports).values(mine).onConflictDoNothing().returning();
    const started = {
      ...(await onSubmission(tx, submission)),
      kind: 'submission.validationStarted',
      facts: {},
    } as const;
    if (made.length > 0) append(tx, started);
  }
  await services.jobs.enqueue(tx, runJob, { submissionId: submission.id });
  return task;
}

/** The verdict of a report that is done, for a submission that waits for it: state, event, and the task's next step. */
export async function judged(
  tx: Tx,
  services: Services,
  task: TaskSeen,
  submission: SubmissionRow,
  report: Pick<ReportRow, 'verdict' | 'rows' | 'valid' | 'rules'>,
): Promise<TaskSeen> {
  const { verdict, rows, valid } = report;
  if (submission.finishedAt === null || submission.state !== 'VALIDATING' || verdict === null) return task;
  await tx.update(submissions).set({ state: verdict }).where(eq(submissions.id, submission.id));
  append(tx, {
    ...(await onSubmission(tx, submission)),
    kind: 'submission.validated',
    facts: { verdict, rows, valid, inputId: submission.inputId ?? '' },
  });
  await looksWanted(tx, services, submission.id, report);
  return movedOn(tx, services, task, submission.id);
}

/** Reports that nobody runs although their submissions are finished: what a crash left behind. */
export async function reportsLeft(services: Services): Promise<string[]> {
  const rows = await services.db
    .select({ id: reports.submissionId })
    .from(reports)
    .innerJoin(submissions, eq(submissions.id, reports.submissionId))
    .where(and(inArray(reports.state, ['QUEUED', 'RUNNING']), isNotNull(submissions.finishedAt)));
  return rows.map((row) => row.id);
}

/** Enqueues the run of a report that waits. */
export async function reportAgain(services: Services, submissionId: string): Promise<void> {
  await transaction(services, (tx) => services.jobs.enqueue(tx, runJob, { submissionId }));
}

/** The run that counts now, while it is not over; null otherwise. */
export async function reportRun(services: Services, submissionId: string): Promise<number | null> {
  const isOpen = inArray(reports.state, ['QUEUED', 'RUNNING']);
  const [row] = await services.db
    .select({ run: reports.run })
    .from(reports)
    .where(and(eq(reports.submissionId, submissionId), isOpen));
  return row?.run ?? null;
}

/** A submission and its task, both locked, the task first as everywhere. */
export async function lockSubmission(
  tx: Tx,
  submissionId: string,
): Promise<{ task: TaskSeen; submission: SubmissionRow } | null> {
  const ofId = eq(submissions.id, submissionId);
  const [known] = await tx.select({ taskId: submissions.taskId }).from(submissions).where(ofId);
  const task = known && (await lockRow(tx, known.taskId));
  const [submission] = await tx.select().from(submissions).where(ofId).for('update');
  return task && submission ? { task, submission } : null;
}

/** What every event of a submission says that the machinery itself appends. */
export async function onSubmission(tx: Tx, submission: SubmissionRow) {
  const { projectId, taskId, id: subjectId } = submission;
  const [task] = await tx.select({ visibility: tasks.visibility }).from(tasks).where(eq(tasks.id, taskId));
  return { audience: task?.visibility ?? ('INTERNAL' as const), actorId: null, subjectId, projectId, taskId };
}

type Checkable = { submission: SubmissionRow; file: FileRow; check: FileCheck };

/** A submission of a file whose input says what it is judged by; null for every other. */
export async function checkable(tx: Pick<Tx, 'select'>, of: Of): Promise<Checkable | null> {
  const [found] = await tx
    .select({ submission: submissions, file: files, input: taskInputs })
    .from(submissions)
    .innerJoin(files, eq(files.id, submissions.fileId))
    .innerJoin(taskInputs, eq(taskInputs.id, submissions.inputId))
    .where('fileId' in of ? eq(submissions.fileId, of.fileId) : eq(submissions.id, of.submissionId));
  const check = found && checkOf(found.input);
  return check ? { submission: found.submission, file: found.file, check } : null;
}

export function fileOrder(services: Services, file: FileRow, arrived: number): FileOrder {
  const places = [uploadPath(services, file.id), services.blobs.pathOf(file.blobKey)];
  return { places, name: file.name, sizeBytes: file.sizeBytes, arrived };
}

export function judgeOrder({ rules, table, profile, threshold, declared, mapping, asOf }: ReportRow): JudgeOrder {
  return { rules, table, profile, threshold, declared, mapping, asOf: asOf.toISOString() };
}

/** What its sender chose and said of the file goes on top of what the input says of every file. */
export function newReport(submission: SubmissionRow, check: FileCheck, now: Date): ReportRow {
  const { rules, profile, threshold, table = null } = check;
  const submissionId = submission.id;
  const declared = { ...check.declared, ...submission.declared };
  return {
    ...{ id: uuidv7(), submissionId, state: 'QUEUED', run: 1, failures: 0 },
    ...{ rules, table, profile, threshold, declared, mapping: submission.mapping ?? {}, asOf: now },
    ...{ verdict: null, isReadable: true, rows: 0, valid: 0, errors: 0, warnings: 0 },
    ...{
      document: null,
      sha256: null,
      ids: null,
      faults: null,
      acceptedRows: null,
      acceptedIds: null,
      delta: null,
      sameAsId: null,
      startedAt: null,
      finishedAt: null,
    },
  };
}

const ofRun = (submissionId: string, run: number) =>
  and(eq(reports.submissionId, submissionId), eq(reports.run, run), inArray(reports.state, ['QUEUED', 'RUNNING']));
