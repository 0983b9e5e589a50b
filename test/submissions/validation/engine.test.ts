import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validate } from '../../../server/submissions/validation/engine.ts';
import { excerpt, mask, messageOf, verdictOf } from '../../../server/submissions/validation/report.ts';
import { ruleSets } from '../../../server/submissions/validation/rules/registry.ts';
import type { Params, Progress, Rule } from '../../../server/submissions/validation/types.ts';
import { asOf, bytesOf, check, firstOf, found, smallSet } from './checking.ts';

const rules = smallSet();

describe('judging', () => {
  test('counts are true and samples few, with row, line, column as the file spells it, value and fix', async () => {
    const report = await check(`ID,Title\n${Array.from({ length: 300 }, (_, at) => `${at},x${at}\n`).join('')}`, {
      rules,
    });
    const [finding] = report.findings;
    expect(finding).toMatchObject({ rule: 'name.x', column: 'name', scope: 'CELL', count: 300, fixable: 300 });
    expect(finding?.samples).toHaveLength(100);
    expect(finding?.samples[7]).toEqual({
      row: 8,
      line: 9,
      column: 'Title',
      value: 'x7',
      message: 'Make it right: x7.',
      fixed: 'y7',
    });
    expect(finding?.message).toBe('Make it right: x0.');
  });

  test('a row with any error is not valid, one with warnings is', async () => {
    const report = await check('id,name\n1,x\n2," a "\n,x\n4,b\n', { rules });
    expect([report.rows, report.valid]).toEqual([4, 2]);
    expect(found(report)).toEqual(['name.x ×2', 'id.filled ×1', 'name.trim ×1']);
  });

  test('rules of rows are asked when the columns that they need are there', async () => {
    const report = await check('id,from,to\n1,2,3\n2,5,4\n', { rules });
    expect(firstOf(report, 'range.order')).toEqual({ row: 2, line: 3, column: 'to', value: '4' });
    expect(report.findings[0]?.samples[0]?.fixed).toBe('5');
    expect(found(await check('id,from\n1,9\n', { rules }))).toEqual([]);
  });

  test('what a rule of files says of a row blocks that row, what it says at the end speaks of the file', async () => {
    const report = await check(`id\n${'a\nb\na\nc\nd\ne\nf\n'}`, { rules });
    const scopes = report.findings.map(({ rule, scope, count }) => `${rule} ${scope} ${count}`);
    expect(scopes).toEqual(['id.unique FILE 1', 'id.unique CELL 1']);
    expect([report.rows, report.valid, report.verdict]).toEqual([7, 6, 'REJECTED']);
  });

  test('a row of the wrong length is one finding and is not judged', async () => {
    const report = await check('id,name\n1,x,x\n2,a\n', { rules });
    expect(found(report)).toEqual(['CSV-04 ×1']);
  });

  test('of equal weight findings stand by rule and column', async () => {
    const report = await check('id,name,shelf\n,x\u0000,\n', { rules });
    expect(found(report)).toEqual(['CSV-08 ×1', 'id.filled ×1', 'name.x ×1', 'CSV-06.ignored ×1']);
  });

  test('rules of a profile are asked in that profile alone', async () => {
    const ofKlaviyo = smallSet(rules.rules.map((rule) => ({ ...rule, profiles: ['klaviyo'] })));
    expect(found(await check('id,name\n1,x\n', { rules: ofKlaviyo }))).toEqual([]);
    expect(found(await check('id,name\n1,x\n', { rules: ofKlaviyo, profile: 'klaviyo' }))).toEqual(['name.x ×1']);
  });
});

describe('the order of findings', () => {
  test('what is wrong with the file itself comes first, before all of it what kept it from being read', async () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => `x${(at * 7919) % 5_000},${at}\n`).join('');
    const packed = gzipSync(`name,from\n${rows}`);
    const report = await check(packed.subarray(0, packed.length / 2), { rules, name: 'half.csv.gz' });
    expect(report.isReadable).toBe(false);
    expect(report.rows).toBeGreaterThan(100);
    expect(report.findings.map(({ rule }) => rule)).toEqual(['CSV-12.truncated', 'CSV-06', 'name.x']);
  });

  test('a remark on the file does not stand before errors of its rows', async () => {
    const report = await check('\ufeffid,name\n1,x\n', { rules });
    expect(report.findings.map(({ rule }) => rule)).toEqual(['name.x', 'CSV-01.bom']);
  });
});

