import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { events, idempotencyKeys, notes, people, tasks } from '../../drizzle/schema/index.ts';
import { makeToken } from '../security/tokenActor.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { enterNote, type NotePeer } from '../support/noteClient.ts';
import { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
let client: Session;
type Where = { id: string; taskId: string };
let note: Where;
let internal: Where;
const peers: NotePeer[] = [];
let keys = 0;

beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(app.world.client);
  const own = app.world.clients[0]!.tasks.filter((task) => task.noteId !== null);
  const shared = own.filter((task) => task.visibility === 'SHARED');
  [note, internal] = [shared[0]!, shared[1]!].map((task) => ({ id: task.noteId!, taskId: task.id })) as [Where, Where];
  await app.services.db.update(tasks).set({ visibility: 'INTERNAL' }).where(eq(tasks.id, internal.taskId));
  await app.services.db.update(notes).set({ audience: 'INTERNAL' }).where(eq(notes.id, internal.id));
});
afterEach(() => {
  for (const peer of peers.splice(0)) peer.close();
});
afterAll(() => app.close());

const writeText = `mutation ($id: ID!, $input: NoteWriteInput!) {
  noteWrite(id: $id, input: $input) { note { id markdown html json } userErrors { code field } position }
}`;
const readText = 'query ($id: ID!) { node(id: $id) { ... on Note { markdown html json } } }';

async function write(who: Session, markdown: string, { mode = 'REPLACE', key = `k${keys++}`, id = note.id } = {}) {
  return who.gql(writeText, { id, input: { markdown, mode, idempotencyKey: key } });
}
async function enter(): Promise<NotePeer> {
  const { cookie } = client;
  const peer = enterNote({ url: app.url, cookie, room: `/notes/${note.id}.1` });
  peers.push(peer);
  await peer.synced();
  return peer;
}
const edited = () => app.services.db.select().from(events).where(eq(events.kind, 'note.edited'));

test('a note is written and read as Markdown, HTML and JSON, and says so in the log', async () => {
  const before = (await edited()).length;
  const { data } = await write(client, '# Plan\n\nFeed on **Friday**');
  expect(data.noteWrite.userErrors).toEqual([]);
  expect(data.noteWrite.position).toBeGreaterThan(0);
  const { node } = await pm.ask(readText, { id: note.id });
  expect(node.markdown).toBe('# Plan\n\nFeed on **Friday**');
  expect(node.html).toBe('<h3>Plan</h3><p>Feed on <strong>Friday</strong></p>');
  expect(JSON.parse(node.json).content[0]).toMatchObject({ type: 'heading', attrs: { level: 1 } });
  expect(data.noteWrite.note).toMatchObject(node);
  const rows = await edited();
  expect(rows).toHaveLength(before + 1);
  expect(rows.at(-1)).toMatchObject({ audience: 'SHARED', actorId: app.world.client.id, subjectId: note.id });
});

test('what is written by the API reaches whoever has the note open, beside what they type', async () => {
  await write(client, 'One\n\nThe feed comes on Friday');
  const peer = await enter();
  const text = (peer.doc.getXmlFragment('default').get(1) as Y.XmlElement).get(0) as Y.XmlText;
  // On its way while the program writes.
  peer.provider.disconnect();
  text.insert('The feed comes on Friday'.length, ' at noon');
  await write(pm, 'Zero\n\nOne\n\nThe new feed comes on Friday');
  peer.provider.connect();
  await peer.saved();
  await eventually(async () => {
    const { node } = await pm.ask(readText, { id: note.id });
    expect(node.markdown).toBe('Zero\n\nOne\n\nThe new feed comes on Friday at noon');
  });
  await eventually(() => expect(peer.text()).toBe('Zero\nOne\nThe new feed comes on Friday at noon'));
});

