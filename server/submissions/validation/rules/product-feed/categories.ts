import { type Cell, Has } from '../../cell.ts';
import type { CellRule, RowRule, Rule } from '../../types.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { enumOf, foldWord, isOneOfFolded } from '../common/enums.ts';
import { decodeEntities } from '../common/html.ts';
import { areSame, firstOf, isDigit, isLongerThan, isText, lastOf } from '../common/window.ts';
import { goodPractice, prisjakt, specification } from './sources.ts';

/*
 * Where a product belongs: in Google's taxonomy and in the shop's own. Of the taxonomy the 21 highest branches are known
 * here and the range of its numbers, no more: the list is Google's, changes, and does not come with this program.
 */
const branches: Readonly<Record<string, number>> = {
  'Animals & Pet Supplies': 1,
  'Apparel & Accessories': 166,
  'Arts & Entertainment': 8,
  'Baby & Toddler': 537,
  'Business & Industrial': 111,
  'Cameras & Optics': 141,
  Electronics: 222,
  'Food, Beverages & Tobacco': 412,
  Furniture: 436,
  Hardware: 632,
  'Health & Beauty': 469,
  'Home & Garden': 536,
  'Luggage & Bags': 5181,
  Mature: 772,
  Media: 783,
  'Office Supplies': 922,
  'Religious & Ceremonial': 5605,
  Software: 2092,
  'Sporting Goods': 988,
  'Toys & Games': 1239,
  'Vehicles & Parts': 888,
};
const branchNames = Object.keys(branches);
const branchIds = Object.values(branches);
/** The highest number in the taxonomy has six digits. */
const highestId = 600_000;

const taxonomy = {
  scope: 'CELL',
  severity: 'WARNING',
  columns: ['google_product_category'],
  covers: ['F1:google_product_category'],
  source: { name: 'Google product taxonomy', url: 'https://support.google.com/merchants/answer/6324436' },
} as const;

const category: CellRule = {
  ...taxonomy,
  id: 'google_product_category.value',
  code: 'validation_invalid_value',
  title: 'A category is not written as Google’s taxonomy wants it',
  advice:
    'Write the number (187) or the whole English path with “ > ” between its levels (Apparel & Accessories > Shoes), one of them alone. Here its form and its first level are judged; whether the lower levels exist, only Google’s own list tells.',
  check: (cell) => (isCategory(cell) ? null : noParams),
  fix: repairPath,
  accepted: ['187', 'Apparel & Accessories > Shoes', 'Electronics', 'Food, Beverages & Tobacco > Food Items'],
  refused: [
    'Shoes',
    'Apparel & Accessories>Shoes',
    'Apparel &amp; Accessories > Shoes',
    '0',
    '187,188',
    'Schuhe',
    '9999999',
  ],
  fixed: {
    'Apparel & Accessories>Shoes': 'Apparel & Accessories > Shoes',
    'Apparel &amp; Accessories &gt; Shoes': 'Apparel & Accessories > Shoes',
    'apparel & accessories / Shoes': 'Apparel & Accessories > Shoes',
    '187 - Apparel & Accessories > Shoes': '187',
    Shoes: null,
  },
};

function isCategory(cell: Cell): boolean {
  const { bytes } = cell;
  const start = firstOf(cell);
  const end = lastOf(cell);
  if (isDigit(bytes[start] as number)) {
    let id = 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      if (!isDigit(byte)) return false;
      id = id * 10 + byte - 0x30;
    }
    return id > 0 && id < highestId;
  }
  const level = levelEnd(bytes, start, end);
  for (let index = 0; index < branchNames.length; index++) {
    if (isText(bytes, start, level, branchNames[index] as string)) return arePartedWell(bytes, level, end);
  }
  return false;
}

/** Before the first ` > `. */
function levelEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    if (bytes[at] === 0x3e) return at > start && bytes[at - 1] === 0x20 ? at - 1 : at;
  }
  return end;
}

