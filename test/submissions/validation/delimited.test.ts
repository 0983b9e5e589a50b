import { describe, expect, test } from 'vitest';
import { sniffDialect } from '../../../server/submissions/validation/formats/dialect.ts';
import { delimitedRules, fileRules } from '../../../server/submissions/validation/formats/rules.ts';
import { anyTable } from '../../../server/submissions/validation/rules/registry.ts';
import { withFindings } from '../../../server/submissions/validation/withFindings.ts';
import { allOf, bytesOf, check, firstOf, found, pieces, smallSet } from './checking.ts';

/** What the reader made of each cell, as it comes back in a copy of the file. */
async function cellsOf(text: string, size?: number): Promise<string> {
  return allOf(withFindings(pieces(text, size), { rules: anyTable, name: 'f.csv', asOf: '2026-11-22T00:00:00Z' }));
}

/** Only what speaks of columns needs a set that has some. */
const optionsOf = (id: string) => (id.startsWith('CSV-06') ? { rules: smallSet([]) } : {});

describe('the rules of the reader', () => {
  const rules = [...delimitedRules, ...fileRules];
  test.each(rules.flatMap((rule) => rule.accepted.map((text, at) => [rule.id, at, text] as const)))(
    '%s lets its accepted example %i pass',
    async (id, _, text) =>
      expect(found(await check(text, optionsOf(id))).filter((each) => each.startsWith(`${id} `))).toEqual([]),
  );
  test.each(rules.flatMap((rule) => rule.refused.map((text, at) => [rule.id, at, text] as const)))(
    '%s finds its refused example %i',
    async (id, _, text) =>
      expect(found(await check(text, optionsOf(id))).filter((each) => each.startsWith(`${id} `))).toHaveLength(1),
  );
  test.each(
    rules.flatMap((rule) => Object.entries(rule.fixed ?? {}).map(([from, to]) => [rule.id, from, to, rule] as const)),
  )('%s makes %j %j', (_, from, to, rule) =>
    expect(rule.fix?.(from, { asOf: '', asOfMs: 0, profile: null, declared: {} })).toBe(to),
  );
});

describe('the dialect', () => {
  test.each([
    ['a,b,c\n1,2,3\n', ','],
    ['a;b;c\n"1,5";2,5;3,5\n', ';'],
    ['a\tb\n1,2\t3;4\n', '\t'],
    ['a|b|c\n1|2|3\n', '|'],
    ['title;price\n"a;b;c";12,90\nd;1,00\n', ';'],
    ['one\n1\n2\n', ','],
    ['a,b\n"x;y;z\n;;;",2\n', ','],
    ['id,5" pipe;size\n1,2\n3,4\n', ','],
    ['sep=|\na|b\n1|2\n', '|'],
    ['', ','],
  ])('%j is parted by %j', (text, delimiter) => {
    expect(sniffDialect(bytesOf(text), true).delimiter).toBe(delimiter);
  });

  test('a line sep=; of Excel is obeyed and is no header', async () => {
    const report = await check('sep=;\na;b\n1;2\n');
    expect(report.columns.map(({ source }) => source)).toEqual(['a', 'b']);
    expect([report.rows, report.file.dialect?.delimiter]).toEqual([1, ';']);
  });

  test('a declared delimiter is taken and not doubted', async () => {
    const report = await check('a|b;c\n1|2;3\n', { delimiter: ';' });
    expect(report.columns.map(({ source }) => source)).toEqual(['a|b', 'c']);
    expect(report.file.dialect).toMatchObject({ delimiter: ';', isDeclared: true });
    expect(found(report)).toEqual([]);
  });

  test.each([
    ['a,b\n1,2\n', 'LF'],
    ['a,b\r\n1,2\r\n', 'CRLF'],
    ['a,b\r1,2\r', 'CR'],
    ['a,b\r\n1,2\n', 'MIXED'],
  ])('%j ends its lines with %s', async (text, lineEnd) => {
    expect((await check(text)).file.dialect?.lineEnd).toBe(lineEnd);
  });
});

