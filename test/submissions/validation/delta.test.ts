import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FaultMemory } from '../../../server/submissions/validation/delta.ts';
import { CompactIdSet } from '../../../server/submissions/validation/idSet.ts';
import { bytesOf, check, noX, smallSet } from './checking.ts';

const rules = smallSet();

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
