import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FaultMemory } from '../../../server/submissions/validation/delta.ts';
import { validate } from '../../../server/submissions/validation/engine.ts';
import { CompactIdSet } from '../../../server/submissions/validation/idSet.ts';
import { excerpt, mask, verdictOf } from '../../../server/submissions/validation/report.ts';
import { ruleSets } from '../../../server/submissions/validation/rules/registry.ts';
import type { Progress } from '../../../server/submissions/validation/types.ts';
import { asOf, bytesOf, check, firstOf, found, noX, smallSet } from './checking.ts';

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

describe('between versions', () => {
  test('what was fixed, what is new, what is left, over a memory in bytes', async () => {
    const [first, second] = [new FaultMemory(), new FaultMemory()];
    await check('id,name\na,x\nb,x\nc,ok\nd,x\n', { rules, faults: first });
    await check('id,name\nd,x\nc,x\nb,ok\na,ok\n', { rules, faults: second });
    expect(FaultMemory.fromBytes(second.toBytes()).since(FaultMemory.fromBytes(first.toBytes()))).toEqual({
      kind: 'COMPARED',
      fixed: 2,
      fresh: 1,
      still: 1,
    });
  });

  const few = smallSet([noX]);
  const rows = (...cells: string[]) => ['id,name', ...cells, ''].join('\n');
  const many = Array.from({ length: 250 }, (_, at) => `p${at},x`);
  test.each<[string, string, string, { fixed: number; fresh: number; still: number }]>([
    ['nothing is mended', rows('a,x', 'b,x'), rows('a,x', 'b,x'), { fixed: 0, fresh: 0, still: 2 }],
    ['a row comes twice, with its fault', rows('a,x', 'b,ok'), rows('a,x', 'a,x'), { fixed: 0, fresh: 1, still: 1 }],
    [
      'of a row three times one is mended',
      rows('a,x', 'a,x', 'a,x'),
      rows('a,x', 'a,ok', 'a,x'),
      { fixed: 1, fresh: 0, still: 2 },
    ],
    [
      'more of them than samples',
      rows(...many),
      rows(...many.slice(0, 120), 'q,x'),
      { fixed: 130, fresh: 1, still: 120 },
    ],
    [
      'a row that comes a thousand times',
      rows(...many.map(() => 'a,x')),
      rows(...many.slice(9).map(() => 'a,x')),
      { fixed: 9, fresh: 0, still: 241 },
    ],
    [
      'rows without an id stand by their number',
      rows(',x', ',ok', ',x'),
      rows(',ok', ',x', ',x'),
      { fixed: 1, fresh: 1, still: 1 },
    ],
    [
      'a column is called something else',
      rows('a,x', 'b,x'),
      'id,Title\na,x\nb,ok\n',
      { fixed: 1, fresh: 0, still: 1 },
    ],
    ['a column is gone, so its rule was not asked', rows('a,x', 'b,x'), 'id\na\nb\n', { fixed: 2, fresh: 0, still: 0 }],
    ['and comes again', 'id\na\nb\n', rows('a,x', 'b,x'), { fixed: 0, fresh: 2, still: 0 }],
    [
      'of rows that are gone nothing is wrong',
      rows('a,x', 'b,x', 'c,x'),
      rows('c,x'),
      { fixed: 2, fresh: 0, still: 1 },
    ],
  ])('adds up to what both reports tell: %s', async (_, before, after, wanted) => {
    const memories = [new FaultMemory(), new FaultMemory()] as const;
    const told: number[] = [];
    for (const [at, text] of [before, after].entries()) {
      const { findings } = await check(text, { rules: few, faults: memories[at]! });
      told.push(findings.reduce((sum, { severity, count }) => sum + (severity === 'HINT' ? 0 : count), 0));
    }
    const [was, is] = memories.map((memory) => FaultMemory.fromBytes(memory.toBytes()));
    const delta = is!.since(was!);
    expect(delta).toEqual({ kind: 'COMPARED', ...wanted });
    expect([wanted.fixed + wanted.still, wanted.fresh + wanted.still]).toEqual(told);
  });

  test('adds up whatever was wrong with which rows', async () => {
    const file = fc.array(fc.tuple(fc.constantFrom('', 'a', 'b', 'c'), fc.constantFrom('x', ' x', 'ok', '')), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(file, file, async (before, after) => {
        const [was, is] = await Promise.all([before, after].map(memoryOf));
        const delta = is!.memory.since(was!.memory);
        if (delta.kind === 'COUNTED') throw new Error('Nothing is too much here');
        expect([delta.fixed + delta.still, delta.fresh + delta.still]).toEqual([was!.told, is!.told]);
      }),
      { numRuns: 100 },
    );
    async function memoryOf(cells: readonly (readonly [string, string])[]) {
      const memory = new FaultMemory();
      const report = await check(rows(...cells.map((row) => row.join(','))), { rules, faults: memory });
      return {
        memory,
        told: report.findings.reduce((sum, { severity, count }) => sum + (severity === 'HINT' ? 0 : count), 0),
      };
    }
  });

  test('too many to be told apart are counted, and it says so', () => {
    const [before, after] = [new FaultMemory(new CompactIdSet(10)), new FaultMemory()];
    for (let at = 0; at < 30; at++) {
      const id = bytesOf(`id${at}`);
      before.add('rule', 'column', id, 0, id.length);
      if (at % 2 === 0) after.add('rule', 'column', id, 0, id.length);
    }
    expect(after.since(before)).toEqual({ kind: 'COUNTED', before: 30, after: 15 });
  });

  test('ids of a run are kept by onId and found again', async () => {
    const ids = new CompactIdSet();
    await check('id,name\na,1\nb,2\nžluť,3\n', { rules, onId: (bytes, start, end) => ids.add(bytes, start, end) });
    const again = CompactIdSet.fromBytes(ids.toBytes());
    const has = (id: string) => again.has(bytesOf(id), 0, bytesOf(id).length);
    expect([again.size, has('a'), has('žluť'), has('c')]).toEqual([3, true, true, false]);
    expect(() => CompactIdSet.fromBytes(bytesOf('not a set'))).toThrow();
  });

  test('a million ids are told apart in 16 MB', () => {
    const ids = new CompactIdSet();
    const bytes = new Uint8Array(12);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < 1_000_000; at++) {
      view.setUint32(4, at);
      ids.add(bytes, 0, 12);
    }
    expect([ids.size, ids.isFull]).toEqual([1_000_000, false]);
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
