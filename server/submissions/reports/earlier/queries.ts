import { and, desc, eq, inArray, isNotNull, ne, or, sql } from 'drizzle-orm';
import { files, reports, submissions } from '../../../../drizzle/schema/index.ts';
import type { FileRow } from '../../../files/queries.ts';
import type { TableShape } from '../../../inputs.ts';
import type { Tx } from '../../../platform/database/transaction.ts';
import type { SubmissionRow } from '../../queries.ts';
import { deltaOf } from '../deltaOf.ts';
import type { Baseline, Compared, Delta, KnownOrder, Previous } from '../order.ts';
import type { ReportRow } from '../queries.ts';

/** The version before, the last accepted one, and accepted files of other kinds in the same project, as far as their reports remember them. */
export async function knownOf(tx: Tx, submission: SubmissionRow, rules: string): Promise<KnownOrder> {
  /** The ids of the latest accepted file of another kind in the same project. */
  const idsOf = async (kind: string) => {
    const isTaken = inArray(submissions.state, ['ACCEPTED', 'ACCEPTED_WITH_WARNINGS']);
    const ofKind = and(eq(reports.rules, kind), eq(submissions.projectId, submission.projectId));
    const [found] = await tx
      .select({ ids: reports.ids })
      .from(reports)
      .innerJoin(submissions, eq(submissions.id, reports.submissionId))
      .where(and(isDone(submission), ofKind, isTaken))
      .orderBy(desc(submissions.finishedAt))
      .limit(1);
    return found?.ids ?? null;
  };
  const of = await before(tx, submission);
  return {
    previous: of && (await previousOf(tx, of)),
    baseline: (await keptOf(tx, submission)) ?? (await baselineOf(tx, submission)).baseline,
    feedIds: rules === 'order-history' ? await idsOf('product-feed') : null,
    suppressed: rules === 'subscriber-list' ? await idsOf('suppression-list') : null,
  };
}

/** The delta of a report against the version that stands before it now: another may have been handed in, or checked anew, since its own was made. */
export async function deltaNow(
  tx: Tx,
  submission: SubmissionRow,
  report: Pick<ReportRow, 'faults' | 'errors' | 'warnings' | 'isReadable' | 'delta'>,
): Promise<Delta | null> {
  const of = await before(tx, submission);
  if (isSame(of, report.delta?.of ?? null)) return report.delta;
  return of && deltaOf(await previousOf(tx, of), report);
}

function isSame(a: Compared | null, b: Compared | null): boolean {
  return a?.submissionId === b?.submissionId && a?.run === b?.run && a?.version === b?.version;
}

const isDone = ({ id }: Pick<SubmissionRow, 'id'>) =>
  and(eq(reports.state, 'DONE'), eq(reports.isReadable, true), ne(submissions.id, id));

/** The latest version before this one that could be read to its end. */
async function before(tx: Tx, submission: SubmissionRow): Promise<Compared | null> {
  if (submission.inputId === null) return null;
  const older = submission.version === null ? undefined : sql`${submissions.version} < ${submission.version}`;
  const [found] = await tx
    .select({ submissionId: submissions.id, run: reports.run, version: submissions.version })
    .from(reports)
    .innerJoin(submissions, eq(submissions.id, reports.submissionId))
    .where(and(isDone(submission), eq(submissions.inputId, submission.inputId), isNotNull(submissions.version), older))
    .orderBy(desc(submissions.version))
    .limit(1);
  return found ?? null;
}

/** Accepted by its check, or by a person in spite of it; a later version may have taken its place. */
const isAccepted = or(ne(reports.verdict, 'REJECTED'), isNotNull(submissions.acceptedAt));

/**
 * The latest version before this one that was accepted. A rejected one is no measure for the next: a file that was cut
 * off would pass at the second try.
 */
async function baselineOf(
  tx: Tx,
  { id, inputId, version }: Pick<SubmissionRow, 'id' | 'inputId' | 'version'>,
): Promise<{ id: string | null; baseline: Baseline | null }> {
  if (inputId === null) return { id: null, baseline: null };
  const older = version === null ? undefined : sql`${submissions.version} < ${version}`;
  const ofInput = and(eq(submissions.inputId, inputId), isNotNull(submissions.version), older);
  const [found] = await tx
    .select({ id: submissions.id, rows: reports.rows, ids: reports.ids })
    .from(reports)
    .innerJoin(submissions, eq(submissions.id, reports.submissionId))
    .where(and(isDone({ id }), ofInput, isAccepted))
    .orderBy(desc(submissions.version))
    .limit(1);
  return found ? { id: found.id, baseline: { rows: found.rows, ids: found.ids } } : { id: null, baseline: null };
}

/** What a feed keeps of its last accepted file while a rejected one stands in its place. */
async function keptOf(tx: Tx, { id }: SubmissionRow): Promise<Baseline | null> {
  const [kept] = await tx
    .select({ rows: reports.acceptedRows, ids: reports.acceptedIds })
    .from(reports)
    .where(eq(reports.submissionId, id));
  return kept && kept.rows !== null ? { rows: kept.rows, ids: kept.ids } : null;
}

async function previousOf(tx: Tx, of: Compared): Promise<Previous | null> {
  const { faults, errors, warnings } = reports;
  const [found] = await tx
    .select({ faults, errors, warnings })
    .from(reports)
    .where(eq(reports.submissionId, of.submissionId));
  return found ? previousFrom(of, found) : null;
}

/** What a report remembers, for the one after it. */
export function previousFrom(
  of: Compared,
  { faults, errors, warnings }: Pick<ReportRow, 'faults' | 'errors' | 'warnings'>,
): Previous {
  return { of, faults, told: errors + warnings };
}

/**
 * The report of the latest earlier version of the same input with the very same bytes, judged by the same and held
 * against the same accepted version; or of that accepted version itself, when its check had found it well.
 */
export async function sameBytes(
  tx: Tx,
  submission: SubmissionRow,
  file: FileRow,
  mine: ReportRow,
): Promise<ReportRow | null> {
  if (file.sha256 === null || submission.inputId === null) return null;
  const candidates = await tx
    .select({ report: reports, version: submissions.version })
    .from(reports)
    .innerJoin(submissions, eq(submissions.id, reports.submissionId))
    .innerJoin(files, eq(files.id, submissions.fileId))
    .where(
      and(
        eq(submissions.inputId, submission.inputId),
        ne(submissions.id, submission.id),
        isNotNull(submissions.version),
        eq(files.sha256, file.sha256),
        eq(reports.state, 'DONE'),
      ),
    )
    .orderBy(desc(submissions.version));
  const key = (report: ReportRow) => {
    const { rules, table, profile, threshold, declared, mapping } = report;
    return JSON.stringify([rules, canonical(table), profile, threshold, sorted(declared), sorted(mapping)]);
  };
  const now = await baselineOf(tx, submission);
  for (const { report, version } of candidates) {
    if (key(report) !== key(mine)) continue;
    const id = report.submissionId;
    if (id === now.id && report.verdict !== 'REJECTED') return report;
    const then = await baselineOf(tx, { id, inputId: submission.inputId, version });
    if (id !== now.id && then.id === now.id) return report;
  }
  return null;
}

function sorted(values: Record<string, string | null>): [string, string | null][] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** JSON with sorted keys: the database does not keep the order in which they were written. */
function canonical(table: TableShape | null): string {
  return JSON.stringify(table, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
