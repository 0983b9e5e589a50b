import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { validate } from '../../../server/submissions/validation/engine.ts';
import { ruleSets } from '../../../server/submissions/validation/rules/registry.ts';

const cli = fileURLToPath(new URL('../../../server/cli.ts', import.meta.url));
const asOf = '2026-11-01T00:00:00.000Z';
const head = 'id,title,description,link,image_link,availability,price,brand,gtin';
const row = (id: string, price: string) =>
  `${id},Warm boot for long winter days,Keeps the feet dry.,https://a.example/p/${id},https://a.example/${id}.jpg,in_stock,"${price}",Acme,4006381333931`;
const good = `${head}\n${row('A1', '12.90 EUR')}\n`;
const broken = `${head}\n${row('A1', '12,90 EUR')}\n`;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

type Said = { code: number; out: string; err: string };
const check = (...args: string[]) =>
  new Promise<Said>((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', cli, 'check', ...args], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

test('a file that is fine ends with 0, one whose findings block with 1, one that is no table with 2', async () => {
  expect((await check(file('good.csv', good))).code).toBe(0);
  expect((await check(file('broken.csv', broken))).code).toBe(1);
  const pdf = file(
    'fake.csv',
    new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x37, 0x0a, 0xff, 0xfe, 0x00]),
  );
  expect((await check(pdf)).code).toBe(2);
  expect(await check(join(folder, 'none.csv'))).toMatchObject({ code: 2, err: expect.stringContaining('none.csv') });
});

test('with --json it prints the report of the engine, byte for byte', async () => {
  const path = file('broken.csv', broken);
  const { out } = await check(path, '--json', '--as-of', '2026-11-01');
  async function* source() {
    yield new TextEncoder().encode(broken);
  }
  const rules = ruleSets['product-feed']!;
  const report = await validate(source(), { rules, name: 'broken.csv', asOf });
  expect(out).toBe(`${JSON.stringify(report)}\n`);
  expect(report).toMatchObject({ rows: 1, valid: 0, verdict: 'REJECTED' });
  expect(report.findings[0]).toMatchObject({
    rule: 'price.format',
    severity: 'ERROR',
    count: 1,
    samples: [{ row: 1, line: 2, column: 'price', value: '12,90 EUR', fixed: '12.90 EUR' }],
  });
});

test('with --fix it writes the file made right, and never over the file itself', async () => {
  const [path, out] = [file('broken.csv', broken), join(folder, 'fixed.csv')];
  await check(path, '--fix', out);
  expect(readFileSync(out, 'utf8')).toBe(good);
  expect(await check(path, '--fix', path)).toMatchObject({ code: 2 });
  expect(readFileSync(path, 'utf8')).toBe(broken);
});

test('with --schema it judges by a table of columns, and names what is wrong with that by its path', async () => {
  const table = {
    fields: [
      { name: 'id', rdfType: 'x' },
      { name: 'opened', title: 'Opened on', type: 'date' },
    ],
  };
  const schema = file('stores.json', JSON.stringify(table));
  const { out, err, code } = await check(file('stores.csv', 'id,opened\n1,soon\n'), '--schema', schema);
  expect(code).toBe(1);
  expect(out).toContain('Opened on is not a date');
  expect(err).toContain('fields[0].rdfType');
  const hostile = file('hostile.json', '{"fields":[{"name":"a","constraints":{"pattern":"(a+)+$"}}]}');
  expect(await check(schema, '--schema', hostile)).toMatchObject({
    code: 2,
    err: expect.stringContaining('fields[0].constraints.pattern'),
  });
  expect(await check(schema, '--schema', '/dev/zero')).toMatchObject({ code: 2 });
});

test('with --list-rules it prints every rule with its severity, its source and whether it can be fixed', async () => {
  const { out, code } = await check('--list-rules', '--rules', 'product-feed');
  const lines = out.trim().split('\n');
  expect(code).toBe(0);
  for (const line of lines) expect(line).toMatch(/^\S+\t(ERROR|WARNING|HINT)\t[^\t]+\t(fixable|-)$/);
  expect(lines.length).toBeGreaterThan(ruleSets['product-feed']!.rules.length);
  expect(lines.filter((line) => line.endsWith('fixable')).length).toBeGreaterThanOrEqual(20);
});

test.each([
  [['--rules', 'no-such'], 'no-such'],
  [['--declare', 'currency'], 'key=value'],
  [['--as-of', 'yesterday'], 'yesterday'],
  [['--threshold', '2'], '0 to 1'],
])('%j is refused with what to do', async (args, told) => {
  const said = await check(file('good.csv', good), ...args);
  expect(said.code).toBe(2);
  expect(said.err).toContain(told);
});