describe('the verdict', () => {
  const run = { rows: 100, valid: 100, threshold: 0.95, isReadable: true };
  test.each([
    [run, [], 'ACCEPTED'],
    [run, [['HINT', 'FILE']], 'ACCEPTED'],
    [run, [['WARNING', 'FILE']], 'ACCEPTED_WITH_WARNINGS'],
    [{ ...run, valid: 95 }, [['ERROR', 'CELL']], 'ACCEPTED_WITH_WARNINGS'],
    [{ ...run, valid: 94 }, [['ERROR', 'CELL']], 'REJECTED'],
    [run, [['ERROR', 'FILE']], 'REJECTED'],
    [{ ...run, isReadable: false }, [], 'REJECTED'],
    [{ ...run, rows: 0, valid: 0 }, [], 'REJECTED'],
  ] as const)('%j with %j is %s', (facts, findings, verdict) => {
    expect(
      verdictOf(
        facts,
        findings.map(([severity, scope]) => ({ severity, scope })),
      ),
    ).toBe(verdict);
  });
});

describe('what findings show', () => {
  test.each([
    ['anna.smith@mail.example.com', 'a***a.s***h@m***l.e***e.com'],
    ['Anna Smith', 'A***a S***h'],
    ['+43 660 1234567', '+** *** *****67'],
    ['Eva', 'E***'],
    ['', ''],
    ['šárka@žluť.cz', 'š***a@ž***ť.cz'],
  ])('%j is masked as %j', (text, masked) => expect(mask(text)).toBe(masked));

  test('a personal column is masked in value, fix and message', async () => {
    const noX = { ...rules.rules[0], id: 'email.x', columns: ['email'] } as (typeof rules.rules)[number];
    const report = await check('id,email\n1,max@example.com\n', { rules: smallSet([noX]) });
    expect(JSON.stringify(report)).not.toMatch(/max@|may@|example/);
    expect(report.findings[0]?.samples[0]).toMatchObject({
      value: 'm***@e***e.com',
      message: 'Make it right: m***@e***e.com.',
    });
  });

  test('in a list with personal columns also a column that is not used is masked', async () => {
    const report = await check('id,surname\n1,Novak\u0000\n', { rules });
    expect(JSON.stringify(report)).not.toContain('Novak');
  });

  test('a value is cut at 200 characters and never within one', () => {
    expect([...excerpt('😀'.repeat(300))].length).toBeLessThanOrEqual(200);
    expect(excerpt(`${'a'.repeat(198)}😀😀😀`)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    expect(excerpt('a\tb\u0000\u007f')).toBe('a␉b␀␡');
  });
});

describe('a run', () => {
  test('the same bytes give the same report however they come', async () => {
    const text = `id;name;from;to\r\n${'1;"a ""x"";\r\nb";3;2\r\n;x;;\n"2;q;1;1\n'.repeat(200)}`;
    const whole = JSON.stringify(await check(text, { rules }));
    for (const size of [1, 2, 7, 64, 4095, 4096, 65_536])
      expect(JSON.stringify(await check(text, { rules }, size))).toBe(whole);
  });

  test('a stream of the Web is a source too', async () => {
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(bytesOf('id\n1\n'));
        controller.close();
      },
    });
    expect((await validate(stream, { rules, name: 'a.csv', asOf })).rows).toBe(1);
  });

  test('progress is told at most four times a second', async () => {
    let nowMs = 0;
    const told: Progress[] = [];
    async function* slow() {
      yield bytesOf('id,name\n');
      for (let at = 0; at < 100; at++) {
        nowMs += 50;
        yield bytesOf(`${at},x\n`.repeat(2_000));
      }
    }
    await validate(slow(), {
      rules,
      name: 'a.csv',
      asOf,
      nowMs: () => nowMs,
      onProgress: (progress) => told.push(progress),
    });
    expect(told.length).toBeGreaterThan(10);
    expect(told.length).toBeLessThanOrEqual(20);
    expect(told.at(-1)?.errors).toBeGreaterThan(told[0]?.errors ?? 0);
  });

  test('an aborted run rejects with the reason and lets its source go', async () => {
    const abort = new AbortController();
    let isClosed = false;
    async function* endless() {
      try {
        yield bytesOf('id\n');
        for (;;) yield bytesOf('1\n'.repeat(50_000));
      } finally {
        isClosed = true;
      }
    }
    const running = validate(endless(), { rules, name: 'a.csv', asOf, signal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), 20);
    await expect(running).rejects.toThrow('enough');
    expect(isClosed).toBe(true);
  });

  test('a source that fails is no finding: it rejects', async () => {
    async function* torn() {
      yield bytesOf('id\n1\n');
      throw new Error('the disk is gone');
    }
    await expect(validate(torn(), { rules, name: 'a.csv', asOf })).rejects.toThrow('the disk is gone');
  });

  test('it says what it judged by', async () => {
    const report = await check('id\n1\n', { rules, profile: 'klaviyo', threshold: 0.5 });
    expect(report).toMatchObject({
      version: 1,
      rules: 'small',
      profile: 'klaviyo',
      asOf,
      threshold: 0.5,
      isReadable: true,
    });
    expect(report.file).toMatchObject({
      name: 'file.csv',
      sizeBytes: 5,
      decodedBytes: 5,
      format: 'DELIMITED',
      platform: null,
    });
  });
});

