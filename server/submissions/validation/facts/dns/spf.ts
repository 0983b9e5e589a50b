import { hostOf, recordsOf, stringsOf } from './answers.ts';
import type { Walk } from './walk.ts';

/** What an SPF record comes to with everything that it includes (RFC 7208). */
export type SpfFact = {
  readonly domain: string;
  /** Targets that have to be included. */
  readonly required: readonly string[];
  /** The strings of every TXT record that begins with `v=spf1`. */
  readonly records: readonly (readonly string[])[];
  /** The size of all TXT records of the domain as one answer. */
  readonly octets: number;
  /** Terms that ask DNS, `domain: term`, as the worst message makes a reader ask them. */
  readonly lookups: readonly string[];
  /** Those of them that found nothing. */
  readonly voids: readonly string[];
  /** Domains that include themselves again. */
  readonly loops: readonly string[];
  /** Included domains that make the whole record worthless. */
  readonly broken: readonly { readonly domain: string; readonly why: 'NONE' | 'SEVERAL' | 'SYNTAX' }[];
  /** Every domain that is included, however deep. */
  readonly includes: readonly string[];
  /** Terms of the domain's own record that mean nothing. */
  readonly syntax: readonly string[];
  readonly ptr: readonly string[];
  /** How it ends, through a redirect as well; null: it does not say. */
  readonly all: '+' | '-' | '~' | '?' | null;
  readonly hasRedirect: boolean;
  /** Mechanisms behind `all`, which nobody reads. */
  readonly behindAll: readonly string[];
  /** No server answered for something on the way. */
  readonly isPartial: boolean;
};

export type SpfTerm = {
  readonly text: string;
  readonly qualifier: '+' | '-' | '~' | '?';
  /** `include`, `redirect`...; null: not a term of SPF. */
  readonly name: string | null;
  /** The domain it names, without the length of a network. */
  readonly domain: string | null;
};

const begin = /^v=spf1(?=\s|$)/i;
/** Enough to tell how far over ten a record is; a hostile one could go on for ever. */
const maxLookups = 40;
const macro = /%\{[slodiphcrtv]\d*r?[-.+,/_=]*\}|%%|%_|%-/gi;

export function isSpf(record: string): boolean {
  return begin.test(record);
}

export function parseSpf(record: string): SpfTerm[] {
  return record.replace(begin, '').split(/\s+/).filter(Boolean).map(parseTerm);
}

function parseTerm(text: string): SpfTerm {
  const [, sign, rest = ''] = /^([-+~?]?)(.*)$/s.exec(text) ?? [];
  const qualifier = (sign || '+') as SpfTerm['qualifier'];
  const [, name = '', mark = '', value = ''] = /^([a-z][\w.-]*)([:=/]?)(.*)$/i.exec(rest) ?? [];
  const known = name.toLowerCase();
  const domain = value === '' || mark === '/' ? null : hostOf(value.replace(/\/.*$/, ''));
  const isGood = isTerm(known, mark, value) && (sign === '' || mark !== '=');
  return { text, qualifier, name: isGood ? known : null, domain };
}

const mechanisms = ['all', 'include', 'a', 'mx', 'ptr', 'ip4', 'ip6', 'exists'];

function isTerm(name: string, mark: string, value: string): boolean {
  // Other modifiers are ignored by readers; a mechanism written with `=` is meant as one and ignored all the same.
  if (mark === '=') return !mechanisms.includes(name) && (!['redirect', 'exp'].includes(name) || isDomain(value));
  switch (name) {
    case 'all':
      return mark === '';
    case 'include':
    case 'exists':
      return mark === ':' && isDomain(value);
    case 'ip4':
      return mark === ':' && isIp4(value);
    case 'ip6':
      return mark === ':' && /^[0-9a-f:]*:[0-9a-f:.]*(\/(\d{1,2}|1[01]\d|12[0-8]))?$/i.test(value);
    case 'ptr':
      return mark === '' || (mark === ':' && isDomain(value));
    case 'a':
    case 'mx':
      return isAddressTerm(mark, value);
    default:
      return false;
  }
}

function isAddressTerm(mark: string, value: string): boolean {
  if (mark === '') return true;
  const [, domain = '', length = ''] = /^([^/]*)(.*)$/.exec(mark === '/' ? `/${value}` : value) ?? [];
  const isLength = length === '' || /^(\/(\d|[12]\d|3[0-2]))?(\/\/(\d{1,2}|1[01]\d|12[0-8]))?$/.test(length);
  return isLength && (mark === '/' ? domain === '' : isDomain(domain));
}

function isIp4(value: string): boolean {
  const [, address = '', length] = /^([\d.]+)(?:\/(\d{1,2}))?$/.exec(value) ?? [];
  const parts = address.split('.');
  return (
    parts.length === 4 &&
    parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256) &&
    Number(length ?? 0) <= 32
  );
}

