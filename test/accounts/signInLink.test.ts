import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, sessions, signInLinks } from '../../drizzle/schema/index.ts';
import { personRemove } from '../../server/accounts/commands.ts';
import { clientEmail, pmEmail, type SignInApp, startSignInApp } from './signInApp.ts';

let app: SignInApp;
beforeAll(async () => {
  app = await startSignInApp();
});
afterAll(() => app.close());

const use = (link: { id: string; token: string; browser: string }) =>
  app.ask('/auth/session', { body: { id: link.id, token: link.token }, cookie: link.browser });

/** Each test is a mailbox of its own, as links are limited per mailbox. */
async function mailbox(name: string): Promise<string> {
  const email = `${name}@nordlicht.example`;
  const row = (await app.services.db.select().from(people).where(eq(people.id, app.client)))[0]!;
  await app.services.db.insert(people).values({ ...row, id: uuidv7(), email });
  return email;
}

test('a link from the mail signs in and tells where to land', async () => {
  const answer = await use(await app.link(pmEmail));
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({ landsOn: '/overview' });
  const viewer = await app.viewer(answer.cookies.join('; '));
  expect(viewer).toMatchObject({ personId: app.pm, role: 'PM', accountId: null });
});

test('[S4] a link used twice makes one session and then answers that it is used', async () => {
  const link = await app.link(await mailbox('twice'));
  expect((await use(link)).status).toBe(200);
  const second = await use(link);
  expect(second.status).toBe(400);
  expect(second.json).toMatchObject({ code: 'LINK_USED', message: expect.stringContaining('Ask for a new one') });
  expect(second.cookies).toEqual([]);
});

test('[S4] a link posted ten times at once makes one session', async () => {
  const email = await mailbox('at-once');
  const link = await app.link(email);
  const answers = await Promise.all(Array.from({ length: 10 }, () => use(link)));
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  expect(new Set(answers.filter((answer) => answer.status !== 200).map((answer) => answer.json.code))).toEqual(
    new Set(['LINK_USED']),
  );
  const made = await app.services.db
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(eq(people.email, email));
  expect(made).toHaveLength(1);
});

test('[S5] a link older than 15 minutes is refused', async () => {
  const link = await app.link(await mailbox('late'));
  app.clock.advance(15 * 60_000);
  const answer = await use(link);
  expect(answer.status).toBe(400);
  expect(answer.json).toMatchObject({ code: 'LINK_EXPIRED' });
});

test('[S5] GET and HEAD of a link and of the endpoint consume nothing', async () => {
  const link = await app.link(await mailbox('scanner'));
  const { pathname, search } = new URL(link.url);
  for (const method of ['GET', 'HEAD']) {
    await app.ask(pathname + search, { method });
    await app.ask(`/auth/session${search}`, { method });
  }
  expect((await use(link)).status).toBe(200);
});

test('[S6] a forged Host or X-Forwarded-Host does not reach the link', async () => {
  const email = await mailbox('forged');
  for (const headers of [
    { host: 'evil.example', origin: '' },
    { 'x-forwarded-host': 'evil.example' },
    { forwarded: 'host=evil.example' },
  ] as Record<string, string>[]) {
    const link = await app.link(email, { headers });
    expect(new URL(link.url).origin).toBe(app.url);
    expect(new URL(link.url).pathname).toBe('/sign-in/link');
  }
});

test('a link opened in another browser says so and stays open for the browser that asked', async () => {
  const link = await app.link(await mailbox('other-browser'));
  const elsewhere = await app.link(await mailbox('elsewhere'));
  for (const browser of ['', elsewhere.browser]) {
    const answer = await use({ ...link, browser });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ code: 'LINK_OTHER_BROWSER' });
  }
  expect((await use(link)).status).toBe(200);
});

