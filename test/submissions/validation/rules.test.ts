import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cell, cellOf } from '../../../server/submissions/validation/cell.ts';
import { matchColumns } from '../../../server/submissions/validation/columns.ts';
import { RunMemory } from '../../../server/submissions/validation/rules/common/memory.ts';
import { PrintTable } from '../../../server/submissions/validation/rules/common/printTable.ts';
import { ruleSets } from '../../../server/submissions/validation/rules/registry.ts';
import type {
  CellRule,
  ExampleRow,
  FileExample,
  FileRule,
  IdSet,
  Judging,
  Known,
  RowRule,
  Rule,
  RuleSet,
} from '../../../server/submissions/validation/types.ts';

/** When the examples are judged, as types.ts says. */
const asOf = '2026-11-22T00:00:00Z';

const judgingOf = (rule: Rule): Judging => ({
  asOf,
  asOfMs: Date.parse(asOf),
  profile: rule.profiles?.[0] ?? null,
  declared: rule.exampleDeclares ?? {},
});

const sets = Object.values(ruleSets);
const everyRule = [...new Set(sets.flatMap((set) => set.rules))];
const named = <R extends Rule>(rules: readonly R[]) => rules.map((rule) => [rule.id, rule] as const);
const cellRules = everyRule.filter((rule): rule is CellRule => rule.scope === 'CELL');
const rowRules = everyRule.filter((rule): rule is RowRule => rule.scope === 'ROW');
const fileRules = everyRule.filter((rule): rule is FileRule => rule.scope === 'FILE');

