import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { events, people } from '../../drizzle/schema/index.ts';
import { tokenOf } from '../security/tokenActor.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { enterNote } from '../support/noteClient.ts';
import type { Session } from '../support/session.ts';
import { joinAs } from './inviting.ts';

let app: TestApp;
let admin: Session;
let pm: Session;
let client: Session;

beforeEach(async () => {
  app = await startTestApp();
  const { staff, client: somebody, clients } = app.world;
  await app.services.db.update(people).set({ role: 'PM' }).where(eq(people.id, staff[0]!.id));
  await app.services.db.update(people).set({ role: 'ADMIN' }).where(eq(people.id, staff[1]!.id));
  for (const one of clients[0]!.people) {
    await app.services.db.update(people).set({ role: 'CLIENT_MEMBER' }).where(eq(people.id, one.id));
  }
  admin = await app.signIn(staff[1]!);
  pm = await app.signIn(staff[0]!);
  client = await app.signIn(somebody);
});
afterEach(() => app.close());

const changeRole = (session: Session, id: string, role: string) =>
  session.gql(
    'mutation ($id: ID!, $role: Role!) { personChangeRole(id: $id, input: { role: $role }) { person { role } userErrors { code } } }',
    { id, role },
  );
const remove = (session: Session, id: string) =>
  session.gql('mutation ($id: ID!) { personRemove(id: $id) { person { id } userErrors { code } } }', { id });
const codesOf = ({ errors }: { errors: { extensions?: { code?: string } }[] }) =>
  errors.map((error) => error.extensions?.code);
const changes = `subscription ($id: ID!) { changes(projectId: $id, after: 0) { __typename } }`;
const note = () => app.world.clients[0]!.tasks.find((task) => task.noteId && task.visibility === 'SHARED')!;
const enter = (session: Session) =>
  enterNote({ url: app.url, cookie: session.cookie, room: `/notes/${note().noteId}.1` });

describe.each([
  ['another role', (id: string) => changeRole(pm, id, 'CLIENT_VIEWER')],
  ['removal', (id: string) => remove(pm, id)],
] as const)('%s', (_, act) => {
  test('[S3] [Z9] [Z10] ends every session and every socket of the person within 2 s', async () => {
    const id = app.world.client.id;
    const stream = client.subscribe(changes, { id: app.world.project.id });
    await stream.next();
    const peer = enter(client);
    await peer.synced();
    const kept = pm.subscribe(changes, { id: app.world.project.id });
    await kept.next();
    expect((await act(id)).errors).toEqual([]);
    await eventually(() => expect(peer.closed).toEqual([4403]), 2_000);
    await eventually(async () => {
      for (;;) await stream.next(1);
    }, 2_000).catch((error: Error) => expect(String(error)).toContain('4403'));
    peer.addParagraph('too late');
    expect((await client.ask('{ viewer { isStaff } }')).viewer).toBeNull();
    const reader = enter(pm);
    await reader.synced();
    expect(reader.text()).not.toContain('too late');
    reader.close();
    peer.close();
    kept.stop();
  });
});

test('a person set to read-only comes back as such', async () => {
  const id = app.world.client.id;
  expect((await changeRole(pm, id, 'CLIENT_VIEWER')).data.personChangeRole).toMatchObject({
    person: { role: 'CLIENT_VIEWER' },
  });
  const back = await app.signIn({ id });
  const peer = enter(back);
  await peer.synced();
  peer.addParagraph('not mine to write');
  const other = enter(pm);
  await other.synced();
  await other.saved();
  expect(other.text()).not.toContain('not mine to write');
  peer.close();
  other.close();
});

test('detaching a partner ends their sockets at once and takes the project away, and nothing else', async () => {
  const [first, second] = app.world.clients;
  const projectIds = [first!.project.id, second!.project.id];
  const { personId } = await joinAs(app, pm, { email: 'agency@x.example', role: 'PARTNER', projectIds });
  const partner = await app.signIn({ id: personId });
  const stream = partner.subscribe(changes, { id: projectIds[0] });
  await stream.next();
  const peer = enter(partner);
  await peer.synced();
  const act = (name: string, session = pm) =>
    session.gql(
      `mutation ($id: ID!, $projectId: ID!) { ${name}(id: $id, input: { projectId: $projectId }) { userErrors { code } } }`,
      { id: personId, projectId: projectIds[0] },
    );
  expect(codesOf(await act('partnerDetach', client))).toEqual(['FORBIDDEN']);
  expect((await act('partnerDetach')).errors).toEqual([]);
  await eventually(() => expect(peer.closed).toEqual([4403]), 2_000);
  expect((await partner.ask('{ projects { nodes { id } } }')).projects.nodes).toEqual([{ id: projectIds[1] }]);
  expect((await act('partnerAttach')).errors).toEqual([]);
  expect((await partner.ask('{ projects { totalCount } }')).projects.totalCount).toBe(2);
  const stored = (await app.services.db.select().from(events)).filter(
    (event) => event.kind.startsWith('partner.') && event.subjectId === personId,
  );
  expect(stored.map(({ kind, audience }) => [kind, audience])).toEqual([
    ['partner.attached', 'SHARED'],
    ['partner.attached', 'SHARED'],
    ['partner.detached', 'SHARED'],
    ['partner.attached', 'SHARED'],
  ]);
  peer.close();
});

