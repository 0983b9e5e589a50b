import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { budgets } from '../../server/platform/graphql/budget.ts';
import { tokenOf } from '../security/tokenActor.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let client: Session;
beforeAll(async () => {
  app = await startTestApp();
  client = await app.signIn(app.world.client);
});
afterAll(() => app.close());

type Body = { extensions?: { cost?: { requested: number; limit: number; remaining: number; resetMs: number } } };

async function costOf(session: Session, query: string) {
  const headers = { 'content-type': 'application/json' };
  const response = await session.fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) });
  return ((await response.json()) as Body).extensions?.cost;
}

/** A hundred projects of forty tasks: dear, and within what one request may cost. */
const dear = '{ projects(first: 100) { nodes { tasks { id title state } } } }';

describe('[G15] what asking costs', () => {
  test('stands in every answer: its price, the minute’s budget, and what is left of it', async () => {
    const first = await costOf(client, '{ projects(first: 10) { nodes { id name } } }');
    expect(first).toMatchObject({ limit: budgets.person });
    expect(first?.requested).toBeGreaterThan(10);
    const second = await costOf(client, '{ projects(first: 10) { nodes { id name } } }');
    expect(second?.remaining).toBe((first?.remaining ?? 0) - (first?.requested ?? 0));
    expect(second?.resetMs).toBeLessThanOrEqual(60_000);
    expect(await costOf(app.anonymous(), '{ company { name } }')).toMatchObject({ limit: budgets.stranger });
  });

  test('grows with the page', async () => {
    const [few, many] = await Promise.all(
      [10, 100].map((first) => costOf(client, `{ projects(first: ${first}) { nodes { id name } } }`)),
    );
    expect((many?.requested ?? 0) / (few?.requested ?? 1)).toBeGreaterThan(8);
  });

  test('is told over graphql-ws as well', async () => {
    const { createClient } = await import('graphql-ws');
    const { WebSocket } = await import('ws');
    const { headers } = client;
    class Signed extends WebSocket {
      constructor(address: string, protocols?: string | string[]) {
        super(address, protocols, { headers });
      }
    }
    const url = `${app.url.replace(/^http/, 'ws')}/graphql`;
    const socket = createClient({ url, webSocketImpl: Signed, retryAttempts: 0 });
    const [answer] = await new Promise<Body[]>((resolve, reject) => {
      const got: Body[] = [];
      socket.subscribe(
        { query: '{ company { name } }' },
        { next: (message) => got.push(message as Body), error: reject, complete: () => resolve(got) },
      );
    });
    expect(answer?.extensions?.cost).toMatchObject({ limit: budgets.person });
    await socket.dispose();
  });

  test('a token over its minute is told to wait, over HTTP and over the socket; its person is not', async () => {
    const token = await tokenOf(client);
    const price = (await costOf(token, dear))?.requested ?? 0;
    expect(price).toBeGreaterThan(5_000);
    for (let spent = price; spent + price <= budgets.token; spent += price) await costOf(token, dear);
    const response = await token.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: dear }),
    });
    const body = (await response.json()) as { data?: unknown; errors: { message: string; extensions: object }[] };
    expect(response.status).toBe(429);
    const seconds = Number(response.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(body.data).toBeUndefined();
    expect(body.errors[0]).toMatchObject({
      message: expect.stringMatching(/^This minute's 100000 points of cost are spent\. Wait \d+ seconds/),
      extensions: { code: 'RATE_LIMITED', limit: budgets.token, cost: price, retryAfterMs: expect.any(Number) },
    });
    await expect(token.subscribe(dear).next()).rejects.toThrow(/RATE_LIMITED.*retryAfterMs|retryAfterMs.*RATE_LIMITED/);
    expect((await client.gql(dear)).errors).toEqual([]);
    expect((await (await tokenOf(client)).gql('{ viewer { isStaff } }')).errors).toEqual([]);
  });
});

describe('a refusal of size says the number, the limit and what to do', () => {
  test.each([
    [
      'depth',
      () => `{ task(id: "x") { ${'project { nextStep { '.repeat(12)} id ${'} } '.repeat(12)} } }`,
      /\d+ levels deep; at most 15/,
    ],
    [
      'root fields',
      () => `{ ${Array.from({ length: 30 }, (_, i) => `a${i}: company { name }`).join(' ')} }`,
      /30 root fields; at most 20/,
    ],
    [
      'cost',
      () => '{ projects(first: 100) { nodes { tasks { comments(last: 100) { nodes { id author { name } } } } } } }',
      /costs \d+; at most 20000/,
    ],
    [
      'fields',
      () => `{ company { ${Array.from({ length: 1_001 }, (_, i) => `a${i}: name`).join(' ')} } }`,
      /\d+ fields and aliases; at most 1000/,
    ],
  ])('%s', async (_, query, message) => {
    const { status, errors } = await client.gql(query());
    expect([status, errors[0]?.extensions?.code]).toEqual([400, 'TOO_COMPLEX']);
    expect(errors[0]?.message).toMatch(message);
    expect(errors[0]?.message).toMatch(/\. (Ask|Split|Put)/);
  });
});
