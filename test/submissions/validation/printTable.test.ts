import { describe, expect, test } from 'vitest';
import { manyRows, PrintTable } from '../../../server/submissions/validation/rules/common/printTable.ts';
import { orderHistory } from '../../../server/submissions/validation/rules/order-history/set.ts';
import { productFeed } from '../../../server/submissions/validation/rules/product-feed/set.ts';
import { subscriberList } from '../../../server/submissions/validation/rules/subscriber-list/set.ts';
import { suppressionList } from '../../../server/submissions/validation/rules/suppression-list/set.ts';
import { checkTableSchema } from '../../../server/submissions/validation/rules/tableSchema.ts';
import { ruleSetOf } from '../../../server/submissions/validation/rules/tableSchemaSet.ts';
import type { Report, RuleSet } from '../../../server/submissions/validation/types.ts';
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

describe('the rows of a table of fingerprints', () => {
  test('are kept with each value while it grows', () => {
    const table = new PrintTable(undefined, manyRows);
    const low = (at: number) => (at % 2 === 0 ? at : Math.imul(at, 0x9e3779b1) >>> 0);
    for (let at = 0; at < 100_000; at++) table.put(low(at), at, 1, at + 1);
    for (let at = 0; at < 100_000; at++) {
      table.put(low(at), at, 1, 7);
      if (table.row !== at + 1) expect.fail(`${at} has row ${table.row}`);
    }
  });

  test('are let go of when there are more than a million values, and are none where nobody asked for them', () => {
    const table = new PrintTable(undefined, manyRows);
    for (let at = 0; at < 1_000_000; at++) table.put(at, at, 1, at + 1);
    table.put(5, 5, 1, 9);
    expect(table.row).toBe(6);
    table.put(1_000_000, 1_000_000, 1, 9);
    table.put(5, 5, 1, 9);
    expect([table.row, table.isFull]).toEqual([0, false]);
    const plain = new PrintTable();
    plain.put(1, 1, 1, 3);
    plain.put(1, 1, 1, 4);
    expect(plain.row).toBe(0);
  });
});

describe('what stands twice names the row where it stood first', () => {
  const messagesOf = (report: Report, rule: string) =>
    report.findings
      .find((finding) => finding.rule === rule)
      ?.samples.map(({ row, message }) => [row, message.split('.')[0]]);
  const told = (row: number, first: number | string) => [row, `The first one stands in row ${first}`];
  const table = (fields: object[], more = {}) => ruleSetOf(checkTableSchema({ fields, ...more }).schema!, 'own');
  const many = Array.from({ length: 12_400 }, (_, at) => `p${at}@shop.example,true`).join('\n');

  test.each<[string, RuleSet, string, string, unknown[]]>([
    [
      'id of a product',
      productFeed,
      'id,title\nA,x\nB,x\na,x\nA,x\na,x\nA,x\n',
      'id.unique',
      [told(4, 1), told(5, 3), told(6, 1)],
    ],
    ['its other spelling', productFeed, 'id,title\nB,x\nA,x\na,x\n', 'id.case', [told(3, 2)]],
    ['GTIN', productFeed, 'id,gtin\nA,4006381333931\nB,96385074\nC,4006381333931\n', 'gtin.unique', [told(3, 1)]],
    [
      'variant',
      productFeed,
      'id,item_group_id,color\nA,G,red\nB,G,blue\nC,G,red\n',
      'item_group_id.differ',
      [told(3, 1)],
    ],
    [
      'order line',
      orderHistory,
      'order,item,timestamp\n1,A,2026-11-01\n1,B,2026-11-01\n1,A,2026-11-01\n',
      'rows.unique',
      [told(3, 1)],
    ],
    [
      'person',
      subscriberList,
      'email,consent_email\na@b.example,true\nA@B.example,true\n',
      'email.unique',
      [told(2, 1)],
    ],
    [
      'person far down',
      subscriberList,
      `email,consent_email\n${many}\np12345@shop.example,true\n`,
      'email.unique',
      [told(12_401, '12,346')],
    ],
    [
      'phone number',
      subscriberList,
      'phone,consent_sms\n+491701234567,true\n+49 170 1234567,true\n',
      'phone.unique',
      [told(2, 1)],
    ],
    [
      'number of a customer',
      subscriberList,
      'email,external_id\na@b.example,C1\nb@b.example,C1 \n',
      'external_id.unique',
      [told(2, 1)],
    ],
    ['suppressed person', suppressionList, 'email\na@b.example\na@b.example\n', 'email.unique', [told(2, 1)]],
    [
      'value of an own table',
      table([{ name: 'sku', constraints: { unique: true } }]),
      'sku\nA\nB\nA\n',
      'sku.unique',
      [told(3, 1)],
    ],
    [
      'key of an own table',
      table([{ name: 'a' }, { name: 'b' }], { primaryKey: ['a', 'b'] }),
      'a,b\n1,2\n1,3\n1,2\n',
      'key.unique',
      [told(3, 1)],
    ],
  ])('%s', async (_, rules, text, rule, wanted) => {
    const report = await check(text, { rules });
    expect(messagesOf(report, rule)).toEqual(wanted);
    expect(await check(text, { rules }, [3, 1, 7])).toEqual(report);
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
