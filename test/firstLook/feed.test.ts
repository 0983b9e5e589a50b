import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { events, firstLooks, tasks } from '../../drizzle/schema/index.ts';
import { sweepOrphans } from '../../server/files/jobs.ts';
import { buildsLeft } from '../../server/firstLook/run/commands.ts';
import type { RecommendAnswer } from '../../server/firstLook/shapes.ts';
import { newBlobKey } from '../../server/platform/blobs/disk.ts';
import { tokenOf } from '../security/tokenActor.ts';
import { eventually } from '../support/eventually.ts';
import { anOrderHistory, type FirstLookWorld, feedOf, startFirstLookWorld } from './firstLookWorld.ts';

let w: FirstLookWorld;
beforeAll(async () => {
  w = await startFirstLookWorld({ firstLook: { limit: 50 } });
});
afterAll(() => w.close());

const readies = async () =>
  (await w.app.services.db.select().from(events).where(eq(events.kind, 'firstLook.ready')).orderBy(events.seq)).filter(
    ({ projectId }) => projectId === w.projectId,
  );
const row = async () => {
  const [found] = await w.app.services.db.select().from(firstLooks).where(eq(firstLooks.projectId, w.projectId));
  return found!;
};

test('before there is a feed nothing can be asked, and the page is told so', async () => {
  expect(await w.look()).toMatchObject({ shown: 0, isBuilding: false, firstLookAt: null, daysToFirstLook: null });
  const answer = await w.ask({ kind: 'suggest', text: 'm' });
  expect([answer.status, await answer.json()]).toEqual([409, { state: (await w.look()).state }]);
});

test('a feed without one good row makes none', async () => {
  const { look } = await w.feed(feedOf([{ price: 'free' }, { price: 'free' }]));
  expect(look).toMatchObject({ shown: 0, firstLookAt: null });
  expect(await readies()).toEqual([]);
});

test('a feed that was refused shows its good rows, until there is more or a good one', async () => {
  const one = await w.feed([{ price: 'free' }, { title: 'Refused vase' }, { price: 'free' }]);
  expect(one.report.verdict).toBe('REJECTED');
  expect(one.look).toMatchObject({
    state: 'READY',
    total: 3,
    usable: 1,
    shown: 1,
    submission: { id: one.submissionId },
  });
  const more = await w.feed([{ price: 'free' }, {}, {}, { price: 'free' }]);
  expect(more.look).toMatchObject({ total: 4, usable: 2, submission: { id: more.submissionId }, passedOver: null });
  const fewer = await w.feed([{ price: 'free' }, {}, { price: 'free' }]);
  expect(fewer.look).toMatchObject({ total: 4, usable: 2, submission: { id: more.submissionId } });
  // And says so, to whoever may read the file.
  const passedOver = { reason: 'FEWER_USABLE', total: 3, usable: 1, submission: { id: fewer.submissionId } };
  for (const session of [w.lead, w.viewer, w.pm]) expect((await w.look(session)).passedOver).toMatchObject(passedOver);
  const withoutFiles = await tokenOf(w.member, ['PROJECTS_READ']);
  const countsOnly = 'query ($id: ID!) { project(id: $id) { firstLook { total passedOver { usable } } } }';
  expect((await withoutFiles.ask(countsOnly, { id: w.projectId })).project.firstLook).toEqual({
    ...{ total: 4, passedOver: null },
  });
  const none = await w.feed([{ price: 'free' }]);
  expect(none.look).toMatchObject({
    ...{ total: 4, usable: 2, submission: { id: more.submissionId } },
    passedOver: { reason: 'NOTHING_USABLE', total: 1, usable: 0, submission: { id: none.submissionId } },
  });
});

