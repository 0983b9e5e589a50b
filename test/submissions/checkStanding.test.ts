import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checks, dueMoments, projects } from '../../drizzle/schema/index.ts';
import { resumeChecks } from '../../server/submissions/checks/runs.ts';
import { eventually } from '../support/eventually.ts';
import { aDomain, aZone, type ChecksWorld, startChecksWorld, withRecord } from './checksWorld.ts';

let w: ChecksWorld;
beforeAll(async () => {
  w = await startChecksWorld();
}, 120_000);
afterAll(() => w.close());
beforeEach(() => {
  w.dns.zone = aZone;
});
const noReview = { isReviewWanted: false };

describe('what is looked at when it is handed in', () => {
  test('a record that is missing is refused with expected, found and fix; once it is there, the task is done', async () => {
    const task = await w.task(noReview, aDomain());
    const id = await w.deliver(w.member, task.id, { domain: 'https://Shop.Test/' });
    const refused = await w.seen(w.member, id);
    expect(refused).toMatchObject({
      ...{ version: 1, kind: 'CHECK', state: 'REJECTED', url: null, task: { state: 'CHANGES_REQUESTED' } },
      check: {
        ...{ of: 'DNS', subject: 'shop.test', standing: 'DEGRADED', isRunning: false, hasPassed: false, nextAt: null },
        viewerCan: { checkAgain: true },
        lastRun: {
          ...{ result: 'FAILED', verdict: 'REJECTED', findingCount: 1 },
          findings: [
            {
              ...{ rule: 'DNS-02.missing', severity: 'ERROR', at: 'em.shop.test', expected: 'u1.sender.test' },
              ...{ found: null, fix: 'em.shop.test. CNAME u1.sender.test.', count: 1 },
              marks: [{ at: 'em.shop.test', expected: 'u1.sender.test', fix: 'em.shop.test. CNAME u1.sender.test.' }],
            },
          ],
        },
      },
    });
    w.dns.zone = withRecord;
    expect(await w.again(w.member, id)).toMatchObject({ submission: { check: { isRunning: true } }, userErrors: [] });
    await w.settled(id);
    expect(await w.seen(w.pm, id)).toMatchObject({
      ...{ state: 'ACCEPTED', task: { state: 'DONE' } },
      check: { hasPassed: true, lastRun: { result: 'PASSED', findings: [] }, mended: [{ rule: 'DNS-02.missing' }] },
    });
    const kinds = await w.kindsOf(task.id);
    expect(kinds.slice(kinds.indexOf('submission.finished'))).toEqual([
      'submission.finished',
      'task.submitted',
      'submission.checked',
      'task.rejected',
      'submission.rechecked',
      'submission.checked',
      'task.submitted',
      'task.accepted',
    ]);
  });
});

test('where no name server answers there is no verdict: it is asked three times, and again when somebody wants it', async () => {
  const task = await w.task(noReview, aDomain());
  const { submission } = await w.create(w.member, task.id, { domain: 'silent.test' });
  await w.finish(w.member, submission.id, task.id);
  for (const failures of [1, 2]) {
    await eventually(async () => (await w.checkRow(submission.id)).failures === failures, 20_000);
    w.app.clock.set(new Date((await w.checkRow(submission.id)).nextAt!.getTime() + 1));
    await w.app.services.jobs.runDue();
  }
  await w.settled(submission.id);
  expect(await w.seen(w.member, submission.id)).toMatchObject({
    state: 'VALIDATING',
    check: { lastRun: null, lastAt: null, isRunning: false, viewerCan: { checkAgain: true } },
  });
});

test('www stands before a shop, and not before the domain whose records are looked at', async () => {
  w.dns.zone = withRecord;
  const task = await w.task(noReview, aDomain());
  const id = await w.deliver(w.member, task.id, { domain: 'https://www.shop.test/start' });
  expect(await w.seen(w.member, id)).toMatchObject({ state: 'ACCEPTED', check: { subject: 'shop.test' } });
});

