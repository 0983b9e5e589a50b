import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { chunksOf } from '../../platform/blobs/chunks.ts';
import { codeOf } from '../../platform/blobs/disk.ts';
import type { TaskLine } from '../../platform/threads/serveTasks.ts';
import { validate } from '../../submissions/validation/engine.ts';
import { isReturn } from '../../submissions/validation/rules/order-history/types.ts';
import { rulesOfCheck } from '../../submissions/validation/rules/registry.ts';
import type { Report, ValidRow } from '../../submissions/validation/types.ts';
import { IndexBuilder, isInSpread, mostProducts } from '../index/build.ts';
import { productOf } from '../index/feed.ts';
import { IndexFile } from '../index/file.ts';
import { type OrderCounts, OrderLines } from '../index/orders.ts';
import type { Built, FeedOrder, ProductsOrder, SourceFile } from './order.ts';

/** Reads a feed and, where there is one, an order history, and writes the index of what is valid. */
export async function buildFeed(order: FeedOrder, line: TaskLine): Promise<Built> {
  const { feed, orders, target, limit = mostProducts } = order;
  return writing(target, limit, async (builder) => {
    const asOfMs = Date.parse(feed.judge.asOf);
    let usable = 0;
    const report = await readThrough(feed, line, (row) => {
      if (isInSpread(usable++, feed.valid, limit)) builder.add(productOf(row, asOfMs));
    });
    // A row that is only one more picture of the product above it is none of its own.
    const total = report.rows - (report.valid - usable);
    return { orders: orders && (await countOrders(orders, builder, line)), total, usable };
  });
}

/** Products that were read elsewhere, such as from a shop's own pages. */
export async function buildProducts({ products, target }: ProductsOrder): Promise<Built> {
  return writing(target, mostProducts, async (builder) => {
    for (const product of products) builder.add(product);
    return { orders: null, total: products.length, usable: builder.ids.length };
  });
}

type Read = { orders: OrderCounts | null; total: number; usable: number };

async function writing(target: string, limit: number, read: (builder: IndexBuilder) => Promise<Read>): Promise<Built> {
  const file = new IndexFile(target);
  try {
    const builder = new IndexBuilder(file, limit);
    const { orders, total, usable } = await read(builder);
    builder.finish(orders);
    const { ids, currencies } = builder;
    return { total, usable, shown: ids.length, currencies, hasOrders: orders !== null };
  } finally {
    file.close();
  }
}

async function countOrders(orders: SourceFile, builder: IndexBuilder, line: TaskLine): Promise<OrderCounts | null> {
  const lines = new OrderLines(builder.ids);
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
