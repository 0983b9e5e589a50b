import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds, type Opened, openDatabase } from './both.ts';

describe.each(databaseKinds)('transactions on the %s database', (kind) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await openDatabase(kind);
    await opened.database.sql`create table counted (id int primary key, by int not null)`;
    await opened.database.sql`create table counter (n int not null)`;
    await opened.database.sql`insert into counter values (0)`;
  }, 120_000);
  afterAll(() => opened.close());

  test('of 50 at once keep what was committed and nothing of what was rolled back', async () => {
    const { db } = opened.database;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) =>
        db.transaction(async (tx) => {
          await tx.execute(sql`insert into counted values (${i}, ${i})`);
          await tx.execute(sql`update counter set n = n + 1`);
          if (i % 3 === 0) throw new Error('rolled back');
          if (i % 7 === 0) await tx.execute(sql`insert into counted values (${i}, 0)`);
        }),
      ),
    );
    const kept = outcomes.flatMap((outcome, i) => (outcome.status === 'fulfilled' ? [i] : []));
    expect(kept).toEqual(Array.from({ length: 50 }, (_, i) => i).filter((i) => i % 3 !== 0 && i % 7 !== 0));
    const rows = await opened.database.sql<{ id: number }[]>`select id from counted order by id`;
    expect(rows.map((row) => row.id)).toEqual(kept);
    expect(await opened.database.sql`select n from counter`).toEqual([{ n: kept.length }]);
  });

  test('keep their savepoints to themselves', async () => {
    const { sql: client } = opened.database;
    await client.begin(async (tx) => {
      await tx`insert into counted values (1000, 1)`;
      await tx.savepoint((inner) => inner`insert into counted values (1000, 2)`).catch(() => {});
      await tx`insert into counted values (1001, 1)`;
    });
    expect(await client`select id from counted where id >= 1000 order by id`).toEqual([{ id: 1000 }, { id: 1001 }]);
  });

  test('of a connection that goes away in the middle leave nothing behind and hold up nobody', async () => {
    const one = opened.database.connectOne();
    const left = one
      .begin(async (tx) => {
        await tx`insert into counted values (2000, 1)`;
        await one.end({ timeout: 0 });
      })
      .catch(() => {});
    await left;
    expect(await opened.database.sql`select id from counted where id = 2000`).toEqual([]);
  });

  test('and queries of other connections never get each other’s answers, whatever fails between them', async () => {
    const { sql: client } = opened.database;
    const prepared = { prepare: true };
    const answers = await Promise.all(
      Array.from({ length: 300 }, async (_, i) => {
        const isPrepared = i % 2 === 0 ? prepared : {};
        if (i % 3 === 0)
          return client.unsafe(`select $1::int / ${i % 2}, wrong from nowhere`, [i], isPrepared).catch(() => i);
        const filler = 'x'.repeat((i * 7919) % 200_000);
        const [row] = await client.unsafe(`select $1::int as v, length($2) as l, ${i} as w`, [i, filler], isPrepared);
        return row?.l === filler.length && row?.w === i ? row.v : `wrong answer to ${i}`;
      }),
    );
    expect(answers).toEqual(answers.map((_, i) => i));
  });
});
