import type { Logger } from 'pino';
import type { Sql } from 'postgres';
import type { Viewer } from '../access/viewer.ts';
import type { Config } from '../config.ts';
import type { NewEvent } from '../events.ts';
import type { Blobs } from './blobs/blobs.ts';
import type { Bus } from './bus/bus.ts';
import type { Clock } from './clock.ts';
import type { CoEditing } from './coEditing.ts';
import type { Db, Tx } from './database/transaction.ts';
import type { Dns } from './fetching/dns.ts';
import type { GuardedFetch } from './fetching/guardedFetch.ts';
import type { Connections } from './http/connections.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Limits } from './limits.ts';
import type { Render } from './rendering/render.ts';
import type { Secrets } from './secrets/secrets.ts';
import type { Threads } from './threads/threads.ts';

/** What runs, once per App. Everything here is closed by `App.close()`; there is no other state. */
export type Services = {
  readonly config: Config;
  readonly clock: Clock;
  readonly db: Db;
  /** Connections beside the pool, for what people type together: it waits behind no list and no report. Without, the pool. */
  readonly noteLines?: readonly Sql[];
  readonly bus: Bus;
  readonly jobs: Jobs;
  readonly blobs: Blobs;
  readonly secrets: Secrets;
  /** How often something may be done, counted in this process. */
  readonly limits: Limits;
  /** The open sockets of every session, so that a revocation can end them. */
  readonly connections: Connections;
  /** Heavy work, off the main loop. */
  readonly threads: Threads;
  /** The one door to addresses that people give us. */
  readonly fetch: GuardedFetch;
  readonly dns: Dns;
  /** The documents that people have open together. */
  readonly coEditing: CoEditing;
  /** Pages as their scripts leave them, in a browser; null when none is configured. */
  readonly render: Render | null;
  readonly log: Logger;
  /**
   * Writes what must never lag behind the domain, such as search: runs in every transaction that appends events, after
   * its act and before its events are numbered. `at`: when these say that they happened.
   */
  readonly beforeCommit?: (tx: Tx, events: readonly NewEvent[], at: Date) => Promise<void>;
  /** Tells a person's other devices how far they have read a conversation, in the transaction that notes it. */
  readonly conversationWasRead?: (tx: Tx, personId: string, taskId: string) => Promise<void>;
  /** The origin that people reach us under, without a final slash: `PUBLIC_URL`, else http://localhost and the port we listen on. */
  readonly publicOrigin: () => string;
};

/** A request of a signed-in person: what commands and queries take first. */
export type Ctx = Services & {
  readonly viewer: Viewer;
  /** One request's loaders by name; never shared between viewers. */
  readonly loaders: Map<string, unknown>;
};
