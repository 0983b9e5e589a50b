import { isUtf8 } from 'node:buffer';
import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { serialize } from 'node:v8';
import { chunksOf } from '../../platform/blobs/chunks.ts';
import { codeOf } from '../../platform/blobs/disk.ts';
import type { TaskLine } from '../../platform/threads/serveTasks.ts';
import { validate } from '../../submissions/validation/engine.ts';
import { isReturn } from '../../submissions/validation/rules/order-history/types.ts';
import { rulesOfCheck } from '../../submissions/validation/rules/registry.ts';
import type { Report, ValidRow } from '../../submissions/validation/types.ts';
import { IndexBuilder, isInSpread, type LookIndex, mostProducts } from '../index/build.ts';
import { productOf } from '../index/feed.ts';
import { priceOf } from '../index/loaded.ts';
import { type OrderCounts, OrderLines } from '../index/orders.ts';
import type { Built, FeedOrder, ProductsOrder, SourceFile } from './order.ts';

/** Reads a feed and, where there is one, an order history, and writes the index of what is valid. */
export async function buildFeed(
  { feed, orders, target, limit = mostProducts }: FeedOrder,
  line: TaskLine,
): Promise<Built> {
  const builder = new IndexBuilder(limit);
  const asOfMs = Date.parse(feed.judge.asOf);
  let usable = 0;
  const report = await readThrough(feed, line, (row) => {
    if (isInSpread(usable++, feed.valid, limit)) builder.add(productOf(row, asOfMs));
  });
  // A row that is only one more picture of the product above it is none of its own.
  const total = report.rows - (report.valid - usable);
  const counts = orders && (await countOrders(orders, builder, line));
  return { ...(await written(builder.finish(counts), target)), total, usable };
}

/** Products that were read elsewhere, such as from a shop's own pages. */
export async function buildProducts({ products, target }: ProductsOrder): Promise<Built> {
  const builder = new IndexBuilder();
  for (const product of products) builder.add(product);
  const usable = builder.products.length;
  return { ...(await written(builder.finish(), target)), total: usable, usable };
}

async function countOrders(orders: SourceFile, builder: IndexBuilder, line: TaskLine): Promise<OrderCounts | null> {
  const lines = new OrderLines(builder.products.map(({ id }) => id));
  await readThrough(orders, line, (row) => {
    const cell = (column: string) => row.cellAt(row.position(column));
    if (isReturn(cell('type'), cell('quantity'))) return;
    lines.add(cell('order').text().trim(), cell('item').text().trim());
  });
  return lines.counts();
}

async function readThrough(
  { places, name, judge }: SourceFile,
  line: TaskLine,
  onValid: (row: ValidRow) => void,
): Promise<Report> {
  const { rules: key, table, ...rest } = judge;
  const rules = rulesOfCheck({ rules: key, table });
  if (!rules) throw new Error(`There is no set of rules ${key}.`);
  const bytes = chunksOf(await openFirst(places));
  return validate(bytes, { ...rest, rules, name, isUtf8, onValid, signal: line.signal });
}

/** An upload becomes a blob by moving: it stands in one place or the other, and once open it stays open. */
async function openFirst(places: readonly string[]): Promise<FileHandle> {
  for (const place of places) {
    try {
      return await open(place, 'r');
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
  throw new Error('The file is gone.');
}

async function written(index: LookIndex, target: string): Promise<Omit<Built, 'total' | 'usable'>> {
  const { products, orders } = index;
  const currencies = new Map<string, number>();
  for (const product of products) {
    const currency = priceOf(product)?.currency;
    if (currency !== undefined) currencies.set(currency, (currencies.get(currency) ?? 0) + 1);
  }
  if (products.length > 0) await writeFile(target, serialize(index), { mode: 0o600 });
  return {
    shown: products.length,
    currencies: [...currencies].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([currency]) => currency),
    hasOrders: orders !== null,
  };
}
