import type { ExampleRow, ExportShape, Judging } from '../../../types.ts';
import { repairDate } from '../../common/dates.ts';
import { addressOf, asks, attributesOf, filled, firstOf, isAmount, priceOf, type Source, textOf } from './parts.ts';

/*
 * Magento 2's catalog_product.csv (Adobe Commerce too). A row of a store view changes some cells of the row before and is
 * no item; products with variants are rows of the type `configurable` that list the SKUs of their own simple rows.
 */
export const magento: ExportShape = {
  platform: 'Magento',
  recognisedBy: ['sku', 'attribute_set_code', 'product_type', 'product_websites', 'url_key', 'additional_attributes'],
  map: {
    id: 'sku',
    title: 'name',
    description: 'description',
    price: 'price',
    sale_price: 'special_price',
    image_link: 'base_image',
    link: 'url_key',
    availability: 'is_in_stock',
    // Magento's own product_type is simple or configurable.
    product_type: 'categories',
  },
  derive,
  asks,
};

const combined = ['configurable', 'bundle', 'grouped'];

function derive(source: Source, _above: Source | null, judging: Judging): ExampleRow | null {
  if (firstOf(source, 'store_view_code') !== '') return null;
  if (combined.includes(firstOf(source, 'product_type').toLowerCase())) return null;
  if (firstOf(source, 'product_online') === '2' || firstOf(source, 'product_websites') === '') return null;

  const more = additionalOf(firstOf(source, 'additional_attributes'));
  const special = firstOf(source, 'special_price');
  const weight = firstOf(source, 'weight');
  const unit = judging.declared.weightUnit ?? '';
  const images = firstOf(source, 'additional_images').split(',');
  return {
    ...filled({
      title: firstOf(source, 'name'),
      description: textOf(firstOf(source, 'description', 'short_description')),
      image_link: imageOf(firstOf(source, 'base_image'), judging),
      additional_image_link: images
        .filter((path) => path.trim() !== '' && path.trim() !== firstOf(source, 'base_image'))
        .slice(0, 10)
        .map((path) => imageOf(path.trim(), judging))
        .join(','),
      sale_price_effective_date: saleTime(source),
      shipping_weight: isAmount(weight) && unit !== '' ? `${Number.parseFloat(weight)} ${unit}` : undefined,
      ...attributesOf([...source, ...more]),
    }),
    product_type: categoryOf(firstOf(source, 'categories')),
    link: linkOf(firstOf(source, 'url_key'), judging),
    availability: availabilityOf(source),
    price: priceOf(firstOf(source, 'price'), judging),
    sale_price: isAmount(special) ? priceOf(special, judging) : '',
  };
}

/** `color=Blue,features="a, b",size=M`: names up to `=`, values up to the comma before the next name. */
function additionalOf(text: string): [string, string][] {
  const made: [string, string][] = [];
  for (const part of text.split(/,(?=[a-z][a-z0-9_]{0,60}=)/i)) {
    const at = part.indexOf('=');
    if (at > 0) made.push([part.slice(0, at), part.slice(at + 1).replace(/^"([\s\S]*)"$/, '$1')]);
  }
  return made;
}

/** The first of several paths, without the root that no buyer sees. */
function categoryOf(categories: string): string {
  const [first = ''] = categories.split(/,(?=[^,]{0,200}\/)/);
  const levels = first.split('/').map((level) => level.trim());
  return (levels.length > 1 ? levels.slice(1) : levels).filter((level) => level !== '').join(' > ');
}

function linkOf(key: string, judging: Judging): string {
  return key === '' ? '' : addressOf(`${key}.html`, judging);
}

function imageOf(path: string, judging: Judging): string {
  if (path === '' || path === 'no_selection') return '';
  return /^https?:/i.test(path) ? path : addressOf(`media/catalog/product/${path.replace(/^\/{1,9}/, '')}`, judging);
}

function availabilityOf(source: Source): string {
  const isManaged = firstOf(source, 'manage_stock') !== '0';
  return firstOf(source, 'is_in_stock') === '1' || !isManaged ? 'in_stock' : 'out_of_stock';
}

function saleTime(source: Source): string | undefined {
  const [start, end] = [firstOf(source, 'special_price_from_date'), firstOf(source, 'special_price_to_date')];
  if (start === '' || end === '') return undefined;
  // Magento writes dates of the United States: 11/27/26 or 2026-11-27.
  return `${dateOf(start)}/${dateOf(end)}`;
}

function dateOf(text: string): string {
  const short = /^(\d{1,2}\/\d{1,2}\/)(\d{2})(?:, .*)?$/.exec(text);
  return repairDate(short ? `${short[1]}20${short[2]}` : text, 'MDY') ?? text;
}
