import { createClient } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { apiTokens, events } from '../../drizzle/schema/index.ts';
import { maxTokens } from '../../server/tokens/commands.ts';
import { makeToken, readEverything, tokenCreate, tokenOf } from '../security/tokenActor.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { Session } from '../support/session.ts';

let app: TestApp;
let client: Session;
let projectId: string;
let taskId: string;
beforeEach(async () => {
  app = await startTestApp();
  const owner = app.world.clients[0]!;
  client = await app.signIn(owner.people[0]!);
  projectId = owner.project.id;
  taskId = owner.tasks.find((task) => task.noteId && task.visibility === 'SHARED')!.id;
});
afterEach(() => app.close());

const me = '{ viewer { person { id name } } }';
const revoke = 'mutation ($id: ID!) { tokenRevoke(id: $id) { token { id revokedAt } userErrors { code } } }';
const changes = `subscription ($projectId: ID!) { changes(projectId: $projectId) { __typename } }`;
const day = 86_400_000;
const later = (days: number) => new Date(app.clock.now().getTime() + days * day);
const input = (over: object = {}) => ({
  name: 'Feed check',
  scopes: readEverything,
  idempotencyKey: crypto.randomUUID(),
  ...over,
});

describe('[S17] a token', () => {
  test('is told once, kept as a hash, and known by its first characters', async () => {
    const first = input();
    const { tokenCreate: made } = await client.ask(tokenCreate, { input: first });
    expect(made).toMatchObject({
      userErrors: [],
      token: { isApp: false, lastUsedAt: null, person: { id: client.personId } },
    });
    expect(made.secret.startsWith(made.token.prefix)).toBe(true);
    const { tokenCreate: again } = await client.ask(tokenCreate, { input: first });
    expect([again.token.id, again.secret]).toEqual([made.token.id, null]);
    const stored = JSON.stringify(await app.services.db.select().from(apiTokens));
    expect(stored).not.toContain(made.secret.slice(10));
    expect(JSON.stringify(await app.services.db.select().from(events))).not.toContain(made.secret.slice(10));
    const { tokens } = await client.ask('{ tokens { nodes { id name prefix scopes } } }');
    expect(tokens.nodes).toEqual([
      { id: made.token.id, name: 'Feed check', prefix: made.token.prefix, scopes: readEverything },
    ]);
  });

  test('acts as its person, and says when it was last used, to the minute', async () => {
    const token = await tokenOf(client);
    const { viewer } = await token.ask(me);
    expect(viewer.person.id).toBe(client.personId);
    const lastUsed = async () => (await client.ask('{ tokens { nodes { lastUsedAt } } }')).tokens.nodes[0].lastUsedAt;
    const first = await lastUsed();
    expect(first).toBe(app.clock.now().toISOString());
    app.clock.advance(30_000);
    await token.ask(me);
    expect(await lastUsed()).toBe(first);
    app.clock.advance(31_000);
    await token.ask(me);
    expect(await lastUsed()).toBe(app.clock.now().toISOString());
  });

  test('that is revoked is refused at once, and its open sockets end within 2 s', async () => {
    const { id, secret } = await makeToken(client, readEverything);
    const token = new Session(app.url, '', client.personId, secret);
    const stream = token.subscribe(changes, { projectId });
    await stream.next();
    const noteId = app.world.clients[0]!.tasks.find((task) => task.id === taskId)!.noteId;
    const note = new WebSocket(`${app.url.replace(/^http/, 'ws')}/notes/${noteId}.1`, { headers: token.headers });
    await new Promise((resolve, reject) => note.once('open', resolve).once('error', reject));
    const noteClosed = new Promise((resolve) => note.once('close', resolve));
    const started = performance.now();
    expect((await client.ask(revoke, { id })).tokenRevoke.userErrors).toEqual([]);
    const { status, errors } = await token.gql(me);
    expect([status, errors[0]?.extensions?.code]).toEqual([401, 'UNAUTHENTICATED']);
    await expect(stream.next()).rejects.toThrow('4403');
    expect(await noteClosed).toBe(4403);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect((await client.ask('{ tokens { nodes { id } } }')).tokens.nodes).toEqual([]);
  });

  test('ends by itself when its time has come, and so do its sockets', async () => {
    const { secret } = await makeToken(client, readEverything, { expiresAt: later(7) });
    const token = new Session(app.url, '', client.personId, secret);
    const stream = token.subscribe(changes, { projectId });
    await stream.next();
    app.clock.advance(7 * day);
    expect((await token.gql(me)).status).toBe(401);
    await app.services.jobs.runDue();
    await expect(stream.next()).rejects.toThrow('4403');
    expect(
      (await client.gql(tokenCreate, { input: input({ expiresAt: later(-1) }) })).data.tokenCreate.userErrors,
    ).toEqual([expect.objectContaining({ code: 'NOT_IN_FUTURE', field: 'expiresAt' })]);
  });

  test('dies with the person', async () => {
    const token = await tokenOf(client);
    const { personRemove } = await import('../../server/accounts/commands.ts');
    await (personRemove as (...args: unknown[]) => Promise<unknown>)(app.services, null, client.personId);
    expect((await token.gql(me)).status).toBe(401);
  });

  test('is one of at most fifty', async () => {
    for (let i = 0; i < maxTokens; i++) await makeToken(client, ['PROJECTS_READ']);
    const { tokenCreate: refused } = await client.ask(tokenCreate, { input: input() });
    expect(refused).toMatchObject({ token: null, secret: null, userErrors: [{ code: 'TOO_MANY' }] });
  });
});

