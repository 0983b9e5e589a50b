import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personAdd } from '../../server/accounts/commands.ts';
import { sampleOffer } from '../../server/accounts/sampleOffer.ts';
import { type SignInApp, startSignInApp } from './signInApp.ts';

let app: SignInApp;
beforeAll(async () => {
  app = await startSignInApp();
});
afterAll(() => app.close());

async function offered(where: SignInApp, headers: Record<string, string> = {}) {
  const { json } = await where.ask('/auth/options', { headers });
  return (json.samplePeople as { id: string }[]).length;
}

async function accepted(where: SignInApp, headers: Record<string, string> = {}) {
  const answer = await where.ask('/auth/sample', { body: { personId: where.client }, headers });
  return { status: answer.status, cookies: answer.cookies.length };
}

const refused = { status: 403, cookies: 0 };

test('[S20] on the machine itself sample people are offered and sign in by one click', async () => {
  const { json } = await app.ask('/auth/options');
  expect(json.company).toEqual({ name: 'Acme', logoUrl: null, accent: null });
  expect(json.samplePeople).toEqual([
    { id: app.pm, name: 'Pavel', role: 'PM', accountName: null, isStaff: true },
    { id: app.client, name: 'Jana', role: 'CLIENT_MEMBER', accountName: 'Nordlicht', isStaff: false },
  ]);
  const answer = await app.ask('/auth/sample', { body: { personId: app.pm, returnTo: '/tasks/1' } });
  expect(answer.json).toEqual({ landsOn: '/tasks/1' });
  for (const host of ['localhost', '127.0.0.1:1', '[::1]:4000', 'LOCALHOST:4000']) {
    expect([host, await offered(app, { host })]).toEqual([host, 2]);
  }
});

test('[S20] a forwarded header, or any name but a local one, means another machine', async () => {
  const cases: Record<string, string>[] = [
    { forwarded: 'for=127.0.0.1' },
    { 'x-forwarded-for': '127.0.0.1' },
    { 'x-forwarded-host': 'localhost' },
    { 'x-forwarded-proto': 'http' },
    { 'X-Real-IP': '127.0.0.1' },
    { via: '1.1 proxy' },
    { referer: 'https://slipway.example.com/sign-in' },
    { host: 'evil.example' },
    { host: 'localhost.evil.example' },
    { host: 'localhost@evil.example' },
    { host: '127.0.0.1.nip.io:4000' },
    { host: '192.168.1.5:4000' },
  ];
  for (const headers of cases) {
    expect([headers, await offered(app, headers)]).toEqual([headers, 0]);
    expect([headers, await accepted(app, { ...headers, origin: '' })]).toEqual([headers, refused]);
  }
});

test('[S20] a connection from another machine is not offered it', async () => {
  const from = (remoteAddress: string) =>
    sampleOffer(app.services, { headers: { host: 'localhost' }, socket: { remoteAddress } } as IncomingMessage);
  expect(await from('::ffff:127.0.0.1')).toHaveLength(2);
  for (const address of ['192.168.1.5', '::ffff:10.0.0.1', 'fe80::1', '']) expect(await from(address)).toEqual([]);
});

test('[S20] behind a proxy, declared or silent, it is not offered', async () => {
  const declared = await startSignInApp({ trustProxy: 1 });
  expect(await offered(declared)).toBe(0);
  expect(await accepted(declared)).toEqual(refused);
  await declared.close();
  const silent = { httpVersion: '1.0', headers: { host: 'localhost' }, socket: { remoteAddress: '127.0.0.1' } };
  expect(await sampleOffer(app.services, silent as IncomingMessage)).toEqual([]);
  expect(await offered(app, { referer: `${app.url}/sign-in` })).toBe(2);
});

test('[S20] with PUBLIC_URL it is neither offered nor accepted', async () => {
  const open = await startSignInApp({ publicUrl: 'http://localhost:4000' });
  expect(await offered(open)).toBe(0);
  expect(await accepted(open)).toEqual(refused);
  await open.close();
});

test('[S20] another site cannot sign a browser in as a sample person', async () => {
  expect(await accepted(app, { origin: 'https://evil.example' })).toEqual(refused);
});

test('[S20] only sample people, by an id that is one', async () => {
  for (const personId of ['01900000-0000-7000-8000-000000000000', app.accountId]) {
    expect((await app.ask('/auth/sample', { body: { personId } })).status).toBe(403);
  }
  expect((await app.ask('/auth/sample', { body: { personId: "' or 1=1" } })).status).toBe(400);
});

test('[S20] once a real person exists it is neither offered nor accepted', async () => {
  await personAdd(app.services, null, {
    email: 'real@company.example',
    name: 'Real',
    role: 'PM',
    accountId: null,
    timeZone: 'UTC',
    isSample: false,
  });
  expect(await offered(app)).toBe(0);
  expect(await accepted(app)).toEqual(refused);
});
