import { describe, expect, test } from 'vitest';
import { foldHeader, matchColumns } from '../../../server/submissions/validation/columns.ts';
import type { ExportShape } from '../../../server/submissions/validation/types.ts';
import { check, firstOf, found, noX, smallSet } from './checking.ts';

const set = smallSet();

/** `source=column how` of each. */
const told = (names: string[], mapping?: Record<string, string | null>) =>
  matchColumns(names, set, mapping).map(({ source, column, how }) => `${source}=${column} ${how}`);

test.each([
  ['Product Name', 'product_name'],
  ['g:sale_price', 'sale_price'],
  ['  Sale-Price ', 'sale_price'],
  ['Variant.SKU', 'variant_sku'],
  ['ｉｄ', 'id'],
])('%j folds to %j', (name, folded) => expect(foldHeader(name)).toBe(folded));

describe('matching', () => {
  test('by the very name, by the name in other letters, by a known other name', () => {
    expect(told(['id', 'NAME', 'To', 'colour'])).toEqual([
      'id=id EXACT',
      'NAME=name CASE',
      'To=to CASE',
      'colour=null IGNORED',
    ]);
    expect(told(['g:id', 'Product name'])).toEqual(['g:id=id CASE', 'Product name=name SYNONYM']);
  });

  test('of two that would be one column the stronger has it, of equals the first', () => {
    expect(told(['title', 'name'])).toEqual(['title=null IGNORED', 'name=name EXACT']);
    expect(told(['title', 'product_name'])).toEqual(['title=name SYNONYM', 'product_name=null IGNORED']);
  });

  test('what a person chose is stronger than any name; null ignores', () => {
    expect(told(['name', 'colour'], { colour: 'name' })).toEqual(['name=null IGNORED', 'colour=name CHOSEN']);
    expect(told(['name'], { name: null })).toEqual(['name=null CHOSEN']);
    expect(told(['name'], { name: 'a column of long ago' })).toEqual(['name=name EXACT']);
    expect(told(['toString', '__proto__'])).toEqual(['toString=null IGNORED', '__proto__=null IGNORED']);
  });

  test('a missing required column rejects the file and names the header that looks like it', async () => {
    const report = await check('idd,name\n1,a\n', { rules: set });
    expect(report.verdict).toBe('REJECTED');
    expect(firstOf(report, 'CSV-06')).toMatchObject({ row: null, column: 'id' });
    expect(report.findings.find(({ rule }) => rule === 'CSV-06')?.message).toContain('“idd”');
  });

  test('of several missing columns the finding names all, each of its samples its own', async () => {
    const columns = ['id', 'title', 'price'].map((name) => ({ name, synonyms: [], isRequired: true }));
    const report = await check('idd,shelf\n1,a\n', { rules: smallSet([], { columns }) });
    const missing = report.findings.find(({ rule }) => rule === 'CSV-06');
    expect(missing).toMatchObject({
      count: 3,
      message: 'The column id is required. Add it to the header (is it “idd”?); missing too: title, price.',
    });
    expect(missing?.samples.map(({ column }) => column)).toEqual(['id', 'title', 'price']);
    expect(missing?.samples[1]?.message).toBe('The column title is required. Add it to the header.');
  });

  test('one of several columns is enough where one of them is required', async () => {
    const either = smallSet([], {
      columns: [
        { name: 'customer', synonyms: [], isRequired: true, oneOf: ['email'] },
        { name: 'email', synonyms: [], isRequired: true, oneOf: ['customer'] },
      ],
    });
    expect(found(await check('email\na@b.c\n', { rules: either }))).toEqual([]);
    expect(found(await check('mail\na@b.c\n', { rules: either }))).toEqual(['CSV-06 ×1', 'CSV-06.ignored ×1']);
  });

  test('a column that is not used is a hint', async () => {
    const report = await check('id,name,shelf\n1,a,b\n', { rules: set });
    expect([report.verdict, ...found(report)]).toEqual(['ACCEPTED', 'CSV-06.ignored ×1']);
  });

  test('several that are not used are told at once, each by its name', async () => {
    const report = await check('id,shelf,name,aisle,hall\n1,a,b,c,d\n', { rules: set });
    expect(found(report)).toEqual(['CSV-06.ignored ×3']);
    expect(report.findings[0]!.message).toBe(
      'The column shelf is none of the known ones and is ignored; ignored too: aisle, hall.',
    );
  });
});

describe('the export of a shop platform', () => {
  const shape: ExportShape = {
    platform: 'Shop',
    recognisedBy: ['handle', 'variant_price'],
    map: { id: 'variant_sku', name: 'title' },
    own: 'title',
    asks: ['currency'],
    derive: (source, above, { declared }) =>
      source.get('variant_sku') === ''
        ? null
        : {
            name: source.get('title') || (above?.get('title') ?? ''),
            from: `${source.get('variant_price')} ${declared.currency ?? ''}`.trim(),
          },
  };
  const shop = smallSet([noX, { ...noX, id: 'from.x', columns: ['from'] }], { exports: [shape] });
  const file = 'Handle,Title,Variant SKU,Variant Price\nshoe,Shoe x,s1,10x\nshoe,,s2,11\nshoe,,,\nhat,Hat,h1,9\n';

  test('is recognised, maps itself, and asks once for what it lacks', async () => {
    const report = await check(file, { rules: shop });
    expect(report.file.platform).toBe('Shop');
    expect(report.asks).toEqual(['currency']);
    expect(report.columns.map(({ column, how }) => `${column} ${how}`)).toEqual([
      'null IGNORED',
      'name EXPORT',
      'id EXPORT',
      'null IGNORED',
    ]);
    expect((await check(file, { rules: shop, declared: { currency: 'EUR' } })).asks).toEqual([]);
  });

  test('variants inherit from the row above, a picture more is no row to judge, and only what stands in the file is mended', async () => {
    const report = await check(file, { rules: shop });
    expect([report.rows, report.valid]).toEqual([4, 2]);
    const name = report.findings.find(({ rule }) => rule === 'name.x');
    expect(name?.samples.map(({ row, value, fixed }) => [row, value, fixed])).toEqual([
      [1, 'Shoe x', 'Shoe y'],
      [2, 'Shoe x', null],
    ]);
    expect([name?.count, name?.fixable]).toEqual([2, 1]);
    expect(report.findings.find(({ rule }) => rule === 'from.x')?.samples[0]).toMatchObject({
      row: 1,
      value: '10x',
      fixed: null,
    });
  });
});
