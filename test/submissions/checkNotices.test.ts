import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people, projects, tasks } from '../../drizzle/schema/index.ts';
import { type Notice, type NoticeAsked, noticeOf } from '../../server/submissions/checks/notices/wanted.ts';
import { aDomain, aZone, type ChecksWorld, startChecksWorld, withRecord } from './checksWorld.ts';

const at = new Date('2026-11-22T12:00:00Z');
const hoursAgo = (hours: number) => new Date(at.getTime() - hours * 3_600_000);
const broken: NoticeAsked = {
  ...{ now: at, standing: 'BROKEN', since: hoursAgo(24), hasPassed: true },
  ...{ isExcused: false, isStanding: true, isGivenUp: false },
};

describe('what is told of a break', () => {
  test.each<[string, Notice | null, Partial<NoticeAsked>, Notice | null]>([
    ['broken for a day', null, {}, 'BROKEN'],
    ['broken for less', null, { since: hoursAgo(23.9) }, null],
    ['told already', 'BROKEN', { since: hoursAgo(400) }, 'BROKEN'],
    ['still on its way up', 'BROKEN', { standing: 'DEGRADED' }, 'BROKEN'],
    ['well again', 'BROKEN', { standing: 'PASSING' }, null],
    ['degraded or flapping for long', null, { standing: 'FLAPPING', since: hoursAgo(400) }, null],
    ['never well yet', null, { hasPassed: false }, null],
    ['accepted in spite of it', null, { isExcused: true }, null],
    ['only looked at when asked', null, { isStanding: false }, null],
    ['given up', null, { isGivenUp: true, isStanding: false, hasPassed: false }, 'GIVEN_UP'],
    ['given up after it was told as broken', 'BROKEN', { isGivenUp: true, isStanding: false }, 'GIVEN_UP'],
    ['fetched by hand after that, and broken', 'GIVEN_UP', {}, 'GIVEN_UP'],
  ])('%s', (_, told, more, wanted) => {
    expect(noticeOf(told, { ...broken, ...more })).toBe(wanted);
  });
});

describe('a standing check that stays broken', () => {
  let w: ChecksWorld;
  beforeAll(async () => {
    w = await startChecksWorld();
  }, 120_000);
  afterAll(() => w.close());

  const dayMinutes = 24 * 60;
  /** Handed in and right, looked at every day, then broken for a day. */
  async function brokenForADay(before: (taskId: string) => Promise<void> = async () => {}) {
    w.dns.zone = withRecord;
    const task = await w.task({ isReviewWanted: false }, aDomain(dayMinutes));
    const id = await w.deliver(w.member, task.id, { domain: 'shop.test' });
    await before(task.id);
    w.dns.zone = aZone;
    for (let run = 0; run < 3; run++) await w.nextRun(id);
    const mails = async () => (await w.app.mails()).filter(({ text }) => text.includes(task.id));
    expect(await mails()).toEqual([]);
    await w.nextRun(id);
    return { task, id, mails };
  }
  const toldIn = async (taskId: string) =>
    (await w.kindsOf(taskId)).filter((kind) => kind === 'submission.stayedBroken').length;

  test('is told once to who leads the project and who handed it in, and anew when it breaks again', async () => {
    const { task, id, mails } = await brokenForADay();
    const [pm] = await w.app.services.db
      .select({ email: people.email })
      .from(projects)
      .innerJoin(people, eq(people.id, projects.pmId))
      .where(eq(projects.id, w.projectId));
    const sent = await mails();
    expect(sent.map(({ to }) => to).sort()).toEqual(
      [pm!.email, 'client_member@inputs.example'].map((email) => expect.stringContaining(email)).sort(),
    );
    expect(sent[0]!.subject).toMatch(/^Broken for a day: /);
    expect(sent[0]!.text).toContain(
      'shop.test was right once, and has failed its check for a day now. There is no CNAME at em.shop.test.',
    );
    expect(sent[0]!.text).toContain(`/tasks/${task.id}?part=input`);
    await w.nextRun(id);
    await w.nextRun(id);
    expect([(await mails()).length, await toldIn(task.id)]).toEqual([2, 1]);
    w.dns.zone = withRecord;
    await w.nextRun(id);
    await w.nextRun(id);
    w.dns.zone = aZone;
    for (let run = 0; run < 4; run++) await w.nextRun(id);
    expect([(await mails()).length, await toldIn(task.id)]).toEqual([4, 2]);
  });

  test('[Z7] is told to nobody of the client once the task is internal, nor to somebody who has left', async () => {
    const { db } = w.app.services;
    const { mails } = await brokenForADay(async (taskId) => {
      await db.update(tasks).set({ visibility: 'INTERNAL' }).where(eq(tasks.id, taskId));
    });
    expect((await mails()).map(({ to }) => to.includes('client_member@inputs.example'))).toEqual([false]);
    const email = 'client_member@inputs.example';
    const left = await brokenForADay(async () => {
      await db.update(people).set({ removedAt: w.app.clock.now() }).where(eq(people.email, email));
    });
    expect((await left.mails()).map(({ to }) => to.includes(email))).toEqual([false]);
  });
});
