import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FirstLookWorld, startFirstLookWorld } from './firstLookWorld.ts';

let w: FirstLookWorld;
beforeAll(async () => {
  w = await startFirstLookWorld();
});
afterAll(() => w.close());

test('an accepted feed can be searched by its client a moment later', async () => {
  expect(await w.look()).toMatchObject({ state: 'EMPTY', shown: 0, isBuilding: false, firstLookAt: null });
  const { look, submissionId } = await w.feed([{ title: 'Red shirt' }, { title: 'Green trousers' }, {}]);
  expect(look).toMatchObject({
    ...{ state: 'READY', source: 'FEED', total: 3, usable: 3, shown: 3, isSampled: false, problem: null },
    ...{ currencies: ['EUR'], hasOrders: false, submission: { id: submissionId } },
  });
  expect(look.firstLookAt).not.toBeNull();
  expect((await w.found('shrit')).products.map(({ title }) => title)).toEqual(['Red shirt']);
});
