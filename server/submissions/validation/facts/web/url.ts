import { parsedAddress } from '../../address.ts';
import { commonPractice, type FactRule, type Mark, rfc } from '../rule.ts';
import { addressRefusals, type Refusal, refusalWords } from './refusals.ts';

export type UrlFact = {
  readonly url: string;
  /** Null: not fetched yet, or it answered. */
  readonly refusal: Refusal | null;
  readonly certificateFault: string | null;
  readonly certificateDaysLeft: number | null;
  readonly status: number | null;
  readonly finalUrl: string | null;
  readonly redirects: readonly string[];
  readonly contentType: string | null;
  /** Begins of content types that will do, `text/html`; empty: any. */
  readonly expectedTypes: readonly string[];
  /** What the page looks like instead of what is expected. */
  readonly looksLike: 'LOGIN' | 'PARKED' | 'MAINTENANCE' | null;
  /** Hosts of the account; empty: none are known. */
  readonly hosts: readonly string[];
  readonly environment: 'PRODUCTION' | 'STAGING' | null;
};

const page: UrlFact = {
  url: 'https://www.shop.example/',
  refusal: null,
  certificateFault: null,
  certificateDaysLeft: 60,
  status: 200,
  finalUrl: 'https://www.shop.example/',
  redirects: [],
  contentType: 'text/html; charset=utf-8',
  expectedTypes: ['text/html'],
  looksLike: null,
  hosts: ['shop.example'],
  environment: null,
};
const refused = (refusal: Refusal, url = page.url): UrlFact => ({
  ...page,
  url,
  refusal,
  status: null,
  finalUrl: null,
  contentType: null,
  certificateDaysLeft: null,
});
const mark = (fact: UrlFact, more: Mark = {}): Mark => ({ at: fact.url, ...more });

export function hostOfUrl(url: string | null): string | null {
  return (url === null ? null : parsedAddress(url))?.hostname.replace(/\.$/, '') ?? null;
}

/** The host itself or a name below it. */
export function isBelow(host: string, domain: string): boolean {
  const bare = domain.replace(/^\*?\./, '');
  const zone = hostOfUrl(`https://${bare}`) ?? bare.toLowerCase();
  return host === zone || host.endsWith(`.${zone}`);
}

