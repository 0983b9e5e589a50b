import { describe, expect, test } from 'vitest';
import { exportOf, foldHeader } from '../../../server/submissions/validation/columns.ts';
import { validate } from '../../../server/submissions/validation/engine.ts';
import { productFeed } from '../../../server/submissions/validation/rules/product-feed/set.ts';
import type { ExampleRow, Judging } from '../../../server/submissions/validation/types.ts';

const asOf = '2026-11-22T00:00:00Z';
const declared = { currency: 'EUR', shopUrl: 'https://shop.example/' };

/** Header and rows, cells parted by `|`. */
type Export = { header: string; rows: readonly string[] };

function madeOf({ header, rows }: Export, said: Judging['declared'] = declared): (ExampleRow | null)[] {
  const names = header.split('|');
  const shape = exportOf(productFeed, names);
  const judging: Judging = { asOf, asOfMs: Date.parse(asOf), profile: null, declared: said };
  let above: ReadonlyMap<string, string> | null = null;
  return rows.map((row) => {
    const cells = row.split('|');
    const source = new Map(names.map((name, at) => [foldHeader(name), cells[at] ?? '']));
    if (!shape?.own || (source.get(shape.own) ?? '') !== '') above = source;
    return shape?.derive?.(source, above, judging) ?? null;
  });
}

async function reportOf(file: Export, said: Judging['declared'] = declared) {
  const count = file.header.split('|').length;
  // How many empty cells stand at the end of the rows below is not counted by hand.
  const rows = file.rows.map((row) => row.replace(/\|+$/, '').split('|'));
  for (const cells of rows) while (cells.length < count) cells.push('');
  const text = [file.header, ...rows.map((cells) => cells.join('|'))].join('\n');
  const bytes = new TextEncoder().encode(text);
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  return validate(source, { rules: productFeed, name: 'export.csv', asOf, declared: said, delimiter: '|' });
}

const errorsOf = (report: Awaited<ReturnType<typeof reportOf>>) =>
  report.findings.filter(({ severity }) => severity === 'ERROR').map(({ rule }) => rule);

const shopify: Export = {
  header:
    'Handle|Title|Body (HTML)|Vendor|Product Category|Type|Tags|Published|Option1 Name|Option1 Value|Option2 Name|Option2 Value|Option3 Name|Option3 Value|Variant SKU|Variant Grams|Variant Inventory Tracker|Variant Inventory Qty|Variant Inventory Policy|Variant Price|Variant Compare At Price|Variant Barcode|Image Src|Image Position|Gift Card|Google Shopping / Gender|Google Shopping / Age Group|Google Shopping / MPN|Google Shopping / Condition|Variant Image|Cost per item|Status',
  rows: [
    'trail-shoe|Acme trail running shoe, waterproof|<p>Light and <b>dry</b>.</p>|Acme|Apparel & Accessories > Shoes|Shoes > Trail|new|TRUE|Farbe|Blue|Size|42|||TS-BL-42|310|shopify|5|deny|89.90|119.90|4006381333931|https://cdn.example/ts.jpg|1|FALSE|Unisex|Adult|TS1|new|https://cdn.example/ts-bl.jpg|40.00|active',
    'trail-shoe|||||||||Red||42|||TS-RD-42|310|shopify|0|deny|119.90||5901234123457||||||||||active',
    'trail-shoe||||||||||||||||||||||https://cdn.example/ts-2.jpg|2|||||||||',
    'mug|Acme enamel mug for the trail|<p>Holds 300 ml.</p>|Acme||Mugs||TRUE|Title|Default Title|||||MUG-1|0||0|deny|9.5||96385074|https://cdn.example/mug.jpg|1|FALSE|||||||active',
    'secret|Not ready|x|Acme||Mugs||TRUE|Title|Default Title|||||S-1|0||0|deny|1.00|||https://cdn.example/s.jpg|1|FALSE|||||||draft',
  ],
};

