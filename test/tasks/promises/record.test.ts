import { and, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { taskPromises } from '../../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import type { Session } from '../../support/session.ts';
import { put } from '../taskRows.ts';

let app: TestApp;
let client: Session;
let pm: Session;
let stranger: Session;
let projectId: string;
let taskId: string;
let inside: string;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.signIn(app.world.client);
  pm = await app.signIn(app.world.pm);
  stranger = await app.signIn(app.world.otherClient);
  projectId = app.world.project.id;
  const own = app.world.clients[0]!.tasks;
  [taskId, inside] = [own[1]!.id, own[2]!.id];
  await app.services.db.delete(taskPromises).where(eq(taskPromises.projectId, projectId));
  await put(app, inside, { visibility: 'INTERNAL', side: 'COMPANY' });
});
afterAll(() => app.close());

const now = () => app.clock.now().getTime();
const at = (days: number) => new Date(now() + days * 86_400_000);
const dayOn = (days: number) => at(days).toISOString().slice(0, 10);

type Said = Partial<typeof taskPromises.$inferInsert>;
const say = async (of: Said): Promise<void> => {
  const personId = app.world.client.id;
  const base = { id: uuidv7(), projectId, taskId, personId, side: 'CLIENT', audience: 'SHARED' } as const;
  await app.services.db.insert(taskPromises).values({ ...base, at: at(-10), promisedOn: dayOn(3), ...of });
};

const query = `query ($id: ID!, $first: Int!, $after: String) { project(id: $id) { promises(first: $first, after: $after) {
  nodes { on side at result endedOn daysOver by { name } task { id title } } pageInfo { hasNextPage endCursor } } } }`;
type Told = {
  on: string;
  side: string;
  result: string;
  endedOn: string | null;
  daysOver: number;
  task: { id: string } | null;
};
type Page = { nodes: Told[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
const recordOf = async (by: Session, first = 100, after: string | null = null): Promise<Page> =>
  (await by.ask(query, { id: projectId, first, after })).project.promises;

test('says of every day what became of it, newest first, and the same to both sides', async () => {
  await say({ at: at(-12), promisedOn: dayOn(-8), endedAt: at(-9), endedBy: 'LEFT' });
  await say({ at: at(-11), promisedOn: dayOn(-6), endedAt: at(-4), endedBy: 'LEFT' });
  await say({ at: at(-7), promisedOn: dayOn(-1), endedAt: at(-5), endedBy: 'MOVED' });
  await say({ at: at(-6), promisedOn: dayOn(-3), side: 'COMPANY', personId: app.world.pm.id });
  await say({ at: at(-2), promisedOn: dayOn(5) });
  const record = await recordOf(client);
  expect(record.nodes.map(({ on, side, result, endedOn, daysOver }) => [on, side, result, endedOn, daysOver])).toEqual([
    [dayOn(5), 'CLIENT', 'OPEN', null, 0],
    [dayOn(-3), 'COMPANY', 'MISSED', null, 3],
    [dayOn(-1), 'CLIENT', 'CHANGED', dayOn(-5), 0],
    [dayOn(-6), 'CLIENT', 'MISSED', dayOn(-4), 2],
    [dayOn(-8), 'CLIENT', 'KEPT', dayOn(-9), 0],
  ]);
  expect(record.nodes[0]).toMatchObject({ by: { name: app.world.client.name }, task: { id: taskId } });
  expect(await recordOf(pm)).toEqual(record);
});

test('holds as many kept and missed days as the ledger counts', async () => {
  const ledger = '{ courtLedger { shares { court daysKept daysMissed } } }';
  const { project } = await client.ask(`query ($id: ID!) { project(id: $id) ${ledger} }`, { id: projectId });
  const { nodes } = await recordOf(client);
  for (const court of ['CLIENT', 'COMPANY', 'THIRD_PARTY']) {
    const of = (result: string) => nodes.filter((one) => one.side === court && one.result === result).length;
    expect(project.courtLedger.shares).toContainEqual({ court, daysKept: of('KEPT'), daysMissed: of('MISSED') });
  }
});

test('is read page by page, also where days were named in one moment', async () => {
  await say({ at: at(-3), promisedOn: dayOn(1), endedAt: at(-3), endedBy: 'MOVED' });
  await say({ at: at(-3), promisedOn: dayOn(2), endedAt: at(-3), endedBy: 'MOVED' });
  const whole = await recordOf(client);
  expect([whole.nodes.length, whole.pageInfo.hasNextPage]).toEqual([7, false]);
  const found: Told[] = [];
  for (let after: string | null = null, isMore = true; isMore; ) {
    const page: Page = await recordOf(client, 1, after);
    found.push(...page.nodes);
    [after, isMore] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
  }
  expect(found).toEqual(whole.nodes);
});

test.each([['["now","then"]'], ['[1,"then"]'], ['[1]'], ['nothing']])(
  'a cursor that was never given, %s, is refused',
  async (key) => {
    const after = Buffer.from(key).toString('base64url');
    const { errors } = await client.gql(query, { id: projectId, first: 1, after });
    expect(errors.map((error) => error.extensions?.code)).toEqual(['BAD_USER_INPUT']);
  },
);

test('never tells a client of a day that staff named among themselves, on an internal task or on one shared since', async () => {
  const before = await recordOf(client);
  const staff = { audience: 'INTERNAL', side: 'COMPANY', personId: app.world.pm.id } as const;
  await say({ ...staff, taskId: inside, at: at(-1) });
  await say({ ...staff, at: at(-1), promisedOn: dayOn(-2), endedAt: at(0), endedBy: 'LEFT' });
  expect(await recordOf(client)).toEqual(before);
  expect(await recordOf(pm)).toEqual(before);
  // Nor does a page of one, or what follows it, leave room for them.
  const first = await recordOf(client, 1);
  expect([first.nodes, (await recordOf(client, 100, first.pageInfo.endCursor)).nodes]).toEqual([
    before.nodes.slice(0, 1),
    before.nodes.slice(1),
  ]);
});

test('a task that was hidden since keeps its day, and loses its name', async () => {
  await say({ taskId: inside, at: at(-1), promisedOn: dayOn(4), side: 'COMPANY', personId: app.world.pm.id });
  const newest = async (by: Session) => (await recordOf(by)).nodes[0];
  expect(await newest(client)).toMatchObject({ on: dayOn(4), side: 'COMPANY', task: null });
  expect(await newest(pm)).toMatchObject({ on: dayOn(4), task: { id: inside } });
  await app.services.db
    .delete(taskPromises)
    .where(and(eq(taskPromises.projectId, projectId), eq(taskPromises.taskId, inside)));
});

test('another account finds no such project', async () => {
  expect((await stranger.ask(query, { id: projectId, first: 5 })).project).toBeNull();
});
