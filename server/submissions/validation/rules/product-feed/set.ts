import type { RuleSet } from '../../types.ts';
import { directionRule, formulaRule, scientificRule, trimRule } from '../common/anyText.ts';
import { comparedRule } from '../common/memory.ts';
import { addressRules } from './addresses.ts';
import { articleNumberRules } from './articleNumbers.ts';
import { categoryRules } from './categories.ts';
import { closedListRules } from './closedLists.ts';
import { columns } from './columns.ts';
import { dateRules } from './dates.ts';
import { platformExports } from './exports/all.ts';
import { idRules } from './ids.ts';
import { listRules } from './lists.ts';
import { measureRules } from './measures.ts';
import { pictureRules } from './pictures.ts';
import { priceRules } from './prices.ts';
import { textRules } from './texts.ts';
import { variantRules } from './variants.ts';
import { wholeFileRules } from './wholeFile.ts';

const names = columns.map(({ name }) => name);
/** What people write; a sign before a number or a code is no formula. */
const texts = [
  ...['id', 'title', 'structured_title', 'description', 'structured_description', 'brand', 'mpn', 'product_type'],
  ...['item_group_id', 'color', 'size', 'material', 'pattern', 'product_highlight', 'product_detail', 'shipping_label'],
  ...['custom_label_0', 'custom_label_1', 'custom_label_2', 'custom_label_3', 'custom_label_4'],
];

/** Product feeds, by Google's product data specification; `prisjakt` is stricter about ids and freer about titles. */
export const productFeed: RuleSet = {
  key: 'product-feed',
  name: 'Product feed',
  profiles: ['prisjakt'],
  columns,
  rules: [
    scientificRule(['id', 'gtin', 'mpn', 'item_group_id']),
    formulaRule(texts),
    directionRule(texts),
    trimRule(
      names.filter((name) => name !== 'id'),
      ['F1:*file*'],
    ),
    ...idRules,
    ...textRules,
    ...addressRules,
    ...pictureRules,
    ...closedListRules,
    ...dateRules,
    ...priceRules,
    ...articleNumberRules,
    ...categoryRules,
    ...variantRules,
    ...measureRules,
    ...listRules,
    ...wholeFileRules,
    comparedRule(['F1:*file*'], 'id'),
  ],
  idColumn: 'id',
  exports: platformExports,
  recordElements: ['product', 'item', 'entry', 'offer'],
};
