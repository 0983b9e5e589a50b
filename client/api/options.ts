import type { EnumOf } from './graphql.ts';

export type Platform = EnumOf<'Platform'>;
export type Product = EnumOf<'Product'>;

/** As people look for them: the common ones first. */
export const platforms = [
  'SHOPIFY',
  'MAGENTO',
  'WOOCOMMERCE',
  'PRESTASHOP',
  'BIGCOMMERCE',
  'SALESFORCE_COMMERCE_CLOUD',
  'VTEX',
  'CUSTOM',
] as const satisfies readonly Platform[];
export const products = ['SEARCH', 'RECOMMENDATIONS', 'EMAIL', 'REVIEWS'] as const satisfies readonly Product[];