describe('reading cells', () => {
  test.each([
    ['a,b\n1,2', 'a,b,_findings\r\n1,2,\r\n'],
    ['a,b\n"1",""\n', 'a,b,_findings\r\n1,,\r\n'],
    ['a,b\n"say ""hi""",""""\n', 'a,b,_findings\r\n"say ""hi""","""",\r\n'],
    ['a,b\n"1\r\n2",x\r\n', 'a,b,_findings\r\n"1\r\n2",x,\r\n'],
    ['"a,x","b"\n1,2\n', '"a,x",b,_findings\r\n1,2,\r\n'],
    ['a,b\n\n\n1,2\n\n', 'a,b,_findings\r\n1,2,\r\n'],
    ['a\n1\n', 'a,_findings\r\n1,\r\n'],
    ['a,b\nž,日本\n', 'a,b,_findings\r\nž,日本,\r\n'],
  ])('%j', async (text, copy) => {
    for (const size of [1, 2, 3, 1000]) expect(await cellsOf(text, size)).toBe(copy);
  });

  test('a row is counted from 1 behind the header, its physical line beside it', async () => {
    const report = await check('a,b\n"x\ny\r\nz",1\n\n2\n');
    expect(firstOf(report, 'CSV-04')).toEqual({ row: 2, line: 6, column: null, value: null });
  });

  test('lines inside quotes count, whatever ends them', async () => {
    const report = await check('a,b\r"x\ry\r\nz\nw",1\r2\r');
    expect(firstOf(report, 'CSV-04')).toMatchObject({ row: 2, line: 6 });
  });
});

describe('what is broken costs its row and no other', () => {
  test('a quote that never closes names its line, and reading goes on behind it', async () => {
    const report = await check(`a,b\n1,2\n3,"4\n${'5,6\n'.repeat(10)}`);
    expect(found(report)).toEqual(['CSV-02.unclosed ×1']);
    expect(firstOf(report, 'CSV-02.unclosed')).toMatchObject({ row: 2, line: 3, column: 'b' });
    expect([report.rows, report.valid, report.verdict]).toEqual([12, 11, 'REJECTED']);
  });

  test('also when more than 1 MB follows', async () => {
    const report = await check(`a,b\n1,"2\n${'3,4\n'.repeat(400_000)}`, {}, 70_000);
    expect(found(report)).toEqual(['CSV-02.unclosed ×1']);
    expect([report.rows, report.valid]).toEqual([400_001, 400_000]);
  });

  test('a file of quotes that never close is read in one go', async () => {
    const report = await check('a,b\n'.concat('"x y z\n'.repeat(300_000)), {}, 65_536);
    expect(report.verdict).toBe('REJECTED');
    expect(report.valid).toBe(0);
  }, 20_000);

  test('a quote that is not doubled costs one row also when it seems to hold two', async () => {
    const report = await check('a,b,c\n"1"x,2,3\n"4",5,6\n7,8,9\n');
    expect(found(report)).toEqual(['CSV-02.quote ×1']);
    expect([report.rows, report.valid]).toEqual([3, 2]);
  });

  test('a record over 1 MB is one finding', async () => {
    const report = await check(`a,b\n1,2\n3,${'x'.repeat(3_000_000)}\n5,6\n`, {}, 65_536);
    expect(found(report)).toEqual(['CSV-02.record ×1']);
    expect(firstOf(report, 'CSV-02.record')).toMatchObject({ row: 2, line: 3 });
    expect([report.rows, report.valid]).toEqual([3, 2]);
  });

  test('[U8] a single line of 40 MB is one finding and no memory', async () => {
    async function* line() {
      yield bytesOf('a,b\n');
      const block = new Uint8Array(65_536).fill(0x61);
      for (let at = 0; at < 640; at++) yield block;
    }
    const report = await (await import('../../../server/submissions/validation/engine.ts')).validate(line(), {
      rules: anyTable,
      name: 'f.csv',
      asOf: '2026-11-22T00:00:00Z',
    });
    expect(found(report)).toEqual(['CSV-02.record ×1']);
  });

  test('[U8] a million columns are one finding, and the rest is not read', async () => {
    const report = await check(`${'c,'.repeat(400_000)}c\n1,2\n`);
    expect(found(report)).toEqual(['CSV-02.columns ×1']);
    expect([report.isReadable, report.verdict]).toEqual([false, 'REJECTED']);
  });

  test('10,000 columns are read', async () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `c${at}`);
    const report = await check(`${names.join(',')}\n${names.join(',')}\n`);
    expect([report.rows, report.valid, found(report)]).toEqual([1, 1, []]);
  });

  test('[U9] NUL bytes are told with row, line and column, and shown as pictures', async () => {
    const report = await check('a,b\n1,x\u0000\u0007y\n');
    expect(firstOf(report, 'CSV-08')).toEqual({ row: 1, line: 2, column: 'b', value: 'x␀␇y' });
  });

  test('[U9] a lone CR among other line ends is told where the kinds meet', async () => {
    const report = await check('a,b\r\n1,2\r\n3,4\r5,6\r\n');
    expect(firstOf(report, 'CSV-02.line-ends')).toMatchObject({ row: 2, line: 3 });
    expect([report.rows, report.valid]).toEqual([3, 3]);
  });

  test('text from right to left and formulas are text', async () => {
    const report = await check('a,b\nשלום,=1+1\n');
    expect([report.valid, found(report)]).toEqual([1, []]);
  });
});
