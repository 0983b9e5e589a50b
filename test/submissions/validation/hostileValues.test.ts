import { describe, expect, test } from 'vitest';
import { cellOf } from '../../../server/submissions/validation/cell.ts';
import { ruleSets } from '../../../server/submissions/validation/rules/registry.ts';
import type { CellRule, Judging, RowRule } from '../../../server/submissions/validation/types.ts';

const judging: Judging = {
  asOf: '2026-11-22T00:00:00Z',
  asOfMs: Date.parse('2026-11-22T00:00:00Z'),
  profile: null,
  declared: { currency: 'EUR', country: 'DE', dateOrder: 'DMY', verifiedHosts: 'shop.example', shopName: 'Shop' },
};

/** What makes a careless pattern try again and again. */
const pieces = [
  ...[
    'a',
    'A',
    '0',
    ' ',
    '\u00a0',
    '\t',
    ',',
    '.',
    '-',
    '+',
    '/',
    ':',
    ';',
    '"',
    "'",
    '>',
    '<',
    '&',
    '%',
    '@',
    '=',
    '#',
  ],
  ...[
    '<a',
    '</',
    '<!--',
    '&#',
    '&amp;',
    '1,',
    '1.',
    '1 ',
    ' >',
    '> ',
    ' /',
    '//',
    'a@',
    'a.',
    '-a',
    '<p>',
    '<ul>',
    'é ',
    '€1',
  ],
  ...[
    'http://',
    'https://a,',
    'a=b&',
    ';jsessionid=',
    '%zz',
    '2026-',
    '12:',
    '1/',
    'EC:EPREL:',
    ' - ',
    ' to ',
    'x"',
    '""',
  ],
];
const ends = ['', 'ß'];

const rules = [...new Set(Object.values(ruleSets).flatMap((set) => set.rules))];
const asked = rules.filter((rule): rule is CellRule | RowRule => rule.scope === 'CELL' || rule.scope === 'ROW');

function msFor(rule: CellRule | RowRule, text: string): number {
  const cell = cellOf(text);
  const began = process.cpuUsage();
  if (rule.scope === 'CELL') {
    rule.check(cell, judging);
    rule.fix?.(text, judging);
  } else {
    rule.check(
      rule.columns.map(() => cell),
      judging,
    );
    rule.fix?.(
      rule.columns.map(() => text),
      judging,
    );
  }
  // Of this process: what else the machine does is not counted.
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000;
}

/** Four times the length in far more than four times the time, every time it is looked at; null otherwise. */
function growthOf(rule: CellRule | RowRule, text: (length: number) => string): string | null {
  let said: string | null = null;
  for (let look = 0; look < 3; look++) {
    const short = Math.min(...[1, 2, 3].map(() => msFor(rule, text(20_000))));
    const long = Math.min(...[1, 2, 3].map(() => msFor(rule, text(80_000))));
    if (long <= 100 || long <= short * 9) return null;
    said = `${short.toFixed(0)} ms, then ${long.toFixed(0)} ms`;
  }
  return said;
}

describe('[U12] a hostile value costs what its length costs', () => {
  test.each(asked.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
    const slow = pieces.flatMap((piece) =>
      ends.flatMap((end) => {
        const text = (length: number) => piece.repeat(length / piece.length) + end;
        // Slow once may be the machine; what grows out of hand is the pattern.
        const growth = msFor(rule, text(12_000)) < 20 ? null : growthOf(rule, text);
        return growth === null ? [] : [`${JSON.stringify(piece)}: ${growth}`];
      }),
    );
    expect(slow).toEqual([]);
  });
});
