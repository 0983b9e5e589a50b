/** Cases that went the same way. */
export type Variant = {
  /** In the order in which it happened. */
  activityIds: readonly string[];
  caseIds: readonly string[];
  /** Of all cases, 0 to 1. */
  share: number;
};

/** The ways that cases went, the most frequent first; of equals the one that was met first. */
export function variantsOf(cases: readonly { id: string; activityIds: readonly string[] }[]): Variant[] {
  const byWay = new Map<string, { activityIds: readonly string[]; caseIds: string[] }>();
  for (const { id, activityIds } of cases) {
    const way = JSON.stringify(activityIds);
    const met = byWay.get(way);
    if (met) met.caseIds.push(id);
    else byWay.set(way, { activityIds, caseIds: [id] });
  }
  return [...byWay.values()]
    .map((one) => ({ ...one, share: one.caseIds.length / cases.length }))
    .sort((one, other) => other.caseIds.length - one.caseIds.length);
}