test('a refused feed after a good one is not taken, however many good rows it has, and is told as such', async () => {
  const good = await w.feed([{ title: 'Good vase' }, {}]);
  expect(good.look).toMatchObject({ usable: 2, submission: { id: good.submissionId }, passedOver: null });
  const refused = await w.feed([
    {},
    {},
    {},
    { price: 'free' },
    { price: 'free' },
    { price: 'free' },
    { price: 'free' },
  ]);
  expect(refused.report.verdict).toBe('REJECTED');
  expect(refused.look).toMatchObject({
    ...{ usable: 2, submission: { id: good.submissionId } },
    passedOver: { reason: 'REFUSED', total: 7, usable: 3, submission: { id: refused.submissionId } },
  });
  // Accepted in spite of it, it is what is shown.
  await w.accept(refused.submissionId, refused.taskId);
  expect(await w.settled()).toMatchObject({ usable: 3, submission: { id: refused.submissionId }, passedOver: null });
});

test('an accepted feed can be searched by its client a moment later', async () => {
  const { look, submissionId } = await w.feed([{ title: 'Red shirt' }, { title: 'Green trousers' }, {}]);
  expect(look).toMatchObject({
    ...{ state: 'READY', source: 'FEED', total: 3, usable: 3, shown: 3, isSampled: false, problem: null },
    ...{ currencies: ['EUR'], hasOrders: false, submission: { id: submissionId } },
  });
  expect(look.firstLookAt).not.toBeNull();
  expect(look.daysToFirstLook).toBeGreaterThanOrEqual(0);
  expect((await w.found('shrit')).products.map(({ title }) => title)).toEqual(['Red shirt']);
  expect((await readies()).slice(-1)).toMatchObject([
    { audience: 'SHARED', facts: { source: 'FEED', products: 3, usable: 3, total: 3 }, subjectId: w.projectId },
  ]);
});

test('only valid rows are shown, and the counts say how many are missing', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => (at < 2 ? { price: 'free', title: 'Broken one' } : {}));
  const { look } = await w.feed(rows);
  expect(look).toMatchObject({ total: 40, usable: 38, shown: 38 });
  expect((await w.found('broken')).total).toBe(0);
});

test('a feed is read as its rules read it: sales in their time, categories, groups, sizes of stock and what has tags', async () => {
  // Prices of three currencies are refused; somebody of the company accepts the file all the same.
  const { submissionId, taskId, report } = await w.feed([
    {
      ...{ id: 'A', title: 'Kettle', description: '<p>Boils <b>water</b> &amp; milk</p>', brand: 'Acme' },
      ...{ price: '20.00 EUR', sale_price: '15.00 EUR', product_type: 'Home > Kitchen > Kettles' },
    },
    { id: 'B', title: 'Toaster', availability: 'out_of_stock', price: '1200 JPY', product_type: '' },
    { id: 'C', title: 'Blender', availability: 'preorder', availability_date: '2027-01-01', price: '99.00 SEK' },
  ]);
  expect(report.verdict).toBe('REJECTED');
  await w.accept(submissionId, taskId);
  expect(await w.settled()).toMatchObject({ total: 3, usable: 3, shown: 3, submission: { id: submissionId } });
  const { products, facets } = await w.found('');
  const byId = Object.fromEntries(products.map((one) => [one.id, one]));
  expect(byId.A).toEqual({
    ...{ id: 'A', title: 'Kettle', description: 'Boils water & milk', brand: 'Acme' },
    ...{ link: 'https://shop.example/p/1', hasImage: true, isAvailable: true },
    ...{ price: { amount: 20, currency: 'EUR' }, salePrice: { amount: 15, currency: 'EUR' } },
    category: ['Home', 'Kitchen', 'Kettles'],
  });
  expect(byId.B).toMatchObject({ isAvailable: false, price: { amount: 1200, currency: 'JPY' }, category: [] });
  expect(products.at(-1)?.id).toBe('B');
  expect(facets.price.map(({ currency }) => currency).sort()).toEqual(['EUR', 'JPY', 'SEK']);
  expect((await w.look()).currencies).toHaveLength(3);
});

