import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { company, events, projects, taskPromises, tasks } from '../../../drizzle/schema/index.ts';
import { projectMove } from '../../../server/plan/projectMove.ts';
import { taskFlagStuck } from '../../../server/tasks/commands.ts';
import { taskCreate, taskEdit } from '../../../server/tasks/planning.ts';
import { taskPromise } from '../../../server/tasks/promises/commands.ts';
import { taskSetVisibility } from '../../../server/tasks/visibility.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import type { Session } from '../../support/session.ts';
import { as, rowOf, untie } from '../../tasks/taskRows.ts';

let app: TestApp;
let client: Session;
let pm: Session;
let projectId: string;
let phaseId: string;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.signIn(app.world.client);
  pm = await app.signIn(app.world.pm);
  projectId = app.world.project.id;
  const { project } = await pm.ask('query ($id: ID!) { project(id: $id) { phases { id } } }', { id: projectId });
  phaseId = project.phases[0].id;
});
afterAll(() => app.close());

const query = `query ($id: ID!, $withInternal: Boolean!, $after: String) { project(id: $id) { state court courtLedger(withInternal: $withInternal) {
  since until idleMinutes minutesPerDay
  shares { court minutes answerHours answers answersInTime daysKept daysMissed }
  turns(first: 100) { nodes { court from to minutes task { id } } }
  intervals(first: 100, after: $after) { nodes { court from to } pageInfo { hasNextPage endCursor } }
} } }`;
const ledgerOf = async (session: Session, withInternal = false) =>
  (await session.ask(query, { id: projectId, withInternal })).project.courtLedger;
const minutesBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 60_000;

