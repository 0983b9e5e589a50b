import type { FeedColumn } from './feed.ts';

/*
 * The rules of a product feed as somebody would write them for DuckDB: one flag a rule and column, for the rules that our
 * engine asks of this feed. Where a rule of ours looks closer (HTML, hosts, GTINs parted by commas) the SQL looks less close:
 * the comparison is in its favour. A row has no number there; it is found by its id.
 */
type Check = { readonly rule: string; readonly column: FeedColumn; readonly sql: string };

/** Each `c` of the text is the column. */
function each(columns: readonly FeedColumn[], rule: string, sql: string): Check[] {
  return columns.map((column) => ({ rule, column, sql: sql.replace(/\bc\b/g, column) }));
}

const texts: readonly FeedColumn[] = [
  ...(['id', 'title', 'description', 'brand', 'mpn', 'product_type', 'item_group_id'] as const),
  ...(['color', 'size', 'material', 'custom_label_0'] as const),
];
const others: readonly FeedColumn[] = [
  ...(['link', 'image_link', 'availability', 'price', 'sale_price'] as const),
  ...(['gtin', 'condition', 'gender', 'age_group', 'shipping_weight'] as const),
];
const addresses = ['link', 'image_link'] as const;
const prices = ['price', 'sale_price'] as const;

const is = (pattern: string) => `coalesce(regexp_matches(c, '${pattern}'), false)`;
const isNot = (pattern: string) => `c is not null and not regexp_full_match(c, '${pattern}')`;
const longer = (most: number) => `coalesce(length(c) > ${most}, false)`;
const missing = "coalesce(trim(c), '') = ''";
const listed = (values: string) =>
  values
    .split(' ')
    .map((value) => `'${value}'`)
    .join(', ');

function closed(column: FeedColumn, values: string): Check[] {
  return [
    ...each([column], `${column}.enum`, `c is not null and lower(c) not in (${listed(values)})`),
    ...each([column], `${column}.case`, `coalesce(c <> lower(c) and lower(c) in (${listed(values)}), false)`),
  ];
}

const currencies = 'EUR USD GBP SEK NOK DKK CHF PLN CZK HUF RON JPY CNY AUD CAD NZD BRL INR TRY ZAR MXN KRW SGD HKD';
const digit = (at: number) => `try_cast(substr(gtin, ${at}, 1) as int)`;
const gtinSum = (length: number) =>
  Array.from({ length: length - 1 }, (_, at) => `${digit(at + 1)} * ${(length - at) % 2 === 0 ? 3 : 1}`).join(' + ');
const checkDigit = [8, 12, 13, 14]
  .map((length) => `when ${length} then (10 - (${gtinSum(length)}) % 10) % 10 <> ${digit(length)}`)
  .join(' ');
const promises =
  'free shipping|free delivery|best price|best seller|buy now|order now|limited time|hot sale|on sale|special offer|top offer|versandkostenfrei|gratis versand|kostenloser versand|sonderangebot|livraison gratuite|envio gratis|gratis verzending|fri frakt|fraktfritt|spedizione gratuita';
const visits = 'jsessionid|phpsessid|sessionid|session_id|sid|aspsessionid|cfid|zenid|oscsid|sessid|token';
const standIns =
  'placeholder|no-image|no_image|noimage|coming-soon|coming_soon|comingsoon|kein-bild|image-not-available';
const noBrands =
  "'n/a','na','generic','no name','noname','no brand','unknown','none','unbranded','null','undefined','-'";
const noColors = "'multi','multicolor','multicolour','various','mehrfarbig','bunt','n/a','none','see image','assorted'";

