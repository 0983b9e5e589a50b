import { makePgArray, parsePgArray } from 'drizzle-orm/pg-core/utils/array';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from '../../../drizzle/schema/index.ts';
import { type Embedded, openEmbedded } from './embedded.ts';
import { openingLines } from './line.ts';
import { currentHolder } from './lock.ts';
import { endingWithLine } from './lostLine.ts';
import { preparing } from './prepared.ts';
import type { Db } from './transaction.ts';

export type Database = {
  kind: 'server' | 'embedded';
  /** True when the embedded database was made just now; a server's is never told to be. */
  isFresh: boolean;
  db: Db;
  /** Beneath `db`, for what speaks SQL itself. */
  sql: postgres.Sql;
  /** A client of one connection of its own, closed with the rest. The job queue needs one. */
  connectOne(): postgres.Sql;
  /** The same, told what arrays are like the pool: for statements that must not wait for a place in it. */
  connectBeside(): postgres.Sql;
  /** Tells a second start on the same data directory where this one is reached. */
  announce(url: string): void;
  close(): Promise<void>;
};

export type Where = { dataDir: string; databaseUrl: string | null };

type Options = postgres.Options<Record<string, postgres.PostgresType>>;

const common: Options = {
  // Notices are for people at a prompt; problems arrive as errors.
  onnotice: () => {},
  connect_timeout: 10,
  // The driver's own grows to 20 s once ten connections were cut at one moment: a restart of the database takes less.
  backoff: (retries: number) => (0.5 + Math.random() / 2) * Math.min(3 ** retries / 100, 1),
};

/** `text[]` and `uuid[]`. Asked of the catalogue, each new connection would cost a query, and a close could fall into it. */
const arrays: postgres.PostgresType<string | string[]> = {
  to: 1009,
  from: [1009, 2951],
  parse: (text: string) => parsePgArray(text) as string[],
  // drizzle writes an array as text before it hands it on.
  serialize: (given: string | string[]) => (typeof given === 'string' ? given : makePgArray(given)),
};

/**
 * Connects to the server of DATABASE_URL, else opens the embedded database of the data directory. Throws
 * `DatabaseInUse` when another process has that open, unless it may be joined (`joinRunning`, for the command line).
 */
export async function connectDatabase(where: Where, { joinRunning = false } = {}): Promise<Database> {
  if (where.databaseUrl !== null) return clients('server', null, serverOptions(where.databaseUrl));
  const running = joinRunning ? await currentHolder(where.dataDir) : null;
  if (running) return clients('embedded', null, embeddedOptions(running.socketPath, 2));
  const embedded = await openEmbedded(where.dataDir);
  return clients('embedded', embedded, embeddedOptions(embedded.socketPath, 8));
}

function serverOptions(url: string): { url: string; options: Options } {
  return {
    url,
    options: {
      ...common,
      max: 10,
      connection: {
        application_name: 'slipway',
        // A query that takes longer is a mistake, and a transaction left open holds up everybody who waits for its locks.
        statement_timeout: 30_000,
        idle_in_transaction_session_timeout: 60_000,
      },
    },
  };
}

function embeddedOptions(path: string, max: number): { url: string; options: Options } {
  // It is in this process, and answers one after the other: on a busy machine whoever connects waits, and nothing is wrong.
  return { url: 'postgres://postgres@localhost/postgres', options: { ...common, path, max, connect_timeout: 120 } };
}

function clients(
  kind: Database['kind'],
  embedded: Embedded | null,
  { url, options }: { url: string; options: Options },
): Database {
  // The job queue passes arrays of any kind, so its own client asks the catalogue; the others are told what arrays we read.
  const pooled: Options = { ...options, fetch_types: false, types: { arrays } };
  const open = (own: Options) => endingWithLine(postgres(url, { ...own, socket: openingLines() } as Options));
  const client = open(pooled);
  // The embedded database's connections share one session, in which every plan of each of them would stay.
  const sql = kind === 'server' ? preparing(client) : client;
  const opened = [sql];
  function connect(own: Options): postgres.Sql {
    const one = open({ ...own, max: 1 });
    opened.push(one);
    return one;
  }
  return {
    kind,
    isFresh: embedded?.isFresh ?? false,
    db: drizzle(sql, { schema }),
    sql,
    connectOne: () => connect(options),
    connectBeside: () => connect(pooled),
    announce: (publicUrl) => embedded?.announce(publicUrl),
    async close() {
      await Promise.all(opened.map((client) => client.end({ timeout: 5 })));
      await embedded?.close();
    },
  };
}
