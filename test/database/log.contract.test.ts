import { eq, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accounts, revisions } from '../../drizzle/schema/index.ts';
import type { NewEvent } from '../../server/events.ts';
import { type Tx, transaction } from '../../server/platform/database/transaction.ts';
import { append, chain } from '../../server/platform/events/log.ts';
import { databaseKinds, type Opened, openDatabase } from './both.ts';
import { insertProjects, readLog } from './logRows.ts';

function commentAdded(projectId: string, audience: 'SHARED' | 'INTERNAL'): NewEvent {
  return {
    kind: 'comment.added',
    audience,
    actorId: null,
    subjectId: uuidv7(),
    projectId,
    taskId: uuidv7(),
    facts: {},
    revision: { before: null, after: { body: `text ${uuidv7()}` } },
  };
}

/** Keeps the transaction open for a while after its other work, so that commits come in another order than begins. */
async function delay(tx: Tx, ms: number): Promise<void> {
  await tx.execute(sql`select pg_sleep(${ms / 1000})`);
}

describe.each(databaseKinds)('the log on the %s database', (kind) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await openDatabase(kind);
  }, 120_000);
  afterAll(() => opened.close());

  test('numbers the events of each project densely per audience, and all of them in commit order', async () => {
    const { services } = opened;
    const projectIds = await insertProjects(services.db, 3);
    const committed: string[] = [];
    await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        const own = [0, 1, 2].slice(0, 1 + (i % 3)).map((step) => {
          const projectId = projectIds[(i + step) % 3] ?? '';
          return commentAdded(projectId, (i + step) % 4 === 0 ? 'INTERNAL' : 'SHARED');
        });
        const act = transaction(services, async (tx) => {
          for (const event of own) append(tx, event);
          await delay(tx, (i * 7) % 20);
          if (i % 10 === 9) throw new Error('rolled back');
        });
        await act.then(
          () => committed.push(...own.map((event) => event.subjectId)),
          (error: Error) => expect(error.message).toBe('rolled back'),
        );
      }),
    );

    const { rows, head } = await readLog(services.db, projectIds);
    expect(rows.map((row) => row.subjectId).sort()).toEqual(committed.sort());
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, i) => (rows[0]?.seq ?? 0) + i));
    expect(head?.seq).toBe(rows.at(-1)?.seq);
    for (const projectId of projectIds) {
      const own = rows.filter((row) => row.projectId === projectId);
      const shared = own.filter((row) => row.audience === 'SHARED');
      // Rows are ordered by seq: both positions rise with it, from 1, without a gap.
      expect(own.map((row) => row.position)).toEqual(own.map((_, i) => i + 1));
      expect(shared.map((row) => row.sharedPosition)).toEqual(shared.map((_, i) => i + 1));
      expect(own.filter((row) => row.audience === 'INTERNAL').every((row) => row.sharedPosition === null)).toBe(true);
    }
  });

  test('is seen to grow without a gap by a reader who looks while writers commit', async () => {
    const { services } = opened;
    const [projectId = ''] = await insertProjects(services.db, 1);
    let isWriting = true;
    const writing = Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        transaction(services, async (tx) => {
          await delay(tx, (i * 11) % 25);
          append(tx, commentAdded(projectId, 'SHARED'));
        }),
      ),
    ).finally(() => {
      isWriting = false;
    });
    let seen = 0;
    while (isWriting) {
      const { rows } = await readLog(services.db, [projectId]);
      const fresh = rows.filter((row) => (row.position ?? 0) > seen);
      expect(fresh.map((row) => row.position)).toEqual(fresh.map((_, i) => seen + i + 1));
      seen += fresh.length;
    }
    await writing;
    expect((await readLog(services.db, [projectId])).rows).toHaveLength(40);
  });

  test('chains every event to the one before it, and the chain shows a changed one', async () => {
    const { services } = opened;
    const [projectId = ''] = await insertProjects(services.db, 1);
    const before = (await readLog(services.db, [projectId])).head;
    for (let i = 0; i < 5; i++) {
      await transaction(services, async (tx) => append(tx, commentAdded(projectId, 'SHARED')));
    }
    const { rows, head } = await readLog(services.db, [projectId]);
    const hashes = new Map((await services.db.select().from(revisions)).map((row) => [row.eventId, row.hash]));
    const verify = (log: typeof rows) =>
      log.reduce((hash, row) => chain(hash, row, hashes.get(row.id) ?? ''), before?.hash ?? '');
    expect(verify(rows)).toBe(head?.hash);
    expect(verify(rows.map((row, i) => (i === 2 ? { ...row, audience: 'INTERNAL' as const } : row)))).not.toBe(
      head?.hash,
    );
  });

  test('has no event of an act that was rolled back, and no change without its event', async () => {
    const { services } = opened;
    const [projectId = ''] = await insertProjects(services.db, 1);
    const rung: string[] = [];
    const stop = services.bus.on(`project:${projectId}`, () => rung.push('rung'));
    const failed = transaction(services, async (tx) => {
      await tx.update(accounts).set({ name: 'never seen' });
      append(tx, commentAdded(projectId, 'SHARED'));
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect((await readLog(services.db, [projectId])).rows).toEqual([]);
    expect(await services.db.select().from(accounts).where(eq(accounts.name, 'never seen'))).toEqual([]);
    expect(rung).toEqual([]);
    stop();
  });
});
