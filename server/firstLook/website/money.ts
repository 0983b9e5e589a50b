/*
 * Prices as shops write them for people and for machines. What cannot be told for sure is no price: a wrong one is worse
 * than none.
 */
const maxText = 60;
const most = 1_000_000_000;
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
/** Signs of one currency alone; `$`, `kr` and `¥` are those of many. */
const signs: readonly (readonly [RegExp, string])[] = [
  [/€/, 'EUR'],
  [/£/, 'GBP'],
  [/zł/i, 'PLN'],
  [/kč/i, 'CZK'],
  [/₹/, 'INR'],
  [/₺/, 'TRY'],
  [/₴/, 'UAH'],
  [/₪/, 'ILS'],
  [/\bFr\./, 'CHF'],
];
/** Their smallest coin is a thousandth: three digits behind the mark are no thousands. */
const inThousandths: readonly string[] = ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'];

/** The first amount in "1.299,00 €", "from 12", "CHF 1'299.–", 12.5; null when there is none above zero. */
export function amountOf(value: unknown, currency: string | null = null): number | null {
  if (typeof value === 'number') return within(value);
  if (typeof value !== 'string') return null;
  const text = value.slice(0, maxText).replaceAll(/[\s\u00a0\u2009\u202f]+/g, ' ');
  const found = /\d+(?:[ ’'](?=\d{3}(?!\d))\d{3}|[.,]\d+)*/.exec(text);
  if (!found || /[-−–]\s?$/.test(text.slice(0, found.index))) return null;
  return within(Number(plainNumber(found[0].replaceAll(/[ ’']/g, ''), currency)));
}

/** Digits with a point before the fraction, if it has one; no number where its marks make no sense. */
function plainNumber(written: string, currency: string | null): string {
  const groups = written.split(/[.,]/);
  const marks = written.replaceAll(/\d/g, '');
  const [last = ''] = groups.slice(-1);
  const isOneKind = new Set(marks).size === 1;
  if (marks === '') return written;
  if (marks.length > 1 && isOneKind) return isGrouped(groups) ? groups.join('') : 'none';
  if (marks.length === 1) {
    const isThousands = last.length === 3 && !written.startsWith('0') && !inThousandths.includes(currency ?? '');
    return isThousands ? groups.join('') : groups.join('.');
  }
  // Of two kinds the last is that of the fraction.
  const whole = groups.slice(0, -1);
  const isWritten = marks.indexOf(marks.at(-1) ?? '') === marks.length - 1 && isGrouped(whole);
  return isWritten ? `${whole.join('')}.${last}` : 'none';
}

/** In threes, or as in India: 1,29,900. */
function isGrouped([first = '', ...others]: readonly string[]): boolean {
  const isInside = others.slice(0, -1).every((group) => group.length === 3 || group.length === 2);
  return first.length <= 3 && isInside && others.at(-1)?.length === 3;
}

function within(amount: number): number | null {
  return Number.isFinite(amount) && amount > 0 && amount <= most ? amount : null;
}

/** The first that names a currency, by its code or by a sign that is its own. */
export function currencyOf(...values: readonly unknown[]): string | null {
  for (const value of values) {
    if (typeof value !== 'string') continue;
    const text = value.slice(0, maxText).trim();
    const code = text.length === 3 ? text.toUpperCase() : (/(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/.exec(text)?.[0] ?? '');
    if (currencies.has(code)) return code;
    const sign = signs.find(([pattern]) => pattern.test(text));
    if (sign) return sign[1];
  }
  return null;
}
