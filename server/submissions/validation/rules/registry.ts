import type { RuleSet } from '../types.ts';
import { orderHistory } from './order-history/set.ts';
import { productFeed } from './product-feed/set.ts';
import { subscriberList } from './subscriber-list/set.ts';
import { suppressionList } from './suppression-list/set.ts';
import { checkTableSchema } from './tableSchema.ts';
import { ruleSetOf } from './tableSchemaSet.ts';

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

/** What a check names the rules by that are made of the author's own table. */
export const ownTable = 'own-table';

/** The rules that a check names; null when there are none of that name, or its table is not as it should be. */
export function rulesOfCheck({ rules, table }: { rules: string; table?: unknown }): RuleSet | null {
  if (rules !== ownTable) return ruleSets[rules] ?? null;
  const { schema } = checkTableSchema(table);
  return schema && ruleSetOf(schema, ownTable);
}
