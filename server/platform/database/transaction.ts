import type { ExtractTablesWithRelations } from 'drizzle-orm';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import type { PostgresJsDatabase, PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import type * as schema from '../../../drizzle/schema/index.ts';
import type { NewEvent } from '../../events.ts';
import { flushEvents, type ProjectPositions } from '../events/log.ts';
import type { Services } from '../services.ts';
import { retryable } from './errors.ts';

export type Db = PostgresJsDatabase<typeof schema>;

type DrizzleTx = PgTransaction<PostgresJsQueryResultHKT, typeof schema, ExtractTablesWithRelations<typeof schema>>;

/**
 * A transaction that may change the domain. Events appended in it are numbered and written as its last statements,
 * so that the locks on the project's counters and on the company's counter are held as briefly as can be.
 */
export type Tx = DrizzleTx & {
  readonly pending: NewEvent[];
  /** Runs after a commit, never after a roll-back. For rings and closing sockets; may not throw. */
  readonly afterCommit: (() => void)[];
};

/** What a committed act yields: its value, and the position that each touched project has reached by it. */
export type Committed<T> = { value: T; positions: Map<string, ProjectPositions> };

const maxTries = 4;

/** Runs one business act. Serialisation failures, deadlocks and `Collided` are tried again; everything else is the caller's. */
export async function transaction<T>(services: Services, body: (tx: Tx) => Promise<T>): Promise<Committed<T>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transactionOnce(services, body);
    } catch (error) {
      if (attempt >= maxTries || !retryable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5 * 2 ** attempt * Math.random()));
    }
  }
}

async function transactionOnce<T>(services: Services, body: (tx: Tx) => Promise<T>): Promise<Committed<T>> {
  const pending: NewEvent[] = [];
  const afterCommit: (() => void)[] = [];
  const committed = await services.db.transaction(async (inner) => {
    const tx: Tx = Object.assign(inner, { pending, afterCommit });
    const value = await body(tx);
    const at = services.clock.now();
    await services.beforeCommit?.(tx, pending, at);
    const positions = await flushEvents(tx, at);
    return { value, positions };
  });
  for (const projectId of committed.positions.keys()) services.bus.ring(`project:${projectId}`);
  if (pending.length > 0) services.bus.ring('company');
  for (const run of afterCommit) run();
  return committed;
}
