import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { files, projects, reports } from '../../drizzle/schema/index.ts';
import { patch } from '../files/delivering.ts';
import { aFeed, feed, type ReportsWorld, startReportsWorld } from './reportsWorld.ts';

let w: ReportsWorld;
beforeAll(async () => {
  w = await startReportsWorld();
}, 120_000);
afterAll(() => w.close());

describe('what a person decides', () => {
  const acceptText = `mutation ($id: ID!, $input: SubmissionAcceptInput!) {
    submissionAccept(id: $id, input: $input) { submission { state } task { state } userErrors { code field } }
  }`;

  test('a PM accepts in spite of findings, with a reason that the client reads; a client does not', async () => {
    const task = await w.task({}, aFeed);
    const id = await w.deliver(w.member, task.id, feed(10, 9));
    expect((await w.judged(w.pm, id)).viewerCan).toEqual({ accept: true, recheck: true, repair: true });
    expect((await w.seen(w.member, id)).viewerCan).toEqual({ accept: false, recheck: true, repair: true });
    expect((await w.seen(w.viewer, id)).viewerCan).toEqual({ accept: false, recheck: false, repair: false });
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
    expect((await w.seen(w.member, id)).acceptance).toEqual({ reason: input.reason, by: { name: 'Of PM' } });
    const again = await w.pm.ask(acceptText, { id, input });
    expect(again.submissionAccept.userErrors).toMatchObject([{ code: 'NOT_REJECTED' }]);
  });

  test('columns that are chosen, and what is declared, make the report anew', async () => {
    const task = await w.task({}, aFeed);
    const text = feed(20, 0).replace('title,', 'whatever,');
    const id = await w.deliver(w.member, task.id, text);
    expect(await w.judged(w.member, id)).toMatchObject({ state: 'REJECTED' });
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
    const now = await w.judged(w.member, id);
    expect(now.state).toMatch(/^ACCEPTED/);
    expect(now.report.columns).toContainEqual({ source: 'whatever', column: 'title', how: 'CHOSEN' });
    expect((await w.taskNow(task.id)).state).toBe('IN_REVIEW');

    // Once a person looks at it, it is that which stands in the way, and it is said in words.
    const late = await w.member.ask(recheckText.replace('code field', 'code message'), { id, input: {} });
    expect(late.submissionRecheck.userErrors).toEqual([
      { code: 'WRONG_STATE', message: 'This is not possible now: the task is in review.' },
    ]);
  });
});

const changesText = `query ($id: ID!) { node(id: $id) { ... on Task {
  changes(last: 60) { nodes { kind facts { version repairs repairOf } } }
} } }`;

/** What the activity of a task says of each version, as its client reads it. */
async function finishes(taskId: string) {
  const { node } = await w.member.ask(changesText, { id: taskId });
  return node.changes.nodes.flatMap(({ kind, facts }: { kind: string; facts: object }) =>
    kind === 'submission.finished' ? [facts] : [],
  );
}

