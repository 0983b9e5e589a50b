import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lt } from 'drizzle-orm';
import type { GraphQLSchema } from 'graphql';
import { inject } from 'vitest';
import { firstLooks } from '../../drizzle/schema/index.ts';
import { type App, createApp } from '../../server/app.ts';
import { builtClient } from '../../server/clientPages.ts';
import type { Config } from '../../server/config.ts';
import type { Bus } from '../../server/platform/bus/bus.ts';
import type { DnsOptions } from '../../server/platform/fetching/dns.ts';
import type { GuardOptions } from '../../server/platform/fetching/guardedFetch.ts';
import { createDocuments } from '../../server/platform/graphql/limits.ts';
import type { Services } from '../../server/platform/services.ts';
import { createSchema } from '../../server/schema.ts';
import { refuseBesideTransactions } from './besideTransactions.ts';
import { testConfig } from './config.ts';
import { createTestDatabase, ensureTemplate, type TestDatabase } from './databases.ts';
import { eventually } from './eventually.ts';
import { FakeClock } from './fakeClock.ts';
import { readMails, type TestMail } from './mails.ts';
import { Session } from './session.ts';
import { directSession } from './signIn.ts';
import { readWorld, type World } from './world.ts';

export type TestApp = {
  /** http://localhost:<port> */
  readonly url: string;
  readonly services: Services;
  readonly clock: FakeClock;
  readonly config: Config;
  /** The sample company; reading it without sample data throws. */
  readonly world: World;
  /** A session of this person, by e-mail address or id. */
  signIn(person: string | { id: string }): Promise<Session>;
  /** Somebody who never signed in. */
  anonymous(): Session;
  /** Outgoing mails so far, oldest first; runs what waits in the job queue before it looks. */
  mails(): Promise<TestMail[]>;
  close(): Promise<void>;
};

export type TestAppOptions = {
  /** Start with the sample company loaded. On by default. */
  sample?: boolean;
  config?: Partial<Config>;
  clock?: FakeClock;
  /** For a browser: the system's clock, and a sample company whose days end today. */
  isRealTime?: boolean;
  /** On the embedded database instead of the server. */
  isEmbedded?: boolean;
  /** What of this machine its checks may reach, and which name servers they ask. */
  fetching?: GuardOptions & { dns?: Partial<DnsOptions> };
  /** How many products a first look holds. */
  firstLook?: { limit?: number };
  /** In place of a bus of its own: one that is joined with that of another node. */
  bus?: Bus;
};

/** The sample as of the clock that stands still. */
const standingSample = 'slipway_sample';
/** The sample of this hour: its story is told in working days, so its copies are what a first start would make now. */
const sampleOfNow = () => `slipway_sample_${new Date().toISOString().slice(0, 13).replace(/\D/g, '')}`;

/** A whole Slipway on a real port, with a database and a data directory of its own, and a clock that stands still. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { sample = true, clock = new FakeClock(), isRealTime = false, isEmbedded = false } = options;
  const isCopied = sample && !isEmbedded;
  const dataDir = mkdtempSync(join(inject('runFolder'), 'd-'));
  const database = isEmbedded ? null : await (isCopied ? copySample(dataDir, isRealTime) : createTestDatabase());
  const config = { ...testConfig(dataDir, database?.url ?? null), sampleData: sample && !isCopied, ...options.config };
  const app = await createApp(config, {
    ...(isRealTime ? {} : { clock }),
    ...(options.bus ? { bus: options.bus } : {}),
    print: () => {},
    clientFolder: pinnedClient(),
    fetching: options.fetching,
    firstLook: options.firstLook,
    ...theApi(),
  });
  const { services } = app;
  refuseBesideTransactions(services);
  const world = sample ? await readWorld(services.db) : null;
  const sessions: Session[] = [];

  return {
    url: app.url,
    services,
    clock,
    config,
    get world() {
      if (world === null) throw new Error('This app was started without sample data.');
      return world;
    },
    async signIn(person) {
      const session = await directSession(app, typeof person === 'string' ? person : person.id);
      sessions.push(session);
      return session;
    },
    anonymous() {
      const session = new Session(app.url, '', null);
      sessions.push(session);
      return session;
    },
    async mails() {
      await services.jobs.runDue();
      return readMails(join(dataDir, 'mail'));
    },
    async close() {
      await Promise.all(sessions.map((session) => session.close()));
      await app.close();
      await database?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Another node of the same installation: the same database, files and clock, a port and a bus of its own. */
export function startNode({ config, clock }: Pick<TestApp, 'config' | 'clock'>, bus: Bus): Promise<App> {
  return createApp(config, { clock, bus, print: () => {}, clientFolder: pinnedClient(), ...theApi() });
}

/** The sample as a first start makes it: a database of its own, and its files in this data directory. */
export async function copySample(dataDir: string, isRealTime = true): Promise<TestDatabase> {
  const template = isRealTime ? sampleOfNow() : standingSample;
  await ensureTemplate(template, (url) => fillSample(url, template, isRealTime ? null : new FakeClock()));
  const database = await createTestDatabase(template);
  cpSync(sampleData(template), dataDir, { recursive: true });
  return database;
}

/**
 * The API is the same for every app, holds nothing of any, and takes longer to make than all the rest of an app. So with
 * the documents that were asked of it: by which of them is remembered no answer differs.
 */
function theApi(): Api {
  made.api ??= apiOf(createSchema());
  return made.api;
}

const apiOf = (schema: GraphQLSchema) => ({ schema, documents: createDocuments(schema) });
type Api = ReturnType<typeof apiOf>;

const made: { api: Api | null } = { api: null };

/** The client as it was built when the run began: another build under way does not change what is tested. */
function pinnedClient(): string {
  const folder = join(inject('runFolder'), 'client');
  return existsSync(folder) ? folder : builtClient;
}

function sampleData(template: string): string {
  return join(inject('runFolder'), template);
}

/** Its first looks are made once, and not anew in the background of every test that begins with a copy. */
async function looksBuilt({ services }: App): Promise<void> {
  await services.jobs.runDue();
  const isWanted = lt(firstLooks.settledRun, firstLooks.run);
  await eventually(async () => (await services.db.$count(firstLooks, isWanted)) === 0, 60_000);
}

/** Lets the app load its own sample, as a first start does; the files that it makes are kept beside the template. */
async function fillSample(url: string, template: string, clock: FakeClock | null): Promise<void> {
  const folder = sampleData(template);
  mkdirSync(folder, { recursive: true });
  const config = { ...testConfig(folder, url), sampleData: true };
  const app: App = await createApp(config, {
    ...(clock === null ? {} : { clock }),
    print: () => {},
    ...theApi(),
  });
  await looksBuilt(app);
  await app.close();
}
