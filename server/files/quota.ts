import { eq, sql } from 'drizzle-orm';
import { files, projects } from '../../drizzle/schema/index.ts';
import type { Config } from '../config.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { ActError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';

/**
 * Makes room for a file of this size in what its account may keep here, or refuses it: STORAGE_FULL by the account's
 * total, TOO_OFTEN by how many files this person began within an hour. To be asked in the transaction that writes the
 * file's row: until that commits, the next one of the account waits, so that ten at once take no more than is left.
 * What was begun and not delivered counts until it is given up.
 */
export async function quotaReserve(ctx: Ctx, tx: Tx, file: { projectId: string; sizeBytes: number }): Promise<void> {
  const { maxAccountBytes, maxUploadsAnHour } = ctx.config;
  const limit = { name: 'uploads', points: maxUploadsAnHour, seconds: 60 * 60 };
  const seconds = await ctx.limits.take(limit, ctx.viewer.personId);
  if (seconds !== null) throw new ActError('TOO_OFTEN', { params: { minutes: Math.ceil(seconds / 60) } });
  if (file.sizeBytes > (await bytesLeft(ctx.config, tx, file.projectId))) {
    throw new ActError('STORAGE_FULL', { field: 'file', params: { maxBytes: maxAccountBytes } });
  }
}

/** What a project's account may keep besides what it keeps; until this transaction commits, the next one of it waits. */
export async function bytesLeft({ maxAccountBytes }: Config, tx: Tx, projectId: string): Promise<number> {
  const ofAccount = tx.select({ id: projects.accountId }).from(projects).where(eq(projects.id, projectId));
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('storage:' || (${ofAccount})::text, 0))`);
  const [kept] = await tx
    .select({ bytes: sql<string>`coalesce(sum(${files.sizeBytes}), 0)` })
    .from(files)
    .innerJoin(projects, eq(projects.id, files.projectId))
    .where(eq(projects.accountId, ofAccount));
  return maxAccountBytes - Number(kept?.bytes ?? 0);
}