test('of a larger feed every n-th product stands for all', async () => {
  const { look } = await w.feed(Array.from({ length: 200 }, () => ({})));
  expect(look).toMatchObject({ total: 200, usable: 200, shown: 50, isSampled: true });
  const pages = await Promise.all([0, 48].map((offset) => w.found('', { first: 48, offset })));
  const numbers = pages.flatMap(({ products }) => products.map(({ id }) => Number(id.slice(3)))).sort((a, b) => a - b);
  expect(numbers.slice(1).map((number, at) => number - numbers[at]!)).toEqual(Array(49).fill(4));
});

test('an order history tells what is bought together, whichever of the two comes first', async () => {
  await w.feed([{ id: 'A' }, { id: 'B' }, { id: 'C' }]);
  const task = await w.task({ type: 'FILE', state: 'READY', side: 'CLIENT', visibility: 'SHARED' }, anOrderHistory);
  const line = (order: string, item: string, quantity = 1) =>
    `${order},${item},2025-10-0${1 + (Number(order) % 9)}T10:00:00Z,C${order},${quantity},${19.9 * quantity},EUR`;
  const lines = ['1,A', '1,B', '2,B', '2,A', '3,A', '3,C', '4,gone', '4,C'].map((pair) => {
    const [order = '', item = ''] = pair.split(',');
    return line(order, item);
  });
  const text = `order,item,timestamp,customer,quantity,price,currency\n${[...lines, line('5', 'A', -1), line('5', 'C')].join('\n')}\n`;
  const id = await w.deliver(w.lead, task.id, text);
  await w.judged(w.lead, id);
  // It names products of another feed of this project, too: somebody of the company knows why.
  if ((await w.seen(w.pm, id)).state === 'REJECTED') await w.accept(id, task.id);
  expect(await w.settled()).toMatchObject({ hasOrders: true, shown: 3 });
  const answer = await w.ask({ kind: 'recommend', productId: 'A' }, { mock: 'RECOMMENDATIONS' });
  if (answer.status === 200) {
    const { together, popular } = (await answer.json()) as RecommendAnswer;
    expect(together.map(({ product, count }) => [product.id, count])).toEqual([
      ['B', 2],
      ['C', 1],
    ]);
    expect(popular.map(({ id: other }) => other)).toEqual(['B', 'C']);
  } else expect((await w.look()).mocks.map(({ kind }: { kind: string }) => kind)).not.toContain('RECOMMENDATIONS');
});

