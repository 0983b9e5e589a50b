import { cpSync, existsSync, rmSync, statSync } from 'node:fs';
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
  await pinClient(join(folder, 'client'));
  const server = await startPostgres({ folder });
  // Through its socket, which takes a third of the processor time of a connection through the network.
  Object.assign(process.env, server.environment);
  await makeBaseTemplate('postgres:///*');
  project.provide('postgresUrl', 'postgres:///*');
  project.provide('runFolder', folder);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Copies the built client, once it is whole: a build empties its folder first and sets `.built` last. */
async function pinClient(copy: string): Promise<void> {
  const builtAt = () =>
    existsSync(join(builtClient, '.built')) ? statSync(join(builtClient, '.built')).ctimeMs : null;
  for (let attempt = 0; attempt < 240 && existsSync(builtClient); attempt++) {
    const before = builtAt();
    if (before !== null) {
      rmSync(copy, { recursive: true, force: true });
      cpSync(builtClient, copy, { recursive: true, force: true });
      if (builtAt() === before) return;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
