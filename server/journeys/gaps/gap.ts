/** Why each kind is a gap stands at its rule; `rules/` has a file per question that is asked of a map. */
export const gapKinds = [
  'OUTPUT_UNUSED',
  'USE_UNPRODUCED',
  'INPUT_TOO_LATE',
  'REKEYED',
  'ASKED_TWICE',
  'CONFLICTING_VALUES',
  'NO_OWNER',
  'NO_HOME',
  'TWO_HOMES',
  'HELD_OUTSIDE',
  'CYCLE',
  'NO_EXCHANGE',
  'GOAL_WITHOUT_TOUCHPOINT',
  'TOUCHPOINT_WITHOUT_GOAL',
  'OPPORTUNITY',
  'DANGLING',
] as const;

export type GapKind = (typeof gapKinds)[number];

/**
 * What a gap's one sentence is made of: ids and counts, closed. The sentence stands in the catalogue of words, the names
 * that it says stand in the map.
 */
export type FactsOf = {
  OUTPUT_UNUSED: { itemId: string; touchpointId: string; departmentId: string };
  /** The first who would need it, and at how many touchpoints it is needed. */
  USE_UNPRODUCED: { itemId: string; touchpointId: string; departmentId: string; touchpoints: number };
  INPUT_TOO_LATE: { itemId: string; touchpointId: string; departmentId: string; producedAtId: string };
  /** The system that it is put into once more, where, and the one that has had it first. */
  REKEYED: { itemId: string; systemId: string; touchpointId: string; heldInId: string };
  /** Where it is first asked for in vain, what holds it by then (null: nothing), and at how many touchpoints it is asked. */
  ASKED_TWICE: { itemId: string; touchpointId: string; heldInId: string | null; touchpoints: number };
  CONFLICTING_VALUES: { itemId: string; values: number };
  NO_OWNER: { itemId: string };
  NO_HOME: { itemId: string };
  TWO_HOMES: { itemId: string; homes: number };
  /** The first of its homes that is not Slipway. */
  HELD_OUTSIDE: { itemId: string; systemId: string };
  /** How many systems pass how many items round. */
  CYCLE: { systems: number; items: number };
  /** Two teams, the first stage that they share, and how many they do. */
  NO_EXCHANGE: { departmentId: string; otherId: string; stageId: string; stages: number };
  GOAL_WITHOUT_TOUCHPOINT: { goalId: string; departmentId: string };
  TOUCHPOINT_WITHOUT_GOAL: { touchpointId: string };
  /** Who could use it, and who has it first and where. */
  OPPORTUNITY: { itemId: string; departmentId: string; producerId: string; touchpointId: string };
  /** What is named and not there, and by how many parts of the map. */
  DANGLING: { missing: Missing; missingId: string; references: number };
};

export type Missing = 'STAGE' | 'DEPARTMENT' | 'TOUCHPOINT' | 'ITEM' | 'SYSTEM';

/** What a gap is about, for a canvas to mark it: ids that are there, each once, sorted. */
export type About = {
  touchpointIds: readonly string[];
  itemIds: readonly string[];
  departmentIds: readonly string[];
  systemIds: readonly string[];
  goalIds: readonly string[];
  flowIds: readonly string[];
};

/** 1 worth knowing, 2 costs work, 3 costs the client something or makes people act on what is wrong. */
export type Severity = 1 | 2 | 3;

/** What a rule says; what it costs is no business of a rule. */
export type Finding = {
  [Kind in GapKind]: { kind: Kind; key: string; about: About; facts: FactsOf[Kind] };
}[GapKind];

export type Gap = Finding & { severity: Severity };

/**
 * A gap's identity: its kind and the ids that make it this one, so that it is known again when flows are reordered,
 * redrawn or renamed, and one that was dismissed stays so. Ids hold what they like; `%` and `:` are escaped.
 */
export function keyOf(kind: GapKind, ...ids: readonly string[]): string {
  let key: string = kind;
  for (const id of ids) key += `:${escaped(id)}`;
  return key;
}

function escaped(id: string): string {
  if (!id.includes('%') && !id.includes(':')) return id;
  return id.replaceAll('%', '%25').replaceAll(':', '%3A');
}

/** Ids in any order and as often as they come; what is left out is empty. */
export function about(parts: { [Part in keyof About]?: Iterable<string> }): About {
  return {
    touchpointIds: sorted(parts.touchpointIds),
    itemIds: sorted(parts.itemIds),
    departmentIds: sorted(parts.departmentIds),
    systemIds: sorted(parts.systemIds),
    goalIds: sorted(parts.goalIds),
    flowIds: sorted(parts.flowIds),
  };
}

/** Lists of one and two are most of them, and a sort costs more than all else here. */
function sorted(given: Iterable<string> | undefined): readonly string[] {
  if (given === undefined) return [];
  const ids = [...given];
  const [one, other] = ids;
  if (one === undefined || other === undefined) return ids;
  if (ids.length === 2) return one === other ? [one] : one < other ? ids : [other, one];
  return [...new Set(ids)].sort();
}
