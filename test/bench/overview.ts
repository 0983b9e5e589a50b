import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { print } from 'graphql';
import postgres from 'postgres';
import { buildClient } from '../../client/build.ts';
import { operations, sent } from '../support/clientDocuments.ts';
import { testKey } from '../support/config.ts';
import { startPostgres } from '../support/postgres.ts';
import { type ServerProcess, startServer } from '../support/serverProcess.ts';
import { fillProjects, tasksOfEach } from './listing/fill.ts';
import { isSmooth, scrolledInWords, scrollOverview } from './listing/scrolling.ts';
import { median, range } from './noting/figures.ts';
import { cpuMsOf, cpuMsOfChildren } from './noting/processTimes.ts';
import type { BenchOptions } from './run.ts';

/*
 * The overview as its screen asks for it, of 500 projects and of ten times as many, from the product as `npm start` runs
 * it on a PostgreSQL server. What one page costs must not follow how many there are: the bar is on the processor time of
 * server and database together, and on the statements. The first read after the start, when nothing is remembered of how
 * projects stand, is shown beside. At the end the table, the board and the timeline are scrolled in Chromium.
 */
const bar = 1.5;
const page = 50;

type Look = { name: string; variables: Record<string, unknown> };

const looks: readonly Look[] = [
  { name: 'plain', variables: {} },
  { name: 'grouped by phase', variables: { groupBy: 'PHASE' } },
  { name: 'by client', variables: { sort: { by: 'CLIENT', direction: 'DESCENDING' } } },
  { name: 'at risk, on the client', variables: { filter: { healths: ['AT_RISK', 'OFF_TRACK'], courts: ['CLIENT'] } } },
  { name: 'found by text', variables: { filter: { text: 'shop' } } },
];

type Measured = { p50: number; p95: number; cpuMs: number; statements: number };

export async function run({ isFull }: BenchOptions): Promise<void> {
  await buildClient({ ifStale: true });
  const requests = isFull ? 240 : 60;
  const folder = mkdtempSync(join(tmpdir(), 'slipway-overview-'));
  chmodSync(folder, 0o755);
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  const server = await startPostgres({ folder });
  const sql = postgres(server.url('postgres'), { max: 4, onnotice: () => {} });
  const env = { DATA_DIR: dataDir, MASTER_KEY: testKey, DATABASE_URL: server.url('postgres') };
  let app: ServerProcess | null = null;
  try {
    tell(`yardstick: JSON.parse of 10 MB takes ${Math.round(yardstick())} ms`);
    app = await startServer(env);
    const found = new Map<string, Measured[]>();
    const rowsOf = new Map<string, number>();
    let made = 0;
    for (const size of [500, 5_000]) {
      await fillProjects(sql, made, size - made);
      made = size;
      const cookies = await signIn(sql);
      const first = await timed(() => ask(app as ServerProcess, cookies[0] ?? '', {}));
      tell(`${size} projects, ${size * tasksOfEach} tasks: the very first read ${first.toFixed(0)} ms`);
      for (const { name, variables: asked } of looks) {
        // Of few projects a filter may find less than a page: of many, as much is asked for then, and no more.
        const rows = rowsOf.get(name) ?? (await ask(app, cookies[0] ?? '', asked));
        rowsOf.set(name, rows);
        const variables = { ...asked, first: rows };
        await measure(app, sql, cookies, variables, 20, server.pid);
        const one = await measure(app, sql, cookies, variables, requests, server.pid);
        found.set(name, [...(found.get(name) ?? []), one]);
        tell(
          `  ${name}, ${rows} rows: ${one.p50.toFixed(0)} / ${one.p95.toFixed(0)} ms p50 / p95, ${one.cpuMs.toFixed(1)} ms of processor, ${one.statements.toFixed(1)} statements`,
        );
      }
      const after = await afterChanges(app, sql, cookies);
      tell(`  the read after a change of one project: ${range(after)} ms`);
    }
    const cookies = await signIn(sql);
    const scrolled = await scrollOverview(app.url, cookies[0] ?? '');
    tell(`scrolled by the wheel in Chromium, ${made} projects:`);
    for (const one of scrolled) tell(scrolledInWords(one));
    const rough = scrolled.filter((one) => !isSmooth(one)).map(({ layout }) => layout);
    if (rough.length > 0) throw new Error(`Does not scroll smoothly: ${rough.join(', ')}.`);
    const grown = [...found].filter(([name, [few, many]]) => !isFlat(name, few, many)).map(([name]) => name);
    if (grown.length > 0) throw new Error(`Grew with the number of projects: ${grown.join(', ')}.`);
  } finally {
    app?.signal('SIGTERM');
    await app?.ended;
    await sql.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function isFlat(name: string, few: Measured | undefined, many: Measured | undefined): boolean {
  const ratio = (many?.cpuMs ?? Number.NaN) / (few?.cpuMs ?? Number.NaN);
  // What the server does beside, every two seconds, is counted along; exactly it is held by a test.
  const isSame = Math.abs((few?.statements ?? 0) - (many?.statements ?? Number.NaN)) < 3;
  const isKept = ratio <= bar && isSame;
  tell(`${name}: ten times the projects cost ${ratio.toFixed(2)}x (bar <= ${bar}${isKept ? '' : ', MISSED'})`);
  return isKept;
}

const document = operations.find(({ name }) => name === 'Overview');

/** Answers how many rows came. */
async function ask(app: ServerProcess, cookie: string, variables: Record<string, unknown>): Promise<number> {
  if (!document) throw new Error('The client has no operation Overview.');
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { origin: app.url, cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(sent(document.definition)), variables: { first: page, ...variables } }),
  });
  const body = (await response.json()) as { data?: { integrations: { nodes: unknown[] } }; errors?: unknown };
  const rows = body.data?.integrations.nodes.length ?? 0;
  if (body.errors || rows === 0) throw new Error(`Slipway answered ${JSON.stringify(body).slice(0, 400)}`);
  return rows;
}

