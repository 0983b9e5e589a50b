import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events, passwords } from '../../drizzle/schema/index.ts';
import { limits } from '../../server/accounts/limits.ts';
import { clientEmail, pmEmail, type SignInApp, startSignInApp } from './signInApp.ts';

let app: SignInApp;
let cookie: string;
beforeAll(async () => {
  app = await startSignInApp({ trustProxy: 1 });
  cookie = await app.signIn();
});
afterAll(() => app.close());

let next = 0;
/** A neighbour that nobody counted yet, so that one test's tries are not another's. */
const from = () => ({ 'x-forwarded-for': `10.9.${Math.floor(++next / 250)}.${next % 250}` });
const change = (body: object, who = cookie) => app.ask('/auth/password-change', { body, cookie: who, headers: from() });
const signIn = (password: string, email = clientEmail, headers: Record<string, string> = from()) =>
  app.ask('/auth/password', { body: { email, password }, headers });
const good = 'correct horse battery';

test('[S11] too short, too long by bytes, and of megabytes are refused; nothing is cut off', async () => {
  expect(await change({ next: 'nine chars'.slice(1) })).toMatchObject({
    status: 400,
    json: { code: 'PASSWORD_TOO_SHORT' },
  });
  expect(await change({ next: 'é'.repeat(129) })).toMatchObject({ status: 400, json: { code: 'PASSWORD_TOO_LONG' } });
  expect((await change({ next: 'x'.repeat(10_000_000) })).status).toBe(413);
  expect((await signIn('x'.repeat(10_000_000))).status).toBe(413);
  const long = 'x'.repeat(255);
  expect((await change({ next: `${long}a` })).status).toBe(200);
  expect((await signIn(`${long}b`)).status).toBe(400);
  expect((await signIn(long)).status).toBe(400);
  expect((await signIn(`${long}a`)).status).toBe(200);
});

test('[S11] a NUL is a character as any other', async () => {
  expect((await change({ next: 'before\u0000after!!' })).status).toBe(200);
  expect((await signIn('before')).status).toBe(400);
  expect((await signIn('before\u0000other!!')).status).toBe(400);
  expect((await signIn('before\u0000after!!')).status).toBe(200);
});

test('[S3] a change of the password ends every other session of the person', async () => {
  expect((await change({ next: good })).status).toBe(200);
  const there = (await signIn(good)).cookies.join('; ');
  const pm = await app.signIn(pmEmail);
  expect(await app.viewer(there)).toMatchObject({ personId: app.client });
  expect((await change({ current: good, next: `${good} staple` })).status).toBe(200);
  expect(await app.viewer(there)).toBeNull();
  expect(await app.viewer(cookie)).not.toBeNull();
  expect(await app.viewer(pm)).not.toBeNull();
  expect((await signIn(good)).status).toBe(400);
});

test('it is stored as argon2id alone, and set and removed on record without a word of it', async () => {
  const [row] = await app.services.db.select().from(passwords).where(eq(passwords.personId, app.client));
  expect(row!.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  const kinds = (await app.services.db.select().from(events)).map((event) => event.kind);
  expect(kinds).toContain('person.passwordSet');
});

test('without a fresh sign-in the old password is asked for', async () => {
  app.clock.advance(16 * 60_000);
  expect(await change({ next: good })).toMatchObject({ status: 403, json: { code: 'SIGN_IN_NOT_FRESH' } });
  expect(await change({ current: 'not this one', next: good })).toMatchObject({ json: { code: 'PASSWORD_WRONG' } });
  expect(await change({ current: `${good} staple`, next: good })).toMatchObject({ status: 200 });
  expect((await change({ current: good, next: null })).status).toBe(200);
  expect((await signIn(good)).status).toBe(400);
  expect(await app.ask('/auth/password-change', { body: { next: good } })).toMatchObject({ status: 401 });
});

test('[S10] an unknown address, one without a password and a wrong password answer alike, in the same time', async () => {
  const fresh = await startSignInApp();
  const cookie = await fresh.signIn();
  await fresh.ask('/auth/password-change', { body: { next: good }, cookie });
  const cases = { unknown: 'nobody@nowhere.example', without: pmEmail, wrong: clientEmail };
  const seen: Record<string, number[]> = {};
  const answers = new Set<string>();
  for (let i = 0; i < 8; i++) {
    for (const [name, email] of Object.entries(cases)) {
      const start = performance.now();
      const answer = await fresh.ask('/auth/password', { body: { email, password: 'certainly not it' } });
      seen[name] = [...(seen[name] ?? []), performance.now() - start];
      answers.add(`${answer.status} ${answer.text} ${answer.headers['set-cookie'] ?? ''}`);
    }
  }
  expect([...answers]).toHaveLength(1);
  const median = (name: string) => seen[name]!.sort((a, b) => a - b)[4]!;
  expect(Math.abs(median('unknown') - median('wrong'))).toBeLessThan(50);
  expect(Math.abs(median('without') - median('wrong'))).toBeLessThan(50);
  await fresh.close();
});

test('[S9] wrong passwords are slowed per account and per address, whatever X-Forwarded-For claims', async () => {
  const email = 'slowed@nowhere.example';
  const codes: number[] = [];
  for (let i = 0; i < 20; i++) codes.push((await signIn('wrong wrong wrong', email)).status);
  expect(codes.filter((status) => status === 400)).toHaveLength(limits.passwordsPerEmail);
  const refused = await signIn('wrong wrong wrong', email);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  const spread: number[] = [];
  for (let i = 0; i < limits.passwordsPerAddress + 10; i++) {
    const headers = { 'x-forwarded-for': `1.2.3.${i}, 10.8.8.8` };
    spread.push((await signIn('one for all of them', `victim${i}@nowhere.example`, headers)).status);
  }
  expect(spread.filter((status) => status === 429)).toHaveLength(10);
}, 60_000);