test('a browser that asks twice can use either link', async () => {
  const email = await mailbox('asks-twice');
  const first = await app.link(email);
  const second = await app.link(email, { cookie: first.browser });
  expect(second.browser).toBe(first.browser);
  expect((await use(first)).status).toBe(200);
  expect((await use(second)).status).toBe(200);
});

test('five wrong tokens close a link for the right one too', async () => {
  const link = await app.link(await mailbox('guessed'));
  const codes: unknown[] = [];
  for (let tries = 0; tries < 5; tries++)
    codes.push((await use({ ...link, token: `${tries}${link.token}` })).json.code);
  expect(codes).toEqual(['LINK_INVALID', 'LINK_INVALID', 'LINK_INVALID', 'LINK_INVALID', 'LINK_DEAD']);
  expect((await use(link)).json).toMatchObject({ code: 'LINK_DEAD' });
});

test('four wrong tokens leave a link open', async () => {
  const link = await app.link(await mailbox('mistyped'));
  await Promise.all([1, 2, 3, 4].map((tries) => use({ ...link, token: `${tries}${link.token}` })));
  expect((await use(link)).status).toBe(200);
});

test('wrong tokens that come at once are counted one by one', async () => {
  const link = await app.link(await mailbox('hammered'));
  const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => use({ ...link, token: `${i}${link.token}` })));
  expect(answers.filter((answer) => answer.json.code === 'LINK_INVALID')).toHaveLength(4);
  expect(answers.filter((answer) => answer.json.code === 'LINK_DEAD')).toHaveLength(8);
});

test('unknown ids and malformed bodies answer clearly', async () => {
  const unknown = await use({ id: '01900000-0000-7000-8000-000000000000', token: 'x', browser: '' });
  expect(unknown).toMatchObject({ status: 400, json: { code: 'LINK_INVALID' } });
  for (const body of [{}, { id: 'x', token: 'y' }, { id: 1 }, [], 'text']) {
    expect(await app.ask('/auth/session', { body })).toMatchObject({ status: 400 });
  }
  expect(await app.ask('/auth/link', { raw: '{"email":' })).toMatchObject({
    status: 400,
    json: { code: 'BAD_USER_INPUT' },
  });
  for (const email of [
    '',
    'jana',
    'a@b@c.example',
    `${'a'.repeat(250)}@x.example`,
    'a\0@x.example',
    'a\r\nBcc: b@x.example',
  ]) {
    expect(await app.ask('/auth/link', { body: { email } })).toMatchObject({
      status: 400,
      json: { code: 'EMAIL_INVALID' },
    });
  }
  expect(await app.ask('/auth/link', { body: { email: 'a'.repeat(20_000) } })).toMatchObject({
    status: 413,
    json: { code: 'PAYLOAD_TOO_LARGE' },
  });
});

test('a person removed after the mail cannot use the link', async () => {
  const email = await mailbox('removed');
  const link = await app.link(email);
  const [person] = await app.services.db.select().from(people).where(eq(people.email, email));
  await personRemove(app.services, null, person!.id);
  expect(await use(link)).toMatchObject({ status: 400, json: { code: 'LINK_INVALID' } });
});

test('addresses are the same in any case and with spaces around', async () => {
  const answer = await app.ask('/auth/link', { body: { email: `  ${clientEmail.toUpperCase()} ` } });
  expect(answer.status).toBe(202);
  expect((await app.mails()).at(-1)!.to).toContain(clientEmail);
});

test('[K1] neither the job row nor the table holds the token of a link', async () => {
  const email = await mailbox('sealed');
  await app.ask('/auth/link', { body: { email } });
  const rows = JSON.stringify(app.enqueued);
  const mail = (await app.mails()).at(-1)!;
  const token = /token=([\w-]+)/.exec(mail.text)![1]!;
  expect(rows).toContain('mail.send');
  expect(rows).not.toContain(token);
  expect(rows).not.toContain(email);
  expect(JSON.stringify(await app.services.db.select().from(signInLinks))).not.toContain(token);
});
