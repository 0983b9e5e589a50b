import type { Cell } from '../../cell.ts';
import { numberAt, numberEndOf, readAmount } from './money.ts';
import { firstOf, isFoldedText, lastOf } from './window.ts';

/*
 * A number and its unit: `1.5 kg`, `750ml`.
 */

/** Which of `units` (small letters) stands behind the number; -1: it is no measure in one of them. */
export function unitOf(cell: Cell, units: readonly string[]): number {
  const start = firstOf(cell);
  const end = lastOf(cell);
  let at = numberEndOf(cell.bytes, start, end);
  if (at === start) return -1;
  if (cell.bytes[at] === 0x20) at++;
  for (let index = 0; index < units.length; index++) {
    if (isFoldedText(cell.bytes, at, end, units[index] as string)) return index;
  }
  return -1;
}

/** The number before the unit. */
export function amountIn(cell: Cell): number {
  return numberAt(cell.bytes, firstOf(cell), lastOf(cell));
}

/** `1,5kg` -> `1.5 kg`, `2 kilos` -> `2 kg`; null where number or unit is not certain. */
export function repairMeasure(
  text: string,
  units: readonly string[],
  spellings: Readonly<Record<string, string>>,
): string | null {
  const [, number = '', word = ''] = /^([0-9][0-9.,' ]{0,20}?) ?([a-z"]{1,12})\.?$/i.exec(text.trim()) ?? [];
  const amount = number === '' ? null : readAmount(number);
  const folded = word.toLowerCase();
  const unit = units.includes(folded) ? folded : Object.hasOwn(spellings, folded) ? spellings[folded] : undefined;
  return amount === null || unit === undefined || !units.includes(unit) ? null : `${amount} ${unit}`;
}

/** How people write units. */
export const unitSpellings: Readonly<Record<string, string>> = {
  kilo: 'kg',
  kilos: 'kg',
  kgs: 'kg',
  kilogram: 'kg',
  kilograms: 'kg',
  gr: 'g',
  gram: 'g',
  grams: 'g',
  gramm: 'g',
  pound: 'lb',
  pounds: 'lb',
  lbs: 'lb',
  ounce: 'oz',
  ounces: 'oz',
  centimeter: 'cm',
  centimeters: 'cm',
  centimetre: 'cm',
  centimetres: 'cm',
  cms: 'cm',
  inch: 'in',
  inches: 'in',
  '"': 'in',
  litre: 'l',
  litres: 'l',
  liter: 'l',
  liters: 'l',
  ltr: 'l',
  milliliter: 'ml',
  millilitre: 'ml',
  meter: 'm',
  metre: 'm',
  meters: 'm',
  metres: 'm',
};
