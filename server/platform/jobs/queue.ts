import { and, eq, inArray, lte, type SQL, sql } from 'drizzle-orm';
import PgBoss from 'pg-boss';
import type postgres from 'postgres';
import { uuidv7 } from 'uuidv7';
import { dueMoments } from '../../../drizzle/schema/index.ts';
import type { Tx } from '../database/transaction.ts';
import type { Services } from '../services.ts';
import type { JobHandler, Jobs } from './jobs.ts';

const queue = 'slipway';
const batchSize = 20;
const pollMs = 2_000;

type Job = { kind: string; payload: Record<string, string> };

/**
 * Background work on pg-boss. A job waits in the transaction that asked for it, a ring after the commit wakes the
 * loop, and a poll every two seconds finds what a lost ring left behind. What is due stands in `due_moments` and is
 * read against `services.clock`; the queue only runs what is due now.
 */
export function createJobs(services: Omit<Services, 'jobs'>, own: postgres.Sql): Jobs {
  const boss = new PgBoss({ db: bossDb(own), schedule: false });
  const handlers = new Map<string, JobHandler>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let isRungAgain = false;
  let stopListening = () => {};

  boss.on('error', (error) => services.log.error({ err: error }, 'job queue'));

  async function enqueue(tx: Tx, kind: string, payload: Record<string, string>): Promise<void> {
    await boss.send(queue, { kind, payload } satisfies Job, {
      db: transactionDb(tx),
      retryLimit: 6,
      retryDelay: 2,
      retryBackoff: true,
      expireInMinutes: 15,
    });
    tx.afterCommit.push(() => services.bus.ring('jobs'));
  }

  /** Finding and enqueueing are one transaction: a crash in between loses nothing and doubles nothing. */
  async function enqueueDue(): Promise<void> {
    const now = services.clock.now();
    await services.db.transaction(async (inner) => {
      const tx: Tx = Object.assign(inner, { pending: [], afterCommit: [] });
      const found = await tx
        .select()
        .from(dueMoments)
        .where(lte(dueMoments.dueAt, now))
        .limit(500)
        .for('update', { skipLocked: true });
      if (found.length === 0) return;
      for (const { kind, subjectId } of found) await enqueue(tx, kind, { subjectId });
      await tx.delete(dueMoments).where(
        inArray(
          dueMoments.id,
          found.map((row) => row.id),
        ),
      );
    });
  }

  async function runWaiting(): Promise<void> {
    for (;;) {
      const jobs = await boss.fetch<Job>(queue, { batchSize });
      if (jobs.length === 0) return;
      for (const job of jobs) await runOne(job.id, job.data);
    }
  }

  async function runOne(id: string, { kind, payload }: Job): Promise<void> {
    try {
      const handler = handlers.get(kind);
      if (!handler) throw new Error(`No handler for jobs of kind ${kind}.`);
      await handler(payload);
    } catch (error) {
      services.log.error({ err: error, kind }, 'job failed');
      await boss.fail(queue, id, { message: error instanceof Error ? error.message : String(error) });
      return;
    }
    await boss.complete(queue, id);
  }

  /** One run at a time; a ring during a run makes another one follow. */
  function runDue(): Promise<void> {
    isRungAgain = true;
    running ??= (async () => {
      try {
        while (isRungAgain) {
          isRungAgain = false;
          await enqueueDue();
          await runWaiting();
        }
      } finally {
        running = null;
      }
    })();
    return running;
  }

  function runInBackground() {
    runDue().catch((error: unknown) => services.log.error({ err: error }, 'job queue'));
  }

  return {
    handle(kind, handler) {
      if (handlers.has(kind)) throw new Error(`Jobs of kind ${kind} have a handler already.`);
      handlers.set(kind, handler);
    },
    enqueue,
    async due(tx, kind, subjectId, dueAt) {
      await tx
        .insert(dueMoments)
        .values({ id: uuidv7(), kind, subjectId, dueAt })
        .onConflictDoUpdate({ target: [dueMoments.kind, dueMoments.subjectId], set: { dueAt } });
    },
    async notDue(tx, kind, subjectId) {
      await tx.delete(dueMoments).where(and(eq(dueMoments.kind, kind), eq(dueMoments.subjectId, subjectId)));
    },
    async start() {
      await boss.start();
      await boss.createQueue(queue);
      stopListening = services.bus.on('jobs', runInBackground);
      timer = setInterval(runInBackground, pollMs);
      runInBackground();
    },
    runDue,
    async stop() {
      stopListening();
      clearInterval(timer);
      await running?.catch(() => {});
      await boss.stop({ graceful: false, wait: true });
    },
  };
}

/** pg-boss over a postgres.js client of its own, since it sets session state between statements. */
function bossDb(own: postgres.Sql) {
  return {
    async executeSql(text: string, values?: unknown[]) {
      const query = values?.length ? own.unsafe(text, values.map(nullFor) as never[]) : own.unsafe(text).simple();
      const rows = await query;
      return { rows: [...rows] };
    },
  };
}

/** pg-boss inside one of our transactions, so that no commit means no job. */
function transactionDb(tx: Tx) {
  return {
    async executeSql(text: string, values: unknown[] = []) {
      const rows = await tx.execute(withParameters(text, values));
      return { rows: [...rows] };
    },
  };
}

/** A statement with `$1` marks as drizzle wants it. Objects become JSON text: drizzle switches the driver's own off. */
function withParameters(text: string, values: unknown[]): SQL {
  const chunks = text.split(/\$(\d+)/).map((part, i) => {
    if (i % 2 === 0) return sql.raw(part);
    const value = nullFor(values[Number(part) - 1]);
    const isPlain = value === null || typeof value !== 'object' || Array.isArray(value);
    return sql`${sql.param(isPlain ? value : value instanceof Date ? value.toISOString() : JSON.stringify(value))}`;
  });
  return sql.join(chunks);
}

function nullFor(value: unknown): unknown {
  return value === undefined ? null : value;
}
