import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { connectDatabase, type Database } from '../../server/platform/database/connect.ts';
import { openEmbedded } from '../../server/platform/database/embedded.ts';
import { migrateDatabase } from '../../server/platform/database/migrate.ts';
import { createTestDatabase } from '../support/databases.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

/** The contract suite runs every case on each of them. */
export const databaseKinds = ['server', 'embedded'] as const;

export type Opened = { database: Database; services: TestServices; close(): Promise<void> };

/** A migrated, empty database of this kind, opened by the code that opens it in production. */
export async function openDatabase(kind: (typeof databaseKinds)[number]): Promise<Opened> {
  const server = kind === 'server' ? await createTestDatabase() : null;
  const dataDir = makeDataDir();
  if (!server) await copyEmbedded(dataDir);
  const database = await connectDatabase({ dataDir, databaseUrl: server?.url ?? null });
  await migrateDatabase(database.sql);
  const services = await startTestServices({ db: database.db });
  return {
    database,
    services,
    async close() {
      await services.close();
      await database.close();
      await server?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export function makeDataDir(): string {
  return mkdtempSync(join(inject('runFolder'), 'd-'));
}

/** Makes an empty embedded database once a run and copies it: making one takes seconds. */
export async function copyEmbedded(dataDir: string): Promise<void> {
  const made = join(inject('runFolder'), 'embedded');
  if (!existsSync(made)) {
    const making = makeDataDir();
    await (await openEmbedded(making)).close();
    // Another test file may have been faster: its copy is as good as ours.
    if (!existsSync(made)) renameSync(join(making, 'database'), made);
  }
  cpSync(made, join(dataDir, 'database'), { recursive: true });
}
