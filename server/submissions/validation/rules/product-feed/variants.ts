import { type Cell, Has } from '../../cell.ts';
import type { CellRule, RowRule, Rule, Severity } from '../../types.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { enumOf, isOneOfFolded } from '../common/enums.ts';
import {
  charactersIn,
  firstOf,
  isBlank,
  isDigit,
  isFoldedText,
  isLetter,
  isLongerThan,
  lastOf,
} from '../common/window.ts';
import { itemGroups, prisjakt, specification } from './sources.ts';

/*
 * What tells variants apart, and what clothes must say.
 */
const groupLength: CellRule = {
  id: 'item_group_id.length',
  scope: 'CELL',
  severity: 'ERROR',
  code: 'validation_invalid_length',
  covers: ['F1:item_group_id'],
  source: itemGroups,
  title: 'An item_group_id has more than 50 characters',
  advice:
    'Give all variants of a product one short id, for example the article number of the product without its variant: SHOE-42.',
  columns: ['item_group_id'],
  check: (cell) => (isLongerThan(cell, 50) ? noParams : null),
  accepted: ['SHOE-42', 'x'.repeat(50)],
  refused: ['x'.repeat(51)],
};

const groupBytes = Uint8Array.from({ length: 256 }, (_, byte) =>
  isLetter(byte) || isDigit(byte) || byte === 0x2d || byte === 0x5f ? 1 : 0,
);

const groupCharacters: CellRule = {
  id: 'item_group_id.characters',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  covers: ['F1:item_group_id'],
  source: itemGroups,
  title: 'An item_group_id has other signs than letters, digits, _ and -',
  advice: 'Write it like SHOE_42 or SHOE-42.',
  columns: ['item_group_id'],
  check: (cell) => {
    const { bytes } = cell;
    const end = lastOf(cell);
    for (let at = firstOf(cell); at < end; at++) if (groupBytes[bytes[at] as number] === 0) return noParams;
    return null;
  },
  accepted: ['SHOE-42', 'a_1'],
  refused: ['SHOE 42', 'größe', 'a/b'],
};

const color = {
  scope: 'CELL',
  severity: 'WARNING',
  columns: ['color'],
  covers: ['F1:color'],
  source: specification,
} as const;

const colorLength: CellRule = {
  ...color,
  id: 'color.length',
  code: 'validation_invalid_length',
  title: 'A colour is too long, or there are more than three',
  advice: 'Write up to three colours of at most 40 characters each, the main one first: Red/White/Black.',
  check: (cell) => {
    const { bytes } = cell;
    const end = lastOf(cell);
    if (isLongerThan(cell, 100)) return noParams;
    let start = firstOf(cell);
    let count = 1;
    for (let at = start; at <= end; at++) {
      if (at < end && bytes[at] !== 0x2f) continue;
      if (at - start > 40 && charactersIn(bytes, start, at) > 40) return noParams;
      if (at < end) count++;
      start = at + 1;
    }
    return count > 3 ? noParams : null;
  },
  accepted: ['Red', 'Red/White/Black', 'x'.repeat(40)],
  refused: ['Red/White/Black/Blue', 'x'.repeat(41), `${'x'.repeat(40)}/${'y'.repeat(40)}/${'z'.repeat(40)}`],
};

const noColors = enumOf([
  'multi',
  'multicolor',
  'multicolour',
  'multicolored',
  'multicoloured',
  'various',
  'mehrfarbig',
  'bunt',
  'n/a',
  'none',
  'see image',
  'assorted',
]);

const colorValue: CellRule = {
  ...color,
  id: 'color.value',
  code: 'validation_invalid_value',
  title: 'A colour is a number, a code or no colour at all',
  advice: 'Write a name that people know, like Red, or Red/White for two. Numbers, #FF0000 and “multi” are not shown.',
  check: (cell) => {
    const { bytes } = cell;
    const start = firstOf(cell);
    const end = lastOf(cell);
    if (bytes[start] === 0x23) return noParams;
    if ((cell.flags & Has.digit) !== 0 && (cell.flags & (Has.lower | Has.upper | Has.nonAscii)) === 0) return noParams;
    return isOneOfFolded(noColors, bytes, start, end) ? noParams : null;
  },
  accepted: ['Red', 'Heather Grey 12', 'Rosa/Weiß'],
  refused: ['#FF0000', '12', 'multi', 'Multicolor', '12/14'],
};

