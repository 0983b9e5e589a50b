/** An input that asks for a product feed, checked as one. */
export const aFeed = {
  key: 'feed',
  label: 'Product feed',
  spec: {
    kind: 'FILE',
    acceptedExtensions: ['.csv'],
    check: { rules: 'product-feed', profile: null, threshold: 0.95, declared: {} },
  },
};

const head = 'id,title,description,link,image_link,availability,price,brand,mpn,condition\n';

/** A feed of mugs as CSV: the first rows have prices with a decimal comma, the next ones an availability of their own. */
export function feedText({
  rows,
  decimalCommas = 0,
  ownWords = 0,
}: {
  rows: number;
  decimalCommas?: number;
  ownWords?: number;
}): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const id = index + 1;
    const price = index < decimalCommas ? '"12,90 EUR"' : '12.90 EUR';
    const isOwn = index >= decimalCommas && index < decimalCommas + ownWords;
    const availability = isOwn ? 'ask us in the shop' : 'in_stock';
    return `SKU${id},Blue mug no ${id},A blue mug that holds a third of a litre of tea,https://shop.example/p/${id},https://shop.example/i/${id}.jpg,${availability},${price},Nordlicht,M-${id},new\n`;
  });
  return head + lines.join('');
}
