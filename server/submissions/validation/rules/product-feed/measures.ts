import type { Cell } from '../../cell.ts';
import type { CellRule, RowRule, Rule, Severity } from '../../types.ts';
import { brokenAt, noParams } from '../common/answers.ts';
import { amountIn, repairMeasure, unitOf, unitSpellings } from '../common/measures.ts';
import { numberAt } from '../common/money.ts';
import { firstOf, isBlank, isDigit, isFoldedText, lastOf } from '../common/window.ts';
import { prisjakt, specification } from './sources.ts';

/*
 * Weights, lengths, contents and counts.
 */
const weightUnits = ['lb', 'oz', 'g', 'kg'];
const lengthUnits = ['in', 'cm'];

function weight(column: string, most: number): CellRule {
  return {
    id: `${column}.format`,
    scope: 'CELL',
    severity: 'WARNING',
    code: 'validation_invalid_format',
    covers: [`F1:${column}`],
    source: specification,
    title: `${column} is no weight`,
    advice: `Write a number with a dot and lb, oz, g or kg, like 1.5 kg, and not more than ${most}.`,
    columns: [column],
    check: (cell) => (unitOf(cell, weightUnits) === -1 || amountIn(cell) > most ? noParams : null),
    fix: (text) => within(repairMeasure(text, weightUnits, unitSpellings), 0, most),
    accepted: ['1.5 kg', '750g', '0 lb', '3 oz', '1.5 KG'],
    refused: ['1,5kg', '1.5', '2 kilos', '-1 kg', '1.5 tons', `${most + 1} kg`],
    fixed: { '1,5kg': '1.5 kg', '2 kilos': '2 kg', '500 gr.': '500 g', '1,500 g': null, '1.5': null },
  };
}

/** A repaired measure, if its number is in range. */
function within(made: string | null, least: number, most: number): string | null {
  if (made === null) return null;
  const amount = Number.parseFloat(made);
  return amount >= least && amount <= most ? made : null;
}

function packageLength(column: string): CellRule {
  return {
    id: `${column}.format`,
    scope: 'CELL',
    severity: 'WARNING',
    code: 'validation_invalid_format',
    covers: [`F1:${column}`],
    source: specification,
    title: `${column} is no length of a parcel`,
    advice: 'Write a number with a dot and cm or in, like 40 cm: from 1 to 400 cm, or from 1 to 150 in.',
    columns: [column],
    check: (cell) => {
      const unit = unitOf(cell, lengthUnits);
      const amount = amountIn(cell);
      return unit === -1 || amount < 1 || amount > (unit === 0 ? 150 : 400) ? noParams : null;
    },
    fix: (text) => {
      const made = repairMeasure(text, lengthUnits, unitSpellings);
      return within(made, 1, made?.endsWith('in') ? 150 : 400);
    },
    accepted: ['40 cm', '12.5in', '400 cm', '1 in'],
    refused: ['40', '40 mm', '0.5 cm', '401 cm', '151 in', '40,5 cm'],
    fixed: { '40,5 cm': '40.5 cm', '10 inches': '10 in', '40 mm': null, '500,5 cm': null },
  };
}

const sides = ['shipping_length', 'shipping_width', 'shipping_height'];

const allSides: RowRule = {
  id: 'shipping_size.all',
  scope: 'ROW',
  severity: 'WARNING',
  code: 'validation_inconsistent',
  covers: sides.map((side) => `F1:${side}`),
  source: specification,
  title: 'A parcel has one or two of its three sizes',
  advice: 'Fill shipping_length, shipping_width and shipping_height, or none of them; one alone is not used.',
  columns: sides,
  check: (cells) => {
    let filled = 0;
    for (let at = 0; at < 3; at++) if (!isBlank(cells[at] as Cell)) filled++;
    if (filled === 0 || filled === 3) return null;
    for (let at = 0; at < 3; at++) if (isBlank(cells[at] as Cell)) return brokenAt(sides[at] ?? null);
    return null;
  },
  accepted: [
    { shipping_length: '40 cm', shipping_width: '30 cm', shipping_height: '10 cm' },
    { shipping_length: '', shipping_width: '', shipping_height: '' },
  ],
  refused: [{ shipping_length: '40 cm', shipping_width: '', shipping_height: '10 cm' }, { shipping_length: '40 cm' }],
};

