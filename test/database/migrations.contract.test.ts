import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrateDatabase, SchemaTooNew } from '../../server/platform/database/migrate.ts';
import { databaseKinds, type Opened, openDatabase } from './both.ts';

describe.each(databaseKinds)('migrations on the %s database', (kind) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await openDatabase(kind);
  }, 120_000);
  afterAll(() => opened.close());

  async function empty() {
    await opened.database.sql.unsafe('drop schema public cascade; drop schema drizzle cascade; create schema public');
  }

  test('run once when two nodes migrate at the same moment', async () => {
    await empty();
    const other = opened.database.connectOne();
    await Promise.all([migrateDatabase(opened.database.sql), migrateDatabase(other), migrateDatabase(other)]);
    const [applied] = await opened.database.sql`
      select count(*)::int as rows, count(distinct created_at)::int as times from drizzle.__drizzle_migrations`;
    expect(applied?.rows).toBe(applied?.times);
    expect(await opened.database.sql`select id, seq::int, hash from log_head`).toEqual([{ id: 1, seq: 0, hash: '' }]);
  });

  test('that fail halfway leave nothing behind', async () => {
    await empty();
    await opened.database.sql`create table log_head (id text)`;
    await expect(migrateDatabase(opened.database.sql)).rejects.toThrow();
    const tables = await opened.database.sql`select tablename from pg_tables where schemaname in ('public', 'drizzle')`;
    expect(tables).toEqual([{ tablename: 'log_head' }]);
    await opened.database.sql`drop table log_head`;
    await migrateDatabase(opened.database.sql);
  });

  test('of a newer version are refused', async () => {
    const later = Date.now() + 1_000_000_000;
    await opened.database.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', ${later})`;
    await expect(migrateDatabase(opened.database.sql)).rejects.toBeInstanceOf(SchemaTooNew);
    await opened.database.sql`delete from drizzle.__drizzle_migrations where hash = 'newer'`;
    await migrateDatabase(opened.database.sql);
  });

  test('find the extensions that search will need', async () => {
    await opened.database.sql`create extension if not exists pg_trgm`;
    await opened.database.sql`create extension if not exists unaccent`;
    const [row] = await opened.database
      .sql`select similarity('slipway', 'slipways') > 0.5 as near, unaccent('žluť') as plain`;
    expect(row).toEqual({ near: true, plain: 'zlut' });
  });
});
