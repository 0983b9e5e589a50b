import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import type { FromWorker, ToWorker } from './embedded.ts';
import { createEmbeddedServer } from './embeddedServer.ts';
import { claimDatabase, DatabaseInUse } from './lock.ts';

const maxConnections = 20;

/** Opens the database, made on the first start: beside and renamed, so that a kill halfway leaves nothing half-made. */
async function open(dataDir: string): Promise<{ database: PGlite; isFresh: boolean }> {
  const folder = join(dataDir, 'database');
  for (const left of readdirSync(dataDir)) {
    if (left.startsWith('database.new-')) rmSync(join(dataDir, left), { recursive: true, force: true });
  }
  const isFresh = !existsSync(folder);
  if (isFresh) {
    const made = join(dataDir, `database.new-${process.pid}`);
    await (await openFolder(made)).close();
    renameSync(made, folder);
  }
  return { database: await openFolder(folder), isFresh };
}

function openFolder(folder: string): Promise<PGlite> {
  return PGlite.create(folder, { extensions: { pg_trgm, unaccent } });
}

async function run(dataDir: string, tell: (message: FromWorker) => void): Promise<(message: ToWorker) => void> {
  let opened: (database: PGlite) => void = () => {};
  const { server, end } = createEmbeddedServer(
    new Promise((resolve) => {
      opened = resolve;
    }),
    maxConnections,
  );
  const claim = await claimDatabase(dataDir, server);
  const { database, isFresh } = await open(dataDir).catch(async (error) => {
    await claim.release();
    throw error;
  });
  opened(database);
  tell({ kind: 'ready', socketPath: claim.socketPath, isFresh });
  return async (message) => {
    if (message.kind === 'announce') return claim.announce(message.url);
    end();
    await database.close();
    await claim.release();
    tell({ kind: 'closed' });
  };
}

const port = parentPort;
if (port) {
  const tell = (message: FromWorker) => port.postMessage(message);
  try {
    port.on('message', await run(workerData.dataDir, tell));
  } catch (error) {
    if (error instanceof DatabaseInUse) tell({ kind: 'inUse', holder: error.holder });
    else throw error;
  }
}
