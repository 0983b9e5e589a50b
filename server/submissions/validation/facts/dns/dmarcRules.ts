import { type FactRule, type Mark, rfc } from '../rule.ts';
import { type DmarcAsked, type DmarcFact, isDmarc, reportAddresses, walkDmarc } from './dmarc.ts';
import { parseTags, tagOf } from './tags.ts';
import { walkZone, type Zone } from './walk.ts';

const standard = rfc(9989);

/** A fact for examples: shop.example with this record, in a small world. */
function dmarc(record: string | readonly string[], zone: Zone = {}, asked: Partial<DmarcAsked> = {}): DmarcFact {
  const records = typeof record === 'string' ? [record] : record;
  return walkZone(walkDmarc({ domain: 'shop.example', signer: null, returnPath: null, ...asked }), {
    'TXT _dmarc.shop.example': records,
    ...zone,
  });
}
const good = 'v=DMARC1; p=quarantine; rua=mailto:dmarc@shop.example';
const healthy = dmarc(good);
const simple = 'v=DMARC1; p=none;';

const own = (fact: DmarcFact) => (fact.policyAt === fact.domain ? fact.policy : null);
const tagsOf = (fact: DmarcFact) => parseTags(own(fact) ?? '').tags;
const mark = (fact: DmarcFact, more: Mark = {}): Mark => ({
  at: `_dmarc.${fact.domain}`,
  found: fact.records.join(' | ') || null,
  ...more,
});
const fixed = (fact: DmarcFact, expected: string, params: Mark['params'] = {}) =>
  mark(fact, { expected, fix: expected, params });
const written = (tags: readonly (readonly [string, string])[]) =>
  tags.map(([name, value]) => `${name}=${value}`).join('; ');

const values: Readonly<Record<string, readonly string[]>> = {
  p: ['none', 'quarantine', 'reject'],
  sp: ['none', 'quarantine', 'reject'],
  np: ['none', 'quarantine', 'reject'],
  adkim: ['r', 's'],
  aspf: ['r', 's'],
  psd: ['y', 'n', 'u'],
  t: ['y', 'n'],
};
const known = ['v', 'fo', 'rua', 'ruf', ...Object.keys(values)];
const removed = ['pct', 'rf', 'ri'];
const order = ['v', 'p'];

const one = { severity: 'ERROR', code: 'validation_invalid_value' } as const;
const warn = { severity: 'WARNING', code: 'validation_invalid_value' } as const;

