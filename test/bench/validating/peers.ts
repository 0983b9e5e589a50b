import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What is measured beside us, at the versions that run on Node 20. Never dependencies of the project. */
const versions = {
  papaparse: '5.7.1',
  'csv-parse': '7.0.3',
  udsv: '0.7.3',
  easysax: '0.4.0',
  saxes: '6.0.0',
  htmlparser2: '12.0.0',
  sax: '1.6.1',
  'stream-json': '3.8.0',
  '@duckdb/node-api': '1.5.6-r.1',
} as const;
export type Peer = keyof typeof versions;

/** A side runs compiled, from elsewhere, and is told. */
export const folder =
  process.env.BENCH_PEERS ?? fileURLToPath(new URL('../../../node_modules/.cache/bench-validate/', import.meta.url));
const load = createRequire(`${folder}package.json`);

/** Installs the peers on first use, in a folder of their own. Answers those that could not be had, with the reason. */
export function installPeers(): Map<Peer, string> {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(`${folder}package.json`)) writeFileSync(`${folder}package.json`, '{ "private": true }\n');
  const failed = new Map<Peer, string>();
  for (const peer of Object.keys(versions) as Peer[]) {
    if (existsSync(`${folder}node_modules/${peer}`)) continue;
    const { status, stderr } = spawnSync(
      'npm',
      ['install', '--prefix', folder, '--no-audit', '--no-fund', '--save-exact', `${peer}@${versions[peer]}`],
      { encoding: 'utf8' },
    );
    if (status !== 0) failed.set(peer, stderr.trim().split('\n').at(-1) ?? 'npm failed');
  }
  return failed;
}

// biome-ignore lint/suspicious/noExplicitAny: packages that the project does not depend on have no types here
export async function peer(name: Peer): Promise<any> {
  const loaded = await import(load.resolve(name));
  return loaded.default ?? loaded;
}
