import 'reflect-metadata';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildClient } from '../../client/build.ts';
import { startPostgres } from '../support/postgres.ts';
import { against, median, range, warnOfGenerator } from './noting/figures.ts';
import { cpuMsOf } from './noting/processTimes.ts';
import type { BenchOptions } from './run.ts';
import type { Count } from './streaming/generator.ts';
import { followed } from './streaming/operation.ts';
import { type OurServer, startOurs } from './streaming/ours.ts';
import { type Generator, startGenerator, startPeer } from './streaming/processes.ts';

/*
 * Live streams beside graphql-ws over graphql-js, which holds nothing but memory: the same subscribers in a process of
 * their own, the same ten changes a second, the sides in turns. Ours is the whole product on a PostgreSQL server; every
 * subscriber is another person. What the writes themselves cost is measured without subscribers, and shown. Then a
 * restart under load. `--full`: longer, more rounds, and the embedded database beside. BENCH_PARTS=1000,restart runs
 * only these.
 */
const changesPerSecond = 10;
const bar = 0.4;

type Side = {
  pid(): number;
  url(): string;
  origin(): string;
  cookies(count: number): string[];
  change(): Promise<unknown>;
};
type Round = { cpuMs: number; seconds: number; changes: number; count: Count };

const isWanted = (part: string) => process.env.BENCH_PARTS?.split(',').includes(part) ?? true;

export async function run({ isFull }: BenchOptions): Promise<void> {
  await buildClient({ ifStale: true });
  const sizes = [100, 1_000, 3_000];
  const rounds = isFull ? 5 : 3;
  const seconds = isFull ? 20 : 5;
  const folder = mkdtempSync(join(tmpdir(), 'slipway-live-'));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ folder, isDurable: true });
  try {
    for (const database of isFull ? [postgres.url('postgres'), null] : [postgres.url('postgres')]) {
      const dataDir = join(folder, database === null ? 'embedded' : 'server');
      mkdirSync(dataDir);
      console.log(database === null ? 'embedded database (no bar)' : 'PostgreSQL server');
      const ours = await startOurs(dataDir, database, Math.max(...sizes));
      try {
        for (const size of sizes)
          if (isWanted(String(size))) await fanOut(folder, ours, size, rounds, seconds, database !== null);
        if (isWanted('restart')) await restart(folder, ours, 1_000);
      } finally {
        await ours.stop();
      }
    }
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fanOut(folder: string, ours: OurServer, size: number, rounds: number, seconds: number, hasBar: boolean) {
  const peer = await startPeer();
  let written = 0;
  const sides: Record<'ours' | 'peer', Side> = {
    ours: {
      pid: () => ours.process().pid,
      url: () => `${ours.process().url.replace('http', 'ws')}/graphql`,
      origin: () => ours.process().url,
      cookies: (count) => ours.cookies.slice(0, count),
      change: () => ours.write(written++),
    },
    peer: {
      pid: () => peer.pid,
      url: () => peer.url,
      origin: () => 'http://127.0.0.1',
      cookies: (count) => Array.from({ length: count }, () => ''),
      change: () => peer.publish(),
    },
  };
  const generators: Partial<Record<'ours' | 'peer', Generator>> = {};
  const found: Record<'ours' | 'peer', { perDelivery: number[]; withWrites: number[]; latencies: number[][] }> = {
    ours: { perDelivery: [], withWrites: [], latencies: [] },
    peer: { perDelivery: [], withWrites: [], latencies: [] },
  };
  try {
    const alone: Record<'ours' | 'peer', number> = { ours: 0, peer: 0 };
    for (const name of ['ours', 'peer'] as const) {
      // Once to warm up, and once to know.
      await load(sides[name], null, seconds);
      const quiet = await load(sides[name], null, seconds);
      alone[name] = quiet.cpuMs / quiet.changes;
      generators[name] = await startGenerator(folder, {
        url: sides[name].url(),
        origin: sides[name].origin(),
        cookies: sides[name].cookies(size),
        query: followed,
        variables: { projectId: ours.projectId },
        after: null,
      });
    }
    let missing = 0;
    let busiest = 0;
    for (let round = 0; round < rounds; round++) {
      for (const name of round % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const)) {
        const { cpuMs, changes, count, seconds: took } = await load(sides[name], generators[name] ?? null, seconds);
        const wanted = changes * size;
        missing += Math.abs(wanted - count.deliveries) + count.wrong + count.reloads;
        busiest = Math.max(busiest, count.cpuMs / 1_000 / took);
        found[name].withWrites.push((cpuMs * 1_000) / wanted);
        found[name].perDelivery.push(((cpuMs - alone[name] * changes) * 1_000) / wanted);
        found[name].latencies.push(count.atMs);
      }
    }
    const ratio = median(found.ours.perDelivery) / median(found.peer.perDelivery);
    console.log(`  ${size} subscribers, ${changesPerSecond} changes a second, ${rounds} rounds of ${seconds} s`);
    for (const name of ['ours', 'peer'] as const) {
      const { perDelivery, withWrites, latencies } = found[name];
      const late = latencies.flat().sort((a, b) => a - b);
      const at = (part: number) => late[Math.floor(late.length * part)] ?? Number.NaN;
      const times = `${at(0.5)} / ${at(0.95)} / ${at(0.99)} ms p50 / p95 / p99`;
      const writes = `${alone[name].toFixed(1)} ms a change without subscribers`;
      console.log(
        `    ${name}: ${range(perDelivery)} us of processor a delivery (${range(withWrites)} with the writes, ${writes}); ${times}`,
      );
    }
    console.log(
      `    ours / graphql-ws: ${hasBar && size === 1_000 ? against(ratio, bar, 'most') : `${ratio.toFixed(2)}x`}`,
    );
    const held = warnOfGenerator(busiest);
    if (held) console.log(`  ${held}`);
    if (missing > 0) throw new Error(`${missing} deliveries were missing, doubled or out of order.`);
  } finally {
    generators.ours?.stop();
    generators.peer?.stop();
    peer.stop();
  }
}

