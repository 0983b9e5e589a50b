import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { files, noteUpdates } from '../../drizzle/schema/index.ts';
import { sweepNoteFiles } from '../../server/notes/jobs.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { enterNote } from '../support/noteClient.ts';

const dayMs = 86_400_000;
let app: TestApp;
/** Two notes of one project. */
let noteIds: string[];

beforeAll(async () => {
  app = await startTestApp();
  noteIds = app.world.clients[0]!.tasks.flatMap(({ visibility, noteId }) =>
    visibility === 'SHARED' && noteId !== null ? [noteId] : [],
  );
});
afterAll(() => app?.close());

async function upload(noteId: string): Promise<string> {
  const client = await app.signIn(app.world.client);
  const create = `mutation ($input: NoteFileCreateInput!) { noteFileCreate(input: $input) { file { id } uploadUrl } }`;
  const input = { noteId, idempotencyKey: uuidv7(), file: { name: 'plan.png', sizeBytes: 5 } };
  const { data } = await client.gql(create, { input });
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-offset': '0',
    'content-type': 'application/offset+octet-stream',
    'x-slipway-csrf': '1',
  };
  await client.fetch(data.noteFileCreate.uploadUrl, { method: 'PATCH', headers, body: 'hello' });
  return data.noteFileCreate.file.id;
}

/** Somebody opens the note, does this, and leaves; until what was written is merged. */
async function inNote(noteId: string, act: (fragment: Y.XmlFragment) => void): Promise<void> {
  const { cookie } = await app.signIn(app.world.client);
  const peer = enterNote({ url: app.url, cookie, room: `/notes/${noteId}.1` });
  await peer.synced();
  act(peer.doc.getXmlFragment('default'));
  await peer.saved();
  peer.close();
  await eventually(async () =>
    expect(await app.services.db.select().from(noteUpdates).where(eq(noteUpdates.noteId, noteId))).toEqual([]),
  );
}

const putIn = (noteId: string, fileId: string) =>
  inNote(noteId, (fragment) => {
    const file = new Y.XmlElement('noteFile');
    file.setAttribute('fileId', fileId);
    file.setAttribute('name', 'plan.png');
    fragment.push([file]);
  });
const takeOut = (noteId: string, fileId: string) =>
  inNote(noteId, (fragment) => {
    const at = fragment
      .toArray()
      .findIndex((one) => one instanceof Y.XmlElement && one.getAttribute('fileId') === fileId);
    fragment.delete(at, 1);
  });
async function fileOf(id: string) {
  const [row] = await app.services.db.select().from(files).where(eq(files.id, id));
  return row ?? null;
}
async function sweepAfter(days: number): Promise<void> {
  app.clock.advance(days * dayMs);
  await sweepNoteFiles(app.services);
}

test('a file that was taken out of its note goes 30 days later, with its bytes; one that stands in it never does', async () => {
  const [noteId = ''] = noteIds;
  const [kept, taken, never] = [await upload(noteId), await upload(noteId), await upload(noteId)];
  await putIn(noteId, kept);
  await putIn(noteId, taken);
  await sweepAfter(2);
  expect(await fileOf(taken)).toMatchObject({ expiresAt: null });
  await takeOut(noteId, taken);
  await sweepAfter(1);
  const key = (await fileOf(taken))!.blobKey;
  await sweepAfter(29);
  expect(await fileOf(taken)).not.toBeNull();
  await sweepAfter(1);
  expect(await fileOf(taken)).toBeNull();
  expect(await fileOf(never)).toBeNull();
  await eventually(async () => expect(await app.services.blobs.sizeOf(key)).toBeNull());
  await sweepAfter(400);
  expect(await fileOf(kept)).toMatchObject({ state: 'STORED', expiresAt: null });
  expect(await app.services.blobs.sizeOf((await fileOf(kept))!.blobKey)).toBe(5);
});

test('a file that is put back, or stands in another note of the project, stays', async () => {
  const [noteId = '', otherId = ''] = noteIds;
  const [back, moved] = [await upload(noteId), await upload(noteId)];
  await sweepAfter(2);
  expect((await fileOf(back))!.expiresAt).not.toBeNull();
  await putIn(noteId, back);
  await putIn(otherId, moved);
  await sweepAfter(40);
  for (const id of [back, moved]) expect(await fileOf(id)).toMatchObject({ expiresAt: null });
});

test('what is kept of the past of a note counts: updates that are not merged yet', async () => {
  const [noteId = ''] = noteIds;
  const id = await upload(noteId);
  const { cookie } = await app.signIn(app.world.client);
  const peer = enterNote({ url: app.url, cookie, room: `/notes/${noteId}.1` });
  await peer.synced();
  const fragment = peer.doc.getXmlFragment('default');
  const file = new Y.XmlElement('noteFile');
  file.setAttribute('fileId', id);
  fragment.push([file]);
  await peer.saved();
  fragment.delete(fragment.length - 1, 1);
  await peer.saved();
  await sweepAfter(3);
  expect(await fileOf(id)).toMatchObject({ expiresAt: null });
  peer.close();
});

test('it runs every day by itself', async () => {
  const id = await upload(noteIds[0]!);
  for (const days of [2, 31]) {
    app.clock.advance(days * dayMs);
    await app.services.jobs.runDue();
  }
  expect(await fileOf(id)).toBeNull();
});