describe('an export of Shopify', () => {
  test('gives every variant the title, text and brand of its product, and its own price, number and picture', () => {
    const [blue, red, picture, mug, draft] = madeOf(shopify);
    expect(blue).toMatchObject({
      id: 'TS-BL-42',
      title: 'Acme trail running shoe, waterproof',
      description: 'Light and <strong>dry</strong>.',
      link: 'https://shop.example/products/trail-shoe',
      image_link: 'https://cdn.example/ts-bl.jpg',
      availability: 'in_stock',
      price: '119.90 EUR',
      sale_price: '89.90 EUR',
      brand: 'Acme',
      gtin: '4006381333931',
      mpn: 'TS1',
      color: 'Blue',
      size: '42',
      gender: 'unisex',
      age_group: 'adult',
      item_group_id: 'trail-shoe',
      shipping_weight: '310 g',
    });
    expect(red).toMatchObject({
      id: 'TS-RD-42',
      title: 'Acme trail running shoe, waterproof',
      image_link: 'https://cdn.example/ts.jpg',
      availability: 'out_of_stock',
      price: '119.90 EUR',
      gtin: '5901234123457',
      color: 'Red',
      brand: 'Acme',
      item_group_id: 'trail-shoe',
    });
    expect(red).not.toHaveProperty('sale_price');
    expect(picture).toBeNull();
    expect(mug).toMatchObject({ id: 'MUG-1', price: '9.5 EUR', availability: 'in_stock', item_group_id: '' });
    expect(draft).toBeNull();
  });

  test('is recognised and passes once the currency and the shop are known', async () => {
    const report = await reportOf(shopify);
    expect(report.file.platform).toBe('Shopify');
    expect(report.asks).toEqual([]);
    expect(errorsOf(report)).toEqual([]);
  });

  test('asks for both once, not row by row', async () => {
    const report = await reportOf(shopify, {});
    expect([...report.asks].sort()).toEqual(['currency', 'shopUrl']);
  });

  test('is recognised by the headers of 2024 too', () => {
    const [row] = madeOf({
      header:
        'Title|URL handle|Description|Vendor|Product category|Type|Tags|Published on online store|Status|SKU|Barcode|Option1 name|Option1 value|Option1 Linked To|Price|Compare-at price|Cost per item|Inventory tracker|Inventory quantity|Continue selling when out of stock|Weight value (grams)|Product image URL|Image position|Variant image URL',
      rows: [
        'Acme mug|mug|A mug.|Acme||Mugs||TRUE|Active|MUG-1|96385074|Colour|Red||9.50||4|shopify|0|CONTINUE|300|https://cdn.example/mug.jpg|1|',
      ],
    });
    expect(row).toMatchObject({
      id: 'MUG-1',
      price: '9.50 EUR',
      availability: 'in_stock',
      color: 'Red',
      link: 'https://shop.example/products/mug',
    });
  });
});

const wooCommerce: Export = {
  header:
    'ID|Type|SKU|GTIN, UPC, EAN, or ISBN|Name|Published|Is featured?|Visibility in catalog|Short description|Description|Date sale price starts|Date sale price ends|Tax status|In stock?|Stock|Backorders allowed?|Weight (kg)|Sale price|Regular price|Categories|Images|Parent|External URL|Brands|Attribute 1 name|Attribute 1 value(s)|Attribute 1 visible|Attribute 1 global|Attribute 2 name|Attribute 2 value(s)',
  rows: [
    '42|variable|TS||Acme trail running shoe|1|0|visible|Light.|<p>Light and dry.</p>|||taxable|1||0|0.31|||Clothing > Shoes, Sale|https://shop.example/a.jpg, https://shop.example/b.jpg|||Acme|Color|Blue, Red|1|1|Size|41, 42',
    '43|variation|TS-BL|4006381333931|Acme trail running shoe - Blue, 42|1|0|visible|||2026-11-27|2026-11-30|taxable|1|3|0||89.9|119.9|||id:42|||Color|Blue||1|Size|42',
    '44|variation|TS-RD|5901234123457|Acme trail running shoe - Red, 42|1|0|visible|||||taxable|0|0|0|||119.9||https://shop.example/red.jpg|TS|||Color|Red||1|Size|42',
    '45|simple|MUG|96385074|Acme enamel mug for the trail|1|0|visible|Holds 300 ml.||||taxable|1||0|||9.5|Kitchen|https://shop.example/mug.jpg|||Acme||||||',
    '46|simple|OLD||Old mug|-1|0|visible|||||taxable|1||0|||9.5|Kitchen|||||||||||',
  ],
};

