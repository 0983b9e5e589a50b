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
  // Most items are passed by the links for all alone, or by others that lead nowhere new: their circles are the same.
  const forAll = links.filter(({ itemIds }) => itemIds === null);
  const common = circlesOver(forAll)(null, startsOf(forAll));
  const commonOf = circleOfSystem(common);
  const others = links.filter((link) => link.itemIds !== null && !isWithin(link, commonOf));
  const ownLinks = linksOfItems(others);
  const circlesOf = circlesOver([...forAll, ...others]);
  const goingRound = new Map<string, { circle: Circle; itemIds: string[] }>();
  for (const item of itemsOfJourney(reading)) {
    const own = ownLinks.get(item.id);
    const found = own ? circlesOf(item.id, new Set([...startsOf(own), ...commonOf.keys()])) : common;
    if (found.length === 0) continue;
    const homes = homesOf(item, reading).map(({ id }) => id);
    const stands = new Set(homes);
    for (const { systemId } of reading.flowsOf.get(item.id) ?? []) if (systemId !== null) stands.add(systemId);
    for (const circle of found) {
      if (!circle.systemIds.some((id) => stands.has(id))) continue;
      if (homes.filter((id) => circle.systemIds.includes(id)).length === 1) continue;
      const known = goingRound.get(circle.key);
      if (known) known.itemIds.push(item.id);
      else goingRound.set(circle.key, { circle, itemIds: [item.id] });
    }
  }
  return [...goingRound.values()].map(({ circle: { key, systemIds }, itemIds }) => ({
    kind: 'CYCLE',
    key,
    about: about({ systemIds, itemIds }),
    facts: { systems: systemIds.length, items: itemIds.length },
  }));
}

type Links = Reading['links'];
/** Its systems, sorted. */
type Circle = { key: string; systemIds: readonly string[] };
type CirclesOf = (itemId: string | null, starts: ReadonlySet<string>) => readonly Circle[];

/** Only links inside a circle of all links, whatever they pass, can make one of some; most maps have none. */
function withinCircles({ links }: Reading): Links {
  const all = links.map((link) => ({ ...link, itemIds: null }));
  const circleOf = circleOfSystem(circlesOver(all)(null, startsOf(all)));
  return links.filter((link) => isWithin(link, circleOf));
}

const startsOf = (links: Links): ReadonlySet<string> => new Set(links.map(({ fromId }) => fromId));

const circleOfSystem = (circles: readonly Circle[]): ReadonlyMap<string, Circle> =>
  new Map(circles.flatMap((circle) => circle.systemIds.map((id) => [id, circle] as const)));

const isWithin = ({ fromId, toId }: Links[number], circleOf: ReadonlyMap<string, Circle>) =>
  circleOf.has(fromId) && circleOf.get(fromId) === circleOf.get(toId);

/** The links that name an item, by item. */
function linksOfItems(links: Links): Map<string, Links[number][]> {
  const found = new Map<string, Links[number][]>();
  for (const link of links) {
    for (const id of link.itemIds ?? []) {
      const own = found.get(id);
      if (own) own.push(link);
      else found.set(id, [link]);
    }
  }
  return found;
}

/** The largest sets of two and more systems in which each leads to each; those that hold one of the starts. */
function circlesOver(links: Links): CirclesOf {
  const onward = passing(links);
  const back = passing(links.map((link) => ({ ...link, fromId: link.toId, toId: link.fromId })));
  return (itemId, starts) => {
    const seen = new Set<string>();
    const found: Circle[] = [];
    for (const start of starts) {
      if (seen.has(start)) continue;
      const behind = back.from(itemId, start, new Set());
      const systemIds = [...onward.from(itemId, start, new Set())].filter((id) => behind.has(id)).sort();
      for (const id of systemIds) seen.add(id);
      if (systemIds.length > 1) found.push({ key: keyOf('CYCLE', ...systemIds), systemIds });
    }
    return found;
  };
}
