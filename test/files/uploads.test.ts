import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { dirname } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { files, people, sessions } from '../../drizzle/schema/index.ts';
import { fileComplete, sizeOnDisk, uploadPath } from '../../server/files/commands.ts';
import { sweepOrphans } from '../../server/files/jobs.ts';
import { fileRow } from '../../server/files/queries.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';
import { type Delivering, offsetOf, patch, sha256, startDelivering, tus } from './delivering.ts';

let d: Delivering;
let client: Session;
beforeAll(async () => {
  d = await startDelivering();
  client = await d.session(d.client);
});
afterAll(() => d.close());

const row = async (fileId: string) => (await fileRow(d.services.db, fileId))!;

async function blobOf(fileId: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await d.services.blobs.open((await row(fileId)).blobKey)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Sends the head of a request's body and hangs up once some of it is on disk, as a lost connection does. */
async function cutOff(session: Session, fileId: string, offset: number, declared: number, sent: Buffer): Promise<void> {
  const req = request(`${d.url}/uploads/${fileId}`, {
    method: 'PATCH',
    headers: {
      ...session.headers,
      ...tus,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      'content-length': String(declared),
    },
  });
  const closed = new Promise((resolve) => req.on('error', resolve).on('close', resolve));
  req.write(sent);
  await eventually(async () => ((await sizeOnDisk(uploadPath(d.services, fileId))) ?? 0) > offset);
  req.destroy();
  await closed;
}

test('[U5] an upload of 20 MB that is cut off twice resumes where it stopped and arrives byte for byte', async () => {
  const bytes = randomBytes(20_000_000);
  const { fileId } = await d.begin(d.client, await d.task(), bytes.length);
  expect(await offsetOf(client, fileId)).toBe(0);

  await cutOff(client, fileId, 0, bytes.length, bytes.subarray(0, 7_000_000));
  const first = await eventually(async () => (await offsetOf(client, fileId)) || false);
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(bytes.length);

  await cutOff(client, fileId, first, bytes.length - first, bytes.subarray(first, first + 5_000_000));
  const second = await eventually(async () => {
    const offset = await offsetOf(client, fileId);
    return offset > first && offset;
  });
  const last = await patch(client, fileId, second, bytes.subarray(second));
  expect(last.status).toBe(204);
  expect(last.headers.get('upload-offset')).toBe(String(bytes.length));
  expect(await row(fileId)).toMatchObject({ state: 'STORED', sha256: sha256(bytes) });
  expect(sha256(await blobOf(fileId))).toBe(sha256(bytes));
  expect(existsSync(uploadPath(d.services, fileId))).toBe(false);
});

test('an upload goes on after the process was replaced', async () => {
  const bytes = randomBytes(300_000);
  const { fileId } = await d.begin(d.client, await d.task(), bytes.length);
  await patch(client, fileId, 0, bytes.subarray(0, 100_000));
  await d.restart();
  expect(await offsetOf(client, fileId)).toBe(100_000);
  expect((await patch(client, fileId, 100_000, bytes.subarray(100_000))).status).toBe(204);
  expect(await row(fileId)).toMatchObject({ state: 'STORED', sha256: sha256(bytes) });
});

test('whoever goes on with an upload is told what the last bytes hash to, also after a restart, and nobody else is', async () => {
  const bytes = randomBytes(600_000);
  const { fileId } = await d.begin(d.client, await d.task(), bytes.length);
  const tail = async (session: Session) =>
    (await session.fetch(`/uploads/${fileId}`, { method: 'HEAD', headers: tus })).headers.get('upload-tail');
  expect(await tail(client)).toBeNull();
  await patch(client, fileId, 0, bytes.subarray(0, 1_000));
  expect(await tail(client)).toBe(`1000 ${sha256(bytes.subarray(0, 1_000))}`);
  await patch(client, fileId, 1_000, bytes.subarray(1_000, 500_000));
  await d.restart();
  expect(await tail(client)).toBe(`500000 ${sha256(bytes.subarray(500_000 - 262_144, 500_000))}`);
  for (const viewer of [d.colleague, d.otherClient, d.pm]) expect(await tail(await d.session(viewer))).toBeNull();
  await patch(client, fileId, 500_000, bytes.subarray(500_000));
  expect(await tail(client)).toBeNull();
});

test('an upload whose process died before it said so is found whole', async () => {
  const bytes = randomBytes(1_000);
  const whole = await d.begin(d.client, await d.task(), bytes.length);
  writeFileSync(uploadPath(d.services, whole.fileId), bytes);
  expect(await offsetOf(client, whole.fileId)).toBe(1_000);
  expect(await row(whole.fileId)).toMatchObject({ state: 'STORED', sha256: sha256(bytes) });

  const moved = await d.begin(d.client, await d.task(), bytes.length);
  writeFileSync(uploadPath(d.services, moved.fileId), bytes);
  await d.services.blobs.adopt((await row(moved.fileId)).blobKey, uploadPath(d.services, moved.fileId));
  expect(await fileComplete(d.services, moved.fileId)).toMatchObject({ state: 'STORED', sha256: sha256(bytes) });
});

test('a second upload of the last bytes, and a late HEAD, change nothing', async () => {
  const bytes = randomBytes(500);
  const { fileId } = await d.begin(d.client, await d.task(), bytes.length);
  await patch(client, fileId, 0, bytes);
  expect(await offsetOf(client, fileId)).toBe(500);
  expect((await patch(client, fileId, 0, bytes)).status).toBe(409);
  expect((await patch(client, fileId, 500, '')).status).toBe(204);
  expect(existsSync(uploadPath(d.services, fileId))).toBe(false);
  expect((await client.fetch(`/uploads/${fileId}`, { method: 'DELETE', headers: tus })).status).toBe(400);
  expect(sha256(await blobOf(fileId))).toBe(sha256(bytes));
});

test('more bytes than announced are refused with the limit, and none of them are kept', async () => {
  const { fileId } = await d.begin(d.client, await d.task(), 100);
  const declared = await patch(client, fileId, 0, randomBytes(101));
  expect(declared.status).toBe(413);
  expect(await declared.json()).toMatchObject({ code: 'UPLOAD_TOO_LARGE', maxBytes: 100 });

  const status = await new Promise<number>((resolve, reject) => {
    const headers = {
      ...client.headers,
      ...tus,
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    };
    const req = request(`${d.url}/uploads/${fileId}`, { method: 'PATCH', headers }, (res) =>
      resolve(res.statusCode ?? 0),
    );
    req.on('error', reject);
    req.write(randomBytes(60));
    req.end(randomBytes(60));
  });
  expect(status).toBe(413);
  expect(await offsetOf(client, fileId)).toBe(0);
  expect(await row(fileId)).toMatchObject({ state: 'UPLOADING', sha256: null });
});

test('[U5] a body shorter than its Content-Length leaves an upload that is not stored', async () => {
  const { fileId } = await d.begin(d.client, await d.task(), 1_000);
  await cutOff(client, fileId, 0, 1_000, randomBytes(400));
  await eventually(async () => expect(await offsetOf(client, fileId)).toBe(400));
  expect(await row(fileId)).toMatchObject({ state: 'UPLOADING' });
  expect(await fileComplete(d.services, fileId)).toBeNull();
});

test("another person's upload, a foreign one and one that never was answer alike", async () => {
  const { fileId } = await d.begin(d.client, await d.task(), 10);
  const answers = await Promise.all(
    [
      [await d.session(d.otherClient), fileId],
      [await d.session(d.colleague), fileId],
      [await d.session(d.pm), fileId],
      [client, '00000000-0000-7000-8000-00000000abcd'],
      [client, '..%2f..%2fmaster.key'],
      [client, `${fileId}%00`],
    ].map(async ([session, id]) => {
      const response = await patch(session as Session, id as string, 0, randomBytes(10));
      return [response.status, await response.text()];
    }),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?.[0]).toBe(404);
  expect(await offsetOf(client, fileId)).toBe(0);
});

test('uploads are not made here, nor listed, nor read', async () => {
  const { fileId } = await d.begin(d.client, await d.task(), 10);
  for (const method of ['POST', 'GET', 'OPTIONS', 'PUT']) {
    const made = await client.fetch(method === 'POST' ? '/uploads' : `/uploads/${fileId}`, { method, headers: tus });
    expect([method, made.status]).toEqual([method, 405]);
    expect(made.headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('[S14] a page of another site cannot upload with the cookie of the person who visits it', async () => {
  const { fileId } = await d.begin(d.client, await d.task(), 10);
  const hostile: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${d.url}.evil.example` },
    { origin: '', 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of hostile) {
    const response = await patch(client, fileId, 0, randomBytes(10), headers);
    expect([headers.origin, response.status]).toEqual([headers.origin, 403]);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  }
  expect(await offsetOf(client, fileId)).toBe(0);
});

test('a person whose access ends in the middle of an upload is cut off, and what comes after is as if nothing was there', async () => {
  const { fileId } = await d.begin(d.colleague, await d.task(), 1_000_000);
  const session = await d.session(d.colleague);
  const cut = new Promise<void>((resolve) => {
    const req = request(`${d.url}/uploads/${fileId}`, {
      method: 'PATCH',
      headers: {
        ...session.headers,
        ...tus,
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'content-length': '1000000',
      },
    });
    req.on('error', () => resolve());
    req.write(randomBytes(100_000));
  });
  await eventually(() => existsSync(uploadPath(d.services, fileId)));
  await d.services.db
    .update(people)
    .set({ removedAt: d.services.clock.now() })
    .where(eq(people.id, d.colleague.personId));
  d.services.connections.recheck(d.colleague.personId);
  await cut;
  expect((await patch(session, fileId, 100_000, randomBytes(10))).status).toBe(404);
  await d.services.db.update(people).set({ removedAt: null }).where(eq(people.id, d.colleague.personId));
  await d.services.db.delete(sessions).where(eq(sessions.personId, d.colleague.personId));
});

test('[F18] a full disk answers 507 and leaves nothing behind', async () => {
  const { fileId } = await d.begin(d.client, await d.task(), 100_000);
  const path = uploadPath(d.services, fileId);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync('/dev/full', path);
  const response = await patch(client, fileId, 0, randomBytes(100_000));
  expect(response.status).toBe(507);
  expect(await response.json()).toMatchObject({ code: 'DISK_FULL' });
  expect(existsSync(path)).toBe(false);
  expect(readdirSync(dirname(path))).not.toContain(fileId);
  expect(await offsetOf(client, fileId)).toBe(0);
});

test('the sweep removes bytes without a row, and nothing else', async () => {
  const bytes = randomBytes(1_000);
  const stored = await d.begin(d.client, await d.task(), bytes.length);
  await patch(client, stored.fileId, 0, bytes);
  const open = await d.begin(d.client, await d.task(), bytes.length);
  await patch(client, open.fileId, 0, bytes.subarray(0, 500));
  const lost = await d.begin(d.client, await d.task(), bytes.length);
  await patch(client, lost.fileId, 0, bytes);
  const lostKey = (await row(lost.fileId)).blobKey;
  await d.services.db.execute(`update submissions set file_id = null where file_id = '${lost.fileId}'`);
  await d.services.db.delete(files).where(eq(files.id, lost.fileId));
  writeFileSync(uploadPath(d.services, lost.fileId), bytes);

  expect(await sweepOrphans(d.services)).toEqual({ blobs: 1, uploads: 1 });
  expect(await d.services.blobs.sizeOf(lostKey)).toBeNull();
  expect(existsSync(uploadPath(d.services, lost.fileId))).toBe(false);
  expect(sha256(await blobOf(stored.fileId))).toBe(sha256(bytes));
  expect(await offsetOf(client, open.fileId)).toBe(500);
  rmSync(uploadPath(d.services, open.fileId));
});
