import { and, asc, eq, inArray } from 'drizzle-orm';
import { files } from '../../../drizzle/schema/index.ts';
import type { FileRow } from '../../files/queries.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';

/** By comment id: the files that came with it, in the order in which they were chosen. The comment is the viewer's to read. */
export function attachmentsLoader(ctx: Ctx) {
  return loaderOf<string, FileRow[]>(ctx, 'comments.files', async (commentIds) => {
    const rows = await ctx.db
      .select()
      .from(files)
      .where(and(inArray(files.commentId, [...commentIds]), eq(files.state, 'STORED')))
      .orderBy(asc(files.id));
    return groupByKey(commentIds, rows, (row) => row.commentId ?? '');
  });
}
