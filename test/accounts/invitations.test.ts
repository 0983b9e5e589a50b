import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events, invitations, people } from '../../drizzle/schema/index.ts';
import { personRemove } from '../../server/accounts/commands.ts';
import { readEverything, tokenOf } from '../security/tokenActor.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';
import { invitationOf, invite, joinAs, posted } from './inviting.ts';

let app: TestApp;
let pm: Session;
let lead: Session;
let member: Session;
let own: string;
let foreign: string;

beforeAll(async () => {
  app = await startTestApp();
  const { world, services } = app;
  own = world.clients[0]!.account.id;
  foreign = world.clients[1]!.account.id;
  const [first, second] = world.clients[0]!.people;
  await services.db.update(people).set({ role: 'CLIENT_LEAD' }).where(eq(people.id, first!.id));
  await services.db.update(people).set({ role: 'CLIENT_MEMBER' }).where(eq(people.id, second!.id));
  pm = await app.signIn(world.pm);
  lead = await app.signIn(first!);
  member = await app.signIn(second!);
});
afterAll(() => app.close());

const look = (session: Session, use: { id: string; token: string }) => posted(session, '/auth/invitation-look', use);
const accept = (session: Session, use: { id: string; token: string }, more = {}) =>
  posted(session, '/auth/invitation', { ...use, ...more });
const personOf = async (email: string) => {
  const rows = await app.services.db.select().from(people).where(eq(people.email, email));
  return rows.find((row) => row.removedAt === null) ?? null;
};

