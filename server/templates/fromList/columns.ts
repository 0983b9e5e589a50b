import type { platforms, productKeys } from '../../../drizzle/schema/index.ts';
import { factKey } from '../../inputs.ts';
import type { InformationItem } from './items.ts';

/** What a column of a list of accounts can be; FACT: an information item that Sales hands over. */
export const listFields = [
  'ACCOUNT',
  'WEBSITE',
  'TIME_ZONE',
  'EXTERNAL_ID',
  'EXTERNAL_SYSTEM',
  'PLATFORM',
  'PRODUCTS',
  'TEMPLATES',
  'PROJECT_NAME',
  'RUN_BY',
  'SIGNED_ON',
  'TARGET_ON',
  'CONTACT_EMAIL',
  'CONTACT_NAME',
  'FACT',
  'REASONS',
] as const;
export type ListField = (typeof listFields)[number];

/** A column of the list, and what it was taken for. */
export type ListColumn = {
  name: string;
  /** Null: not recognised, so what stands in it is left alone. */
  field: ListField | null;
  /** The information item; of FACT alone. */
  fact: string | null;
  /** The other system that the header names, as in "Salesforce ID"; of EXTERNAL_ID alone. */
  system: string | null;
  /** Its field stands in an earlier column, which counts. */
  isDouble: boolean;
};

/** Headers as people and other systems write them, folded. */
const known: Readonly<Record<Exclude<ListField, 'FACT'>, readonly string[]>> = {
  ACCOUNT: ['account', 'accountname', 'client', 'clientname', 'company', 'companyname', 'customer', 'shop', 'shopname'],
  WEBSITE: ['website', 'websiteurl', 'url', 'shopurl', 'site', 'address', 'shopsaddress', 'homepage'],
  TIME_ZONE: ['timezone', 'shopstimezone', 'zone'],
  EXTERNAL_ID: ['externalid', 'crmid', 'recordid', 'idinothersystem'],
  EXTERNAL_SYSTEM: ['system', 'externalsystem', 'crm', 'source'],
  PLATFORM: ['platform', 'shopsystem', 'ecommerceplatform', 'shopplatform'],
  PRODUCTS: ['product', 'products'],
  TEMPLATES: ['playbook', 'playbooks', 'template', 'templates'],
  PROJECT_NAME: ['project', 'projectname', 'integration', 'integrationname', 'nameoftheproject'],
  RUN_BY: ['pm', 'projectmanager', 'owner', 'manager'],
  SIGNED_ON: ['signedon', 'signed', 'signature', 'contractdate', 'closedate', 'signingdate'],
  TARGET_ON: ['targeton', 'target', 'targetdate', 'liveby', 'golive', 'golivedate', 'deadline'],
  CONTACT_EMAIL: ['contactemail', 'email', 'contact', 'contactaddress'],
  CONTACT_NAME: ['contactname', 'contactperson', 'personname'],
  REASONS: ['reasons', 'reason'],
};
const fieldOf = new Map(
  Object.entries(known).flatMap(([field, names]) => names.map((name) => [name, field as ListField])),
);
/** "Salesforce ID": the name of the system stands in the header. */
const namedSystem = /^(salesforce|hubspot|pipedrive|zoho|dynamics|odoo|sap|netsuite)[ _-]*(account[ _-]*)?id$/i;

/** Letters and digits alone, small: "E-mail " and "email" are one header. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}]/gu, '');
}

/** What each header stands for. An information item is named by its key, or by a question of a template that asks for it. */
export function columnsOf(headers: readonly string[], items: readonly InformationItem[]): ListColumn[] {
  const itemOf = new Map(items.flatMap((item) => item.labels.map((label) => [folded(label), item.key])));
  const taken = new Set<string>();
  return headers.map((header) => {
    const name = header.trim();
    const column = { name, ...readHeader(name, itemOf) };
    const what = column.field === 'FACT' ? column.fact : column.field;
    const isDouble = what !== null && taken.has(what);
    if (what !== null) taken.add(what);
    return { ...column, isDouble };
  });
}

function readHeader(name: string, itemOf: ReadonlyMap<string, string>): Pick<ListColumn, 'field' | 'fact' | 'system'> {
  const none = { fact: null, system: null };
  if (factKey.safeParse(name).success) return { ...none, field: 'FACT', fact: name };
  const system = namedSystem.exec(name)?.[1]?.toLowerCase();
  if (system) return { ...none, field: 'EXTERNAL_ID', system };
  const field = fieldOf.get(folded(name));
  if (field) return { ...none, field };
  const fact = itemOf.get(folded(name));
  return fact ? { ...none, field: 'FACT', fact } : { ...none, field: null };
}

type Platform = (typeof platforms)[number];
type Product = (typeof productKeys)[number];

const platformNames: Readonly<Record<Platform, readonly string[]>> = {
  MAGENTO: ['magento', 'magento2', 'adobecommerce', 'magentoadobecommerce', 'adobecommercemagento'],
  SHOPIFY: ['shopify', 'shopifyplus'],
  WOOCOMMERCE: ['woocommerce', 'woo', 'wordpress'],
  PRESTASHOP: ['prestashop'],
  BIGCOMMERCE: ['bigcommerce'],
  SALESFORCE_COMMERCE_CLOUD: ['salesforcecommercecloud', 'salesforce', 'sfcc', 'demandware', 'commercecloud'],
  VTEX: ['vtex'],
  CUSTOM: ['custom', 'own', 'ownplatform', 'customshop', 'inhouse'],
};
const productNames: Readonly<Record<Product, readonly string[]>> = {
  SEARCH: ['search', 'sitesearch'],
  RECOMMENDATIONS: ['recommendations', 'recommendation', 'recs', 'productrecommendations'],
  EMAIL: ['email', 'emails', 'emailmarketing'],
  REVIEWS: ['reviews', 'review', 'productreviews', 'ratings'],
};

const finder = <Key extends string>(names: Readonly<Record<Key, readonly string[]>>) => {
  const keys = new Map((Object.keys(names) as Key[]).flatMap((key) => names[key].map((name) => [name, key] as const)));
  return (text: string): Key | null => keys.get(folded(text)) ?? null;
};
export const platformNamed = finder(platformNames);
export const productNamed = finder(productNames);

/**
 * A cell as it reads, in one line. What is not seen came along by copying, and would make a second account of a name that
 * looks the same: zero-width blanks, soft hyphens, marks that turn the line around, control characters.
 */
export function lineOf(text: string): string {
  return text
    .replaceAll(/[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/g, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** Several values of one cell: "Search, Recommendations" or "Search + E-mail". */
export function partsOf(text: string): string[] {
  return text
    .split(/[,;|+&\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const firstYear = 2000;
const afterLastYear = 2100;

/** A day as lists write it, as YYYY-MM-DD: 2026-03-06, 2026/3/6, 6.3.2026. Null for what could be two days, or is none. */
export function dayOf(text: string): string | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text);
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text);
  const [year, month, day] = iso ? iso.slice(1, 4) : dotted ? dotted.slice(1, 4).reverse() : [];
  if (!year || !month || !day) return null;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${written}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== written) return null;
  // What lies further away was mistyped: 0026, 20226, or the 9999 by which other systems say "never".
  return at.getUTCFullYear() >= firstYear && at.getUTCFullYear() < afterLastYear ? written : null;
}