/** A blank on both sides of each `>`, and something behind the last. */
function arePartedWell(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (bytes[at] === 0x3e && (bytes[at - 1] !== 0x20 || bytes[at + 1] !== 0x20 || at + 2 >= end)) return false;
  }
  return true;
}

function repairPath(text: string): string | null {
  if (text.length > 1000) return null;
  const id = /^\s*([1-9][0-9]{0,5})\s*-\s*\D/.exec(text)?.[1];
  if (id !== undefined && Number(id) < highestId) return id;
  const levels = decodeEntities(decodeEntities(text))
    .split(/\s{0,9}(?:>|»|\/| \| )\s{0,9}/)
    .map((level) => level.trim());
  const [first = ''] = levels;
  const branch = branchNames.find((name) => foldWord(name) === foldWord(first));
  if (branch === undefined || levels.some((level) => level === '')) return null;
  return [branch, ...levels.slice(1)].join(' > ');
}

const categoryDepth: CellRule = {
  ...taxonomy,
  severity: 'HINT',
  id: 'google_product_category.depth',
  code: 'validation_invalid_value',
  title: 'A category is a highest branch alone',
  advice: 'Name the deepest level that fits: Apparel & Accessories > Shoes instead of Apparel & Accessories.',
  check: (cell) => {
    const start = firstOf(cell);
    const end = lastOf(cell);
    if (end - start > 26) return null;
    for (let index = 0; index < branchNames.length; index++) {
      if (isText(cell.bytes, start, end, branchNames[index] as string)) return noParams;
    }
    if (!isDigit(cell.bytes[start] as number) || end - start > 4) return null;
    let id = 0;
    for (let at = start; at < end; at++) id = id * 10 + (cell.bytes[at] as number) - 0x30;
    return branchIds.includes(id) ? noParams : null;
  },
  accepted: ['187', 'Apparel & Accessories > Shoes'],
  refused: ['166', 'Electronics'],
};

const ownPath = { scope: 'CELL', severity: 'WARNING', columns: ['product_type'], covers: ['F1:product_type'] } as const;

const typeLength: CellRule = {
  ...ownPath,
  id: 'product_type.length',
  code: 'validation_invalid_length',
  source: specification,
  title: 'A product type is too long',
  advice: 'It may have 750 characters: Home > Women > Dresses.',
  check: (cell) => (isLongerThan(cell, 750) ? noParams : null),
  accepted: ['Home > Women > Dresses', 'x'.repeat(750)],
  refused: ['x'.repeat(751)],
};

const typeLevels: CellRule = {
  ...ownPath,
  id: 'product_type.levels',
  code: 'validation_invalid_format',
  source: specification,
  title: 'The levels of a product type are not parted by “ > ”',
  advice: 'Write Home > Women > Dresses, with one blank on both sides of each sign.',
  check: (cell) => (hasOddSigns(cell) ? noParams : null),
  fix: (text) => {
    const levels = decodeEntities(text)
      .split(/[>|»›\u2192]+|::|-(?=>)/)
      .map((level) => level.trim())
      .filter((level) => level !== '');
    return levels.length === 0 ? null : levels.join(' > ');
  },
  accepted: ['Home > Women > Dresses', 'Shoes', 'Shoes/Boots', 'Tom & Co'],
  refused: [
    'Home>Women',
    'Home | Women',
    'Home » Women',
    'Home &gt; Women',
    'Home > > Women',
    'Home >',
    'Home  > Women',
  ],
  fixed: {
    'Home>Women>Dresses': 'Home > Women > Dresses',
    'Home|Women': 'Home > Women',
    'Home » Women': 'Home > Women',
    'Home &gt; Women': 'Home > Women',
    'Home->Women': 'Home > Women',
    'Home >': 'Home',
    '>': null,
  },
};