test('a lead invites a colleague, whose page changes nothing until its button is pressed', async () => {
  const { data } = await invite(lead, { email: ' Nora@Shop.example', name: 'Nora Vik', accountId: own });
  expect(data.personInvite).toMatchObject({
    invitation: { email: 'nora@shop.example', name: 'Nora Vik', role: 'CLIENT_MEMBER', isExpired: false },
    userErrors: [],
    position: null,
  });
  const use = await invitationOf(app, 'nora@shop.example');
  const page = await app.anonymous().fetch(`/invitation?id=${use.id}&token=${use.token}`);
  expect(page.status).toBe(200);
  for (let i = 0; i < 3; i++) {
    const seen = await look(app.anonymous(), use);
    expect(seen).toMatchObject({
      status: 200,
      body: { email: 'nora@shop.example', name: 'Nora Vik', signedInAs: null },
    });
  }
  expect(await personOf('nora@shop.example')).toBeNull();
  const accepted = await accept(app.anonymous(), use, { name: 'Nora V. Vik', timeZone: 'Europe/Oslo' });
  expect(accepted.status).toBe(200);
  expect(accepted.body.landsOn).toMatch(/^\/tasks\//);
  expect(await personOf('nora@shop.example')).toMatchObject({
    name: 'Nora V. Vik',
    accountId: own,
    role: 'CLIENT_MEMBER',
    timeZone: 'Europe/Oslo',
    isSample: false,
  });
  const again = await accept(app.anonymous(), use);
  expect(again).toMatchObject({ status: 400, body: { code: 'INVITATION_USED' } });
});

test('what was invited and joined stands in the log by ids alone, for staff', async () => {
  const kinds = ['person.invited', 'person.joined'];
  const stored = (await app.services.db.select().from(events)).filter((event) => kinds.includes(event.kind));
  expect(stored.map((event) => event.audience)).not.toContain('SHARED');
  expect(JSON.stringify(stored)).not.toMatch(/nora/i);
  expect(stored.map((event) => event.kind)).toEqual(kinds);
});

test("[S7] somebody signed in does not get another's invitation, and nothing of theirs changes", async () => {
  await invite(lead, { email: 'bob@shop.example', name: 'Bob', accountId: own });
  const use = await invitationOf(app, 'bob@shop.example');
  const eve = await app.signIn(app.world.otherClient);
  const before = await app.services.db.select().from(people).where(eq(people.id, app.world.otherClient.id));
  expect(await look(eve, use)).toMatchObject({
    status: 200,
    body: { email: 'bob@shop.example', signedInAs: app.world.otherClient.name },
  });
  expect(await accept(eve, use)).toMatchObject({ status: 409, body: { code: 'INVITATION_OTHER_PERSON' }, cookie: '' });
  expect(await app.services.db.select().from(people).where(eq(people.id, app.world.otherClient.id))).toEqual(before);
  expect(await personOf('bob@shop.example')).toBeNull();
  const { viewer } = await eve.ask('{ viewer { person { id } } }');
  expect(viewer.person.id).toBe(app.world.otherClient.id);
  // Signed out, the same link makes the person of its address.
  await accept(app.anonymous(), use);
  expect(await personOf('bob@shop.example')).toMatchObject({ accountId: own });
});

test('withdrawn, too old, sent again, made up: each link says plainly what it is', async () => {
  const { data } = await invite(pm, { email: 'kai@shop.example', accountId: own });
  const { id } = data.personInvite.invitation;
  const first = await invitationOf(app, 'kai@shop.example');
  app.clock.advance(7 * 24 * 60 * 60_000 + 1);
  const freshPm = await app.signIn(app.world.pm);
  expect(await look(app.anonymous(), first)).toMatchObject({ status: 200, body: { problem: 'INVITATION_EXPIRED' } });
  expect(await accept(app.anonymous(), first)).toMatchObject({ status: 400, body: { code: 'INVITATION_EXPIRED' } });
  const resend =
    'mutation ($id: ID!) { invitationResend(id: $id) { invitation { id isExpired } userErrors { code } } }';
  expect(await freshPm.ask(resend, { id })).toMatchObject({
    invitationResend: { invitation: { id, isExpired: false } },
  });
  const second = await invitationOf(app, 'kai@shop.example');
  expect(second.token).not.toBe(first.token);
  expect(await look(app.anonymous(), first)).toMatchObject({ status: 200, body: { problem: 'INVITATION_INVALID' } });
  expect(await look(app.anonymous(), second)).toMatchObject({ status: 200 });
  await freshPm.ask('mutation ($id: ID!) { invitationRevoke(id: $id) { userErrors { code } } }', { id });
  expect(await accept(app.anonymous(), second)).toMatchObject({ status: 400, body: { code: 'INVITATION_REVOKED' } });
  expect(await look(app.anonymous(), { id: uuidv7(), token: 'x' })).toMatchObject({
    body: { problem: 'INVITATION_INVALID' },
  });
  expect(await look(app.anonymous(), { id, token: 'x' })).toMatchObject({ body: { problem: 'INVITATION_INVALID' } });
  lead = await app.signIn(app.world.clients[0]!.people[0]!);
  member = await app.signIn(app.world.clients[0]!.people[1]!);
  pm = freshPm;
});

test('[S10] inviting an address that exists elsewhere answers as for a new one; its owner gets a mail that says so', async () => {
  const known = app.world.otherClient.email;
  const forKnown = await invite(lead, { email: known, name: 'Same Name', accountId: own });
  const forNew = await invite(lead, { email: 'brand-new@shop.example', name: 'Same Name', accountId: own });
  const staff = await invite(lead, { email: app.world.pm.email, name: 'Same Name', accountId: own });
  const shape = ({ data, errors }: typeof forKnown) =>
    JSON.stringify([errors, data.personInvite]).replaceAll(/"(id|email)":"[^"]+"/g, '');
  expect(shape(forKnown)).toBe(shape(forNew));
  expect(shape(staff)).toBe(shape(forNew));
  const toOwner = (await app.mails()).filter((mail) => mail.to.includes(known)).at(-1)!;
  expect(toOwner.text).toContain('You can sign in with this address already');
  expect(toOwner.text).not.toContain('/invitation');
  const [row] = await app.services.db.select().from(invitations).where(eq(invitations.email, known));
  expect(row?.tokenHash).toBeNull();
  expect(await accept(app.anonymous(), { id: row!.id, token: 'null' })).toMatchObject({ status: 400 });
  // Who may see them anyway is told, so that they find them.
  const told = await invite(pm, { email: known, accountId: own });
  expect(told.data.personInvite).toMatchObject({
    invitation: null,
    userErrors: [{ code: 'ALREADY_HERE', field: 'email' }],
  });
  const colleague = await invite(lead, { email: 'nora@shop.example', accountId: own, key: 'nora again' });
  expect(colleague.data.personInvite.userErrors).toMatchObject([{ code: 'ALREADY_HERE' }]);
});

test('[Z20] two accounts of one mail domain share nothing', async () => {
  await invite(pm, { email: 'a@same.example', accountId: own, name: 'Aye' });
  await invite(pm, { email: 'b@same.example', accountId: foreign, name: 'Bee' });
  for (const email of ['a@same.example', 'b@same.example']) {
    await accept(app.anonymous(), await invitationOf(app, email));
  }
  const a = await app.signIn('a@same.example');
  const seen = await a.ask(
    '{ accounts { nodes { id people { name email } invitations { id } } } company { partners { id } } }',
  );
  expect(seen.accounts.nodes.map((account: { id: string }) => account.id)).toEqual([own]);
  expect(JSON.stringify(seen)).not.toContain('Bee');
  const { node } = await a.ask('query ($id: ID!) { node(id: $id) { id } }', {
    id: (await personOf('b@same.example'))!.id,
  });
  expect(node).toBeNull();
});

test('who may not invite there is refused: members, leads elsewhere, leads for partners and staff', async () => {
  const codes = async (session: Session, input: Parameters<typeof invite>[1]) =>
    (await invite(session, input)).errors.map((error) => error.extensions?.code);
  const email = 'refused@shop.example';
  expect(await codes(member, { email, accountId: own })).toEqual(['FORBIDDEN']);
  expect(await codes(lead, { email, accountId: foreign })).toEqual(['NOT_FOUND']);
  expect(await codes(lead, { email, accountId: uuidv7() })).toEqual(['NOT_FOUND']);
  expect(await codes(lead, { email, role: 'PM' })).toEqual(['FORBIDDEN']);
  expect(await codes(lead, { email, role: 'PM', accountId: own })).toEqual(['FORBIDDEN']);
  expect(await codes(lead, { email, role: 'PARTNER', projectIds: [app.world.project.id] })).toEqual(['FORBIDDEN']);
  expect(await codes(pm, { email, role: 'ADMIN' })).toEqual(['FORBIDDEN']);
  expect(await codes(pm, { email, role: 'PARTNER', projectIds: [uuidv7()] })).toEqual(['NOT_FOUND']);
  expect(await codes(app.anonymous(), { email, accountId: own })).toEqual(['UNAUTHENTICATED']);
  expect((await app.mails()).some((mail) => mail.to.includes(email))).toBe(false);
});

test('what can be mended is told at its field', async () => {
  const errors = async (input: Parameters<typeof invite>[1]) =>
    (await invite(pm, { key: uuidv7(), ...input })).data.personInvite.userErrors;
  expect(await errors({ email: 'nonsense', accountId: own })).toEqual([{ code: 'INVALID_EMAIL', field: 'email' }]);
  expect(await errors({ email: 'x@y.example', name: ' ', accountId: own })).toEqual([{ code: 'EMPTY', field: 'name' }]);
  expect(await errors({ email: 'x@y.example', name: 'x'.repeat(201), accountId: own })).toMatchObject([
    { code: 'TOO_LONG' },
  ]);
  expect(await errors({ email: 'x@y.example' })).toEqual([{ code: 'EMPTY', field: 'accountId' }]);
  expect(await errors({ email: 'x@y.example', role: 'PARTNER' })).toEqual([{ code: 'EMPTY', field: 'projectIds' }]);
  await invite(pm, { email: 'twice@y.example', accountId: own });
  expect(await errors({ email: 'twice@y.example', accountId: own })).toEqual([
    { code: 'ALREADY_INVITED', field: 'email' },
  ]);
});

test('a repeat of the same key invites nobody more', async () => {
  const once = await invite(lead, { email: 'once@shop.example', accountId: own, key: 'k-once' });
  const again = await invite(lead, { email: 'once@shop.example', accountId: own, key: 'k-once' });
  expect(again.data).toEqual(once.data);
  expect((await app.mails()).filter((mail) => mail.to.includes('once@shop.example'))).toHaveLength(1);
});

test('a lead sees the invitations of the own account, a member none, and nobody sees a token', async () => {
  const query = '{ accounts { nodes { id invitations { email } } } company { invitations { email } } }';
  const ofLead = await lead.ask(query);
  expect(ofLead.accounts.nodes).toHaveLength(1);
  expect(JSON.stringify(ofLead)).toContain('once@shop.example');
  expect(JSON.stringify(await member.ask(query))).not.toContain('@shop.example');
  const foreignLead = await app.signIn(app.world.otherClient);
  expect(JSON.stringify(await foreignLead.ask(query))).not.toContain('@shop.example');
  const [row] = await app.services.db.select().from(invitations).where(eq(invitations.email, 'once@shop.example'));
  for (const session of [lead, pm]) expect(session.bytesSeen()).not.toContain(row!.tokenHash!);
});

test('a token that is for one account reads of no invitation elsewhere', async () => {
  await invite(pm, { email: 'soon@agency.example', role: 'PARTNER', projectIds: [app.world.project.id] });
  const query = '{ company { partnerInvitations { email } } }';
  expect(JSON.stringify(await (await tokenOf(pm)).ask(query))).toContain('soon@agency.example');
  const narrow = await tokenOf(pm, readEverything, { accountIds: [foreign] });
  expect(JSON.stringify(await narrow.ask(query))).not.toContain('@');
});

test("another account's invitation can be neither resent nor revoked", async () => {
  const { data } = await invite(pm, { email: 'theirs@other.example', accountId: foreign });
  const { id } = data.personInvite.invitation;
  for (const act of ['invitationResend', 'invitationRevoke']) {
    const { errors } = await lead.gql(`mutation ($id: ID!) { ${act}(id: $id) { userErrors { code } } }`, { id });
    expect(errors.map((error) => error.extensions?.code)).toEqual(['NOT_FOUND']);
  }
});

test('what a client invited is withdrawn when they leave; what staff sent to clients stays good', async () => {
  const { personId } = await joinAs(app, pm, { email: 'shortlived@shop.example', role: 'CLIENT_LEAD', accountId: own });
  const shortlived = await app.signIn({ id: personId });
  await invite(shortlived, { email: 'friend@shop.example', accountId: own });
  const use = await invitationOf(app, 'friend@shop.example');
  await personRemove(app.services, app.world.pm.id, personId);
  expect(await accept(app.anonymous(), use)).toMatchObject({ status: 400, body: { code: 'INVITATION_REVOKED' } });
});

test('who was here before comes back as the same person, and an address that left is free elsewhere', async () => {
  const { personId } = await joinAs(app, pm, { email: 'back@shop.example', accountId: own });
  await personRemove(app.services, app.world.pm.id, personId);
  const again = await joinAs(app, pm, {
    email: 'back@shop.example',
    accountId: own,
    key: 'back 2',
    role: 'CLIENT_LEAD',
  });
  expect(again.personId).toBe(personId);
  await personRemove(app.services, app.world.pm.id, personId);
  const moved = await joinAs(app, pm, { email: 'back@shop.example', accountId: foreign, key: 'back 3' });
  expect(moved.personId).not.toBe(personId);
});

test('a partner who comes back sees what the new invitation names, and none of the projects of before', async () => {
  const all = app.world.clients.map((one) => one.project.id);
  const partner = { email: 'back@agency.example', role: 'PARTNER' };
  const { personId } = await joinAs(app, pm, { ...partner, projectIds: all });
  await personRemove(app.services, app.world.pm.id, personId);
  const again = await joinAs(app, pm, { ...partner, projectIds: [all[0]!], key: 'agency back' });
  expect(again.personId).toBe(personId);
  const back = await app.signIn({ id: personId });
  expect((await back.ask('{ projects { nodes { id } } }')).projects.nodes).toEqual([{ id: all[0] }]);
});

test('a partner joins attached to the projects of the invitation, and sees no others', async () => {
  const { project } = app.world;
  const { personId } = await joinAs(app, pm, { email: 'agency@x.example', role: 'PARTNER', projectIds: [project.id] });
  const partner = await app.signIn({ id: personId });
  const { projects } = await partner.ask('{ projects { totalCount nodes { id } } }');
  expect(projects).toEqual({ totalCount: 1, nodes: [{ id: project.id }] });
  // They and the people of the account know each other; nobody of another account does.
  const node = 'query ($id: ID!) { node(id: $id) { ... on Person { name attachedTo { id } } } }';
  expect((await partner.ask(node, { id: app.world.client.id })).node).not.toBeNull();
  expect((await partner.ask(node, { id: app.world.otherClient.id })).node).toBeNull();
  expect((await member.ask(node, { id: personId })).node).toMatchObject({ attachedTo: [{ id: project.id }] });
  const foreigner = await app.signIn(app.world.otherClient);
  expect((await foreigner.ask(node, { id: personId })).node).toBeNull();
});