describe('an export of WooCommerce', () => {
  test('gives variations what their product has, and leaves out products that are none themselves', () => {
    const [variable, blue, red, mug, draft] = madeOf(wooCommerce);
    expect(variable).toBeNull();
    expect(blue).toMatchObject({
      id: '43',
      title: 'Acme trail running shoe - Blue, 42',
      description: 'Light and dry.',
      link: 'https://shop.example/?post_type=product&p=42',
      image_link: 'https://shop.example/a.jpg',
      additional_image_link: 'https://shop.example/b.jpg',
      availability: 'in_stock',
      price: '119.9 EUR',
      sale_price: '89.9 EUR',
      sale_price_effective_date: '2026-11-27/2026-11-30',
      product_type: 'Clothing > Shoes',
      brand: 'Acme',
      gtin: '4006381333931',
      color: 'Blue',
      size: '42',
      item_group_id: '42',
      shipping_weight: '0.31 kg',
    });
    expect(red).toMatchObject({
      availability: 'out_of_stock',
      image_link: 'https://shop.example/red.jpg',
      item_group_id: '42',
      sale_price: '',
    });
    expect(mug).toMatchObject({ id: '45', description: 'Holds 300 ml.', item_group_id: '', price: '9.5 EUR' });
    expect(draft).toBeNull();
  });

  test('is recognised and passes once the currency and the shop are known', async () => {
    const report = await reportOf(wooCommerce);
    expect(report.file.platform).toBe('WooCommerce');
    expect(errorsOf(report)).toEqual([]);
  });
});

const magento: Export = {
  header:
    'sku|store_view_code|attribute_set_code|product_type|categories|product_websites|name|description|short_description|weight|product_online|tax_class_name|visibility|price|special_price|special_price_from_date|special_price_to_date|url_key|base_image|additional_attributes|qty|is_in_stock|manage_stock|additional_images|configurable_variations',
  rows: [
    'TS-BL-42||Shoes|simple|Default Category/Men/Shoes,Default Category/Sale|base|Acme trail shoe, blue, 42, waterproof|<p>Light, dry.</p>||0.310000|1|Taxable Goods|Not Visible Individually|119.900000|89.900000|11/27/26|11/30/26|acme-trail-shoe-blue-42|/t/s/ts-bl.jpg|color=Blue,manufacturer=Acme,ean=4006381333931,features="light, dry",size=42|5.0000|1|1|/t/s/ts-bl.jpg,/t/s/ts-2.jpg|',
    'TS-BL-42|de|Shoes|simple|||Acme Geländeschuh||||||||||||||||||||',
    'TS||Shoes|configurable|Default Category/Men/Shoes|base|Acme trail shoe|x|||1|Taxable Goods|Catalog, Search|||||acme-trail-shoe|||0|1|1||sku=TS-BL-42,color=Blue,size=42',
    'OFF||Shoes|simple|Default Category/Men|base|Off|x||1|2|Taxable Goods|Catalog, Search|10.000000||||off|/o/f/off.jpg||0|1|1||',
  ],
};

