import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IndexBuilder } from '../../server/firstLook/index/build.ts';
import { IndexFile } from '../../server/firstLook/index/file.ts';
import { LoadedIndexes } from '../../server/firstLook/run/asking.ts';
import { product } from './indexWorld.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'first-looks-'));
  for (const key of ['a', 'b', 'c', 'd']) {
    const file = new IndexFile(join(folder, key));
    const builder = new IndexBuilder(file);
    for (let n = 0; n < 10; n++) builder.add(product(`${key}${n}`));
    builder.finish();
    file.close();
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const place = (key: string) => ({ key, path: join(folder, key) });

test('of several indexes that are read at once none is given up while it is read, and the bound holds after it', async () => {
  const indexes = new LoadedIndexes(25);
  const imageOf = (key: string) => indexes.image({ ...place(key), productId: `${key}1` });
  const all = ['a', 'b', 'c', 'd', 'a', 'b'];
  const answers = await Promise.all(all.map(imageOf));
  expect(answers).toEqual(all.map((key) => ({ isGone: false, address: `https://shop.example/${key}1.jpg` })));
  // Two of them are held: those answer without their files, the others are gone with them.
  rmSync(folder, { recursive: true, force: true });
  const left = await Promise.all(['a', 'b', 'c', 'd'].map(imageOf));
  expect(left.filter(({ isGone }) => !isGone)).toHaveLength(2);
});

test('an index whose file is gone is gone, each time', async () => {
  const indexes = new LoadedIndexes();
  for (let turn = 0; turn < 2; turn++) {
    expect(await indexes.image({ ...place('never'), productId: 'x' })).toEqual({ isGone: true });
  }
});
