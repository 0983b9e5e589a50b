import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SignInApp, startSignInApp } from '../accounts/signInApp.ts';

let app: SignInApp;
let cookie: string;
beforeAll(async () => {
  app = await startSignInApp();
  cookie = (await app.ask('/auth/sample', { body: { personId: app.client } })).cookies.join('; ');
});
afterAll(() => app.close());

const ask = (headers: Record<string, string>, withCookie = true) =>
  app.ask('/auth/link', {
    body: { email: 'x@x.example' },
    headers: { origin: '', ...headers },
    cookie: withCookie ? cookie : undefined,
  });

test('[S13] a writing request of another site is refused before anything is done', async () => {
  const port = new URL(app.url).port;
  const origins = [
    'https://evil.example',
    'null',
    `${app.url}.evil.example`,
    `http://evil.example/${app.url}`,
    `https://localhost:${port}`,
    'http://localhost:1',
    `http://127.0.0.1:${port}`,
    app.url.toUpperCase(),
    `${app.url}/`,
  ];
  for (const origin of origins) {
    for (const withCookie of [true, false]) {
      const answer = await ask({ origin }, withCookie);
      expect([origin, answer.status, answer.json.code]).toEqual([origin, 403, 'FORBIDDEN_ORIGIN']);
    }
  }
  for (const site of ['cross-site', 'same-site']) expect((await ask({ 'sec-fetch-site': site })).status).toBe(403);
  expect(app.enqueued).toEqual([]);
});

test('a request of our own page passes, by Origin or by Sec-Fetch-Site', async () => {
  expect((await ask({ origin: app.url })).status).toBe(202);
  expect((await ask({ 'sec-fetch-site': 'same-origin' })).status).toBe(202);
});

test('a program without a browser passes without a session, and with one only by a header that a page cannot send', async () => {
  expect((await ask({}, false)).status).toBe(202);
  expect((await ask({})).status).toBe(403);
  expect((await ask({ 'x-slipway-csrf': '1' })).status).toBe(202);
});

test('[S13] bodies that a form can send are refused as such', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
  ]) {
    const answer = await app.ask('/auth/sample', {
      raw: JSON.stringify({ personId: app.client }),
      headers: { 'content-type': type },
    });
    expect([type, answer.status, answer.cookies]).toEqual([type, 415, []]);
  }
});
