import { expect, test } from 'vitest';
import { validate } from '../../../server/submissions/validation/engine.ts';
import { ruleSets } from '../../../server/submissions/validation/rules/registry.ts';
import type { Options } from '../../../server/submissions/validation/types.ts';

const head = 'id,title,description,link,image_link,availability,price,brand,mpn,condition\n';
const row = (id: string, price = '12.90 EUR') =>
  `${id},Blue mug no ${id},A blue mug that holds a third of a litre of tea,https://shop.example/p/${id},https://shop.example/i/${id}.jpg,in_stock,${price},Acme,M-${id},new\n`;
const text = head + row('A') + row('B', 'free') + row('C') + row('A') + row('D');
const options: Options = { rules: ruleSets['product-feed']!, name: 'f.csv', asOf: '2026-11-22T12:00:00.000Z' };

async function* cut(bytes: number): AsyncGenerator<Uint8Array> {
  const all = new TextEncoder().encode(text);
  for (let at = 0; at < all.length; at += bytes) yield all.slice(at, at + bytes);
}

test.each([1, 7, 100_000])(
  'rows without an error are handed on, whole, however the file was cut (%i)',
  async (bytes) => {
    const seen: [number, string, string][] = [];
    const report = await validate(cut(bytes), {
      ...options,
      onValid: (valid, { row: number }) => {
        const cell = (name: string) => valid.cellAt(valid.position(name)).text();
        seen.push([number, cell('id'), cell('price') + cell('brand')]);
      },
    });
    // The second A is an error of its row alone.
    expect(seen).toEqual([
      [1, 'A', '12.90 EURAcme'],
      [3, 'C', '12.90 EURAcme'],
      [5, 'D', '12.90 EURAcme'],
    ]);
    expect(report.valid).toBe(seen.length);
    expect(JSON.stringify(report)).toBe(JSON.stringify(await validate(cut(bytes), options)));
  },
);
