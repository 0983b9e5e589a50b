import { spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compiledOf } from '../../server/platform/threads/compiled.mjs';
import { makeRunFolder, removeLeftovers } from '../support/temp.ts';
import type { BenchOptions } from './run.ts';
import { type Format, formats, type Planted, writeFeeds } from './validating/feed.ts';
import { lists, writeList } from './validating/lists.ts';
import { folder, installPeers } from './validating/peers.ts';
import type { Outcome } from './validating/side.ts';

/*
 * The same feeds, with planted defects, through our engine and through the peers, each in a process of its own, in turns.
 * A peer parses, and our rules judge what it parsed; DuckDB checks by SQL. `--full`: a million rows and 10 GB that are
 * made as they are read; the short form a hundred thousand rows, each side warm as after many.
 */
type Run = Outcome & { wallMs: number; cpuMs: number; peakBytes: number; addedBytes: number };

const against: Readonly<Record<Format, readonly string[]>> = {
  csv: ['papaparse', 'csv-parse', 'udsv', 'duckdb', 'duckdb-few'],
  tsv: ['papaparse'],
  xml: ['easysax', 'saxes', 'htmlparser2', 'sax'],
  jsonl: ['JSON.parse'],
};

/** A peer has no stream, and reads no more into one string. */
const mostXmlRows = 350_000;
const count = (rows: number) => rows.toLocaleString('en');
/** A table that is no product feed: MB per CPU-second. */
const listBar = 25;
/** Bars of promises.md: MB per CPU-second as a multiple of the peer's. */
const bars: Readonly<Record<string, number>> = { papaparse: 2, duckdb: 2.5, easysax: 1.5, 'JSON.parse': 1.5 };

export async function run({ isFull, seed }: BenchOptions): Promise<void> {
  removeLeftovers();
  const runFolder = makeRunFolder();
  const failed = installPeers();
  for (const [name, why] of failed) console.log(`${name} could not be installed: ${why}`);
  try {
    const rows = isFull ? 1_000_000 : 100_000;
    const paths = Object.fromEntries(formats.map((format) => [format, `${runFolder}/feed.${format}`])) as Record<
      Format,
      string
    >;
    const { xml, ...others } = paths;
    const planted = await writeFeeds(others, rows, seed);
    const xmlRows = Math.min(rows, mostXmlRows);
    const plantedInXml = await writeFeeds({ xml }, xmlRows, seed);
    console.log(`seed ${seed}, ${count(rows)} rows (XML ${count(xmlRows)}), ${planted.length} defects planted`);
    console.log(`yardstick: JSON.parse of 10 MB takes ${Math.round(yardstick())} ms`);
    const only: readonly string[] = process.env.BENCH_FORMATS?.split(',') ?? [...formats, ...lists];
    for (const format of formats.filter((one) => only.includes(one)))
      compare(format, paths[format], format === 'xml' ? plantedInXml : planted, isFull, failed);
    for (const list of lists.filter((one) => only.includes(one))) {
      const path = `${runFolder}/${list}.csv`;
      await writeList(list, path, rows * 4);
      const runs = Array.from({ length: isFull ? 1 : 3 }, () => measure(list, 'csv', path, !isFull));
      const rate = median(runs.map(({ cpuMs }) => statSync(path).size / 1e6 / (cpuMs / 1_000)));
      const [{ rows: read, found, others }] = runs as [Run];
      console.log(
        `\n${list}, ${megabytes(statSync(path).size)}, ${read.toLocaleString('en')} rows: ${rate.toFixed(1)} MB per CPU-second (aim ${listBar}), over its start ${megabytes(Math.max(...runs.map(({ addedBytes }) => addedBytes)))}, ${found.length + others} found in a healthy file`,
      );
      if (found.length + others > 0) throw new Error(`${list}: something was invented`);
    }
    const many = isFull ? 30_000_000 : 1_000_000;
    const endless = measure('generated', 'csv', `${many}:${seed}`);
    console.log(
      `\n${many.toLocaleString('en')} rows made as they are read: ${seconds(endless.wallMs)}, peak ${megabytes(endless.peakBytes)}, ${megabytes(endless.addedBytes)} over the start`,
    );
  } finally {
    rmSync(runFolder, { recursive: true, force: true });
  }
}

