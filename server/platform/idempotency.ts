import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { idempotencyKeys } from '../../drizzle/schema/index.ts';
import { words } from '../words/en.ts';
import type { Tx } from './database/transaction.ts';
import { ApiError } from './graphql/errors.ts';
import type { Ctx } from './services.ts';

type KeyedAct = { act: string; key: string; body: unknown };

/** What an earlier run of this act made; null when there was none. For acts that cannot be done inside the transaction. */
export async function doneBefore(ctx: Ctx, { act, key, body }: KeyedAct): Promise<string | null> {
  if (key.length < 1 || key.length > 200) throw new ApiError('BAD_USER_INPUT', words.graphql.keyInvalid());
  const isOurs = and(eq(idempotencyKeys.personId, ctx.viewer.personId), eq(idempotencyKeys.key, key));
  const [known] = await ctx.db.select().from(idempotencyKeys).where(isOurs);
  if (known && known.bodyHash !== hashOf(act, body)) throw new ApiError('BAD_USER_INPUT', words.graphql.keyReused());
  return known?.subjectId ?? null;
}

/**
 * Runs a create once per person and key, and answers with the id of what the first run made. The key's row is written
 * first: a second run of the same key waits on it until the first commits, then finds the answer.
 * The same key with another body is BAD_USER_INPUT.
 */
export async function idempotent(
  ctx: Ctx,
  tx: Tx,
  { act, key, body }: KeyedAct,
  make: () => Promise<{ subjectId: string }>,
): Promise<string> {
  if (key.length < 1 || key.length > 200) throw new ApiError('BAD_USER_INPUT', words.graphql.keyInvalid());
  const personId = ctx.viewer.personId;
  const bodyHash = hashOf(act, body);
  const isOurs = and(eq(idempotencyKeys.personId, personId), eq(idempotencyKeys.key, key));
  const inserted = await tx
    .insert(idempotencyKeys)
    .values({ personId, key, act, bodyHash, createdAt: ctx.clock.now() })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (inserted.length === 0) {
    const [known] = await tx.select().from(idempotencyKeys).where(isOurs);
    if (!known?.subjectId || known.bodyHash !== bodyHash) {
      throw new ApiError('BAD_USER_INPUT', words.graphql.keyReused());
    }
    return known.subjectId;
  }
  const { subjectId } = await make();
  await tx.update(idempotencyKeys).set({ subjectId }).where(isOurs);
  return subjectId;
}

function hashOf(act: string, body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([act, body]))
    .digest('base64url');
}
