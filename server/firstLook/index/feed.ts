import { cellOf } from '../../submissions/validation/cell.ts';
import { plainText } from '../../submissions/validation/rules/common/html.ts';
import { amountOf, currencyAt, readMoney } from '../../submissions/validation/rules/common/money.ts';
import type { ValidRow } from '../../submissions/validation/types.ts';
import type { Money, SourceProduct } from '../shapes.ts';

/** What may be sold, in the words of the specification. */
const onSale = ['in stock', 'in_stock', 'preorder', 'backorder', 'build_to_order', 'build to order'];
/** Before its tags are taken out. */
const mostDescription = 5_000;

/** A valid row of a product feed as the index takes it. `asOfMs`: the moment by which a sale has begun or ended. */
export function productOf(row: ValidRow, asOfMs: number): SourceProduct {
  const text = (column: string) => row.cellAt(row.position(column)).text().trim();
  const some = (column: string) => text(column) || null;
  return {
    id: text('id'),
    title: text('title') || structured(text('structured_title')),
    description: plain(text('description') || structured(text('structured_description'))),
    link: some('link'),
    image: some('image_link'),
    price: moneyIn(text('price')),
    salePrice: isInWindow(text('sale_price_effective_date'), asOfMs) ? moneyIn(text('sale_price')) : null,
    isAvailable: onSale.includes(text('availability').toLowerCase()),
    brand: some('brand'),
    category: pathOf(text('product_type')) ?? pathOf(text('google_product_category')) ?? [],
    groupId: some('item_group_id'),
    gtin: some('gtin'),
    mpn: some('mpn'),
    rating: null,
  };
}

function plain(text: string): string {
  const start = text.slice(0, mostDescription);
  return /[<&]/.test(start) ? plainText(start) : start;
}

/** `trained_algorithmic_media:"Blue mug"` says by whom it was written, and what. */
function structured(text: string): string {
  return text.replace(/^[a-z_]+:/, '').replace(/^"(.*)"$/s, '$1');
}

/** As the rules read prices; null where there is no currency. */
function moneyIn(text: string): Money | null {
  if (text === '') return null;
  const cell = cellOf(text);
  const at = currencyAt(cell);
  if (at >= 0) return { amount: amountOf(cell), currency: text.slice(at, at + 3) };
  const money = readMoney(text);
  return money?.currency ? { amount: Number(money.amount), currency: money.currency } : null;
}

/** `2026-11-20T00:00Z/2026-11-30T00:00Z`; what cannot be read says nothing. */
function isInWindow(window: string, asOfMs: number): boolean {
  const [from, to] = window.split('/').map((moment) => Date.parse(moment.trim()));
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) return true;
  return from <= asOfMs && asOfMs < to;
}

/** Of several categories the first. A number alone names one in a list of Google's, and tells nobody anything. */
function pathOf(text: string): string[] | null {
  const levels = text
    .split(/\s*(?:>|&gt;)\s*/)
    .map((level) => level.trim())
    .filter((level) => level !== '');
  return levels.length === 0 || /^\d+$/.test(text) ? null : levels;
}
