import type { RuleSet } from '../types.ts';
import { orderHistory } from './order-history/set.ts';
import { productFeed } from './product-feed/set.ts';
import { subscriberList } from './subscriber-list/set.ts';
import { suppressionList } from './suppression-list/set.ts';

/** A set without columns: a file is only read, and what its format breaks is told. */
export const anyTable: RuleSet = {
  key: 'table',
  name: 'Any table',
  profiles: [],
  columns: [],
  rules: [],
  idColumn: null,
};

/** Every set that files are judged by, by its key. */
export const ruleSets: Readonly<Record<string, RuleSet>> = {
  [anyTable.key]: anyTable,
  [productFeed.key]: productFeed,
  [orderHistory.key]: orderHistory,
  [subscriberList.key]: subscriberList,
  [suppressionList.key]: suppressionList,
};
