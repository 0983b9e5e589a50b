import { and, eq, ne } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { phases, projects, taskInputs, tasks } from '../../drizzle/schema/index.ts';
import { canaryOf } from '../security/furnished.ts';
import { makeTenants, type Tenants } from '../security/tenants.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { fieldsOf } from '../support/contract.ts';
import { canariesIn, Session } from '../support/session.ts';
import { type Guest, guestOn } from './guests.ts';

/*
 * The guest of the tenants' own task asks every door of the server for everything that there is, with the cookie that
 * opens that one task. What is hidden from the client is hidden from them, and so is everything else of the project.
 */
let app: TestApp;
let tenants: Tenants;
let guest: Guest;
let id: string;
/** Said of another shared task of the same project: the client reads it, the guest must not. */
const sibling = canaryOf('sibling', 'title');
const email = 'guest@isolation.example';

beforeAll(async () => {
  app = await startTestApp();
  tenants = await makeTenants(app);
  // It asks for all there is, secrets too: what a guest cannot hand in is not wanted, so that it can be given away.
  await app.services.db.update(taskInputs).set({ isRequired: false }).where(eq(taskInputs.taskId, tenants.own.task!));
  const { project } = tenants.own;
  const ofOthers = and(eq(tasks.projectId, project!), ne(tasks.id, tenants.own.task!));
  await app.services.db.update(tasks).set({ title: sibling, purpose: sibling, documentation: sibling }).where(ofOthers);
  await app.services.db.update(projects).set({ name: sibling }).where(eq(projects.id, project!));
  await app.services.db.update(phases).set({ name: sibling }).where(eq(phases.projectId, project!));
  const made = await guestOn(app, tenants.actors.lead, tenants.own.task!, email);
  guest = made.guest;
  id = made.id;
}, 120_000);
afterAll(() => app.close());

/** Words of other accounts, of the inside and of drafts, and secrets: nobody of the account receives one either. */
function hidden(): string[] {
  const { places, inside } = tenants;
  const said = [places.foreign, places.internal, places.draft].flatMap(({ canaries }) => Object.values(canaries));
  return [...said, ...Object.values(inside), places.own.canaries.secret!, sibling];
}

/** Everything that came back through a cookie, whatever it was asked for. */
async function asked(): Promise<Session> {
  const session = new Session(app.url, guest.session.cookie, null);
  const ids = { ...tenants.own, ...tenants.places.own.ids };
  for (const path of [
    `/handed/${id}`,
    ...Object.values(ids).flatMap((one) => [
      `/handed/${one}`,
      `/files/${one}`,
      `/uploads/${one}`,
      `/meetings/${one}.ics`,
    ]),
    `/first-look/${ids.project}/ask`,
    '/exports/integrations.csv',
    '/auth/options',
    '/company/logo',
  ])
    await session.fetch(path);
  return session;
}

test('reads the shared words of the task, and no hidden one comes through any address', async () => {
  const session = await asked();
  const bytes = session.bytesSeen();
  const { canaries } = tenants.places.own;
  expect(bytes).toContain(canaries.title);
  expect(bytes).toContain(canaries.comment);
  expect(canariesIn(bytes, hidden())).toEqual([]);
});

test('is told of nobody’s address, no file, no note, no person’s id and no other task', async () => {
  const { status, body } = await guest.page(id);
  expect(status).toBe(200);
  const text = JSON.stringify(body);
  const { canaries, ids } = tenants.places.own;
  for (const name of ['note', 'attachmentBytes', 'attachment', 'file'] as const) {
    if (canaries[name] !== undefined)
      expect({ name, isTold: text.includes(canaries[name]) }).toEqual({ name, isTold: false });
  }
  expect(text).not.toMatch(/@isolation\.example/);
  for (const [name, one] of Object.entries({ ...ids, project: tenants.own.project, account: tenants.own.account })) {
    // A comment's id marks its place in the conversation; it opens nothing.
    const isKnown = name === 'comment' || name === 'reply';
    if (one && !isKnown)
      expect({ name, isTold: text.includes(one) }).toEqual({ name, isTold: name === 'input' && text.includes(one) });
  }
  expect(Object.keys(body).sort()).toEqual(
    ['account', 'can', 'comments', 'company', 'expiresAt', 'giver', 'inputs', 'me', 'message', 'task'].sort(),
  );
});

