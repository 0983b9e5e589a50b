import type { PlaybookKey } from '../templates/commands.ts';

/** Everybody and everything here is made up; all names end in .example, which nobody can own. */
export const sampleCompany = { name: 'Lumen Commerce', timeZone: 'Europe/Berlin', currency: 'EUR' };

const zones = { berlin: 'Europe/Berlin', oslo: 'Europe/Oslo', paris: 'Europe/Paris', prague: 'Europe/Prague' };

export const sampleStaff = {
  mara: { name: 'Mara Lindqvist', email: 'mara.lindqvist@lumen-commerce.example', timeZone: zones.berlin, role: 'PM' },
  tom: { name: 'Tom Okafor', email: 'tom.okafor@lumen-commerce.example', timeZone: zones.berlin, role: 'PM' },
  elif: { name: 'Elif Aydin', email: 'elif.aydin@lumen-commerce.example', timeZone: zones.berlin, role: 'ADMIN' },
  nia: { name: 'Nia Mensah', email: 'nia.mensah@lumen-commerce.example', timeZone: zones.berlin, role: 'CONTRIBUTOR' },
  pavel: {
    name: 'Pavel Novák',
    email: 'pavel.novak@lumen-commerce.example',
    timeZone: zones.prague,
    role: 'CONTRIBUTOR',
  },
} as const;
export type StaffKey = keyof typeof sampleStaff;

export const sampleClients = {
  ingrid: { name: 'Ingrid Solheim', email: 'ingrid@fjord-and-field.example', timeZone: zones.oslo },
  jonas: { name: 'Jonas Bakke', email: 'jonas@fjord-and-field.example', timeZone: zones.oslo },
  camille: { name: 'Camille Roussel', email: 'camille@maison-lavande.example', timeZone: zones.paris },
  theo: { name: 'Théo Marchand', email: 'theo@maison-lavande.example', timeZone: zones.paris },
  anneke: { name: 'Anneke Petersen', email: 'a.petersen@nordlicht-outdoor.example', timeZone: zones.berlin },
  karim: { name: 'Karim Yıldız', email: 'k.yildiz@nordlicht-outdoor.example', timeZone: zones.berlin },
  hana: { name: 'Hana Dvořáková', email: 'hana@petra-keramik.example', timeZone: zones.prague },
  milos: { name: 'Miloš Kučera', email: 'milos@petra-keramik.example', timeZone: zones.prague },
};
/** Who looks after the others of their account. */
export const sampleLeads: readonly string[] = ['jonas', 'theo', 'karim', 'hana'];

/** Of the agency that builds a shop; attached to the projects of the accounts that name them. */
export const samplePartners = {
  ruben: { name: 'Ruben Castel', email: 'ruben@atelier-castel.example', timeZone: zones.paris },
};
export type PartnerKey = keyof typeof samplePartners;

export type ClientKey = keyof typeof sampleClients;
export type PersonKey = StaffKey | ClientKey;

export type SampleAccount = {
  name: string;
  website: string;
  timeZone: string;
  /** Names the shop everywhere: domains, key of the index. */
  slug: string;
  clients: ClientKey[];
  partners?: PartnerKey[];
  pm: StaffKey;
  /** Merged in this order. */
  playbookKeys: PlaybookKey[];
  platform: 'SHOPIFY' | 'MAGENTO';
  products: ('SEARCH' | 'RECOMMENDATIONS')[];
  projectName: string;
  /** How many working days before today the proposal was signed. */
  signedWorkdaysAgo: number;
  /** What the proposal says that a form asks for, too: it is confirmed there, not asked. */
  facts?: Record<string, string>;
  /** When nobody of theirs works, beside the public holidays: MM-DD of the year of the signature. */
  daysOff?: string[];
  /** Revenue a month once live. */
  revenueMinor: number;
};

/** Just kicked off, in the middle of product data, shortly before going live, and one with two products. */
export const sampleAccounts = {
  fjord: {
    name: 'Fjord & Field',
    website: 'https://www.fjord-and-field.example',
    timeZone: zones.oslo,
    slug: 'fjord-and-field',
    clients: ['ingrid', 'jonas'],
    pm: 'mara',
    playbookKeys: ['searchShopify'],
    platform: 'SHOPIFY',
    products: ['SEARCH'],
    projectName: 'Site search',
    signedWorkdaysAgo: 3,
    revenueMinor: 240_000,
  },
  lavande: {
    name: 'Maison Lavande',
    website: 'https://www.maison-lavande.example',
    timeZone: zones.paris,
    slug: 'maison-lavande',
    clients: ['camille', 'theo'],
    partners: ['ruben'],
    pm: 'mara',
    playbookKeys: ['searchShopify'],
    platform: 'SHOPIFY',
    products: ['SEARCH'],
    projectName: 'Site search',
    signedWorkdaysAgo: 5,
    revenueMinor: 185_000,
  },
  nordlicht: {
    name: 'Nordlicht Outdoor',
    website: 'https://www.nordlicht-outdoor.example',
    timeZone: zones.berlin,
    slug: 'nordlicht-outdoor',
    clients: ['anneke', 'karim'],
    pm: 'tom',
    playbookKeys: ['searchShopify'],
    platform: 'SHOPIFY',
    products: ['SEARCH'],
    projectName: 'Site search',
    signedWorkdaysAgo: 27,
    revenueMinor: 490_000,
  },
  petra: {
    name: 'Petra Keramik',
    website: 'https://www.petra-keramik.example',
    timeZone: zones.prague,
    slug: 'petra-keramik',
    clients: ['hana', 'milos'],
    pm: 'tom',
    playbookKeys: ['searchMagento', 'recommendationsMagento'],
    platform: 'MAGENTO',
    products: ['SEARCH', 'RECOMMENDATIONS'],
    projectName: 'Search and recommendations',
    facts: { 'shop.markets': 'Czech and German; CZK and EUR' },
    signedWorkdaysAgo: 5,
    daysOff: ['05-08', '12-24', '12-28', '12-29', '12-30', '12-31'],
    revenueMinor: 365_000,
  },
} satisfies Record<string, SampleAccount>;
export type AccountKey = keyof typeof sampleAccounts;

/** What the documentation of the account's tasks is filled in with. */
export function factsOf({
  slug,
  website,
  facts = {},
}: SampleAccount): { key: string; value: string; source: string }[] {
  const host = `${slug}.search.lumen-commerce.example`;
  return [
    { key: 'shop.domain', value: new URL(website).hostname, source: 'PROPOSAL' },
    { key: 'shop.myshopifyDomain', value: `${slug}.myshopify.example`, source: 'PROPOSAL' },
    { key: 'search.accountKey', value: slug, source: 'COMPANY' },
    { key: 'search.host', value: host, source: 'COMPANY' },
    {
      key: 'search.snippet',
      value: `<script src="https://${host}/v3/search.js" data-key="${slug}" defer></script>`,
      source: 'COMPANY',
    },
    { key: 'recommendations.accountKey', value: slug, source: 'COMPANY' },
    {
      key: 'recommendations.snippet',
      value: `<script src="https://${host}/v1/recommendations.js" data-key="${slug}" defer></script>`,
      source: 'COMPANY',
    },
    ...Object.entries(facts).map(([key, value]) => ({ key, value, source: 'PROPOSAL' })),
  ];
}
