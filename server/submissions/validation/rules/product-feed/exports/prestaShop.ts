import type { ExampleRow, ExportShape, Judging } from '../../../types.ts';
import { addressOf, asks, filled, firstOf, isAmount, priceOf, type Source, textOf } from './parts.ts';

/*
 * PrestaShop: the list of products that its back office exports (a few columns), and the long form of its importer, which
 * export modules write.
 */
const list: ExportShape = {
  platform: 'PrestaShop',
  recognisedBy: ['product_id', 'name', 'reference', 'category', 'price_(tax_incl_)', 'quantity'],
  map: {
    id: 'product_id',
    image_link: 'image',
    title: 'name',
    mpn: 'reference',
    product_type: 'category',
    price: 'price_(tax_incl_)',
    availability: 'quantity',
  },
  derive: (source, _above, judging) => {
    if (isOff(firstOf(source, 'status'))) return null;
    const id = firstOf(source, 'product_id');
    return {
      ...filled({ image_link: addressOf(firstOf(source, 'image'), judging) }),
      link: addressOf(`index.php?controller=product&id_product=${id}`, judging),
      availability: isAmount(firstOf(source, 'quantity')) ? 'in_stock' : 'out_of_stock',
      price: priceOf(amountIn(firstOf(source, 'price_(tax_incl_)')), judging),
      // The shop's own reference is no number of the maker.
      mpn: '',
    };
  },
  asks,
};

const long: ExportShape = {
  platform: 'PrestaShop',
  recognisedBy: ['product_id', 'active_(0/1)', 'name_*', 'price_tax_excluded', 'reference_#', 'url_rewritten'],
  map: {
    id: 'product_id',
    title: 'name_*',
    description: 'description',
    price: 'price_tax_excluded',
    brand: 'manufacturer',
    gtin: 'ean13',
    mpn: 'mpn',
    product_type: 'categories_(x,y,z_)',
    condition: 'condition',
    availability: 'quantity',
    image_link: 'image_urls_(x,y,z_)',
    link: 'url_rewritten',
  },
  derive: deriveLong,
  asks,
};

function deriveLong(source: Source, _above: Source | null, judging: Judging): ExampleRow | null {
  if (firstOf(source, 'active_(0/1)') === '0' || firstOf(source, 'visibility') === 'none') return null;
  const id = firstOf(source, 'product_id');
  const name = firstOf(source, 'url_rewritten');
  const images = firstOf(source, 'image_urls_(x,y,z_)').split(/,(?=\s?https?:)/i);
  const price = firstOf(source, 'price_tax_excluded');
  const reduced = reducedOf(source, price);
  const [category = ''] = firstOf(source, 'categories_(x,y,z_)').split(',');
  const weight = firstOf(source, 'weight');
  return {
    ...filled({
      description: textOf(firstOf(source, 'description', 'summary')),
      gtin: firstOf(source, 'ean13', 'upc'),
      image_link: images[0]?.trim(),
      additional_image_link: images
        .slice(1, 11)
        .map((image) => image.trim())
        .join(','),
      product_type: category.trim().replaceAll('/', ' > '),
      condition: firstOf(source, 'condition').toLowerCase(),
      shipping_weight: isAmount(weight) ? `${weight} ${judging.declared.weightUnit ?? 'kg'}` : undefined,
    }),
    link: name === '' ? '' : addressOf(`${id}-${name}.html`, judging),
    availability: isAmount(firstOf(source, 'quantity')) ? 'in_stock' : 'out_of_stock',
    price: priceOf(price, judging),
    sale_price: reduced === null ? '' : priceOf(reduced, judging),
    sale_price_effective_date: reduced === null ? '' : saleTime(source),
  };
}

/** The price after a discount of an amount or of per cents; null: there is none. */
function reducedOf(source: Source, price: string): string | null {
  const full = Number.parseFloat(price);
  const off = Number.parseFloat(firstOf(source, 'discount_amount'));
  const share = Number.parseFloat(firstOf(source, 'discount_percent'));
  const reduced = off > 0 ? full - off : share > 0 ? full * (1 - share / 100) : Number.NaN;
  return reduced > 0 && reduced < full ? reduced.toFixed(2) : null;
}

function saleTime(source: Source): string {
  const [start, end] = [firstOf(source, 'discount_from_(yyyy_mm_dd)'), firstOf(source, 'discount_to_(yyyy_mm_dd)')];
  return start === '' || end === '' ? '' : `${start}/${end}`;
}

/** The list writes `12,90 €`. */
function amountIn(text: string): string {
  return text.replace(/[^0-9.,' ]/g, '').trim();
}

function isOff(status: string): boolean {
  return status === '0' || status.toLowerCase() === 'disabled';
}

export const prestaShop: readonly ExportShape[] = [list, long];