describe('the ledger of a project', () => {
  test('[COURT-1] covers the time since clients know of it, page by page, and agrees with the court of now', async () => {
    const ledger = await ledgerOf(pm, true);
    const total = minutesBetween(ledger.since, ledger.until);
    expect(total).toBeGreaterThan(1_440);
    expect(ledger.shares.map(({ court }: { court: string }) => court)).toEqual([
      'CLIENT',
      'COMPANY',
      'THIRD_PARTY',
      'NOBODY',
    ]);
    expect(ledger.shares.reduce((sum: number, { minutes }: { minutes: number }) => sum + minutes, 0)).toBe(total);
    type Page = { nodes: { from: string; to: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    const pageAfter = async (after: string | null): Promise<Page> =>
      (await pm.ask(query, { id: projectId, withInternal: true, after })).project.courtLedger.intervals;
    const found: Page['nodes'] = [];
    for (let after: string | null = null, isMore = true; isMore; ) {
      const { nodes, pageInfo } = await pageAfter(after);
      found.push(...nodes);
      [after, isMore] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    expect([found[0]!.to, found.at(-1)!.from]).toEqual([ledger.until, ledger.since]);
    for (const [i, one] of found.slice(1).entries()) expect(one.to).toBe(found[i]!.from);
    const { project } = await pm.ask(query, { id: projectId, withInternal: true });
    expect(ledger.turns.nodes[0].court).toBe(project.court);
  });

  test('is the same for both sides', async () => {
    expect(await ledgerOf(client)).toEqual(await ledgerOf(pm));
  });

  test('[COURT-2] never shows internal work: not its minutes, its turns, nor that there is any', async () => {
    const before = await ledgerOf(client);
    const input = {
      phaseId,
      title: 'Secret work',
      type: 'WORK',
      side: 'COMPANY',
      visibility: 'INTERNAL',
      dueOn: '2020-01-01',
      idempotencyKey: 'secret',
    } as const;
    const { value: secret } = await taskCreate(as(app, 'PM'), input);
    expect(await ledgerOf(client)).toEqual(before);
    // Staff who ask for it see that it is the company's turn with it.
    const inside = (await ledgerOf(pm, true)).turns.nodes;
    app.clock.advance(3 * 60_000);
    expect((await ledgerOf(pm, true)).turns.nodes[0]).toMatchObject({ court: 'COMPANY', task: { id: secret.id } });
    expect(inside.length).toBeGreaterThan(0);
    // A client who asks for internal things gets what every client gets.
    expect(await ledgerOf(client, true)).toEqual(await ledgerOf(client));
    expect(JSON.stringify(await ledgerOf(client, true))).not.toContain(secret.id);

    // Shared, it counts from now on; hidden again, its time stays and its name goes.
    const set = async (visibility: 'SHARED' | 'INTERNAL') =>
      taskSetVisibility(as(app, 'PM'), secret.id, { revision: (await rowOf(app, secret.id)).revision, visibility });
    await set('SHARED');
    app.clock.advance(4 * 60_000);
    expect((await ledgerOf(client)).turns.nodes[0]).toMatchObject({ court: 'COMPANY', task: { id: secret.id } });
    await set('INTERNAL');
    app.clock.advance(60_000);
    const after = await ledgerOf(client);
    expect(JSON.stringify(after)).not.toContain(secret.id);
    expect(
      after.turns.nodes.find(
        (turn: { task: unknown; court: string }) => turn.task === null && turn.court === 'COMPANY',
      ),
    ).toBeTruthy();
    await app.services.db.update(tasks).set({ state: 'CANCELLED' }).where(eq(tasks.id, secret.id));
    await app.services.db
      .update(events)
      .set({ facts: { from: 'NOT_READY', to: 'CANCELLED' } })
      .where(and(eq(events.taskId, secret.id), eq(events.kind, 'task.ready')));
  });

  test('knows who owed a task before an edit, also of an older one that told it in its words alone', async () => {
    const input = {
      phaseId,
      title: 'Moves',
      type: 'WORK',
      side: 'CLIENT',
      visibility: 'SHARED',
      dueOn: '2020-01-02',
      idempotencyKey: 'moves',
    } as const;
    const { value: task } = await taskCreate(as(app, 'PM'), input);
    app.clock.advance(5 * 60_000);
    await taskEdit(as(app, 'PM'), task.id, { revision: task.revision, side: 'THIRD_PARTY' });
    app.clock.advance(5 * 60_000);
    const turns = async () =>
      (await ledgerOf(client)).turns.nodes
        .filter((turn: { task: { id: string } | null }) => turn.task?.id === task.id)
        .map((turn: { court: string; from: string; to: string }) => [turn.court, minutesBetween(turn.from, turn.to)]);
    const told = [
      ['THIRD_PARTY', 5],
      ['CLIENT', 5],
    ];
    expect(await turns()).toEqual(told);
    const edited = and(eq(events.taskId, task.id), eq(events.kind, 'task.edited'));
    await app.services.db
      .update(events)
      .set({ facts: { fields: 'side' } })
      .where(edited);
    expect(await turns()).toEqual(told);
  });

  test('counts by what the company promised, and by the days that were named', async () => {
    // The sample's own would count too, as its days pass.
    await app.services.db.delete(taskPromises);
    const { taskId } = await aTaskOfClient();
    const day = (await ledgerOf(client)).until.slice(0, 10);
    await taskPromise(as(app, 'CLIENT_MEMBER'), taskId, { revision: (await rowOf(app, taskId)).revision, on: day });
    app.clock.advance(3 * 86_400_000);
    const share = async () => (await ledgerOf(client)).shares[0];
    expect(await share()).toMatchObject({ court: 'CLIENT', answerHours: 16, daysKept: 0, daysMissed: 1 });
    await app.services.db.update(company).set({ clientAnswerHours: 1 });
    const strict = await share();
    await app.services.db.update(company).set({ clientAnswerHours: 400 });
    const mild = await share();
    expect([strict.answerHours, mild.answerHours]).toEqual([1, 400]);
    const late = (one: { answers: number; answersInTime: number }) => one.answers - one.answersInTime;
    expect([late(strict) > 0, late(mild)]).toEqual([true, 0]);
  });

  test('stands while it is on hold, and a day that was named need not be kept', async () => {
    const { taskId } = await aTaskOfClient();
    await taskPromise(as(app, 'CLIENT_MEMBER'), taskId, {
      revision: (await rowOf(app, taskId)).revision,
      on: (await ledgerOf(pm)).until.slice(0, 10),
    });
    const before = await ledgerOf(client);
    const move = async (step: 'HOLD' | 'RESUME', reason: string | null) => {
      const [row] = await app.services.db.select().from(projects).where(eq(projects.id, projectId));
      await projectMove(as(app, 'PM'), projectId, { revision: row!.revision, move: step, reason });
    };
    await move('HOLD', 'A pause');
    app.clock.advance(5 * 86_400_000);
    const held = await ledgerOf(client);
    expect(held.turns.nodes[0]).toMatchObject({ court: 'NOBODY', task: null });
    expect(held.shares.slice(0, 3)).toEqual(before.shares.slice(0, 3));
    await move('RESUME', null);
  });

  test('of a draft there is none, for nobody', async () => {
    const [row] = await app.services.db.select().from(projects).where(eq(projects.id, projectId));
    await app.services.db.update(projects).set({ activatedAt: null }).where(eq(projects.id, projectId));
    expect(await ledgerOf(pm, true)).toBeNull();
    await app.services.db.update(projects).set({ activatedAt: row!.activatedAt }).where(eq(projects.id, projectId));
  });
});

async function aTaskOfClient(dueOn = '2019-01-01') {
  const key = crypto.randomUUID();
  const input = {
    phaseId,
    title: 'Theirs',
    type: 'WORK',
    side: 'CLIENT',
    visibility: 'SHARED',
    dueOn,
    idempotencyKey: key,
  } as const;
  const { value } = await taskCreate(as(app, 'PM'), input);
  await untie(app, value.id);
  return { taskId: value.id };
}

test('a stuck task is with the side that can unblock it', async () => {
  const { taskId } = await aTaskOfClient('2018-01-01');
  await taskFlagStuck(as(app, 'CLIENT_MEMBER'), taskId, {
    revision: (await rowOf(app, taskId)).revision,
    reason: 'No access',
    side: 'COMPANY',
  });
  app.clock.advance(2 * 60_000);
  expect((await ledgerOf(client)).turns.nodes[0]).toMatchObject({ court: 'COMPANY', task: { id: taskId } });
});
