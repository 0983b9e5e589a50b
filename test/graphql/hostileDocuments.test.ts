import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDocuments } from '../../server/platform/graphql/limits.ts';
import { createSchema } from '../../server/schema.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';
import { cpuMs, longestStallMs } from '../support/stall.ts';

let app: TestApp;
let client: Session;
beforeAll(async () => {
  app = await startTestApp();
  client = await app.signIn(app.world.client);
});
afterAll(() => app.close());

const repeated = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');
const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  client.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
type Refusal = { errors?: { message: string; extensions: Record<string, unknown> }[]; data?: unknown };
const refusal = async (response: Response) => (await response.json()) as Refusal;

describe('what a document may cost this process', () => {
  const doubling = `{ ...D0 } ${repeated(25, (i) => `fragment D${i} on Query { ...D${i + 1} ...D${i + 1} }`)} fragment D25 on Query { company { name } }`;
  const circle = `{ ...A } ${repeated(200, (i) => `fragment F${i} on Query { ...F${(i + 1) % 200} }`)} fragment A on Query { ...F0 }`;

  test.each([
    ['25 levels of doubling fragments', doubling],
    ['a circle of 200 fragments', circle],
  ])('[G4] %s: refused within 100 ms of processor time', (_, text) => {
    const documents = createDocuments(createSchema());
    documents.prepare('{ company { name } }', {});
    let prepared: ReturnType<typeof documents.prepare> | undefined;
    const spent = Math.min(...[0, 1, 2].map(() => cpuMs(() => (prepared = documents.prepare(text, {})))));
    expect(prepared).toHaveProperty('errors');
    expect(spent).toBeLessThan(100);
  });

  const manyNames = repeated(900, () => 'company { name }');
  const inlined = repeated(2 ** 14, () => '... { name }');
  const nested = (depth: number): string =>
    depth === 0 ? 'id' : repeated(5, () => `project { nextStep { ${nested(depth - 1)} } }`);
  test.each([
    ['900 fields of one name', `{ ${manyNames} }`],
    ['2^14 inline fragments', `{ company { ${inlined} } }`],
    ['fields of one name, nested', `{ task(id: "x") { ${nested(3)} } }`],
    ['64 kB of braces', '{ a '.repeat(16_000)],
    ['64 kB of one string', `{ task(id: "${'x'.repeat(60_000)}") { id } }`],
    ['5,000 directives', `{ company { name ${repeated(900, () => '@include(if: true)')} } }`],
  ])('[G5] %s hold the loop for less than 500 ms', async (_, query) => {
    const held = await longestStallMs(() => client.gql(query));
    expect(held).toBeLessThan(500);
  });
});

describe('[G10] what is too much to read', () => {
  const rss = () => process.memoryUsage().rss / 2 ** 20;

  /** Sends and does not insist: a server that hangs up on a flood is right. */
  function flood(body: Buffer, headers: Record<string, string>): Promise<number> {
    return new Promise((resolve) => {
      const asked = request(`${app.url}/graphql`, { method: 'POST', headers: { ...client.headers, ...headers } });
      asked.on('response', (response) => resolve(response.resume().statusCode ?? 0));
      asked.on('error', () => resolve(413));
      asked.end(body);
    });
  }
  const json = { 'content-type': 'application/json' };

  test('a query of 20 MB', async () => {
    const body = Buffer.from(JSON.stringify({ query: `{ company { name } } #${'x'.repeat(20_000_000)}` }));
    const before = rss();
    expect(await flood(body, json)).toBe(413);
    expect(rss() - before).toBeLessThan(50);
  });

  test('variables of 10 MB', async () => {
    const body = Buffer.from(
      JSON.stringify({ query: '{ company { name } }', variables: { x: 'y'.repeat(10_000_000) } }),
    );
    const before = rss();
    expect(await flood(body, json)).toBe(413);
    expect(rss() - before).toBeLessThan(50);
  });

  test('100 kB that unpack to 100 MB', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000, ' '));
    const before = rss();
    expect(await flood(bomb, { ...json, 'content-encoding': 'gzip' })).toBe(413);
    expect(rss() - before).toBeLessThan(50);
  });

  test('JSON that is 200,000 deep', async () => {
    for (const body of [
      `{"query":"{ company { name } }","variables":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`,
      '['.repeat(200_000),
      `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
    ]) {
      const response = await post(body);
      expect([200, 400]).toContain(response.status);
      expect(await response.text()).not.toMatch(/RangeError|INTERNAL/);
    }
  });

  test('a query of 100 kB tells its length and the limit', async () => {
    const { errors } = await client.gql(`{ company { name } } #${'x'.repeat(100_000)}`);
    expect(errors[0]).toMatchObject({ extensions: { code: 'TOO_COMPLEX', max: 65_536 } });
    expect(errors[0]?.message).toMatch(/65536/);
  });

  test('[G13] headers that never end are hung up on', async () => {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    const started = performance.now();
    const closed = new Promise((resolve) =>
      socket
        .once('close', resolve)
        .on('error', () => {})
        .resume(),
    );
    socket.write('POST /graphql HTTP/1.1\r\nHost: x\r\n');
    const trickle = setInterval(() => socket.write('X-A: b\r\n'), 500);
    await closed;
    clearInterval(trickle);
    expect(performance.now() - started).toBeLessThan(15_500);
    expect((await client.gql('{ company { name } }')).status).toBe(200);
  }, 20_000);
});

