import type { Outgoing } from '../drafts.ts';
import type { CommentShown } from '../fragments.ts';

/**
 * What is still on its way. The live connection may bring one's own comment before the answer to sending it: then it
 * must not stand there twice. A comment stands for one entry only, so that the same words sent twice are two comments.
 */
export function notArrived(
  entries: readonly Outgoing[],
  comments: readonly CommentShown[],
  personId: string,
): Outgoing[] {
  const taken = new Set<string>();
  return entries.filter((entry) => {
    const behind = comments.slice(comments.findIndex((one) => one.id === entry.afterId) + 1);
    const found = behind.find(
      (one) =>
        !taken.has(one.id) &&
        one.author.id === personId &&
        one.audience === entry.audience &&
        one.files.length === entry.files.length &&
        one.text.trim() === entry.text,
    );
    if (found) taken.add(found.id);
    return !found;
  });
}
