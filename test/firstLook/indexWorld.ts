import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IndexBuilder } from '../../server/firstLook/index/build.ts';
import { IndexFile, indexFrom } from '../../server/firstLook/index/file.ts';
import { LoadedIndex } from '../../server/firstLook/index/loaded.ts';
import { OrderLines } from '../../server/firstLook/index/orders.ts';
import { answerOf } from '../../server/firstLook/mocks/registry.ts';
import { plainSettings, type SettingsValues } from '../../server/firstLook/settings.ts';
import type { SearchAnswer, SearchAsk, SourceProduct, SuggestAnswer } from '../../server/firstLook/shapes.ts';
import { randomFrom } from '../bench/looking/shop.ts';

export const product = (id: string, more: Partial<SourceProduct> = {}): SourceProduct => ({
  ...{ id, title: `Mug ${id}`, description: '', link: null, image: `https://shop.example/${id}.jpg` },
  ...{ price: { amount: 10, currency: 'EUR' }, salePrice: null, isAvailable: true, brand: null, category: [] },
  ...{ groupId: null, gtin: null, mpn: null, rating: null, ...more },
});

/** Written and read as an installation does. */
export function indexOf(
  products: readonly SourceProduct[],
  orders: readonly (readonly [string, string])[] = [],
): LoadedIndex {
  return withFile((path) => {
    const file = new IndexFile(path);
    const builder = new IndexBuilder(file);
    for (const one of products) builder.add(one);
    const lines = new OrderLines(builder.ids);
    for (const [order, item] of orders) lines.add(order, item);
    builder.finish(lines.counts());
    file.close();
    return new LoadedIndex(indexFrom(readFileSync(path)));
  });
}

export function withFile<T>(use: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'first-look-'));
  try {
    return use(join(folder, 'index'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const searched = (
  index: LoadedIndex,
  text: string,
  more: Partial<SearchAsk> = {},
  settings: Partial<SettingsValues> = {},
) =>
  answerOf(
    index,
    { kind: 'search', text, sort: 'RELEVANCE', first: 48, offset: 0, ...more },
    { ...plainSettings, ...settings },
  ) as SearchAnswer;
export const suggested = (index: LoadedIndex, text: string) =>
  answerOf(index, { kind: 'suggest', text }, plainSettings) as SuggestAnswer;
export const ids = ({ products }: { products: { id: string }[] }) => products.map(({ id }) => id);

/** Chance that is the same every time. */
export function chance() {
  const random = randomFrom(11);
  return { random, pick: <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T };
}