test('a feed that is replaced while somebody searches is no error, and the old index goes', async () => {
  await w.feed([{ title: 'Old lamp' }]);
  const before = await row();
  const asking = (async () => {
    const seen: string[] = [];
    for (let turn = 0; turn < 40; turn++) {
      const { products } = await w.found('');
      seen.push(products[0]!.title);
      // As fast as the limit lets somebody type.
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    return seen;
  })();
  await w.feed([{ title: 'New lamp' }]);
  const seen = await asking;
  expect(new Set([...seen, 'Old lamp', 'New lamp'])).toEqual(new Set(['Old lamp', 'New lamp']));
  expect((await w.found('')).products[0]!.title).toBe('New lamp');
  const { blobs } = w.app.services;
  await eventually(async () => (await blobs.sizeOf(before.indexKey!)) === null);
  const after = await row();
  expect(after.nextKey).toBeNull();
  await sweepOrphans(w.app.services);
  expect(await blobs.sizeOf(after.indexKey!)).not.toBeNull();
  expect((await w.look()).firstLookAt).not.toBeNull();
});

test('as many products again are no news', async () => {
  const before = (await readies()).length;
  const { look: first } = await w.feed([{ title: 'A lamp' }]);
  const { look: second } = await w.feed([{ title: 'Another lamp' }]);
  expect(second.run).toBeGreaterThan(first.run);
  expect((await readies()).length).toBe(before);
});

test('[F1] what is of a task that clients do not see is in no first look, and goes when the task is hidden', async () => {
  const { taskId } = await w.feed([{ title: 'Secret lamp' }]);
  const hide = `mutation ($id: ID!, $input: TaskSetVisibilityInput!) { taskSetVisibility(id: $id, input: $input) { userErrors { code } } }`;
  const { db } = w.app.services;
  const revision = async () => (await w.taskNow(taskId)).revision;
  const answer = await w.pm.gql(hide, { id: taskId, input: { revision: await revision(), visibility: 'INTERNAL' } });
  expect(answer.errors ?? answer.data?.taskSetVisibility.userErrors).toEqual([]);
  const [task] = await db.select().from(tasks).where(eq(tasks.id, taskId));
  expect(task?.visibility).toBe('INTERNAL');
  // Another feed that clients see takes its place; the hidden one is in nothing from the first moment on.
  expect(JSON.stringify(await w.look())).not.toContain('Secret');
  await w.settled();
  expect((await w.found('')).products.map(({ title }) => title)).not.toContain('Secret lamp');
});

test('a build that breaks is tried once more; when that breaks, too, what was there goes on and the row says why', async () => {
  const { look: before } = await w.feed([{ title: 'Good lamp' }]);
  const { blobs } = w.app.services;
  const adopt = blobs.adopt.bind(blobs);
  let fails = 1;
  const spy = vi.spyOn(blobs, 'adopt').mockImplementation(async (key, path) => {
    if (path.includes('first-looks') && fails-- > 0) throw new Error('no room');
    return adopt(key, path);
  });
  try {
    const { look: second } = await w.feed([{ title: 'Better lamp' }]);
    expect(second).toMatchObject({ state: 'READY', problem: null });
    expect((await w.found('')).products.map(({ title }) => title)).toEqual(['Better lamp']);
    fails = 2;
    const { look: third } = await w.feed([{ title: 'Best lamp' }]);
    expect(third).toMatchObject({ state: 'READY', problem: 'BUILD_FAILED', run: second.run });
    expect(third.run).toBeGreaterThan(before.run);
    expect((await w.found('')).products.map(({ title }) => title)).toEqual(['Better lamp']);
  } finally {
    spy.mockRestore();
  }
  const { look: last } = await w.feed([{ title: 'Best lamp' }]);
  expect(last).toMatchObject({ state: 'READY', problem: null });
});

test('what a crash left behind is built at the next start', async () => {
  const { db, jobs } = w.app.services;
  const { run } = await row();
  await db
    .update(firstLooks)
    .set({ run: run + 1 })
    .where(eq(firstLooks.projectId, w.projectId));
  expect((await w.look()).isBuilding).toBe(true);
  await buildsLeft(w.app.services);
  await jobs.runDue();
  expect((await w.settled()).run).toBe(run + 1);
});

test('a feed that moved since a build began is found by its second try', async () => {
  const { blobs, db, jobs } = w.app.services;
  const { run } = await row();
  // As it was looked up before the feed was fetched again.
  const spy = vi.spyOn(blobs, 'pathOf').mockImplementationOnce(() => join(w.app.config.dataDir, 'moved'));
  try {
    await db
      .update(firstLooks)
      .set({ run: run + 1 })
      .where(eq(firstLooks.projectId, w.projectId));
    await buildsLeft(w.app.services);
    await jobs.runDue();
    expect(await w.settled()).toMatchObject({ state: 'READY', problem: null, run: run + 1 });
    expect(spy.mock.calls.length).toBeGreaterThan(1);
  } finally {
    spy.mockRestore();
  }
});

test('an index that cannot be read is made anew: whoever comes next is answered', async () => {
  const { blobs, db } = w.app.services;
  const { indexKey } = await row();
  const [broken, path] = [newBlobKey(), join(w.app.config.dataDir, 'broken')];
  writeFileSync(path, 'no index');
  await blobs.adopt(broken, path);
  await db.update(firstLooks).set({ indexKey: broken }).where(eq(firstLooks.projectId, w.projectId));
  expect((await w.ask({ kind: 'suggest', text: '' })).status).toBe(500);
  await eventually(async () => (await w.ask({ kind: 'suggest', text: '' })).status === 200, 20_000);
  expect((await row()).indexKey).not.toBe(indexKey);
  await eventually(async () => (await blobs.sizeOf(broken)) === null);
});