function compare(
  format: Format,
  path: string,
  planted: readonly Planted[],
  isFull: boolean,
  failed: Map<string, string>,
): void {
  const { size } = statSync(path);
  const rounds = 3;
  const sides = [
    'ours',
    ...against[format].filter((side) => !failed.has(side.startsWith('duckdb') ? '@duckdb/node-api' : side)),
  ];
  const runs = new Map<string, Run[]>(sides.map((side) => [side, []]));
  for (let round = 0; round < rounds; round++) {
    for (const side of sides) runs.get(side)?.push(measure(side, format, path, !isFull));
  }
  console.log(`\n${format}, ${megabytes(size)}: median of ${rounds}, in turns`);
  const perCpu = (one: Run) => size / 1e6 / (one.cpuMs / 1_000);
  const ours = median(runs.get('ours')!.map(perCpu));
  for (const [side, all] of runs) {
    const [first] = all as [Run];
    const rates = all.map(perCpu).sort((a, b) => a - b);
    const rate = median(rates);
    const ratio = ours / rate;
    const bar = bars[side];
    const verdict = side === 'ours' ? '' : `ours is ${ratio.toFixed(2)}x${bar ? ` (bar ${bar})` : ''}`;
    const peak = Math.max(...all.map((one) => one.peakBytes));
    const speed = `${rate.toFixed(1).padStart(6)} MB per CPU-second (${rates[0]?.toFixed(1)}-${rates.at(-1)?.toFixed(1)})`;
    const perSecond = Math.round(first.rows / (median(all.map((one) => one.wallMs)) / 1_000)).toLocaleString('en');
    console.log(
      `${side.padEnd(12)} ${speed}, ${perSecond} rows/s, peak ${megabytes(peak)}${side === 'ours' ? ' (bar 100 MB over its start)' : ''}, over its start ${megabytes(Math.max(...all.map((one) => one.addedBytes)))}, ${missed(first, planted)} ${verdict}`,
    );
    if (side === 'ours') mustHold(first, planted, format);
  }
}

const keyOf = (rule: string, row: number | null, column: string | null) => `${rule} ${row} ${column}`;

function missed({ found, others }: Run, planted: readonly Planted[]): string {
  const all = new Set(found.map(([rule, row, column]) => keyOf(rule, row, column)));
  const wanted = new Set(planted.map(({ rule, row, column }) => keyOf(rule, row, column)));
  const hit = planted.filter(({ rule, row, column }) => all.has(keyOf(rule, row, column))).length;
  const invented = [...all].filter((key) => !wanted.has(key)).length + others;
  return `${hit} of ${planted.length} found, ${invented} other`;
}

/** Every planted defect at its row and column, and nothing else. */
function mustHold(ours: Run, planted: readonly Planted[], format: Format): void {
  const all = new Set(ours.found.map(([rule, row, column]) => keyOf(rule, row, column)));
  const wanted = planted.map(({ rule, row, column }) => keyOf(rule, row, column));
  const lost = wanted.filter((key) => !all.has(key));
  const invented = [...all].filter((key) => !wanted.includes(key));
  if (lost.length > 0 || invented.length > 0 || ours.others > 0)
    throw new Error(
      `${format}: lost ${JSON.stringify(lost.slice(0, 5))} (${lost.length}), invented ${JSON.stringify(invented.slice(0, 10))} (${invented.length + ours.others})`,
    );
}

/** Compiled as the product's threads are, every side alike: a loader of TypeScript is no part of what is measured. */
const side = fileURLToPath(await compiledOf(new URL('./validating/side.ts', import.meta.url)));

function measure(name: string, format: Format, path: string, isWarm = false): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', side, name, format, path], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, BENCH_PEERS: folder, BENCH_WARM: isWarm ? '1' : '0' },
  });
  if (status !== 0) throw new Error(`${name} failed on ${format}: ${stderr}`);
  return JSON.parse(stdout) as Run;
}

/** How quick this machine is right now. */
function yardstick(): number {
  const text = JSON.stringify(
    Array.from({ length: 100_000 }, (_, n) => ({
      id: n,
      title: `Item number ${n}`,
      price: n / 7,
      isOn: true,
      tags: ['a', 'b'],
    })),
  );
  const whole = text.repeat(Math.ceil(10_000_000 / text.length)).slice(0, text.length);
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    JSON.parse(whole);
    return ((performance.now() - begun) * 10_000_000) / whole.length;
  });
  return median(times);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
