import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, sessions } from '../../drizzle/schema/index.ts';
import { personRemove } from '../../server/accounts/commands.ts';
import { viewerByPerson, viewerBySession } from '../../server/accounts/queries.ts';
import { eventually } from '../support/eventually.ts';
import { pmEmail, type SignInApp, startSignInApp } from './signInApp.ts';

let app: SignInApp;
beforeAll(async () => {
  app = await startSignInApp();
});
afterAll(() => app.close());

const dayMs = 86_400_000;

/** A session without a mail: links per mailbox are limited. */
async function session(personId = app.client): Promise<string> {
  const answer = await app.ask('/auth/sample', { body: { personId } });
  expect(answer.status).toBe(200);
  return answer.cookies.join('; ');
}

test('[S1] the session cookie is HttpOnly, Lax, of the whole site, without Domain, of 256 random bits', async () => {
  const { id, token, browser } = await app.link();
  const answer = await app.ask('/auth/session', { body: { id, token }, cookie: browser });
  const [cookie, ...others] = answer.headers['set-cookie']!;
  expect(others).toEqual([]);
  expect(cookie).toMatch(/^slipway_session=[\w-]{43};/);
  const flags = cookie!.split('; ').slice(1);
  expect(flags).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']));
  expect(cookie).not.toMatch(/Domain|Secure/i);
  expect(answer.headers['cache-control']).toBe('no-store');
});

test('[S1] behind TLS the cookie is Secure and bound to the host by its name', async () => {
  const secure = await startSignInApp({ publicUrl: 'https://slipway.example.com' });
  const cookie = await secure.signIn();
  expect(cookie).toMatch(/^__Host-slipway_session=/);
  expect(await secure.viewer(cookie)).toMatchObject({ personId: secure.client });
  expect(await secure.viewer(cookie.replace('__Host-', ''))).toBeNull();
  const { headers } = await secure.ask('/auth/link', { body: { email: pmEmail } });
  expect(headers['set-cookie']![0]).toMatch(/^__Host-slipway_browser=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax/);
  expect(headers['strict-transport-security']).toContain('max-age=31536000');
  await secure.close();
});

test('the database holds a hash of the session token, not the token', async () => {
  const cookie = await session();
  const rows = JSON.stringify(await app.services.db.select().from(sessions));
  expect(rows).not.toContain(cookie.split('=')[1]);
});

test('[S2] a session planted before sign-in is replaced and dead', async () => {
  const planted = await session(app.pm);
  const after = await app.signIn(pmEmail, planted);
  expect(after).not.toBe(planted);
  expect(await app.viewer(planted)).toBeNull();
  expect(await app.viewer(after)).toMatchObject({ personId: app.pm });
  const chosen = `slipway_session=${'a'.repeat(43)}`;
  await app.signIn(pmEmail, chosen);
  expect(await app.viewer(chosen)).toBeNull();
});

test('[S3] signing out ends every session of the person and asks their open sockets again', async () => {
  const [here, there] = [await session(), await session()];
  const { sessionId } = (await app.viewer(there))!;
  let isOpen = true;
  const remove = app.services.connections.add({
    personId: app.client,
    sessionId,
    isStillAllowed: async () => (await viewerBySession(app.services, sessionId)) !== null,
    end: () => {
      isOpen = false;
    },
  });
  const answer = await app.ask('/auth/sign-out', { method: 'POST', cookie: here });
  expect(answer.status).toBe(200);
  expect(answer.headers['set-cookie']![0]).toMatch(/^slipway_session=;.*Expires=Thu, 01 Jan 1970/);
  expect(await app.viewer(here)).toBeNull();
  expect(await app.viewer(there)).toBeNull();
  await eventually(() => !isOpen, 2_000);
  remove();
});

test('signing out leaves other people signed in, and works twice', async () => {
  const [client, pm] = [await session(), await session(app.pm)];
  await app.ask('/auth/sign-out', { method: 'POST', cookie: client });
  expect((await app.ask('/auth/sign-out', { method: 'POST', cookie: client })).status).toBe(200);
  expect(await app.viewer(pm)).toMatchObject({ personId: app.pm });
});

test('a session ends after 30 days without use and slides while it is used', async () => {
  const used = await session(app.pm);
  const unused = await session();
  app.clock.advance(29 * dayMs);
  expect(await app.viewer(used)).not.toBeNull();
  app.clock.advance(2 * dayMs);
  expect(await app.viewer(used)).not.toBeNull();
  expect(await app.viewer(unused)).toBeNull();
});

test('last seen is written at most once a minute', async () => {
  const cookie = await session();
  const { sessionId } = (await app.viewer(cookie))!;
  const seen = async () =>
    (await app.services.db.select().from(sessions).where(eq(sessions.id, sessionId)))[0]!.lastSeenAt.getTime();
  const start = await seen();
  app.clock.advance(59_000);
  await app.viewer(cookie);
  expect(await seen()).toBe(start);
  app.clock.advance(2_000);
  await app.viewer(cookie);
  expect(await seen()).toBe(start + 61_000);
});

test('cookies that are no session are nobody', async () => {
  for (const cookie of [
    undefined,
    '',
    'slipway_session=',
    'slipway_session=x',
    'other=slipway_session=y',
    ';;==',
    '\0',
  ]) {
    expect(await app.viewer(cookie as string)).toBeNull();
  }
});

test('a session of a person who is gone is nobody, even if it was never ended', async () => {
  const cookie = await session(app.pm);
  const isGone = (removedAt: Date | null) =>
    app.services.db.update(people).set({ removedAt }).where(eq(people.id, app.pm));
  await isGone(app.clock.now());
  expect(await app.viewer(cookie)).toBeNull();
  await isGone(null);
  expect(await app.viewer(cookie)).not.toBeNull();
});

test('a removed person is nobody at once', async () => {
  const cookie = await session();
  await personRemove(app.services, null, app.client);
  expect(await app.viewer(cookie)).toBeNull();
  expect(await viewerByPerson(app.services, app.client)).toBeNull();
});
