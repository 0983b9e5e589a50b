import 'reflect-metadata';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import express from 'express';
import type { GraphQLSchema } from 'graphql';
import { companyRoutes } from './accounts/companyHttp.ts';
import { accountsRoutes } from './accounts/http.ts';
import { accountsJobs } from './accounts/jobs.ts';
import { companySender } from './accounts/queries.ts';
import { clientDev } from './clientDev.ts';
import { clientPages } from './clientPages.ts';
import type { Config } from './config.ts';
import { delegationsNotice } from './delegations/commands.ts';
import { delegationJobs } from './delegations/jobs.ts';
import { downloadsRoutes } from './files/downloads.ts';
import { fileJobs, startSweeping } from './files/jobs.ts';
import { uploadsRoutes } from './files/uploads.ts';
import { brandJobs, brandNotice } from './firstLook/brand/commands.ts';
import { firstLookRoutes } from './firstLook/http.ts';
import { firstLookNotice } from './firstLook/notice.ts';
import { createFirstLooks, type FirstLookOptions, type FirstLooks } from './firstLook/run/runs.ts';
import { websiteNotice } from './firstLook/website/commands.ts';
import { createWebsites, type Websites } from './firstLook/website/runs.ts';
import { graphqlRoutes } from './graphqlHttp.ts';
import { graphqlUpgrade } from './graphqlSocket.ts';
import { handoverNotice } from './handovers/commands.ts';
import { guestDoor } from './handovers/http.ts';
import { handoverJobs } from './handovers/jobs.ts';
import { journeyFileRoutes } from './journeys/files/http.ts';
import { processLogRoutes } from './journeys/log/export.ts';
import { auditExportRoutes } from './live/auditExport.ts';
import { milestonesNotice } from './milestones/commands.ts';
import { recordRoutes } from './milestones/record/http.ts';
import { noteLines } from './notes/appender.ts';
import { noteFileJobs, startNoteFileSweep } from './notes/jobs.ts';
import { notesUpgrade } from './notes/socket.ts';
import { inboxConversationRead, inboxWrite } from './notifications/commands.ts';
import { standingsJobs, startStandings } from './plan/standings/jobs.ts';
import { diskBlobs } from './platform/blobs/disk.ts';
import type { Bus } from './platform/bus/bus.ts';
import { memoryBus } from './platform/bus/memoryBus.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import { createCoEditing } from './platform/coEditing.ts';
import { connectDatabase, type Database } from './platform/database/connect.ts';
import { migrateDatabase } from './platform/database/migrate.ts';
import { createDns, type DnsOptions } from './platform/fetching/dns.ts';
import { createGuardedFetch, type GuardOptions } from './platform/fetching/guardedFetch.ts';
import { createBudget } from './platform/graphql/budget.ts';
import { createDocuments, type Documents } from './platform/graphql/limits.ts';
import { createConnections } from './platform/http/connections.ts';
import { httpErrors } from './platform/http/errors.ts';
import { health } from './platform/http/health.ts';
import { requestIds } from './platform/http/requestId.ts';
import { cspReports, security } from './platform/http/security.ts';
import { cutSlowBodies } from './platform/http/slowBodies.ts';
import { refuseUpgrade } from './platform/http/upgrades.ts';
import { createJobs } from './platform/jobs/queue.ts';
import { createLimits } from './platform/limits.ts';
import { mailJobs } from './platform/mail/mail.ts';
import { createLogger } from './platform/observability/logger.ts';
import { createRender } from './platform/rendering/render.ts';
import { createSecrets, embeddedMasterKey } from './platform/secrets/secrets.ts';
import type { Services } from './platform/services.ts';
import { createThreads } from './platform/threads/threads.ts';
import { loadSample } from './sample/commands.ts';
import { createSchema } from './schema.ts';
import { documentsFill, documentsWrite } from './search/commands.ts';
import { type Checks, createChecks, resumeChecks } from './submissions/checks/runs.ts';
import { submissionJobs } from './submissions/jobs.ts';
import { looksLeft } from './submissions/looks/run/commands.ts';
import { createLooks, type LooksRunning } from './submissions/looks/run/runs.ts';
import { calendarRoutes } from './submissions/meetings/http.ts';
import { findingsRoutes } from './submissions/reports/http.ts';
import { reportsThread } from './submissions/reports/order.ts';
import { createReports, type Reports, resumeReports } from './submissions/reports/runs.ts';
import { taskJobs } from './tasks/jobs.ts';
import { conditionsNotice, templatesFromFiles } from './templates/commands.ts';
import { tokenJobs } from './tokens/jobs.ts';
import { exportRoutes } from './views/export.ts';

