import { commonPractice, type FactRule, rfc } from '../rule.ts';
import { hostOf } from './answers.ts';

/** A name that a record is to stand at. */
export type NameFact = {
  readonly name: string;
  /** The client's domain. */
  readonly domain: string;
};

const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** Why a name cannot be a host, or null. Underscores stand in names of records, such as `_dmarc`. */
export function nameProblem(name: string): 'EMPTY' | 'LONG' | 'LABEL' | 'SINGLE' | null {
  const host = hostOf(name);
  if (host === '') return 'EMPTY';
  if (host.length > 253) return 'LONG';
  const labels = host.split('.');
  if (labels.some((part) => !label.test(part))) return 'LABEL';
  return labels.length < 2 ? 'SINGLE' : null;
}

const endings = /^(ac|co|com|edu|gob|gov|gr|ltd|me|mil|ne|net|nom|or|org|plc|sch)\.[a-z]{2}$/;

/** Under these anybody registers a domain, as far as that can be told without a list: `cz`, `co.uk`. */
export function isEnding(name: string): boolean {
  return !name.includes('.') || endings.test(name);
}

/** `mail.shop.example.shop.example`: the form of many providers adds the domain by itself. */
export function undoubled(name: string, domain: string): string | null {
  const [host, zone] = [hostOf(name), hostOf(domain)];
  return zone !== '' && host.endsWith(`.${zone}.${zone}`) ? host.slice(0, -(zone.length + 1)) : null;
}

const head = { code: 'validation_invalid_format', covers: ['F5:DNS-01'], severity: 'ERROR' } as const;
const domain = 'shop.example';

export const nameRules: readonly FactRule<NameFact>[] = [
  {
    ...head,
    id: 'DNS-01.name',
    source: rfc(1035, '2.3.4'),
    title: '{found} is no valid name',
    advice:
      'Use letters, digits and dashes, with a dot between the parts: each part 1 to 63 characters and not beginning or ending with a dash, 253 in all, such as mail.shop.example.',
    check: ({ name }) => (nameProblem(name) === null ? null : { at: name, found: name }),
    accepted: [
      { name: 'shop.example', domain },
      { name: 'k1._domainkey.Shop.Example.', domain },
      { name: `${'a'.repeat(63)}.example`, domain },
      { name: 'xn--mller-kva.example', domain },
      { name: 'k1._domainkey.müller.example', domain },
    ],
    refused: [
      { name: '', domain },
      { name: 'localhost', domain },
      { name: 'my shop.example', domain },
      { name: '-a.example', domain },
      { name: 'a..example', domain },
      { name: `${'a'.repeat(64)}.example`, domain },
      { name: `${'a.'.repeat(130)}example`, domain },
      { name: 'https://shop.example', domain },
    ],
  },
  {
    ...head,
    id: 'DNS-01.doubled',
    source: commonPractice,
    title: 'The domain stands twice in {found}',
    advice:
      'Your DNS provider adds the domain by itself. Enter only what stands before it, so that the record ends up at {expected}.',
    check: ({ name, domain: zone }) => {
      const meant = undoubled(name, zone);
      return meant === null ? null : { at: name, found: name, expected: meant, fix: meant };
    },
    accepted: [
      { name: 'mail.shop.example', domain },
      { name: 'shop.example', domain },
    ],
    refused: [
      { name: 'mail.shop.example.shop.example', domain },
      { name: 'k1._domainkey.shop.example.SHOP.example.', domain },
    ],
  },
];

/** The domain that was given. */
export type DomainFact = {
  /** As people write it: `müller.example`. */
  readonly name: string;
  /** A name server knows it, or a zone that somebody registered above it. */
  readonly isKnown: boolean;
};

export const domainRules: readonly FactRule<DomainFact>[] = [
  {
    ...head,
    id: 'DNS-00.unknown',
    code: 'validation_unreachable',
    source: commonPractice,
    title: 'We know no domain {at}; is it written right?',
    advice:
      'No name server knows it. Compare it with the address of your shop, letter by letter, and give it anew. One that was registered only just now may need an hour until it is known everywhere.',
    check: ({ name, isKnown }) => (isKnown ? null : { at: name }),
    accepted: [{ name: domain, isKnown: true }],
    refused: [{ name: 'müller.example', isKnown: false }],
  },
];
