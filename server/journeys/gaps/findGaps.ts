import type { JourneyMap } from '../map.ts';
import type { Finding, Gap } from './gap.ts';
import { type Reading, read } from './reading.ts';
import { circles } from './rules/circles.ts';
import { dangling } from './rules/dangling.ts';
import { exchange } from './rules/exchange.ts';
import { goals } from './rules/goals.ts';
import { homes } from './rules/homes.ts';
import { repeats } from './rules/repeats.ts';
import { supply } from './rules/supply.ts';
import { type Costs, severityOf } from './severity.ts';

const rules: readonly ((reading: Reading) => Finding[])[] = [
  supply,
  repeats,
  homes,
  circles,
  exchange,
  goals,
  dangling,
];

/**
 * Every gap of a map, the gravest first, then by key; the same for the same map however its flows are ordered. It is
 * computed whole at every edit: one pass for the indexes, then each rule in time that grows with the map alone. It throws
 * on no map, whatever its ids name, and ends on any circle.
 */
export function findGaps(map: JourneyMap, costs: Costs = {}): Gap[] {
  const reading = read(map);
  return rules
    .flatMap((rule) => rule(reading))
    .map((finding): Gap => Object.assign(finding, { severity: severityOf(finding, costs) }))
    .sort((one, other) => other.severity - one.severity || (one.key < other.key ? -1 : 1));
}
