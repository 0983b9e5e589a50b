import type { FeedColumn } from './feed.ts';

const https = "'^https?://[^/ ]+/'";
/** Checks as somebody would write them for DuckDB: far fewer than our rules, so the comparison is in its favour. */
export const sqlChecks: readonly { rule: string; column: FeedColumn; sql: string }[] = [
  {
    rule: 'price.format',
    column: 'price',
    sql: "not regexp_full_match(coalesce(price, ''), '\\d+(\\.\\d{1,2})? [A-Z]{3}')",
  },
  {
    rule: 'price.positive',
    column: 'price',
    sql: "coalesce(try_cast(split_part(price, ' ', 1) as double) <= 0, false)",
  },
  {
    rule: 'sale_price.form',
    column: 'sale_price',
    sql: "sale_price is not null and not regexp_full_match(sale_price, '\\d+(\\.\\d{1,2})? [A-Z]{3}')",
  },
  {
    rule: 'sale_price.below',
    column: 'sale_price',
    sql: "coalesce(try_cast(split_part(sale_price, ' ', 1) as double) >= try_cast(split_part(price, ' ', 1) as double), false)",
  },
  { rule: 'gtin.length', column: 'gtin', sql: 'gtin is not null and length(gtin) not in (8, 12, 13, 14)' },
  {
    rule: 'gtin.check_digit',
    column: 'gtin',
    sql: `length(gtin) = 13 and coalesce( (10 - (${Array.from({ length: 12 }, (_, at) => `try_cast(substr(gtin, ${at + 1}, 1) as int) * ${at % 2 === 0 ? 1 : 3}`).join(' + ')}) % 10) % 10 <> try_cast(substr(gtin, 13, 1) as int), false)`,
  },
  {
    rule: 'availability.enum',
    column: 'availability',
    sql: "coalesce(availability, '') not in ('in_stock', 'out_of_stock', 'preorder', 'backorder')",
  },
  {
    rule: 'condition.enum',
    column: 'condition',
    sql: "condition is not null and condition not in ('new', 'refurbished', 'used')",
  },
  { rule: 'url.form', column: 'link', sql: `not regexp_matches(coalesce(link, ''), ${https}) or length(link) > 2000` },
  {
    rule: 'url.form',
    column: 'image_link',
    sql: `not regexp_matches(coalesce(image_link, ''), ${https}) or length(image_link) > 2000`,
  },
  { rule: 'title.missing', column: 'title', sql: "coalesce(title, '') = ''" },
  { rule: 'title.length', column: 'title', sql: 'length(title) > 150' },
  { rule: 'title.html', column: 'title', sql: "regexp_matches(title, '<[a-z/]')" },
  { rule: 'description.missing', column: 'description', sql: "coalesce(description, '') = ''" },
  { rule: 'description.length', column: 'description', sql: 'length(description) > 5000' },
  { rule: 'gender.enum', column: 'gender', sql: "gender is not null and gender not in ('male', 'female', 'unisex')" },
  {
    rule: 'age_group.enum',
    column: 'age_group',
    sql: "age_group is not null and age_group not in ('newborn', 'infant', 'toddler', 'kids', 'adult')",
  },
  { rule: 'id.length', column: 'id', sql: 'coalesce(length(id) not between 1 and 50, true)' },
  { rule: 'brand.length', column: 'brand', sql: 'length(brand) > 70' },
  {
    rule: 'shipping_weight.form',
    column: 'shipping_weight',
    sql: "shipping_weight is not null and not regexp_full_match(shipping_weight, '\\d+(\\.\\d+)? (lb|oz|g|kg)')",
  },
];
