import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeToken } from '../security/tokenActor.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { Session } from '../support/session.ts';

let app: TestApp;
let client: Session;
let fileId: string;
beforeAll(async () => {
  app = await startTestApp();
  const { db } = app.services;
  const stored = await db.query.files.findMany({ where: (file, { eq }) => eq(file.state, 'STORED') });
  const finished = await db.query.submissions.findMany({ where: (one, { isNotNull }) => isNotNull(one.finishedAt) });
  const file = stored.find(({ id }) => finished.some((one) => one.fileId === id))!;
  fileId = file.id;
  const owner = app.world.clients.find(({ project }) => project.id === file.projectId)!;
  client = await app.signIn(owner.people[0]!);
});
afterAll(() => app.close());

const query = 'query ($id: ID!) { node(id: $id) { ... on File { downloadUrl } } }';

test('[Z13] a link that a token asked for opens no longer than the token does', async () => {
  const { id, secret } = await makeToken(client, ['PROJECTS_READ', 'TASKS_READ', 'SUBMISSIONS_READ']);
  const token = new Session(app.url, '', null, secret);
  const { node } = await token.ask(query, { id: fileId });
  const anonymous = app.anonymous();
  expect((await anonymous.fetch(node.downloadUrl)).status).toBe(200);
  await client.ask('mutation ($id: ID!) { tokenRevoke(id: $id) { userErrors { code } } }', { id });
  expect((await anonymous.fetch(node.downloadUrl)).status).toBe(404);
  // What the person asked for by themselves is for their session, and no token opens it.
  const own = (await client.ask(query, { id: fileId })).node.downloadUrl;
  expect((await client.fetch(own)).status).toBe(200);
  const more = await makeToken(client, ['PROJECTS_READ', 'TASKS_READ', 'SUBMISSIONS_READ']);
  expect((await new Session(app.url, '', null, more.secret).fetch(own)).status).toBe(404);
  expect((await anonymous.fetch(own)).status).toBe(404);
});

test('a token without the scope of files gets no link, and sends no bytes', async () => {
  const { secret } = await makeToken(client, ['PROJECTS_READ', 'TASKS_READ']);
  const token = new Session(app.url, '', null, secret);
  expect((await token.ask(query, { id: fileId })).node).toBeNull();
  const head = await token.fetch(`/uploads/${fileId}`, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
  expect(head.status).toBe(404);
});
