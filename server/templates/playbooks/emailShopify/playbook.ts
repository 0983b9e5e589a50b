import { shopify } from '../shared/access.ts';
import { email } from '../shared/email.ts';

/** E-mail on Shopify. */
export const emailShopify = email('emailShopify', shopify);
