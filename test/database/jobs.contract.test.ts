import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { transaction } from '../../server/platform/database/transaction.ts';
import type { Jobs } from '../../server/platform/jobs/jobs.ts';
import { createJobs } from '../../server/platform/jobs/queue.ts';
import { eventually } from '../support/eventually.ts';
import { databaseKinds, type Opened, openDatabase } from './both.ts';

describe.each(databaseKinds)('jobs on the %s database', (kind) => {
  let opened: Opened;
  let jobs: Jobs;
  const ran: Record<string, string>[] = [];
  beforeAll(async () => {
    opened = await openDatabase(kind);
    jobs = createJobs(opened.services, opened.database.connectOne());
    jobs.handle('note', async (payload) => void ran.push(payload));
    await jobs.start();
  }, 120_000);
  afterAll(async () => {
    await jobs.stop();
    await opened.close();
  });

  const runOf = (n: string) => ran.filter((payload) => payload.n === n).length;

  test('run once when their transaction commits, without being asked', async () => {
    await transaction(opened.services, (tx) => jobs.enqueue(tx, 'note', { n: 'kept' }));
    await eventually(() => expect(runOf('kept')).toBe(1));
    await jobs.runDue();
    expect(runOf('kept')).toBe(1);
  });

  test('do not exist when their transaction is rolled back', async () => {
    const failed = transaction(opened.services, async (tx) => {
      await jobs.enqueue(tx, 'note', { n: 'dropped' });
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    await jobs.runDue();
    expect(runOf('dropped')).toBe(0);
  });

  test('of 30 transactions at once all run, each once', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        transaction(opened.services, (tx) => jobs.enqueue(tx, 'note', { n: `many ${i}` })),
      ),
    );
    await jobs.runDue();
    expect(Array.from({ length: 30 }, (_, i) => runOf(`many ${i}`))).toEqual(Array.from({ length: 30 }, () => 1));
  });

  test('fall due by the clock, once, at the moment named last, and not when taken back', async () => {
    const { services } = opened;
    const [moved, takenBack] = [uuidv7(), uuidv7()];
    const runsFor = (subjectId: string) => ran.filter((payload) => payload.subjectId === subjectId).length;
    const inMinutes = (minutes: number) => new Date(services.clock.now().getTime() + minutes * 60_000);
    await transaction(services, async (tx) => {
      await jobs.due(tx, 'note', moved, inMinutes(10));
      await jobs.due(tx, 'note', takenBack, inMinutes(10));
    });
    await transaction(services, async (tx) => {
      await jobs.due(tx, 'note', moved, inMinutes(60));
      await jobs.notDue(tx, 'note', takenBack);
    });
    services.clock.advance(30 * 60_000);
    await jobs.runDue();
    expect(runsFor(moved)).toBe(0);
    services.clock.advance(31 * 60_000);
    await jobs.runDue();
    await jobs.runDue();
    expect([runsFor(moved), runsFor(takenBack)]).toEqual([1, 0]);
  });
});
