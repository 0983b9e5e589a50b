import { about, type Finding, keyOf } from '../gap.ts';
import { isNeed, isSource, itemsWithFlows, type Reading } from '../reading.ts';

/**
 * NO_EXCHANGE, of two departments of kind TEAM: there is a stage at whose touchpoints both take part, together or apart,
 * and nowhere on the journey does an item go from one to the other: one has a source of it (an OUTPUT, or it asks the
 * client), the other a need (INPUT or USE without asking) at the same or a later touchpoint. About both, and those
 * touchpoints of the first stage they share in which either takes part; all stages would mark half the map.
 */
export function exchange(reading: Reading): Finding[] {
  const inStage = teamsOfStages(reading);
  const strangers = new Map<string, Map<string, string[]>>();
  for (const [stageId, teams] of inStage) {
    const sorted = [...teams.keys()].sort();
    for (const [at, one] of sorted.entries()) {
      const others = strangers.get(one) ?? new Map<string, string[]>();
      strangers.set(one, others);
      for (const other of sorted.slice(at + 1)) {
        const shared = others.get(other);
        if (shared) shared.push(stageId);
        else others.set(other, [stageId]);
      }
    }
  }
  for (const [one, other] of handovers(reading)) {
    if (one < other) strangers.get(one)?.delete(other);
    else strangers.get(other)?.delete(one);
  }
  return [...strangers].flatMap(([departmentId, others]) =>
    [...others].map(([otherId, stages]): Finding => {
      const [stageId] = stages as [string];
      const teams = inStage.get(stageId);
      const touchpointIds = [departmentId, otherId].flatMap((team) => teams?.get(team) ?? []);
      return {
        kind: 'NO_EXCHANGE',
        key: keyOf('NO_EXCHANGE', departmentId, otherId),
        about: about({ departmentIds: [departmentId, otherId], touchpointIds }),
        facts: { departmentId, otherId, stageId, stages: stages.length },
      };
    }),
  );
}

/** Per stage, in order, the teams that take part in it, and at which touchpoints. */
function teamsOfStages({ touchpoints, departments }: Reading): Map<string, Map<string, string[]>> {
  const stages = new Map<string, Map<string, string[]>>();
  for (const { touchpoint, departmentIds } of touchpoints) {
    const teams = stages.get(touchpoint.stageId) ?? new Map<string, string[]>();
    stages.set(touchpoint.stageId, teams);
    for (const id of departmentIds) {
      if (departments.get(id)?.kind !== 'TEAM') continue;
      const there = teams.get(id);
      if (there) there.push(touchpoint.id);
      else teams.set(id, [touchpoint.id]);
    }
  }
  return stages;
}

/** Who gives an item to whom: whoever has it first before whoever needs it last. */
function* handovers(reading: Reading): Generator<[string, string]> {
  for (const [, steps] of itemsWithFlows(reading)) {
    const givenFrom = new Map<string, number>();
    const neededTo = new Map<string, number>();
    for (const step of steps) {
      const { place, flow } = step;
      if (isSource(step)) givenFrom.set(flow.departmentId, Math.min(place, givenFrom.get(flow.departmentId) ?? place));
      if (isNeed(step)) neededTo.set(flow.departmentId, Math.max(place, neededTo.get(flow.departmentId) ?? place));
    }
    for (const [giver, from] of givenFrom) {
      for (const [taker, to] of neededTo) if (giver !== taker && from <= to) yield [giver, taker];
    }
  }
}
