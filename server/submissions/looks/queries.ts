import { inArray } from 'drizzle-orm';
import { reportLooks } from '../../../drizzle/schema/index.ts';
import { byKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import type { Finding } from '../validation/types.ts';

export type LooksRow = Omit<typeof reportLooks.$inferSelect, 'findings'> & { found: Finding[] };

/** By the id of a submission that the viewer was let to see. */
export function looksLoader(ctx: Ctx) {
  return loaderOf<string, LooksRow | null>(ctx, 'looks.ofSubmission', async (submissionIds) => {
    const rows = await ctx.db
      .select()
      .from(reportLooks)
      .where(inArray(reportLooks.submissionId, [...submissionIds]));
    const read = rows.map(({ findings, ...row }) => ({ ...row, found: findings as Finding[] }));
    return byKey(submissionIds, read, (row) => row.submissionId);
  });
}