test('staff accept it in spite of what was found, with a reason; that it goes on failing is known then', async () => {
  const task = await w.task(noReview, aDomain(60));
  const id = await w.deliver(w.member, task.id, { domain: 'shop.test' });
  const text = `mutation ($id: ID!, $revision: Int!) {
    submissionAccept(id: $id, input: { revision: $revision, reason: "They send from elsewhere for now." }) {
      submission { state viewerCan { accept } } task { state } userErrors { code } } }`;
  const { revision } = await w.taskNow(task.id);
  expect(
    (await w.pm.ask('query ($id: ID!) { node(id: $id) { ... on Submission { viewerCan { accept } } } }', { id })).node,
  ).toEqual({ viewerCan: { accept: true } });
  expect((await w.member.gql(text, { id, revision })).errors[0]?.extensions?.code).toBe('FORBIDDEN');
  expect((await w.pm.ask(text, { id, revision })).submissionAccept).toEqual({
    submission: { state: 'ACCEPTED_WITH_WARNINGS', viewerCan: { accept: false } },
    task: { state: 'DONE' },
    userErrors: [],
  });
  for (let run = 0; run < 3; run++) await w.nextRun(id);
  expect(await w.seen(w.pm, id)).toMatchObject({ task: { state: 'DONE' }, check: { standing: 'BROKEN' } });
});