describe('every rule', () => {
  test.each(sets.map((set) => [set.key, set] as const))(
    '%s: has ids of its own and columns that the set knows',
    (_, set) => {
      const ids = set.rules.map((rule) => rule.id);
      expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
      const known = new Set(set.columns.map((column) => column.name));
      const strange = set.rules.flatMap((rule) =>
        rule.scope === 'READER'
          ? []
          : rule.columns.filter((name) => !known.has(name)).map((name) => `${rule.id}: ${name}`),
      );
      expect(strange).toEqual([]);
    },
  );

  test.each(named(everyRule))('%s says what it holds, where it is written and what to do', (_, rule) => {
    expect(rule.covers.length).toBeGreaterThan(0);
    expect(rule.covers.filter((what) => !/^F[0-6]:.+/.test(what))).toEqual([]);
    expect(rule.source.name).not.toBe('');
    if (rule.source.url !== null) expect(new URL(rule.source.url).protocol).toBe('https:');
    expect(rule.title).not.toMatch(/\.$|\{/);
    expect(rule.advice).toMatch(/\.(\{more\})?$/);
    expect(rule.accepted.length).toBeGreaterThan(0);
    expect(rule.refused.length).toBeGreaterThan(0);
  });
});

/** Every `{name}` in the rule's advice is a param of this finding. */
function expectWords(rule: Rule, params: object | null) {
  const asked = [...rule.advice.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  expect(Object.keys(params ?? {})).toEqual(expect.arrayContaining(asked));
}

/** As the engine asks: an empty cell and cells without the rule's bytes are none of its business, nor healthy ones. */
function asksOf(rule: CellRule, cell: Cell) {
  if (cell.isEmpty) return rule.isForEmpty ? rule.check(cell, judgingOf(rule)) : null;
  if (rule.healthy?.(cell, judgingOf(rule))) return null;
  if (rule.onlyIf !== undefined && (cell.flags & rule.onlyIf) === 0) return null;
  return rule.check(cell, judgingOf(rule));
}

describe('rules of a cell', () => {
  test.each(named(cellRules))('%s', (_, rule) => {
    for (const text of rule.accepted) expect(asksOf(rule, cellOf(text)), `accepts ${JSON.stringify(text)}`).toBeNull();
    for (const text of rule.refused) {
      const found = asksOf(rule, cellOf(text));
      expect(found, `refuses ${JSON.stringify(text)}`).not.toBeNull();
      expectWords(rule, found);
    }
    expect(rule.fix === undefined).toBe(rule.fixed === undefined);
    const fixed = Object.entries(rule.fixed ?? {});
    if (rule.fix) expect(fixed.filter(([, to]) => to !== null)).not.toEqual([]);
    for (const [text, to] of fixed) {
      expect(asksOf(rule, cellOf(text)), `refuses ${JSON.stringify(text)} before its repair`).not.toBeNull();
      expect(rule.fix?.(text, judgingOf(rule)), `repairs ${JSON.stringify(text)}`).toBe(to);
    }
  });
});

function cellsOf(rule: { columns: readonly string[] }, row: ExampleRow): Cell[] {
  return rule.columns.map((name) => cellOf(row[name] ?? ''));
}

const isAsked = (rule: { columns: readonly string[]; needs?: readonly string[] }, names: readonly string[]) =>
  rule.needs ? rule.needs.every((name) => names.includes(name)) : rule.columns.some((name) => names.includes(name));

describe('rules of a row', () => {
  test.each(named(rowRules))('%s', (_, rule) => {
    const ask = (row: ExampleRow) =>
      isAsked(rule, Object.keys(row)) ? rule.check(cellsOf(rule, row), judgingOf(rule)) : null;
    for (const row of rule.accepted) expect(ask(row), `accepts ${JSON.stringify(row)}`).toBeNull();
    for (const row of rule.refused) {
      const found = ask(row);
      expect(found, `refuses ${JSON.stringify(row)}`).not.toBeNull();
      if (found?.column) expect(rule.columns).toContain(found.column);
      expectWords(rule, found?.params ?? null);
    }
    expect(rule.fix === undefined).toBe(rule.fixed === undefined);
    for (const { row, to } of rule.fixed ?? []) {
      const found = ask(row);
      expect(found, `refuses ${JSON.stringify(row)} before its repair`).not.toBeNull();
      const made = rule.fix?.(
        rule.columns.map((name) => row[name] ?? ''),
        judgingOf(rule),
      );
      expect(made, `repairs ${JSON.stringify(row)}`).toBe(to);
      if (to !== null) expect(ask({ ...row, [found?.column ?? '']: to })).toBeNull();
    }
  });
});

function idSetOf(ids: readonly string[]): IdSet {
  const known = new Set(ids);
  const decoder = new TextDecoder();
  return { size: known.size, has: (bytes, start, end) => known.has(decoder.decode(bytes.subarray(start, end))) };
}

function knownOf(example: FileExample): Known {
  const { previousIds, feedIds, suppressed } = example;
  return {
    ...(previousIds && { accepted: { rows: previousIds.length, ids: idSetOf(previousIds) } }),
    ...(feedIds && { feedIds: idSetOf(feedIds) }),
    ...(suppressed && { suppressed: idSetOf(suppressed) }),
  };
}

/** Beside `rows.compared` there is another rule that remembers, and runs out of room. */
function memoryOf(rule: FileRule, { rows, compared = 1_000 }: FileExample): RunMemory {
  const memory = new RunMemory(compared);
  if (rule.id !== 'rows.compared') return memory;
  const table = memory.bounded('value', new PrintTable(memory.most));
  rows.forEach((_, at) => void table.put(at, at, 1));
  return memory;
}

const setOf = (rule: Rule) => sets.find((set) => set.rules.includes(rule)) as RuleSet;

function foundIn(rule: FileRule, example: FileExample) {
  const headers = [...new Set(example.rows.flatMap((row) => Object.keys(row)))];
  const matches = matchColumns(headers, setOf(rule), {}, null);
  const columns = matches.flatMap(({ column }) => column ?? []);
  if (rule.columns.length > 0 && !isAsked(rule, columns)) return [];
  const watch = rule.watch(judgingOf(rule), knownOf(example), memoryOf(rule, example));
  if (watch === null) return [];
  const inRows = example.rows.flatMap((row, at) => watch.row(cellsOf(rule, row), at + 1) ?? []);
  for (const row of example.rows)
    watch.record?.(
      headers.map((name) => cellOf(row[name] ?? '')),
      headers.length,
    );
  return [...inRows, ...watch.end({ rows: example.rows.length, columns, matches })];
}

describe.skipIf(fileRules.length === 0)('rules of a file', () => {
  test.each(named(fileRules))('%s', (_, rule) => {
    for (const example of rule.accepted) expect(foundIn(rule, example)).toEqual([]);
    for (const example of rule.refused) {
      const found = foundIn(rule, example);
      expect(found).not.toEqual([]);
      for (const { params } of found) expectWords(rule, params);
    }
  });
});

describe('any text', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...'0123456789.,-+/:;<>&%#@ "\'TZeE=\t\u00a0€é'), maxLength: 40 }),
    fc.constantFrom(...cellRules.flatMap((rule) => [...rule.accepted, ...rule.refused])),
  );

  test.each(named(cellRules))('%s throws on none, and what its repair answers passes it', (_, rule) => {
    fc.assert(
      fc.property(hostile, (text) => {
        const found = asksOf(rule, cellOf(text));
        const made = found === null ? null : (rule.fix?.(text, judgingOf(rule)) ?? null);
        if (made !== null)
          expect(asksOf(rule, cellOf(made)), `${JSON.stringify(text)} -> ${JSON.stringify(made)}`).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  test.each(named(rowRules))('%s throws on none', (_, rule) => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: rule.columns.length, maxLength: rule.columns.length }), (texts) => {
        if (rule.check(texts.map(cellOf), judgingOf(rule)) !== null) rule.fix?.(texts, judgingOf(rule));
      }),
      { numRuns: 200 },
    );
  });
});

