import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { makeBaseTemplate } from './databases.ts';
import { startPostgres } from './postgres.ts';
import { makeRunFolder, removeLeftovers } from './temp.ts';

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
  const server = await startPostgres({ folder });
  await makeBaseTemplate(server.url('*'));
  project.provide('postgresUrl', server.url('*'));
  project.provide('runFolder', folder);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
