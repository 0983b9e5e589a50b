import { shopify } from '../shared/access.ts';
import { recommendations } from '../shared/recommendations.ts';

/** Product recommendations on Shopify. */
export const recommendationsShopify = recommendations('recommendationsShopify', shopify);
