import type { SystemLink } from '../map.ts';

/** Where systems pass an item on by themselves. Links may lead round and round: each system is visited once. */
export type Passing = {
  /** Adds to `reached` the system and all that a chain of links leads to from it; what is in `reached` was followed. */
  from(itemId: string, systemId: string, reached: Set<string>): Set<string>;
};

export function passing(links: readonly SystemLink[]): Passing {
  const onward = new Map<string, { toId: string; items: ReadonlySet<string> | null }[]>();
  for (const { fromId, toId, itemIds } of links) {
    const link = { toId, items: itemIds && new Set(itemIds) };
    const others = onward.get(fromId);
    if (others) others.push(link);
    else onward.set(fromId, [link]);
  }
  return {
    from(itemId, systemId, reached) {
      if (reached.has(systemId)) return reached;
      reached.add(systemId);
      const open = [systemId];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        for (const { toId, items } of onward.get(next) ?? []) {
          if (reached.has(toId) || (items !== null && !items.has(itemId))) continue;
          reached.add(toId);
          open.push(toId);
        }
      }
      return reached;
    },
  };
}
