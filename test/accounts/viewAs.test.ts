import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { events, people, projectStaff, sessions } from '../../drizzle/schema/index.ts';
import { personRemove } from '../../server/accounts/commands.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { enterNote } from '../support/noteClient.ts';
import type { Session } from '../support/session.ts';
import { posted } from './inviting.ts';

let app: TestApp;
let pm: Session;
let client: Session;
beforeEach(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(app.world.client);
});
afterEach(() => app.close());

const start = (session: Session, personId: string) =>
  session.gql(
    'mutation ($personId: ID!) { viewAsStart(personId: $personId) { viewer { isStaff person { id } viewedBy { id } } } }',
    {
      personId,
    },
  );
const stop = (session: Session) => session.ask('mutation { viewAsEnd { viewer { isStaff person { id } } } }');
const who = async (session: Session) => (await session.ask('{ viewer { person { id } viewedBy { id } } }')).viewer;
const everything = `{
  viewer { isStaff landsOn account { id name } viewerCan { seePeople createProjects readAudit editTemplates readOverview } }
  accounts { nodes { id name people { id name email } } }
  projects(first: 5) { totalCount nodes {
    id name position staff { revenue { amountMinor } }
    people { id name }
    phases { id name tasks { id title state visibility viewerCan { start } } }
  } }
}`;
const sharedNote = () => app.world.clients[0]!.tasks.find((one) => one.noteId && one.visibility === 'SHARED')!;
const codesOf = ({ errors }: { errors: { extensions?: { code?: string } }[] }) =>
  errors.map((error) => error.extensions?.code);

test("[Z18] staff see exactly the client's view, and it is on record for staff alone", async () => {
  const asked = everything.replace('viewerCan { start }', 'note { id }');
  const theirs = await client.ask(asked);
  const answer = await start(pm, app.world.client.id);
  expect(answer.data.viewAsStart.viewer).toEqual({
    isStaff: false,
    person: { id: app.world.client.id },
    viewedBy: { id: app.world.pm.id },
  });
  const seen = await pm.ask(asked);
  // What a client may do is a write and withheld; all that is read is the same.
  expect({ ...seen, viewer: { ...seen.viewer, viewerCan: null } }).toEqual({
    ...theirs,
    viewer: { ...theirs.viewer, viewerCan: null },
  });
  const stored = (await app.services.db.select().from(events)).filter((event) => event.kind.startsWith('person.view'));
  expect(stored).toMatchObject([
    {
      kind: 'person.viewed',
      audience: 'INTERNAL',
      actorId: app.world.pm.id,
      subjectId: app.world.client.id,
      facts: {},
    },
  ]);
  await stop(pm);
  expect(await who(pm)).toEqual({ person: { id: app.world.pm.id }, viewedBy: null });
});

test('[Z18] nothing can be changed through other eyes: every write is refused, and leaves no trace of the client', async () => {
  const task = app.world.clients[0]!.tasks.find((one) => one.side === 'CLIENT' && one.visibility === 'SHARED')!;
  const [before] = await app.services.db
    .select()
    .from(projectStaff)
    .where(eq(projectStaff.projectId, app.world.project.id));
  await start(pm, app.world.client.id);
  const comment = await pm.gql(
    'mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id } userErrors { code } } }',
    { input: { taskId: task.id, text: 'as somebody else', audience: 'SHARED', idempotencyKey: 'x' } },
  );
  expect(codesOf(comment)).toEqual(['FORBIDDEN']);
  const acts = [
    'profileEdit(input: { name: "X", timeZone: "UTC" }) { userErrors { code } }',
    'sessionsEndOthers { userErrors { code } }',
    `personRemove(id: "${app.world.clients[0]!.people[1]!.id}") { userErrors { code } }`,
    `viewAsStart(personId: "${app.world.otherClient.id}") { userErrors { code } }`,
  ];
  for (const act of acts) expect(codesOf(await pm.gql(`mutation { ${act} }`))).toEqual(['FORBIDDEN']);
  expect(await posted(pm, '/auth/password-change', { next: 'a long enough one' })).toMatchObject({ status: 403 });
  expect((await pm.ask('{ viewer { sessions { id } signIn { isFresh } } }')).viewer).toEqual({
    sessions: [],
    signIn: null,
  });
  const [after] = await app.services.db
    .select()
    .from(projectStaff)
    .where(eq(projectStaff.projectId, app.world.project.id));
  expect(after).toEqual(before);
  const of = await app.services.db.select().from(sessions).where(eq(sessions.personId, app.world.client.id));
  expect(of).toHaveLength(1);
});

