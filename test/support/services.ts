import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { pino } from 'pino';
import postgres from 'postgres';
import { inject } from 'vitest';
import * as schema from '../../drizzle/schema/index.ts';
import type { Viewer } from '../../server/access/viewer.ts';
import { memoryBus } from '../../server/platform/bus/memoryBus.ts';
import { createCoEditing } from '../../server/platform/coEditing.ts';
import { createDns } from '../../server/platform/fetching/dns.ts';
import { createGuardedFetch } from '../../server/platform/fetching/guardedFetch.ts';
import { createConnections } from '../../server/platform/http/connections.ts';
import type { Jobs } from '../../server/platform/jobs/jobs.ts';
import { createLimits } from '../../server/platform/limits.ts';
import { createSecrets } from '../../server/platform/secrets/secrets.ts';
import type { Ctx, Services } from '../../server/platform/services.ts';
import { createThreads } from '../../server/platform/threads/threads.ts';
import { reportsThread } from '../../server/submissions/reports/order.ts';
import { testConfig } from './config.ts';
import { baseTemplate, createTestDatabase } from './databases.ts';
import { FakeClock } from './fakeClock.ts';

export type TestServices = Services & {
  readonly clock: FakeClock;
  /** What was enqueued and not run. */
  readonly enqueued: { kind: string; payload: Record<string, string> }[];
  /** The context of a request of this viewer. */
  as(viewer: Viewer): Ctx;
  close(): Promise<void>;
};

/** The parts below the app on a database of their own: for tests of a command or a query without HTTP. */
export async function startTestServices(
  overrides: Partial<Services> = {},
  template: string = baseTemplate,
): Promise<TestServices> {
  const database = await createTestDatabase(template);
  const dataDir = mkdtempSync(join(inject('runFolder'), 'd-'));
  const client = postgres(database.url, { max: 10, onnotice: () => {} });
  const bus = overrides.bus ?? memoryBus();
  const clock = new FakeClock();
  const config = testConfig(dataDir, database.url);
  const { jobs, enqueued } = recordingJobs();
  const services: Services = {
    config,
    clock,
    db: drizzle(client, { schema }),
    bus,
    jobs,
    blobs: unavailable('blobs'),
    secrets: createSecrets(Buffer.from(config.masterKey ?? '', 'base64url')),
    limits: createLimits(),
    connections: createConnections(bus),
    publicOrigin: () => 'http://localhost:4000',
    threads: createThreads(reportsThread, 1),
    fetch: createGuardedFetch(),
    dns: createDns({ resolvers: config.dnsResolvers }),
    render: null,
    coEditing: createCoEditing(),
    log: pino({ level: config.logLevel }),
    ...overrides,
  };
  return {
    ...services,
    clock,
    enqueued,
    as: (viewer) => ({ ...services, viewer, loaders: new Map() }),
    async close() {
      await services.threads.close();
      await bus.close();
      await client.end({ timeout: 1 });
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Jobs that are written down instead of run; handlers registered with `handle` run on `runDue`. */
function recordingJobs(): { jobs: Jobs; enqueued: TestServices['enqueued'] } {
  const enqueued: TestServices['enqueued'] = [];
  const handlers = new Map<string, Parameters<Jobs['handle']>[1]>();
  const jobs: Jobs = {
    handle: (kind, handler) => void handlers.set(kind, handler),
    enqueue: async (_, kind, payload) => void enqueued.push({ kind, payload }),
    due: async () => {},
    notDue: async () => {},
    start: async () => {},
    stop: async () => {},
    async runDue() {
      for (const job of enqueued.splice(0)) await handlers.get(job.kind)?.(job.payload);
    },
  };
  return { jobs, enqueued };
}

function unavailable<T extends object>(name: string): T {
  return new Proxy({} as T, {
    get() {
      throw new Error(`These test services have no ${name}: pass them as an override.`);
    },
  });
}
