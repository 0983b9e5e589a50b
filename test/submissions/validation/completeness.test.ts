import { describe, expect, test } from 'vitest';
import { factSets } from '../../../server/submissions/validation/facts/registry.ts';
import { readerRules } from '../../../server/submissions/validation/readerRules.ts';
import { ruleSetKeys } from '../../../server/submissions/validation/rules/keys.ts';
import { columns } from '../../../server/submissions/validation/rules/product-feed/columns.ts';
import { productFeed } from '../../../server/submissions/validation/rules/product-feed/set.ts';
import { ruleSets } from '../../../server/submissions/validation/rules/registry.ts';

/*
 * What validation-rules.md lists, written down once more: a rule that goes missing is missed here. A name stands for a row
 * of its tables; rows of several attributes are listed by attribute.
 */
const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');

const wanted: Readonly<Record<string, readonly string[]>> = {
  // CSV-13 (the very file was sent before) is no rule over content: whoever takes the upload compares hashes.
  F0: words('CSV-01 CSV-02 CSV-03 CSV-04 CSV-05 CSV-06 CSV-07 CSV-08 CSV-09 CSV-10 CSV-11 CSV-12'),
  F1: words(`
    id title description link image_link additional_image_link mobile_link availability availability_date price sale_price
    sale_price_effective_date cost_of_goods_sold brand gtin mpn identifier_exists condition google_product_category
    product_type item_group_id color size size_type size_system gender age_group material pattern adult is_bundle multipack
    product_highlight product_detail custom_label_0 custom_label_1 custom_label_2 custom_label_3 custom_label_4
    promotion_id external_seller_id shipping_label shipping_weight product_weight shipping_length shipping_width
    shipping_height min_handling_time max_handling_time unit_pricing_measure unit_pricing_base_measure
    energy_efficiency_class min_energy_efficiency_class max_energy_efficiency_class certification ships_from_country
    expiration_date excluded_destination included_destination video_link handling_cutoff_time minimum_order_value
    loyalty_program_label loyalty_tier_label *file*`),
  F2: words(`order item timestamp customer email quantity price currency unit_price discount tax shipping coupon status type
    store_id locale category *file* Algolia`),
  F3: [
    ...['email', 'phone', 'duplicate', 'consent_email', 'consent_sms', 'consent_timestamp', 'external_id', '*file*'],
    ...['consent_source, ip, form_url', 'first_name, last_name', 'locale / country / timezone', 'birthday, dates'],
    'suppression file',
  ],
  F4: words('type size product pixels svg colour metadata email BIMI'),
  F5: words(`DNS-01 DNS-02 DNS-03 DNS-04 SPF-01 SPF-02 SPF-03 SPF-04 SPF-05 DKIM-01 DKIM-02 DKIM-03 DKIM-04 DMARC-01
    DMARC-02 DMARC-03 DMARC-04 DMARC-05 BULK-01 TXT-01 *servers*`),
  F6: words(`URL-01 URL-02 URL-03 URL-04 TAG-01 TAG-02 TAG-03 TAG-04 HOOK-01 HOOK-02 HOOK-03 MAP-01 FEED-01 CRED-01`),
};

const covered = new Set([
  ...[...readerRules.values()].flatMap((rule) => rule.covers),
  ...Object.values(ruleSets).flatMap((set) => set.rules.flatMap((rule) => rule.covers)),
  ...Object.values(factSets).flatMap((rules) => rules.flatMap((rule) => rule.covers)),
]);

const missing = (part: string) => (wanted[part] ?? []).filter((name) => !covered.has(`${part}:${name}`));

describe('every rule that the design names is there', () => {
  test.each(Object.keys(wanted))('%s', (part) => {
    expect(missing(part)).toEqual([]);
  });

  test('no rule claims to hold what the design does not name', () => {
    const known = new Set(Object.entries(wanted).flatMap(([part, names]) => names.map((name) => `${part}:${name}`)));
    expect([...covered].filter((claim) => !known.has(claim))).toEqual([]);
  });
});

test('the keys of the sets are those that the command offers', () => {
  expect(ruleSetKeys).toEqual(Object.keys(ruleSets));
});

describe('the product feed', () => {
  const attributes = (wanted.F1 ?? []).filter((name) => !name.startsWith('*'));

  test('knows a column for every attribute', () => {
    const names = columns.map(({ name }) => name);
    expect(attributes.filter((name) => !names.includes(name))).toEqual([]);
  });

  test('takes no header for two columns', () => {
    const spellings = columns.flatMap(({ name, synonyms }) => [name, ...synonyms]);
    expect(spellings.filter((name, at) => spellings.indexOf(name) !== at)).toEqual([]);
  });

  test('offers at least 20 repairs', () => {
    const repairs = productFeed.rules.filter((rule) => 'fix' in rule && rule.fix);
    expect(repairs.length).toBeGreaterThanOrEqual(20);
  });
});
