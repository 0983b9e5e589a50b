import { expect, test } from 'vitest';
import { sortByRecord } from '../../client/features/submissions/check/view.ts';

const mark = (at: string | null) => ({ at, expected: null, found: null, fix: null, message: 'Mend it.' });
const finding = (rule: string, severity: 'ERROR' | 'WARNING', ...at: (string | null)[]) => {
  const words = { title: rule, message: 'Mend it.', sourceName: 'RFC', sourceUrl: null };
  return { rule, severity, ...words, count: at.length, marks: at.map(mark) };
};
const records = [
  { type: 'CNAME', name: 'em', value: 'u1.sender.test' },
  { type: 'CNAME', name: 'link', value: 'u1.sender.test' },
  { type: 'TXT', name: '@', value: 'proof' },
  { type: 'SPF', name: '@', value: 'include:spf.sender.test' },
];

test('what was found stands with the record that it speaks of, by its name and its kind; the rest is left over', () => {
  const findings = [
    finding('DNS-02.missing', 'ERROR', 'Link.shop.test.'),
    finding('SPF-05.size', 'WARNING', 'shop.test'),
    finding('NS-01', 'ERROR', 'shop.test'),
  ];
  const { states, left } = sortByRecord(records, 'shop.test', { findings });
  expect(states.map(({ host, state }) => [host, state])).toEqual([
    ['em.shop.test', 'RIGHT'],
    ['link.shop.test', 'WRONG'],
    ['shop.test', 'RIGHT'],
    ['shop.test', 'WORTH'],
  ]);
  expect(left.map(({ rule }) => rule)).toEqual(['NS-01']);
});

test('before the first look nothing is said of any record', () => {
  expect(sortByRecord(records, 'shop.test', null).states.map(({ state }) => state)).toEqual(
    records.map(() => 'UNSEEN'),
  );
});
