import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people, sessions, tasks } from '../../drizzle/schema/index.ts';
import { offsetOf, patch, tus } from '../files/delivering.ts';
import { tokenOf } from '../security/tokenActor.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';
import { aFeed, feed, type ReportsWorld, startReportsWorld } from './reportsWorld.ts';

let w: ReportsWorld;
beforeAll(async () => {
  w = await startReportsWorld();
}, 120_000);
afterAll(() => w.close());

const repairText = `mutation ($id: ID!, $input: SubmissionRepairInput!) {
  submissionRepair(id: $id, input: $input) { submission { id version } task { state } userErrors { code } }
}`;
const acceptText = `mutation ($id: ID!, $input: SubmissionAcceptInput!) {
  submissionAccept(id: $id, input: $input) { submission { state } task { state } userErrors { code } }
}`;
const versionsText = `query ($id: ID!) { task(id: $id) {
  state inputs { arriving { id submittedBy { id } file { name } } submissions { nodes { id version state } } }
} }`;

async function inputOf(session: Session, taskId: string) {
  const { task } = await session.ask(versionsText, { id: taskId });
  return { state: task.state, ...task.inputs[0] };
}

/** A task whose first version was rejected, as it stands for whoever sees it now. */
async function rejected(rows: number) {
  const task = await w.task({}, aFeed);
  const id = await w.deliver(w.member, task.id, feed(rows, rows));
  const { report } = await w.judged(w.member, id);
  const { revision } = await w.taskNow(task.id);
  const [{ rule, column }] = report.findings;
  return { taskId: task.id, id, revision, fixes: [{ rule, column }] };
}

