import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { makeBaseTemplate } from './databases.ts';
import { startPostgres } from './postgres.ts';
import { makeRunFolder, removeLeftovers } from './temp.ts';

const builtClient = fileURLToPath(new URL('../../dist/client', import.meta.url));

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the test server, with `*` in place of the database's name. */
    postgresUrl: string;
    /** The run's own temporary folder. */
    runFolder: string;
  }
}

/** One PostgreSQL server for the whole run, with a migrated template to make databases from. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  removeLeftovers();
  const folder = makeRunFolder();
  if (existsSync(builtClient)) cpSync(builtClient, join(folder, 'client'), { recursive: true });
  const server = await startPostgres({ folder });
  await makeBaseTemplate(server.url('*'));
  project.provide('postgresUrl', server.url('*'));
  project.provide('runFolder', folder);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
