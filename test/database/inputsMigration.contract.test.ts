import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrateDatabase } from '../../server/platform/database/migrate.ts';
import { databaseKinds, type Opened, openDatabase } from './both.ts';

const migrationsFolder = fileURLToPath(new URL('../../drizzle/migrations', import.meta.url));
const idOf = (n: number) => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const at = '2026-03-01T09:00:00Z';

describe.each(databaseKinds)('what was delivered before tasks had inputs, on the %s database', (kind) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await openDatabase(kind);
  }, 120_000);
  afterAll(() => opened.close());

  test('keeps its version and its place: each task gets the input that its type says', async () => {
    const { sql } = opened.database;
    await sql.unsafe('drop schema public cascade; drop schema drizzle cascade; create schema public');
    const [first] = readMigrationFiles({ migrationsFolder });
    for (const statement of first!.sql) await sql.unsafe(statement);
    await sql.unsafe('create schema drizzle');
    await sql.unsafe('create table drizzle.__drizzle_migrations (id serial primary key, hash text, created_at bigint)');
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${first!.hash}, ${first!.folderMillis})`;

    await sql`insert into accounts (id, revision, name, website, time_zone, created_at, updated_at)
      values (${idOf(1)}, 1, 'Shop', 'https://shop.example', 'UTC', ${at}, ${at})`;
    await sql`insert into people (id, email, name, role, time_zone, is_sample, created_at, updated_at)
      values (${idOf(2)}, 'jana@shop.example', 'Jana', 'PM', 'UTC', true, ${at}, ${at})`;
    await sql`insert into projects (id, revision, account_id, name, platform, products, state, pm_id, time_zone, signed_on,
      target_on, template_key, template_version, created_at, updated_at)
      values (${idOf(3)}, 1, ${idOf(1)}, 'Search', 'SHOPIFY', '{SEARCH}', 'ACTIVE', ${idOf(2)}, 'UTC', '2026-03-01',
      '2026-05-01', 'searchShopify', 1, ${at}, ${at})`;
    await sql`insert into phases (id, project_id, index, name, milestone) values (${idOf(4)}, ${idOf(3)}, 0, 'Data', 'In')`;
    const task = (n: number, type: string, extensions: string) =>
      sql`insert into tasks (id, revision, project_id, phase_id, index, key, title, purpose, documentation, minutes, type,
        side, visibility, state, state_since, is_review_wanted, accepted_extensions, created_at, updated_at)
        values (${idOf(n)}, 1, ${idOf(3)}, ${idOf(4)}, ${n}, ${`k${n}`}, ${`Task ${n}`}, '', '', 5, ${type}, 'CLIENT',
        'SHARED', 'IN_REVIEW', ${at}, true, ${extensions}::text[], ${at}, ${at})`;
    await task(5, 'FILE', '{.csv,.xml}');
    await task(6, 'URL', '{}');
    await task(7, 'WORK', '{}');
    const submission = (n: number, taskId: string, version: number | null, url: string) =>
      sql`insert into submissions (id, project_id, task_id, version, kind, url, state, submitted_by, is_on_behalf,
        created_at, finished_at)
        values (${idOf(n)}, ${idOf(3)}, ${taskId}, ${version}, 'URL', ${url}, 'RECEIVED', ${idOf(2)}, false, ${at},
        ${version === null ? null : at})`;
    await submission(10, idOf(6), 1, 'https://shop.example/1');
    await submission(11, idOf(6), 2, 'https://shop.example/2');
    await submission(12, idOf(6), null, 'https://shop.example/3');

    await migrateDatabase(sql);
    const inputs = await sql`select id, task_id, key, kind, label, is_required, spec from task_inputs order by task_id`;
    expect(inputs.map(({ id, ...input }) => ({ ...input, isV7: /^.{14}7/.test(id) }))).toEqual([
      {
        task_id: idOf(5),
        key: 'file',
        kind: 'FILE',
        label: 'Task 5',
        is_required: true,
        spec: { kind: 'FILE', acceptedExtensions: ['.csv', '.xml'] },
        isV7: true,
      },
      {
        task_id: idOf(6),
        key: 'url',
        kind: 'URL',
        label: 'Task 6',
        is_required: true,
        spec: { kind: 'URL' },
        isV7: true,
      },
    ]);
    const ofUrl = inputs.find((input) => input.task_id === idOf(6))?.id;
    expect(await sql`select id, version, url, input_id from submissions order by id`).toEqual([
      { id: idOf(10), version: 1, url: 'https://shop.example/1', input_id: ofUrl },
      { id: idOf(11), version: 2, url: 'https://shop.example/2', input_id: ofUrl },
      { id: idOf(12), version: null, url: 'https://shop.example/3', input_id: ofUrl },
    ]);
    await expect(sql`update submissions set input_id = null where id = ${idOf(10)}`.then(() => 'done')).rejects.toThrow(
      /not-null/,
    );
  });
});
