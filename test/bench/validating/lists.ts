import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/*
 * The other kinds of tables as shops export them, healthy throughout: what they cost is the cost of looking.
 */
export const lists = ['order-history', 'subscriber-list'] as const;
export type List = (typeof lists)[number];

const names = ['Anna', 'Bo', 'Chloé', 'Dimitri', 'Elif', 'Frédéric', 'Greta', 'Hans-Peter', 'Ines', 'Jürgen'];
const families = ['Berg', 'Lindqvist', 'Dupont', 'García', 'Kowalski', 'van den Berg', 'Müller', 'Rossi'];
const countries = ['DE', 'AT', 'CH', 'FR', 'SE', 'NL'];
const two = (value: number) => String(value).padStart(2, '0');

/** A moment of the year before 2026-11-01, to the second. */
function momentOf(n: number): string {
  const at = new Date(Date.UTC(2026, 9, 31, 23, 59, 59) - ((n * 7_919) % 31_536_000) * 1_000);
  return at.toISOString().replace('.000Z', 'Z');
}

const writing: Record<List, { head: string; row: (n: number) => string }> = {
  'order-history': {
    head: 'order,item,timestamp,customer,quantity,price,currency,unit_price,discount,tax,coupon,type,store_id,locale,category\n',
    row: (n) => {
      const order = Math.floor(n / 2);
      const pieces = 1 + (n % 3);
      const unit = (500 + ((n * 37) % 20_000)) / 100;
      return `${100_000 + order},SKU-${n % 40_000},${momentOf(order)},C-${order % 90_000},${pieces},${(unit * pieces).toFixed(2)},EUR,${unit.toFixed(2)},0.00,${(unit * pieces * 0.19).toFixed(2)},${n % 7 === 0 ? 'WINTER26' : ''},purchase,${1 + (n % 12)},de-DE,Outdoor > Equipment > Travel\n`;
    },
  },
  'subscriber-list': {
    head: 'email,phone,external_id,first_name,last_name,locale,country,timezone,birthday,date_added,consent_email,consent_sms,consent_timestamp,consent_source\n',
    row: (n) => {
      const name = names[n % names.length] as string;
      const family = families[n % families.length] as string;
      const birthday = `${1950 + (n % 55)}-${two(1 + (n % 12))}-${two(1 + (n % 28))}`;
      return `kunde.${n}@mail${n % 900}.example,+4917${String(10_000_000 + n)},C-${n},${name},${family},de-DE,${countries[n % countries.length]},Europe/Berlin,${birthday},${momentOf(n)},true,${n % 3 === 0 ? 'true' : 'false'},${momentOf(n + 5)},checkout\n`;
    },
  },
};

export async function writeList(list: List, path: string, count: number): Promise<void> {
  const { head, row } = writing[list];
  const file = createWriteStream(path);
  let text = head;
  for (let n = 0; n < count; n++) {
    text += row(n);
    if (text.length < 262_144) continue;
    if (!file.write(text)) await once(file, 'drain');
    text = '';
  }
  file.end(text);
  await once(file, 'close');
}