test('APPEND puts it at the end, and a repeat of the key writes nothing more', async () => {
  await write(client, 'Start');
  const [first, second] = await Promise.all([
    write(client, '- more', { mode: 'APPEND', key: 'append' }),
    write(client, '- more', { mode: 'APPEND', key: 'append' }),
  ]);
  expect([first.data.noteWrite.userErrors, second.data.noteWrite.userErrors]).toEqual([[], []]);
  const { node } = await pm.ask(readText, { id: note.id });
  expect(node.markdown).toBe('Start\n\n- more');
  const other = await write(client, '- other', { mode: 'APPEND', key: 'append' });
  expect(other.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
});

test('a write whose process died before its answer is not written twice by the next try', async () => {
  await write(client, 'Start');
  await write(client, 'more', { mode: 'APPEND', key: 'died' });
  // As after a crash between the text and its key.
  await app.services.db.delete(idempotencyKeys).where(eq(idempotencyKeys.key, 'died'));
  await write(client, 'more', { mode: 'APPEND', key: 'died' });
  expect((await pm.ask(readText, { id: note.id })).node.markdown).toBe('Start\n\nmore');
  // One that only takes away is known by its trace, too.
  await write(client, 'Start', { key: 'less' });
  await app.services.db.delete(idempotencyKeys).where(eq(idempotencyKeys.key, 'less'));
  await write(pm, 'Start\n\nafter');
  await write(client, 'Start', { key: 'less' });
  expect((await pm.ask(readText, { id: note.id })).node.markdown).toBe('Start\n\nafter');
});

test('writing what it says already makes no event', async () => {
  await write(client, 'Same');
  const before = (await edited()).length;
  await write(client, 'Same');
  expect(await edited()).toHaveLength(before);
});

test('somebody whom the writer may know is named; an id that is not to be known stays letters', async () => {
  const stranger = app.world.otherClient.id;
  await write(client, `Ask @[${app.world.pm.id}] and @[${stranger}]`);
  const { node } = await pm.ask(readText, { id: note.id });
  expect(node.html).toContain(`<span data-person="${app.world.pm.id}">@${app.world.pm.name}</span>`);
  expect(node.html).toContain(`@[${stranger}]`);
  expect(node.html).not.toContain(app.world.otherClient.name);
  // Staff know them, and yet name nobody to whom the note is not there.
  await write(pm, `Told @[${stranger}] and @[${app.world.client.id}]`);
  const { html } = (await pm.ask(readText, { id: note.id })).node;
  expect(html).not.toContain(app.world.otherClient.name);
  expect(html).toContain(`@${app.world.client.name}</span>`);
});

test('for another client and for whoever lost the right, a note is not there', async () => {
  await write(client, 'Secret of the shop');
  const stranger = await app.signIn(app.world.otherClient);
  expect((await stranger.gql(readText, { id: note.id })).data?.node ?? null).toBeNull();
  const refused = await write(stranger, 'x');
  expect(refused.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
  await write(pm, 'Internal words', { id: internal.id });
  expect((await client.gql(readText, { id: internal.id })).data?.node ?? null).toBeNull();
  expect((await write(client, 'x', { id: internal.id })).errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
  expect((await pm.ask(readText, { id: internal.id })).node.markdown).toBe('Internal words');

  await app.services.db.update(tasks).set({ visibility: 'INTERNAL' }).where(eq(tasks.id, note.taskId));
  const gone = await write(client, 'x');
  expect(gone.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
  await app.services.db.update(tasks).set({ visibility: 'SHARED' }).where(eq(tasks.id, note.taskId));
  expect((await pm.ask(readText, { id: note.id })).node.markdown).toBe('Secret of the shop');
});

test('a role that only reads cannot write, and a token takes the scope', async () => {
  await app.services.db.update(people).set({ role: 'CLIENT_SPONSOR' }).where(eq(people.id, app.world.client.id));
  const refused = await write(await app.signIn(app.world.client), 'x');
  expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  await app.services.db.update(people).set({ role: 'CLIENT_LEAD' }).where(eq(people.id, app.world.client.id));
  client = await app.signIn(app.world.client);
  const program = async (scopes: string[]) => new Session(app.url, '', null, (await makeToken(client, scopes)).secret);
  const reader = await program(['NOTES_READ', 'TASKS_READ', 'PROJECTS_READ']);
  expect((await reader.ask(readText, { id: note.id })).node.markdown).toBe('Secret of the shop');
  expect((await write(reader, 'x')).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  const other = await program(['TASKS_READ', 'PROJECTS_READ']);
  expect(JSON.stringify(await other.gql(readText, { id: note.id }))).not.toContain('Secret');
  const writer = await program(['NOTES_WRITE', 'TASKS_READ', 'PROJECTS_READ']);
  expect((await write(writer, 'By a program')).data.noteWrite.note.markdown).toBe('By a program');
});

test('too long a text is refused by its length, and one that is larger than a request at the door', async () => {
  const long = await write(client, 'a '.repeat(50_001));
  expect(long.data.noteWrite.userErrors).toEqual([{ code: 'TOO_LONG', field: 'markdown' }]);
  const huge = await write(client, 'a'.repeat(5_000_000));
  expect(huge.status).toBe(413);
});

test('hostile Markdown is kept as words, and the note goes on', async () => {
  await write(client, `[x](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n${'>'.repeat(10_000)}deep`);
  const { node } = await pm.ask(readText, { id: note.id });
  expect(node.html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(node.html).not.toMatch(/href|<img/);
  expect(node.markdown).toContain('deep');
});

test('reading whole notes has its price', async () => {
  const fields = Array.from({ length: 20 }, (_, i) => `n${i}: markdown h${i}: html j${i}: json`).join(' ');
  const one = `query ($id: ID!) { ${Array.from({ length: 4 }, (_, i) => `t${i}: node(id: $id) { ... on Note { ${fields} } }`).join(' ')} }`;
  expect((await pm.gql(one, { id: note.id })).errors?.[0]?.extensions?.code).toBe('TOO_COMPLEX');
});

test('what others wrote since a note was read stays when it is said on what the new text is based', async () => {
  await write(client, 'One two\n\nThree');
  const { node } = await pm.ask(readText, { id: note.id });
  const read = node.markdown;
  await write(client, 'One two\n\nA line of the client\n\nThree and more');
  const input = { markdown: `# By a program\n\n${read}`, basedOn: read, mode: 'REPLACE', idempotencyKey: `k${keys++}` };
  const { data } = await pm.gql(writeText, { id: note.id, input });
  expect(data.noteWrite.userErrors).toEqual([]);
  const all = '# By a program\n\nOne two\n\nA line of the client\n\nThree and more';
  expect(data.noteWrite.note.markdown).toBe(all);
  const long = { ...input, basedOn: 'x'.repeat(100_001), idempotencyKey: `k${keys++}` };
  const refused = await pm.gql(writeText, { id: note.id, input: long });
  expect(refused.data.noteWrite.userErrors).toEqual([{ code: 'TOO_LONG', field: 'basedOn' }]);
  expect((await pm.ask(readText, { id: note.id })).node.markdown).toBe(all);
});
