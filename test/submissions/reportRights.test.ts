import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tasks } from '../../drizzle/schema/index.ts';
import { tokenOf } from '../security/tokenActor.ts';
import { aFeed, feed, head, type ReportsWorld, startReportsWorld, submissionText } from './reportsWorld.ts';

let w: ReportsWorld;
beforeAll(async () => {
  w = await startReportsWorld();
}, 120_000);
afterAll(() => w.close());

describe('[Z14] a report is as hidden as its submission', () => {
  test('to another client it is missing, and so is everything that can be asked of it', async () => {
    const task = await w.task({}, aFeed);
    const id = await w.deliver(w.member, task.id, feed(10, 9));
    const { report } = await w.judged(w.member, id);
    expect(await w.seen(w.stranger, id)).toBe(null);
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
    const other = (await w.judged(w.member, await w.deliver(w.member, (await w.task({}, aFeed)).id, feed(9, 9)))).id;
    const link = new URL(report.findingsUrl, w.app.url);
    const changed = (name: string, value: string) => {
      const copy = new URL(link);
      copy.searchParams.set(name, value);
      return copy.pathname + copy.search;
    };
    const told = async (path: string) => {
      const answer = await w.stranger.fetch(path);
      const { requestId: _, ...rest } = (await answer.json()) as { requestId: string };
      return { status: answer.status, ...rest };
    };
    const missing = await told('/findings/00000000-0000-7000-8000-00000000abcd');
    expect(missing.status).toBe(404);
    for (const forged of [
      changed('person', 'x'),
      changed('person', w.pm.personId!),
      changed('expires', String(Number(link.searchParams.get('expires')) + 1)),
      changed('signature', ''),
      changed('disposition', 'inline'),
      `${report.findingsUrl}&person=${w.stranger.personId}`,
      report.findingsUrl.replace(id, other),
      `/findings/${id}`,
    ]) {
      expect([forged, await told(forged)]).toEqual([forged, missing]);
    }
  });

  test('of an internal task it is missing for the client, in every way of asking', async () => {
    const task = await w.task({ visibility: 'INTERNAL', side: 'COMPANY' }, aFeed);
    const id = await w.deliver(w.pm, task.id, feed(10, 9));
    await w.judged(w.pm, id);
    for (const session of [w.member, w.lead, w.partner, w.stranger]) {
      expect(await w.seen(session, id)).toBe(null);
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
    const id = await w.deliver(w.member, task.id, feed(10, 9));
    await w.judged(w.member, id);
    const nothing = { accept: false, recheck: false, repair: false };
    for (const session of [w.director, w.viewer, w.sponsor]) {
      expect(await w.seen(session, id)).toMatchObject({ viewerCan: nothing, report: { valid: 1 } });
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
    const id = await w.deliver(w.member, task.id, feed(10, 9));
    const { findingsUrl } = (await w.judged(w.partner, id)).report;
    const status = async (session = w.partner) => (await session.fetch(findingsUrl)).status;
    expect(await status()).toBe(200);
    for (const other of [w.app.anonymous(), w.stranger, w.member, w.pm]) expect(await status(other)).toBe(404);
    await w.app.services.db.update(tasks).set({ visibility: 'INTERNAL' }).where(eq(tasks.id, task.id));
    expect(await status()).toBe(404);
    await w.app.services.db.update(tasks).set({ visibility: 'SHARED' }).where(eq(tasks.id, task.id));
    w.app.clock.advance(5 * 60_000 + 1);
    expect(await status()).toBe(404);
  });
});
