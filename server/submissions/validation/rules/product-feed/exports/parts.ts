import type { ExampleRow, Judging } from '../../../types.ts';
import { isCurrency } from '../../common/currencies.ts';
import { foldWord } from '../../common/enums.ts';
import { simplifyHtml } from '../../common/html.ts';
import { fitDecimals, readAmount } from '../../common/money.ts';

/*
 * What the exports of shop platforms have in common. A platform writes plain numbers, paths without the shop's address and
 * options by the names that the shop gave them; the feed wants prices, addresses and attributes.
 */

export type Source = ReadonlyMap<string, string>;

/** The first of the named values that holds something. */
export function firstOf(source: Source | null, ...names: readonly string[]): string {
  for (const name of names) {
    const value = source?.get(name)?.trim() ?? '';
    if (value !== '') return value;
  }
  return '';
}

/** Asked once for a whole file: platforms write neither. */
export const asks = ['currency', 'shopUrl'];

/** `129.0000` of a platform's database -> `129.00 EUR`; without a currency the number alone, so that it is asked for. */
export function priceOf(value: string, judging: Judging): string {
  if (value === '') return '';
  // A platform's dot is a decimal mark, also before three digits.
  const amount = /^\d+(?:\.\d+)?$/.test(value) ? value : (readAmount(value) ?? value);
  const { currency } = judging.declared;
  if (currency === undefined || !isCurrency(currency)) return amount;
  return `${fitDecimals(amount, currency) ?? amount} ${currency}`;
}

/** Above 0, written as a platform writes it. */
export function isAmount(value: string): boolean {
  return Number.parseFloat(value) > 0;
}

/** A path below the shop's address; an address stays; '' when the shop was not named. */
export function addressOf(path: string, judging: Judging): string {
  if (path === '' || /^https?:\/\//i.test(path)) return path;
  const shop = shopOf(judging);
  return shop === '' ? '' : `${shop}/${path.replace(/^\/{1,9}/, '')}`;
}

function shopOf(judging: Judging): string {
  let shop = judging.declared.shopUrl?.trim() ?? '';
  while (shop.endsWith('/')) shop = shop.slice(0, -1);
  if (shop === '') return '';
  return /^https?:\/\//i.test(shop) ? shop : `https://${shop}`;
}

/** The body of a product's page as simple HTML. */
export function textOf(html: string): string {
  return simplifyHtml(html);
}

/** Names that shops give to options and attributes, folded, and what they are in a feed. */
const attributes: Readonly<Record<string, string>> = {
  color: 'color',
  colour: 'color',
  farbe: 'color',
  couleur: 'color',
  kleur: 'color',
  farg: 'color',
  kolor: 'color',
  size: 'size',
  groesse: 'size',
  grosse: 'size',
  taille: 'size',
  talla: 'size',
  maat: 'size',
  storlek: 'size',
  rozmiar: 'size',
  material: 'material',
  matiere: 'material',
  materiaal: 'material',
  pattern: 'pattern',
  muster: 'pattern',
  gender: 'gender',
  geschlecht: 'gender',
  agegroup: 'age_group',
  brand: 'brand',
  marke: 'brand',
  manufacturer: 'brand',
  hersteller: 'brand',
  gtin: 'gtin',
  ean: 'gtin',
  ean13: 'gtin',
  upc: 'gtin',
  isbn: 'gtin',
  barcode: 'gtin',
  mpn: 'mpn',
};

/** Options as attributes of the feed; what is none of them is left out. */
export function attributesOf(options: Iterable<readonly [name: string, value: string]>): Record<string, string> {
  const made: Record<string, string> = {};
  for (const [name, value] of options) {
    const folded = foldWord(name);
    const column = Object.hasOwn(attributes, folded) ? attributes[folded] : undefined;
    if (column !== undefined && value.trim() !== '') made[column] ??= value.trim();
  }
  return made;
}

/** At most 50 characters, as ids have: what is longer keeps its begin and a mark of the rest. */
export function shortId(id: string): string {
  if (id.length <= 50) return id;
  let mark = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) mark = Math.imul(mark ^ id.charCodeAt(at), 0x01000193);
  return `${id.slice(0, 41)}-${(mark >>> 0).toString(16).padStart(8, '0')}`;
}

/** Only what holds something: the mapped cells of the other columns stay as they are. */
export function filled(row: Readonly<Record<string, string | undefined>>): ExampleRow {
  return Object.fromEntries(Object.entries(row).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