const csvish = fc
  .array(
    fc.constantFrom(
      'a',
      'x',
      ',',
      ';',
      '"',
      '""',
      '\n',
      '\r',
      '\r\n',
      ' ',
      '\t',
      '\u0000',
      'é',
      '日',
      '\ufffd',
      '=',
      "'",
      '1',
      'id',
      'name,',
    ),
    {
      maxLength: 120,
    },
  )
  .map((parts) => parts.join(''));
const anyBytes = fc.oneof(
  csvish.map(bytesOf),
  csvish.map((text) => bytesOf(`id,name,from,to\n${text}`)),
  fc.uint8Array({ maxLength: 200 }),
);
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });

describe('whatever comes', () => {
  test('no input throws, and where it is cut changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, sizes, async (bytes, cuts) => {
        const limits = { recordBytes: 60, columns: 20 };
        const whole = await check(bytes, { rules, limits });
        expect(JSON.stringify(await check(bytes, { rules, limits }, cuts))).toBe(JSON.stringify(whole));
        expect(whole.valid).toBeLessThanOrEqual(whole.rows);
      }),
      { numRuns: 800 },
    );
  });

  test('also with the rules of products', async () => {
    const feed = ruleSets['product-feed'];
    if (!feed) throw new Error('no feed');
    const value = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('12,90 EUR', '4006381333931', 'https://a.b/c', 'in stock', '2026-02-30', '<b>x'),
    );
    const file = fc
      .array(fc.array(value, { minLength: 6, maxLength: 6 }), { maxLength: 12 })
      .map((rows) =>
        [['id', 'title', 'price', 'gtin', 'link', 'availability_date'], ...rows]
          .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
          .join('\n'),
      );
    await fc.assert(
      fc.asyncProperty(file, sizes, async (text, cuts) => {
        const whole = await check(text, { rules: feed });
        expect(JSON.stringify(await check(text, { rules: feed }, cuts))).toBe(JSON.stringify(whole));
      }),
      { numRuns: 150 },
    );
  });
});

test('what a message counts has marks between thousands, on every machine; values, shares and versions stand as they are', () => {
  const at = { row: null, line: null, column: null, value: null, fixed: null, isPersonal: false };
  const said = (advice: string, params: Params) => messageOf({ advice } as Rule, params, at);
  const advice = 'There were {before} and now there are {now}: {share} %, as version {version} of {price}.';
  expect(said(advice, { before: 90_000, now: 1_234_567, share: 1200, version: 2026, price: 1249.5 })).toBe(
    'There were 90,000 and now there are 1,234,567: 1200 %, as version 2026 of 1249.5.',
  );
  expect(said('{length} may have {most}', { length: 5_012, most: 'EUR' })).toBe('5,012 may have EUR');
  expect(said('{now}', { now: 60 })).toBe('60');
});
