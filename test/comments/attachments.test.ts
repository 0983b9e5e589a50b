import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { files, people } from '../../drizzle/schema/index.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';
import { act, nodeOf, refusal, said, say, startTalking, type Talking } from './talking.ts';

let talk: Talking;
beforeAll(async () => {
  talk = await startTalking();
});
afterAll(() => talk.app.close());

const begin = (taskId: string, file: Record<string, unknown> = {}) => ({
  input: {
    taskId,
    file: { name: 'plan.txt', sizeBytes: 5, contentType: 'text/plain', ...file },
    idempotencyKey: uuidv7(),
  },
});
const link = 'query ($id: ID!) { node(id: $id) { ... on File { id name downloadUrl } } }';

async function send(session: Session, uploadUrl: string, bytes: string): Promise<number> {
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-offset': '0',
    'content-type': 'application/offset+octet-stream',
    'x-slipway-csrf': '1',
  };
  return (await session.fetch(uploadUrl, { method: 'PATCH', headers, body: bytes })).status;
}

/** A file of this person that waits for its comment. */
async function upload(session: Session, taskId: string, bytes = 'hello', name = 'plan.txt'): Promise<string> {
  const made = await act(session, 'commentFileCreate', begin(taskId, { name, sizeBytes: bytes.length }));
  expect(await send(session, made.uploadUrl, bytes)).toBe(204);
  return made.file.id;
}

async function linkOf(session: Session, id: string): Promise<string | null> {
  return (await session.ask(link, { id })).node?.downloadUrl ?? null;
}

