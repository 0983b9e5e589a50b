import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { passwords, people, sessions, signInLinks } from '../../drizzle/schema/index.ts';
import { newToken, tokenHash } from '../../server/accounts/tokens.ts';
import { clientEmail, type SignInApp, startSignInApp } from './signInApp.ts';

let app: SignInApp;
beforeEach(async () => {
  app = await startSignInApp();
});
afterEach(() => app.close());

/** Asks for a mail and reads the code from it. */
async function asked(email = clientEmail, cookie?: string): Promise<{ code: string; browser: string }> {
  const answer = await app.ask('/auth/link', { body: { email }, cookie });
  expect(answer.status).toBe(202);
  const text = (await app.mails()).at(-1)?.text ?? '';
  return { code: /\b(\d{3} \d{3})\b/.exec(text)?.[1] ?? '', browser: answer.cookies.join('; ') };
}
const typed = (code: string, cookie: string) => app.ask('/auth/code', { body: { code }, cookie });
const other = (code: string) => String((Number(code.replace(' ', '')) + 1) % 1_000_000).padStart(6, '0');

test('the six digits of the mail sign in the browser that asked, however they are written', async () => {
  const { code, browser } = await asked();
  const answer = await typed(` ${code.replace(' ', '-')} `, browser);
  expect(answer.status).toBe(200);
  expect(await app.viewer(answer.cookies.join('; '))).toMatchObject({ personId: app.client });
  expect(await typed(code, browser)).toMatchObject({ status: 400, json: { code: 'CODE_USED' } });
});

test('another browser gets nothing by the code', async () => {
  const { code } = await asked();
  expect(await typed(code, '')).toMatchObject({ status: 400, json: { code: 'CODE_WRONG' } });
  const elsewhere = await asked('nobody@nowhere.example');
  expect(await typed(code, elsewhere.browser)).toMatchObject({ status: 400, json: { code: 'CODE_WRONG' } });
});

test('after five wrong codes neither the code nor the link works', async () => {
  const { id, token, browser } = await app.link();
  const code = /\b(\d{3} \d{3})\b/.exec((await app.mails()).at(-1)!.text)![1]!;
  for (let i = 1; i <= 4; i++) expect((await typed(other(code), browser)).json.code).toBe('CODE_WRONG');
  expect((await typed(other(code), browser)).json.code).toBe('CODE_DEAD');
  expect((await typed(code, browser)).json.code).toBe('CODE_DEAD');
  const link = await app.ask('/auth/session', { body: { id, token }, cookie: browser });
  expect(link.json.code).toBe('LINK_DEAD');
});

test('the code dies with its link: after 15 minutes, and when the link was used', async () => {
  const first = await asked();
  app.clock.advance(15 * 60_000);
  expect((await typed(first.code, first.browser)).json.code).toBe('CODE_EXPIRED');
  const { id, token, browser } = await app.link();
  const code = /\b(\d{3} \d{3})\b/.exec((await app.mails()).at(-1)!.text)![1]!;
  await app.ask('/auth/session', { body: { id, token }, cookie: browser });
  expect((await typed(code, browser)).json.code).toBe('CODE_USED');
});

test('the newest mail counts, and the code is stored only under the key of the installation', async () => {
  const first = await asked();
  const second = await asked(clientEmail, first.browser);
  if (first.code !== second.code) expect((await typed(first.code, first.browser)).json.code).toBe('CODE_WRONG');
  const rows = await app.services.db.select().from(signInLinks);
  const digits = second.code.replace(' ', '');
  expect(JSON.stringify(rows)).not.toContain(digits);
  for (const row of rows) expect(row.codeHash).not.toBe(tokenHash(digits));
  expect((await typed(second.code, first.browser)).status).toBe(200);
});

test('[S10] a code asked for an unknown address fails as a wrong one does', async () => {
  const answer = await app.ask('/auth/link', { body: { email: 'nobody@nowhere.example' } });
  const wrong = await typed('000000', answer.cookies.join('; '));
  expect(wrong).toMatchObject({ status: 400, json: { code: 'CODE_WRONG' } });
});

test('[S8] what was there before the address was proven is void: a password, and sessions', async () => {
  const { db, clock } = app.services;
  const now = clock.now();
  const planted = newToken();
  await db.insert(passwords).values({ personId: app.client, hash: 'planted', setAt: now });
  await db.insert(sessions).values({
    id: uuidv7(),
    personId: app.client,
    tokenHash: tokenHash(planted),
    userAgent: '',
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + 86_400_000),
  });
  expect(await app.viewer(`slipway_session=${planted}`)).not.toBeNull();
  const { code, browser } = await asked();
  const mine = (await typed(code, browser)).cookies.join('; ');
  expect(await app.viewer(`slipway_session=${planted}`)).toBeNull();
  expect(await db.select().from(passwords)).toEqual([]);
  const [person] = await db.select().from(people).where(eq(people.id, app.client));
  expect(person!.provenAt).toEqual(now);
  // The second proof voids nothing: the first session lives on.
  await app.signIn();
  expect(await app.viewer(mine)).not.toBeNull();
});
