import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import type { PostgresServer } from '../../support/postgres.ts';

const commits = 100;

/** What one row takes until it is durable on this server, at the pace of the letters and with nothing around it; milliseconds. */
export async function commitTimes(server: PostgresServer, perSecond: number): Promise<number[]> {
  const sql = postgres(server.url('postgres'), { max: 1, onnotice: () => {} });
  await sql`create table if not exists commits (id serial primary key, bytes bytea not null)`;
  const times: number[] = [];
  const bytes = Buffer.alloc(30);
  for (let i = 0; i < 2 * commits; i++) {
    const started = performance.now();
    await sql`insert into commits (bytes) values (${bytes})`;
    // The first half warms up.
    if (i >= commits) times.push(performance.now() - started);
    await wait(i < commits ? 0 : 1_000 / perSecond);
  }
  await sql.end();
  return times;
}
