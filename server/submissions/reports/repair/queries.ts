import { eq, sql } from 'drizzle-orm';
import { reports, tasks } from '../../../../drizzle/schema/index.ts';
import type { Audience } from '../../../access/viewer.ts';
import type { Tx } from '../../../platform/database/transaction.ts';
import { ApiError } from '../../../platform/graphql/errors.ts';
import type { Ctx } from '../../../platform/services.ts';
import { submissionLoader } from '../../queries.ts';
import type { FileFacts } from '../../validation/types.ts';
import { checkable, fileOrder, judgeOrder } from '../commands.ts';
import type { Edit, Fix, RepairOrder, RepairPreview } from '../order.ts';
import { reportDocumentLoader } from '../queries.ts';

export const maxFixes = 200;
/** A look costs a pass over the whole file. */
const looks = { name: 'repairPreview', points: 30, seconds: 60 };

/** What repairing a submission takes; null when it is not the viewer's to see, or was never checked. */
export async function repairOrder(
  ctx: Ctx,
  submissionId: string,
  { fixes, edits }: { fixes: readonly Fix[]; edits: readonly Edit[] },
): Promise<(RepairOrder & { audience: Audience }) | null> {
  if ((await submissionLoader(ctx).load(submissionId)) === null) return null;
  const found = await checkable(ctx.db, { submissionId });
  const [report] = await ctx.db.select().from(reports).where(eq(reports.submissionId, submissionId));
  if (!found || report?.state !== 'DONE' || found.file.state !== 'STORED') return null;
  const [task] = await ctx.db.select().from(tasks).where(eq(tasks.id, found.submission.taskId));
  const file = fileOrder(ctx, found.file, found.file.sizeBytes);
  return { file, judge: judgeOrder(report), fixes, edits, audience: task?.visibility ?? 'INTERNAL' };
}

/** Every repair that the report of a submission offers. */
export async function allFixes(ctx: Ctx, submissionId: string): Promise<Fix[]> {
  const findings = (await reportDocumentLoader(ctx).load(submissionId))?.findings ?? [];
  const rules = new Set(findings.flatMap(({ rule, fixable }) => (fixable > 0 ? [rule] : [])));
  return [...rules].slice(0, maxFixes).map((rule) => ({ rule, column: null }));
}

/** What the repairs would change, counted over the whole file, with the first values before and after. */
export async function repairPreview(
  ctx: Ctx,
  submissionId: string,
  given: readonly { rule: string; column?: string | null }[],
): Promise<RepairPreview | null> {
  if (given.length > maxFixes) throw new ApiError('BAD_USER_INPUT');
  const fixes: Fix[] = given.map(({ rule, column = null }) => ({ rule, column }));
  const order = await repairOrder(ctx, submissionId, { fixes, edits: [] });
  if (!order) return null;
  const wait = await ctx.limits.take(looks, ctx.viewer.personId);
  if (wait !== null) throw new ApiError('RATE_LIMITED');
  const { audience: _, ...rest } = order;
  const found = (await ctx.threads.start('preview', rest satisfies RepairOrder).result) as RepairPreview;
  const columns = (await reportDocumentLoader(ctx).load(submissionId))?.columns ?? [];
  const spelled = (name: string) => columns.find(({ column }) => column === name)?.source ?? name;
  return {
    changes: found.changes,
    pairs: found.pairs.map((pair) => ({ ...pair, column: spelled(pair.column) })),
    fixes: found.fixes.map((fix) => ({ ...fix, column: fix.column === null ? null : spelled(fix.column) })),
  };
}

/** How the file of a submission turned out to be written. */
export async function reportFileFacts(tx: Pick<Tx, 'select'>, submissionId: string): Promise<FileFacts | null> {
  const ofSubmission = eq(reports.submissionId, submissionId);
  const [row] = await tx
    .select({ file: sql<FileFacts | null>`${reports.document}->'file'` })
    .from(reports)
    .where(ofSubmission);
  return row?.file ?? null;
}

const endings: Readonly<Record<string, string>> = {
  DELIMITED: '.csv',
  XML: '.xml',
  JSON: '.json',
  JSON_LINES: '.jsonl',
};

/** What is repaired is written unpacked: `feed.csv.gz` becomes `feed.csv`, `feed.zip` what was in it. */
export function repairedName(name: string, facts: FileFacts | null): string {
  if (!facts || facts.compression === 'NONE') return name;
  const stem = name.replace(/\.(gz|zip)$/i, '');
  return /\.(csv|tsv|txt|xml|jsonl?)$/i.test(stem) ? stem : `${stem}${endings[facts.format] ?? ''}`;
}
