import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events, people, projects } from '../../drizzle/schema/index.ts';
import { type Role, roles } from '../../server/access/viewer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let admin: Session;

beforeAll(async () => {
  app = await startTestApp({ sample: true });
  await app.services.db.update(people).set({ role: 'ADMIN' }).where(eq(people.id, app.world.pm.id));
  admin = await app.signIn(app.world.pm);
}, 120_000);
afterAll(() => app.close());

const fetched = (search: string, session = admin) => session.fetch(`/exports/activity.csv${search}`);
/** The lines of the file as cells; what stands in quotes may hold lines of its own. */
async function linesOf(search: string): Promise<string[][]> {
  const response = await fetched(search);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="activity-2026-03-10.csv"');
  const text = (await response.text()).replace(/^\uFEFF/, '');
  return text
    .split('"\r\n')
    .filter(Boolean)
    .map((line) => line.slice(1).split('","'));
}
const kinds = (lines: string[][]) => lines.slice(1).map(([, , kind]) => kind);

test('every entry is a line, newest first', async () => {
  const lines = await linesOf('');
  const stored = await app.services.db.query.events.findMany({ orderBy: (event, { desc }) => desc(event.seq) });
  expect(stored.length).toBeGreaterThan(400);
  expect(lines[0]).toEqual(['When', 'Who', 'What', 'Client', 'Project', 'Task', 'Internal', 'Changes']);
  expect(kinds(lines)).toEqual(stored.map(({ kind }) => kind));
  expect(lines.slice(1).map(([when]) => when)).toEqual(stored.map(({ at }) => at.toISOString()));
});

test('as the list is narrowed, so is the file', async () => {
  const { accountId } = app.world.project;
  const own = await app.services.db.select({ id: projects.id }).from(projects).where(eq(projects.accountId, accountId));
  const ofClient = await linesOf(`?account=${accountId}&about=TASKS`);
  const stored = await app.services.db.query.events.findMany();
  const wanted = stored.filter(
    ({ kind, projectId }) => kind.startsWith('task.') && own.some(({ id }) => id === projectId),
  );
  expect(wanted.length).toBeGreaterThan(0);
  expect(kinds(ofClient)).toHaveLength(wanted.length);
  const [name] = [...new Set(ofClient.slice(1).map(([, , , client]) => client))];
  const { accounts } = await admin.ask('{ accounts(first: 100) { nodes { id name } } }');
  expect(accounts.nodes.find(({ id }: { id: string }) => id === accountId).name).toBe(name);
  const byClient = await linesOf(`?person=${app.world.client.id}`);
  expect(kinds(byClient)).toHaveLength(stored.filter(({ actorId }) => actorId === app.world.client.id).length);
  const { at } = stored[Math.floor(stored.length / 2)]!;
  expect(kinds(await linesOf(`?from=${at.toISOString()}`))).toHaveLength(stored.filter((one) => one.at >= at).length);
  expect(kinds(await linesOf(`?before=${at.toISOString()}`))).toHaveLength(stored.filter((one) => one.at < at).length);
  expect(kinds(await linesOf('?account=01a1ff99-08b0-79b5-9a19-d6a2a325eb60'))).toEqual([]);
});

test('the list itself is narrowed to a client: their projects, their people, and themselves', async () => {
  const { accountId } = app.world.project;
  await admin.ask(
    'mutation ($id: ID!, $input: AccountFactSetInput!) { accountFactSet(id: $id, input: $input) { userErrors { code } } }',
    { id: accountId, input: { key: 'shop.markets', value: 'Norway' } },
  );
  const query = `query ($filter: AuditFilter) { audit(filter: $filter, first: 100) {
    nodes { kind subjectId project { account { id } } } } }`;
  type Entry = { kind: string; subjectId: string; project: { account: { id: string } } | null };
  const nodes: Entry[] = (await admin.ask(query, { filter: { accountId } })).audit.nodes;
  expect(nodes[0]).toMatchObject({ kind: 'account.factSet', subjectId: accountId });
  for (const { project } of nodes) expect([accountId, undefined]).toContain(project?.account.id);
  expect((await admin.ask(query, { filter: { accountId: "' or 1=1 --" } })).audit.nodes).toEqual([]);
});

test('no spreadsheet runs what somebody wrote', async () => {
  const [project] = await app.services.db.select().from(projects).where(eq(projects.id, app.world.project.id));
  const mutation = `mutation ($id: ID!, $input: ProjectEditInput!) {
    projectEdit(id: $id, input: $input) { userErrors { message } } }`;
  const input = { revision: project!.revision, name: '=HYPERLINK("https://evil.example")' };
  expect((await admin.ask(mutation, { id: project!.id, input })).projectEdit.userErrors).toEqual([]);
  const [, first] = await linesOf(`?about=PROJECTS`);
  expect(first?.slice(2, 5)).toEqual(['project.edited', first?.[3], `'=HYPERLINK(""https://evil.example"")`]);
  expect(first?.[7]).toContain(`name: ${project!.name} → =HYPERLINK`);
});

test.each([['?about=NOTHING'], ['?person=1'], ['?account=x'], ['?from=yesterday'], ['?first=1']])(
  '%s is no address of a list',
  async (search) => {
    const response = await fetched(search);
    expect([response.status, (await response.json()).code]).toEqual([400, 'BAD_USER_INPUT']);
  },
);

const readers: readonly Role[] = ['MANAGER', 'DIRECTOR', 'ADMIN'];
test.each(roles)('%s takes it only where they read the list', async (role) => {
  const { db } = app.services;
  const person = app.world.clients[1]!.people[0]!;
  const [was] = await db.select().from(people).where(eq(people.id, person.id));
  await db.update(people).set({ role }).where(eq(people.id, person.id));
  const response = await fetched('?about=COMPANY', await app.signIn(person));
  expect(response.status).toBe(readers.includes(role) ? 200 : 404);
  await response.text();
  await db.update(people).set({ role: was!.role }).where(eq(people.id, person.id));
});

test('to a stranger, and to whoever is gone, the address does not exist', async () => {
  expect((await app.anonymous().fetch('/exports/activity.csv')).status).toBe(404);
  const person = app.world.staff.find(({ id }) => id !== app.world.pm.id)!;
  const session = await app.signIn(person);
  await app.services.db
    .update(people)
    .set({ role: 'ADMIN', removedAt: app.clock.now() })
    .where(eq(people.id, person.id));
  expect((await fetched('', session)).status).toBe(404);
  expect(await app.services.db.$count(events)).toBeGreaterThan(0);
});
