import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { events, reports, tasks } from '../../drizzle/schema/index.ts';
import { createApp } from '../../server/app.ts';
import { offsetOf, patch } from '../files/delivering.ts';
import { tokenOf } from '../security/tokenActor.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';
import { directSession } from '../support/signIn.ts';
import { type InputsWorld, startInputsWorld } from './inputsWorld.ts';

let w: InputsWorld;
beforeAll(async () => {
  w = await startInputsWorld();
}, 120_000);
afterAll(() => w.close());

const aFeed = {
  key: 'feed',
  label: 'Product feed',
  spec: {
    kind: 'FILE',
    acceptedExtensions: ['.csv'],
    check: { rules: 'product-feed', profile: null, threshold: 0.95, declared: {} },
  },
};
const head = 'id,title,description,link,image_link,availability,price,brand,mpn,condition\n';
const row = (id: number, price = '12.90 EUR') =>
  `SKU${id},Blue stoneware mug with handle no ${id},A blue mug that holds a third of a litre of tea,https://shop.example/p/${id},https://shop.example/i/${id}.jpg,in_stock,${price},Nordlicht,M-${id},new\n`;
const feed = (rows: number, broken: number) =>
  head + Array.from({ length: rows }, (_, i) => row(i + 1, i < broken ? '"12,90 EUR"' : undefined)).join('');

const createText = `mutation ($input: SubmissionCreateInput!) {
  submissionCreate(input: $input) { submission { id file { id } } userErrors { code field } }
}`;
const finishText = `mutation ($id: ID!, $revision: Int!) {
  submissionFinish(id: $id, input: { revision: $revision }) {
    submission { id version state } task { id state revision } userErrors { code field }
  }
}`;
const submissionText = `query ($id: ID!) { node(id: $id) { ... on Submission {
  id version state viewerCan { accept recheck repair } repairOf { id } acceptance { reason by { name } }
  task { state revision }
  report {
    state verdict rows valid threshold errors warnings isReadable asks findingCount findingsUrl sameAs { id version }
    delta { before after fixed new still }
    file { format encoding delimiter }
    columns { source column how } knownColumns { name }
    findings { rule severity column count fixable title samples(first: 3) { row line column value message fixed } }
  }
} } }`;

async function begin(session: Session, taskId: string, sizeBytes: number) {
  const input = { taskId, idempotencyKey: randomUUID(), file: { name: 'products.csv', sizeBytes } };
  const { submissionCreate } = await session.ask(createText, { input });
  return { id: submissionCreate.submission.id as string, fileId: submissionCreate.submission.file.id as string };
}
const seen = async (session: Session, id: string) => (await session.ask(submissionText, { id })).node;
const finish = async (session: Session, id: string, taskId: string) =>
  (await session.ask(finishText, { id, revision: (await w.taskNow(taskId)).revision })).submissionFinish;

async function deliver(session: Session, taskId: string, text: string) {
  const { id, fileId } = await begin(session, taskId, Buffer.byteLength(text));
  expect((await patch(session, fileId, 0, text)).status).toBe(204);
  const finished = await finish(session, id, taskId);
  expect(finished.userErrors).toEqual([]);
  return id;
}
const judged = (session: Session, id: string) =>
  eventually(async () => {
    const now = await seen(session, id);
    return now.report?.state === 'DONE' && now.state !== 'VALIDATING' && now;
  }, 20_000);
const reportOf = async (id: string) =>
  (await w.app.services.db.select().from(reports).where(eq(reports.submissionId, id)))[0]!;
const kindsOf = async (taskId: string) =>
  (await w.app.services.db.select().from(events).where(eq(events.taskId, taskId)).orderBy(events.seq)).map(
    (one) => one.kind,
  );

