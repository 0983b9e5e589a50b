import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileComplete, sizeOnDisk, uploadPath } from '../../server/files/commands.ts';
import { type Delivering, offsetOf, patch, startDelivering, tus } from '../files/delivering.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';

let d: Delivering;
let client: Session;
beforeAll(async () => {
  d = await startDelivering();
  client = await d.session(d.client);
});
afterAll(() => d.close());

test("[Z2] an upload's address with another one's id behind it reaches neither", async () => {
  const own = await d.begin(d.client, await d.task(), 4);
  const foreign = await d.begin(d.colleague, await d.task(), 4);
  const address = `${own.fileId}?x=/${foreign.fileId}`;
  const head = await client.fetch(`/uploads/${address}`, { method: 'HEAD', headers: tus });
  expect(head.status).toBe(404);
  expect((await patch(client, address, 0, 'evil')).status).toBe(404);
  expect(await offsetOf(await d.session(d.colleague), foreign.fileId)).toBe(0);
});

test('an upload has one spelling, and so one place on the disk', async () => {
  const { fileId } = await d.begin(d.client, await d.task(), 4);
  const other = fileId.toUpperCase();
  expect((await patch(client, other, 0, 'abc')).status).toBe(404);
  expect(existsSync(uploadPath(d.services, other))).toBe(false);
});

test('bytes that were delivered stay, whatever the request that sent them goes on to send', async () => {
  const bytes = randomBytes(100_000);
  const { fileId } = await d.begin(d.client, await d.task(), bytes.length);
  const req = request(`${d.url}/uploads/${fileId}`, {
    method: 'PATCH',
    headers: {
      ...client.headers,
      ...tus,
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
      'transfer-encoding': 'chunked',
    },
  });
  const status = new Promise((resolve) => req.on('response', (res) => resolve(res.resume().statusCode)));
  req.on('error', () => {});
  req.write(bytes);
  await eventually(async () => (await sizeOnDisk(uploadPath(d.services, fileId))) === bytes.length);
  const stored = await fileComplete(d.services, fileId);
  expect(stored?.state).toBe('STORED');
  req.end('and more');
  expect(await status).toBe(413);
  expect(await d.services.blobs.sizeOf(stored!.blobKey)).toBe(bytes.length);
});
