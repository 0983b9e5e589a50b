import type { RuleSet } from '../../types.ts';
import { articleNumberRules } from './articleNumbers.ts';
import { columns } from './columns.ts';
import { priceRules } from './prices.ts';

/** Product feeds, by Google's product data specification; `prisjakt` is stricter about ids and freer about titles. */
export const productFeed: RuleSet = {
  key: 'product-feed',
  name: 'Product feed',
  profiles: ['prisjakt'],
  columns,
  rules: [...articleNumberRules, ...priceRules],
  idColumn: 'id',
  recordElements: ['product', 'item', 'entry', 'offer'],
};
