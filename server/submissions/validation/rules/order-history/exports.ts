import type { ExportShape } from '../../types.ts';

/** The orders that the Shopify admin exports: a row a line, the price that of one piece. */
const shopify: ExportShape = {
  platform: 'Shopify',
  recognisedBy: ['name', 'created_at', 'lineitem_sku', 'lineitem_quantity', 'lineitem_price'],
  map: {
    order: 'name',
    item: 'lineitem_sku',
    timestamp: 'created_at',
    email: 'email',
    quantity: 'lineitem_quantity',
    unit_price: 'lineitem_price',
    currency: 'currency',
    discount: 'lineitem_discount',
    type: 'financial_status',
  },
  derive: (source, above) => {
    const saidIn = (header: string) => source.get(header) ?? '';
    const [quantity, unit] = [Number(saidIn('lineitem_quantity')), Number(saidIn('lineitem_price'))];
    const off = Number(saidIn('lineitem_discount') || '0');
    const total = quantity * unit - off;
    // What is said once for an order stands on the first of its lines.
    const isSame = above !== null && above.get('name') === source.get('name');
    const inherited = (header: string) => saidIn(header) || (isSame && above?.get(header)) || '';
    return {
      timestamp: saidIn('created_at').replace(/^(\S+) (\S+) ([+-]\d{4})$/, '$1T$2$3'),
      price: Number.isFinite(total) && saidIn('lineitem_price') !== '' ? total.toFixed(2) : '',
      ...(source.has('email') && { email: inherited('email') }),
      ...(source.has('currency') && { currency: inherited('currency') }),
      ...(source.has('financial_status') && { type: typeOf(inherited('financial_status')) }),
    };
  },
  own: 'financial_status',
};

/** Shopify's states of a payment; others stay as they are. */
function typeOf(status: string): string {
  if (['paid', 'partially_refunded', 'partially_paid', 'authorized', 'pending'].includes(status)) return 'purchase';
  if (status === 'refunded') return 'return';
  return status === 'voided' ? 'cancelled' : status;
}

export const orderExports: readonly ExportShape[] = [shopify];