export type App = {
  /** http://localhost:<port> */
  readonly url: string;
  readonly services: Services;
  /** Drains: no new connections, sockets told to come back, notes stored, jobs finished, then the database. */
  close(): Promise<void>;
};

type Options = {
  clock?: Clock;
  bus?: Bus;
  isDev?: boolean;
  print?: (line: string) => void;
  /** Where the built client stands; a test pins a copy, so that a build under way cannot take files from under it. */
  clientFolder?: string;
  /** What tests and benches reach on this machine. No variable of the environment opens it. */
  fetching?: GuardOptions & { dns?: Partial<DnsOptions> };
  /** How many products an index holds, where a test wants few. */
  firstLook?: FirstLookOptions | undefined;
  /** The API as `createSchema` makes it, for whoever starts many apps in one process. */
  schema?: GraphQLSchema;
  /** What was asked of that API before, parsed and found valid. */
  documents?: Documents;
};

type Upgrade = {
  matches(pathname: string): boolean;
  handle(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
};

/** What goes on beside the requests. */
type Running = { reports: Reports; checks: Checks; looks: LooksRunning; firstLooks: FirstLooks; websites: Websites };

/** Puts Slipway together and listens. The only file that knows every part. */
export async function createApp(config: Config, options: Options = {}): Promise<App> {
  const database = await connectDatabase(config);
  try {
    await migrateDatabase(database.sql);
    return await serve(config, options, database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function serve(config: Config, options: Options, database: Database): Promise<App> {
  const http = createServer({ connectionsCheckingInterval: 2_000, headersTimeout: 10_000, requestTimeout: 0 });
  const services = createServices(config, options, database, () => portOf(http));
  mailJobs(services, () => companySender(services), options.print);
  accountsJobs(services);
  fileJobs(services);
  submissionJobs(services);
  noteFileJobs(services);
  taskJobs(services);
  const reports = createReports(services);
  const checks = createChecks(services);
  const looks = createLooks(services);
  const firstLooks = createFirstLooks(services, options.firstLook);
  const websites = createWebsites(services, firstLooks);
  brandJobs(services);
  tokenJobs(services);
  handoverJobs(services);
  delegationJobs(services);
  standingsJobs(services);
  await services.jobs.start();
  try {
    await templatesFromFiles(services);
    if (config.sampleData) await loadSample(services);
    await documentsFill(services);
    await startSweeping(services);
    await startNoteFileSweep(services);
    await startStandings(services);
    await resumeReports(services);
    await resumeChecks(services);
    await looksLeft(services);
    await firstLooks.resume();
    await websites.resume();
    return await open(services, options, database, http, { reports, checks, looks, firstLooks, websites });
  } catch (error) {
    // Before the database closes under it: what is told then is why the start failed, and nothing else.
    await services.jobs.stop();
    await checks.close();
    await looks.close();
    await websites.close();
    await firstLooks.close();
    await reports.close();
    await services.threads.close();
    throw error;
  }
}

async function open(
  services: Services,
  options: Options,
  database: Database,
  http: Server,
  { reports, checks, looks, firstLooks, websites }: Running,
): Promise<App> {
  const { config } = services;
  let isDraining = false;
  const { schema = createSchema() } = options;
  const { documents = createDocuments(schema) } = options;
  const budget = createBudget();
  const guests = guestDoor(services);
  const upgrades = [graphqlUpgrade(services, schema, documents, budget), notesUpgrade(services)];
  const dev = options.isDev ? await clientDev(http) : null;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', 'simple');
  app.use(requestIds);
  app.use(health(services, () => isDraining));
  app.use(cutSlowBodies());
  app.use(security(services, { isDevelopment: options.isDev }));
  app.use(cspReports(services));
  app.use(accountsRoutes(services));
  app.use(companyRoutes(services));
  app.use(uploadsRoutes(services));
  app.use(downloadsRoutes(services));
  app.use(findingsRoutes(services));
  app.use(calendarRoutes(services));
  app.use(firstLookRoutes(services, firstLooks, { clientFolder: options.clientFolder }));
  app.use(exportRoutes(services, budget));
  app.use(auditExportRoutes(services, budget));
  app.use(processLogRoutes(services, budget));
  app.use(journeyFileRoutes(services, budget));
  app.use(recordRoutes(services));
  app.use(guests.router);
  app.use('/graphql', await graphqlRoutes(services, schema, documents, budget));
  app.use(dev ? dev.router : clientPages(options.clientFolder));
  app.use(httpErrors(services));
  http.on('request', app);
  http.on('upgrade', (req, socket, head) => upgrade(upgrades, options.isDev === true, req, socket, head));
  await listen(http, config);
  const url = `http://localhost:${portOf(http)}`;
  database.announce(config.publicUrl ?? url);

  let closed: Promise<void> | null = null;
  async function drain(): Promise<void> {
    isDraining = true;
    const stopped = new Promise<void>((resolve) => http.close(() => resolve()));
    http.closeIdleConnections();
    guests.close();
    await Promise.all(upgrades.map((part) => part.close()));
    await services.jobs.stop();
    await checks.close();
    await looks.close();
    await websites.close();
    await firstLooks.close();
    await reports.close();
    await dev?.close();
    await Promise.race([stopped, later(10_000)]);
    http.closeAllConnections();
    await services.threads.close();
    await services.bus.close();
    await database.close();
  }

  return {
    url,
    services,
    close: () => {
      closed ??= drain();
      return closed;
    },
  };
}

function createServices(config: Config, options: Options, database: Database, port: () => number): Services {
  const bus = options.bus ?? memoryBus();
  const fetch = createGuardedFetch({
    allowedPorts: config.fetchPorts,
    maxFeedBytes: config.maxUploadBytes,
    userAgent: `Slipway (+${config.publicUrl ?? 'https://localhost'})`,
    ...options.fetching,
  });
  const masterKey = config.masterKey ? Buffer.from(config.masterKey, 'base64url') : embeddedMasterKey(config.dataDir);
  const parts: Omit<Services, 'jobs'> = {
    config,
    clock: options.clock ?? systemClock,
    db: database.db,
    noteLines: noteLines(database),
    bus,
    blobs: diskBlobs(join(config.dataDir, 'blobs')),
    secrets: createSecrets(masterKey),
    limits: createLimits(),
    connections: createConnections(bus),
    threads: createThreads(reportsThread, config.threads),
    fetch,
    dns: createDns({ resolvers: config.dnsResolvers, ...options.fetching?.dns }),
    render: config.chromiumPath === null ? null : createRender({ path: config.chromiumPath, fetch }),
    coEditing: createCoEditing(),
    log: createLogger(config.logLevel),
    publicOrigin: () => config.publicUrl ?? `http://localhost:${port()}`,
  };
  const jobs = createJobs(parts, database.connectOne());
  const beforeCommit: Services['beforeCommit'] = async (tx, events, at) => {
    await conditionsNotice(tx, { ...parts, jobs }, events, at);
    await milestonesNotice(tx, events, at);
    await firstLookNotice(tx, { jobs }, events);
    await websiteNotice(tx, { jobs, config }, events);
    await brandNotice(tx, { jobs }, events);
    await delegationsNotice(tx, { ...parts, jobs }, events);
    await documentsWrite(tx, events, parts.clock);
    await inboxWrite(tx, { bus }, events, at);
    await handoverNotice(tx, { jobs }, events, at);
  };
  const conversationWasRead: Services['conversationWasRead'] = (tx, personId, taskId) =>
    inboxConversationRead(tx, parts, personId, taskId);
  return { ...parts, beforeCommit, conversationWasRead, jobs };
}

/** A path that belongs to no part is refused before the handshake; in development the rest is Vite's. */
function upgrade(upgrades: Upgrade[], isDev: boolean, req: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on('error', () => socket.destroy());
  const pathname = (req.url ?? '').split('?', 1)[0] ?? '';
  const part = upgrades.find((candidate) => candidate.matches(pathname));
  if (part) part.handle(req, socket, head);
  else if (!isDev) refuseUpgrade(socket, '404 Not Found');
}

function listen(http: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(config.port, config.host, () => {
      http.off('error', reject);
      resolve();
    });
  });
}

function portOf(http: Server): number {
  const address = http.address() as AddressInfo | null;
  return address?.port ?? 0;
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