function hasOddSigns(cell: Cell): boolean {
  const { bytes } = cell;
  const start = firstOf(cell);
  const end = lastOf(cell);
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x7c) return true;
    // U+00BB », U+203A ›
    if (byte === 0xc2 && bytes[at + 1] === 0xbb) return true;
    if (byte === 0xe2 && bytes[at + 1] === 0x80 && bytes[at + 2] === 0xba) return true;
    if (byte === 0x26 && bytes[at + 1] === 0x67 && bytes[at + 2] === 0x74 && bytes[at + 3] === 0x3b) return true;
    if (byte !== 0x3e) continue;
    const isParted =
      at >= start + 2 &&
      bytes[at - 1] === 0x20 &&
      !isOdd(bytes[at - 2]) &&
      bytes[at + 1] === 0x20 &&
      at + 2 < end &&
      !isOdd(bytes[at + 2]);
    if (!isParted) return true;
  }
  return false;
}

/** One more blank or sign where a name should stand. */
function isOdd(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x3e || byte === 9;
}

const offers = enumOf([
  'sale',
  'sales',
  'angebote',
  'sonderangebote',
  'outlet',
  'clearance',
  'soldes',
  'rebajas',
  'saldi',
  'uitverkoop',
  'rea',
  'offers',
]);

const typeSale: CellRule = {
  ...ownPath,
  id: 'product_type.sale',
  code: 'validation_invalid_value',
  source: goodPractice,
  title: 'A product type is a campaign',
  advice:
    '“{level}” is not what the product is. Write its kind, like Women > Dresses; reductions belong into sale_price and labels.',
  check: (cell) => {
    const start = firstOf(cell);
    const end = lastOf(cell);
    let from = start;
    for (let at = start; at <= end; at++) {
      if (at < end && cell.bytes[at] !== 0x3e) continue;
      if (at - from < 18) {
        const level = offerAt(cell.bytes, from, at);
        if (level !== null) return { level };
      }
      from = at + 1;
    }
    return null;
  },
  accepted: ['Women > Dresses', 'Sales training books', 'Boats > Sails'],
  refused: ['Sale', 'Women > SALE', 'Outlet > Shoes'],
};

const decoder = new TextDecoder();

function offerAt(bytes: Uint8Array, start: number, end: number): string | null {
  let first = start;
  let last = end;
  while (first < last && bytes[first] === 0x20) first++;
  while (last > first && bytes[last - 1] === 0x20) last--;
  return isOneOfFolded(offers, bytes, first, last) ? decoder.decode(bytes.subarray(first, last)).toLowerCase() : null;
}

const typeBrand: RowRule = {
  id: 'product_type.brand',
  scope: 'ROW',
  severity: 'WARNING',
  code: 'validation_invalid_value',
  covers: ['F1:product_type'],
  source: prisjakt,
  title: 'A product type is only the brand',
  advice: 'Write what kind of product it is, like Shoes > Boots; the brand has its own column.',
  columns: ['product_type', 'brand'],
  needs: ['product_type', 'brand'],
  check: (cells) => {
    const [type, brand] = cells;
    if (!type || !brand || brand.isEmpty) return null;
    return areSame(type, brand) ? brokenAt('product_type') : null;
  },
  accepted: [
    { product_type: 'Shoes', brand: 'Acme' },
    { product_type: '', brand: '' },
  ],
  refused: [{ product_type: 'Acme', brand: 'Acme' }],
};

const typeBlanks: CellRule = {
  ...ownPath,
  severity: 'HINT',
  id: 'product_type.blanks',
  code: 'validation_invalid_format',
  source: goodPractice,
  title: 'A product type has blanks in a row',
  advice: 'Write one blank between words, or the same type counts as two.',
  onlyIf: Has.space,
  check: (cell) => {
    for (let at = cell.start + 1; at < cell.end; at++) {
      if (cell.bytes[at] === 0x20 && cell.bytes[at - 1] === 0x20) return noParams;
    }
    return null;
  },
  fix: (text) => text.replace(/ +/g, ' '),
  accepted: ['Home > Women > Dresses'],
  refused: ['Running  shoes'],
  fixed: { 'Running   shoes': 'Running shoes' },
};

export const categoryRules: readonly Rule[] = [
  category,
  categoryDepth,
  typeLength,
  typeLevels,
  typeSale,
  typeBrand,
  typeBlanks,
];
