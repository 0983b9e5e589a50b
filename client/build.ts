import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const outDir = join(root, 'dist/client');
/** A server that starts while a build runs finds the old one whole, never half of the new one. */
const nextDir = join(root, `dist/client-${process.pid}`);
const marker = join(outDir, '.built');
const sources = [
  'client',
  'server/submissions/validation',
  'server/notes/document',
  'package-lock.json',
  'schema.graphql',
];

/** The moment of the newest file at or under `path`, in milliseconds; 0 when there is none. */
async function newestChangeMs(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const names = await readdir(path);
  const times = await Promise.all(names.map((name) => newestChangeMs(join(path, name))));
  return Math.max(found.mtimeMs, ...times);
}

async function isFresh(): Promise<boolean> {
  const built = await newestChangeMs(marker);
  const changed = await Promise.all(sources.map((name) => newestChangeMs(join(root, name))));
  return built >= Math.max(...changed);
}

/** Puts a gzipped copy beside every asset of text, so that the server sends it without compressing again each time. */
async function compressAssets(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /\.(js|css|svg)$/.test(name));
  for (const name of names) {
    const bytes = await promisify(gzip)(await readFile(join(folder, name)), { level: 9 });
    await writeFile(join(folder, `${name}.gz`), bytes);
  }
}

/** Vite builds React's development half wherever NODE_ENV says anything else, as it does under a test runner. */
async function buildForProduction(): Promise<void> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    // Asked for only when there is something to build: every start comes through here, and it takes a second to load.
    const { build } = await import('vite');
    const configFile = join(root, 'client/vite.config.ts');
    await build({ configFile, logLevel: 'warn', build: { outDir: nextDir, emptyOutDir: true } });
    const frameFile = join(root, 'client/frame/vite.config.ts');
    await build({ configFile: frameFile, logLevel: 'warn', build: { outDir: join(nextDir, 'frame') } });
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

/** Builds the client into dist/client; with `ifStale` only when a source is newer than the last build. */
export async function buildClient(options: { ifStale: boolean }): Promise<'built' | 'fresh'> {
  if (options.ifStale && (await isFresh())) return 'fresh';
  const started = new Date();
  await buildForProduction();
  await compressAssets(join(nextDir, 'assets'));
  const nextMarker = join(nextDir, '.built');
  await writeFile(nextMarker, '');
  // A file saved while the build ran must count as newer than the build.
  await utimes(nextMarker, started, started);
  await rm(outDir, { recursive: true, force: true });
  await rename(nextDir, outDir);
  return 'built';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const startedMs = performance.now();
  const outcome = await buildClient({ ifStale: process.argv.includes('--if-stale') });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  process.stdout.write(outcome === 'built' ? `Client built in ${seconds} s\n` : 'Client is up to date\n');
}
