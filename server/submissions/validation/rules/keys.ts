/** Of every set in the registry: who only has to name them need not load what they hold. */
export const ruleSetKeys: readonly string[] = [
  'table',
  'product-feed',
  'order-history',
  'subscriber-list',
  'suppression-list',
];
