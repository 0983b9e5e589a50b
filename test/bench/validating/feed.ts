import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/*
 * A product feed as large as wanted, the same for the same seed: healthy rows of about 300 bytes, and defects planted at
 * known rows and columns. Written row by row; nothing is held but the list of what was planted.
 */
export const formats = ['csv', 'tsv', 'xml', 'jsonl'] as const;
export type Format = (typeof formats)[number];

export const columns = [
  'id',
  'title',
  'description',
  'link',
  'image_link',
  'availability',
  'price',
  'sale_price',
  'brand',
  'gtin',
  'mpn',
  'condition',
  'product_type',
  'item_group_id',
  'color',
  'size',
  'gender',
  'age_group',
  'material',
  'shipping_weight',
  'custom_label_0',
] as const;
export type FeedColumn = (typeof columns)[number];
export type Planted = { row: number; column: FeedColumn; rule: string };

/** What is put into a cell, and the rule that must say so. Every kind is planted equally often. */
const defects: readonly { column: FeedColumn; rule: string; value: (healthy: string, row: number) => string }[] = [
  { column: 'price', rule: 'price.format', value: (price) => price.replace('.', ',') },
  { column: 'price', rule: 'price.positive', value: () => '0.00 EUR' },
  { column: 'gtin', rule: 'gtin.check_digit', value: (gtin) => gtin.slice(0, -1) + ((Number(gtin.at(-1)) + 1) % 10) },
  { column: 'gtin', rule: 'gtin.length', value: (gtin) => gtin.slice(0, 11) },
  { column: 'availability', rule: 'availability.enum', value: () => 'maybe later' },
  { column: 'condition', rule: 'condition.enum', value: () => 'mint' },
  { column: 'link', rule: 'url.form', value: (link) => link.replace('https://', '') },
  { column: 'title', rule: 'title.missing', value: () => '' },
  { column: 'title', rule: 'title.length', value: (title) => `${title.padEnd(170, ' and more')}.` },
  { column: 'image_link', rule: 'url.form', value: () => 'ftp://img.nordlicht.example/x.jpg' },
  { column: 'gender', rule: 'gender.enum', value: () => 'everybody' },
  { column: 'age_group', rule: 'age_group.enum', value: () => 'old' },
];

const adjectives = ['Light', 'Warm', 'Sturdy', 'Soft', 'Quiet', 'Bright', 'Plain', 'Dense'];
const things = [
  'hiking boot',
  'rain jacket',
  'wool blanket',
  'camping stove',
  'travel bag',
  'running shirt',
  'table lamp',
];
const brands = ['Nordlicht', 'Fjord & Field', 'Maison Lavande', 'Petra Keramik', 'Alpenglow'];
const colors = ['black', 'forest green', 'sand', 'blue/white', 'crème'];
const sizes = ['XS', 'S', 'M', 'L', 'XL'];
const text =
  'Made to last for many winters, easy to clean, "tested" in rain and snow, packed flat, and repaired for free for five years.';

/** A 13-digit article number of row `n`, with its check digit. */
function gtinOf(n: number): string {
  const digits = `400${String(n % 1_000_000_000).padStart(9, '0')}`;
  let sum = 0;
  for (let at = 0; at < 12; at++) sum += Number(digits[at]) * (at % 2 === 0 ? 1 : 3);
  return digits + ((10 - (sum % 10)) % 10);
}

