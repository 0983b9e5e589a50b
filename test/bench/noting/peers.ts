import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What is measured beside us, at the versions that run on Node 20 with Yjs 13. Never dependencies of the project. */
const versions = {
  '@y/websocket-server': '0.1.1',
  'y-leveldb': '0.1.2',
  '@hocuspocus/server': '3.4.4',
  '@hocuspocus/extension-database': '3.4.4',
} as const;
export type PeerPackage = keyof typeof versions;

/** A side runs compiled, from elsewhere, and is told. */
export const peersFolder =
  process.env.BENCH_PEERS ?? fileURLToPath(new URL('../../../node_modules/.cache/bench-notes/', import.meta.url));

/** Installs the peers on first use, in a folder of their own. Throws when that is not possible. */
export function installPeers(): void {
  mkdirSync(peersFolder, { recursive: true });
  if (!existsSync(`${peersFolder}package.json`)) writeFileSync(`${peersFolder}package.json`, '{ "private": true }\n');
  const missing = (Object.keys(versions) as PeerPackage[]).filter(
    (peer) => !existsSync(`${peersFolder}node_modules/${peer}/package.json`),
  );
  if (missing.length === 0) return;
  const wanted = missing.map((peer) => `${peer}@${versions[peer]}`);
  const { status, stderr } = spawnSync(
    'npm',
    ['install', '--prefix', peersFolder, '--no-audit', '--no-fund', '--save-exact', ...wanted],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The peers could not be installed: ${stderr.trim().split('\n').at(-1)}`);
}

// biome-ignore lint/suspicious/noExplicitAny: packages that the project does not depend on have no types here
export async function peerPackage(name: PeerPackage): Promise<any> {
  const loaded = await import(createRequire(`${peersFolder}package.json`).resolve(name));
  return loaded.default?.Server || loaded.default?.Database ? loaded.default : loaded;
}