test('is nobody to GraphQL: every query and mutation that needs a person refuses them', async () => {
  const session = new Session(app.url, guest.session.cookie, null);
  const anonymous = new Session(app.url, '', null);
  for (const kind of ['query', 'mutation'] as const) {
    for (const field of fieldsOf(kind)) {
      if (field.args.some((arg) => arg.type.toString().endsWith('!'))) continue;
      const text = `${kind} { ${field.name} { __typename } }`;
      const [as, out] = await Promise.all([session.gql(text), anonymous.gql(text)]);
      expect({ field: field.name, data: as.data }).toEqual({ field: field.name, data: out.data });
    }
  }
  const { errors } = await session.gql('query ($id: ID!) { task(id: $id) { id } }', { id: tenants.own.task });
  expect(errors.map((error) => error.extensions?.code)).toEqual(['UNAUTHENTICATED']);
});

test.each(['/graphql', '/notes/own'])('the socket %s does not open for the cookie', async (path) => {
  const { task } = await tenants.pm.ask('query ($id: ID!) { task(id: $id) { note { room } } }', {
    id: tenants.own.task,
  });
  const address = `${app.url.replace(/^http/, 'ws')}${path === '/notes/own' ? task.note.room : path}`;
  const protocols = path === '/graphql' ? ['graphql-transport-ws'] : [];
  const socket = new WebSocket(address, protocols, { headers: guest.session.headers });
  const outcome = await new Promise<string>((resolve) => {
    socket.on('unexpected-response', (_, response) => resolve(`refused ${response.statusCode}`));
    socket.on('error', () => resolve('refused'));
    socket.on('close', (code) => resolve(`closed ${code}`));
    socket.on('message', () => resolve('let in'));
    socket.on(
      'open',
      () => path === '/graphql' && socket.send(JSON.stringify({ type: 'connection_init', payload: {} })),
    );
  });
  socket.terminate();
  expect(outcome).toMatch(/^(refused 401|closed 4403)$/);
});

test('hands in for no input of another task, and not what needs a person of the account', async () => {
  const inputOf = async (taskId: string, kind: string) =>
    (await app.services.db.select().from(taskInputs).where(eq(taskInputs.taskId, taskId))).find(
      (one) => one.kind === kind,
    )!;
  const other = await inputOf(tenants.places.foreign.ids.task!, 'FORM');
  const own = await inputOf(tenants.own.task!, 'CREDENTIALS');
  const send = (inputId: string, more: object) =>
    guest.act(id, 'hand-in', { inputId, key: uuidv7(), revision: 1, ...more });
  expect((await send(other.id, { answers: [] })).status).toBe(404);
  expect((await send(other.id, { url: 'https://shop.example/' })).status).toBe(404);
  expect((await send(own.id, { answers: [] })).body.code).toBe('WRONG_KIND');
  expect((await send(own.id, { url: 'https://shop.example/' })).status).not.toBe(200);
});

test('a body with more than it may hold, or less, is no act', async () => {
  for (const [act, body] of [
    ['comment', { text: 1 }],
    ['comment', null],
    ['stuck', { reason: 'x' }],
    ['hand-in', { inputId: 'x' }],
    ['complete', { revision: '1' }],
  ] as const)
    expect({ act, status: (await guest.act(id, act, body)).status }).toEqual({ act, status: 400 });
  for (const act of ['taskWaive', '__proto__', 'constructor', 'note', '..'])
    expect((await guest.act(id, act)).status).toBeGreaterThanOrEqual(400);
});

test('another site cannot ask in their name', async () => {
  const response = await fetch(`${app.url}/handed/${id}/comment`, {
    method: 'POST',
    headers: { cookie: guest.session.cookie, origin: 'https://evil.example', 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'forged', key: uuidv7() }),
  });
  expect(response.status).toBe(403);
  // A client without the headers of a browser of today says in another way that it is no form of another site.
  const bare = await fetch(`${app.url}/handed/${id}`, { headers: { cookie: guest.session.cookie } });
  expect(bare.status).toBe(403);
  const form = await fetch(`${app.url}/handed/${id}/comment`, {
    method: 'POST',
    headers: { cookie: guest.session.cookie, origin: app.url, 'content-type': 'text/plain' },
    body: JSON.stringify({ text: 'forged', key: uuidv7() }),
  });
  expect(form.status).toBe(415);
});

test('says nothing internal by mail, and staff do not see a guest where they are not', async () => {
  const mails = (await app.mails()).filter((mail) => mail.to.includes(email));
  expect(mails.length).toBeGreaterThan(0);
  expect(canariesIn(mails.map((mail) => mail.raw + mail.text).join('\n'), hidden())).toEqual([]);
});
