import type { Department, JourneyMap, Stage, Touchpoint } from '../../../server/journeys/map.ts';

/*
 * Where everything stands: stages are columns, departments lanes, and a cell is a stack of touchpoints in their order. Pure,
 * and in no unit of a screen but `lineHeightOf`'s.
 */

/** What names a column or a lane that is gone; only there while something stands in it. */
export const nowhere = '';

export type MapLayout = {
  /** With `nowhere` last, for what stands in a stage that was removed. */
  columns: readonly Stage[];
  /** The customer's first. */
  lanes: readonly Lane[];
  cells: ReadonlyMap<string, readonly Touchpoint[]>;
  placeOf: ReadonlyMap<string, { column: number; lane: number; at: number }>;
};
/** `deepest`: as many cards as its fullest cell has. */
export type Lane = Omit<Department, 'kind'> & { kind: Department['kind'] | null; deepest: number };
export type Direction = 'left' | 'right' | 'up' | 'down';

export const cellKey = (stageId: string, laneId: string) => `${stageId}|${laneId}`;

export function layoutOf({ stages, departments, touchpoints }: JourneyMap): MapLayout {
  const stageIds = new Set(stages.map(({ id }) => id));
  const departmentIds = new Set(departments.map(({ id }) => id));
  const cells = new Map<string, Touchpoint[]>();
  const deepest = new Map<string, number>();
  let isStageless = false;
  for (const touchpoint of touchpoints) {
    const laneId = laneOf(touchpoint, departmentIds);
    const stageId = stageIds.has(touchpoint.stageId) ? touchpoint.stageId : nowhere;
    isStageless ||= stageId === nowhere;
    const cell = cells.get(cellKey(stageId, laneId)) ?? [];
    cell.push(touchpoint);
    cells.set(cellKey(stageId, laneId), cell);
    deepest.set(laneId, Math.max(deepest.get(laneId) ?? 0, cell.length));
  }
  const columns = isStageless ? [...stages, { id: nowhere, name: '' }] : stages;
  const order = [...departments].sort((a, b) => Number(b.kind === 'CUSTOMER') - Number(a.kind === 'CUSTOMER'));
  const lanes: Lane[] = order.map((department) => ({ ...department, deepest: deepest.get(department.id) ?? 0 }));
  const lost = deepest.get(nowhere);
  if (lost !== undefined) lanes.push({ id: nowhere, name: '', kind: null, deepest: lost });
  const placeOf = new Map<string, { column: number; lane: number; at: number }>();
  for (const [column, stage] of columns.entries())
    for (const [lane, { id: laneId }] of lanes.entries())
      for (const [at, { id }] of (cells.get(cellKey(stage.id, laneId)) ?? []).entries())
        placeOf.set(id, { column, lane, at });
  return { columns, lanes, cells, placeOf };
}

/** A touchpoint stands with who starts it, or else with the first who takes part. */
export function laneOf({ initiatorId, departmentIds }: Touchpoint, known: ReadonlySet<string>): string {
  if (initiatorId !== null && known.has(initiatorId)) return initiatorId;
  return departmentIds.find((id) => known.has(id)) ?? nowhere;
}

/** The card that an arrow leads to: over empty cells to the next one that is not; null at the edge. */
export function neighbour(layout: MapLayout, id: string, direction: Direction): string | null {
  const place = layout.placeOf.get(id);
  if (!place) return null;
  const step = direction === 'left' || direction === 'up' ? -1 : 1;
  const isAcross = direction === 'left' || direction === 'right';
  const cellAt = (column: number, lane: number) => {
    const [stage, row] = [layout.columns[column], layout.lanes[lane]];
    return stage && row ? (layout.cells.get(cellKey(stage.id, row.id)) ?? []) : null;
  };
  if (!isAcross) {
    const inside = cellAt(place.column, place.lane)?.[place.at + step];
    if (inside) return inside.id;
  }
  for (let far = step; ; far += step) {
    const cell = isAcross ? cellAt(place.column + far, place.lane) : cellAt(place.column, place.lane + far);
    if (cell === null) return null;
    const at = isAcross ? Math.min(place.at, cell.length - 1) : step > 0 ? 0 : cell.length - 1;
    const found = cell[at];
    if (found) return found.id;
  }
}

/** The mean of what was said of a stage's touchpoints, from -2 to 2; null: nothing. */
export function meanExperience(map: JourneyMap, stageId: string): number | null {
  const said = map.touchpoints.flatMap((one) =>
    one.stageId === stageId && one.experience !== null ? [one.experience] : [],
  );
  return said.length === 0 ? null : said.reduce<number>((sum, one) => sum + one, 0) / said.length;
}
