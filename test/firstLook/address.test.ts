import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { againText } from '../submissions/checksWorld.ts';
import { anAddress } from '../submissions/feedsWorld.ts';
import { deliverUrl, key } from '../submissions/inputsWorld.ts';
import { eventually } from '../support/eventually.ts';
import { hereOnly } from '../support/hereOnly.ts';
import { type FirstLookWorld, feedOf, startFirstLookWorld } from './firstLookWorld.ts';

let w: FirstLookWorld;
let content = '';
const server = createServer((req, res) => {
  if (req.url === '/robots.txt') res.writeHead(404).end();
  else res.setHeader('content-type', 'text/csv').end(content);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  w = await startFirstLookWorld({ config: { fetchPorts: [port] }, fetching: hereOnly });
}, 60_000);
afterAll(async () => {
  await w.close();
  server.close();
});

test('a feed by its address is shown when it was fetched, and anew when something else came', async () => {
  const { port } = server.address() as AddressInfo;
  content = feedOf([{ title: 'First lamp' }]);
  const task = await w.task({}, anAddress);
  const { submission } = await deliverUrl(w.lead, task.id, task.inputs[0]!.id, `http://shop.test:${port}/feed.csv`);
  const shown = (title: string) =>
    eventually(async () => {
      const look = await w.look();
      if (look.state !== 'READY' || look.isBuilding) return false;
      return (await w.found('')).products[0]?.title === title && look;
    }, 30_000);
  const first = await shown('First lamp');
  expect(first).toMatchObject({ source: 'FEED', submission: { id: submission.id } });
  content = feedOf([{ title: 'Second lamp' }, { title: 'Third lamp' }]);
  await w.lead.ask(againText, { id: submission.id, key: key() });
  const second = await shown('Second lamp');
  expect(second).toMatchObject({ shown: 2, firstLookAt: first.firstLookAt });
  expect(second.run).toBeGreaterThan(first.run);
});
