import { rmSync } from 'node:fs';
import postgres from 'postgres';
import { startPostgres } from '../support/postgres.ts';
import { makeRunFolder, removeLeftovers } from '../support/temp.ts';
import type { BenchOptions } from './run.ts';

/**
 * What company-wide numbers in commit order cost. Both sides write the same transaction (a row, then a dense position
 * under its project's lock, then the event); `counter` then takes the company's one-row counter as the last statement,
 * as we do, `sequence` a plain sequence, whose readers would have to wait for the snapshot's xmin. Rounds interleave.
 */
type Side = 'counter' | 'sequence';

const writers = 8;
const projects = 24;

export async function run({ isFull }: BenchOptions): Promise<void> {
  removeLeftovers();
  const folder = makeRunFolder();
  const server = await startPostgres({ folder, isDurable: true });
  const sql = postgres(server.url('postgres'), { max: writers, onnotice: () => {} });
  try {
    await prepare(sql);
    const rates: Record<Side, number[]> = { counter: [], sequence: [] };
    for (let round = 0; round < 5; round++) {
      for (const side of ['counter', 'sequence'] as const)
        rates[side].push(await rate(sql, side, isFull ? 5_000 : 1_500));
    }
    for (const side of ['counter', 'sequence'] as const) {
      const sorted = [...rates[side]].sort((a, b) => a - b).map(Math.round);
      console.log(`${side.padEnd(9)} median ${sorted[2]} transactions/s, spread ${sorted[0]}-${sorted[4]}`);
    }
    console.log(`ratio counter / sequence: ${(median(rates.counter) / median(rates.sequence)).toFixed(2)}`);
  } finally {
    await sql.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(sql: postgres.Sql): Promise<void> {
  await sql`create table positions (project int primary key, position int not null)`;
  await sql`insert into positions select n, 0 from generate_series(1, ${projects}) n`;
  await sql`create table head (id int primary key, seq bigint not null)`;
  await sql`insert into head values (1, 0)`;
  await sql`create sequence plain`;
  await sql`create table items (id bigserial primary key, body text not null)`;
  await sql`create table log (seq bigint not null, project int not null, position int not null, side text not null)`;
}

/** Transactions a second over `ms`, by eight writers on 24 projects. */
async function rate(sql: postgres.Sql, side: Side, ms: number): Promise<number> {
  const begun = performance.now();
  let done = 0;
  const write = async (writer: number) => {
    for (let i = writer; performance.now() - begun < ms; i += writers) {
      const project = (i % projects) + 1;
      await sql.begin(async (tx) => {
        await tx`insert into items (body) values ('a comment of middling length, as people write them')`;
        const [place] =
          await tx`update positions set position = position + 1 where project = ${project} returning position`;
        const [next] =
          side === 'counter'
            ? await tx`update head set seq = seq + 1 where id = 1 returning seq`
            : await tx`select nextval('plain') as seq`;
        await tx`insert into log values (${next?.seq}, ${project}, ${place?.position}, ${side})`;
      });
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  return (done / (performance.now() - begun)) * 1_000;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
