import type { outcome } from '../platform/graphql/payload.ts';
import type { Ctx } from '../platform/services.ts';
import { type CommentSeen, commentLoader } from './queries.ts';

type CommentOutcome = Awaited<ReturnType<typeof outcome<CommentSeen>>>;

/** The payload of an act on a comment: the comment as the act left it, or, when refused, as it is now. */
export async function withComment(ctx: Ctx, id: string, { done, ...rest }: CommentOutcome) {
  return { ...rest, comment: done ?? (await commentLoader(ctx).load(id)) };
}
