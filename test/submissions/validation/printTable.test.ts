import { describe, expect, test } from 'vitest';
import { PrintTable } from '../../../server/submissions/validation/rules/common/printTable.ts';
import { productFeed } from '../../../server/submissions/validation/rules/product-feed/set.ts';
import { check, firstOf, found } from './checking.ts';

describe('a table of fingerprints', () => {
  test('keeps every value with its tag while it grows, neighbours as well as strangers', () => {
    const table = new PrintTable();
    const low = (at: number) => (at % 2 === 0 ? at : Math.imul(at, 0x9e3779b1) >>> 0);
    const tag = (at: number) => (at % 65_535) + 1;
    for (let at = 0; at < 100_000; at++) expect(table.put(low(at), at, tag(at))).toBe(0);
    for (let at = 0; at < 100_000; at++) if (table.put(low(at), at, 7) !== tag(at)) expect.fail(`${at} is lost`);
    expect(table).toMatchObject({ size: 100_000, isFull: false });
  });

  test('takes no more than its bound, and says so', () => {
    const table = new PrintTable(10);
    for (let at = 0; at < 10; at++) table.put(at, at, 1);
    expect(table.isFull).toBe(false);
    expect(table.put(10, 10, 1)).toBe(0);
    expect(table.put(3, 3, 1)).toBe(1);
    expect(table).toMatchObject({ size: 10, isFull: true });
  });

  test('values made to want one place fill it and end there', () => {
    const table = new PrintTable();
    for (let at = 0; at < 20_000; at++) table.put(8, at, 1);
    expect(table.isFull).toBe(true);
    expect(table.size).toBeLessThan(10_000);
  });
});

describe('ids of a product feed', () => {
  const judged = (ids: readonly string[], compared?: number) =>
    check(`id,title\n${ids.map((id) => `${id},Acme trail running shoe no ${id}\n`).join('')}`, {
      rules: productFeed,
      ...(compared !== undefined && { limits: { compared } }),
    });

  test('are told apart by spelling, and each spelling that comes again is a duplicate', async () => {
    const report = await judged(['A1', 'a1', 'A1', 'a1', 'b1']);
    expect(found(report)).toEqual(expect.arrayContaining(['id.unique ×2', 'id.case ×2']));
    expect(firstOf(report, 'id.unique')).toMatchObject({ row: 3, value: 'A1' });
    expect(firstOf(report, 'id.case')).toMatchObject({ row: 2, value: 'a1' });
  });

  test('without any column that identifies it a product is told so', async () => {
    const report = await judged(['A1', 'A2']);
    expect(found(report)).toContain('mpn.or_gtin ×2');
    expect(firstOf(report, 'mpn.or_gtin')).toMatchObject({ row: 1, column: 'gtin' });
  });

  test('more of them than are remembered is said, not passed over', async () => {
    const ids = ['A1', 'A2', 'A3', 'A4', 'A4', 'A1'];
    const report = await judged(ids, 3);
    expect(found(report)).toEqual(expect.arrayContaining(['id.unique ×1', 'rows.compared ×1']));
    const said = report.findings.find(({ rule }) => rule === 'rows.compared');
    expect(said?.message).toContain('by id with the first 3 different values');
    expect(found(await judged(ids))).not.toContain('rows.compared ×1');
  });
});