/** Small and quick, and the same everywhere. */
function random(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function healthy(row: number, pick: <T>(of: readonly T[]) => T): Record<FeedColumn, string> {
  const thing = pick(things);
  const title = `${pick(adjectives)} ${thing} of the ${pick(brands)} range no ${row}`;
  const cents = 500 + ((row * 37) % 20_000);
  return {
    id: `SKU-${row}`,
    title,
    description: `${title}. ${text}`,
    link: `https://shop.nordlicht.example/products/${row}-${thing.replace(' ', '-')}?ref=feed`,
    image_link: `https://img.nordlicht.example/p/${row}.jpg`,
    availability: row % 9 === 0 ? 'out_of_stock' : 'in_stock',
    price: `${(cents / 100).toFixed(2)} EUR`,
    sale_price: row % 5 === 0 ? `${((cents - 100) / 100).toFixed(2)} EUR` : '',
    brand: pick(brands),
    gtin: gtinOf(row),
    mpn: `MPN${row}`,
    condition: 'new',
    product_type: 'Outdoor > Equipment > Travel',
    item_group_id: '',
    color: pick(colors),
    size: pick(sizes),
    gender: 'unisex',
    age_group: 'adult',
    material: 'wool',
    shipping_weight: '1.2 kg',
    custom_label_0: row % 3 === 0 ? 'season' : 'core',
  };
}

/** Every row, with what was planted in it told to `onPlanted`. About one row in 5,000 is broken, and at least 3 of each kind. */
export function* rowsOf(
  count: number,
  seed: number,
  onPlanted: (one: Planted) => void = () => {},
): Generator<Record<FeedColumn, string>> {
  const next = random(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;
  const each = Math.min(90, Math.max(3, Math.floor(count / 5_000 / defects.length)));
  const at = new Map<number, (typeof defects)[number]>();
  for (const defect of defects) {
    for (let planted = 0; planted < each; ) {
      const row = 1 + Math.floor(next() * count);
      if (at.has(row)) continue;
      at.set(row, defect);
      planted += 1;
    }
  }
  for (let row = 1; row <= count; row++) {
    const values = healthy(row, pick);
    const defect = at.get(row);
    if (defect) {
      values.sale_price = '';
      values[defect.column] = defect.value(values[defect.column], row);
      onPlanted({ row, column: defect.column, rule: defect.rule });
    }
    yield values;
  }
}

const delimited = (values: Record<FeedColumn, string>, delimiter: string) =>
  columns.map((name) => quoted(values[name], delimiter)).join(delimiter);

function quoted(value: string, delimiter: string): string {
  return value.includes('"') || value.includes(delimiter) || value.includes('\n')
    ? `"${value.replaceAll('"', '""')}"`
    : value;
}

const escaped = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** How each format begins, writes a row, and ends. */
export const writing: Record<
  Format,
  { head: string; row: (values: Record<FeedColumn, string>) => string; foot: string }
> = {
  csv: { head: `${columns.join(',')}\n`, row: (values) => `${delimited(values, ',')}\n`, foot: '' },
  tsv: { head: `${columns.join('\t')}\n`, row: (values) => `${delimited(values, '\t')}\n`, foot: '' },
  xml: {
    head: '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n',
    row: (values) =>
      `<item>${columns
        .filter((name) => values[name] !== '')
        .map((name) => `<g:${name}>${escaped(values[name])}</g:${name}>`)
        .join('')}</item>\n`,
    foot: '</channel></rss>\n',
  },
  jsonl: {
    head: '',
    row: (values) => `${JSON.stringify(Object.fromEntries(columns.map((name) => [name, values[name]])))}\n`,
    foot: '',
  },
};

/** Bytes of a feed of any size, made as they are read: nothing is stored. */
export function* bytesOf(format: Format, count: number, seed: number): Generator<Uint8Array> {
  const { head, row, foot } = writing[format];
  const encoder = new TextEncoder();
  let text = head;
  for (const values of rowsOf(count, seed)) {
    text += row(values);
    if (text.length < 65_536) continue;
    yield encoder.encode(text);
    text = '';
  }
  yield encoder.encode(text + foot);
}

/** Writes the feed in every format; answers what was planted. */
export async function writeFeeds(
  paths: Readonly<Partial<Record<Format, string>>>,
  count: number,
  seed: number,
): Promise<Planted[]> {
  const planted: Planted[] = [];
  const files = formats.flatMap((format) => {
    const path = paths[format];
    return path === undefined ? [] : [{ ...writing[format], file: createWriteStream(path), text: '' }];
  });
  for (const one of files) one.text = one.head;
  for (const values of rowsOf(count, seed, (one) => planted.push(one))) {
    for (const one of files) {
      one.text += one.row(values);
      if (one.text.length < 262_144) continue;
      if (!one.file.write(one.text)) await once(one.file, 'drain');
      one.text = '';
    }
  }
  for (const { file, text: rest, foot } of files) {
    file.end(rest + foot);
    await once(file, 'close');
  }
  return planted;
}
