import { isIP } from 'node:net';
import type { CheckWanted, InputSpec, WantedRecord } from '../../inputs.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import { lettersOf } from '../fetching/dnsFacts.ts';
import type { DnsRecordSpec, StoredSpec } from '../fetching/spec.ts';
import { parsedAddress } from '../validation/address.ts';
import { hostOf } from '../validation/facts/dns/answers.ts';
import { isEnding, nameProblem } from '../validation/facts/dns/names.ts';
import { platformWords } from '../validation/facts/web/credentials.ts';

export type PageGiven = { url: string; type: typeof import('../../inputs.ts').checkPageTypes[number] };
/** What somebody gives to be looked at, as the API takes it. */
export type CheckGiven = {
  domain?: string | null;
  url?: string | null;
  pages?: readonly PageGiven[] | null;
  user?: string | null;
  password?: string | null;
  renewSecret?: boolean | null;
};

const maxPages = 10;

/** Whether what is handed in for an input is looked at by itself, and not only by a person. */
export function isLookedAt(spec: InputSpec): boolean {
  return spec.kind === 'CHECK' || (spec.kind === 'URL' && spec.check != null);
}

/** What is looked at: what the input wants, of the subject that was given. `cleanUrl` refuses what is no public address. */
export function storedSpec(
  input: InputSpec,
  given: CheckGiven,
  cleanUrl: (given: string, field: string) => string,
): StoredSpec {
  if (input.kind === 'URL') return { kind: 'FEED', url: cleanUrl(given.url ?? '', 'url'), last: null, failures: 0 };
  if (input.kind !== 'CHECK') throw new ApiError('BAD_USER_INPUT');
  const { check } = input;
  const url = () => cleanUrl(given.url ?? '', 'check.url');
  switch (check.of) {
    case 'DNS': {
      const domain = cleanDomain(given.domain ?? '');
      return { kind: 'DNS', domain, records: check.records.map((record) => absolute(record, domain)) };
    }
    case 'URL': {
      const { types, hosts, environment } = check;
      return { kind: 'URL', url: url(), expects: { types, hosts, environment } };
    }
    case 'IMAGE':
      return { kind: 'IMAGE', url: url(), use: check.use };
    case 'TAG': {
      const { of: _, pageTypes: __, ...wanted } = check;
      return { kind: 'TAG', pages: pagesOf(check, given.pages ?? [], cleanUrl), wanted, hosts: [] };
    }
    case 'WEBHOOK':
      return { kind: 'WEBHOOK', url: url() };
    case 'SITEMAP':
      return { kind: 'SITEMAP', url: url() };
  }
}

/** The name of a domain; out of a whole address, as people paste it, its host; `www` stands in front of a shop only. */
function cleanDomain(given: string): string {
  const field = 'check.domain';
  const text = given.trim();
  if (text === '') throw new ActError('EMPTY', { field });
  const web = /^https?:\/\//i.test(text) ? parsedAddress(text) : null;
  const domain = hostOf(web ? web.hostname : text.replace(/[/?#].*$/s, '').replace(/(?<=[^:]):\d+$/, ''));
  const why = text.length > 300 ? 'FORM' : domainFault(domain);
  if (why !== null) throw new ActError('INVALID_DOMAIN', { field, params: { why } });
  const bare = domain.replace(/^www\./, '');
  return isEnding(bare) ? domain : bare;
}

function domainFault(domain: string): 'EMAIL' | 'NUMBER' | 'SINGLE' | 'FORM' | null {
  if (domain.includes('@')) return 'EMAIL';
  if (isIP(domain.replace(/^\[|\]$/g, '')) !== 0) return 'NUMBER';
  const problem = nameProblem(domain);
  return problem === null || problem === 'SINGLE' ? problem : 'FORM';
}

function pagesOf(
  { pageTypes }: Extract<CheckWanted, { of: 'TAG' }>,
  given: readonly PageGiven[],
  cleanUrl: (given: string, field: string) => string,
) {
  const field = 'check.pages';
  if (given.length > maxPages) throw new ActError('TOO_MANY', { field, params: { max: maxPages } });
  const pages = given.map(({ url, type }) => ({ url: cleanUrl(url, field), type }));
  const missing = pageTypes.filter((type) => !pages.some((page) => page.type === type));
  if (missing.length > 0) throw new ActError('PAGES_MISSING', { field, params: { pages: missing.join(', ') } });
  return pages;
}

const nameIn = (relative: string, domain: string) => (relative === '@' ? domain : `${relative}.${domain}`);

function absolute(record: WantedRecord, domain: string): DnsRecordSpec {
  if ('name' in record) return { ...record, name: nameIn(record.name, domain) };
  // What a client says about its sending is not known here: these rules then have nothing to say.
  return record.type === 'BULK'
    ? { ...record, addresses: [], usesTls: null, hasOneClick: null, spamRate: null }
    : record;
}

/** What is looked at, in a line: the domain as people write it, the address, the first page, the name of a platform. */
export function subjectOf(spec: StoredSpec): string {
  switch (spec.kind) {
    case 'DNS':
      return lettersOf(spec.domain);
    case 'TAG':
      return spec.pages[0]?.url ?? '';
    case 'CREDENTIALS':
      return platformWords[spec.platform].name;
    default:
      return spec.url;
  }
}

/** What stands in `submissions.url`: null where it is no address. */
export function addressOf(spec: StoredSpec): string | null {
  return 'url' in spec ? spec.url : null;
}

/** A record as somebody enters it: `value` is null where rules judge, and more than one value is right. */
export function recordShown(record: WantedRecord): { type: string; name: string; value: string | null } {
  const { type } = record;
  switch (type) {
    case 'CNAME':
      return { type, name: record.name, value: record.target };
    case 'TXT':
      return { type, name: record.name, value: record.value };
    case 'CAA':
      return { type, name: record.name, value: `0 issue "${record.issuer}"` };
    case 'SPF':
      return { type, name: '@', value: record.includes.map((include) => `include:${include}`).join(' ') || null };
    case 'DKIM':
      return { type, name: `${record.selector}._domainkey`, value: record.key };
    case 'DMARC':
      return { type, name: '_dmarc', value: null };
    case 'BULK':
      return { type, name: '@', value: null };
  }
}
