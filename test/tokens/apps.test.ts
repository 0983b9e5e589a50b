import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../drizzle/schema/index.ts';
import { makeToken, tokenCreate } from '../security/tokenActor.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { Session } from '../support/session.ts';

let app: TestApp;
let admin: Session;
let appToken: { id: string; secret: string };
let program: Session;
beforeAll(async () => {
  app = await startTestApp();
  const { db } = app.services;
  const [, boss] = app.world.staff;
  await db.update(people).set({ role: 'ADMIN' }).where(eq(people.id, boss!.id));
  admin = await app.signIn(boss!);
  appToken = await makeToken(admin, ['PROJECTS_READ', 'TASKS_READ', 'COMMENTS_WRITE', 'PEOPLE_READ'], {
    appRole: 'CONTRIBUTOR',
  });
  program = new Session(app.url, '', null, appToken.secret);
});
afterAll(() => app.close());

const commentAdd = `mutation ($input: CommentAddInput!) {
  commentAdd(input: $input) { comment { id author { id name } } userErrors { code } }
}`;

test('an app acts under its own name, with the rights of its role and no more', async () => {
  const input = {
    taskId: app.world.clients[0]!.tasks[0]!.id,
    text: 'By a program',
    audience: 'INTERNAL',
    idempotencyKey: 'a',
  };
  const { commentAdd: done } = await program.ask(commentAdd, { input });
  expect(done).toMatchObject({ userErrors: [], comment: { author: { name: 'A test (app)' } } });
  const { viewer } = await program.ask('{ viewer { isStaff person { name role } } }');
  expect(viewer).toEqual({ isStaff: true, person: { name: 'A test (app)', role: 'CONTRIBUTOR' } });
});

test('an app is in no list of people, and nobody signs in as one', async () => {
  const { id } = app.world.clients[0]!.tasks.find((task) => task.visibility === 'SHARED')!;
  const pm = await app.signIn(app.world.pm);
  const { task } = await pm.ask('query ($id: ID!) { task(id: $id) { assignable { name } } }', { id });
  expect(task.assignable.length).toBeGreaterThan(0);
  expect(JSON.stringify(task.assignable)).not.toContain('(app)');
  const [row] = await app.services.db.select().from(people).where(eq(people.isApp, true));
  const asked = await app.anonymous().fetch('/auth/link', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: row!.email }),
  });
  expect(asked.status).toBe(202);
  expect((await app.mails()).filter((mail) => JSON.stringify(mail).includes('app.invalid'))).toEqual([]);
});

test('only an admin makes apps, sees them, and of these roles', async () => {
  const pm = await app.signIn(app.world.pm);
  const input = { name: 'Mine', scopes: ['PROJECTS_READ'], appRole: 'PM', idempotencyKey: 'b' };
  expect((await pm.gql(tokenCreate, { input })).errors[0]?.extensions?.code).toBe('FORBIDDEN');
  expect((await pm.ask('{ viewer { appRoles } tokens { nodes { id } } }')).tokens.nodes).toEqual([]);
  for (const appRole of ['ADMIN', 'CLIENT_MEMBER']) {
    const { errors } = await admin.gql(tokenCreate, { input: { ...input, appRole } });
    expect([appRole, errors[0]?.extensions?.code]).toEqual([appRole, 'BAD_USER_INPUT']);
  }
  const { viewer, tokens } = await admin.ask('{ viewer { appRoles } tokens { nodes { isApp person { name } } } }');
  expect(viewer.appRoles).toEqual(['CONTRIBUTOR', 'PM', 'MANAGER', 'DIRECTOR']);
  expect(tokens.nodes).toEqual([{ isApp: true, person: { name: 'A test (app)' } }]);
});

test('an admin ends the token of anybody; others know nothing of it', async () => {
  const client = await app.signIn(app.world.client);
  const { id, secret } = await makeToken(client, ['PROJECTS_READ']);
  const revoke = 'mutation ($id: ID!) { tokenRevoke(id: $id) { userErrors { code } } }';
  const pm = await app.signIn(app.world.pm);
  expect((await pm.gql(revoke, { id })).errors[0]?.extensions?.code).toBe('NOT_FOUND');
  expect((await pm.ask('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
  expect((await admin.gql(revoke, { id })).errors).toEqual([]);
  expect((await new Session(app.url, '', null, secret).gql('{ viewer { isStaff } }')).status).toBe(401);
});

test('with its token an app is gone, and what it did stays under its name', async () => {
  const { id } = appToken;
  await admin.ask('mutation ($id: ID!) { tokenRevoke(id: $id) { userErrors { code } } }', { id });
  expect((await program.gql('{ viewer { isStaff } }')).status).toBe(401);
  const task = app.world.clients[0]!.tasks[0]!;
  const query = 'query ($id: ID!) { task(id: $id) { comments { nodes { author { name } } } } }';
  const { comments } = (await admin.ask(query, { id: task.id })).task;
  expect(JSON.stringify(comments)).toContain('A test (app)');
});
