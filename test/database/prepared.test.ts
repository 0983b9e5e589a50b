import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { preparedTexts } from '../../server/platform/database/prepared.ts';
import type { Tx } from '../../server/platform/database/transaction.ts';
import { type Opened, openDatabase } from './both.ts';

type Runs = Pick<Tx, 'execute'>;

describe('statements that come again and again', () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await openDatabase('server');
    await opened.database.sql`create table things (id int primary key, name text)`;
    await opened.database.sql`insert into things values (1, 'one'), (2, null)`;
  });
  afterAll(() => opened.close());

  const ask = (db: Runs, id: number) => db.execute(sql`select name as asked from things where id = ${id}`);
  const keptTexts = async (db: Runs) => {
    const rows = await db.execute<{ statement: string }>(sql`select statement from pg_prepared_statements`);
    return rows.map(({ statement }) => statement).filter((text) => text.includes('as asked'));
  };

  test('are kept ready by their connection from the third time on, in a transaction and in a savepoint of it', async () => {
    await opened.database.db.transaction(async (tx) => {
      for (const id of [1, 2]) await ask(tx, id);
      expect(await keptTexts(tx)).toEqual([]);
      await tx.transaction((inner) => ask(inner, 1));
      expect(await keptTexts(tx)).toHaveLength(1);
      expect([...(await ask(tx, 1)), ...(await ask(tx, 2))]).toEqual([{ asked: 'one' }, { asked: null }]);
      expect(await keptTexts(tx)).toHaveLength(1);
    });
  });

  test('answer with another type of value as before', async () => {
    const { db } = opened.database;
    const given = [null, 'x', true, 4, new Date(0)];
    for (const value of [...given, ...given, ...given, ...given]) {
      const text = value instanceof Date ? value.toISOString() : value === null ? null : String(value);
      expect(await db.execute(sql`select ${text}::text as given`)).toEqual([{ given: text }]);
    }
  });

  test('are asked anew after their table has changed', async () => {
    const { db, sql: client } = opened.database;
    const all = () => db.execute(sql`select * from things where id = ${1}`);
    for (let i = 0; i < 30; i++) await all();
    await client`alter table things add column size int default 7`;
    for (let i = 0; i < 30; i++) expect(await all()).toEqual([{ id: 1, name: 'one', size: 7 }]);
  });
});

test('texts that come once are forgotten, and no more than a bounded number is kept', () => {
  const texts = preparedTexts();
  for (let i = 0; i < 10_000; i++) expect(texts.isKept(`once ${i}`)).toBe(false);
  for (let time = 0; time < 3; time++) for (let i = 0; i < 1000; i++) texts.isKept(`again ${i}`);
  const kept = Array.from({ length: 1000 }, (_, i) => texts.isKept(`again ${i}`)).filter(Boolean);
  expect(kept).toHaveLength(300);
});
