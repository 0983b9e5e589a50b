import { expect, test } from 'vitest';
import { domainMeant, looksLeft, sortByRecord } from '../../client/features/submissions/check/view.ts';

const mark = (at: string | null) => ({ at, expected: null, found: null, fix: null, message: 'Mend it.' });
const finding = (rule: string, severity: 'ERROR' | 'WARNING' | 'HINT', ...at: (string | null)[]) => {
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

test('a record that is not needed is neither right nor wrong', () => {
  const caa = { type: 'CAA', name: 'em', value: '0 issue "ca.test"' };
  const findings = [finding('DNS-04.unneeded', 'HINT', 'em.shop.test')];
  const { states, left } = sortByRecord([caa], 'shop.test', { findings });
  expect([states.map(({ state }) => state), left]).toEqual([['FREE'], []]);
});

test('of a domain that nobody knows no record is told', () => {
  const findings = [finding('DNS-00.unknown', 'ERROR', 'shop.test')];
  expect(sortByRecord(records, 'shop.test', { findings })).toEqual({ states: [], left: findings });
});

test('a domain in its own letters is that of DNS', () => {
  const findings = [finding('DNS-02.missing', 'ERROR', 'em.xn--mller-kva.test')];
  const [state] = sortByRecord(records, 'müller.test', { findings }).states;
  expect(state).toMatchObject({ host: 'em.müller.test', state: 'WRONG' });
});

test.each([
  [' https://www.Shop.example/start?x=1', 'shop.example'],
  ['www.shop.example', 'shop.example'],
  ['www.example', 'www.example'],
  ['shop.example:8080', 'shop.example'],
  ['müller.example.', 'müller.example'],
])('%j is looked at as %s', (text, meant) => {
  expect(domainMeant(text)).toBe(meant);
});

test.each([
  ['DEGRADED', 'F P', 2],
  ['DEGRADED', 'F F P', 1],
  ['DEGRADED', 'P F', null],
  ['BROKEN', 'F F F', null],
  ['FLAPPING', 'F P F P F', null],
] as const)('a done task whose check is %s after %s opens again after %s more', (standing, results, left) => {
  const nodes = results.split(' ').map((result, at) => ({
    ...{ id: `${at}`, at: '2026-11-22T10:00:00Z', findingCount: 0, tookMs: 1 },
    result: result === 'F' ? ('FAILED' as const) : ('PASSED' as const),
  }));
  expect(looksLeft({ standing, runs: { nodes } })).toBe(left);
});

test('before the first look nothing is said of any record', () => {
  expect(sortByRecord(records, 'shop.test', null).states.map(({ state }) => state)).toEqual(
    records.map(() => 'UNSEEN'),
  );
});