/** Units of contents, by what they measure: only equals can be compared. */
const dimensions: readonly (readonly string[])[] = [
  ['oz', 'lb', 'mg', 'g', 'kg'],
  ['floz', 'pt', 'qt', 'gal', 'ml', 'cl', 'l', 'cbm'],
  ['in', 'ft', 'yd', 'cm', 'm'],
  ['sqft', 'sqm'],
  ['ct'],
];
const contentUnits = dimensions.flat();

/** Of `dimensions`; -1: no measure. */
function dimensionOf(cell: Cell): number {
  const unit = unitOf(cell, contentUnits);
  if (unit === -1) return -1;
  const name = contentUnits[unit] as string;
  for (let at = 0; at < dimensions.length; at++) if (dimensions[at]?.includes(name)) return at;
  return -1;
}

const contents: CellRule = {
  id: 'unit_pricing_measure.format',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  covers: ['F1:unit_pricing_measure'],
  source: specification,
  title: 'The contents of a product are no measure',
  advice: 'Write a number above 0 with a dot and a unit, like 750 ml, 1.5 kg, 10 sqm or 12 ct.',
  columns: ['unit_pricing_measure'],
  check: (cell) => (unitOf(cell, contentUnits) === -1 || amountIn(cell) <= 0 ? noParams : null),
  fix: (text) => within(repairMeasure(text, contentUnits, unitSpellings), 1e-9, 1e12),
  accepted: ['750 ml', '1.5kg', '12 ct', '10 sqm'],
  refused: ['750', '0,75 l', '0 ml', '3 pieces', 'one litre'],
  fixed: { '0,75 l': '0.75 l', '2 litres': '2 l', '0 ml': null, '3 pieces': null, '7,"': null },
};

/** What a price per unit may be given for. */
const bases = ['1', '10', '100', '2', '4', '8'];
const ownBases = ['75cl', '750ml', '50kg', '1000kg'];

const base: CellRule = {
  id: 'unit_pricing_base_measure.format',
  scope: 'CELL',
  severity: 'WARNING',
  code: 'validation_invalid_format',
  covers: ['F1:unit_pricing_base_measure'],
  source: specification,
  title: 'A price per unit is given for an unusual amount',
  advice: 'Write 1, 10, 100, 2, 4 or 8 and a unit, like 100 ml; also 75cl, 750ml, 50kg and 1000kg.',
  columns: ['unit_pricing_base_measure'],
  check: (cell) => (isBase(cell) ? null : noParams),
  fix: (text) => {
    const made = repairMeasure(text, contentUnits, unitSpellings);
    const [amount = '', unit = ''] = made?.split(' ') ?? [];
    return made !== null && (bases.includes(amount) || ownBases.includes(amount + unit)) ? made : null;
  },
  accepted: ['100 ml', '1kg', '75cl', '750 ml', '1000kg', '8 ct'],
  refused: ['50 ml', '1.5 kg', '100', '1 litre', '3 ct'],
  fixed: { '1 litre': '1 l', '100 grams': '100 g', '50 ml': null },
};

function isBase(cell: Cell): boolean {
  const unit = unitOf(cell, contentUnits);
  if (unit === -1) return false;
  const name = contentUnits[unit] as string;
  const start = firstOf(cell);
  let end = start;
  while (end < cell.end && isDigit(cell.bytes[end] as number)) end++;
  if (cell.bytes[end] === 0x2e) return false;
  for (const amount of bases) if (isFoldedText(cell.bytes, start, end, amount)) return true;
  for (const own of ownBases) {
    const amount = own.slice(0, -name.length);
    if (own.endsWith(name) && isFoldedText(cell.bytes, start, end, amount)) return true;
  }
  return false;
}

