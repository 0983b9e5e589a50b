import { commonPractice, type FactRule, type Mark, rfc } from '../rule.ts';
import { type Answer, agreed, hostOf, isUnanswered, recordsOf } from './answers.ts';

export type CnameFact = {
  readonly name: string;
  readonly domain: string;
  readonly target: string;
  readonly answers: readonly Answer[];
  /** Of the zone's own servers. */
  readonly owners: readonly Answer[];
  /** What the name holds instead of a CNAME, `A 192.0.2.1`; empty where there is one. */
  readonly others: readonly string[];
  /** What stands under the same name doubled by the form of a provider. */
  readonly doubled: readonly string[];
  /** The chain from the name on, itself included. */
  readonly chain: readonly string[];
  readonly end: 'RESOLVES' | 'NO_ADDRESS' | 'LOOP' | 'TOO_LONG' | 'UNKNOWN';
};

const healthy: CnameFact = {
  name: 'mail.shop.example',
  domain: 'shop.example',
  target: 'u1.sender.example',
  answers: agreed('u1.sender.example'),
  owners: [],
  others: [],
  doubled: [],
  chain: ['mail.shop.example', 'u1.sender.example'],
  end: 'RESOLVES',
};
const missing: CnameFact = { ...healthy, answers: agreed(), chain: ['mail.shop.example'], end: 'UNKNOWN' };

const isApex = (fact: CnameFact) => hostOf(fact.name) === hostOf(fact.domain);
const wanted = (fact: CnameFact, found: string | null): Mark => ({
  at: fact.name,
  expected: fact.target,
  found,
  fix: `${hostOf(fact.name)}. CNAME ${hostOf(fact.target)}.`,
  params: { target: hostOf(fact.target) },
});
/** Cloudflare's edge, which answers in the place of a record that it proxies. */
const cloudflare = /^A (104\.(1[6-9]|2[0-7])|172\.(6[4-9]|7[01])|188\.114\.(9[6-9]|1[01]\d)|162\.159|141\.101)\./;