describe('what keeps being looked at after it is done', () => {
  /** Handed in and right, looked at every hour. */
  async function standing() {
    // What other tests left standing would be broken by the same name server.
    await w.app.services.db.update(checks).set({ endedAt: w.app.clock.now() });
    w.dns.zone = withRecord;
    const task = await w.task(noReview, aDomain(60));
    const id = await w.deliver(w.member, task.id, { domain: 'shop.test' });
    expect((await w.taskNow(task.id)).state).toBe('DONE');
    return { task, id };
  }
  const hourMs = 3_600_000;

  test('it is looked at about every hour, by its own due moment, and what changes nothing makes no event', async () => {
    const { task, id } = await standing();
    const { nextAt, id: checkId } = await w.checkRow(id);
    const wait = nextAt!.getTime() - w.app.clock.now().getTime();
    expect(wait).toBeGreaterThanOrEqual(hourMs);
    expect(wait).toBeLessThanOrEqual(1.1 * hourMs);
    const [due] = await w.app.services.db.select().from(dueMoments).where(eq(dueMoments.subjectId, checkId));
    expect(due).toMatchObject({ kind: 'check.run', dueAt: nextAt });
    const before = await w.kindsOf(task.id);
    await w.nextRun(id);
    expect(await w.kindsOf(task.id)).toEqual(before);
    expect((await w.seen(w.member, id)).check).toMatchObject({ standing: 'PASSING', runs: { nodes: { length: 2 } } });
  });

  test('three failures in a row reopen the task, say what broke and put the project at risk; two good runs close it', async () => {
    const { task, id } = await standing();
    const live = w.member.subscribe(
      `subscription ($id: ID!, $after: Int) { changes(projectId: $id, after: $after) { ... on Change { kind taskId } } }`,
      { id: w.projectId, after: null },
    );
    w.dns.zone = aZone;
    await w.nextRun(id);
    await w.nextRun(id);
    expect((await w.seen(w.member, id)).check.standing).toBe('DEGRADED');
    expect((await w.taskNow(task.id)).state).toBe('DONE');
    await w.nextRun(id);
    const broken = await w.seen(w.member, id);
    expect(broken).toMatchObject({
      state: 'REJECTED',
      task: {
        state: 'CHANGES_REQUESTED',
        reason: { text: 'There is no CNAME at em.shop.test.', by: null },
      },
      check: { standing: 'BROKEN', appeared: [{ rule: 'DNS-02.missing', title: 'There is no CNAME at em.shop.test' }] },
    });
    expect((await w.kindsOf(task.id)).slice(-4)).toEqual([
      'submission.checked',
      'submission.standingChanged',
      'submission.standingChanged',
      'task.broke',
    ]);
    await eventually(async () => (await live.next()).changes?.kind === 'task.broke');
    const { project } = await w.pm.ask(
      'query ($id: ID!) { project(id: $id) { health { state reasons { code task { id } count } } } }',
      { id: w.projectId },
    );
    expect(project.health.reasons).toContainEqual({ code: 'CHECK_BROKEN', task: { id: task.id }, count: 1 });
    const feed = await w.member.ask(
      'query ($id: ID!) { task(id: $id) { changes(last: 1) { nodes { kind actor { id } facts { reason to } } } } }',
      { id: task.id },
    );
    expect(feed.task.changes.nodes).toEqual([
      {
        kind: 'task.broke',
        actor: null,
        facts: { reason: 'There is no CNAME at em.shop.test.', to: 'CHANGES_REQUESTED' },
      },
    ]);
    w.dns.zone = withRecord;
    await w.nextRun(id);
    expect((await w.taskNow(task.id)).state).toBe('CHANGES_REQUESTED');
    await w.nextRun(id);
    expect(await w.seen(w.member, id)).toMatchObject({
      ...{ state: 'ACCEPTED', task: { state: 'DONE' }, check: { standing: 'PASSING' } },
    });
  });

  test('what changes all the time is flapping, and does not reopen', async () => {
    const { task, id } = await standing();
    for (const zone of [aZone, withRecord, aZone, withRecord, aZone, aZone, aZone]) {
      w.dns.zone = zone;
      await w.nextRun(id);
    }
    expect((await w.seen(w.member, id)).check.standing).toBe('FLAPPING');
    expect((await w.taskNow(task.id)).state).toBe('DONE');
  });

  test('a zone that remembers for two hours that nothing is there is not asked every hour', async () => {
    const { id } = await standing();
    w.dns.zone = { ...aZone, 'shop.test': ['NS ns.shop.test', 'SOA ns.shop.test 7200'] };
    await w.nextRun(id);
    const wait = (await w.checkRow(id)).nextAt!.getTime() - w.app.clock.now().getTime();
    expect(wait).toBeGreaterThanOrEqual(2 * hourMs);
  });

  test('it rests while the project does, and ends with it, or with a newer version', async () => {
    const { task, id } = await standing();
    const { db, jobs } = w.app.services;
    const stateOf = async (state: 'ACTIVE' | 'ON_HOLD' | 'CLOSED') =>
      void (await db.update(projects).set({ state }).where(eq(projects.id, w.projectId)));
    const reach = async () => {
      const { nextAt } = await w.checkRow(id);
      w.app.clock.set(new Date(nextAt!.getTime() + 1));
      await jobs.runDue();
      await eventually(async () => (await w.checkRow(id)).nextAt?.getTime() !== nextAt!.getTime());
    };
    await stateOf('ON_HOLD');
    const asked = w.dns.asked.length;
    await reach();
    expect(w.dns.asked).toHaveLength(asked);
    expect((await w.checkRow(id)).nextAt).not.toBe(null);
    expect((await w.seen(w.member, id)).check.viewerCan.checkAgain).toBe(false);
    await stateOf('CLOSED');
    await reach();
    expect(await w.checkRow(id)).toMatchObject({ nextAt: null, endedAt: expect.any(Date) });
    await stateOf('ACTIVE');

    const other = await standing();
    w.dns.zone = aZone;
    for (let run = 0; run < 3; run++) await w.nextRun(other.id);
    w.dns.zone = withRecord;
    const second = await w.deliver(w.member, other.task.id, { domain: 'shop.test' });
    expect(await w.checkRow(other.id)).toMatchObject({ nextAt: null, endedAt: expect.any(Date) });
    expect(await w.seen(w.member, other.id)).toMatchObject({ state: 'SUPERSEDED', check: { isEnded: true } });
    expect(await w.seen(w.member, second)).toMatchObject({ version: 2, task: { state: 'DONE' } });
    expect((await w.taskNow(task.id)).state).toBe('DONE');
  });

  test('what somebody waited for when the process died is taken up by the next', async () => {
    const { id } = await standing();
    const { services } = w.app;
    await services.db.update(checks).set({ isRunning: true }).where(eq(checks.submissionId, id));
    await resumeChecks(services);
    await w.settled(id);
    expect((await w.seen(w.member, id)).check.runs.nodes).toHaveLength(2);
  });
});
