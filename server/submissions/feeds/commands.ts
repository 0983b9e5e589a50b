import { eq, sql } from 'drizzle-orm';
import { reports, submissions, taskInputs } from '../../../drizzle/schema/index.ts';
import { uploadPath } from '../../files/commands.ts';
import { fetchedBegin, fetchedDrop, fetchedKeep } from '../../files/fetched/commands.ts';
import { cleanFileName } from '../../files/queries.ts';
import { type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import type { Services } from '../../platform/services.ts';
import { checkOf } from '../deliver/queries.ts';
import { looksWanted } from '../looks/commands.ts';
import type { SubmissionRow } from '../queries.ts';
import { judgeOrder, lockSubmission, newReport, onSubmission, runJob } from '../reports/commands.ts';
import { knownOf, previousFrom } from '../reports/earlier/queries.ts';
import type { Checked, CheckOrder } from '../reports/order.ts';
import type { ReportRow } from '../reports/queries.ts';

/*
 * A pull of a feed in the database. The report that stands, and the bytes that it judges, stay untouched until another
 * whole file was fetched and judged: then one transaction puts both in their place. What a killed process leaves is a
 * file's row that nobody refers to; the next pull of the feed removes it, or its `file.expire` does.
 */

export type Pulling = {
  submissionId: string;
  fileId: string;
  /** The run of the report that stands; null: there was none. */
  run: number | null;
  order: CheckOrder;
};

/** Makes a place for the bytes of a pull, of which these are the first, and tells what to judge them by. */
export async function pullOpen(services: Services, submissionId: string, first: Uint8Array): Promise<Pulling> {
  const { value } = await transaction(services, async (tx) => {
    const found = await feedOf(tx, submissionId);
    const now = services.clock.now();
    const fresh = newReport(found.submission, found.check, now);
    const report = await reportOf(tx, submissionId);
    const { projectId, taskId, submittedBy: createdBy } = found.submission;
    const name = fileNameOf(found.url, first);
    const owner = { projectId, taskId, createdBy, fetchedFor: submissionId };
    const fileId = await fetchedBegin(services, tx, { ...owner, name, contentType: unknownType });
    if (report === null) {
      await tx.insert(reports).values({ ...fresh, state: 'RUNNING', startedAt: now });
      const event = await onSubmission(tx, found.submission);
      append(tx, { ...event, kind: 'submission.validationStarted', facts: {} });
    } else if (report.document === null) {
      await tx.update(reports).set({ state: 'RUNNING', startedAt: now }).where(eq(reports.id, report.id));
    }
    const judge = judgeOrder({ ...(report ?? fresh), asOf: now });
    const file = { places: [uploadPath(services, fileId)], name, sizeBytes: null, arrived: 0 };
    const known = await knownBefore(tx, found.submission, report, judge.rules);
    return { submissionId, fileId, run: report?.run ?? null, order: { file, judge, known } };
  });
  return value;
}

/** A pull that came to nothing, or to nothing new. A report that was only begun for it goes with it. */
export async function pullDrop(services: Services, { submissionId, fileId }: Pulling): Promise<void> {
  await transaction(services, async (tx) => {
    // Another pull has begun meanwhile: what stands there is its own.
    if (!(await fetchedDrop(services, tx, fileId))) return;
    const report = await reportOf(tx, submissionId);
    if (report?.state === 'RUNNING' && report.document === null)
      await tx.delete(reports).where(eq(reports.id, report.id));
  });
}

export type Pulled = { checked: Checked; sizeBytes: number; sha256: string };

/** Puts a whole new file and its report in the place of those before; false when another pull has begun meanwhile. */
export async function pullKeep(
  services: Services,
  { submissionId, fileId, run, order }: Pulling,
  { checked, sizeBytes, sha256 }: Pulled,
): Promise<boolean> {
  const { value } = await transaction(services, async (tx) => {
    const locked = await lockSubmission(tx, submissionId);
    if (!locked) return { isKept: false };
    const { submission } = locked;
    const insteadOf = submission.fileId;
    const keptId = await fetchedKeep(services, tx, fileId, { sizeBytes, sha256, insteadOf });
    if (keptId === null) return { isKept: false };
    if (keptId !== insteadOf)
      await tx.update(submissions).set({ fileId: keptId }).where(eq(submissions.id, submissionId));
    const { rows, valid } = checked;
    const facts = { sizeBytes, rows, valid, inputId: submission.inputId ?? '' };
    append(tx, { ...(await onSubmission(tx, submission)), kind: 'submission.fetched', facts });
    const report = await reportOf(tx, submissionId);
    const ofReport = eq(reports.submissionId, submissionId);
    if (run !== null && report?.run !== run) {
      // Somebody chose other columns while this was read by the old ones: it is read once more.
      const anew = { state: 'QUEUED' as const, run: sql`${reports.run} + 1`, failures: 0 };
      await tx.update(reports).set(anew).where(ofReport);
      await services.jobs.enqueue(tx, runJob, { submissionId });
      return { isKept: true };
    }
    const { document, ...rest } = checked;
    const asOf = new Date(order.judge.asOf);
    const ended = { state: 'DONE' as const, failures: 0, sameAsId: null, finishedAt: services.clock.now() };
    const kept = checked.verdict === 'REJECTED' ? order.known.baseline : null;
    await tx
      .update(reports)
      .set({
        ...rest,
        ...ended,
        acceptedRows: kept?.rows ?? null,
        acceptedIds: kept?.ids ?? null,
        asOf,
        startedAt: asOf,
        run: sql`${reports.run} + 1`,
        document: sql`${document}::jsonb`,
      })
      .where(ofReport);
    await looksWanted(tx, services, submissionId, { ...checked, rules: order.judge.rules });
    return { isKept: true };
  });
  services.bus.ring(`check:${submissionId}`);
  return value.isKept;
}

async function feedOf(tx: Tx, submissionId: string) {
  const [found] = await tx
    .select({ submission: submissions, input: taskInputs })
    .from(submissions)
    .innerJoin(taskInputs, eq(taskInputs.id, submissions.inputId))
    .where(eq(submissions.id, submissionId))
    .for('update', { of: submissions });
  const check = found && checkOf(found.input);
  const url = found?.submission.url;
  if (!check || !url) throw new Error('Nothing is fetched for this submission.');
  return { submission: found.submission, check, url };
}

async function reportOf(tx: Tx, submissionId: string): Promise<ReportRow | null> {
  const [report] = await tx.select().from(reports).where(eq(reports.submissionId, submissionId)).for('update');
  return report ?? null;
}

/**
 * What it is compared with: the file that this feed had before, for the first the version before; as a whole, the last
 * one that was accepted.
 */
async function knownBefore(tx: Tx, submission: SubmissionRow, report: ReportRow | null, rules: string) {
  const known = await knownOf(tx, submission, rules);
  if (report?.state !== 'DONE' || !report.isReadable) return known;
  const of = { submissionId: submission.id, run: report.run, version: null };
  const isAccepted = report.verdict !== 'REJECTED' || isAcceptedSince(submission, report);
  const baseline = isAccepted ? { rows: report.rows, ids: report.ids } : known.baseline;
  return { ...known, previous: previousFrom(of, report), baseline };
}

/** Whether a person accepted this very file: an acceptance of an earlier one says nothing of it. */
function isAcceptedSince({ acceptedAt }: SubmissionRow, { finishedAt }: ReportRow): boolean {
  return acceptedAt !== null && finishedAt !== null && acceptedAt >= finishedAt;
}

const unknownType = 'application/octet-stream';

/**
 * The last part of its path; what stands behind `?` may be a key, and is in no name. An address promises nothing about
 * packing: many servers unpack a `.gz` on the way, or pack what is called `.csv`. The name says what the bytes are.
 */
function fileNameOf(url: string, first: Uint8Array): string {
  const last = new URL(url).pathname.split('/').findLast((part) => part !== '') ?? '';
  const packed = first[0] === 0x1f && first[1] === 0x8b ? '.gz' : first[0] === 0x50 && first[1] === 0x4b ? '.zip' : '';
  const stem = decoded(last).replace(/\.(gz|zip)$/i, '');
  return cleanFileName(`${stem === '' ? 'feed' : stem}${packed}`) ?? `feed${packed}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A percent sign that is none of an encoding.
    return part;
  }
}
