import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { files, notes, people, tasks } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let client: Session;
let pm: Session;
let stranger: Session;
let note: { id: string; taskId: string };

beforeAll(async () => {
  app = await startTestApp();
  client = await app.signIn(app.world.client);
  pm = await app.signIn(app.world.pm);
  stranger = await app.signIn(app.world.otherClient);
  const task = app.world.clients[0]!.tasks.find((one) => one.visibility === 'SHARED' && one.noteId !== null)!;
  note = { id: task.noteId!, taskId: task.id };
});
afterAll(() => app.close());

const create = `mutation ($input: NoteFileCreateInput!) {
  noteFileCreate(input: $input) { file { id } uploadUrl userErrors { code field } }
}`;
const begin = (who: Session, file: Record<string, unknown> = {}, key = uuidv7()) =>
  who.gql(create, {
    input: { noteId: note.id, idempotencyKey: key, file: { name: 'plan.png', sizeBytes: 5, ...file } },
  });
const headers = {
  'tus-resumable': '1.0.0',
  'upload-offset': '0',
  'content-type': 'application/offset+octet-stream',
  'x-slipway-csrf': '1',
};
const send = (who: Session, url: string) => who.fetch(url, { method: 'PATCH', headers, body: 'hello' });

async function upload(who: Session): Promise<string> {
  const { data } = await begin(who);
  expect((await send(who, data.noteFileCreate.uploadUrl)).status).toBe(204);
  return data.noteFileCreate.file.id;
}
async function linkOf(who: Session, id: string): Promise<string | null> {
  const { data } = await who.gql('query ($id: ID!) { node(id: $id) { ... on File { downloadUrl } } }', { id });
  return data?.node?.downloadUrl ?? null;
}

test('a file of a note is kept once it is there, and whoever reads the note downloads it', async () => {
  const id = await upload(client);
  expect(await (await pm.fetch((await linkOf(pm, id))!)).text()).toBe('hello');
  const [row] = await app.services.db.select().from(files).where(eq(files.id, id));
  expect(row).toMatchObject({ state: 'STORED', expiresAt: null, purpose: 'NOTE', noteId: note.id });
  app.clock.advance(3 * 86_400_000);
  expect(await linkOf(await app.signIn(app.world.pm), id)).not.toBeNull();
});

test('another client has no such file, neither by its id nor by the link of somebody who does', async () => {
  const id = await upload(client);
  expect(await linkOf(stranger, id)).toBeNull();
  const address = (await linkOf(client, id))!;
  expect((await stranger.fetch(address)).status).toBe(404);
  expect((await app.anonymous().fetch(address)).status).toBe(404);
  expect((await begin(stranger)).errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
  const { data } = await begin(client);
  expect((await send(stranger, data.noteFileCreate.uploadUrl)).status).toBe(404);
});

test('with the note made internal, its files are gone for clients, also by the link they held', async () => {
  const id = await upload(pm);
  const address = (await linkOf(client, id))!;
  await app.services.db.update(notes).set({ audience: 'INTERNAL' }).where(eq(notes.id, note.id));
  expect(await linkOf(client, id)).toBeNull();
  expect((await client.fetch(address)).status).toBe(404);
  expect(await linkOf(pm, id)).not.toBeNull();
  await app.services.db.update(notes).set({ audience: 'SHARED' }).where(eq(notes.id, note.id));
  await app.services.db.update(tasks).set({ visibility: 'INTERNAL' }).where(eq(tasks.id, note.taskId));
  expect((await client.fetch(address)).status).toBe(404);
  await app.services.db.update(tasks).set({ visibility: 'SHARED' }).where(eq(tasks.id, note.taskId));
});

test('whoever only reads sends nothing, and what is no file is refused at its field', async () => {
  const codes = async (file: Record<string, unknown>) => (await begin(client, file)).data.noteFileCreate.userErrors;
  expect(await codes({ name: '../' })).toEqual([{ code: 'INVALID_FILE_NAME', field: 'file.name' }]);
  expect(await codes({ sizeBytes: 0 })).toEqual([{ code: 'EMPTY', field: 'file.sizeBytes' }]);
  expect(await codes({ sizeBytes: 1e15 })).toEqual([{ code: 'FILE_TOO_LARGE', field: 'file.sizeBytes' }]);
  const { data } = await begin(client);
  await app.services.db.update(people).set({ role: 'CLIENT_SPONSOR' }).where(eq(people.id, app.world.client.id));
  const sponsor = await app.signIn(app.world.client);
  expect((await begin(sponsor)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  expect((await send(sponsor, data.noteFileCreate.uploadUrl)).status).toBe(404);
});