describe('an export of Magento', () => {
  test('finds attributes in additional_attributes and leaves out views, products made of others and what is off', () => {
    const [shoe, view, configurable, off] = madeOf(magento);
    expect(shoe).toMatchObject({
      title: 'Acme trail shoe, blue, 42, waterproof',
      description: 'Light, dry.',
      link: 'https://shop.example/acme-trail-shoe-blue-42.html',
      image_link: 'https://shop.example/media/catalog/product/t/s/ts-bl.jpg',
      additional_image_link: 'https://shop.example/media/catalog/product/t/s/ts-2.jpg',
      availability: 'in_stock',
      price: '119.90 EUR',
      sale_price: '89.90 EUR',
      sale_price_effective_date: '2026-11-27/2026-11-30',
      product_type: 'Men > Shoes',
      brand: 'Acme',
      gtin: '4006381333931',
      color: 'Blue',
      size: '42',
    });
    expect([view, configurable, off]).toEqual([null, null, null]);
  });

  test('is recognised and passes once the currency and the shop are known', async () => {
    const report = await reportOf(magento);
    expect(report.file.platform).toBe('Magento');
    expect(errorsOf(report)).toEqual([]);
  });
});

const prestaShop: Export = {
  header:
    'Product ID|Active (0/1)|Name *|Categories (x,y,z...)|Price tax excluded|Tax rules ID|On sale (0/1)|Discount amount|Discount percent|Discount from (yyyy-mm-dd)|Discount to (yyyy-mm-dd)|Reference #|Manufacturer|EAN13|UPC|MPN|Weight|Quantity|Visibility|Summary|Description|URL rewritten|Image URLs (x,y,z...)|Condition',
  rows: [
    '7|1|Acme trail running shoe, blue|Men/Shoes,Sale|100|1|1||10|2026-11-27|2026-11-30|TS|Acme|4006381333931|||0.31|4|both|Light.|<p>Light and dry.</p>|trail-shoe|https://shop.example/img/7.jpg,https://shop.example/img/8.jpg|New',
    '8|0|Off|Men|10|1|0||||||Acme||||1|1|both|x|x|off|https://shop.example/img/9.jpg|new',
  ],
};

describe('an export of PrestaShop', () => {
  test('makes the sale price of the discount', () => {
    const [shoe, off] = madeOf(prestaShop);
    expect(shoe).toMatchObject({
      description: 'Light and dry.',
      link: 'https://shop.example/7-trail-shoe.html',
      image_link: 'https://shop.example/img/7.jpg',
      additional_image_link: 'https://shop.example/img/8.jpg',
      availability: 'in_stock',
      price: '100 EUR',
      sale_price: '90.00 EUR',
      sale_price_effective_date: '2026-11-27/2026-11-30',
      product_type: 'Men > Shoes',
      condition: 'new',
      shipping_weight: '0.31 kg',
    });
    expect(off).toBeNull();
  });

  test('is recognised and passes once the currency and the shop are known', async () => {
    const report = await reportOf(prestaShop);
    expect(report.file.platform).toBe('PrestaShop');
    expect(errorsOf(report)).toEqual([]);
  });

  test('the list of the back office is recognised, and lacks a description', async () => {
    const list: Export = {
      header: 'Product ID|Image|Name|Reference|Category|Price (tax excl.)|Price (tax incl.)|Quantity|Status|Position',
      rows: ['7|https://shop.example/img/7.jpg|Acme trail running shoe, blue|TS|Shoes|84,03 €|100,00 €|4|1|1'],
    };
    expect(madeOf(list)).toEqual([
      {
        image_link: 'https://shop.example/img/7.jpg',
        link: 'https://shop.example/index.php?controller=product&id_product=7',
        availability: 'in_stock',
        price: '100.00 EUR',
        mpn: '',
      },
    ]);
    const report = await reportOf(list);
    expect(report.file.platform).toBe('PrestaShop');
    expect(errorsOf(report)).toContain('CSV-06');
  });
});
