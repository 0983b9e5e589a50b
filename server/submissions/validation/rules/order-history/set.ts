import type { RuleSet } from '../../types.ts';
import { directionRule, formulaRule, scientificRule, trimRule } from '../common/anyText.ts';
import { comparedRule } from '../common/memory.ts';
import { amountRules } from './amounts.ts';
import { columns } from './columns.ts';
import { eventRules } from './events.ts';
import { orderExports } from './exports.ts';
import { keyRules } from './keys.ts';
import { periodRules } from './period.ts';
import { timeRules } from './times.ts';
import { wholeFileRules } from './wholeFile.ts';

const names = columns.map(({ name }) => name);

/**
 * Orders of the past, a row a line. `emarsys` is its batch file, `klevu` asks for less time, `algolia` is a file of events
 * with a header of its own.
 */
export const orderHistory: RuleSet = {
  key: 'order-history',
  name: 'Order history',
  profiles: ['algolia', 'klevu', 'emarsys'],
  columns,
  rules: [
    scientificRule(['order', 'item', 'customer']),
    formulaRule(['order', 'item', 'customer', 'coupon', 'type', 'store_id', 'category', 'event_name']),
    directionRule(['order', 'item', 'customer', 'coupon', 'store_id', 'category']),
    trimRule(names, ['F2:store_id', 'F2:locale', 'F2:category', 'F2:coupon']),
    ...keyRules,
    ...timeRules,
    ...amountRules,
    ...eventRules,
    ...periodRules,
    ...wholeFileRules,
    comparedRule(['F2:*file*'], 'order'),
  ],
  idColumn: 'order',
  exports: orderExports,
  recordElements: ['order', 'line', 'item', 'event'],
};
