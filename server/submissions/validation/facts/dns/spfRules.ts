import { commonPractice, type FactRule, type Mark, rfc } from '../rule.ts';
import { parseSpf, type SpfFact, walkSpf } from './spf.ts';
import { walkZone, type Zone } from './walk.ts';

const sender = { 'TXT _spf.sender.example': ['v=spf1 ip4:192.0.2.0/24 -all'] };
const required = ['_spf.sender.example'];

/** A fact for examples: the record of shop.example in a small world. */
function spf(record: string | readonly string[], zone: Zone = {}): SpfFact {
  const records = typeof record === 'string' ? [record] : record;
  return walkZone(walkSpf('shop.example', required), { ...sender, 'TXT shop.example': records, ...zone });
}
const healthy = spf('v=spf1 include:_spf.sender.example ~all');
const many = Object.fromEntries(
  Array.from({ length: 12 }, (_, i) => [`TXT s${i}.example`, ['v=spf1 ip4:192.0.2.1 -all']]),
);
const includes = (count: number) => Array.from({ length: count }, (_, i) => `include:s${i}.example`).join(' ');

const text = (fact: SpfFact) => fact.records[0]?.join('') ?? null;
const mark = (fact: SpfFact, more: Mark = {}): Mark => ({ at: fact.domain, found: text(fact), ...more });

/** The record with what is missing put before its end. */
function completed(fact: SpfFact, missing: readonly string[]): string {
  const record = text(fact);
  const wanted = missing.map((domain) => `include:${domain}`);
  if (record === null) return ['v=spf1', ...wanted, '~all'].join(' ');
  const terms = parseSpf(record);
  const end = terms.findIndex((term) => term.name === 'all' || term.name === 'redirect');
  const words = terms.map((term) => term.text);
  words.splice(end < 0 ? words.length : end, 0, ...wanted);
  return ['v=spf1', ...words].join(' ');
}
const ended = (fact: SpfFact, end: string) =>
  ['v=spf1', ...parseSpf(text(fact) ?? '').flatMap((term) => (term.name === 'all' ? [] : [term.text])), end].join(' ');

const missingIncludes = (fact: SpfFact) => fact.required.filter((domain) => !fact.includes.includes(domain));

const one = { code: 'validation_invalid_value', severity: 'ERROR' } as const;