/** Makes ten changes a second, and waits until everybody has been told of all. */
async function load(side: Side, generator: Generator | null, seconds: number): Promise<Round> {
  const before = await generator?.count();
  const changes = seconds * changesPerSecond;
  const cpu = cpuMsOf(side.pid());
  const started = performance.now();
  for (let i = 0; i < changes; i++) {
    await side.change();
    await wait(Math.max(0, started + ((i + 1) * 1_000) / changesPerSecond - performance.now()));
  }
  const count = await generator?.wait((before?.lowest ?? 0) + changes);
  const took = (performance.now() - started) / 1_000;
  return { cpuMs: cpuMsOf(side.pid()) - cpu, seconds: took, changes, count: count as Count };
}

/** SIGTERM while somebody writes and many follow; everybody comes back, and nobody misses anything. */
async function restart(folder: string, ours: OurServer, size: number): Promise<void> {
  const generator = await startGenerator(folder, {
    url: `${ours.process().url.replace('http', 'ws')}/graphql`,
    origin: ours.process().url,
    cookies: ours.cookies.slice(0, size),
    query: followed,
    variables: { projectId: ours.projectId },
    after: await ours.position(),
  });
  try {
    let isOver = false;
    const writing = (async () => {
      for (let i = 0; !isOver; i++) {
        await ours.write(i).catch(() => {});
        await wait(100);
      }
    })();
    await wait(1_000);
    const started = performance.now();
    await ours.restart();
    const downMs = performance.now() - started;
    await wait(3_000);
    isOver = true;
    await writing;
    const count = await generator.wait(await ours.position());
    console.log(
      `  restart with ${size} subscribers: down ${Math.round(downMs)} ms, all back and caught up ${Math.round(count.backMs ?? Number.NaN)} ms after the first was cut (bar 30,000); ${count.wrong} positions missed or doubled, ${count.reloads} reloads`,
    );
    if (count.connected < size || count.wrong + count.reloads > 0) throw new Error('Somebody missed something.');
  } finally {
    generator.stop();
  }
}
