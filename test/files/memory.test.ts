import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileRow } from '../../server/files/queries.ts';
import { type Delivering, startDelivering, tus } from './delivering.ts';

let d: Delivering;
beforeAll(async () => {
  d = await startDelivering();
});
afterAll(() => d.close());

const mega = 1_000_000;

test('an upload of 200 MB adds less than 100 MB of memory and never holds the event loop', async () => {
  const block = Buffer.alloc(mega, 'slipway ');
  const hash = createHash('sha256');
  function* blocks() {
    for (let i = 0; i < 200; i++) {
      hash.update(block);
      yield block;
    }
  }
  const { fileId } = await d.begin(d.client, await d.task(), 200 * mega);
  const session = await d.session(d.client);
  global.gc?.();
  const before = process.memoryUsage().rss;
  let peak = 0;
  const watching = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const status = await new Promise<number>((resolve, reject) => {
    const headers = {
      ...session.headers,
      ...tus,
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
      'content-length': String(200 * mega),
    };
    const req = request(`${d.url}/uploads/${fileId}`, { method: 'PATCH', headers }, (res) =>
      resolve(res.statusCode ?? 0),
    );
    pipeline(Readable.from(blocks()), req).catch(reject);
  });
  delay.disable();
  clearInterval(watching);

  expect(status).toBe(204);
  expect((await fileRow(d.services.db, fileId))?.sha256).toBe(hash.digest('hex'));
  expect((peak - before) / mega).toBeLessThan(100);
  expect(delay.percentile(99) / 1e6).toBeLessThan(100);
}, 60_000);
