import type { SystemLink } from '../map.ts';

/** Where systems pass an item on by themselves. Links may lead round and round: each system is visited once. */
export type Passing = {
  /**
   * Adds to `reached` the system and all that a chain of links leads to from it; from what is in `reached` the way on was
   * followed already. Without an item: over links that pass all items.
   */
  from(itemId: string | null, systemId: string, reached: Set<string>): Set<string>;
};

type Onward = Map<string, string[]>;

/** Links for all items stand apart from those for some, so that a way is looked for among the links of its item alone. */
export function passing(links: readonly SystemLink[]): Passing {
  const ofAll: Onward = new Map();
  const ofItem = new Map<string, Onward>();
  for (const { fromId, toId, itemIds } of links) {
    if (itemIds === null) add(ofAll, fromId, toId);
    for (const itemId of itemIds ?? []) {
      let own = ofItem.get(itemId);
      if (own === undefined) {
        own = new Map();
        ofItem.set(itemId, own);
      }
      add(own, fromId, toId);
    }
  }
  const reachOf = new Map<string, ReadonlySet<string>>();
  /** Where links for all items lead from a system, itself too; looked for once. */
  const reach = (systemId: string) => {
    const known = reachOf.get(systemId) ?? closure(ofAll, systemId);
    reachOf.set(systemId, known);
    return known;
  };
  return {
    from(itemId, systemId, reached) {
      const own = itemId === null ? undefined : ofItem.get(itemId);
      const open: string[] = [];
      // What is reached, is so with all that the links for all items lead to from there.
      const arrive = (at: string) => {
        if (reached.has(at)) return;
        for (const id of reach(at)) {
          if (reached.has(id)) continue;
          reached.add(id);
          if (own !== undefined) open.push(id);
        }
      };
      arrive(systemId);
      for (let next = open.pop(); next !== undefined; next = open.pop()) own?.get(next)?.forEach(arrive);
      return reached;
    },
  };
}

function closure(onward: Onward, systemId: string): ReadonlySet<string> {
  const reached = new Set([systemId]);
  // A set is walked on through what is added meanwhile.
  for (const next of reached) for (const id of onward.get(next) ?? []) reached.add(id);
  return reached;
}

function add(onward: Onward, fromId: string, toId: string): void {
  const others = onward.get(fromId);
  if (others) others.push(toId);
  else onward.set(fromId, [toId]);
}