async function measure(
  app: ServerProcess,
  sql: postgres.Sql,
  cookies: readonly string[],
  variables: Record<string, unknown>,
  requests: number,
  databasePid: number,
): Promise<Measured> {
  const cpu = () => cpuMsOf(app.pid) + cpuMsOfChildren(databasePid);
  const [before, beforeCpu] = [await statements(sql), cpu()];
  const took: number[] = [];
  for (let i = 0; i < requests; i++) {
    took.push(await timed(() => ask(app, cookies[i % cookies.length] ?? '', variables)));
  }
  const cpuMs = (cpu() - beforeCpu) / requests;
  const counted = ((await statements(sql)) - before) / requests;
  const sorted = took.sort((a, b) => a - b);
  return { p50: median(took), p95: sorted[Math.floor(requests * 0.95)] ?? 0, cpuMs, statements: counted };
}

/** Transactions so far: every statement of a read is one of its own. Connections report them once a second at most. */
async function statements(sql: postgres.Sql): Promise<number> {
  await wait(1_500);
  const [row] = await sql`select xact_commit::int as commits from pg_stat_database where datname = current_database()`;
  return row?.commits ?? 0;
}

/** A position moves, as every change moves it; then the overview is read again. */
async function afterChanges(app: ServerProcess, sql: postgres.Sql, cookies: readonly string[]): Promise<number[]> {
  const took: number[] = [];
  for (let i = 1; i <= 15; i++) {
    await sql`update project_positions set position = position + 1 where project_id = md5('project' || ${i}::int)::uuid`;
    took.push(await timed(() => ask(app, cookies[i % cookies.length] ?? '', {})));
  }
  return took;
}

/** A session for every manager, as a sign-in leaves it. */
async function signIn(sql: postgres.Sql): Promise<string[]> {
  const people = await sql<{ id: string }[]>`select id from people where role = 'PM'`;
  const cookies: string[] = [];
  for (const { id } of people) {
    const token = createHash('sha256').update(`${id} ${performance.now()}`).digest('base64url');
    const hash = createHash('sha256').update(token).digest('base64url');
    await sql`insert into sessions (id, person_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
      values (gen_random_uuid(), ${id}, ${hash}, 'bench', now(), now(), now() + interval '1 day')`;
    cookies.push(`slipway_session=${token}`);
  }
  return cookies;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

/** How fast this machine is just now. */
function yardstick(): number {
  const json = JSON.stringify(
    Array.from({ length: 200_000 }, (_, i) => ({ id: i, name: `Product ${i}`, price: i / 100 })),
  ).slice(0, 10_000_000);
  const whole = `${json.slice(0, json.lastIndexOf('},'))}}]`;
  const started = performance.now();
  JSON.parse(whole);
  return performance.now() - started;
}

function tell(line: string): void {
  console.log(line);
}