export const sqlChecks: readonly Check[] = [
  ...each([...texts, ...others], 'CSV-08', is('[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]|\\x{FFFD}')),
  ...each(['id', 'gtin', 'mpn', 'item_group_id'], 'CSV-09', is('^\\s*\\d+[.,]?\\d*[eE]\\+\\d+\\s*$')),
  ...each(
    texts,
    'CSV-10',
    "coalesce(regexp_matches(c, '^[=+@\\t\\r-]') and not regexp_full_match(c, '[+-](\\d[\\d., ]*[A-Z]{0,3})?'), false)",
  ),
  ...each(texts, 'CSV-08.direction', is('[\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]')),
  ...each([...texts.slice(1), ...others], 'text.trim', "coalesce(c <> trim(c, ' \t'), false)"),

  ...each(['id'], 'id.missing', missing),
  ...each(['id'], 'id.length', longer(50)),
  ...each(['id'], 'id.blanks', is('^\\s|\\s$|[\\t\\r\\n]|\\x{200B}|\\x{FEFF}')),
  ...each(['title'], 'title.missing', missing),
  ...each(['title'], 'title.length', longer(150)),
  ...each(['title'], 'title.short', 'coalesce(length(c) < 25, false)'),
  ...each(['title'], 'title.html', is('<[a-zA-Z/!][^>]*>|&(#\\d{1,6}|[a-z]{2,8});')),
  ...each(
    ['title'],
    'title.capitals',
    "coalesce(c = upper(c) and regexp_matches(c, '[A-Z]{4,}.*[^A-Z][A-Z]{4,}'), false)",
  ),
  ...each(['title'], 'title.promotion', is(`(?i)(^|[^a-z])(${promises})|% off|!!|\\*\\*\\* `)),
  ...each(['description'], 'description.missing', missing),
  ...each(['description'], 'description.length', longer(5000)),
  ...each(['description'], 'description.html', is('<[a-zA-Z/!][^>]*[= ][^>]*>|<(script|p|a|img|table|h\\d|font)')),
  ...each(['description'], 'description.same_as_title', 'coalesce(c = title, false)'),

  ...each(addresses, 'url.missing', missing),
  ...each(
    addresses,
    'url.form',
    isNot(
      '(?i)https?://([a-z0-9_\\x{80}-\\x{10FFFF}-]{1,63}\\.)+[a-z0-9_\\x{80}-\\x{10FFFF}-]{1,63}\\.?(:\\d{1,5})?([/?#](?s:.)*)?',
    ),
  ),
  ...each(addresses, 'url.characters', isNot("([A-Za-z0-9._~:/?#\\[\\]@!$&''()*+,;=-]|%[0-9A-Fa-f]{2})*")),
  ...each(addresses, 'url.length', longer(2000)),
  ...each(['link'], 'link.path', is('^https?://[^/?#]+(/?#|$)')),
  ...each(['link'], 'link.session', is(`(?i)[?&;](${visits})=`)),
  ...each(
    ['image_link'],
    'image_link.type',
    is('(?i)^[^?#]*\\.(svg|pdf|heic|heif|avif|psd|ai|eps|ico|mp4|mov|webm|html?|txt|zip)([?#]|$)'),
  ),
  ...each(['image_link'], 'image_link.placeholder', is(`(?i)^[^?#]*/[^/?#]*(${standIns})`)),

  ...each(['availability'], 'availability.missing', missing),
  ...closed('availability', 'in_stock out_of_stock preorder backorder'),
  ...each(['availability'], 'availability_date.needed', "coalesce(lower(c) in ('preorder', 'backorder'), false)"),
  ...closed('condition', 'new refurbished used'),
  ...closed('gender', 'male female unisex'),
  ...closed('age_group', 'newborn infant toddler kids adult'),

  ...each(['price'], 'price.missing', missing),
  ...each(prices, 'price.format', isNot('\\s*([A-Z]{3} )?-?\\d+(\\.\\d+)?( [A-Z]{3})?\\s*')),
  ...each(
    prices,
    'price.currency',
    `coalesce(regexp_matches(c, '\\d$') or regexp_extract(c, '[A-Z]{3}') not in ('', ${listed(currencies)}), false)`,
  ),
  ...each(prices, 'price.currency_first', is('^[A-Z]{3} \\d')),
  ...each(prices, 'price.decimals', is('\\.\\d{3,} (EUR|USD|GBP|SEK|CHF)|\\.\\d+ (JPY|KRW)')),
  ...each(prices, 'price.positive', "coalesce(try_cast(regexp_extract(c, '-?\\d+(\\.\\d+)?') as double) <= 0, false)"),
  ...each(
    ['sale_price'],
    'sale_price.lower',
    "coalesce(try_cast(split_part(c, ' ', 1) as double) >= try_cast(split_part(price, ' ', 1) as double) or split_part(c, ' ', 2) <> split_part(price, ' ', 2), false)",
  ),

  ...each(['brand'], 'brand.missing', `${missing} and coalesce(condition, '') not in ('used', 'refurbished')`),
  ...each(['brand'], 'brand.length', longer(70)),
  ...each(['brand'], 'brand.value', `coalesce(lower(trim(c)) in (${noBrands}), false)`),
  ...each(['gtin'], 'gtin.digits', is('[^0-9, -]')),
  ...each(
    ['gtin'],
    'gtin.length',
    "c is not null and length(regexp_replace(c, '[ -]', '', 'g')) not in (8, 12, 13, 14)",
  ),
  ...each(['gtin'], 'gtin.check_digit', `coalesce(case length(c) ${checkDigit} else false end, false)`),
  ...each(['gtin'], 'gtin.restricted', is('^(02|04|2)')),
  ...each(['gtin'], 'gtin.coupon', is('^(05|98|99)')),
  ...each(['gtin'], 'gtin.all_equal', is('^(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$')),
  ...each(['gtin'], 'gtin.separators', is('[ -]')),
  ...each(['gtin'], 'gtin.count', "coalesce(length(c) - length(replace(c, ',', '')) > 9, false)"),
  ...each(['mpn'], 'mpn.length', longer(70)),
  ...each(['mpn'], 'mpn.own', 'coalesce(c = id, false)'),
  ...each(['gtin'], 'mpn.or_gtin', "coalesce(gtin, '') = '' and (coalesce(mpn, '') = '' or coalesce(brand, '') = '')"),

  ...each(['product_type'], 'product_type.length', longer(750)),
  ...each(['product_type'], 'product_type.levels', is('[^ ]>|>[^ ]|^ *>|> *$|[/|»] ')),
  ...each(['product_type'], 'product_type.sale', is('(?i)(^|[^a-z])(sale|new|outlet|angebote?|neu|offers?)([^a-z]|$)')),
  ...each(['product_type'], 'product_type.blanks', is('  ')),
  ...each(['product_type'], 'product_type.brand', 'coalesce(c = brand, false)'),
  ...each(['item_group_id'], 'item_group_id.length', longer(50)),
  ...each(['item_group_id'], 'item_group_id.characters', isNot('[A-Za-z0-9_-]*')),
  ...each(['color'], 'color.length', `${longer(100)} or coalesce(regexp_matches(c, '[^/]{41}|/.*/.*/'), false)`),
  ...each(['color'], 'color.value', `coalesce(lower(c) in (${noColors}) or regexp_matches(c, '^#|^[0-9/ ]+$'), false)`),
  ...each(['color'], 'color.signs', is('[,;|]| /|/ ')),
  ...each(['size'], 'size.length', longer(100)),
  ...each(['size'], 'size.system', is('^[0-9]')),
  ...each(['material'], 'material.length', longer(200)),
  ...each(['shipping_weight'], 'shipping_weight.format', isNot('\\d{1,4}(\\.\\d+)? (lb|oz|g|kg)')),
  ...each(['custom_label_0'], 'custom_label_0.length', longer(100)),
];

/** What only the whole file shows: each one more pass over one column. */
export const sqlOfTheFile: readonly string[] = [
  'select id from feed where id is not null group by id having count(*) > 1',
  'select lower(id) from feed where id is not null group by lower(id) having count(distinct id) > 1',
  'select gtin from feed where gtin is not null group by gtin having count(*) > 1',
  "select split_part(price, ' ', 2), count(*) from feed group by 1",
  "select count(*) filter (lower(availability) in ('out_of_stock', 'out of stock')) from feed",
  'select image_link, count(*) from feed group by 1 having count(*) > 100000',
  'select count(distinct custom_label_0) from feed',
  'select item_group_id, color, size, material, age_group, gender from feed where item_group_id is not null group by all having count(*) > 1',
];

const few =
  'price.format price.positive sale_price.lower gtin.length gtin.check_digit availability.enum condition.enum url.form title.missing title.length title.html description.missing description.length gender.enum age_group.enum id.length brand.length shipping_weight.format';

/** The checks that first come to mind. */
export const fewChecks = sqlChecks.filter(({ rule }) => few.split(' ').includes(rule));
