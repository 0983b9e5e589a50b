import type { EnumOf } from '../../api/graphql.ts';

type Platform = EnumOf<'Platform'>;
type Product = EnumOf<'Product'>;

/** As people look for them: the common ones first. */
export const platforms: readonly Platform[] = [
  'SHOPIFY',
  'MAGENTO',
  'WOOCOMMERCE',
  'PRESTASHOP',
  'BIGCOMMERCE',
  'SALESFORCE_COMMERCE_CLOUD',
  'VTEX',
  'CUSTOM',
];
export const products: readonly Product[] = ['SEARCH', 'RECOMMENDATIONS', 'EMAIL', 'REVIEWS'];
