import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validate } from '../../server/submissions/validation/engine.ts';
import { columns } from '../../server/submissions/validation/rules/product-feed/columns.ts';
import { productFeed } from '../../server/submissions/validation/rules/product-feed/set.ts';

const folder = new URL('../../server/templates/playbooks/', import.meta.url).pathname;
const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('feed.md'));

const tableOf = (text: string) =>
  /```csv\n([\s\S]*?)```/.exec(text)?.[1]?.replaceAll('{{shop.domain}}', 'shop.example.com');
const read = (path: string) => readFileSync(join(folder, path), 'utf8');

test('each page that asks for a product feed names every column that the rules want', () => {
  expect(pages.length).toBeGreaterThanOrEqual(4);
  const required = columns.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  for (const path of pages) {
    const named = [...read(path).matchAll(/`([^`]+)`/g)].flatMap(([, words = '']) => words.split(' '));
    expect(named, path).toEqual(expect.arrayContaining([...required, 'gtin', 'brand', 'mpn', 'identifier_exists']));
  }
});

test('the rows that a page shows pass the check', async () => {
  const tables = pages.flatMap((path) => tableOf(read(path)) ?? []);
  expect(tables.length).toBeGreaterThanOrEqual(2);
  for (const table of tables) {
    const report = await validate(new Blob([table]).stream(), {
      rules: productFeed,
      name: 'feed.csv',
      asOf: '2026-11-22T00:00:00.000Z',
    });
    expect(report.findings.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
    expect(report.verdict).toMatch(/^ACCEPTED/);
  }
});