describe('a file that is checked', () => {
  test('while it arrives the PM sees what is wrong with it, and its verdict moves the task with the finish', async () => {
    const task = await w.task({}, aFeed);
    const text = feed(3_000, 600);
    const half = text.length >> 1;
    const { id, fileId } = await begin(w.member, task.id, text.length);
    const live = w.pm.subscribe(
      `subscription ($id: ID!) { validationProgress(submissionId: $id) { state verdict bytes sizeBytes rows errors } }`,
      { id },
    );
    expect((await live.next()).validationProgress).toMatchObject({ state: null, bytes: 0, sizeBytes: text.length });
    await patch(w.member, fileId, 0, text.slice(0, half));
    const underWay = await eventually(async () => {
      const { validationProgress: now } = await live.next(10_000);
      return now.errors > 0 && now;
    }, 20_000);
    expect(underWay).toMatchObject({ state: 'RUNNING', verdict: null });
    expect(underWay.rows).toBeGreaterThan(100);
    await patch(w.member, fileId, half, text.slice(half));
    // Nobody has said yet that it is finished, and the report is there.
    const early = await eventually(async () => {
      const now = await seen(w.member, id);
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
    const finished = await finish(w.member, id, task.id);
    expect(finished).toMatchObject({
      submission: { version: 1, state: 'REJECTED' },
      task: { state: 'CHANGES_REQUESTED' },
      userErrors: [],
    });
    expect(await kindsOf(task.id)).toEqual([
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
    const id = await deliver(w.member, task.id, feed(50, 0));
    const now = await judged(w.pm, id);
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
    const id = await deliver(w.member, task.id, feed(3, 3));
    expect(await seen(w.pm, id)).toMatchObject({ state: 'RECEIVED', report: null, task: { state: 'IN_REVIEW' } });
  });

  test('two people at once: each has a report of their own, and one delivery counts', async () => {
    const task = await w.task({}, aFeed);
    const [mine, theirs] = [feed(200, 0), feed(300, 5)];
    const [a, b] = [await begin(w.member, task.id, mine.length), await begin(w.partner, task.id, theirs.length)];
    await Promise.all([patch(w.member, a.fileId, 0, mine), patch(w.partner, b.fileId, 0, theirs)]);
    const done = async (session: Session, id: string) =>
      eventually(async () => {
        const now = await seen(session, id);
        return now.report?.state === 'DONE' && now.report;
      }, 20_000);
    expect(await done(w.member, a.id)).toMatchObject({ rows: 200, valid: 200 });
    expect(await done(w.partner, b.id)).toMatchObject({ rows: 300, valid: 295 });
    expect(await seen(w.member, b.id)).toBe(null);
    await finish(w.partner, b.id, task.id);
    expect((await finish(w.member, a.id, task.id)).userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  });

  test('the very same bytes again have the earlier report, without a new run', async () => {
    const task = await w.task({}, aFeed);
    const first = await deliver(w.member, task.id, feed(40, 40));
    expect(await judged(w.pm, first)).toMatchObject({ state: 'REJECTED' });
    const again = await deliver(w.member, task.id, feed(40, 40));
    const now = await judged(w.pm, again);
    expect(now).toMatchObject({
      version: 2,
      state: 'REJECTED',
      report: { sameAs: { id: first, version: 1 }, rows: 40 },
    });
    expect((await w.taskNow(task.id)).state).toBe('CHANGES_REQUESTED');
  });

  test('the next version tells what was mended, what is new and what is still there', async () => {
    const task = await w.task({}, aFeed);
    await judged(w.pm, await deliver(w.member, task.id, feed(40, 20)));
    const id = await deliver(w.member, task.id, feed(40, 5));
    expect((await judged(w.pm, id)).report.delta).toMatchObject({ fixed: 15, new: 0 });
  });
});

describe('what a person decides', () => {
  const acceptText = `mutation ($id: ID!, $input: SubmissionAcceptInput!) {
    submissionAccept(id: $id, input: $input) { submission { state } task { state } userErrors { code field } }
  }`;

  test('a PM accepts in spite of findings, with a reason that the client reads; a client does not', async () => {
    const task = await w.task({}, aFeed);
    const id = await deliver(w.member, task.id, feed(10, 9));
    expect((await judged(w.pm, id)).viewerCan).toEqual({ accept: true, recheck: true, repair: true });
    expect((await seen(w.member, id)).viewerCan).toEqual({ accept: false, recheck: true, repair: true });
    expect((await seen(w.viewer, id)).viewerCan).toEqual({ accept: false, recheck: false, repair: false });
    const { revision } = await w.taskNow(task.id);
    const input = { revision, reason: 'A test shop; prices come later.' };
    expect((await w.member.gql(acceptText, { id, input })).errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const blank = await w.pm.ask(acceptText, { id, input: { revision, reason: ' ' } });
    expect(blank.submissionAccept.userErrors).toMatchObject([{ code: 'REASON_MISSING', field: 'reason' }]);
    const stale = await w.pm.ask(acceptText, { id, input: { ...input, revision: revision - 1 } });
    expect(stale.submissionAccept.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect((await w.pm.ask(acceptText, { id, input })).submissionAccept).toEqual({
      submission: { state: 'ACCEPTED_WITH_WARNINGS' },
      task: { state: 'IN_REVIEW' },
      userErrors: [],
    });
    expect((await seen(w.member, id)).acceptance).toEqual({ reason: input.reason, by: { name: 'Of PM' } });
    const again = await w.pm.ask(acceptText, { id, input });
    expect(again.submissionAccept.userErrors).toMatchObject([{ code: 'NOT_REJECTED' }]);
  });

  test('columns that are chosen, and what is declared, make the report anew', async () => {
    const task = await w.task({}, aFeed);
    const text = feed(20, 0).replace('title,', 'whatever,');
    const id = await deliver(w.member, task.id, text);
    expect(await judged(w.member, id)).toMatchObject({ state: 'REJECTED' });
    const recheckText = `mutation ($id: ID!, $input: SubmissionRecheckInput!) {
      submissionRecheck(id: $id, input: $input) { submission { state } userErrors { code field } }
    }`;
    const wrong = { mapping: [{ source: 'whatever', column: 'no such column' }] };
    const refused = await w.member.ask(recheckText, { id, input: wrong });
    expect(refused.submissionRecheck.userErrors).toMatchObject([{ code: 'MAPPING_INVALID', field: 'mapping' }]);
    const input = { mapping: [{ source: 'whatever', column: 'title' }], declared: [{ key: 'currency', value: 'EUR' }] };
    expect((await w.member.ask(recheckText, { id, input })).submissionRecheck).toEqual({
      submission: { state: 'VALIDATING' },
      userErrors: [],
    });
    const now = await judged(w.member, id);
    expect(now.state).toMatch(/^ACCEPTED/);
    expect(now.report.columns).toContainEqual({ source: 'whatever', column: 'title', how: 'CHOSEN' });
    expect((await w.taskNow(task.id)).state).toBe('IN_REVIEW');
  });
});

describe('repairing', () => {
  const repairText = `mutation ($id: ID!, $input: SubmissionRepairInput!) {
    submissionRepair(id: $id, input: $input) {
      submission { id version state file { id name downloadUrl } repairOf { id } } task { state } userErrors { code field }
    }
  }`;
  const previewText = `query ($input: RepairPreviewInput!) {
    repairPreview(input: $input) { changes pairs { row column rule before after } fixes { rule column changes } }
  }`;

  test('a preview counts and shows, one act makes version 2 of it, which is accepted and moves the task; version 1 stays', async () => {
    const task = await w.task({}, aFeed);
    const text = feed(60, 20);
    const id = await deliver(w.member, task.id, text);
    const { report } = await judged(w.member, id);
    const [finding] = report.findings;
    expect(finding.samples[0]).toMatchObject({
      row: 1,
      line: 2,
      column: 'price',
      value: '12,90 EUR',
      fixed: '12.90 EUR',
    });
    const fixes = [{ rule: finding.rule, column: finding.column }];
    const { repairPreview } = await w.member.ask(previewText, { input: { submissionId: id, fixes } });
    expect(repairPreview).toMatchObject({ changes: 20, fixes: [{ rule: finding.rule, column: 'price', changes: 20 }] });
    expect(repairPreview.pairs).toHaveLength(20);
    expect(repairPreview.pairs[0]).toEqual({
      row: 1,
      column: 'price',
      rule: finding.rule,
      before: '12,90 EUR',
      after: '12.90 EUR',
    });

    const { revision } = await w.taskNow(task.id);
    const edits = [{ row: 60, column: 'title', value: 'Another stoneware mug, with a comma' }];
    const input = { idempotencyKey: randomUUID(), revision, fixes, edits };
    expect((await w.viewer.gql(repairText, { id, input })).errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const { submissionRepair: done } = await w.member.ask(repairText, { id, input });
    expect(done).toMatchObject({ submission: { version: 2, repairOf: { id } }, userErrors: [] });
    const again = await w.member.ask(repairText, { id, input });
    expect(again.submissionRepair.submission.id).toBe(done.submission.id);

    const now = await judged(w.pm, done.submission.id);
    expect(now.state).toMatch(/^ACCEPTED/);
    expect(now.report).toMatchObject({ rows: 60, valid: 60, delta: { fixed: 20, new: 0 } });
    expect((await w.taskNow(task.id)).state).toBe('IN_REVIEW');
    const written = await (await w.pm.fetch(done.submission.file.downloadUrl)).text();
    const wanted = text
      .replaceAll('"12,90 EUR"', '"12.90 EUR"')
      .replace('Blue stoneware mug with handle no 60', '"Another stoneware mug, with a comma"');
    expect(written.replaceAll('"12.90 EUR"', '12.90 EUR')).toBe(wanted.replaceAll('"12.90 EUR"', '12.90 EUR'));
    const first = await seen(w.pm, id);
    expect(first).toMatchObject({ version: 1, state: 'SUPERSEDED', report: { valid: 40 } });
  });

  test('where nothing would change there is no new version, and what does not count any more is not repaired', async () => {
    const task = await w.task({}, aFeed);
    const first = await deliver(w.member, task.id, feed(10, 10));
    await judged(w.member, first);
    const { revision } = await w.taskNow(task.id);
    const ask = async (id: string, fixes: object[]) =>
      (await w.member.ask(repairText, { id, input: { idempotencyKey: randomUUID(), revision, fixes } }))
        .submissionRepair.userErrors;
    expect(await ask(first, [])).toMatchObject([{ code: 'EMPTY', field: 'fixes' }]);
    expect(await ask(first, [{ rule: 'no.such.rule', column: null }])).toMatchObject([{ code: 'NOTHING_TO_REPAIR' }]);
    expect((await w.taskNow(task.id)).state).toBe('CHANGES_REQUESTED');
    await judged(w.member, await deliver(w.member, task.id, feed(11, 11)));
    const now = await w.taskNow(task.id);
    const input = { idempotencyKey: randomUUID(), revision: now.revision, fixes: [{ rule: 'price.format' }] };
    expect((await w.member.ask(repairText, { id: first, input })).submissionRepair.userErrors).toMatchObject([
      { code: 'NOTHING_TO_REPAIR' },
    ]);
  });
});

describe('when things break', () => {
  test('an upload that was taken back and sent anew is judged by what is there in the end', async () => {
    const task = await w.task({}, aFeed);
    const bad = feed(30, 30);
    const good = feed(30, 0).padEnd(bad.length, '\n');
    const { id, fileId } = await begin(w.member, task.id, good.length);
    // One byte more than announced: refused, and nothing of it is kept.
    expect((await patch(w.member, fileId, 0, `${good}x`)).status).toBe(413);
    expect(await offsetOf(w.member, fileId)).toBe(0);
    await patch(w.member, fileId, 0, bad);
    await finish(w.member, id, task.id);
    expect(await judged(w.pm, id)).toMatchObject({ state: 'REJECTED', report: { valid: 0 } });
  });

  test('what our own machinery cannot check is tried once more, told, and left to a person', async () => {
    const check = { ...aFeed.spec.check, rules: 'no-such-rules' };
    const task = await w.task({}, { ...aFeed, spec: { ...aFeed.spec, check } });
    const id = await deliver(w.member, task.id, feed(3, 0));
    const now = await eventually(async () => {
      const found = await seen(w.pm, id);
      return found.report?.state === 'FAILED' && found;
    }, 20_000);
    expect(now).toMatchObject({ state: 'VALIDATING', viewerCan: { accept: true, recheck: true, repair: false } });
    expect((await w.taskNow(task.id)).state).toBe('SUBMITTED');
    expect((await kindsOf(task.id)).filter((kind) => kind === 'submission.validationFailed')).toHaveLength(1);
  });
});

describe('when the server starts anew', () => {
  test('in the middle of an upload: the stored part is read again, and the report is that of the whole file', async () => {
    const task = await w.task({}, aFeed);
    const text = feed(3_000, 300);
    const half = text.length >> 1;
    const { id, fileId } = await begin(w.member, task.id, text.length);
    await patch(w.member, fileId, 0, text.slice(0, half));
    await eventually(async () => (await seen(w.member, id)).report?.state === 'RUNNING', 20_000);
    const { run } = await reportOf(id);
    // A process that forgot everything: another one on the same data.
    const other = await createApp({ ...w.app.config, sampleData: false }, { clock: w.app.clock, print: () => {} });
    try {
      const session = await directSession(other, w.member.personId!);
      await patch(session, fileId, half, text.slice(half));
      await finish(session, id, task.id);
      const now = await judged(session, id);
      expect(now).toMatchObject({ state: 'REJECTED', report: { rows: 3_000, valid: 2_700, errors: 300 } });
      expect((await reportOf(id)).run).toBeGreaterThan(run);
    } finally {
      await other.close();
    }
  });
});

describe('[Z14] a report is as hidden as its submission', () => {
  test('to another client it is missing, and so is everything that can be asked of it', async () => {
    const task = await w.task({}, aFeed);
    const id = await deliver(w.member, task.id, feed(10, 9));
    const { report } = await judged(w.member, id);
    expect(await seen(w.stranger, id)).toBe(null);
    const preview = await w.stranger.ask(
      `query ($input: RepairPreviewInput!) { repairPreview(input: $input) { changes } }`,
      { input: { submissionId: id, fixes: [] } },
    );
    expect(preview.repairPreview).toBe(null);
    const own = await w.member.fetch(report.findingsUrl);
    expect(own.headers.get('content-disposition')).toContain('products-findings.csv');
    const [header, first, ...rest] = (await own.text()).split('\r\n');
    expect(header).toBe(`${head.trim()},_findings`);
    expect(first).toContain('12.90 EUR: a dot');
    expect(rest).toHaveLength(10);
    const forged = report.findingsUrl.replace(/person=[^&]+/, 'person=x');
    expect((await w.stranger.fetch(forged)).status).toBe(404);
  });

  test('of an internal task it is missing for the client, in every way of asking', async () => {
    const task = await w.task({ visibility: 'INTERNAL', side: 'COMPANY' }, aFeed);
    const id = await deliver(w.pm, task.id, feed(10, 9));
    await judged(w.pm, id);
    for (const session of [w.member, w.lead, w.partner, w.stranger]) {
      expect(await seen(session, id)).toBe(null);
      const live = session.subscribe('subscription ($id: ID!) { validationProgress(submissionId: $id) { state } }', {
        id,
      });
      await expect(live.next()).rejects.toThrow('NOT_FOUND');
      for (const act of [
        'submissionRecheck(id: $id, input: { declared: [] })',
        'submissionAccept(id: $id, input: { revision: 1, reason: "x" })',
        'submissionRepair(id: $id, input: { revision: 1, idempotencyKey: "k", fixes: [{ rule: "price.format" }] })',
      ]) {
        const answer = await session.gql(`mutation ($id: ID!) { ${act} { userErrors { code } } }`, { id });
        expect(answer.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
      }
    }
  });

  test('a director and a viewer read it and change nothing; a token without its scope does not read it', async () => {
    const task = await w.task({}, aFeed);
    const id = await deliver(w.member, task.id, feed(10, 9));
    await judged(w.member, id);
    const nothing = { accept: false, recheck: false, repair: false };
    for (const session of [w.director, w.viewer, w.sponsor]) {
      expect(await seen(session, id)).toMatchObject({ viewerCan: nothing, report: { valid: 1 } });
      const answer = await session.gql(
        'mutation ($id: ID!) { submissionRecheck(id: $id, input: { declared: [] }) { userErrors { code } } }',
        { id },
      );
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    }
    const token = await tokenOf(w.member, ['TASKS_READ', 'PROJECTS_READ', 'COMMENTS_READ']);
    const asked = await token.gql(submissionText, { id });
    expect(asked.data?.node ?? null).toBe(null);
    const listed = await token.gql('query ($id: ID!) { task(id: $id) { latestSubmission { report { valid } } } }', {
      id: task.id,
    });
    expect(listed.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', scope: 'submissions:read' });
  });

  test('a link to the findings dies with the right, and after five minutes', async () => {
    const task = await w.task({}, aFeed);
    const id = await deliver(w.member, task.id, feed(10, 9));
    const { findingsUrl } = (await judged(w.partner, id)).report;
    expect((await w.app.anonymous().fetch(findingsUrl)).status).toBe(200);
    await w.app.services.db.update(tasks).set({ visibility: 'INTERNAL' }).where(eq(tasks.id, task.id));
    expect((await w.app.anonymous().fetch(findingsUrl)).status).toBe(404);
    await w.app.services.db.update(tasks).set({ visibility: 'SHARED' }).where(eq(tasks.id, task.id));
    w.app.clock.advance(5 * 60_000 + 1);
    expect((await w.app.anonymous().fetch(findingsUrl)).status).toBe(404);
  });
});
