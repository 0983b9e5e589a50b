import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type postgres from 'postgres';

/** The database was migrated by a newer version of Slipway; this one would misread it. */
export class SchemaTooNew extends Error {
  constructor() {
    super('The database was migrated by a newer version.');
  }
}

const migrationsFolder = fileURLToPath(new URL('../../../drizzle/migrations', import.meta.url));
// Any fixed number; it only has to be the same in every version.
const lockKey = 7_547_992;

/**
 * Brings the database up to this version, whole or not at all. Nodes that start together wait for each other on the
 * lock, and all but one find nothing left to do. The bookkeeping is drizzle-kit's own.
 */
export async function migrateDatabase(sql: postgres.Sql): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder });
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${lockKey})`;
    await tx`set local statement_timeout = 0`;
    await tx`create schema if not exists drizzle`;
    await tx`create table if not exists drizzle.__drizzle_migrations
      (id serial primary key, hash text not null, created_at bigint)`;
    const [last] = await tx<{ at: string | null }[]>`select max(created_at) as at from drizzle.__drizzle_migrations`;
    const appliedUntil = Number(last?.at ?? 0);
    if (appliedUntil > (known.at(-1)?.folderMillis ?? 0)) throw new SchemaTooNew();
    for (const migration of known.filter(({ folderMillis }) => folderMillis > appliedUntil)) {
      for (const statement of migration.sql) await tx.unsafe(statement);
      await tx`insert into drizzle.__drizzle_migrations (hash, created_at)
        values (${migration.hash}, ${migration.folderMillis})`;
    }
    // The company's counter and the start of the hash chain: the one row that the log cannot do without.
    await tx`insert into log_head (id, seq, hash) values (1, 0, '') on conflict do nothing`;
  });
}
