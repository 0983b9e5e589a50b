import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, projectPartners, tasks } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';
import { put, untie } from './taskRows.ts';

let app: TestApp;
let lead: Session;
let partner: Session;
let member: Session;
let taskId: string;
let nextId: string;

const step = `query ($id: ID!) {
  project(id: $id) { nextStep { id } waitingOnOthers { id court awaited { name } } }
}`;
const task = `query ($id: ID!) { task(id: $id) { revision awaited { name } viewerCan { start submit } } }`;
const start = `mutation ($id: ID!, $input: TaskStartInput!) {
  taskStart(id: $id, input: $input) { userErrors { code } }
}`;

/** Somebody more at the first client, or its agency. */
async function somebody(role: 'CLIENT_MEMBER' | 'CLIENT_LEAD' | 'CLIENT_SPONSOR' | 'PARTNER', name: string) {
  const { db, clock } = app.services;
  const { account, project } = app.world.clients[0]!;
  const accountId = role === 'PARTNER' ? null : account.id;
  const [person] = await db
    .insert(people)
    .values({
      id: uuidv7(),
      name,
      email: `${uuidv7()}@example.com`,
      role,
      accountId,
      timeZone: 'Europe/Paris',
      isSample: true,
      createdAt: clock.now(),
      updatedAt: clock.now(),
    })
    .returning();
  if (role === 'PARTNER') {
    await db.insert(projectPartners).values({ projectId: project.id, personId: person!.id, createdAt: clock.now() });
  }
  return person!;
}

beforeAll(async () => {
  app = await startTestApp();
  const { project } = app.world;
  [lead, member, partner] = await Promise.all([
    app.signIn(await somebody('CLIENT_LEAD', 'Camille Durand')),
    app.signIn(await somebody('CLIENT_MEMBER', 'Théo Martin')),
    app.signIn(await somebody('PARTNER', 'Ola Berg')),
  ]);
  const [first, second] = app.world.clients[0]!.tasks;
  taskId = first!.id;
  nextId = second!.id;
  const { db } = app.services;
  await db.update(tasks).set({ state: 'DONE' }).where(eq(tasks.projectId, project.id));
  for (const id of [taskId, nextId]) {
    await untie(app, id);
  }
  await put(app, nextId, { state: 'READY', type: 'FORM', side: 'CLIENT', visibility: 'SHARED', dueOn: '2026-04-02' });
});
afterAll(() => app.close());

const projectOf = async (session: Session) => (await session.ask(step, { id: app.world.project.id })).project;

test('credentials are the next step of whoever may give them; a partner is told whom they wait for', async () => {
  await put(app, taskId, {
    state: 'READY',
    type: 'CREDENTIALS',
    side: 'CLIENT',
    visibility: 'SHARED',
    dueOn: '2026-04-01',
  });
  for (const session of [lead, member]) expect((await projectOf(session)).nextStep).toEqual({ id: taskId });
  const { nextStep, waitingOnOthers } = await projectOf(partner);
  expect(nextStep).toEqual({ id: nextId });
  expect(waitingOnOthers).toMatchObject([{ id: taskId, court: 'CLIENT' }]);
  const names = waitingOnOthers[0].awaited.map((one: { name: string }) => one.name);
  expect(names).toEqual(expect.arrayContaining(['Camille Durand', 'Théo Martin']));
  expect(names).not.toContain('Ola Berg');
});

test('an approval is the next step of a lead or sponsor, and a member can neither begin nor decide it', async () => {
  await put(app, taskId, {
    state: 'READY',
    type: 'APPROVAL',
    side: 'CLIENT',
    visibility: 'SHARED',
    dueOn: '2026-04-01',
  });
  const sponsor = await app.signIn(await somebody('CLIENT_SPONSOR', 'Inès Roux'));
  for (const session of [lead, sponsor]) expect((await projectOf(session)).nextStep).toEqual({ id: taskId });
  expect((await projectOf(member)).nextStep).toEqual({ id: nextId });
  const seen = (await member.ask(task, { id: taskId })).task;
  expect(seen).toMatchObject({ viewerCan: { start: false, submit: false } });
  const names = seen.awaited.map((one: { name: string }) => one.name);
  expect(names).toEqual(expect.arrayContaining(['Camille Durand', 'Inès Roux']));
  expect(names).not.toContain('Théo Martin');
  const refused = await member.gql(start, { id: taskId, input: { revision: seen.revision } });
  expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  expect((await lead.ask(task, { id: taskId })).task).toMatchObject({ awaited: [], viewerCan: { submit: true } });
});

test('what is stuck on the client’s side can be set going by a partner, whatever it asks for', async () => {
  await put(app, taskId, {
    state: 'IN_PROGRESS',
    type: 'CREDENTIALS',
    side: 'CLIENT',
    visibility: 'SHARED',
    dueOn: '2026-04-01',
    stuckSide: 'CLIENT',
    stuckSince: app.clock.now(),
  });
  expect((await projectOf(partner)).nextStep).toEqual({ id: taskId });
});

test('our own next step is the team’s, also of whoever only reads', async () => {
  await put(app, taskId, {
    state: 'READY',
    type: 'APPROVAL',
    side: 'COMPANY',
    dueOn: '2026-04-01',
    stuckSide: null,
    stuckSince: null,
  });
  for (const one of app.world.staff.filter(({ role }) => role !== 'ADMIN')) {
    expect((await projectOf(await app.signIn(one))).nextStep).toEqual({ id: taskId });
  }
});
