import 'reflect-metadata';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../support/postgres.ts';
import { live } from './modelling/live.ts';
import { notesModel } from './modelling/notes.ts';
import type { BenchOptions } from './run.ts';

/*
 * Histories made by chance against what must hold in all of them, many thousands of times; `npm test` runs the same by
 * the hundred. `--seed=N` begins with that seed, so that one which failed is run again by naming it. BENCH_PARTS=live
 * runs that part alone, BENCH_RUNS=N so many.
 */
export type ModelGround = { databaseUrl: string; dataDir: string; runs: number; firstSeed: number };

const parts: Readonly<Record<string, (ground: ModelGround) => Promise<void>>> = { live, notes: notesModel };

export async function run({ isFull, seed }: BenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-model-'));
  chmodSync(folder, 0o755);
  const server = await startPostgres({ folder });
  try {
    for (const name of process.env.BENCH_PARTS?.split(',') ?? Object.keys(parts)) {
      const runs = Number(process.env.BENCH_RUNS ?? (isFull ? 50_000 : 10_000));
      console.log(`${name}: ${runs.toLocaleString('en')} runs from seed ${seed}`);
      await parts[name]?.({ databaseUrl: server.url('postgres'), dataDir: folder, runs, firstSeed: seed });
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
