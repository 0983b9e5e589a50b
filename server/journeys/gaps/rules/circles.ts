import { about, type Finding, keyOf } from '../gap.ts';
import { passing } from '../passing.ts';
import { homesOf, itemsOfJourney, type Reading } from '../reading.ts';

/**
 * CYCLE, of a circle of systems: two or more, each of which leads to each other over links that pass the item, largest
 * such set; an item of the journey stands in it (a flow of the item names one of them, or it is a home of the item);
 * and not exactly one home of the item is in it. Then the value written last wins, and nobody has said whose is right;
 * a copy to and fro with one system of record is no gap. Items that go round in the same systems are one gap.
 */
export function circles(reading: Reading): Finding[] {
  const links = withinCircles(reading);
  if (links.length === 0) return [];
  const named = new Set(links.flatMap(({ itemIds }) => itemIds ?? []));
  // Whoever is named by no link is passed by the same ones, those for all: most items, asked once.
  const common = circlesOf(null, links);
  const goingRound = new Map<string, { systemIds: readonly string[]; itemIds: string[] }>();
  for (const item of itemsOfJourney(reading)) {
    const homes = homesOf(item, reading).map(({ id }) => id);
    const stands = new Set([
      ...homes,
      ...(reading.flowsOf.get(item.id) ?? []).flatMap(({ systemId }) => systemId ?? []),
    ]);
    for (const systemIds of named.has(item.id) ? circlesOf(item.id, links) : common) {
      if (!systemIds.some((id) => stands.has(id))) continue;
      if (homes.filter((id) => systemIds.includes(id)).length === 1) continue;
      const key = keyOf('CYCLE', ...systemIds);
      const known = goingRound.get(key);
      if (known) known.itemIds.push(item.id);
      else goingRound.set(key, { systemIds, itemIds: [item.id] });
    }
  }
  return [...goingRound].map(([key, { systemIds, itemIds }]) => ({
    kind: 'CYCLE',
    key,
    about: about({ systemIds, itemIds }),
    facts: { systems: systemIds.length, items: itemIds.length },
  }));
}

type Links = Reading['links'];

/** Only links inside a circle of all links can make one of some; most maps have none. */
function withinCircles({ links }: Reading): Links {
  const all = links.map((link) => ({ ...link, itemIds: null }));
  const circleOf = new Map(circlesOf(null, all).flatMap((ids) => ids.map((id) => [id, ids] as const)));
  return links.filter(({ fromId, toId }) => circleOf.has(fromId) && circleOf.get(fromId) === circleOf.get(toId));
}

/** The largest sets of two and more systems in which each leads to each, sorted; null: over links for all items alone. */
function circlesOf(itemId: string | null, links: Links): string[][] {
  const used = links.filter(({ itemIds }) => itemIds === null || (itemId !== null && itemIds.includes(itemId)));
  const open = used.map((link) => ({ ...link, itemIds: null }));
  const onward = passing(open);
  const back = passing(open.map((link) => ({ ...link, fromId: link.toId, toId: link.fromId })));
  const seen = new Set<string>();
  const found: string[][] = [];
  for (const { fromId } of open) {
    if (seen.has(fromId)) continue;
    const behind = back.from('', fromId, new Set());
    const circle = [...onward.from('', fromId, new Set())].filter((id) => behind.has(id)).sort();
    for (const id of circle) seen.add(id);
    if (circle.length > 1) found.push(circle);
  }
  return found;
}