describe('a file on a comment', () => {
  test('is sent, goes out with the comment, and is what the other side downloads', async () => {
    const { client, pm, taskId } = talk;
    const fileId = await upload(client, taskId, 'the whole plan', 'Plán.txt');
    const added = await say(client, taskId, 'Here it is', { fileIds: [fileId] });
    expect(added.files).toEqual([{ id: fileId, name: 'Plán.txt', sizeBytes: 14 }]);
    const address = await linkOf(pm, fileId);
    const response = await pm.fetch(address!);
    expect(await response.text()).toBe('the whole plan');
    expect(response.headers.get('content-disposition')).toContain('attachment');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('may be all that a comment is; nothing at all is no comment', async () => {
    const { client, taskId } = talk;
    const fileId = await upload(client, taskId);
    expect(await say(client, taskId, '', { fileIds: [fileId] })).toMatchObject({ text: '', files: [{ id: fileId }] });
    expect(await refusal(client, 'commentAdd', said(taskId, ' ', { fileIds: [] }))).toBe('EMPTY');
  });

  test('goes with one comment, whole, of its own task, and by the person who sent it', async () => {
    const { client, sponsor, pm, taskId, otherTaskId } = talk;
    const fileId = await upload(client, taskId);
    const begun = await act(client, 'commentFileCreate', begin(taskId));
    const add = (session: Session, task: string, ids: string[]) =>
      refusal(session, 'commentAdd', said(task, 'Look', { fileIds: ids }));
    expect(await add(sponsor, taskId, [fileId])).toBe('NOT_FOUND');
    expect(await add(pm, taskId, [fileId])).toBe('NOT_FOUND');
    expect(await add(client, otherTaskId, [fileId])).toBe('NOT_FOUND');
    expect(await add(client, taskId, [begun.file.id])).toBe('UPLOAD_INCOMPLETE');
    expect(
      await add(
        client,
        taskId,
        Array.from({ length: 11 }, () => uuidv7()),
      ),
    ).toBe('TOO_MANY_FILES');
    expect(await add(client, taskId, [fileId])).toBeNull();
    expect(await add(client, taskId, [fileId])).toBe('NOT_FOUND');
  });

  test('is not a delivery: a file sent for the task does not go out with a comment', async () => {
    const { app, client, taskId } = talk;
    const [delivered] = await app.services.db.select().from(files).where(eq(files.purpose, 'SUBMISSION')).limit(1);
    expect(await refusal(client, 'commentAdd', said(taskId, 'Mine?', { fileIds: [delivered!.id] }))).toBe('NOT_FOUND');
  });

  test.each([
    ['without a name', { name: '..' }, 'INVALID_FILE_NAME'],
    ['without bytes', { sizeBytes: 0 }, 'EMPTY'],
    ['over the limit', { sizeBytes: 1e15 }, 'FILE_TOO_LARGE'],
  ])('%s is refused before a byte is sent', async (_, file, code) => {
    expect(await refusal(talk.client, 'commentFileCreate', begin(talk.taskId, file))).toBe(code);
  });

  test('goes on from where it stopped', async () => {
    const { client, taskId } = talk;
    const made = await act(client, 'commentFileCreate', begin(taskId));
    const headers = {
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'x-slipway-csrf': '1',
    };
    const patch = (offset: number, body: string) =>
      client.fetch(made.uploadUrl, { method: 'PATCH', headers: { ...headers, 'upload-offset': String(offset) }, body });
    expect((await patch(0, 'he')).headers.get('upload-offset')).toBe('2');
    expect((await patch(2, 'llo')).status).toBe(204);
    expect(await refusal(client, 'commentAdd', said(taskId, 'In two parts', { fileIds: [made.file.id] }))).toBeNull();
  });

  test('that goes with no comment is given up after a day, and one of a deleted comment at once', async () => {
    const { app, client, pm, taskId } = talk;
    const [waiting, kept] = [await upload(client, taskId), await upload(client, taskId)];
    const added = await say(client, taskId, 'With a file', { fileIds: [kept] });
    const address = await linkOf(pm, kept);
    await act(client, 'commentDelete', { id: added.id, input: { revision: 1 } });
    expect((await pm.fetch(address!)).status).toBe(404);
    expect(await linkOf(client, kept)).toBeNull();
    app.clock.advance(25 * 3_600_000);
    await eventually(async () => {
      await app.services.jobs.runDue();
      const left = await app.services.db.select({ id: files.id }).from(files);
      return !left.some((file) => file.id === waiting || file.id === kept);
    });
  });
});

describe('who may have it', () => {
  test('[Z7] the file of an internal comment is missing for a client, by its id and by a link of staff', async () => {
    const { client, pm, taskId } = talk;
    const fileId = await upload(pm, taskId, 'canary-internal-file');
    await say(pm, taskId, 'Among us', { audience: 'INTERNAL', fileIds: [fileId] });
    expect(await linkOf(client, fileId)).toBeNull();
    const staffLink = new URL((await linkOf(pm, fileId))!, client.url);
    staffLink.searchParams.set('person', talk.ids.client);
    const tried = await client.fetch(staffLink.pathname + staffLink.search);
    const never = await client.fetch(staffLink.pathname.replace(fileId, uuidv7()) + staffLink.search);
    const shape = async (response: Response) => ({
      ...(await response.json()),
      requestId: null,
      status: response.status,
    });
    expect(await shape(tried)).toEqual(await shape(never));
    expect(tried.status).toBe(404);
    expect(client.bytesSeen()).not.toContain('canary-internal-file');
  });

  test('[Z13] a link of the time when a comment was shared is dead once it is internal', async () => {
    const { client, pm, taskId } = talk;
    const fileId = await upload(pm, taskId, 'shared by mistake');
    const added = await say(pm, taskId, 'Oops', { fileIds: [fileId] });
    const address = (await linkOf(client, fileId))!;
    expect((await client.fetch(address)).status).toBe(200);
    await act(pm, 'commentSetAudience', { id: added.id, input: { revision: 1, audience: 'INTERNAL' } });
    expect((await client.fetch(address)).status).toBe(404);
    expect((await client.ask(nodeOf, { id: fileId })).node).toBeNull();
  });

  test('before it has a comment it is its sender’s alone, among staff too', async () => {
    const { client, sponsor, pm, colleague, taskId } = talk;
    const [ofClient, ofPm] = [await upload(client, taskId), await upload(pm, taskId)];
    expect(await linkOf(client, ofClient)).not.toBeNull();
    for (const session of [sponsor, pm, colleague]) expect(await linkOf(session, ofClient)).toBeNull();
    expect(await linkOf(colleague, ofPm)).toBeNull();
  });

  test('another account has neither the file nor its upload', async () => {
    const { client, otherClient, taskId } = talk;
    const made = await act(client, 'commentFileCreate', begin(taskId));
    expect(await send(otherClient, made.uploadUrl, 'hello')).toBe(404);
    const fileId = await upload(client, taskId);
    await say(client, taskId, 'Ours', { fileIds: [fileId] });
    expect(await linkOf(otherClient, fileId)).toBeNull();
    expect(await refusal(otherClient, 'commentFileCreate', begin(taskId))).toBe('NOT_FOUND');
  });

  test('those who only read cannot send one, and a sponsor, who may comment, can', async () => {
    const { viewer, director, sponsor, taskId } = talk;
    for (const one of [viewer, director])
      expect(await refusal(one, 'commentFileCreate', begin(taskId))).toBe('FORBIDDEN');
    await say(sponsor, taskId, 'Signed', { fileIds: [await upload(sponsor, taskId)] });
  });

  test('somebody who was removed has no link any more', async () => {
    const { app, client, taskId } = talk;
    const id = await talk.add('Removed Roman', 'CLIENT_MEMBER', app.world.clients[0]!.account.id);
    const session = await app.signIn({ id });
    const fileId = await upload(client, taskId);
    await say(client, taskId, 'For all of us', { fileIds: [fileId] });
    const address = (await linkOf(session, fileId))!;
    await app.services.db.update(people).set({ removedAt: app.clock.now() }).where(eq(people.id, id));
    expect((await session.fetch(address)).status).toBe(404);
  });
});
