import { and, asc, eq, inArray } from 'drizzle-orm';
import { commentReactions } from '../../../drizzle/schema/index.ts';
import { audienceOf } from '../../access/policy.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';

export type ReactionRow = typeof commentReactions.$inferSelect;
export type Reaction = ReactionRow['reaction'];
/** Everybody who gave a comment the same reaction, the first one first. */
export type ReactionGroup = { reaction: Reaction; personIds: string[] };

/** By comment id: the reactions that the viewer may see, in the order in which they came up. */
export function reactionsLoader(ctx: Ctx) {
  return loaderOf<string, ReactionGroup[]>(ctx, 'comments.reactions', async (commentIds) => {
    // Given while the comment was internal, it stays among staff when the comment is shared.
    const isReadable = audienceOf(ctx.viewer) === 'INTERNAL' ? undefined : eq(commentReactions.audience, 'SHARED');
    const rows = await ctx.db
      .select()
      .from(commentReactions)
      .where(and(inArray(commentReactions.commentId, [...commentIds]), isReadable))
      .orderBy(asc(commentReactions.at), asc(commentReactions.personId));
    return groupByKey(commentIds, rows, (row) => row.commentId).map(grouped);
  });
}

function grouped(rows: ReactionRow[]): ReactionGroup[] {
  const groups: ReactionGroup[] = [];
  for (const { reaction, personId } of rows) {
    const group = groups.find((one) => one.reaction === reaction);
    if (group) group.personIds.push(personId);
    else groups.push({ reaction, personIds: [personId] });
  }
  return groups;
}
