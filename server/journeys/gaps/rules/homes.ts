import type { InformationItem } from '../../map.ts';
import { about, type Finding, keyOf } from '../gap.ts';
import { homesOf, itemsOfJourney, type Reading } from '../reading.ts';

/*
 * Does each item of the journey (one that flows on it, or that a goal names) have somebody who answers for it, and one
 * system that is right? Its homes are its systems of record that are there, each once.
 *   NO_OWNER      no department that is there owns it
 *   NO_HOME       it has no home
 *   TWO_HOMES     it has two or more; about them
 *   HELD_OUTSIDE  it has a home that is not of kind SLIPWAY; about those. One home in Slipway and one outside is still
 *                 held outside, so that `centralisation` does not rise by a second copy
 */
export function homes(reading: Reading): Finding[] {
  return itemsOfJourney(reading).flatMap((item) => [...ofItem(item, reading)]);
}

function* ofItem(item: InformationItem, reading: Reading): Generator<Finding> {
  const { id: itemId, ownerId } = item;
  const found = homesOf(item, reading);
  const itemIds = [itemId];
  if (ownerId === null || !reading.departments.has(ownerId)) {
    yield { kind: 'NO_OWNER', key: keyOf('NO_OWNER', itemId), about: about({ itemIds }), facts: { itemId } };
  }
  if (found.length === 0) {
    yield { kind: 'NO_HOME', key: keyOf('NO_HOME', itemId), about: about({ itemIds }), facts: { itemId } };
  }
  if (found.length > 1) {
    const systemIds = found.map(({ id }) => id);
    const facts = { itemId, homes: found.length };
    yield { kind: 'TWO_HOMES', key: keyOf('TWO_HOMES', itemId), about: about({ itemIds, systemIds }), facts };
  }
  const outside = found.filter(({ kind }) => kind !== 'SLIPWAY').map(({ id }) => id);
  if (outside[0] !== undefined) {
    const facts = { itemId, systemId: outside[0] };
    const marked = about({ itemIds, systemIds: outside });
    yield { kind: 'HELD_OUTSIDE', key: keyOf('HELD_OUTSIDE', itemId), about: marked, facts };
  }
}
