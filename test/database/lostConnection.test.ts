import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDatabase, type Database } from '../../server/platform/database/connect.ts';
import { unreachable } from '../../server/platform/database/errors.ts';
import { createTestDatabase, type TestDatabase } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';

/*
 * A line between us and the server that is really cut: the sockets of both ends are destroyed. An error that nobody
 * catches fails the run, as it would end the process.
 */
let made: TestDatabase;
let line: Server;
let database: Database;
const ours = new Set<Socket>();

beforeAll(async () => {
  made = await createTestDatabase();
  line = createServer((near) => {
    const far = connect(`${process.env.PGHOST}/.s.PGSQL.${process.env.PGPORT}`);
    ours.add(near);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => {});
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
    near.on('close', () => ours.delete(near));
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const address = line.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `postgres://${process.env.PGUSER}@127.0.0.1:${address.port}/${made.name}`;
  database = await connectDatabase({ dataDir: '', databaseUrl: url });
  await database.sql`create table lines (id int primary key)`;
});
afterAll(async () => {
  await database.close();
  line.close();
  await made.drop();
});

const cuts = {
  closed: () => {
    for (const socket of ours) socket.destroy();
  },
  reset: () => {
    for (const socket of ours) socket.resetAndDestroy();
  },
};

/** Whoever asks is told the truth or that the line is gone, and soon everybody is told, over every connection of the pool. */
async function allIsWell(): Promise<void> {
  const asked = Array.from({ length: 200 }, (_, i) => i);
  await eventually(async () => {
    const told = await Promise.all(asked.map((i) => outcomeOf(database.sql`select ${i}::int as n, pg_sleep(0.002)`)));
    for (const [i, answer] of told.entries()) {
      if (Array.isArray(answer) && answer[0]?.n !== i) throw new Error(`${i} was told ${JSON.stringify(answer[0])}`);
    }
    return told.every(Array.isArray);
  }, 5_000);
}

const rows = async () => (await database.sql<{ id: number }[]>`select id from lines`).map(({ id }) => id);

function outcomeOf(act: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(act).catch((error: unknown) => error);
}

for (const [how, cut] of Object.entries(cuts)) {
  test(`a line ${how} while statements of transactions are under way fails those and nothing else`, async () => {
    await allIsWell();
    const left = Array.from({ length: 8 }, (_, i) =>
      outcomeOf(
        database.sql.begin(async (tx) => {
          await tx`insert into lines values (${i})`;
          await tx`select pg_sleep(2)`;
        }),
      ),
    );
    await eventually(async () => {
      const [found] =
        await database.sql`select count(*)::int as n from pg_stat_activity where query like '%pg_sleep(2)%' and state = 'active' and datname = current_database()`;
      return (found?.n as number) >= 8;
    });
    cut();
    for (const outcome of await Promise.all(left)) expect(unreachable(outcome)).toBe(true);
    await allIsWell();
    expect(await rows()).toEqual([]);
  });

  test(`a line ${how} between two statements: what the act still asks is refused, and never runs outside of it`, async () => {
    await allIsWell();
    let goOn = () => {};
    const waits = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let begun = 0;
    const tried: unknown[] = [];
    const left = Array.from({ length: 8 }, (_, i) =>
      outcomeOf(
        database.sql.begin(async (tx) => {
          await tx`insert into lines values (${i})`;
          begun += 1;
          await waits;
          tried.push(await outcomeOf(tx`insert into lines values (${100 + i})`));
          tried.push(await outcomeOf(tx.savepoint((inner) => inner`insert into lines values (${200 + i})`)));
          throw new Error('this act gives up');
        }),
      ),
    );
    await eventually(() => begun === 8);
    cut();
    for (const outcome of await Promise.all(left)) expect(unreachable(outcome)).toBe(true);
    await allIsWell();
    goOn();
    await eventually(() => tried.length === 16);
    for (const outcome of tried) expect(unreachable(outcome)).toBe(true);
    await allIsWell();
    expect(await rows()).toEqual([]);
  });
}