export const spfRules: readonly FactRule<SpfFact>[] = [
  {
    ...one,
    id: 'SPF-01.missing',
    code: 'validation_missing_value',
    covers: ['F5:SPF-01'],
    source: rfc(7208, '3.1'),
    title: '{at} has no SPF record',
    advice: 'Add a record of type TXT at {at} with the text {expected}.',
    check: (fact) => {
      const expected = completed(fact, fact.required);
      return fact.records.length === 0 && !fact.isPartial ? mark(fact, { expected, fix: expected }) : null;
    },
    accepted: [healthy, spf('V=SPF1 include:_spf.sender.example -all')],
    refused: [spf([]), spf('v=spf10 -all'), spf('spf2.0/pra -all')],
  },
  {
    ...one,
    id: 'SPF-01.several',
    code: 'validation_duplicate',
    covers: ['F5:SPF-01'],
    source: rfc(7208, '3.2'),
    title: '{at} has {count} SPF records',
    advice:
      'Receivers take several as an error and none of them counts. Keep one record that holds the terms of all: {expected}.',
    check: (fact) => {
      if (fact.records.length < 2) return null;
      const terms = fact.records.flatMap((strings) => parseSpf(strings.join('')));
      const words = new Set(terms.flatMap((term) => (term.name === 'all' ? [] : [term.text])));
      const expected = ['v=spf1', ...words, '~all'].join(' ');
      const found = fact.records.map((strings) => strings.join('')).join(' | ');
      return mark(fact, { expected, found, fix: expected, params: { count: fact.records.length } });
    },
    accepted: [healthy, spf(['v=spf1 include:_spf.sender.example -all', 'some other text'])],
    refused: [spf(['v=spf1 include:_spf.sender.example -all', 'v=spf1 mx -all'])],
  },
  {
    ...one,
    id: 'SPF-02.lookups',
    covers: ['F5:SPF-02'],
    source: rfc(7208, '4.6.4'),
    title: 'The SPF record of {at} needs {count} DNS lookups',
    advice:
      'Receivers stop after 10, counted through everything that is included. Take out what is not used any more, or replace an include by the ip4 and ip6 networks behind it. They are: {list}.',
    check: (fact) =>
      fact.lookups.length > 10
        ? mark(fact, { expected: '10', params: { count: fact.lookups.length, list: fact.lookups.join(', ') } })
        : null,
    accepted: [
      healthy,
      spf(`v=spf1 ${includes(10)} -all`, many),
      spf('v=spf1 ip4:192.0.2.1 ip6:2001:db8::/32 exp=e.example -all'),
    ],
    refused: [
      spf(`v=spf1 ${includes(11)} -all`, many),
      spf(`v=spf1 include:deep.example mx -all`, { ...many, 'TXT deep.example': [`v=spf1 ${includes(9)} -all`] }),
      spf('v=spf1 redirect=deep.example', { ...many, 'TXT deep.example': [`v=spf1 ${includes(10)} -all`] }),
    ],
  },
  {
    ...one,
    id: 'SPF-02.loop',
    covers: ['F5:SPF-02'],
    source: rfc(7208, '4.6.4'),
    title: 'The SPF record of {at} includes itself',
    advice: 'Take one include out of the circle {found}.',
    check: (fact) => fact.loops.map((loop) => mark(fact, { found: loop })),
    accepted: [healthy],
    refused: [
      spf('v=spf1 include:shop.example -all'),
      spf('v=spf1 include:a.example -all', {
        'TXT a.example': ['v=spf1 include:b.example -all'],
        'TXT b.example': ['v=spf1 redirect=a.example'],
      }),
    ],
  },
  {
    ...one,
    id: 'SPF-02.broken',
    covers: ['F5:SPF-02'],
    source: rfc(7208, '5.2'),
    title: 'An included domain breaks the SPF record of {at}',
    advice: 'Take out or correct {found}: {why}. As it is, receivers take the whole record as an error.',
    check: (fact) => {
      const words = {
        NONE: 'it has no SPF record',
        SEVERAL: 'it has several SPF records',
        SYNTAX: 'its record has an error',
      };
      return fact.broken.map(({ domain, why }) => mark(fact, { found: domain, params: { why: words[why] } }));
    },
    accepted: [healthy],
    refused: [
      spf('v=spf1 include:gone.example -all'),
      spf('v=spf1 include:two.example -all', { 'TXT two.example': ['v=spf1 -all', 'v=spf1 ~all'] }),
      spf('v=spf1 include:odd.example -all', { 'TXT odd.example': ['v=spf1 ipv4:1.2.3.4 -all'] }),
    ],
  },
  {
    ...one,
    id: 'SPF-03.voids',
    severity: 'WARNING',
    covers: ['F5:SPF-03'],
    source: rfc(7208, '4.6.4'),
    title: '{count} lookups of the SPF record of {at} find nothing',
    advice:
      'More than 2 make receivers take the whole record as an error. Take out the terms whose names are gone: {found}.',
    check: (fact) =>
      fact.voids.length > 2
        ? mark(fact, { expected: '2', found: fact.voids.join(', '), params: { count: fact.voids.length } })
        : null,
    accepted: [healthy, spf('v=spf1 a:gone1.example a:gone2.example -all')],
    refused: [spf('v=spf1 a:gone1.example mx:gone2.example include:gone3.example -all')],
  },
  {
    ...one,
    id: 'SPF-04.include',
    code: 'validation_missing_value',
    covers: ['F5:SPF-04'],
    source: commonPractice,
    title: 'The SPF record of {at} does not name {missing}',
    advice: 'Put include:{missing} before the end of the record: {expected}.',
    check: (fact) => {
      const missing = fact.records.length === 1 ? missingIncludes(fact) : [];
      const expected = completed(fact, missing);
      return missing.length > 0
        ? mark(fact, { expected, fix: expected, params: { missing: missing.join(', ') } })
        : null;
    },
    accepted: [
      healthy,
      spf('v=spf1 include:all.example -all', { 'TXT all.example': ['v=spf1 include:_spf.sender.example -all'] }),
      spf('v=spf1 INCLUDE:_SPF.Sender.Example -all'),
    ],
    refused: [spf('v=spf1 mx -all'), spf('v=spf1 -all include:_spf.sender.example')],
  },
  {
    ...one,
    id: 'SPF-04.everybody',
    covers: ['F5:SPF-04'],
    source: rfc(7208, '5.1'),
    title: 'The SPF record of {at} lets everybody send in its name',
    advice: 'Replace +all at its end by ~all: {expected}.',
    check: (fact) =>
      fact.all === '+' ? mark(fact, { expected: ended(fact, '~all'), fix: ended(fact, '~all') }) : null,
    accepted: [healthy, spf('v=spf1 -all')],
    refused: [spf('v=spf1 mx +all'), spf('v=spf1 mx all')],
  },
  {
    ...one,
    id: 'SPF-04.end',
    severity: 'WARNING',
    covers: ['F5:SPF-04'],
    source: rfc(7208, '4.7'),
    title: 'The SPF record of {at} says nothing about everybody else',
    advice: 'End it with ~all, so that mail from others is told apart: {expected}.',
    check: (fact) =>
      fact.records.length === 1 && (fact.all === '?' || (fact.all === null && !fact.hasRedirect))
        ? mark(fact, { expected: ended(fact, '~all'), fix: ended(fact, '~all') })
        : null,
    accepted: [healthy, spf('v=spf1 redirect=_spf.sender.example'), spf([])],
    refused: [spf('v=spf1 mx'), spf('v=spf1 mx ?all')],
  },
  {
    ...one,
    id: 'SPF-04.behind',
    severity: 'WARNING',
    covers: ['F5:SPF-04'],
    source: rfc(7208, '5.1'),
    title: 'Something stands behind the end of the SPF record of {at}',
    advice: 'Nobody reads what stands behind all. Move {terms} before it.',
    check: (fact) => (fact.behindAll.length > 0 ? mark(fact, { params: { terms: fact.behindAll.join(' ') } }) : null),
    accepted: [healthy, spf('v=spf1 -all exp=why.example')],
    refused: [spf('v=spf1 ~all include:_spf.sender.example')],
  },
  {
    ...one,
    id: 'SPF-05.syntax',
    code: 'validation_invalid_format',
    covers: ['F5:SPF-05'],
    source: rfc(7208, '4.6.1'),
    title: 'The SPF record of {at} has an error in it',
    advice:
      'Correct {term}: receivers take the whole record as an error. Terms are written like include:_spf.example.com, ip4:192.0.2.0/24, a, mx and ~all, with a blank between them.',
    check: (fact) => (wasJoined(fact) ? null : fact.syntax.map((term) => mark(fact, { params: { term } }))),
    accepted: [
      healthy,
      spf('v=spf1 a:%{d2}.x.example exists:%{ir}.%{v}._spf.%{d2}.example a/24//64 mx:mail.example/28 -all'),
    ],
    refused: [
      'ipv4:192.0.2.1',
      'ip4:192.0.2',
      'include=_spf.sender.example',
      'include:',
      'a:%{q}.example',
      'ip4:192.0.2.1/33',
      'include:a.example,b.example',
      'all:x',
      '~include',
    ].map((term) => spf(`v=spf1 ${term} -all`)),
  },
  {
    ...one,
    id: 'SPF-05.joined',
    code: 'validation_invalid_format',
    covers: ['F5:SPF-05'],
    source: rfc(7208, '3.3'),
    title: 'The strings of the SPF record of {at} run together',
    advice:
      'A long record is kept as several strings that are joined without a blank. Put the blank into the text, before the quote that ends the first string: {expected}.',
    check: (fact) => (wasJoined(fact) ? mark(fact, { expected: fact.records[0]?.join(' ') ?? null }) : null),
    accepted: [healthy, spf('v=spf1 include:_spf.sender.example |-all')],
    refused: [spf('v=spf1 include:_spf.sender.example|ip4:192.0.2.1 -all')],
  },
  {
    ...one,
    id: 'SPF-05.size',
    severity: 'WARNING',
    code: 'validation_invalid_length',
    covers: ['F5:SPF-05'],
    source: rfc(7208, '3.4'),
    title: 'The TXT records of {at} come to {octets} bytes',
    advice:
      'Over 512 some receivers do not get them whole. Delete proofs of ownership that are not needed any more, or move networks into an included record.',
    check: (fact) => (fact.octets > 512 ? mark(fact, { expected: '512', params: { octets: fact.octets } }) : null),
    accepted: [healthy],
    refused: [spf(['v=spf1 -all', ...'abcde'.split('').map((part) => part.repeat(120))])],
  },
  {
    ...one,
    id: 'SPF-05.ptr',
    severity: 'WARNING',
    covers: ['F5:SPF-05'],
    source: rfc(7208, '5.5'),
    title: 'The SPF record of {at} uses ptr',
    advice: 'Take {found} out: it is slow, unreliable, and many receivers skip it.',
    check: (fact) => fact.ptr.map((term) => mark(fact, { found: term })),
    accepted: [healthy],
    refused: [spf('v=spf1 ptr -all'), spf('v=spf1 ptr:shop.example -all')],
  },
];

/** Broken as it is, and whole with a blank between its strings. */
function wasJoined(fact: SpfFact): boolean {
  const strings = fact.records[0] ?? [];
  return (
    strings.length > 1 && fact.syntax.length > 0 && parseSpf(strings.join(' ')).every((term) => term.name !== null)
  );
}
