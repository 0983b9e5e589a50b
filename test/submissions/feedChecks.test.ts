import { randomUUID } from 'node:crypto';
import { eq, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as schema from '../../drizzle/schema/index.ts';
import { createApp } from '../../server/app.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';
import { anAddress, type FeedsWorld, startFeedsWorld } from './feedsWorld.ts';
import { deliverUrl } from './inputsWorld.ts';
import { aFeed, feed } from './reportsWorld.ts';

const { checkRuns, checks, reports, submissions, tasks } = schema;

let w: FeedsWorld;
beforeAll(async () => {
  w = await startFeedsWorld();
}, 120_000);
afterAll(() => w.close());

const db = () => w.app.services.db;

const createText = `mutation ($input: SubmissionCreateInput!) {
  submissionCreate(input: $input) { submission { id } userErrors { code field } }
}`;
const feedText = `query ($id: ID!) { node(id: $id) { ... on Submission {
  state task { state } report { state rows valid delta { fixed new still } }
  check { standing isRunning nextAt hasSecret lastRun { verdict findings { rule } } viewerCan { checkAgain } }
} } }`;

describe('a feed that is handed in', () => {
  const auth = { user: 'sh0p-user', password: 'v3ry-s3cret' };
  const seenNow = async (session: Session, id: string) => (await session.ask(feedText, { id })).node;

  async function handIn(check: object | null = null) {
    const task = await w.task({}, anAddress);
    const url = `http://shop.test:${w.shop.port}/feed.csv`;
    const input = { taskId: task.id, inputId: task.inputs[0]!.id, url, check, idempotencyKey: randomUUID() };
    const { submissionCreate } = await w.member.ask(createText, { input });
    expect(submissionCreate.userErrors).toEqual([]);
    const id = submissionCreate.submission.id as string;
    const finished = await w.finish(w.member, id, task.id);
    expect(finished).toMatchObject({ submission: { state: 'VALIDATING' }, task: { state: 'SUBMITTED' } });
    return { id, task };
  }
  /** Waits for so many runs of its check. */
  const ran = (id: string, runs: number) =>
    eventually(async () => {
      const of = db().select({ id: checkRuns.id }).from(checkRuns).innerJoin(checks, eq(checks.id, checkRuns.checkId));
      return (await of.where(eq(checks.submissionId, id))).length >= runs && seenNow(w.pm, id);
    }, 20_000);
  async function onceMore(id: string, runs: number) {
    w.app.clock.advance(70 * 60_000);
    await w.app.services.jobs.runDue();
    return ran(id, runs);
  }

  test('moves its task by its verdict, is fetched again by the clock, and goes on when the shop has mended it', async () => {
    w.shop.answer = (req, res) =>
      req.headers.authorization === undefined
        ? void res.writeHead(401).end()
        : void res.writeHead(200, { etag: '"1"' }).end(feed(40, 20));
    const { id } = await handIn(auth);
    const first = await ran(id, 1);
    expect(first).toMatchObject({
      state: 'REJECTED',
      task: { state: 'CHANGES_REQUESTED' },
      report: { state: 'DONE', rows: 40, valid: 20, delta: null },
      check: { isRunning: false, hasSecret: true, lastRun: { verdict: 'REJECTED' }, viewerCan: { checkAgain: true } },
    });
    w.shop.gives(feed(40, 1), { etag: '"2"' });
    expect(await onceMore(id, 2)).toMatchObject({
      state: expect.stringMatching(/^ACCEPTED/),
      task: { state: 'IN_REVIEW' },
      report: { valid: 39, delta: { fixed: 19, new: 0, still: 1 } },
    });
    expect(await seenNow(w.stranger, id)).toBe(null);
  });

  test('its user and password stand sealed in one row, and in no other of any table', async () => {
    w.shop.gives(feed(3, 0));
    const { id } = await handIn(auth);
    await ran(id, 1);
    const kept: string[] = [];
    for (const table of Object.values(schema)) {
      if (is(table, PgTable)) kept.push(JSON.stringify(await db().select().from(table)));
    }
    const basic = Buffer.from(`${auth.user}:${auth.password}`).toString('base64');
    for (const secret of [auth.user, auth.password, basic]) {
      expect(kept.some((rows) => rows.includes(secret))).toBe(false);
    }
    const [row] = await db().select().from(checks).where(eq(checks.submissionId, id));
    expect(row!.sealed).toMatch(/^[\w-]{40,}$/);
  });

  test('what a person chose for its columns holds for the file that is there, and for every one that comes', async () => {
    const odd = (rows: number) => feed(rows, 0).replace('image_link', 'shot_no_1');
    w.shop.gives(odd(6));
    const { id, task } = await handIn();
    expect(await ran(id, 1)).toMatchObject({ state: 'REJECTED', task: { state: 'CHANGES_REQUESTED' } });
    const mapping = [{ source: 'shot_no_1', column: 'image_link' }];
    const { submissionRecheck } = await w.member.ask(
      `mutation ($id: ID!, $mapping: [ReportMappingInput!]) {
        submissionRecheck(id: $id, input: { mapping: $mapping }) { submission { state } userErrors { code } }
      }`,
      { id, mapping },
    );
    expect(submissionRecheck).toMatchObject({ userErrors: [], submission: { state: 'VALIDATING' } });
    expect((await w.judged(w.member, id)).state).toMatch(/^ACCEPTED/);
    expect((await w.taskNow(task.id)).state).toBe('IN_REVIEW');
    w.shop.gives(odd(9), { etag: '"2"' });
    expect(await onceMore(id, 2)).toMatchObject({ state: expect.stringMatching(/^ACCEPTED/), report: { rows: 9 } });
  });

  test('after ten failures in a row nobody fetches it, until a person asks and it is good', async () => {
    w.shop.gives('');
    const { id } = await handIn();
    await ran(id, 1);
    for (let runs = 2; runs <= 9; runs++) expect((await onceMore(id, runs)).check.nextAt).not.toBe(null);
    const off = await onceMore(id, 10);
    expect(off.check).toMatchObject({ nextAt: null, standing: 'BROKEN', viewerCan: { checkAgain: true } });
    expect(off.check.lastRun.findings.map(({ rule }: { rule: string }) => rule)).toContain('FEED-01.disabled');
    const mails = async () =>
      (await w.app.mails()).filter(({ subject }) => subject.startsWith('Not fetched any more: '));
    const sent = await mails();
    expect(sent).toHaveLength(2);
    expect(sent[0]!.text).toContain('is not fetched by itself any more. ');
    expect(sent[0]!.text).toContain('press “Fetch again” in the task');
    w.shop.gives(feed(4, 0));
    w.app.clock.advance(24 * 3_600_000);
    await w.app.services.jobs.runDue();
    expect((await seenNow(w.pm, id)).report).toBe(null);
    await w.member.ask(
      'mutation ($id: ID!, $k: String!) { checkAgain(id: $id, input: { idempotencyKey: $k }) { userErrors { code } } }',
      { id, k: randomUUID() },
    );
    const back = await ran(id, 11);
    expect(await mails()).toHaveLength(2);
    expect(back).toMatchObject({ state: expect.stringMatching(/^ACCEPTED/), report: { rows: 4 } });
    expect(back.check.nextAt).not.toBe(null);
  });
});

describe('when the server starts anew', () => {
  test('what waited for a verdict gets it: a feed is fetched again, a file is read again', async () => {
    const file = await w.task({}, aFeed);
    const fileId = await w.deliver(w.member, file.id, feed(30, 3));
    await w.judged(w.pm, fileId);
    const waiting = await w.task({}, aFeed);
    const waitingId = await w.deliver(w.member, waiting.id, feed(20, 0));
    await w.judged(w.pm, waitingId);
    w.shop.gives(feed(10, 0));
    const address = await w.task({}, anAddress);
    const handed = await deliverUrl(
      w.member,
      address.id,
      address.inputs[0]!.id,
      `http://shop.test:${w.shop.port}/f.csv`,
    );
    const feedId = handed.submission.id as string;
    await eventually(async () => (await seenOf(feedId)).state !== 'VALIDATING', 20_000);
    // As a process leaves it that is killed before it could write a verdict down.
    const before = new Map<string, number>();
    for (const [id, state] of [
      [fileId, 'RUNNING'],
      [waitingId, 'QUEUED'],
    ] as const) {
      const unsaid = { state, verdict: null, document: null, rows: 0, valid: 0 };
      const [row] = await db().update(reports).set(unsaid).where(eq(reports.submissionId, id)).returning();
      before.set(id, row!.run);
    }
    await db().update(checks).set({ isRunning: true }).where(eq(checks.submissionId, feedId));
    for (const id of [fileId, waitingId, feedId]) {
      await db().update(submissions).set({ state: 'VALIDATING' }).where(eq(submissions.id, id));
    }
    for (const { id } of [file, waiting, address]) {
      await db().update(tasks).set({ state: 'SUBMITTED' }).where(eq(tasks.id, id));
    }
    const other = await createApp(
      { ...w.app.config, sampleData: false },
      { clock: w.app.clock, print: () => {}, fetching: w.fetching },
    );
    try {
      for (const id of [fileId, waitingId, feedId]) {
        await eventually(async () => (await seenOf(id)).state !== 'VALIDATING', 20_000);
      }
      const told = await Promise.all([fileId, waitingId].map((id) => w.seen(w.pm, id)));
      expect(told.map(({ report }) => [report.rows, report.valid])).toEqual([
        [30, 27],
        [20, 20],
      ]);
      for (const [id, run] of before) {
        const [row] = await db().select().from(reports).where(eq(reports.submissionId, id));
        expect(row!.run).toBeGreaterThan(run);
      }
      expect((await w.taskNow(address.id)).state).toBe('IN_REVIEW');
      expect((await w.taskNow(waiting.id)).state).toBe('IN_REVIEW');
    } finally {
      await other.close();
    }
  });

  const seenOf = async (id: string) => (await db().select().from(submissions).where(eq(submissions.id, id)))[0]!;
});

describe('what stands of a feed', () => {
  const linksText = `query ($id: ID!) { node(id: $id) { ... on Submission {
    file { name downloadUrl } report { findingsUrl repairedUrl } viewerCan { repair recheck }
  } } }`;

  test('is downloaded by whoever may read it; repaired it is a file to look at, and no version', async () => {
    const of = await w.aFeedOf();
    w.shop.gives(feed(20, 3));
    await of.pull();
    const { node } = await w.member.ask(linksText, { id: of.submissionId });
    expect(node.viewerCan).toMatchObject({ repair: false });
    const { file, report } = node;
    expect(await (await w.member.fetch(file.downloadUrl)).text()).toBe(feed(20, 3));
    const repaired = await w.member.fetch(report.repairedUrl);
    expect(repaired.headers.get('content-disposition')).toContain('products-repaired.csv');
    const text = await repaired.text();
    expect(text).not.toContain('12,90');
    expect(text.replaceAll('"', '')).toBe(feed(20, 0));
    const { submissionRepair } = await w.member.ask(
      `mutation ($id: ID!) { submissionRepair(id: $id, input: {
        revision: ${(await w.taskNow(of.task.id)).revision}, idempotencyKey: "r", fixes: [{ rule: "price.format" }]
      }) { userErrors { code } } }`,
      { id: of.submissionId },
    );
    expect(submissionRepair.userErrors).toHaveLength(1);

    expect((await w.stranger.ask(linksText, { id: of.submissionId })).node).toBe(null);
    for (const link of [report.repairedUrl, report.findingsUrl.replace('/findings/', '/repaired/')]) {
      expect((await w.stranger.fetch(link.replace(/person=[^&]+/, 'person=x'))).status).toBe(404);
    }
    expect((await w.member.fetch(report.findingsUrl.replace('/findings/', '/repaired/'))).status).toBe(404);
    w.app.clock.advance(6 * 60_000);
    expect((await w.member.fetch(report.repairedUrl)).status).toBe(404);
  });
});

describe('a list of people', () => {
  test('is held against the accepted suppression list of its project, by hashes alone', async () => {
    const list = (rules: string) => ({ ...aFeed, spec: { ...aFeed.spec, check: { ...aFeed.spec.check, rules } } });
    const rulesOf = async (text: string) => {
      const task = await w.task({}, list('subscriber-list'));
      const { report } = await w.judged(w.pm, await w.deliver(w.member, task.id, text));
      return report.findings.map(({ rule }: { rule: string }) => rule);
    };
    const people = 'email,consent_email\nanna@shop.example,SUBSCRIBED\nBo@shop.example,SUBSCRIBED\n';
    expect(await rulesOf(people)).not.toContain('suppression.overlap');
    const task = await w.task({}, list('suppression-list'));
    const done = await w.judged(w.pm, await w.deliver(w.member, task.id, 'email,reason\nbo@shop.example,bounced\n'));
    expect(done.state).toMatch(/^ACCEPTED/);
    const rules = await rulesOf(`${people}carl@shop.example,SUBSCRIBED\n`);
    expect(rules).not.toContain('suppression.first');
    expect(rules).toEqual(expect.arrayContaining(['suppression.overlap', 'suppression.consent']));
    expect(await rulesOf('email,consent_email\nanna@shop.example,SUBSCRIBED\n')).not.toContain('suppression.overlap');
  });
});