describe('what was done about a file before it was sent', () => {
  const createText = `mutation ($input: SubmissionCreateInput!) {
    submissionCreate(input: $input) { submission { id file { id } } userErrors { code field } }
  }`;
  const create = async (taskId: string, file: object) =>
    (
      await w.member.ask(createText, {
        input: { taskId, idempotencyKey: randomUUID(), file: { name: 'products.csv', ...file } },
      })
    ).submissionCreate;

  test('columns that were named count from the first run on, and that values were repaired is told', async () => {
    const task = await w.task({}, aFeed);
    const text = feed(20, 0).replace('title,', 'whatever,');
    const made = {
      repairs: 3,
      mapping: [{ source: 'whatever', column: 'title' }],
      declared: [{ key: 'currency', value: 'EUR' }],
    };
    const { submission, userErrors } = await create(task.id, { sizeBytes: text.length, ...made });
    expect(userErrors).toEqual([]);
    await patch(w.member, submission.file.id, 0, text);
    await w.finish(w.member, submission.id, task.id);
    const now = await w.judged(w.pm, submission.id);
    expect(now.state).toMatch(/^ACCEPTED/);
    expect(now).toMatchObject({ version: 1, repairs: 3, repairOf: null, report: { rows: 20, valid: 20, asks: [] } });
    expect(now.report.columns).toContainEqual({ source: 'whatever', column: 'title', how: 'CHOSEN' });
    const [kept] = await w.app.services.db.select().from(reports).where(eq(reports.submissionId, submission.id));
    expect(kept!.declared).toEqual({ currency: 'EUR' });
    expect(await finishes(task.id)).toEqual([{ version: 1, repairs: 3, repairOf: null }]);
  });

  test.each<[string, object, string]>([
    ['a column that the rules do not know', { mapping: [{ source: 'whatever', column: 'no such' }] }, 'file.mapping'],
    [
      'one column twice',
      {
        mapping: [
          { source: 'a', column: 'title' },
          { source: 'b', column: 'title' },
        ],
      },
      'file.mapping',
    ],
    [
      'something said with a control character',
      { declared: [{ key: 'currency', value: 'E\u0000R' }] },
      'file.declared',
    ],
  ])('%s is refused', async (_, made, field) => {
    const task = await w.task({}, aFeed);
    const { submission, userErrors } = await create(task.id, { sizeBytes: 10, ...made });
    expect([submission, userErrors]).toEqual([null, [{ code: 'MAPPING_INVALID', field }]]);
  });

  test('of a file that is not checked nothing is chosen', async () => {
    const task = await w.task({}, { ...aFeed, spec: { kind: 'FILE', acceptedExtensions: ['.csv'] } });
    const { userErrors } = await create(task.id, { sizeBytes: 10, mapping: [{ source: 'a', column: 'title' }] });
    expect(userErrors).toEqual([{ code: 'MAPPING_INVALID', field: 'file.mapping' }]);
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
    const id = await w.deliver(w.member, task.id, text);
    const { report } = await w.judged(w.member, id);
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

    const now = await w.judged(w.pm, done.submission.id);
    expect(now.state).toMatch(/^ACCEPTED/);
    expect(now.report).toMatchObject({ rows: 60, valid: 60, delta: { fixed: 20, new: 0 } });
    expect(now).toMatchObject({ repairs: 21, repairOf: { id } });
    expect(await finishes(task.id)).toEqual([
      { version: 1, repairs: null, repairOf: null },
      { version: 2, repairs: 21, repairOf: 1 },
    ]);
    expect((await w.taskNow(task.id)).state).toBe('IN_REVIEW');
    const written = await (await w.member.fetch(done.submission.file.downloadUrl)).text();
    const wanted = text
      .replaceAll('"12,90 EUR"', '"12.90 EUR"')
      .replace('Blue stoneware mug with handle no 60', '"Another stoneware mug, with a comma"');
    expect(written.replaceAll('"12.90 EUR"', '12.90 EUR')).toBe(wanted.replaceAll('"12.90 EUR"', '12.90 EUR'));
    const first = await w.seen(w.pm, id);
    expect(first).toMatchObject({ version: 1, state: 'SUPERSEDED', report: { valid: 40 } });
  });

  test('a preview shows some of each kind of repair, however often the first of them comes', async () => {
    const task = await w.task({}, aFeed);
    const text = feed(200, 200).replaceAll('Nordlicht', 'Nord\u0001licht').replace('SKU200,', ' SKU200,');
    const id = await w.deliver(w.member, task.id, text);
    const { report } = await w.judged(w.member, id);
    const fixes = report.findings
      .filter(({ fixable }: { fixable: number }) => fixable > 0)
      .map(({ rule, column }: { rule: string; column: string }) => ({ rule, column }));
    const { repairPreview } = await w.member.ask(previewText, { input: { submissionId: id, fixes } });
    const told = new Set(repairPreview.fixes.map(({ rule }: { rule: string }) => rule));
    expect(told.size).toBeGreaterThan(2);
    expect(new Set(repairPreview.pairs.map(({ rule }: { rule: string }) => rule))).toEqual(told);
    expect(repairPreview.pairs.length).toBeLessThanOrEqual(100);
  });

  test('where nothing would change there is no new version, and what does not count any more is not repaired', async () => {
    const task = await w.task({}, aFeed);
    const first = await w.deliver(w.member, task.id, feed(10, 10));
    await w.judged(w.member, first);
    const { revision } = await w.taskNow(task.id);
    const ask = async (id: string, fixes: object[]) =>
      (await w.member.ask(repairText, { id, input: { idempotencyKey: randomUUID(), revision, fixes } }))
        .submissionRepair.userErrors;
    expect(await ask(first, [])).toMatchObject([{ code: 'EMPTY', field: 'fixes' }]);
    expect(await ask(first, [{ rule: 'no.such.rule', column: null }])).toMatchObject([{ code: 'NOTHING_TO_REPAIR' }]);
    expect((await w.taskNow(task.id)).state).toBe('CHANGES_REQUESTED');
    await w.judged(w.member, await w.deliver(w.member, task.id, feed(11, 11)));
    const now = await w.taskNow(task.id);
    const input = { idempotencyKey: randomUUID(), revision: now.revision, fixes: [{ rule: 'price.format' }] };
    expect((await w.member.ask(repairText, { id: first, input })).submissionRepair.userErrors).toMatchObject([
      { code: 'NOTHING_TO_REPAIR' },
    ]);
  });

  test('what is repaired is written unpacked, and takes as much of the account’s room as it then is', async () => {
    const task = await w.task({}, { ...aFeed, spec: { ...aFeed.spec, acceptedExtensions: ['.gz'] } });
    const packed = gzipSync(feed(500, 500));
    const { id, fileId } = await w.begin(w.member, task.id, packed.length, 'products.csv.gz');
    await patch(w.member, fileId, 0, packed as BodyInit);
    await w.finish(w.member, id, task.id);
    const { report } = await w.judged(w.member, id);
    const [{ rule, column }] = report.findings;
    const { config } = w.app.services as { config: { maxAccountBytes: number } };
    const before = config.maxAccountBytes;
    const repair = async () => {
      const { revision } = await w.taskNow(task.id);
      const input = { idempotencyKey: randomUUID(), revision, fixes: [{ rule, column }] };
      return (await w.member.ask(repairText, { id, input })).submissionRepair;
    };
    try {
      config.maxAccountBytes = (await usedBytes()) + 3 * packed.length;
      expect((await repair()).userErrors).toMatchObject([{ code: 'STORAGE_FULL' }]);
      await w.app.services.jobs.runDue();
      expect(readdirSync(join(w.app.config.dataDir, 'repairs'))).toEqual([]);
      expect((await w.taskNow(task.id)).state).toBe('CHANGES_REQUESTED');
    } finally {
      config.maxAccountBytes = before;
    }
    const used = await usedBytes();
    const { submission, userErrors } = await repair();
    expect([userErrors, submission.file.name]).toEqual([[], 'products.csv']);
    const written = await (await w.member.fetch(submission.file.downloadUrl)).arrayBuffer();
    expect(written.byteLength).toBeGreaterThan(10 * packed.length);
    expect((await usedBytes()) - used).toBe(written.byteLength);
  });

  async function usedBytes(): Promise<number> {
    const rows = await w.app.services.db
      .select({ sizeBytes: files.sizeBytes })
      .from(files)
      .innerJoin(projects, eq(projects.id, files.projectId))
      .where(eq(projects.accountId, w.app.world.client.accountId!));
    return rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }
});
