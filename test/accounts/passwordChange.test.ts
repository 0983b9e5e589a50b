import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { passwords } from '../../drizzle/schema/index.ts';
import { limits } from '../../server/accounts/limits.ts';
import { passwordChange } from '../../server/accounts/passwords.ts';
import { signOut } from '../../server/accounts/sessions.ts';
import { renderMail } from '../../server/platform/mail/render.ts';
import { clientEmail, type SignInApp, startSignInApp } from './signInApp.ts';

let app: SignInApp;
let cookie: string;
beforeEach(async () => {
  app = await startSignInApp();
  cookie = await app.signIn();
});
afterEach(() => app.close());

const change = (body: object) => app.ask('/auth/password-change', { body, cookie });
const stored = () => app.services.db.select().from(passwords).where(eq(passwords.personId, app.client));
const good = 'correct horse battery';

test('[S3] a session that is over by the time its password is stored sets none', async () => {
  const viewer = (await app.viewer(cookie))!;
  const asked = { personId: viewer.personId, sessionId: viewer.sessionId, current: null, next: good };
  // Let in while it stood, and over before the hash is stored.
  await signOut(app.services, viewer.personId);
  const changed = await passwordChange(app.services, asked);
  expect(changed).toEqual({ problem: 'SESSION_OVER' });
  expect(await stored()).toEqual([]);
  expect(await app.mails()).toHaveLength(1);
});

test('of two changes from the same old password at once, one holds', async () => {
  await change({ next: good });
  const viewer = (await app.viewer(cookie))!;
  const to = (next: string) =>
    passwordChange(app.services, {
      personId: viewer.personId,
      sessionId: viewer.sessionId,
      current: good,
      next,
    });
  const answers = await Promise.all([to('the first of the two'), to('the second of the two')]);
  expect(answers.filter((answer) => 'ok' in answer)).toHaveLength(1);
  expect(answers.filter((answer) => 'problem' in answer)).toEqual([{ problem: 'PASSWORD_WRONG' }]);
});

test('a fresh session sets a password a few times, then waits', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < limits.passwordsSetPerPerson + 2; i++) {
    statuses.push((await change({ next: `${good} ${i}` })).status);
  }
  expect(statuses).toEqual([...Array(limits.passwordsSetPerPerson).fill(200), 429, 429]);
  const refused = await change({ next: good });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
});

test('a mail tells the person that a password was set or removed, and holds no word of it', async () => {
  expect((await change({ next: good })).status).toBe(200);
  const set = (await app.mails()).at(-1)!;
  expect(set.to).toContain(clientEmail);
  expect(set.subject).toBe('Your password for Acme was set');
  expect(set.text).toContain('all your other sessions have ended');
  expect(set.text).toContain('/settings/profile');
  expect(set.text).not.toContain('horse');
  const { html } = renderMail('passwordSet', { company: '<i>', name: '<b>Jana</b>', link: 'http://localhost/' });
  expect(html).toContain('&lt;b&gt;Jana&lt;/b&gt;');
  expect(html).not.toMatch(/<[bi]>/);
  expect((await change({ next: null })).status).toBe(200);
  expect((await app.mails()).at(-1)!.subject).toBe('Your password for Acme was removed');
});
