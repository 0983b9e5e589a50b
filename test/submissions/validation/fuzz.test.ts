import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Chosen, preview, repair } from '../../../server/submissions/validation/repair.ts';
import { ruleSets } from '../../../server/submissions/validation/rules/registry.ts';
import type { Options, RuleSet } from '../../../server/submissions/validation/types.ts';
import { withFindings } from '../../../server/submissions/validation/withFindings.ts';
import { asOf, bytesOf, check, pieces } from './checking.ts';
import { zip } from './zips.ts';

/*
 * Files out of the examples that the rules themselves bring, in every format, whole and damaged: nothing throws, nothing
 * hangs, and where the bytes are cut changes nothing: not the report, not the repair, not the copy with findings. What a
 * repair was chosen for is gone after it, in a file that was whole.
 * FUZZ_RUNS=2000 looks longer.
 */
const runs = Number(process.env.FUZZ_RUNS ?? 40);

type Row = Record<string, string>;
type Format = 'csv' | 'tsv' | 'xml' | 'json' | 'jsonl';
const formats: readonly Format[] = ['csv', 'tsv', 'xml', 'json', 'jsonl'];

/** Values that break a rule, values that do not, and anything else. */
function rowsOf(set: RuleSet): fc.Arbitrary<Row[]> {
  const examples = new Map<string, Set<string>>(set.columns.map(({ name }) => [name, new Set([''])]));
  for (const rule of set.rules) {
    if (rule.scope === 'CELL')
      for (const column of rule.columns)
        for (const text of [...rule.accepted, ...rule.refused].filter((one) => one.length < 400))
          examples.get(column)?.add(text);
    if (rule.scope === 'ROW')
      for (const row of [...rule.accepted, ...rule.refused])
        for (const [column, text] of Object.entries(row)) examples.get(column)?.add(text);
  }
  const anything = fc.string({ unit: 'grapheme', maxLength: 8 });
  const cell = (column: string) =>
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...(examples.get(column) ?? [''])) },
      { weight: 1, arbitrary: anything },
    );
  const names = set.columns.map(({ name }) => name);
  const columns =
    names.length === 0
      ? fc.constant(['a', 'b'])
      : fc.subarray(names, { minLength: 1, maxLength: Math.min(14, names.length) });
  return columns.chain((chosen) =>
    fc.array(fc.record(Object.fromEntries(chosen.map((name) => [name, cell(name)]))) as fc.Arbitrary<Row>, {
      minLength: 1,
      maxLength: 6,
    }),
  );
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '');

function written(rows: Row[], format: Format): string {
  const names = Object.keys(rows[0] ?? {});
  if (format === 'json') return JSON.stringify({ products: rows });
  if (format === 'jsonl') return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  if (format === 'xml') {
    const inside = (row: Row) => names.map((name) => `<${name}>${escaped(row[name] ?? '')}</${name}>`).join('');
    return `<rss><channel>${rows.map((row) => `<item>${inside(row)}</item>`).join('\n')}</channel></rss>`;
  }
  const by = format === 'tsv' ? '\t' : ',';
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]
    .map((cells) => `${cells.map(quoted).join(by)}\r\n`)
    .join('');
}

/** A byte put in the place of another, taken away, or put between. */
const damage = fc.array(
  fc.tuple(
    fc.nat(),
    fc.constantFrom(...'",;<>&{}[]:\n\r\0'.split('').map((c) => c.charCodeAt(0)), 0xff, 0xc3, 0xe2),
    fc.nat(2),
  ),
  {
    maxLength: 4,
  },
);
function damaged(bytes: Uint8Array, changes: [number, number, number][]): Uint8Array {
  const list = [...bytes];
  for (const [at, byte, how] of changes)
    list.splice(at % (list.length + 1), how === 1 ? 0 : 1, ...(how === 2 ? [] : [byte]));
  return Uint8Array.from(list);
}

const cuts = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 12 });
const packing = fc.constantFrom('none', 'none', 'none', 'gzip', 'zip');

async function bytesIn(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part.slice());
  return Buffer.concat(parts).toString('latin1');
}

describe('whatever the file, and wherever it is cut', () => {
  test.each(Object.values(ruleSets).map((set) => [set.key, set] as const))('%s', async (_, set) => {
    await fc.assert(
      fc.asyncProperty(
        rowsOf(set),
        fc.constantFrom(...formats),
        damage,
        packing,
        cuts,
        fc.constantFrom(null, ...set.profiles),
        async (rows, format, changes, pack, sizes, profile) => {
          const plain = damaged(bytesOf(written(rows, format)), changes as [number, number, number][]);
          const bytes =
            pack === 'gzip'
              ? Uint8Array.from(gzipSync(plain))
              : pack === 'zip'
                ? zip([{ name: `a.${format}`, text: '', plain }])
                : plain;
          const options: Options = { rules: set, name: `a.${format}`, asOf, profile };
          const report = await check(bytes, options);
          expect(JSON.stringify(await check(bytes, options, sizes))).toBe(JSON.stringify(report));
          expect(report.valid).toBeLessThanOrEqual(report.rows);
          if (changes.length === 0) expect(report.rows).toBe(rows.length);

          const chosen: Chosen[] = report.findings
            .filter(({ fixable }) => fixable > 0)
            .map(({ rule, column }) => ({ rule, column }));
          const whole = repair(pieces(bytes), options, chosen);
          const mended = await bytesIn(whole.bytes);
          const cut = repair(pieces(bytes, sizes), options, chosen);
          expect(await bytesIn(cut.bytes)).toBe(mended);
          expect(cut.repaired).toEqual(whole.repaired);
          expect(await preview(pieces(bytes), options, chosen)).toMatchObject({ cells: whole.repaired.cells });
          const again = await check(Buffer.from(mended, 'latin1'), { ...options, name: `a.${format}` });
          if (report.isReadable) expect(again.isReadable).toBe(true);
          if (changes.length === 0) {
            const isChosen = (rule: string, column: string | null) =>
              chosen.some((one) => one.rule === rule && one.column === column);
            const left = again.findings.filter((one) => one.fixable > 0 && isChosen(one.rule, one.column));
            expect([again.rows, left.map(({ rule, samples }) => [rule, samples[0]])]).toEqual([rows.length, []]);
          }

          const copy = await bytesIn(withFindings(pieces(bytes), options));
          expect(await bytesIn(withFindings(pieces(bytes, sizes), options))).toBe(copy);
        },
      ),
      { numRuns: runs },
    );
  });
});
