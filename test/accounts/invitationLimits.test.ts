import { afterAll, beforeAll, expect, test } from 'vitest';
import { invitationMailsAnHour } from '../../server/accounts/invitationLimits.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';
import { invite } from './inviting.ts';

let app: TestApp;
let pm: Session;
let admin: Session;
let own: string;
beforeAll(async () => {
  app = await startTestApp();
  own = app.world.clients[0]!.account.id;
  pm = await app.signIn(app.world.pm);
  admin = await app.signIn(app.world.staff.find(({ id, role }) => id !== app.world.pm.id && role === 'ADMIN')!);
});
afterAll(() => app.close());

const { perInviter, perInviterAndAddress } = invitationMailsAnHour;
const resend = (session: Session, id: string) =>
  session.gql('mutation ($id: ID!) { invitationResend(id: $id) { userErrors { code message } } }', { id });
const codes = (errors: { code: string }[]) => errors.map(({ code }) => code);
const mailsTo = async (email: string) => (await app.mails()).filter((mail) => mail.to.includes(email));

test('one invitation is sent again a few times an hour, and then refused with how long to wait', async () => {
  const email = 'again@shop.example';
  const { data } = await invite(pm, { email, accountId: own });
  const { id } = data.personInvite.invitation;
  for (let sent = 1; sent < perInviterAndAddress; sent++) {
    expect((await resend(pm, id)).data.invitationResend.userErrors).toEqual([]);
  }
  const [refused] = (await resend(pm, id)).data.invitationResend.userErrors;
  expect(refused).toEqual({ code: 'TOO_OFTEN', message: expect.stringMatching(/Wait 60 minutes/) });
  expect(await mailsTo(email)).toHaveLength(perInviterAndAddress);
  // Neither does taking it back and inviting anew get round it.
  await pm.gql('mutation ($id: ID!) { invitationRevoke(id: $id) { userErrors { code } } }', { id });
  const anew = await invite(pm, { email, accountId: own, key: 'anew' });
  expect(codes(anew.data.personInvite.userErrors)).toEqual(['TOO_OFTEN']);
  // How often somebody wrote to an address is told to nobody else.
  const theirs = await invite(admin, { email, accountId: own });
  expect(codes(theirs.data.personInvite.userErrors)).toEqual([]);
});

test('a stolen session writes to some mailboxes, not to hundreds; a repeat of a request counts once', async () => {
  const asked = Array.from({ length: perInviter + 4 }, (_, i) => `many${i}@shop.example`);
  const answers: string[] = [];
  for (const email of asked) {
    const { data } = await invite(admin, { email, accountId: own });
    await invite(admin, { email, accountId: own });
    answers.push(...codes(data.personInvite.userErrors));
  }
  expect(answers).toEqual(Array(5).fill('TOO_OFTEN'));
  expect(await mailsTo('@shop.example')).toHaveLength(perInviter + perInviterAndAddress);
  expect((await invite(pm, { email: 'pm@shop.example', accountId: own })).data.personInvite.userErrors).toEqual([]);
});