test('nobody gives roles beyond their own, crosses to the other side, or changes themselves', async () => {
  const id = app.world.client.id;
  expect(codesOf(await changeRole(client, app.world.clients[0]!.people[1]!.id, 'CLIENT_LEAD'))).toEqual(['FORBIDDEN']);
  expect(codesOf(await changeRole(client, id, 'CLIENT_LEAD'))).toEqual(['FORBIDDEN']);
  expect(codesOf(await changeRole(client, app.world.otherClient.id, 'CLIENT_VIEWER'))).toEqual(['NOT_FOUND']);
  expect(codesOf(await changeRole(pm, id, 'PM'))).toEqual(['FORBIDDEN']);
  expect(codesOf(await changeRole(pm, app.world.staff[1]!.id, 'PM'))).toEqual(['FORBIDDEN']);
  expect(codesOf(await changeRole(admin, app.world.staff[1]!.id, 'PM'))).toEqual(['FORBIDDEN']);
  expect(codesOf(await remove(admin, app.world.staff[1]!.id))).toEqual(['FORBIDDEN']);
  expect(codesOf(await remove(client, app.world.otherClient.id))).toEqual(['NOT_FOUND']);
  expect(codesOf(await remove(client, app.world.pm.id))).toEqual(['FORBIDDEN']);
});

test('what may be done with a person comes as data, for this viewer', async () => {
  const query = 'query ($id: ID!) { node(id: $id) { ... on Person { email viewerCan { giveRoles remove viewAs } } } }';
  const id = app.world.client.id;
  expect((await pm.ask(query, { id })).node).toMatchObject({
    email: app.world.client.email,
    viewerCan: { giveRoles: ['CLIENT_VIEWER', 'CLIENT_SPONSOR', 'CLIENT_LEAD'], remove: true, viewAs: true },
  });
  const colleague = app.world.clients[0]!.people[1]!.id;
  const nothing = { giveRoles: [], remove: false, viewAs: false };
  expect((await client.ask(query, { id: colleague })).node).toEqual({ email: null, viewerCan: nothing });
  expect((await client.ask(query, { id: app.world.pm.id })).node).toEqual({ email: null, viewerCan: nothing });
});

test('a removal is taken back: the same person, who signs in anew', async () => {
  const id = app.world.client.id;
  const token = await tokenOf(client);
  await remove(pm, id);
  const restore = 'mutation ($id: ID!) { personRestore(id: $id) { person { id role } userErrors { code } } }';
  expect(codesOf(await client.gql(restore, { id }))).toEqual(['UNAUTHENTICATED']);
  expect((await pm.ask(restore, { id })).personRestore).toEqual({
    person: { id, role: 'CLIENT_MEMBER' },
    userErrors: [],
  });
  expect((await client.ask('{ viewer { isStaff } }')).viewer).toBeNull();
  expect(codesOf(await token.gql('{ viewer { isStaff } }'))).toEqual(['UNAUTHENTICATED']);
  const back = await app.signIn({ id });
  expect((await back.ask('{ viewer { person { id } } }')).viewer.person.id).toBe(id);
});

test('a person edits their own name and time zone, which is a revision and no fact', async () => {
  const edit = `mutation ($input: ProfileEditInput!) { profileEdit(input: $input) { person { name timeZone } userErrors { code field } } }`;
  const input = { name: '  Ingrid Canary ', timeZone: 'Europe/Lisbon' };
  expect((await client.ask(edit, { input })).profileEdit).toEqual({
    person: { name: 'Ingrid Canary', timeZone: 'Europe/Lisbon' },
    userErrors: [],
  });
  for (const timeZone of ['Mars/Olympus', '+02:00', '']) {
    expect((await client.ask(edit, { input: { ...input, timeZone } })).profileEdit.userErrors).toEqual([
      { code: 'INVALID_TIME_ZONE', field: 'timeZone' },
    ]);
  }
  const stored = (await app.services.db.select().from(events)).filter((event) => event.kind === 'person.edited');
  expect(stored).toHaveLength(1);
  expect(JSON.stringify(stored)).not.toContain('Canary');
});
