import type { ExampleRow, ExportShape, Judging } from '../../../types.ts';
import {
  addressOf,
  asks,
  attributesOf,
  filled,
  firstOf,
  isAmount,
  priceOf,
  type Source,
  shortId,
  textOf,
} from './parts.ts';

/*
 * Shopify's products_export.csv, with its headers of before and since 2024. A product is several rows of one handle: the
 * first has title, text and brand, the next ones a variant each, the last ones a picture alone.
 */
type Headers = Readonly<
  Record<
    | 'handle'
    | 'description'
    | 'category'
    | 'published'
    | 'sku'
    | 'barcode'
    | 'price'
    | 'fullPrice'
    | 'tracker'
    | 'quantity'
    | 'policy'
    | 'grams'
    | 'image'
    | 'variantImage',
    string
  >
>;

const before: Headers = {
  handle: 'handle',
  description: 'body_(html)',
  category: 'product_category',
  published: 'published',
  sku: 'variant_sku',
  barcode: 'variant_barcode',
  price: 'variant_price',
  fullPrice: 'variant_compare_at_price',
  tracker: 'variant_inventory_tracker',
  quantity: 'variant_inventory_qty',
  policy: 'variant_inventory_policy',
  grams: 'variant_grams',
  image: 'image_src',
  variantImage: 'variant_image',
};

const since: Headers = {
  handle: 'url_handle',
  description: 'description',
  category: 'product_category',
  published: 'published_on_online_store',
  sku: 'sku',
  barcode: 'barcode',
  price: 'price',
  fullPrice: 'compare_at_price',
  tracker: 'inventory_tracker',
  quantity: 'inventory_quantity',
  policy: 'continue_selling_when_out_of_stock',
  grams: 'weight_value_(grams)',
  image: 'product_image_url',
  variantImage: 'variant_image_url',
};

function shapeOf(names: Headers, recognisedBy: readonly string[]): ExportShape {
  return {
    platform: 'Shopify',
    recognisedBy,
    map: {
      id: names.sku,
      title: 'title',
      description: names.description,
      brand: 'vendor',
      product_type: 'type',
      gtin: names.barcode,
      price: names.price,
      image_link: names.image,
      item_group_id: names.handle,
      google_product_category: names.category,
      cost_of_goods_sold: 'cost_per_item',
    },
    own: 'title',
    derive: (source, above, judging) => derive(names, source, above, judging),
    asks,
  };
}

function derive(names: Headers, source: Source, above: Source | null, judging: Judging): ExampleRow | null {
  const handle = firstOf(source, names.handle);
  const price = firstOf(source, names.price);
  const options = optionsOf(source, above);
  // A further picture has a handle and nothing of a variant.
  if (price === '' && firstOf(source, names.sku) === '' && firstOf(source, 'title') === '') return null;
  const product = above !== null && firstOf(above, names.handle) === handle ? above : source;
  if (!isOnSale(names, product)) return null;

  const of = (...keys: readonly string[]) => firstOf(source, ...keys) || firstOf(product, ...keys);
  const values = options.map(([, value]) => value);
  const isVariant = values.length > 0;
  const link = addressOf(`products/${encodeURIComponent(handle)}`, judging);
  const full = firstOf(source, names.fullPrice);
  const isReduced = isAmount(full) && Number(full) > Number(price);
  const google = (name: string) => of(`google_shopping_/_${name}`);
  const grams = firstOf(source, names.grams);
  return {
    ...filled({
      title: of('title'),
      description: textOf(of(names.description)),
      link,
      image_link: firstOf(source, names.variantImage) || of(names.image),
      availability: isAvailable(names, source) ? 'in_stock' : 'out_of_stock',
      sale_price: isReduced ? priceOf(price, judging) : undefined,
      brand: of('vendor'),
      gtin: firstOf(source, names.barcode).replace(/^'/, ''),
      mpn: google('mpn') || google('manufacturer_part_number_(mpn)'),
      condition: google('condition').toLowerCase(),
      gender: google('gender').toLowerCase(),
      age_group: google('age_group').toLowerCase(),
      google_product_category: google('google_product_category') || of(names.category),
      product_type: of('type'),
      shipping_weight: isAmount(grams) ? `${grams} g` : undefined,
      custom_label_0: google('custom_label_0'),
      custom_label_1: google('custom_label_1'),
      custom_label_2: google('custom_label_2'),
      custom_label_3: google('custom_label_3'),
      custom_label_4: google('custom_label_4'),
      ...attributesOf(options),
    }),
    id: shortId(firstOf(source, names.sku) || [handle, ...values].join('-')),
    price: priceOf(isReduced ? full : price, judging),
    cost_of_goods_sold: priceOf(firstOf(source, 'cost_per_item'), judging),
    item_group_id: isVariant ? shortId(handle) : '',
  };
}

/** Name and value; the names stand in the product's first row alone. A product without options has one called Title. */
function optionsOf(source: Source, above: Source | null): (readonly [string, string])[] {
  return [1, 2, 3].flatMap((at) => {
    const name = firstOf(source, `option${at}_name`) || firstOf(above, `option${at}_name`);
    const value = firstOf(source, `option${at}_value`);
    return value === '' || value === 'Default Title' ? [] : [[name, value] as const];
  });
}

function isOnSale(names: Headers, product: Source): boolean {
  const status = firstOf(product, 'status').toLowerCase();
  const isHidden = firstOf(product, names.published).toLowerCase() === 'false';
  return (
    status !== 'draft' && status !== 'archived' && !isHidden && firstOf(product, 'gift_card').toLowerCase() !== 'true'
  );
}

/** Without a tracker nothing is counted; `continue` sells what is not there. */
function isAvailable(names: Headers, source: Source): boolean {
  const policy = firstOf(source, names.policy).toLowerCase();
  const isCounted = firstOf(source, names.tracker) !== '';
  return !isCounted || policy === 'continue' || policy === 'true' || isAmount(firstOf(source, names.quantity));
}

export const shopify: readonly ExportShape[] = [
  shapeOf(before, ['handle', 'title', 'body_(html)', 'option1_value', 'variant_sku', 'variant_price']),
  shapeOf(since, ['url_handle', 'title', 'vendor', 'option1_value', 'sku', 'price']),
];