const sameDimension: RowRule = {
  id: 'unit_pricing.dimension',
  scope: 'ROW',
  severity: 'WARNING',
  code: 'validation_inconsistent',
  covers: ['F1:unit_pricing_measure', 'F1:unit_pricing_base_measure'],
  source: specification,
  title: 'Contents and price per unit count in different things',
  advice: 'Both must be weights, volumes, lengths, areas or pieces: 750 ml beside 100 ml.',
  columns: ['unit_pricing_measure', 'unit_pricing_base_measure'],
  needs: ['unit_pricing_measure', 'unit_pricing_base_measure'],
  check: (cells) => {
    const [measure, per] = cells;
    if (!measure || !per || measure.isEmpty || per.isEmpty) return null;
    const first = dimensionOf(measure);
    const second = dimensionOf(per);
    return first === -1 || second === -1 || first === second ? null : brokenAt('unit_pricing_base_measure');
  },
  accepted: [
    { unit_pricing_measure: '750 ml', unit_pricing_base_measure: '1 l' },
    { unit_pricing_measure: '750 ml', unit_pricing_base_measure: '' },
  ],
  refused: [{ unit_pricing_measure: '750 ml', unit_pricing_base_measure: '100 g' }],
};

/** Whole numbers from `least`. */
function wholeNumber(column: string, least: 0 | 1, severity: Severity, title: string, advice: string): CellRule {
  return {
    id: `${column}.number`,
    scope: 'CELL',
    severity,
    code: 'validation_invalid_format',
    covers: [`F1:${column}`],
    source: specification,
    title,
    advice,
    columns: [column],
    check: (cell) => {
      const start = firstOf(cell);
      const end = lastOf(cell);
      if (end - start > 9) return noParams;
      for (let at = start; at < end; at++) if (!isDigit(cell.bytes[at] as number)) return noParams;
      return start === end || numberAt(cell.bytes, start, end) >= least ? null : noParams;
    },
    fix: (text) => {
      const whole = /^\s*\+?([0-9]{1,9})(?:[.,]0{1,4})?\s*$/.exec(text)?.[1];
      return whole !== undefined && Number(whole) >= least ? whole : null;
    },
    accepted: ['1', '12', ...(least === 0 ? ['0'] : [])],
    refused: ['1.5', '-1', 'two', '12 days', ...(least === 1 ? ['0'] : [])],
    fixed: { '2.0': '2', '+3': '3', two: null },
  };
}

const handlingOrder: RowRule = {
  id: 'handling_time.order',
  scope: 'ROW',
  severity: 'ERROR',
  code: 'validation_inconsistent',
  covers: ['F1:min_handling_time', 'F1:max_handling_time'],
  source: prisjakt,
  title: 'The shortest handling time is longer than the longest',
  advice: 'min_handling_time is at most max_handling_time: 1 and 3 working days.',
  columns: ['min_handling_time', 'max_handling_time'],
  needs: ['min_handling_time', 'max_handling_time'],
  check: (cells) => {
    const [shortest, longest] = cells;
    if (!shortest || !longest || shortest.isEmpty || longest.isEmpty) return null;
    const least = wholeOf(shortest);
    const most = wholeOf(longest);
    return least > most ? brokenAt('min_handling_time') : null;
  },
  accepted: [
    { min_handling_time: '1', max_handling_time: '3' },
    { min_handling_time: '1', max_handling_time: '' },
    { min_handling_time: 'two', max_handling_time: '1' },
  ],
  refused: [{ min_handling_time: '4', max_handling_time: '3' }],
};

function wholeOf(cell: Cell): number {
  const start = firstOf(cell);
  const end = lastOf(cell);
  for (let at = start; at < end; at++) if (!isDigit(cell.bytes[at] as number)) return Number.NaN;
  return numberAt(cell.bytes, start, end);
}

export const measureRules: readonly Rule[] = [
  weight('shipping_weight', 2000),
  weight('product_weight', 2000),
  ...sides.map(packageLength),
  allSides,
  contents,
  base,
  sameDimension,
  wholeNumber(
    'multipack',
    1,
    'ERROR',
    'multipack is no number of pieces',
    'Write how many equal products are sold as one, like 6; leave it empty for a single one.',
  ),
  wholeNumber(
    'min_handling_time',
    0,
    'ERROR',
    'The shortest handling time is no number of days',
    'Write working days as a whole number, like 1; 0 is the same day.',
  ),
  wholeNumber(
    'max_handling_time',
    0,
    'ERROR',
    'The longest handling time is no number of days',
    'Write working days as a whole number, like 3; 0 is the same day.',
  ),
  handlingOrder,
];
