import { inArray } from 'drizzle-orm';
import { sealedCredentials } from '../../../drizzle/schema/index.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';

/** By submission: which of its fields hold a secret now. Never what it is. */
export function sealedFieldsLoader(ctx: Ctx) {
  return loaderOf<string, string[]>(ctx, 'credentials.fields', async (submissionIds) => {
    const rows = await ctx.db
      .select({ submissionId: sealedCredentials.submissionId, field: sealedCredentials.field })
      .from(sealedCredentials)
      .where(inArray(sealedCredentials.submissionId, [...submissionIds]));
    return groupByKey(submissionIds, rows, (row) => row.submissionId).map((own) => own.map((row) => row.field));
  });
}
