import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../support/postgres.ts';
import { fanOut, type Ground, killed, manyNotes, paper } from './noting/parts.ts';
import { installPeers } from './noting/peers.ts';
import type { BenchOptions } from './run.ts';

/*
 * Our notes beside their peers: the same letters from one generator in a process of its own, the sides in turns. Ours
 * stands on a PostgreSQL server that syncs to disk, as in production, and every letter is durable before anybody sees
 * it; the embedded database is shown beside, and has no bar to keep. `--trace FILE`: a recorded paper (automerge-paper,
 * JSON, plain or gzip). `--full`: longer, more rounds, the whole trace. BENCH_PARTS=paper,killed runs only these.
 */
const parts: Readonly<Record<string, (ground: Ground) => Promise<void>>> = { fanOut, manyNotes, paper, killed };

export async function run({ isFull, seed, trace }: BenchOptions): Promise<void> {
  installPeers();
  // On a disk and not in memory: a commit costs there what it costs in production.
  const folder = mkdtempSync(join(tmpdir(), 'slipway-notes-'));
  chmodSync(folder, 0o755);
  const server = await startPostgres({ folder, isDurable: true });
  try {
    console.log(`seed ${seed}`);
    for (const name of process.env.BENCH_PARTS?.split(',') ?? Object.keys(parts))
      await parts[name]?.({ server, folder, isFull, seed, trace });
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
