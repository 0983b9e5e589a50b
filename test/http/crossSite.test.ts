import { connect } from 'node:net';
import { count } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { comments, files, sessions } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let client: Session;
let taskId: string;
let owner: TestApp['world']['clients'][number];
beforeAll(async () => {
  app = await startTestApp();
  const task = app.world.task({ type: 'FILE', state: 'READY', visibility: 'SHARED' });
  taskId = task.id;
  owner = app.world.clients.find((each) => each.project.id === task.projectId)!;
  client = await app.signIn(owner.people[0]!);
});
afterAll(() => app.close());

const commentAdd = `mutation Add($input: CommentAddInput!) { commentAdd(input: $input) { userErrors { code } comment { id } } }`;
const variables = () => ({
  input: { taskId, text: 'Cross-site', audience: 'SHARED', idempotencyKey: crypto.randomUUID() },
});
const howMany = async () => (await app.services.db.select({ n: count() }).from(comments))[0]!.n;

test('[S12] a mutation by GET is refused and not executed', async () => {
  const before = await howMany();
  const query = new URLSearchParams({ query: commentAdd, variables: JSON.stringify(variables()) });
  for (const headers of [{}, { 'apollo-require-preflight': '1' }, { 'content-type': 'application/json' }]) {
    const answer = await client.fetch(`/graphql?${query}`, { headers: headers as Record<string, string> });
    const wanted = 'apollo-require-preflight' in headers || 'content-type' in headers ? [405] : [400, 405];
    expect(wanted).toContain(answer.status);
  }
  expect(await howMany()).toBe(before);
});

test('[S13] a body that a form could send executes nothing', async () => {
  const before = await howMany();
  const body = JSON.stringify({ query: commentAdd, variables: variables() });
  const form = `query=${encodeURIComponent(commentAdd)}&variables=${encodeURIComponent(JSON.stringify(variables()))}`;
  for (const [type, sent] of [
    ['text/plain', body],
    ['application/x-www-form-urlencoded', form],
    [
      'multipart/form-data; boundary=x',
      `--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${body}\r\n--x--`,
    ],
    ['text/plain; application/json', body],
    ['', body],
  ] as const) {
    // The same body with our own Origin: the type alone is reason enough.
    const answer = await client.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': type },
      body: new TextEncoder().encode(sent),
    });
    expect([type, [400, 415].includes(answer.status)]).toEqual([type, true]);
  }
  expect(await howMany()).toBe(before);
});

test('[S13] JSON of another site executes nothing, with the cookie or without', async () => {
  const before = await howMany();
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${app.url}.evil.example` },
  ]) {
    const body = JSON.stringify({ query: commentAdd, variables: variables() });
    const answer = await client.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  }
  expect(await howMany()).toBe(before);
});

test('[S14] an upload from another site is refused with the cookie', async () => {
  const { submissionCreate } = await client.ask(
    `mutation Create($input: SubmissionCreateInput!) {
      submissionCreate(input: $input) { userErrors { code message } submission { uploadUrl } }
    }`,
    {
      input: {
        taskId,
        idempotencyKey: 'cross-site',
        file: { name: 'feed.csv', sizeBytes: 4, contentType: 'text/csv' },
      },
    },
  );
  const { pathname } = new URL(submissionCreate.submission.uploadUrl, app.url);
  const tus = { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
  for (const origin of ['https://evil.example', 'null']) {
    for (const method of ['PATCH', 'DELETE', 'POST']) {
      const answer = await client.fetch(pathname, { method, headers: { ...tus, origin }, body: 'a,b\n' });
      expect([origin, method, answer.status]).toEqual([origin, method, 403]);
    }
  }
  const noOrigin = await fetch(app.url + pathname, {
    method: 'PATCH',
    headers: { ...tus, cookie: client.cookie, 'sec-fetch-site': 'cross-site' },
    body: 'a,b\n',
  });
  expect(noOrigin.status).toBe(403);
  const own = await client.fetch(pathname, { method: 'PATCH', headers: tus, body: 'a,b\n' });
  expect(own.status).toBe(204);
  expect(await app.services.db.select().from(files)).not.toEqual([]);
});

/** The status of a handshake: 101 when it went through. */
function handshake(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    const lines = Object.entries({
      Host: new URL(app.url).host,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      ...(path === '/graphql' ? { 'Sec-WebSocket-Protocol': 'graphql-transport-ws' } : {}),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}`);
    socket.on('error', reject);
    socket.once('data', (chunk) => {
      resolve(Number(chunk.toString('latin1').split(' ')[1]));
      socket.destroy();
    });
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  });
}

