import type { Money } from './shapes.ts';

/** A price in its own currency; a code that is none is shown as it was written. */
export function moneyIn(locale: string): (money: Money) => string {
  return ({ amount, currency }) => {
    try {
      return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);
    } catch {
      return `${new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(amount)} ${currency}`.trim();
    }
  };
}

/** How many percent less the lower price is; 0 where it is none, or in another currency. */
export function reduction(price: Money | null, salePrice: Money | null): number {
  if (!price || !salePrice || price.currency !== salePrice.currency || price.amount <= salePrice.amount) return 0;
  return Math.round((1 - salePrice.amount / price.amount) * 100);
}