test('[Z18] sockets too: the stream counts as the client counts, a note is read-only, and nobody is told of a presence', async () => {
  const changes = `subscription ($id: ID!) { changes(projectId: $id, after: 0) { __typename ... on ChangeMessage { position } } }`;
  const task = sharedNote();
  const before = pm.subscribe('subscription ($id: ID!) { changes(projectId: $id, after: 0) { __typename } }', {
    id: app.world.project.id,
  });
  await before.next();
  const presence = 'subscription ($id: ID!) { presence(taskId: $id) { people { id } } }';
  const other = await app.signIn(app.world.clients[0]!.people[1]!);
  const watching = other.subscribe(presence, { id: task.id });
  await watching.next();
  await start(pm, app.world.client.id);
  await eventually(async () => {
    for (;;) await before.next(1);
  }, 2_000).catch((error: Error) => expect(String(error)).toMatch(/4403|1012/));
  const viewing = pm.subscribe(changes.replace(' ... on ChangeMessage { position }', ''), { id: app.world.project.id });
  await viewing.next();
  const room = { url: app.url, cookie: pm.cookie, room: `/notes/${task.noteId}.1` };
  const peer = enterNote(room);
  await peer.synced();
  peer.addParagraph('through other eyes');
  const reader = enterNote({ ...room, cookie: client.cookie });
  await reader.synced();
  expect(reader.text()).not.toContain('through other eyes');
  const silent = pm.subscribe(presence, { id: task.id });
  await silent.next();
  await expect(watching.next(300)).rejects.toThrow('No message');
  // The end of the view ends its sockets, too.
  await stop(pm);
  await eventually(() => expect(peer.closed).toEqual([4403]), 2_000);
  peer.close();
  reader.close();
});

test('it ends by itself after an hour, with its sockets', async () => {
  await start(pm, app.world.client.id);
  const task = sharedNote();
  const peer = enterNote({ url: app.url, cookie: pm.cookie, room: `/notes/${task.noteId}.1` });
  await peer.synced();
  app.clock.advance(60 * 60_000 + 1);
  await app.services.jobs.runDue();
  expect(await who(pm)).toEqual({ person: { id: app.world.pm.id }, viewedBy: null });
  await eventually(() => expect(peer.closed).toEqual([4403]), 2_000);
  const kinds = (await app.services.db.select().from(events)).map((event) => event.kind);
  expect(kinds.filter((kind) => kind.startsWith('person.view'))).toEqual(['person.viewed', 'person.viewEnded']);
  peer.close();
});

test("a client's removal ends the view; signing out while viewing signs the staff person out and nobody else", async () => {
  await start(pm, app.world.client.id);
  await posted(pm, '/auth/sign-out', {});
  expect((await pm.ask('{ viewer { isStaff } }')).viewer).toBeNull();
  expect(await who(client)).toMatchObject({ person: { id: app.world.client.id } });
  const again = await app.signIn(app.world.pm);
  await start(again, app.world.client.id);
  const room = { url: app.url, cookie: again.cookie, room: `/notes/${sharedNote().noteId}.1` };
  const peer = enterNote(room);
  await peer.synced();
  await personRemove(app.services, app.world.pm.id, app.world.client.id);
  // On record, and with its sockets: what comes next is the staff person's own, and begins anew.
  await eventually(() => expect(peer.closed).toEqual([4403]), 2_000);
  expect(await who(again)).toEqual({ person: { id: app.world.pm.id }, viewedBy: null });
  const kinds = (await app.services.db.select().from(events)).map((event) => event.kind);
  expect(kinds.filter((kind) => kind.startsWith('person.view'))).toEqual([
    'person.viewed',
    'person.viewed',
    // Of the session that was signed out as well: nobody looks through the eyes of somebody who is gone.
    'person.viewEnded',
    'person.viewEnded',
  ]);
  peer.close();
});

test('[Z18] while a view stands, nobody gets the staff person’s own rights by it, whoever is gone', async () => {
  await start(pm, app.world.client.id);
  // As if the client vanished by another way than their removal.
  const removedAt = app.clock.now();
  await app.services.db.update(people).set({ removedAt }).where(eq(people.id, app.world.client.id));
  expect((await pm.ask('{ viewer { person { id } } }')).viewer).toBeNull();
  expect(codesOf(await pm.gql('{ projects(first: 1) { totalCount } }'))).toEqual(['UNAUTHENTICATED']);
  app.clock.advance(60 * 60_000 + 1);
  await app.services.jobs.runDue();
  expect(await who(pm)).toEqual({ person: { id: app.world.pm.id }, viewedBy: null });
});

test('clients look through nobody’s eyes, staff through no colleague’s', async () => {
  const colleague = app.world.clients[0]!.people[1]!.id;
  await app.services.db.update(people).set({ role: 'CLIENT_LEAD' }).where(eq(people.id, app.world.client.id));
  expect(codesOf(await start(client, colleague))).toEqual(['FORBIDDEN']);
  expect(codesOf(await start(client, app.world.otherClient.id))).toEqual(['NOT_FOUND']);
  expect(codesOf(await start(pm, app.world.staff[1]!.id))).toEqual(['FORBIDDEN']);
  expect(codesOf(await start(pm, '01a1ff99-08b0-79b5-9a19-d6a2a325eb60'))).toEqual(['NOT_FOUND']);
});
