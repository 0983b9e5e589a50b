import type { ExampleRow, ExportShape, Judging } from '../../../types.ts';
import { repairDate } from '../../common/dates.ts';
import { addressOf, asks, attributesOf, filled, firstOf, isAmount, priceOf, type Source, textOf } from './parts.ts';

/*
 * WooCommerce's wc-product-export.csv. A product with variations is a row of the type `variable`, followed by rows of the
 * type `variation` that name it by `id:42` or its SKU and leave most cells empty.
 */
const barcode = 'gtin,_upc,_ean,_or_isbn';

export const wooCommerce: ExportShape = {
  platform: 'WooCommerce',
  recognisedBy: ['id', 'type', 'sku', 'name', 'published', 'regular_price', 'in_stock?'],
  map: {
    id: 'id',
    title: 'name',
    description: 'description',
    availability: 'in_stock?',
    price: 'regular_price',
    sale_price: 'sale_price',
    image_link: 'images',
    product_type: 'categories',
    gtin: barcode,
    item_group_id: 'parent',
    brand: 'brands',
  },
  // Only what stands for itself is in categories.
  own: 'categories',
  derive,
  asks,
};

function derive(source: Source, above: Source | null, judging: Judging): ExampleRow | null {
  const types = firstOf(source, 'type').toLowerCase().split(/,\s?/);
  // Not an item of its own: its variations, or the products that it shows together, are.
  if (types.includes('variable') || types.includes('grouped')) return null;
  const parent = types.includes('variation') && isParent(above, firstOf(source, 'parent')) ? above : null;
  if (firstOf(source, 'published') !== '1' || (parent !== null && firstOf(parent, 'published') !== '1')) return null;

  const of = (...keys: readonly string[]) => firstOf(source, ...keys) || firstOf(parent, ...keys);
  const images = splitList(of('images'));
  const weight = [...source.keys()].find((key) => key.startsWith('weight_('));
  const unit = weight === undefined ? '' : weight.slice('weight_('.length, -1).replace('lbs', 'lb');
  const pounds = weight === undefined ? '' : of(weight);
  const [category = ''] = splitList(of('categories'));
  const page = firstOf(parent, 'id') || firstOf(source, 'id');
  return {
    ...filled({
      title: of('name'),
      description: textOf(
        firstOf(source, 'description', 'short_description') || firstOf(parent, 'description', 'short_description'),
      ),
      link: of('external_url') || addressOf(`?post_type=product&p=${page}`, judging),
      image_link: images[0],
      additional_image_link: images.slice(1, 11).join(','),
      product_type: category.replaceAll(/\s?>\s?/g, ' > '),
      brand: splitList(of('brands'))[0],
      gtin: firstOf(source, barcode),
      shipping_weight: isAmount(pounds) ? `${pounds} ${unit}` : undefined,
      sale_price_effective_date: saleTime(source),
      ...attributesOf(attributesIn(source)),
    }),
    id: firstOf(source, 'id'),
    availability: availabilityOf(source),
    price: priceOf(firstOf(source, 'regular_price'), judging),
    sale_price: priceOf(firstOf(source, 'sale_price'), judging),
    item_group_id: parent === null ? '' : firstOf(parent, 'id'),
  };
}

/** `id:42`, or the SKU of the row above. */
function isParent(above: Source | null, name: string): boolean {
  if (above === null || name === '') return false;
  return name === `id:${firstOf(above, 'id')}` || name === firstOf(above, 'sku');
}

/** 1, 0 or `backorder`; translated exports write words, which the rules judge. */
function availabilityOf(source: Source): string {
  const said = firstOf(source, 'in_stock?').toLowerCase();
  if (said === '1') return 'in_stock';
  if (said === 'backorder') return 'backorder';
  return said === '0' || said === '' ? 'out_of_stock' : said;
}

/** Values between commas; `\,` stands for a comma in a value. */
function splitList(text: string): string[] {
  return text
    .replaceAll('\\,', '\u0000')
    .split(',')
    .map((value) => value.replaceAll('\u0000', ',').trim())
    .filter((value) => value !== '');
}

function* attributesIn(source: Source): Generator<readonly [string, string]> {
  for (let at = 1; source.has(`attribute_${at}_name`); at++) {
    yield [firstOf(source, `attribute_${at}_name`), firstOf(source, `attribute_${at}_value(s)`)];
  }
}

function saleTime(source: Source): string | undefined {
  const [start, end] = [firstOf(source, 'date_sale_price_starts'), firstOf(source, 'date_sale_price_ends')];
  if (start === '' || end === '') return undefined;
  return `${repairDate(start, null) ?? start}/${repairDate(end, null) ?? end}`;
}
