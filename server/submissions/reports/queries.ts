import { getTableColumns, inArray } from 'drizzle-orm';
import { reports } from '../../../drizzle/schema/index.ts';
import { byKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import { linkHolder } from '../../tokens/queries.ts';
import { takesDeliveries } from '../deliver/queries.ts';
import { type SubmissionRow, submissionLoader } from '../queries.ts';
import { ownTable, ruleSets } from '../validation/rules/registry.ts';
import { checkTableSchema, type SchemaProblem } from '../validation/rules/tableSchema.ts';
import type { Report, RuleSet } from '../validation/types.ts';

export type ReportRow = typeof reports.$inferSelect;
/** A report without what is long: lists show many of them. */
export type ReportHead = Omit<ReportRow, 'document' | 'ids' | 'faults'>;

const { document: _document, ids: _ids, faults: _faults, ...head } = getTableColumns(reports);

/** By the id of a submission that the viewer was let to see. */
export function reportLoader(ctx: Ctx) {
  return loaderOf<string, ReportHead | null>(ctx, 'reports.head', async (submissionIds) => {
    const rows = await ctx.db
      .select(head)
      .from(reports)
      .where(inArray(reports.submissionId, [...submissionIds]));
    return byKey(submissionIds, rows, (row) => row.submissionId);
  });
}

/** The whole of it, by the same; null until it is done. */
export function reportDocumentLoader(ctx: Ctx) {
  return loaderOf<string, Report | null>(ctx, 'reports.document', async (submissionIds) => {
    const rows = await ctx.db
      .select({ submissionId: reports.submissionId, document: reports.document })
      .from(reports)
      .where(inArray(reports.submissionId, [...submissionIds]));
    return byKey(submissionIds, rows, (row) => row.submissionId).map((row) => (row?.document ?? null) as Report | null);
  });
}

const linkLifeMs = 5 * 60_000;
type LinkParts = { submissionId: string; personId: string; expires: string };
/** What is made for a download: the rows with what is wrong with each, or the file with all its repairs. */
export const madeFiles = ['findings', 'repaired'] as const;
export type MadeFile = (typeof madeFiles)[number];

function signedText({ submissionId, personId, expires }: LinkParts): string {
  return `${submissionId}\n${personId}\n${expires}`;
}

/** The link under which the viewer, and nobody else's rights, can download the file with its findings for five minutes. */
export function findingsUrl(ctx: Ctx, { submissionId, state }: ReportHead): string | null {
  return state === 'DONE' ? madeUrl(ctx, 'findings', submissionId) : null;
}

/**
 * The same of a feed with its repairs. It is no version: the next fetch would bring the old mistakes back, so it is to be
 * mended where it is exported, and this shows how.
 */
export async function repairedUrl(ctx: Ctx, report: ReportHead): Promise<string | null> {
  const submission = await submissionLoader(ctx).load(report.submissionId);
  if (submission?.kind !== 'URL' || submission.fileId === null || report.state !== 'DONE' || !report.isReadable) {
    return null;
  }
  const findings = (await reportDocumentLoader(ctx).load(report.submissionId))?.findings ?? [];
  return findings.some(({ fixable }) => fixable > 0) ? madeUrl(ctx, 'repaired', report.submissionId) : null;
}

function madeUrl(ctx: Ctx, made: MadeFile, submissionId: string): string {
  const expires = String(ctx.clock.now().getTime() + linkLifeMs);
  const parts = { submissionId, personId: linkHolder(ctx.viewer), expires };
  const signature = ctx.secrets.sign(made, signedText(parts));
  return `/${made}/${submissionId}?${new URLSearchParams({ person: parts.personId, expires, signature })}`;
}

/** Whether a link is ours, whole and alive. */
export function isMadeLinkValid(services: Services, made: MadeFile, parts: LinkParts, signature: string): boolean {
  const isAlive = /^\d{1,15}$/.test(parts.expires) && Number(parts.expires) > services.clock.now().getTime();
  return services.secrets.verify(made, signedText(parts), signature) && isAlive;
}

/** A submission with its report and task, for what depends on all three. */
export type Judgeable = { task: TaskSeen; submission: SubmissionRow; report: ReportHead };

/** Whether a delivery still counts and its task can still be moved by it. */
function isOpen({ task, submission }: Pick<Judgeable, 'task' | 'submission'>): boolean {
  return submission.state !== 'SUPERSEDED' && isMovable(task);
}

/** Whether what is handed in for a task can still move it. */
export function isMovable(task: Judgeable['task']): boolean {
  return takesDeliveries(task) || task.state === 'SUBMITTED';
}

/** Whether there is something to accept in spite of: it was rejected, or could not be judged. */
export function canAccept(of: Pick<Judgeable, 'task' | 'submission'> & Judging): boolean {
  const { submission } = of;
  const isUnjudged = submission.state === 'VALIDATING' && isGivenUp(of);
  return isOpen(of) && (submission.state === 'REJECTED' || isUnjudged);
}

/** What judges a submission: a report of its file, a check of what is looked at, or, of a feed, both. */
export type Judging = { report: Pick<ReportHead, 'state'> | null; check: { isRunning: boolean } | null };

/** Whether our own machinery broke, and nobody waits for a verdict that is still to come. */
function isGivenUp({ report, check }: Judging): boolean {
  return check === null ? report?.state === 'FAILED' : !check.isRunning;
}

/** Whether a file can be checked anew; while its bytes still arrive it is being checked already. */
export function canRecheck(of: Judgeable): boolean {
  const { report, submission } = of;
  return isOpen(of) && submission.fileId !== null && (report.state === 'DONE' || report.state === 'FAILED');
}

/** Whether another version can be made of a file by repairing it; what is fetched is mended where it comes from. */
export function canRepair({ task, submission, report }: Judgeable): boolean {
  if (submission.kind !== 'FILE') return false;
  const isThere = submission.state !== 'SUPERSEDED' && submission.finishedAt !== null && submission.fileId !== null;
  return isThere && takesDeliveries(task) && report.state === 'DONE' && report.isReadable;
}

export { ownTable };

const mostTableProblems = 5;

/** The first things that keep an author's own table from being judged by. */
export function tableProblems(table: unknown): readonly SchemaProblem[] {
  return checkTableSchema(table).problems.slice(0, mostTableProblems);
}

/** The sets of rules that a file can be judged by, for whoever chooses one. */
export function knownRules(): readonly RuleSet[] {
  return Object.values(ruleSets);
}
