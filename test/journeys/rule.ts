import { describe, expect, test } from 'vitest';
import { findGaps } from '../../server/journeys/gaps/findGaps.ts';
import type { FactsOf, GapKind } from '../../server/journeys/gaps/gap.ts';
import type { JourneyMap } from '../../server/journeys/map.ts';
import { expectPlain } from './said.ts';

/** Title, the map, and the gaps of the kind that it has: their keys without the kind. */
export type Case = [string, JourneyMap, string[]];

const keys = (kind: GapKind, map: JourneyMap) =>
  findGaps(map)
    .filter((gap) => gap.kind === kind)
    .map(({ key }) => key.slice(kind.length + 1))
    .sort();

/** The cases of a rule, and what one gap of it says. */
export function rule<Kind extends GapKind>(kind: Kind, cases: Case[], [map, facts]: [JourneyMap, FactsOf[Kind]]) {
  describe(kind, () => {
    test.each(cases)('%s', (_, given, expected) => expect(keys(kind, given)).toEqual([...expected].sort()));
    test('each of them has its sentence', () => {
      for (const [, given] of cases) expectPlain(given);
    });
    test('it says of what', () => {
      expect(findGaps(map).filter((gap) => gap.kind === kind)[0]?.facts).toEqual(facts);
    });
  });
}