/** What validation-rules.md asks for, row by row: each has a rule, whose examples stand beside it. */
const asked: Readonly<Record<string, readonly string[]>> = {
  'order-history': [
    ...['order', 'item', 'timestamp', 'customer', 'email', 'quantity', 'price', 'currency'].map((name) => `F2:${name}`),
    ...['unit_price', 'discount', 'tax', 'shipping', 'coupon', 'status', 'type'].map((name) => `F2:${name}`),
    ...['F2:store_id', 'F2:locale', 'F2:category', 'F2:*file*', 'F2:Algolia'],
  ],
  'subscriber-list': [
    ...['email', 'phone', 'duplicate', 'consent_email', 'consent_sms', 'consent_timestamp'].map((name) => `F3:${name}`),
    ...['F3:consent_source, ip, form_url', 'F3:first_name, last_name', 'F3:locale / country / timezone'],
    ...['F3:birthday, dates', 'F3:external_id', 'F3:suppression file', 'F3:*file*'],
  ],
  'suppression-list': ['F3:suppression file'],
};

describe('every line of the specification has a rule', () => {
  test.each(Object.entries(asked))('%s', (key, lines) => {
    const covered = new Set(ruleSets[key]?.rules.flatMap(({ covers }) => covers));
    expect(lines.filter((line) => !covered.has(line))).toEqual([]);
  });

  test.each(Object.entries(asked))('%s: nothing is held that the specification does not ask for', (key, lines) => {
    const covered = new Set(ruleSets[key]?.rules.flatMap(({ covers }) => covers));
    const own = [...covered].filter((line) => !line.startsWith('F0:') && !lines.includes(line));
    expect(own).toEqual([]);
  });
});

describe('rules of a whole file, of any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...'0123456789.,-+/:@ TZ'), maxLength: 24 }),
    fc.constantFrom('true', '2026-11-01', '03/04/2026', 'anna@shop.example', '4111111111111111', 'A'),
  );

  test.each(named(fileRules))('%s throws on none', (_, rule) => {
    const names = rule.columns.length > 0 ? rule.columns : ['email', 'order', 'other'];
    const row = fc.record(Object.fromEntries(names.map((name) => [name, text])));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        foundIn(rule, { rows, feedIds: ['A'], suppressed: ['anna@shop.example'], previousIds: ['A', 'B'] });
        foundIn(rule, { rows });
      }),
      { numRuns: 40 },
    );
  });
});
