import { eq } from 'drizzle-orm';
import { reports, tasks } from '../../../../drizzle/schema/index.ts';
import type { Audience } from '../../../access/viewer.ts';
import { ApiError } from '../../../platform/graphql/errors.ts';
import type { Ctx } from '../../../platform/services.ts';
import { submissionLoader } from '../../queries.ts';
import { checkable, fileOrder, judgeOrder } from '../commands.ts';
import type { Edit, Fix, RepairOrder, RepairPreview } from '../order.ts';

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
  return (await ctx.threads.start('preview', rest satisfies RepairOrder).result) as RepairPreview;
}
