import { randomBytes } from 'node:crypto';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { inject } from 'vitest';

export const baseTemplate = 'slipway_base';

export type TestDatabase = { name: string; url: string; drop(): Promise<void> };

/** A fresh, migrated, empty database, copied from the template in milliseconds. */
export async function createTestDatabase(template: string = baseTemplate): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer((sql) => sql.unsafe(`create database ${name} template ${template}`));
  return {
    name,
    url: urlOf(name),
    drop: async () => {
      await onServer((sql) => sql.unsafe(`drop database if exists ${name} with (force)`));
    },
  };
}

export function urlOf(database: string): string {
  return inject('postgresUrl').replace('*', database);
}

/** Makes a template once per run, whichever test file asks first; the others wait for it. */
export async function ensureTemplate(name: string, fill: (url: string) => Promise<void>): Promise<void> {
  await onServer(async (sql) => {
    await sql.unsafe(`select pg_advisory_lock(hashtext('${name}'))`);
    const [existing] = await sql`select 1 from pg_database where datname = ${name}`;
    if (existing) return;
    const filling = `${name}_filling`;
    await sql.unsafe(`drop database if exists ${filling} with (force)`);
    await sql.unsafe(`create database ${filling} template ${baseTemplate}`);
    await fill(urlOf(filling));
    // Renamed only when whole: a half-filled template is never copied.
    await sql.unsafe(`alter database ${filling} rename to ${name}`);
  });
}

async function onServer<T>(body: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(urlOf('postgres'), { max: 1, onnotice: () => {} });
  try {
    return await body(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Called once, before any test. */
export async function makeBaseTemplate(serverUrl: string): Promise<void> {
  const server = postgres(serverUrl.replace('*', 'postgres'), { max: 1, onnotice: () => {} });
  await server.unsafe(`create database ${baseTemplate}`);
  await server.end();
  const sql = postgres(serverUrl.replace('*', baseTemplate), { max: 1, onnotice: () => {} });
  await migrate(drizzle(sql), { migrationsFolder: new URL('../../drizzle/migrations', import.meta.url).pathname });
  await sql`insert into log_head (id, seq, hash) values (1, 0, '') on conflict do nothing`;
  await sql.end();
}
