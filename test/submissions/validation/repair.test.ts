import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Chosen, type Edit, preview, repair } from '../../../server/submissions/validation/repair.ts';
import type { Options } from '../../../server/submissions/validation/types.ts';
import { safeCell, withFindings } from '../../../server/submissions/validation/withFindings.ts';
import { allOf, asOf, check, found, pieces, smallSet } from './checking.ts';

const options: Options = { rules: smallSet(), name: 'file.csv', asOf };
const all: Chosen[] = ['name.x', 'name.trim', 'range.order', 'CSV-08'].map((rule) => ({ rule, column: null }));

async function mended(text: string, which: Chosen[] = all, edits: Edit[] = [], size?: number) {
  const { bytes, repaired } = repair(pieces(text, size), options, which, edits);
  return { text: await allOf(bytes), repaired };
}

describe('repairing', () => {
  test('writes the broken cells anew and leaves every other byte as it was', async () => {
    const before = 'id;name ;to;from\r\n1;"x";3;2\r\n\r\n2; keep ;1;1\n3;"say ""x"""; 9 ;1\r4;x!;1;1';
    const after = 'id;name ;to;from\r\n1;"y";3;2\r\n\r\n2; keep ;1;1\n3;"say ""y"""; 9 ;1\r4;x!;1;1';
    for (const size of [1, 3, 1000])
      expect((await mended(before, [{ rule: 'name.x', column: 'name' }], [], size)).text).toBe(after);
  });

  test('only what was chosen is mended', async () => {
    expect((await mended('id,name\n1, x \n', [{ rule: 'name.trim', column: 'name' }])).text).toBe('id,name\n1,x\n');
    expect((await mended('id,name\n1, x \n', [{ rule: 'name.trim', column: 'id' }])).text).toBe('id,name\n1, x \n');
    expect((await mended('id,name\n1, x \n', [])).text).toBe('id,name\n1, x \n');
  });

  test('fixes of several rules on one cell follow each other', async () => {
    const { text, repaired } = await mended('id,name\n1, x \u0000\n');
    expect(text).toBe('id,name\n1,y\n');
    expect(repaired).toMatchObject({ cells: 1, rows: 1 });
    expect(repaired.byRule.map(({ rule, count }) => `${rule} ${count}`).sort()).toEqual([
      'CSV-08 1',
      'name.trim 1',
      'name.x 1',
    ]);
  });

  test('a value is quoted where it must be', async () => {
    const edits = ['a,b', 'say "no"', 'two\nlines', ' blank', 'plain'].map((value, at) => ({
      row: at + 1,
      column: 'name',
      value,
    }));
    const { text, repaired } = await mended('id,name\n1,a\n2,b\n3,c\n4,d\n5,"e"\n', [], edits);
    expect(text).toBe('id,name\n1,"a,b"\n2,"say ""no"""\n3,"two\nlines"\n4," blank"\n5,"plain"\n');
    expect(repaired).toMatchObject({ cells: 5, rows: 5, edited: 5, notEdited: 0 });
  });

  test('what is typed by hand stands before what a rule makes, and what has no place is told', async () => {
    const edits = [
      { row: 1, column: 'name', value: 'mine' },
      { row: 9, column: 'name', value: 'nobody' },
      { row: 1, column: 'nothing', value: 'nobody' },
      { row: 1, column: 'shelf', value: 's2' },
    ];
    const { text, repaired } = await mended('id,name,shelf\n1,x,s1\n', all, edits);
    expect(text).toBe('id,name,shelf\n1,mine,s2\n');
    expect(repaired).toMatchObject({ edited: 2, notEdited: 2 });
  });

  test('a row whose columns cannot be told is left alone', async () => {
    expect((await mended('id,name\n1,x,x\n2,x\n')).text).toBe('id,name\n1,x,x\n2,y\n');
  });

  test('what cannot be read on goes through as it is', async () => {
    const text = `${'c,'.repeat(10_001)}c\n1,x\n`;
    expect((await mended(text)).text).toBe(text);
  });

  test('a preview says how much, and shows a few', async () => {
    const text = `id,name,email\n${Array.from({ length: 50 }, (_, at) => `${at},x${at},a@b.cz\n`).join('')}`;
    const shown = await preview(pieces(text), options, all);
    expect(shown).toMatchObject({ cells: 50, rows: 50, byRule: [{ rule: 'name.x', column: 'name', count: 50 }] });
    expect(shown.pairs).toHaveLength(20);
    expect(shown.pairs[0]).toEqual({ rule: 'name.x', column: 'name', row: 1, line: 2, before: 'x0', after: 'y0' });
  });

  test('a file much larger than what is held back comes out whole', async () => {
    const rows = Array.from({ length: 400_000 }, (_, at) => `${at},${at % 1000 === 0 ? 'x' : 'name of it'},`);
    const { text, repaired } = await mended(`id,name,to\n${rows.join('\n')}\n`, all, [], 60_000);
    expect(text).toBe(`id,name,to\n${rows.map((row) => row.replace(',x,', ',y,')).join('\n')}\n`);
    expect(repaired.cells).toBe(400);
  });
});

describe('the copy with findings', () => {
  test('has what is wrong in a last column, and every row', async () => {
    const text = 'id,name\n1,x\n2,ok\n,"a,b"\n1,2,3\n"5\n';
    expect(await allOf(withFindings(pieces(text), options))).toBe(
      [
        'id,name,_findings',
        '1,x,name: Make it right: x.',
        '2,ok,',
        ',"a,b",id: Make it right: {value}.',
        '1,2,"This row has 3 fields and the header 2. Put values that contain the delimiter in quotes, and add what is missing.",3',
        '',
      ].join('\r\n'),
    );
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+43', "'+43"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    ['\tx', '"\'\tx"'],
    ['\rx', '"\'\rx"'],
    ['a"=1', '"a""=1"'],
    ['a;=1', '"a;=1"'],
    ['plain', 'plain'],
  ])('[U10] %j is written %j', (text, written) => expect(safeCell(text)).toBe(written));

  test('[U10] what was made inert for a spreadsheet is itself again when it comes back', async () => {
    const copy = await allOf(withFindings(pieces('id,name\n1,=x\n2,ok\n'), options));
    expect(copy).toContain("'=x");
    const report = await check(copy, { rules: options.rules });
    expect(report.findings.map(({ rule, samples }) => [rule, samples[0]?.value])).toEqual([['name.x', '=x']]);
    expect((await mended(copy)).text).toContain('1,=y,');
  });
});

const cell = fc
  .array(fc.constantFrom('x', 'a', ' ', '"', ',', '\n', '!', 'é', '\u0001'), { maxLength: 6 })
  .map((parts) => parts.join(''));
const table = fc.array(fc.tuple(cell, cell, fc.constantFrom('1', '2', '3'), fc.constantFrom('1', '2', '3')), {
  minLength: 1,
  maxLength: 8,
});

test('after a repair no fixable finding of the chosen rules is left, and a repair of the repaired changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 50 }), async (rows, size) => {
      const text = [
        'id,name,from,to',
        ...rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')),
      ].join('\n');
      const once = await mended(text, all, [], size);
      const report = await check(once.text, { rules: options.rules });
      expect(
        report.findings.filter(({ rule, fixable }) => fixable > 0 && all.some((each) => each.rule === rule)),
      ).toEqual([]);
      expect((await mended(once.text)).text).toBe(once.text);
      const before = await check(text, { rules: options.rules });
      expect(report.rows).toBe(before.rows);
      expect(found(report).length).toBeLessThanOrEqual(found(before).length);
    }),
    { numRuns: 400 },
  );
});