const colorSigns: CellRule = {
  ...color,
  id: 'color.signs',
  code: 'validation_invalid_format',
  title: 'Colours are not parted by /',
  advice: 'Write Red/White, without commas and blanks between them.',
  check: (cell) => {
    for (let at = cell.start; at < cell.end; at++) {
      const byte = cell.bytes[at];
      if (byte === 0x2c || byte === 0x3b || byte === 0x7c) return noParams;
      if (byte === 0x2f && (cell.bytes[at - 1] === 0x20 || cell.bytes[at + 1] === 0x20)) return noParams;
    }
    return null;
  },
  fix: (text) => {
    const parts = text.split(/[,;|/]/).map((part) => part.trim());
    return parts.every((part) => part !== '') ? parts.join('/') : null;
  },
  accepted: ['Red', 'Red/White'],
  refused: ['Red, White', 'Red;White', 'Red / White', 'Red|White'],
  fixed: { 'Red, White': 'Red/White', 'Red / White': 'Red/White', 'Red,': null },
};

/** A text that may have so many characters, and nothing more is asked of it. */
function longest(column: string, most: number, severity: Severity = 'WARNING', example = 'cotton'): CellRule {
  return {
    id: `${column}.length`,
    scope: 'CELL',
    severity,
    code: 'validation_invalid_length',
    covers: [`F1:${column}`],
    source: specification,
    title: `${column} has more than ${most} characters`,
    advice: `Shorten it to ${most} characters at most, for example ${example}.`,
    columns: [column],
    check: (cell) => (isLongerThan(cell, most) ? noParams : null),
    accepted: [example, 'ü'.repeat(most)],
    refused: ['x'.repeat(most + 1)],
  };
}

/** Clothes and shoes, by Google's category: the path, or the numbers of its larger branches. */
export function isApparel(cell: Cell | undefined): boolean {
  if (cell === undefined || cell.isEmpty) return false;
  const { bytes } = cell;
  const start = firstOf(cell);
  const end = lastOf(cell);
  if (isDigit(bytes[start] as number)) {
    for (let index = 0; index < apparelIds.length; index++) {
      if (isFoldedText(bytes, start, end, apparelIds[index] as string)) return true;
    }
    return false;
  }
  return end - start >= 21 && isFoldedText(bytes, start, start + 21, 'apparel & accessories');
}

/** Apparel & Accessories, Clothing, Shoes, Dresses, Shirts & Tops, Pants, Outerwear. */
const apparelIds = ['166', '1604', '187', '2271', '212', '204', '203'];
/** Sizes are asked of clothes and shoes alone. */
const sizedPaths = ['apparel & accessories > clothing', 'apparel & accessories > shoes'];

function isSized(cell: Cell): boolean {
  const start = firstOf(cell);
  if (isDigit(cell.bytes[start] as number)) return !isFoldedText(cell.bytes, start, lastOf(cell), '166');
  for (const path of sizedPaths) {
    const end = start + path.length;
    if (end <= cell.end && isFoldedText(cell.bytes, start, end, path)) return true;
  }
  return false;
}

function apparelMissing(column: string, example: string): RowRule {
  return {
    id: `${column}.missing`,
    scope: 'ROW',
    severity: 'WARNING',
    code: 'validation_missing_value',
    covers: [`F1:${column}`],
    source: specification,
    title: `Clothes without ${column}`,
    advice: `Products of the category Apparel & Accessories need it, for example ${example}.`,
    columns: [column, 'google_product_category'],
    needs: ['google_product_category'],
    check: (cells) => {
      const [cell, category] = cells;
      if (cell === undefined || category === undefined || !isBlank(cell) || !isApparel(category)) return null;
      return column !== 'size' || isSized(category) ? brokenAt(column) : null;
    },
    accepted: [
      { [column]: example, google_product_category: 'Apparel & Accessories > Shoes' },
      { [column]: '', google_product_category: 'Electronics' },
      { [column]: '', google_product_category: '' },
    ],
    refused: [
      { [column]: '', google_product_category: 'Apparel & Accessories > Shoes' },
      { google_product_category: '187' },
    ],
  };
}

const sizeSystem: RowRule = {
  id: 'size.system',
  scope: 'ROW',
  severity: 'HINT',
  code: 'validation_missing_value',
  covers: ['F1:size'],
  source: prisjakt,
  title: 'A size does not say in which system it counts',
  advice: 'Add size_system, for example EU, where the size is a number: 42 is another shoe in the EU and in the US.',
  columns: ['size', 'size_system'],
  needs: ['size'],
  check: (cells) => {
    const [size, system] = cells;
    if (!size || size.isEmpty || (size.flags & Has.digit) === 0) return null;
    if (system === undefined || !isBlank(system) || !isDigit(size.bytes[firstOf(size)] as number)) return null;
    return brokenAt('size');
  },
  accepted: [{ size: '42', size_system: 'EU' }, { size: 'XL' }, { size: '' }],
  refused: [{ size: '42', size_system: '' }, { size: '9.5' }],
};