describe('[G11] every error has a code and the request’s number, and tells nothing of the inside', () => {
  const inside = /node_modules|\.ts\b|at .*\(|\bselect\b.*\bfrom\b|postgres|drizzle|\/srv\/|\/home\/|\/tmp\//i;
  const asked: [string, () => Promise<Response>][] = [
    ['a body that is no JSON', () => post('{"query":')],
    ['no query', () => post('{}')],
    ['a query that is none', () => post('{"query":"{"}')],
    ['an unknown field', () => post('{"query":"{ secrets }"}')],
    ['a wrong variable', () => post('{"query":"query ($id: ID!) { task(id: $id) { id } }","variables":{"id":{}}}')],
    [
      'an id with NUL',
      () => post('{"query":"query ($id: ID!) { task(id: $id) { id } }","variables":{"id":"\\u0000"}}'),
    ],
    ['an array', () => post('[{"query":"{ company { name } }"}]')],
    ['too large', () => post(JSON.stringify({ query: 'x'.repeat(1_100_000) }))],
    ['a text body', () => post('{}', { 'content-type': 'text/plain' })],
    ['a body in a way of packing we do not know', () => post('{}', { 'content-encoding': 'zstd-or-so' })],
    ['a body that is not packed as it says', () => post('{}', { 'content-encoding': 'gzip' })],
    ['another origin', () => post('{"query":"{ company { name } }"}', { origin: 'https://evil.example' })],
    ['a token of nobody', () => post('{"query":"{ company { name } }"}', { authorization: 'Bearer x' })],
    ['a file that never was', () => client.fetch('/files/x')],
    ['an upload that never was', () => client.fetch('/uploads/x', { method: 'PATCH' })],
    ['a way of signing in that never was', () => client.fetch('/auth/x')],
    [
      'a sign-in that is no JSON',
      () => client.fetch('/auth/link', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }),
    ],
  ];

  test.each(asked)('%s', async (_, ask) => {
    const response = await ask();
    const text = await response.text();
    const body = JSON.parse(text) as Refusal & { code?: string; requestId?: string };
    const [error] = body.errors ?? [];
    const [code, requestId] = error ? [error.extensions.code, error.extensions.requestId] : [body.code, body.requestId];
    if (response.status < 300 && !error) return;
    expect(code).toMatch(/^[A-Z_]+$/);
    expect(requestId).toBe(response.headers.get('x-request-id'));
    expect(text).not.toMatch(inside);
    expect(text).not.toContain(process.cwd());
  });

  test('a failure of our own says where to look, and nothing else', async () => {
    const { db } = app.services;
    const select = db.select;
    db.select = () => {
      throw new Error('select secret from /srv/place/of/ours.ts');
    };
    const response = await post(JSON.stringify({ query: '{ projects { totalCount } }' })).finally(() => {
      db.select = select;
    });
    const text = await response.text();
    expect(text).not.toMatch(/secret|\/srv\//);
    expect(JSON.parse(text).errors[0].extensions).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      requestId: response.headers.get('x-request-id'),
    });
  });
});

describe('[G9] the schema is public', () => {
  const introspection = '{ __schema { queryType { name } types { name } } }';

  test('introspection answers whoever asks, signed in or not, and with a token', async () => {
    for (const session of [app.anonymous(), client]) {
      const { data } = await session.gql(introspection);
      expect(data.__schema.queryType.name).toBe('Query');
    }
  });

  test('so a slip of the pen is answered with what may have been meant', async () => {
    const { errors } = await app.anonymous().gql('{ compani { name } }');
    expect(errors[0]?.message).toContain('Did you mean "company"?');
  });
});

describe('[G12] persisted queries are off', () => {
  const query = '{ company { name } }';
  const sha256Hash = createHash('sha256').update(query).digest('hex');

  test.each([
    ['by its hash alone', { extensions: { persistedQuery: { version: 1, sha256Hash } } }],
    ['registered beside its text', { query, extensions: { persistedQuery: { version: 1, sha256Hash } } }],
    [
      'under the hash of another',
      { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash } } },
    ],
    ['under __proto__', { query, extensions: { persistedQuery: { version: 1, sha256Hash: '__proto__' } } }],
  ])('%s it is refused, and says so', async (_, body) => {
    const response = await post(JSON.stringify(body));
    const { errors } = await refusal(response);
    expect([response.status, errors?.[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
    expect(errors?.[0]?.message).toMatch(/Persisted queries are not supported/);
  });
});

describe('[I5] keys that mean something to JavaScript mean nothing here', () => {
  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('%s', async (key) => {
    const query = 'query ($id: ID!) { task(id: $id) { id } }';
    const taskId = app.world.clients[0]!.tasks[0]!.id;
    const body = `{"query":${JSON.stringify(query)},"variables":{"id":"${taskId}","${key}":{"isAdmin":true,"polluted":"yes"}}}`;
    const { data } = await refusal(await post(body));
    expect(data).toEqual({ task: { id: taskId } });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const asName = await post(JSON.stringify({ query, variables: { id: taskId }, operationName: key }));
    expect(asName.status).toBe(400);
    const asInput = `{"query":"mutation ($input: CommentAddInput!) { commentAdd(input: $input) { position } }","variables":{"input":{"${key}":{"text":"x"},"taskId":"${taskId}","text":"Hi","audience":"SHARED","idempotencyKey":"k-${key}"}}}`;
    const { errors } = await refusal(await post(asInput));
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
