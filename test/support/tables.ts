import { getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import * as schema from '../../drizzle/schema/index.ts';
import type { Db } from '../../server/platform/database/transaction.ts';

/**
 * Sessions slide with use, and how projects stand is computed from the rest at any moment by who reads it; everything
 * else must stand still when an act was refused.
 */
const moving = new Set(['sessions', 'project_standings']);

/** A sum of a hash of every row of every table: two are equal when nothing was written in between. */
export async function contentOf(db: Db): Promise<Record<string, string>> {
  const names = Object.values(schema).flatMap((value) => (is(value, PgTable) ? [getTableName(value)] : []));
  const hashes = names
    .filter((name) => !moving.has(name))
    .map(
      (name) =>
        sql`select ${name}::text as name, count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) as rows from ${sql.identifier(name)} t`,
    );
  const rows = await db.execute<{ name: string; rows: string }>(sql.join(hashes, sql` union all `));
  return Object.fromEntries([...rows].map((row) => [row.name, row.rows]).sort());
}