describe('[S18] where a token is taken from', () => {
  test('not from a query string', async () => {
    const { secret } = await makeToken(client, readEverything);
    const asked = new URLSearchParams({ query: me, token: secret, access_token: secret, authorization: secret });
    const response = await app.anonymous().fetch(`/graphql?${asked}`);
    expect(await response.json()).toMatchObject({ data: { viewer: null } });
    const ws = new WebSocket(`${app.url.replace(/^http/, 'ws')}/graphql?token=${secret}`, 'graphql-transport-ws');
    const closed = new Promise((resolve) => ws.once('close', resolve));
    ws.once('open', () => ws.send('{"type":"connection_init"}'));
    expect(await closed).toBe(4403);
  });

  test('from the header of a request, with a clear refusal when it is none', async () => {
    for (const authorization of ['Bearer', 'Bearer x', `Bearer slw_${'0'.repeat(38)}`, 'Basic abc', '']) {
      const response = await client.fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query: me }),
      });
      const body = (await response.json()) as { errors?: { message: string; extensions: { code: string } }[] };
      expect([authorization, response.status, body.errors?.[0]?.extensions.code]).toEqual([
        authorization,
        401,
        'UNAUTHENTICATED',
      ]);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  test('before the cookie: with both it is the token that asks', async () => {
    const { secret } = await makeToken(client, ['PROJECTS_READ']);
    const headers = { cookie: client.cookie, authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const query = '{ tokens { nodes { id } } }';
    const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  test('from connection_init over graphql-ws, where browsers set no header', async () => {
    const { secret } = await makeToken(client, readEverything);
    const ask = (token: unknown) =>
      new Promise((resolve, reject) => {
        const url = `${app.url.replace(/^http/, 'ws')}/graphql`;
        const ws = createClient({ url, webSocketImpl: WebSocket, connectionParams: { token }, retryAttempts: 0 });
        ws.subscribe({ query: me }, { next: resolve, error: reject, complete: () => {} });
      });
    expect(await ask(secret)).toMatchObject({ data: { viewer: { person: { id: client.personId } } } });
    for (const wrong of [`${secret}x`, '', 7, null, { secret }])
      await expect(ask(wrong)).rejects.toMatchObject({ code: 4403 });
  });

  test('a socket that does not say who it is is closed, and twenty of them are the most', async () => {
    const url = `${app.url.replace(/^http/, 'ws')}/graphql`;
    const sockets = Array.from({ length: 20 }, () => new WebSocket(url, 'graphql-transport-ws'));
    await Promise.all(sockets.map((ws) => new Promise((resolve) => ws.once('open', resolve))));
    const oneMore = new WebSocket(url, 'graphql-transport-ws');
    await expect(new Promise((resolve, reject) => oneMore.once('open', resolve).once('error', reject))).rejects.toThrow(
      '429',
    );
    const codes = sockets.map((ws) => new Promise((resolve) => ws.once('close', resolve)));
    expect(new Set(await Promise.all(codes))).toEqual(new Set([4408]));
    const again = new WebSocket(url, 'graphql-transport-ws');
    await eventually(() => expect(again.readyState).toBe(WebSocket.OPEN));
    again.close();
  });

  test('a page of another site is let in with no token: there is no CORS', async () => {
    const { secret } = await makeToken(client, readEverything);
    const headers = {
      origin: 'https://evil.example',
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
    };
    const body = JSON.stringify({ query: me });
    const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body });
    expect(response.status).toBe(403);
    const preflight = await fetch(`${app.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});