describe('two people at once', () => {
  test('who both repair the same version make one next version; the other is told', async () => {
    const { taskId, id, revision, fixes } = await rejected(31);
    const keys = [randomUUID(), randomUUID()];
    const repair = async (session: Session, idempotencyKey: string, seen: number) =>
      (await session.ask(repairText, { id, input: { idempotencyKey, revision: seen, fixes } })).submissionRepair;
    const both = await Promise.all([repair(w.member, keys[0]!, revision), repair(w.lead, keys[1]!, revision)]);
    const codes = both.map(({ userErrors }) => userErrors[0]?.code ?? 'done').sort();
    expect(codes).toEqual(['CONFLICT', 'done']);
    const won = both.find(({ userErrors }) => userErrors.length === 0)!;
    await w.judged(w.pm, won.submission.id);
    const { state, submissions } = await inputOf(w.pm, taskId);
    expect([state, submissions.nodes.map((one: { version: number }) => one.version)]).toEqual(['IN_REVIEW', [2, 1]]);
  });

  test('one accepts a version while another hands in the next: one of the two counts, and nothing stands between', async () => {
    for (const isAcceptFirst of [true, false]) {
      const { taskId, id, revision } = await rejected(isAcceptFirst ? 32 : 33);
      const text = feed(isAcceptFirst ? 34 : 35, 0);
      const next = await w.begin(w.lead, taskId, text.length);
      await patch(w.lead, next.fileId, 0, text);
      const accept = () => w.pm.ask(acceptText, { id, input: { revision, reason: 'It is a test shop.' } });
      const finish = () => w.finish(w.lead, next.id, taskId);
      const [first, second] = isAcceptFirst ? [accept(), finish()] : [finish(), accept()];
      await Promise.all([first, second]);
      const now = await eventually(async () => {
        const found = await inputOf(w.pm, taskId);
        return found.state !== 'SUBMITTED' && found;
      }, 20_000);
      const states = now.submissions.nodes.map((one: { state: string }) => one.state);
      expect(now.state).toBe('IN_REVIEW');
      expect([['ACCEPTED_WITH_WARNINGS'], ['ACCEPTED', 'SUPERSEDED']]).toContainEqual(states);
    }
  });

  test('a version that is accepted while the next is on its way: what is on its way can no longer be handed in unseen', async () => {
    const { taskId, id, revision } = await rejected(36);
    const text = feed(37, 0);
    const next = await w.begin(w.lead, taskId, text.length);
    await patch(w.lead, next.fileId, 0, text.slice(0, 500));
    await w.pm.ask(acceptText, { id, input: { revision, reason: 'It is a test shop.' } });
    await patch(w.lead, next.fileId, 500, text.slice(500));
    expect((await w.finish(w.lead, next.id, taskId)).userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
    expect((await inputOf(w.pm, taskId)).submissions.nodes).toMatchObject([{ version: 1 }]);
  });

  test('the same upload sent twice at once is one file, byte for byte', async () => {
    const task = await w.task({}, aFeed);
    const text = feed(1_000, 0);
    const { id, fileId } = await w.begin(w.member, task.id, text.length);
    const sent = await Promise.all([patch(w.member, fileId, 0, text), patch(w.member, fileId, 0, text)]);
    expect(sent.map(({ status }) => status)).toContain(204);
    expect(await offsetOf(w.member, fileId)).toBe(text.length);
    const finished = await Promise.all([w.finish(w.member, id, task.id), w.finish(w.member, id, task.id)]);
    expect(finished.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(await w.judged(w.pm, id)).toMatchObject({ version: 1, state: 'ACCEPTED', report: { valid: 1_000 } });
  });
});

describe('a file that changes between two parts of an upload', () => {
  test('that became longer or shorter is never taken for whole', async () => {
    const text = feed(50, 0);
    const half = text.length >> 1;
    for (const rest of [`${text.slice(half)}one more line\n`, text.slice(half, -20)]) {
      const task = await w.task({}, aFeed);
      const { id, fileId } = await w.begin(w.member, task.id, text.length);
      await patch(w.member, fileId, 0, text.slice(0, half));
      const { status } = await patch(w.member, fileId, half, rest);
      expect(status).toBe(rest.length > text.length - half ? 413 : 204);
      expect((await w.finish(w.member, id, task.id)).userErrors).toMatchObject([{ code: 'UPLOAD_INCOMPLETE' }]);
      expect((await w.seen(w.pm, id)).report?.state ?? 'none').not.toBe('DONE');
    }
  });

  test('of the same length is judged as what it has become, and the seam is found in its row', async () => {
    const task = await w.task({}, aFeed);
    const [before, after] = [feed(50, 0), feed(51, 0).replace('SKU1,', 'SKU,').slice(0, feed(50, 0).length)];
    const half = before.indexOf('SKU25,') + 12;
    const { id, fileId } = await w.begin(w.member, task.id, before.length);
    await patch(w.member, fileId, 0, before.slice(0, half));
    await patch(w.member, fileId, half, after.slice(half + 20) + after.slice(half, half + 20));
    await w.finish(w.member, id, task.id);
    const { state, report } = await w.judged(w.pm, id);
    expect([state, report.rows]).not.toEqual(['ACCEPTED', 50]);
    expect(report.findings[0].samples[0]).toMatchObject({ row: expect.any(Number), line: expect.any(Number) });
  });
});

describe('[Z14] a file that is on its way', () => {
  test('is seen by its sender and by the company, and by nobody else', async () => {
    const task = await w.task({}, aFeed);
    const text = feed(500, 0);
    const { id, fileId } = await w.begin(w.member, task.id, text.length);
    await patch(w.member, fileId, 0, text.slice(0, 1_000));
    for (const session of [w.pm, w.director, w.member]) {
      expect((await inputOf(session, task.id)).arriving).toMatchObject({ id, file: { name: 'products.csv' } });
    }
    for (const session of [w.lead, w.sponsor, w.viewer, w.partner]) {
      expect((await inputOf(session, task.id)).arriving).toBeNull();
    }
    expect((await w.stranger.ask(versionsText, { id: task.id })).task).toBeNull();

    // Without its scope a token does not learn of it, whoever's token it is.
    const token = await tokenOf(w.pm, ['TASKS_READ', 'PROJECTS_READ']);
    const asked = await token.gql('query ($id: ID!) { task(id: $id) { inputs { arriving { id } } } }', { id: task.id });
    expect(asked.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', scope: 'submissions:read' });
    expect(JSON.stringify(asked.data ?? null)).not.toContain(id);

    await w.app.services.db.update(tasks).set({ visibility: 'INTERNAL' }).where(eq(tasks.id, task.id));
    for (const session of [w.member, w.lead, w.partner]) {
      expect((await session.ask(versionsText, { id: task.id })).task).toBeNull();
    }
    expect((await patch(w.member, fileId, 1_000, text.slice(1_000))).status).toBe(404);
    expect((await inputOf(w.pm, task.id)).arriving).toMatchObject({ id });
  });

  test('of a person who was removed goes no further, and is gone once it is given up', async () => {
    const task = await w.task({}, aFeed);
    const text = feed(500, 0);
    const { id, fileId } = await w.begin(w.partner, task.id, text.length);
    await patch(w.partner, fileId, 0, text.slice(0, 1_000));
    expect((await inputOf(w.pm, task.id)).arriving).toMatchObject({ id });
    const { db, clock } = w.app.services;
    const person = eq(people.id, w.partner.personId!);
    const kept = await db.select().from(sessions).where(eq(sessions.personId, w.partner.personId!));
    await db.update(people).set({ removedAt: clock.now() }).where(person);
    expect((await patch(w.partner, fileId, 1_000, text.slice(1_000))).status).toBe(404);
    const asked = await w.partner.gql(versionsText, { id: task.id });
    expect(JSON.stringify(asked)).not.toContain(id);
    await db.update(people).set({ removedAt: null }).where(person);
    await db.insert(sessions).values(kept).onConflictDoNothing();
    expect((await w.partner.fetch(`/uploads/${fileId}`, { method: 'DELETE', headers: tus })).status).toBe(204);
    expect((await inputOf(w.pm, task.id)).arriving).toBeNull();
  });
});