export const dmarcRules: readonly FactRule<DmarcFact>[] = [
  {
    ...one,
    id: 'DMARC-01.missing',
    code: 'validation_missing_value',
    covers: ['F5:DMARC-01'],
    source: standard,
    title: '{domain} has no DMARC policy',
    advice:
      'Add a record of type TXT at {at}, to begin with: {expected}. It changes nothing for your mail yet; large receivers ask for it.',
    check: (fact) =>
      fact.policy === null && fact.records.length === 0 ? fixed(fact, simple, { domain: fact.domain }) : null,
    accepted: [healthy, dmarc([], { 'TXT _dmarc.example': ['v=DMARC1; p=none'] })],
    refused: [dmarc([])],
  },
  {
    ...one,
    id: 'DMARC-01.several',
    code: 'validation_duplicate',
    covers: ['F5:DMARC-01'],
    source: standard,
    title: 'There are {count} DMARC records at {at}',
    advice: 'With more than one none of them counts. Keep one.',
    check: (fact) => {
      const count = fact.records.filter(isDmarc).length;
      return count > 1 ? mark(fact, { expected: '1', params: { count } }) : null;
    },
    accepted: [healthy, dmarc([good, 'some other text'])],
    refused: [dmarc([good, simple])],
  },
  {
    ...one,
    id: 'DMARC-01.first',
    code: 'validation_invalid_format',
    covers: ['F5:DMARC-01'],
    source: standard,
    title: 'The record at {at} does not begin with v=DMARC1',
    advice: 'Write v=DMARC1 in capitals as its first tag: {expected}. As it is, no receiver reads it.',
    check: (fact) => {
      const odd = fact.records.find((record) => !isDmarc(record));
      if (odd === undefined || fact.records.some(isDmarc)) return null;
      const tags = parseTags(odd.replaceAll(/["']/g, '')).tags.filter(([name]) => name !== 'v');
      return fixed(fact, `v=DMARC1; ${written(tags)}`);
    },
    accepted: [healthy, dmarc([])],
    refused: [
      dmarc('p=none; v=DMARC1'),
      dmarc('v=dmarc1; p=none'),
      dmarc('"v=DMARC1; p=none"'),
      dmarc('v=DMARC1, p=none'),
      dmarc('p=reject; rua=mailto:a@shop.example'),
    ],
  },
  {
    ...warn,
    id: 'DMARC-02.policy',
    code: 'validation_missing_value',
    covers: ['F5:DMARC-02'],
    source: standard,
    title: 'The DMARC record at {at} says no policy',
    advice:
      'Without p it counts as p=none, and older receivers skip the record. Write p behind the version: {expected}.',
    check: (fact) => {
      const tags = tagsOf(fact);
      if (own(fact) === null || tagOf(tags, 'p') !== null) return null;
      return fixed(fact, written([['v', 'DMARC1'], ['p', 'none'], ...tags.filter(([name]) => name !== 'v')]));
    },
    accepted: [healthy, dmarc([])],
    refused: [dmarc('v=DMARC1; rua=mailto:dmarc@shop.example')],
  },
  {
    ...warn,
    id: 'DMARC-02.order',
    code: 'validation_invalid_format',
    covers: ['F5:DMARC-02'],
    source: standard,
    title: 'The policy of {at} is not its second tag',
    advice: 'The order is free by now, but older receivers want p right behind v: {expected}.',
    check: (fact) => {
      const tags = tagsOf(fact);
      const place = tags.findIndex(([name]) => name === 'p');
      if (place < 2) return null;
      return fixed(
        fact,
        written([...tags.filter(([name]) => order.includes(name)), ...tags.filter(([name]) => !order.includes(name))]),
      );
    },
    accepted: [healthy, dmarc('v=DMARC1; rua=mailto:dmarc@shop.example')],
    refused: [dmarc('v=DMARC1; rua=mailto:dmarc@shop.example; p=none')],
  },
  {
    ...warn,
    id: 'DMARC-02.removed',
    covers: ['F5:DMARC-02'],
    source: standard,
    title: '{tag} of the record at {at} means nothing any more',
    advice:
      'Take {tag} out: the standard of 2026 has no pct, rf, ri and no sizes behind report addresses. What pct=0 was for is t=y now.',
    check: (fact) => [
      ...tagsOf(fact).flatMap(([name, value]) =>
        removed.includes(name) ? [mark(fact, { params: { tag: `${name}=${value}` } })] : [],
      ),
      ...reportAddresses(own(fact) ?? '').flatMap((uri) => {
        const size = /!\d+[kmgt]?$/i.exec(uri)?.[0];
        return size === undefined ? [] : [mark(fact, { params: { tag: size } })];
      }),
    ],
    accepted: [healthy],
    refused: [
      dmarc('v=DMARC1; p=none; pct=50'),
      dmarc('v=DMARC1; p=none; ri=86400; rf=afrf'),
      dmarc('v=DMARC1; p=none; rua=mailto:a@shop.example!10m'),
    ],
  },
  {
    ...warn,
    id: 'DMARC-02.unknown',
    covers: ['F5:DMARC-02'],
    source: standard,
    title: 'The record at {at} has a part that nobody knows',
    advice: 'Receivers skip {tag}. Check it for a typing error, or take it out.',
    check: (fact) => {
      const { tags, odd } = parseTags(own(fact) ?? '');
      const strange = tags.filter(([name]) => !known.includes(name) && !removed.includes(name)).map(([name]) => name);
      return [...strange, ...odd].map((tag) => mark(fact, { params: { tag } }));
    },
    accepted: [healthy, dmarc('v=DMARC1; p=none; np=reject; psd=n; t=y; fo=1')],
    refused: [dmarc('v=DMARC1; p=none; policy=reject'), dmarc('v=DMARC1; p=none; reject')],
  },
  {
    ...one,
    id: 'DMARC-03.values',
    code: 'validation_invalid_enum',
    covers: ['F5:DMARC-03'],
    source: standard,
    title: '{tag} of the record at {at} has a value that does not exist',
    advice: 'Set {tag} to one of {allowed}. It says {value}.',
    check: (fact) =>
      tagsOf(fact).flatMap(([tag, value]) => {
        const allowed = tag === 'fo' ? ['0', '1', 'd', 's'] : values[tag];
        const given = tag === 'fo' ? value.split(':').map((part) => part.trim()) : [value];
        if (!allowed || given.every((part) => allowed.includes(part.toLowerCase()))) return [];
        return [mark(fact, { expected: allowed.join(', '), params: { tag, value, allowed: allowed.join(', ') } })];
      }),
    accepted: [healthy, dmarc('v=DMARC1; p=REJECT; sp=none; np=none; adkim=s; aspf=r; fo=1:d:s')],
    refused: [
      'p=monitor',
      'p=none; sp=off',
      'p=none; adkim=strict',
      'p=none; aspf=x',
      'p=none; fo=2',
      'p=none; t=yes',
    ].map((tags) => dmarc(`v=DMARC1; ${tags}`)),
  },
  {
    ...warn,
    id: 'DMARC-04.uri',
    code: 'validation_invalid_format',
    covers: ['F5:DMARC-04'],
    source: standard,
    title: 'A report address at {at} is not written as mailto:',
    advice: 'Write report addresses as mailto:name@domain, parted by commas. This one is not: {uri}.',
    check: (fact) =>
      reportAddresses(own(fact) ?? '').flatMap((uri) =>
        /^mailto:[^\s@!]+@[^\s@!]+\.[^\s@!]+(!\d+[kmgt]?)?$/i.test(uri)
          ? []
          : [mark(fact, { params: { uri }, fix: /^[^\s@:]+@[^\s@]+$/.test(uri) ? `mailto:${uri}` : null })],
      ),
    accepted: [healthy, dmarc('v=DMARC1; p=none; rua=mailto:a@shop.example, mailto:b@shop.example')],
    refused: [dmarc('v=DMARC1; p=none; rua=a@shop.example'), dmarc('v=DMARC1; p=none; ruf=https://shop.example/dmarc')],
  },
  {
    ...warn,
    id: 'DMARC-04.external',
    covers: ['F5:DMARC-04'],
    source: rfc(9989),
    title: '{target} does not agree to get the reports of {domain}',
    advice:
      'Reports to another domain are sent only when it has a TXT record with v=DMARC1 at {domain}._report._dmarc.{target}. Ask whoever runs {target}, or use an address of your own domain.',
    check: (fact) =>
      fact.reports.flatMap(({ target, isAgreed }) => {
        if (isAgreed) return [];
        const fix = `${fact.domain}._report._dmarc.${target}. TXT "v=DMARC1"`;
        return [mark(fact, { expected: fix, fix, params: { target, domain: fact.domain } })];
      }),
    accepted: [
      healthy,
      dmarc('v=DMARC1; p=none; rua=mailto:x@reports.example', {
        'TXT shop.example._report._dmarc.reports.example': ['v=DMARC1'],
      }),
    ],
    refused: [dmarc('v=DMARC1; p=none; rua=mailto:x@reports.example')],
  },
  {
    ...one,
    id: 'DMARC-05.alignment',
    code: 'validation_inconsistent',
    covers: ['F5:DMARC-05'],
    source: standard,
    title: 'Mail from {domain} cannot pass DMARC',
    advice:
      'Neither the DKIM signature ({signer}) nor the return path ({returnPath}) belongs to {domain}. Let the sender sign with your domain, or use a return path below it.',
    check: (fact) => {
      const { signer, returnPath } = fact;
      // Without a policy there is nothing to pass, and no organisational domain to share.
      if (fact.policy === null || (signer === null && returnPath === null)) return null;
      const tags = parseTags(fact.policy ?? '').tags;
      if (isAligned(fact, signer, tagOf(tags, 'adkim')) || isAligned(fact, returnPath, tagOf(tags, 'aspf')))
        return null;
      const said = { signer: signer?.domain ?? '-', returnPath: returnPath?.domain ?? '-' };
      return mark(fact, {
        expected: fact.domain,
        found: `${said.signer}, ${said.returnPath}`,
        params: { ...said, domain: fact.domain },
      });
    },
    accepted: [
      healthy,
      dmarc(good, {}, { signer: 'mail.shop.example', returnPath: 'bounce.sender.example' }),
      dmarc(good, {}, { signer: 'sender.example', returnPath: 'rp.shop.example' }),
      dmarc('v=DMARC1; p=none; adkim=s', {}, { signer: 'shop.example' }),
    ],
    refused: [
      dmarc(
        good,
        { 'TXT _dmarc.sender.example': ['v=DMARC1; p=none'] },
        { signer: 'sender.example', returnPath: 'b.sender.example' },
      ),
      dmarc('v=DMARC1; p=none; adkim=s; aspf=s', {}, { signer: 'mail.shop.example', returnPath: 'rp.shop.example' }),
    ],
  },
];

function isAligned(fact: DmarcFact, other: DmarcFact['signer'], mode: string | null): boolean {
  if (other === null) return false;
  return mode === 's' ? other.domain === fact.domain : other.organisation === fact.organisation;
}