const brandLength = longest('brand', 70, 'ERROR', 'Acme');

const noBrands = enumOf([
  'n/a',
  'na',
  'generic',
  'no name',
  'noname',
  'no brand',
  'unknown',
  'none',
  'unbranded',
  'null',
  'undefined',
  'ohne marke',
  '-',
  'does not exist',
]);

const brandValue: CellRule = {
  id: 'brand.value',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_value',
  covers: ['F1:brand'],
  source: prisjakt,
  title: 'A brand is none',
  advice: 'Leave the cell empty instead of “{value}”; write the name on the product, like Acme, where it has one.',
  columns: ['brand'],
  check: (cell, judging) => {
    const start = firstOf(cell);
    const end = lastOf(cell);
    if (isOneOfFolded(noBrands, cell.bytes, start, end)) return { value: cell.text() };
    return isShop(cell, judging.declared.shopName) ? { value: cell.text() } : null;
  },
  exampleDeclares: { shopName: 'Emma’s Shoe Palace' },
  accepted: ['Acme', 'Naim', 'Generic Surplus'],
  refused: ['N/A', 'generic', 'No Name', 'Unknown', '-', 'Emma’s Shoe Palace'],
};

function isShop(cell: Cell, shopName: string | undefined): boolean {
  return (
    shopName !== undefined && shopName !== '' && cell.text().trim().toLowerCase() === shopName.trim().toLowerCase()
  );
}

/** Books, films and music have authors, not brands. */
const brandless = ['media > books', 'media > dvds & videos', 'media > music', '783', '784', '839', '855'];

const brandMissing: RowRule = {
  id: 'brand.missing',
  scope: 'ROW',
  severity: 'WARNING',
  code: 'validation_missing_value',
  covers: ['F1:brand'],
  source: prisjakt,
  title: 'A new product has no brand',
  advice: 'Write the name under which its maker sells it, like Acme. Books, films and music need none.',
  columns: ['brand', 'condition', 'google_product_category'],
  needs: ['brand'],
  check: (cells) => {
    const [brand, condition, category] = cells;
    if (brand === undefined || !isBlank(brand)) return null;
    if (condition && isUsed(condition)) return null;
    if (category && !category.isEmpty && isBrandless(category)) return null;
    return brokenAt('brand');
  },
  accepted: [
    { brand: 'Acme', condition: 'new' },
    { brand: '', condition: 'used' },
    { brand: '', google_product_category: 'Media > Books > Print Books' },
  ],
  refused: [{ brand: '' }, { brand: '', condition: 'new', google_product_category: 'Electronics' }],
};

function isUsed(condition: Cell): boolean {
  const start = firstOf(condition);
  const end = lastOf(condition);
  return isFoldedText(condition.bytes, start, end, 'used') || isFoldedText(condition.bytes, start, end, 'refurbished');
}

function isBrandless(category: Cell): boolean {
  const start = firstOf(category);
  for (const path of brandless) {
    const end = start + path.length;
    if (end > category.end || !isFoldedText(category.bytes, start, end, path)) continue;
    if (end === lastOf(category) || !isDigit(category.bytes[start] as number)) return true;
  }
  return false;
}

export const variantRules: readonly Rule[] = [
  groupLength,
  groupCharacters,
  colorLength,
  colorValue,
  colorSigns,
  longest('size', 100, 'WARNING', 'XL'),
  sizeSystem,
  longest('material', 200),
  longest('pattern', 100, 'WARNING', 'striped'),
  apparelMissing('color', 'Red'),
  apparelMissing('size', 'XL'),
  apparelMissing('gender', 'unisex'),
  apparelMissing('age_group', 'adult'),
  brandLength,
  brandValue,
  brandMissing,
  ...[0, 1, 2, 3, 4].map((at) => longest(`custom_label_${at}`, 100, 'WARNING', 'summer')),
  longest('promotion_id', 50, 'WARNING', 'SUMMER26'),
  longest('external_seller_id', 50, 'ERROR', 'seller-42'),
  longest('shipping_label', 100, 'WARNING', 'oversized'),
  longest('loyalty_program_label', 100, 'HINT', 'club'),
  longest('loyalty_tier_label', 100, 'HINT', 'gold'),
];