/** What is wrong with an address as it is written, in half a sentence; null: nothing. */
export function urlProblem(text: string): string | null {
  if (/[\s\p{Cc}]/u.test(text)) return 'it holds blanks or line breaks';
  if (text.length > 2_000) return `it has ${text.length} characters, and 2,000 are the most`;
  if (!/^https?:\/\//i.test(text)) return refusalWords.SCHEME_REFUSED;
  const url = parsedAddress(text);
  if (url === null || /%(?![0-9a-f]{2})/i.test(text)) return refusalWords.ADDRESS_INVALID;
  if (url.username !== '' || url.password !== '') return refusalWords.USER_IN_ADDRESS;
  if (!url.hostname.replace(/\.$/, '').includes('.') && !url.hostname.startsWith('[')) return 'its host has no domain';
  return null;
}

const one = { severity: 'ERROR', code: 'validation_invalid_value' } as const;
const isStaging = (host: string) =>
  /(^|[.-])(staging|stage|stg|dev|test|uat|preprod|preview|sandbox|local|demo)([.-]|\d|$)/i.test(host);

export const urlRules: readonly FactRule<UrlFact>[] = [
  {
    ...one,
    id: 'URL-01.form',
    code: 'validation_invalid_format',
    covers: ['F6:URL-01'],
    source: rfc(3986),
    title: 'The address cannot be used: {why}',
    advice:
      'Write the full address, such as https://www.shop.example/feed.xml: with https:// and the domain, without a user name, with %20 for blanks.',
    check: (fact) => {
      const why =
        urlProblem(fact.url) ??
        (fact.refusal !== null && addressRefusals.includes(fact.refusal) ? refusalWords[fact.refusal] : null);
      return why === null ? null : mark(fact, { found: fact.url, params: { why } });
    },
    accepted: [page, { ...page, url: 'http://müller.example/a%20b?c=d#e' }, refused('NOT_PUBLIC')],
    refused: [
      ...[
        '',
        'shop.example',
        '//shop.example',
        'ftp://shop.example',
        'https://',
        'https://shop',
        'https://a b.example/',
        'https://u:p@shop.example/',
        'https://shop.example/100%',
        'javascript:alert(1)',
        `https://shop.example/${'a'.repeat(2_000)}`,
      ].map((url) => ({ ...page, url })),
      refused('PORT_REFUSED', 'https://shop.example:6379/'),
    ],
  },
  {
    ...one,
    id: 'URL-02.unreachable',
    code: 'validation_unreachable',
    covers: ['F6:URL-02'],
    source: commonPractice,
    title: '{at} cannot be fetched: {why}',
    advice: 'Open it in a private window of a browser outside your network. {hint}, and check again.',
    check: (fact) => {
      const { refusal } = fact;
      if (
        refusal === null ||
        addressRefusals.includes(refusal) ||
        refusal === 'CERTIFICATE_INVALID' ||
        refusal === 'ROBOTS'
      )
        return null;
      const hint =
        refusal === 'NOT_PUBLIC'
          ? 'Write its name as it is there, or have the name set up for everybody'
          : 'Let our server through your firewall or bot protection';
      return mark(fact, { params: { why: refusalWords[refusal], hint } });
    },
    accepted: [page, refused('PORT_REFUSED'), refused('ROBOTS')],
    refused: (
      [
        'NOT_PUBLIC',
        'UNREACHABLE',
        'TOO_SLOW',
        'TOO_LARGE',
        'TOO_MANY_REDIRECTS',
        'REDIRECT_REFUSED',
        'CUT_OFF',
        'BAD_ANSWER',
        'HEADERS_TOO_LARGE',
      ] as const
    ).map((why) => refused(why)),
  },
  {
    ...one,
    id: 'URL-02.robots',
    severity: 'WARNING',
    code: 'validation_unreachable',
    covers: ['F6:URL-02'],
    source: rfc(9309),
    title: 'robots.txt asks us not to look at {at}',
    advice: 'Allow the user agent Slipway in robots.txt, or have a person look at the page.',
    check: (fact) => (fact.refusal === 'ROBOTS' ? mark(fact) : null),
    accepted: [page],
    refused: [refused('ROBOTS')],
  },
  {
    ...one,
    id: 'URL-02.status',
    code: 'validation_unreachable',
    covers: ['F6:URL-02'],
    source: rfc(9110, '15'),
    title: '{at} answers with status {found}',
    advice:
      'It has to answer with 200. 401 and 403 mean that we are kept out, 404 and 410 that nothing is there, 5xx that the shop is broken now.',
    check: (fact) =>
      fact.status !== null && fact.status !== 200 ? mark(fact, { expected: '200', found: String(fact.status) }) : null,
    accepted: [page, refused('TOO_SLOW')],
    refused: [204, 301, 401, 403, 404, 410, 500, 503].map((status) => ({ ...page, status })),
  },
  {
    ...one,
    id: 'URL-02.type',
    covers: ['F6:URL-02'],
    source: rfc(9110, '8.3'),
    title: '{at} is {found} instead of {expected}',
    advice:
      'Check that the address leads to the thing itself and not to a page about it, and that the server names its type.',
    check: (fact) => {
      const type = (fact.contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
      const fits = fact.expectedTypes.length === 0 || fact.expectedTypes.some((wanted) => type.startsWith(wanted));
      return fact.status === 200 && !fits
        ? mark(fact, { expected: fact.expectedTypes.join(', '), found: type || 'of no type' })
        : null;
    },
    accepted: [
      page,
      { ...page, expectedTypes: [], contentType: null },
      { ...page, contentType: 'TEXT/HTML' },
      { ...page, status: 404, contentType: 'text/plain' },
    ],
    refused: [
      { ...page, contentType: 'application/pdf' },
      { ...page, contentType: null },
      { ...page, expectedTypes: ['application/xml', 'text/xml'] },
    ],
  },
  {
    ...one,
    id: 'URL-02.other',
    covers: ['F6:URL-02'],
    source: commonPractice,
    title: '{at} shows {what}',
    advice: 'Give an address that anybody sees without signing in, of a shop that is open; or let our server through.',
    check: (fact) => {
      const what = { LOGIN: 'a page to sign in', PARKED: 'a parked domain', MAINTENANCE: 'a maintenance page' };
      return fact.looksLike === null
        ? null
        : mark(fact, { found: fact.finalUrl, params: { what: what[fact.looksLike] } });
    },
    accepted: [page],
    refused: [
      { ...page, looksLike: 'LOGIN' },
      { ...page, looksLike: 'PARKED' },
      { ...page, looksLike: 'MAINTENANCE' },
    ],
  },
  {
    ...one,
    id: 'URL-03.certificate',
    covers: ['F6:URL-03'],
    source: rfc(9110, '4.3.4'),
    title: 'The certificate of {at} is not valid: {why}',
    advice: 'Renew it for exactly this host name, and install it together with its intermediate certificates.',
    check: (fact) => {
      if (fact.refusal !== 'CERTIFICATE_INVALID') return null;
      return mark(fact, {
        found: fact.certificateFault,
        params: { why: certificateWords[fact.certificateFault ?? ''] ?? 'it is not trusted' },
      });
    },
    accepted: [page, refused('UNREACHABLE')],
    refused: ['EXPIRED', 'NOT_YET_VALID', 'WRONG_HOST', 'INCOMPLETE_CHAIN', 'SELF_SIGNED', 'OTHER'].map(
      (certificateFault) => ({ ...refused('CERTIFICATE_INVALID'), certificateFault }),
    ),
  },
  {
    ...one,
    id: 'URL-03.ending',
    severity: 'WARNING',
    code: 'validation_date_out_of_range',
    covers: ['F6:URL-03'],
    source: commonPractice,
    title: 'The certificate of {at} ends in {found} days',
    advice: 'Renew it now, and check that it renews by itself from then on.',
    check: (fact) =>
      fact.certificateDaysLeft !== null && fact.certificateDaysLeft <= 14
        ? mark(fact, { expected: '15', found: String(fact.certificateDaysLeft) })
        : null,
    accepted: [
      page,
      { ...page, certificateDaysLeft: 15 },
      { ...page, url: 'http://shop.example/', certificateDaysLeft: null },
    ],
    refused: [
      { ...page, certificateDaysLeft: 14 },
      { ...page, certificateDaysLeft: 0 },
    ],
  },
  {
    ...one,
    id: 'URL-04.host',
    severity: 'WARNING',
    code: 'validation_inconsistent',
    covers: ['F6:URL-04'],
    source: commonPractice,
    title: '{found} is no host of this account',
    advice: 'Give an address below {expected}, or have this host added to the account first.',
    check: (fact) => {
      const strange = [fact.url, fact.finalUrl]
        .map(hostOfUrl)
        .find((host) => host !== null && fact.hosts.length > 0 && !fact.hosts.some((known) => isBelow(host, known)));
      return strange === undefined ? null : mark(fact, { expected: fact.hosts.join(', '), found: strange });
    },
    accepted: [
      page,
      { ...page, hosts: [] },
      { ...page, url: 'https://www.xn--mller-kva.example/', finalUrl: null, hosts: ['Müller.example'] },
    ],
    refused: [
      { ...page, url: 'https://other.example/' },
      { ...page, finalUrl: 'https://shop.example.evil.example/' },
    ],
  },
  {
    ...one,
    id: 'URL-04.environment',
    severity: 'WARNING',
    code: 'validation_inconsistent',
    covers: ['F6:URL-04'],
    source: { name: 'Nosto: test environments', url: 'https://help.nosto.com/en/articles/618053' },
    title: '{found} does not look like the {environment} shop',
    advice:
      'Give the address of the {environment} shop. A test host among the real ones fills the index with test data.',
    check: (fact) => {
      const host = hostOfUrl(fact.finalUrl ?? fact.url);
      if (host === null || fact.environment === null || isStaging(host) === (fact.environment === 'STAGING'))
        return null;
      return mark(fact, { found: host, params: { environment: fact.environment.toLowerCase() } });
    },
    accepted: [
      page,
      { ...page, environment: 'PRODUCTION' },
      { ...page, environment: 'STAGING', finalUrl: 'https://staging.shop.example/' },
      { ...page, environment: 'PRODUCTION', finalUrl: 'https://latest.shop.example/' },
    ],
    refused: [
      { ...page, environment: 'STAGING' },
      { ...page, environment: 'PRODUCTION', finalUrl: 'https://dev.shop.example/' },
      { ...page, environment: 'PRODUCTION', finalUrl: 'https://shop-uat2.example/' },
    ],
  },
];

const certificateWords: Readonly<Record<string, string>> = {
  EXPIRED: 'it has expired',
  NOT_YET_VALID: 'it is not valid yet',
  WRONG_HOST: 'it is for another host',
  INCOMPLETE_CHAIN: 'its intermediate certificate is missing',
  SELF_SIGNED: 'it is signed by itself',
};
