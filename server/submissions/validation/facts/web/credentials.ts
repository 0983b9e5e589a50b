import type { CredentialsPlatform } from '../../../../inputs.ts';
import { commonPractice, type FactRule } from '../rule.ts';

/** Credentials that were tried by one harmless call. Holds nothing of what was entered, nor of what was answered. */
export type CredentialsFact = {
  readonly platform: CredentialsPlatform;
  /** ELSEWHERE: what answers at the address that was given is no such interface, or nothing of it is to be reached. */
  readonly answer: 'TAKEN' | 'REFUSED' | 'ELSEWHERE' | 'SILENT';
  /** Of ELSEWHERE, as the second half of a sentence; empty otherwise. */
  readonly why: string;
  readonly needed: readonly string[];
  /** Empty where the platform does not tell. */
  readonly granted: readonly string[];
  /** ISO 8601; null: they do not end, or it is not known. */
  readonly expiresAt: string | null;
};

type Words = {
  readonly name: string;
  /** What else to look after when they are refused. */
  readonly refused: string;
  /** Which address is the right one. */
  readonly address: string;
};

export const platformWords: Readonly<Record<CredentialsPlatform, Words>> = {
  SHOPIFY: {
    name: 'Shopify',
    refused:
      'The token begins with shpat_ and is shown once, when the app is installed: install it again for a new one.',
    address: 'The address of the shop is the one that ends in .myshopify.com, not that of the storefront.',
  },
  MAGENTO: {
    name: 'Magento',
    refused:
      'Its integration needs the right to read products, and from 2.4.4 on access tokens must be allowed to be used alone: Stores > Configuration > Services > OAuth.',
    address: 'The address is that of the shop, with https:// and without anything behind /rest.',
  },
  WOOCOMMERCE: {
    name: 'WooCommerce',
    refused: 'The key begins with ck_, the secret with cs_, and the key needs the right to read.',
    address: 'The address is that of the shop, with https://; permalinks must be on for its interface to answer.',
  },
  PRESTASHOP: {
    name: 'PrestaShop',
    refused: 'The key must be switched on under Advanced Parameters > Webservice, and hold at least one right.',
    address: 'The address is that of the shop, with https:// and without anything behind /api.',
  },
  BIGCOMMERCE: {
    name: 'BigCommerce',
    refused: 'The API account needs the right to read products.',
    address: 'The store hash stands in the address of your API account, behind /stores/.',
  },
  VTEX: {
    name: 'VTEX',
    refused: 'Key and token belong together, and the key needs a role that may read the catalogue.',
    address: 'The account is the first part of the address of your admin, before .myvtex.com.',
  },
};

const taken: CredentialsFact = {
  platform: 'SHOPIFY',
  answer: 'TAKEN',
  why: '',
  needed: ['read_products'],
  granted: ['read_products'],
  expiresAt: null,
};
const elsewhere: CredentialsFact = { ...taken, answer: 'ELSEWHERE', why: 'it answers with status 404', granted: [] };
const refused: CredentialsFact = { ...taken, answer: 'REFUSED', granted: [] };
const silent: CredentialsFact = { ...refused, answer: 'SILENT' };

const ofKey = {
  severity: 'ERROR',
  code: 'validation_invalid_value',
  covers: ['F6:CRED-01'],
  source: commonPractice,
} as const;

const missing = ({ needed, granted }: CredentialsFact) => needed.filter((scope) => !isIn(granted, scope));
const excess = ({ needed, granted }: CredentialsFact) => granted.filter((scope) => !needed.includes(scope));

/** At Shopify whoever may write may read, and is told to hold the right to write alone. */
function isIn(granted: readonly string[], scope: string): boolean {
  return granted.includes(scope) || (scope.startsWith('read_') && granted.includes(scope.replace('read_', 'write_')));
}

export const credentialsRules: readonly FactRule<CredentialsFact>[] = [
  {
    ...ofKey,
    id: 'CRED-01.refused',
    title: '{at} refuses these credentials',
    advice:
      'Copy them again, whole and without blanks around, and check that they are switched on. {hint} What was entered is not shown to anybody.',
    check: ({ answer, platform }) => {
      const { name, refused: hint } = platformWords[platform];
      return answer === 'REFUSED' ? { at: name, params: { hint } } : null;
    },
    accepted: [taken, elsewhere, silent],
    refused: [refused, { ...refused, platform: 'MAGENTO' }],
  },
  {
    ...ofKey,
    id: 'CRED-01.address',
    code: 'validation_unreachable',
    title: '{at} is not reached at what was entered',
    advice: 'What keeps us from it: {why}. {hint} What was entered is not shown to anybody.',
    check: ({ answer, platform, why }) => {
      const { name, address: hint } = platformWords[platform];
      return answer === 'ELSEWHERE' ? { at: name, params: { why, hint } } : null;
    },
    accepted: [taken, refused, silent],
    refused: [elsewhere, { ...elsewhere, platform: 'BIGCOMMERCE' }],
  },
  {
    ...ofKey,
    id: 'CRED-01.scopes',
    code: 'validation_missing_value',
    title: 'The credentials lack a right at {at}',
    advice: 'Grant these as well, in the settings of your shop: {lacking}.',
    check: (fact) => {
      const lacking = missing(fact);
      return fact.answer === 'TAKEN' && lacking.length > 0
        ? {
            at: platformWords[fact.platform].name,
            expected: fact.needed.join(', '),
            found: fact.granted.join(', ') || null,
            params: { lacking: lacking.join(', ') },
          }
        : null;
    },
    accepted: [
      taken,
      { ...taken, granted: ['write_products'] },
      { ...taken, granted: ['read_products', 'read_orders'] },
    ],
    refused: [
      { ...taken, granted: [] },
      { ...taken, needed: ['write_products'] },
    ],
  },
  {
    ...ofKey,
    id: 'CRED-01.excess',
    severity: 'WARNING',
    title: 'The credentials may do more at {at} than is needed',
    advice: 'Take these rights away, so that a lost key does less harm: {more}.',
    check: (fact) => {
      const more = excess(fact);
      return fact.answer === 'TAKEN' && fact.needed.length > 0 && more.length > 0
        ? {
            at: platformWords[fact.platform].name,
            expected: fact.needed.join(', '),
            found: fact.granted.join(', '),
            params: { more: more.join(', ') },
          }
        : null;
    },
    accepted: [taken, { ...taken, needed: [] }],
    refused: [
      { ...taken, granted: ['read_products', 'read_customers'] },
      { ...taken, granted: ['write_products'] },
    ],
  },
  {
    ...ofKey,
    id: 'CRED-01.ending',
    severity: 'WARNING',
    code: 'validation_date_out_of_range',
    title: 'The credentials end on {found}',
    advice: 'Make new ones before that day and enter them here; what needs them stops otherwise.',
    check: ({ answer, platform, expiresAt }, judging) => {
      if (expiresAt === null || answer === 'ELSEWHERE') return null;
      const left = Date.parse(expiresAt) - judging.asOfMs;
      return left < 30 * 86_400_000 ? { at: platformWords[platform].name, found: expiresAt.slice(0, 10) } : null;
    },
    accepted: [taken, { ...taken, expiresAt: '2027-06-01T00:00:00Z' }],
    refused: [
      { ...taken, expiresAt: '2026-12-01T00:00:00Z' },
      { ...taken, expiresAt: '2026-01-01T00:00:00Z' },
    ],
  },
];