function isDomain(value: string): boolean {
  const plain = value.replaceAll(macro, 'm');
  return /^[^\s:;%"'()<>,]+\.[^\s:;%"'()<>,]+$/.test(plain) && !plain.includes('..');
}

/** What the walk gathers on its way. */
type Found = {
  lookups: string[];
  voids: string[];
  loops: string[];
  broken: { domain: string; why: 'NONE' | 'SEVERAL' | 'SYNTAX' }[];
  includes: string[];
  ptr: string[];
  isPartial: boolean;
};

/** Reads a domain's record and all it leads to, counting every term that asks DNS as if no earlier one had matched. */
export function* walkSpf(domain: string, required: readonly string[]): Walk<SpfFact> {
  const name = hostOf(domain);
  const answers = yield { name, type: 'TXT' };
  const all = stringsOf(answers);
  const records = all.filter((strings) => isSpf(strings.join('')));
  const found: Found = { lookups: [], voids: [], loops: [], broken: [], includes: [], ptr: [], isPartial: false };
  found.isPartial = answers.every(({ status }) => status === 'FAILED');
  const terms = records[0] === undefined ? [] : parseSpf(records[0].join(''));
  const end = records.length === 1 ? yield* readTerms(terms, name, [name], found) : null;
  const place = terms.findIndex((term) => term.name === 'all');
  return {
    domain: name,
    required: required.map(hostOf),
    records,
    octets:
      12 + name.length + 6 + all.reduce((sum, strings) => sum + 12 + strings.reduce((n, s) => n + s.length + 1, 0), 0),
    ...found,
    syntax: terms.filter((term) => term.name === null).map(({ text }) => text),
    all: end,
    hasRedirect: terms.some((term) => term.name === 'redirect'),
    behindAll: place < 0 ? [] : terms.slice(place + 1).flatMap((term) => (isMechanism(term) ? [term.text] : [])),
  };
}

const isMechanism = (term: SpfTerm) => term.name === null || mechanisms.includes(term.name);

function* readTerms(
  terms: readonly SpfTerm[],
  domain: string,
  path: readonly string[],
  found: Found,
): Walk<SpfFact['all']> {
  const all = terms.find((term) => term.name === 'all');
  for (const term of terms) {
    // Readers stop at `all`; a redirect counts only where there is none.
    if (term === all) return term.qualifier;
    if (found.lookups.length >= maxLookups) return null;
    if (term.name === 'include') yield* readOther(term, domain, path, found);
    else if (term.name === 'a' || term.name === 'mx') yield* readAddresses(term, domain, found);
    else if (term.name === 'exists' || term.name === 'ptr') {
      found.lookups.push(`${domain}: ${term.text}`);
      if (term.name === 'ptr') found.ptr.push(`${domain}: ${term.text}`);
    }
  }
  const redirect = terms.find((term) => term.name === 'redirect');
  return redirect ? yield* readOther(redirect, domain, path, found) : null;
}

function* readOther(term: SpfTerm, domain: string, path: readonly string[], found: Found): Walk<SpfFact['all']> {
  found.lookups.push(`${domain}: ${term.text}`);
  const target = term.domain ?? '';
  if (term.name === 'include') found.includes.push(target);
  // What a macro stands for depends on the message.
  if (target.includes('%')) return null;
  if (path.includes(target)) {
    found.loops.push([...path, target].join(' > '));
    return null;
  }
  const answers = yield { name: target, type: 'TXT' };
  if (answers.every(({ status }) => status === 'FAILED')) {
    found.isPartial = true;
    return null;
  }
  if (recordsOf(answers).length === 0) found.voids.push(`${domain}: ${term.text}`);
  const records = recordsOf(answers).filter(isSpf);
  const [record] = records;
  if (record === undefined || records.length > 1) {
    found.broken.push({ domain: target, why: record === undefined ? 'NONE' : 'SEVERAL' });
    return null;
  }
  const terms = parseSpf(record);
  if (terms.some((inner) => inner.name === null)) found.broken.push({ domain: target, why: 'SYNTAX' });
  return yield* readTerms(terms, target, [...path, target], found);
}

function* readAddresses(term: SpfTerm, domain: string, found: Found): Walk<void> {
  found.lookups.push(`${domain}: ${term.text}`);
  const name = term.domain ?? domain;
  if (name.includes('%')) return;
  const answers = yield { name, type: term.name === 'mx' ? 'MX' : 'A' };
  let isVoid = answers.every(({ status }) => status === 'MISSING' || status === 'EMPTY');
  if (isVoid && term.name === 'a') {
    const six = yield { name, type: 'AAAA' };
    isVoid = recordsOf(six).length === 0;
  }
  if (isVoid) found.voids.push(`${domain}: ${term.text}`);
}