test('[S15] a WebSocket handshake with a valid cookie from another origin ends with 403 before 101', async () => {
  const note = owner.tasks.find((task) => task.noteId !== null && task.visibility === 'SHARED');
  const paths = ['/graphql', ...(note ? [`/notes/${note.noteId}.1`] : [])];
  const port = new URL(app.url).port;
  const origins = [
    'https://evil.example',
    'null',
    `${app.url}.evil.example`,
    `http://evillocalhost:${port}`,
    `https://localhost:${port}`,
    `http://localhost:${port}0`,
  ];
  for (const path of paths) {
    expect([path, await handshake(path, { Cookie: client.cookie, Origin: app.url })]).toEqual([path, 101]);
    expect([path, await handshake(path, { Cookie: client.cookie })]).toEqual([path, 403]);
    for (const origin of origins) {
      const status = await handshake(path, { Cookie: client.cookie, Origin: origin });
      expect([path, origin, status]).toEqual([path, origin, 403]);
    }
    const rebound = await handshake(path, {
      Cookie: client.cookie,
      Host: 'evil.example',
      Origin: 'http://evil.example',
    });
    expect([path, rebound]).toEqual([path, 403]);
  }
});

test('[S3] signing out in one browser ends the sessions and sockets of the others within two seconds', async () => {
  const stranger = app.world.clients.find((each) => each !== owner)!.people[0]!;
  const [here, there] = [await app.signIn(stranger), await app.signIn(stranger)];
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: there.headers,
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const signOut = await here.fetch('/auth/sign-out', { method: 'POST' });
  expect(signOut.status).toBe(200);
  let code = 0;
  void closed.then((value) => {
    code = value;
  });
  await eventually(() => code === 4403, 2_000);
  for (const session of [here, there]) {
    expect((await session.ask('{ viewer { landsOn } }')).viewer).toBeNull();
    expect((await session.gql('{ projects { totalCount } }')).errors[0]!.extensions?.code).toBe('UNAUTHENTICATED');
  }
});

test('the viewer knows who they are, where they land and what they may send', async () => {
  const query = `{
    company { name }
    viewer {
      isStaff landsOn maxUploadBytes maxCommentCharacters
      person { id name role isStaff accountName } account { id name website } company { name }
    }
  }`;
  const { world } = app;
  const own = await client.ask(query);
  expect(own.viewer).toMatchObject({
    isStaff: false,
    landsOn: `/projects/${owner.project.id}`,
    maxUploadBytes: app.config.maxUploadBytes,
    maxCommentCharacters: 20_000,
    person: { id: owner.people[0]!.id, role: 'CLIENT_MEMBER', accountName: owner.account.name },
    account: { id: owner.account.id },
  });
  const pm = await (await app.signIn(world.pm)).ask(query);
  expect(pm.viewer).toMatchObject({ isStaff: true, landsOn: '/overview', account: null });
  const nobody = await app.anonymous().ask(query);
  expect(nobody).toEqual({ viewer: null, company: own.company });
});

test('every page and refusal carries the policy of the page', async () => {
  for (const path of [
    '/',
    '/sign-in',
    '/graphql',
    '/auth/options',
    '/auth/nothing',
    '/uploads/x',
    '/assets/missing.js',
  ]) {
    const answer = await app.anonymous().fetch(path);
    expect([path, answer.headers.get('content-security-policy')]).toEqual([
      path,
      expect.stringContaining("default-src 'none'"),
    ]);
    expect([path, answer.headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
  }
  expect((await app.services.db.select().from(sessions)).length).toBeGreaterThan(0);
});
