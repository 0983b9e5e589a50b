import type { Finding, GapKind, Severity } from './gap.ts';

/** What was measured on live projects, by the ids of the map; what is not in it was not measured. */
export type Costs = {
  /** Working minutes that a project typically waits at the touchpoint. */
  waitingMinutesOfTouchpoint?: ReadonlyMap<string, number>;
  /** Rounds of rework that the item typically takes in a project: handed in again, asked again, mended by hand. */
  reworkOfItem?: ReadonlyMap<string, number>;
};

/** What a gap of a kind is worth before anything was measured. */
const unmeasured: Readonly<Record<GapKind, Severity>> = {
  USE_UNPRODUCED: 3,
  ASKED_TWICE: 3,
  CONFLICTING_VALUES: 3,
  INPUT_TOO_LATE: 2,
  REKEYED: 2,
  NO_HOME: 2,
  TWO_HOMES: 2,
  CYCLE: 2,
  NO_EXCHANGE: 2,
  OUTPUT_UNUSED: 1,
  NO_OWNER: 1,
  HELD_OUTSIDE: 1,
  OPPORTUNITY: 1,
  GOAL_WITHOUT_TOUCHPOINT: 1,
  TOUCHPOINT_WITHOUT_GOAL: 1,
  DANGLING: 1,
};

/** From here on a cost makes a gap 2, or 3: a working day and a week of 8-hour days; one round more, and three. */
const waitingMinutes = [480, 2_400] as const;
const reworkRounds = [1, 3] as const;

/**
 * The greatest of three: what its kind is worth unmeasured, what the longest wait among its touchpoints is, and what the
 * most rework among its items is. A measured cost only raises: that nobody waits yet makes a gap no better. What is no
 * number counts as not measured.
 */
export function severityOf({ kind, about }: Finding, costs: Costs): Severity {
  const waiting = level(about.touchpointIds, costs.waitingMinutesOfTouchpoint, waitingMinutes);
  const rework = level(about.itemIds, costs.reworkOfItem, reworkRounds);
  return Math.max(unmeasured[kind], waiting, rework) as Severity;
}

function level(
  ids: readonly string[],
  measured: ReadonlyMap<string, number> | undefined,
  [two, three]: readonly [number, number],
): Severity {
  if (measured === undefined || measured.size === 0) return 1;
  const most = ids.reduce((greatest, id) => {
    const cost = measured.get(id) ?? 0;
    return cost > greatest ? cost : greatest;
  }, 0);
  if (most >= three) return 3;
  return most >= two ? 2 : 1;
}
