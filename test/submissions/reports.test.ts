import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reports, submissions, tasks } from '../../drizzle/schema/index.ts';
import { createApp } from '../../server/app.ts';
import { offsetOf, patch } from '../files/delivering.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';
import { directSession } from '../support/signIn.ts';
import { aFeed, feed, head, type ReportsWorld, startReportsWorld } from './reportsWorld.ts';

let w: ReportsWorld;
beforeAll(async () => {
  w = await startReportsWorld();
}, 120_000);
afterAll(() => w.close());

const reportOf = async (id: string) =>
  (await w.app.services.db.select().from(reports).where(eq(reports.submissionId, id)))[0]!;

describe('a file that is checked', () => {
  test('while it arrives the PM sees what is wrong with it, and its verdict moves the task with the finish', async () => {
    const task = await w.task({}, aFeed);
    const text = feed(3_000, 600);
    const half = text.length >> 1;
    const { id, fileId } = await w.begin(w.member, task.id, text.length);
    const progressText = `subscription ($id: ID!) { validationProgress(submissionId: $id) {
      state verdict bytes sizeBytes rows errors findingCount findings { rule column count samples { row value } }
    } }`;
    const live = w.pm.subscribe(progressText, { id });
    expect((await live.next()).validationProgress).toMatchObject({ state: null, bytes: 0, sizeBytes: text.length });
    await patch(w.member, fileId, 0, text.slice(0, half));
    const underWay = await eventually(async () => {
      const { validationProgress: now } = await live.next(10_000);
      return now.errors > 0 && now;
    }, 20_000);
    expect(underWay).toMatchObject({ state: 'RUNNING', verdict: null });
    expect(underWay.rows).toBeGreaterThan(100);
    expect(underWay.findings).toContainEqual(
      expect.objectContaining({ column: 'price', samples: [{ row: 1, value: '12,90 EUR' }] }),
    );
    // Whoever comes while the upload stands still hears how far it has got.
    const later = w.member.subscribe(progressText, { id });
    const heard = await eventually(async () => (await later.next(10_000)).validationProgress.rows > 100, 20_000);
    expect(heard).toBe(true);
    later.stop();
    await patch(w.member, fileId, half, text.slice(half));
    // Nobody has said yet that it is finished, and the report is there.
    const early = await eventually(async () => {
      const now = await w.seen(w.member, id);
      return now.report?.state === 'DONE' && now;
    }, 20_000);
    expect(early).toMatchObject({
      state: 'RECEIVED',
      version: null,
      report: { verdict: 'REJECTED', rows: 3_000, valid: 2_400 },
    });
    expect(early.report.findings).toContainEqual(
      expect.objectContaining({ severity: 'ERROR', column: 'price', count: 600, fixable: 600 }),
    );
    const finished = await w.finish(w.member, id, task.id);
    expect(finished).toMatchObject({
      submission: { version: 1, state: 'REJECTED' },
      task: { state: 'CHANGES_REQUESTED' },
      userErrors: [],
    });
    expect(await w.kindsOf(task.id)).toEqual([
      'task.created',
      'submission.created',
      'submission.validationStarted',
      'submission.finished',
      'task.submitted',
      'submission.validated',
      'task.rejected',
    ]);
    live.stop();
  });

  test('finished before its report is done, the task waits submitted, and goes to review by itself', async () => {
    const task = await w.task({}, aFeed);
    const id = await w.deliver(w.member, task.id, feed(50, 0));
    const now = await w.judged(w.pm, id);
    expect(now.state).toMatch(/^ACCEPTED/);
    expect((await w.taskNow(task.id)).state).toBe('IN_REVIEW');
    expect(now.report).toMatchObject({
      rows: 50,
      valid: 50,
      isReadable: true,
      file: { format: 'DELIMITED', delimiter: ',' },
    });
    expect(now.report.columns).toContainEqual({ source: 'price', column: 'price', how: 'EXACT' });
  });

  test('an input without a check is received as ever', async () => {
    const task = await w.task({}, { ...aFeed, spec: { kind: 'FILE', acceptedExtensions: ['.csv'] } });
    const id = await w.deliver(w.member, task.id, feed(3, 3));
    expect(await w.seen(w.pm, id)).toMatchObject({ state: 'RECEIVED', report: null, task: { state: 'IN_REVIEW' } });
  });

  test('two people at once: each has a report of their own, and one delivery counts', async () => {
    const task = await w.task({}, aFeed);
    const [mine, theirs] = [feed(200, 0), feed(300, 5)];
    const [a, b] = [await w.begin(w.member, task.id, mine.length), await w.begin(w.partner, task.id, theirs.length)];
    await Promise.all([patch(w.member, a.fileId, 0, mine), patch(w.partner, b.fileId, 0, theirs)]);
    const done = async (session: Session, id: string) =>
      eventually(async () => {
        const now = await w.seen(session, id);
        return now.report?.state === 'DONE' && now.report;
      }, 20_000);
    expect(await done(w.member, a.id)).toMatchObject({ rows: 200, valid: 200 });
    expect(await done(w.partner, b.id)).toMatchObject({ rows: 300, valid: 295 });
    expect(await w.seen(w.member, b.id)).toBe(null);
    await w.finish(w.partner, b.id, task.id);
    expect((await w.finish(w.member, a.id, task.id)).userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  });

  test('the very same bytes again have the earlier report, without a new run', async () => {
    const task = await w.task({}, aFeed);
    const first = await w.deliver(w.member, task.id, feed(40, 40));
    expect(await w.judged(w.pm, first)).toMatchObject({ state: 'REJECTED' });
    const again = await w.deliver(w.member, task.id, feed(40, 40));
    const now = await w.judged(w.pm, again);
    expect(now).toMatchObject({
      version: 2,
      state: 'REJECTED',
      report: { sameAs: { id: first, version: 1 }, rows: 40 },
    });
    expect((await w.taskNow(task.id)).state).toBe('CHANGES_REQUESTED');
  });

  test('the next version tells what was mended, what is new and what is still there', async () => {
    const task = await w.task({}, aFeed);
    await w.judged(w.pm, await w.deliver(w.member, task.id, feed(40, 20)));
    const id = await w.deliver(w.member, task.id, feed(40, 5));
    const now = await w.judged(w.pm, id);
    expect(now.report.delta).toMatchObject({ version: 1, fixed: 15, new: 0 });
    await addsUp(now);
  });

  test('the very same bytes as an earlier version are compared with the version that stands before them', async () => {
    const task = await w.task({}, aFeed);
    const [bad, better] = [feed(40, 30), feed(40, 12)];
    await w.judged(w.pm, await w.deliver(w.member, task.id, bad));
    await w.judged(w.pm, await w.deliver(w.member, task.id, better));
    const third = await w.judged(w.pm, await w.deliver(w.member, task.id, bad));
    expect(third.report).toMatchObject({ sameAs: { version: 1 }, delta: { version: 2, fixed: 0, new: 18 } });
    await addsUp(third);
    const fourth = await w.judged(w.pm, await w.deliver(w.member, task.id, bad));
    expect(fourth.report).toMatchObject({ sameAs: { version: 1 }, delta: { version: 3, fixed: 0, new: 0 } });
    await addsUp(fourth);
  });

  test('a version that was read before another was handed in is compared with that one', async () => {
    const task = await w.task({}, aFeed);
    await w.judged(w.pm, await w.deliver(w.member, task.id, feed(40, 40)));
    const text = feed(40, 8);
    const { id, fileId } = await w.begin(w.member, task.id, text.length);
    await patch(w.member, fileId, 0, text);
    await eventually(async () => (await w.seen(w.member, id)).report?.state === 'DONE', 20_000);
    await w.judged(w.pm, await w.deliver(w.partner, task.id, feed(40, 20)));
    expect((await w.finish(w.member, id, task.id)).userErrors).toEqual([]);
    const now = await w.judged(w.pm, id);
    expect(now).toMatchObject({ version: 3, report: { delta: { version: 2, fixed: 12, new: 0 } } });
    await addsUp(now);
  });

  test('a row that came twice counts twice, and of a file that was read in part nothing is called fixed', async () => {
    const task = await w.task({}, aFeed);
    const twice = feed(20, 3) + feed(3, 3).slice(head.length);
    await w.judged(w.pm, await w.deliver(w.member, task.id, twice));
    const second = await w.judged(w.pm, await w.deliver(w.member, task.id, feed(20, 3)));
    expect(second.report.delta.still).toBeGreaterThan(0);
    await addsUp(second);
    const cut = await w.deliver(w.member, task.id, '[{"id":"SKU1","price":"12,90 EUR"},{"id":"SKU2","pri');
    const broken = await w.judged(w.pm, cut);
    expect(broken.report).toMatchObject({ isReadable: false, delta: null });
    const after = await w.judged(w.pm, await w.deliver(w.member, task.id, feed(20, 1)));
    expect(after.report.delta).toMatchObject({ version: 2 });
    await addsUp(after);
  });

  test('a file that was cut off is rejected as often as it comes, until somebody accepts it', async () => {
    const task = await w.task({}, aFeed);
    const handIn = async (rows: number) => {
      const { id } = await w.judged(w.pm, await w.deliver(w.member, task.id, feed(rows, 0)));
      const { report, version } = await w.seen(w.pm, id);
      const rules: string[] = report.findings.map((one: { rule: string }) => one.rule);
      return { id, version, report, isDropped: rules.includes('rows.dropped') };
    };
    const reopen = () =>
      w.app.services.db.update(tasks).set({ state: 'CHANGES_REQUESTED' }).where(eq(tasks.id, task.id));
    expect(await handIn(60)).toMatchObject({ isDropped: false });
    await reopen();
    expect(await handIn(200)).toMatchObject({ isDropped: false });
    await reopen();
    // The very bytes of version 1, which was accepted when nothing stood before it; then two that differ.
    expect(await handIn(60)).toMatchObject({ isDropped: true, report: { verdict: 'REJECTED', sameAs: null } });
    expect(await handIn(60)).toMatchObject({
      isDropped: true,
      report: { verdict: 'REJECTED', sameAs: { version: 3 } },
    });
    const last = await handIn(61);
    expect(last).toMatchObject({ isDropped: true, report: { verdict: 'REJECTED', delta: { version: 4 } } });
    await w.app.services.db
      .update(submissions)
      .set({ state: 'ACCEPTED_WITH_WARNINGS', acceptedAt: w.app.clock.now() })
      .where(eq(submissions.id, last.id));
    expect(await handIn(61)).toMatchObject({ isDropped: false, report: { sameAs: null } });
    await reopen();
    expect(await handIn(50)).toMatchObject({ isDropped: false });
  });

  test('what an earlier release remembered is counted, not told apart', async () => {
    const task = await w.task({}, aFeed);
    const first = await w.deliver(w.member, task.id, feed(20, 3) + feed(3, 3).slice(head.length));
    await w.judged(w.pm, first);
    const { faults } = await reportOf(first);
    const fewer = Buffer.from(faults!);
    fewer.writeUInt32LE(fewer.readUInt32LE(0) - 1, 0);
    await w.app.services.db.update(reports).set({ faults: fewer }).where(eq(reports.submissionId, first));
    const now = await w.judged(w.pm, await w.deliver(w.member, task.id, feed(20, 1)));
    expect(now.report.delta).toMatchObject({ fixed: null, new: null, still: null });
    await addsUp(now);
  });

  /** The delta's numbers are those of the two reports. */
  async function addsUp({
    id,
    report: { delta },
  }: {
    id: string;
    report: { delta: { [key: string]: number | null } };
  }) {
    const own = await reportOf(id);
    const other = await reportOf(own.delta!.of!.submissionId);
    expect([delta.before, delta.after]).toEqual([other.errors + other.warnings, own.errors + own.warnings]);
    if (delta.fixed === null) return;
    expect([delta.fixed! + delta.still!, delta.new! + delta.still!]).toEqual([delta.before, delta.after]);
  }
});

describe('when things break', () => {
  test('an upload that was taken back and sent anew is judged by what is there in the end', async () => {
    const task = await w.task({}, aFeed);
    const bad = feed(30, 30);
    const good = feed(30, 0).padEnd(bad.length, '\n');
    const { id, fileId } = await w.begin(w.member, task.id, good.length);
    // One byte more than announced: refused, and nothing of it is kept.
    expect((await patch(w.member, fileId, 0, `${good}x`)).status).toBe(413);
    expect(await offsetOf(w.member, fileId)).toBe(0);
    await patch(w.member, fileId, 0, bad);
    await w.finish(w.member, id, task.id);
    expect(await w.judged(w.pm, id)).toMatchObject({ state: 'REJECTED', report: { valid: 0 } });
  });

  test('what our own machinery cannot check is tried once more, told, and left to a person', async () => {
    const check = { ...aFeed.spec.check, rules: 'no-such-rules' };
    const task = await w.task({}, { ...aFeed, spec: { ...aFeed.spec, check } });
    const id = await w.deliver(w.member, task.id, feed(3, 0));
    const now = await eventually(async () => {
      const found = await w.seen(w.pm, id);
      return found.report?.state === 'FAILED' && found;
    }, 20_000);
    expect(now).toMatchObject({ state: 'VALIDATING', viewerCan: { accept: true, recheck: true, repair: false } });
    expect((await w.taskNow(task.id)).state).toBe('SUBMITTED');
    expect((await w.kindsOf(task.id)).filter((kind) => kind === 'submission.validationFailed')).toHaveLength(1);
  });
});

describe('when the server starts anew', () => {
  test('[F28] in the middle of an upload: the stored part is read again, and the report is that of the whole file', async () => {
    const task = await w.task({}, aFeed);
    const text = feed(3_000, 300);
    const half = text.length >> 1;
    const { id, fileId } = await w.begin(w.member, task.id, text.length);
    await patch(w.member, fileId, 0, text.slice(0, half));
    await eventually(async () => (await w.seen(w.member, id)).report?.state === 'RUNNING', 20_000);
    const { run } = await reportOf(id);
    const leftover = join(w.app.config.dataDir, 'repairs', `${fileId}.1`);
    mkdirSync(dirname(leftover), { recursive: true });
    writeFileSync(leftover, 'half a repair');
    // A process that forgot everything: another one on the same data.
    const other = await createApp({ ...w.app.config, sampleData: false }, { clock: w.app.clock, print: () => {} });
    try {
      expect(existsSync(leftover)).toBe(false);
      const session = await directSession(other, w.member.personId!);
      await patch(session, fileId, half, text.slice(half));
      await w.finish(session, id, task.id);
      const now = await w.judged(session, id);
      expect(now).toMatchObject({ state: 'REJECTED', report: { rows: 3_000, valid: 2_700, errors: 300 } });
      expect((await reportOf(id)).run).toBeGreaterThan(run);
    } finally {
      await other.close();
    }
  });
});
