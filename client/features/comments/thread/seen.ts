import type { CommentShown } from '../fragments.ts';
import type { Seen } from '../item/SeenLine.tsx';

/** By comment id: the people of the client for whom it is the last one that they have read. */
export function lastSeen(comments: readonly CommentShown[]): Map<string, Seen[]> {
  const furthest = new Map<string, { commentId: string; seen: Seen }>();
  for (const { id, seenBy } of comments) {
    for (const { at, person } of seenBy ?? []) {
      if (person) furthest.set(person.id, { commentId: id, seen: { ...person, at } });
    }
  }
  const byComment = new Map<string, Seen[]>();
  for (const { commentId, seen } of furthest.values()) {
    byComment.set(commentId, [...(byComment.get(commentId) ?? []), seen]);
  }
  return byComment;
}