export const cnameRules: readonly FactRule<CnameFact>[] = [
  {
    id: 'DNS-02.missing',
    severity: 'ERROR',
    code: 'validation_missing_value',
    covers: ['F5:DNS-02'],
    source: rfc(1034, '3.6.2'),
    title: 'There is no CNAME at {at}',
    advice:
      'Add a record of type CNAME at {at} that points to {target}. A new record is seen after minutes, a changed one when its old TTL has run out.',
    check: (fact) =>
      recordsOf(fact.answers).length === 0 && !isUnanswered(fact.answers) && fact.others.length === 0 && !isApex(fact)
        ? wanted(fact, null)
        : null,
    accepted: [healthy, { ...missing, answers: [{ by: '1.1.1.1', status: 'FAILED', records: [] }] }],
    refused: [missing],
  },
  {
    id: 'DNS-01.misplaced',
    severity: 'ERROR',
    code: 'validation_invalid_value',
    covers: ['F5:DNS-01'],
    source: commonPractice,
    title: 'The record stands at {found}',
    advice:
      'Your DNS provider adds the domain by itself, so it stands in the name twice. Delete that record and enter the name without the domain, so that it ends up at {at}.',
    check: (fact) =>
      fact.doubled.length > 0 ? { ...wanted(fact, `${fact.name}.${fact.domain}`), expected: fact.name } : null,
    accepted: [healthy, missing],
    refused: [{ ...missing, doubled: ['u1.sender.example'] }],
  },
  {
    id: 'DNS-02.target',
    severity: 'ERROR',
    code: 'validation_invalid_value',
    covers: ['F5:DNS-02'],
    source: rfc(1034, '3.6.2'),
    title: 'The CNAME at {at} points elsewhere',
    advice: 'Change its target to {target}. It points to {found} now.',
    check: (fact) => {
      const [found, ...more] = recordsOf(fact.answers);
      return found !== undefined && more.length === 0 && hostOf(found) !== hostOf(fact.target)
        ? wanted(fact, found)
        : null;
    },
    accepted: [healthy, { ...healthy, answers: agreed('U1.Sender.Example.') }, missing],
    refused: [{ ...healthy, answers: agreed('u2.sender.example') }],
  },
  {
    id: 'DNS-02.several',
    severity: 'ERROR',
    code: 'validation_duplicate',
    covers: ['F5:DNS-02'],
    source: rfc(2181, '10.1'),
    title: 'There are {count} CNAME records at {at}',
    advice: 'Keep exactly one, the one that points to {target}, and delete the others.',
    check: (fact) => {
      const found = recordsOf(fact.answers);
      const mark = wanted(fact, found.join(', '));
      return found.length > 1 ? { ...mark, params: { ...mark.params, count: found.length } } : null;
    },
    accepted: [healthy, missing],
    refused: [{ ...healthy, answers: agreed('u1.sender.example', 'u2.sender.example') }],
  },
  {
    id: 'DNS-02.other',
    severity: 'ERROR',
    code: 'validation_invalid_value',
    covers: ['F5:DNS-02'],
    source: rfc(1034, '3.6.2'),
    title: 'Something else than a CNAME stands at {at}',
    advice: 'Delete what stands there ({found}) and add a CNAME to {target}: nothing else may stand beside a CNAME.',
    check: (fact) =>
      fact.others.length > 0 && !isApex(fact) && !fact.others.some((other) => cloudflare.test(other))
        ? wanted(fact, fact.others.join(', '))
        : null,
    accepted: [healthy, { ...missing, others: ['A 104.16.1.1'] }],
    refused: [{ ...missing, others: ['A 192.0.2.1', 'MX 10 mail.shop.example'] }],
  },
  {
    id: 'DNS-02.apex',
    severity: 'ERROR',
    code: 'validation_invalid_value',
    covers: ['F5:DNS-02'],
    source: rfc(1034, '3.6.2'),
    title: 'A CNAME cannot stand at {at} itself',
    advice:
      'The domain itself holds NS and SOA records, beside which no CNAME may stand. Use a name below it, such as www, or the ALIAS, ANAME or CNAME flattening of your DNS provider towards {target}.',
    check: (fact) =>
      isApex(fact) ? { ...wanted(fact, null), fix: `www.${hostOf(fact.name)}. CNAME ${hostOf(fact.target)}.` } : null,
    accepted: [healthy, missing],
    refused: [{ ...missing, name: 'Shop.example.' }],
  },
  {
    id: 'DNS-03.chain',
    severity: 'ERROR',
    code: 'validation_invalid_value',
    covers: ['F5:DNS-03'],
    source: rfc(1034, '3.6.2'),
    title: 'The CNAME at {at} leads nowhere',
    advice:
      'Follow the chain {found}: it must end at an address after at most 8 steps, without coming back to a name it passed. Point {at} straight to {target}.',
    check: (fact) =>
      fact.end === 'LOOP' || fact.end === 'TOO_LONG' ? wanted(fact, fact.chain.slice(0, 10).join(' > ')) : null,
    accepted: [healthy, missing],
    refused: [
      { ...healthy, chain: ['mail.shop.example', 'a.example', 'mail.shop.example'], end: 'LOOP' },
      {
        ...healthy,
        chain: ['mail.shop.example', ...'abcdefghi'.split('').map((part) => `${part}.example`)],
        end: 'TOO_LONG',
      },
    ],
  },
  {
    id: 'DNS-03.target',
    severity: 'WARNING',
    code: 'validation_unreachable',
    covers: ['F5:DNS-03'],
    source: commonPractice,
    title: '{found} has no address',
    advice:
      'The CNAME is there, but the name it ends at has no A or AAAA record. Check the target for a typing error: {target}.',
    check: (fact) => (fact.end === 'NO_ADDRESS' ? wanted(fact, fact.chain.at(-1) ?? null) : null),
    accepted: [healthy, missing],
    refused: [{ ...healthy, end: 'NO_ADDRESS' }],
  },
  {
    id: 'DNS-03.proxied',
    severity: 'ERROR',
    code: 'validation_invalid_value',
    covers: ['F5:DNS-03'],
    source: { name: 'Cloudflare: proxy status', url: 'https://developers.cloudflare.com/dns/proxy-status/' },
    title: 'Cloudflare answers in the place of {at}',
    advice:
      'The record is proxied, so that the world sees Cloudflare’s addresses instead of the CNAME. In Cloudflare, switch the orange cloud of this record to grey (DNS only).',
    check: (fact) =>
      fact.others.some((other) => cloudflare.test(other)) && !isApex(fact)
        ? wanted(fact, fact.others.join(', '))
        : null,
    accepted: [healthy, { ...missing, others: ['A 192.0.2.1'] }],
    refused: [
      { ...missing, others: ['A 104.16.133.229', 'A 104.16.132.229'] },
      { ...missing, others: ['A 172.67.1.9'] },
    ],
  },
  {
    id: 'DNS-03.spread',
    severity: 'WARNING',
    code: 'validation_inconsistent',
    covers: ['F5:DNS-03', 'F5:*servers*'],
    source: commonPractice,
    title: 'Not every name server knows {at} alike yet',
    advice:
      'Wait until the old TTL has run out, usually an hour, and check again. If it stays, the servers of the domain differ: {found}.',
    check: (fact) => {
      const heard = [...fact.answers, ...fact.owners].filter(({ status }) => status !== 'FAILED');
      const kinds = new Set(heard.map(({ records }) => records.map(hostOf).sort().join()));
      return kinds.size > 1
        ? wanted(fact, heard.map(({ by, records }) => `${by}: ${records.join(' ') || '-'}`).join(', '))
        : null;
    },
    accepted: [
      healthy,
      missing,
      { ...healthy, answers: [...agreed('u1.sender.example'), { by: 'x', status: 'FAILED', records: [] }] },
    ],
    refused: [
      {
        ...healthy,
        answers: [...agreed('u1.sender.example').slice(0, 1), { by: '8.8.8.8', status: 'MISSING', records: [] }],
      },
      { ...healthy, owners: [{ by: '192.0.2.53', status: 'FOUND', records: ['old.sender.example'] }] },
    ],
  },
];
