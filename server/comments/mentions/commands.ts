import { eq } from 'drizzle-orm';
import { commentMentions } from '../../../drizzle/schema/index.ts';
import type { TaskFacts } from '../../access/policy.ts';
import type { Audience } from '../../access/viewer.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { ActError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { mentionable } from './queries.ts';
import { mentionedIn } from './text.ts';

type Said = { id: string; text: string; audience: Audience };

/**
 * Writes down whom a comment names, in the transaction that writes its words. Somebody who does not read the comment
 * is refused like one who does not exist; whoever was named before may stay, even when they have left since.
 */
export async function mentionsWrite(tx: Tx, ctx: Ctx, task: TaskFacts & { id: string }, said: Said): Promise<number> {
  const wanted = mentionedIn(said.text);
  const before = await tx
    .delete(commentMentions)
    .where(eq(commentMentions.commentId, said.id))
    .returning({ personId: commentMentions.personId });
  if (wanted.length === 0) return 0;
  const known = new Set([ctx.viewer.personId, ...before.map((row) => row.personId)]);
  if (wanted.some((personId) => !known.has(personId))) {
    for (const { personId } of await mentionable(ctx, task, said.audience, tx)) known.add(personId);
  }
  if (wanted.some((personId) => !known.has(personId))) throw new ActError('NOT_MENTIONABLE', { field: 'text' });
  await tx.insert(commentMentions).values(wanted.map((personId) => ({ commentId: said.id, personId })));
  return wanted.length;
}
