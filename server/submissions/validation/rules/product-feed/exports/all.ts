import type { ExportShape } from '../../../types.ts';
import { magento } from './magento.ts';
import { prestaShop } from './prestaShop.ts';
import { shopify } from './shopify.ts';
import { wooCommerce } from './wooCommerce.ts';

/** The shop platforms whose product exports map themselves. */
export const platformExports: readonly ExportShape[] = [...shopify, wooCommerce, magento, ...prestaShop];
