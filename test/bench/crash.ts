import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildClient } from '../../client/build.ts';
import { type CrashReport, crash } from '../support/crash.ts';
import { startPostgres } from '../support/postgres.ts';
import { makeRunFolder, removeLeftovers } from '../support/temp.ts';
import type { BenchOptions } from './run.ts';

/** 100 kills with SIGKILL under write load on each database; `--full`: 300. */
export async function run({ isFull, seed }: BenchOptions): Promise<void> {
  const kills = isFull ? 300 : 100;
  await buildClient({ ifStale: true });
  removeLeftovers();
  const folder = makeRunFolder();
  const postgres = await startPostgres({ folder, isDurable: true });
  try {
    for (const databaseUrl of [null, postgres.url('postgres')]) {
      const name = databaseUrl === null ? 'embedded' : 'server';
      console.log(`${name} database: ${kills} kills, seed ${seed}`);
      const dataDir = mkdtempSync(join(folder, 'd-'));
      const report = await crash({ dataDir, databaseUrl, kills, seed, tell: (line) => console.log(`  ${line}`) });
      print(name, report);
      if (isBroken(report)) throw new Error(`The ${name} database lost or doubled what was acknowledged.`);
    }
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function isBroken({ comments, noteEdits }: CrashReport): boolean {
  return [comments, noteEdits].some((tally) => tally.lost.length + tally.doubled.length > 0);
}

function print(name: string, { kills, comments, noteEdits, retried, reopenMs, firstStartMs }: CrashReport): void {
  const sorted = [...reopenMs].sort((a, b) => a - b);
  const at = (part: number) => `${Math.round(sorted[Math.floor((sorted.length - 1) * part)] ?? 0)} ms`;
  console.log(`${name} database, ${kills} kills:`);
  for (const [what, tally] of Object.entries({ comments, 'note edits': noteEdits })) {
    const { acknowledged, lost, doubled } = tally;
    console.log(`  ${what}: ${acknowledged} acknowledged, ${lost.length} lost, ${doubled.length} doubled`);
  }
  console.log(`  comments cut off and sent again under their key: ${retried}`);
  console.log(`  first start ${Math.round(firstStartMs)} ms; reopened in ${at(0.5)} (median), ${at(1)} (slowest)`);
}
