import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { print } from 'graphql';
import postgres from 'postgres';
import { buildClient } from '../../client/build.ts';
import { operations, sent } from '../support/clientDocuments.ts';
import { testKey } from '../support/config.ts';
import { startPostgres } from '../support/postgres.ts';
import { type ServerProcess, startServer } from '../support/serverProcess.ts';
import { fillProjects, tasksOfEach } from './listing/fill.ts';
import { median } from './noting/figures.ts';
import { cpuMsOf, cpuMsOfChildren } from './noting/processTimes.ts';
import type { BenchOptions } from './run.ts';

/*
 * A day and a workload as their screens ask for them, of 500 projects and of ten times as many, from the product as `npm
 * start` runs it on a PostgreSQL server. One person keeps the same twenty projects and sixty tasks while the company
 * grows around them: what their day and their weeks cost must not follow the company. The bar is on the processor time of
 * server and database together. A manager's workload is the sum of all work there is, so it grows with that, and is told.
 */
const bar = 1.5;
const ownProjects = 20;
const workers = 100;

type Look = {
  name: string;
  operation: string;
  variables: Record<string, unknown>;
  as: 'PM' | 'MANAGER';
  isFlat: boolean;
};

const looks: readonly Look[] = [
  { name: 'my day', operation: 'InboxMyDay', variables: { first: 10 }, as: 'PM', isFlat: true },
  { name: 'own workload', operation: 'Workload', variables: {}, as: 'PM', isFlat: true },
  { name: `workload of ${workers}`, operation: 'Workload', variables: {}, as: 'MANAGER', isFlat: false },
];

export async function run({ isFull }: BenchOptions): Promise<void> {
  await buildClient({ ifStale: true });
  const requests = isFull ? 200 : 60;
  const folder = mkdtempSync(join(tmpdir(), 'slipway-day-'));
  chmodSync(folder, 0o755);
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  const server = await startPostgres({ folder });
  const sql = postgres(server.url('postgres'), { max: 4, onnotice: () => {} });
  let app: ServerProcess | null = null;
  try {
    app = await startServer({ DATA_DIR: dataDir, MASTER_KEY: testKey, DATABASE_URL: server.url('postgres') });
    const found = new Map<string, number[]>();
    let made = 0;
    for (const size of [500, 5_000]) {
      await fillProjects(sql, made, size - made);
      made = size;
      await giveWork(sql);
      const [row] = await sql`select count(*)::int as count from tasks where assignee_id is not null`;
      console.log(`${size} projects, ${size * tasksOfEach} tasks, ${row?.count} of them somebody's`);
      for (const look of looks) {
        const cookie = await signIn(sql, look.as);
        for (let i = 0; i < 20; i++) await ask(app, cookie, look);
        const cpu = () => cpuMsOf(app?.pid ?? 0) + cpuMsOfChildren(server.pid);
        const before = cpu();
        const took: number[] = [];
        for (let i = 0; i < requests; i++) {
          const started = performance.now();
          await ask(app, cookie, look);
          took.push(performance.now() - started);
        }
        const cpuMs = (cpu() - before) / requests;
        const p95 = took.sort((a, b) => a - b)[Math.floor(requests * 0.95)] ?? 0;
        console.log(
          `  ${look.name}: ${median(took).toFixed(0)} / ${p95.toFixed(0)} ms p50 / p95, ${cpuMs.toFixed(1)} ms of processor`,
        );
        found.set(look.name, [...(found.get(look.name) ?? []), cpuMs]);
      }
    }
    const grown = looks.filter(({ name, isFlat }) => {
      const [few = Number.NaN, many = Number.NaN] = found.get(name) ?? [];
      const isMissed = isFlat && !(many / few <= bar);
      const held = isFlat ? ` (bar <= ${bar}${isMissed ? ', MISSED' : ''})` : '';
      console.log(`${name}: ten times the projects cost ${(many / few).toFixed(2)}x${held}`);
      return isMissed;
    });
    if (grown.length > 0) throw new Error(`Grew with the company: ${grown.map(({ name }) => name).join(', ')}.`);
  } finally {
    app?.signal('SIGTERM');
    await app?.ended;
    await sql.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every task of the company's side is somebody's; the first twenty projects are one person's, with sixty tasks of theirs. */
async function giveWork(sql: postgres.Sql): Promise<void> {
  const person = (name: string) => sql`md5(${name})::uuid`;
  await sql`insert into people (id, email, name, role, time_zone, is_sample, created_at, updated_at)
    select md5('worker' || n)::uuid, 'worker' || n || '@bench.example', 'Worker ' || n, 'CONTRIBUTOR', 'Europe/Berlin', true, now(), now()
    from generate_series(1, ${workers}::int) n on conflict do nothing`;
  for (const role of ['PM', 'MANAGER']) {
    await sql`insert into people (id, email, name, role, time_zone, is_sample, created_at, updated_at)
      values (${person(`probe${role}`)}, ${`${role}@bench.example`}, ${`Probe ${role}`}, ${role}, 'Europe/Berlin', true, now(), now())
      on conflict do nothing`;
  }
  await sql`update tasks set assignee_id = md5('worker' || (1 + ('x' || left(md5(id::text), 6))::bit(24)::int % ${workers}::int))::uuid
    where side = 'COMPANY' and assignee_id is null`;
  await sql`update projects set pm_id = ${person('probePM')}
    where id in (select md5('project' || n)::uuid from generate_series(1, ${ownProjects}::int) n)`;
  await sql`update tasks set assignee_id = ${person('probePM')}
    where id in (select md5('task' || n || '.' || t)::uuid from generate_series(1, ${ownProjects}::int) n, unnest(array[33, 35, 37]) t)`;
  await sql`vacuum analyze`;
}

async function signIn(sql: postgres.Sql, role: Look['as']): Promise<string> {
  const token = createHash('sha256').update(`${role} ${performance.now()}`).digest('base64url');
  const hash = createHash('sha256').update(token).digest('base64url');
  await sql`insert into sessions (id, person_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
    values (gen_random_uuid(), md5(${`probe${role}`})::uuid, ${hash}, 'bench', now(), now(), now() + interval '1 day')`;
  return `slipway_session=${token}`;
}

async function ask(app: ServerProcess, cookie: string, { operation, variables }: Look): Promise<void> {
  const document = operations.find(({ name }) => name === operation);
  if (!document) throw new Error(`The client has no operation ${operation}.`);
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { origin: app.url, cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(sent(document.definition)), variables }),
  });
  const body = (await response.json()) as { data?: Record<string, unknown>; errors?: unknown };
  const [answer] = Object.values(body.data ?? {});
  if (body.errors || !answer || JSON.stringify(answer).length < 500) {
    throw new Error(`Slipway answered ${JSON.stringify(body).slice(0, 400)}`);
  }
}
