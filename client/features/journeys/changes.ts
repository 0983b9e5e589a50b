import { uuidv7 } from 'uuidv7';
import type { JourneyMap, Touchpoint } from '../../../server/journeys/map.ts';
import type { BodyOf, Part, PartKind } from '../../../server/journeys/parts.ts';
import { type Direction, laneOf, layoutOf, type MapLayout, nowhere } from './layout.ts';
import type { Change } from './mapStore.ts';

/* What people do on a map, as changes of its parts. Pure but for new ids. */

type Parts = ReadonlyMap<string, Part>;

/** Other words of a part, or another place of it; nothing when it is gone. */
export function changed<Kind extends PartKind>(
  parts: Parts,
  kind: Kind,
  id: string,
  over: Partial<BodyOf[Kind]>,
  rank?: number,
): Change[] {
  const part = parts.get(id);
  if (part?.kind !== kind) return [];
  return [{ id, kind, to: { rank: rank ?? part.rank, body: { ...part.body, ...over } } } as Change];
}

/** A new part, behind all of its kind unless it is given a place. */
export function made<Kind extends PartKind>(parts: Parts, kind: Kind, body: BodyOf[Kind], rank?: number): Change {
  return { id: uuidv7(), kind, to: { rank: rank ?? lastRank(parts, kind) + 1, body } } as Change;
}

function lastRank(parts: Parts, kind: PartKind): number {
  let last = 0;
  for (const part of parts.values()) if (part.kind === kind && part.rank > last) last = part.rank;
  return last;
}

/** A part goes, and what would hang in the air without it: the flows and pains of a touchpoint, and others' word of it. */
export function removed(parts: Parts, id: string): Change[] {
  const gone = parts.get(id);
  if (!gone) return [];
  const others = [...parts.values()].flatMap((part): Change[] => {
    const isIn = (part.kind === 'FLOW' || part.kind === 'PAIN_POINT') && part.body.touchpointId === id;
    return isIn ? [{ id: part.id, kind: part.kind, to: null }] : wordTakenBack(parts, part, id);
  });
  return [{ id, kind: gone.kind, to: null }, ...others];
}

/** A goal and an interview go on without a touchpoint, a pain point without an interview, and that without a persona. */
function wordTakenBack(parts: Parts, part: Part, id: string): Change[] {
  const without = (ids: readonly string[]) => ids.filter((one) => one !== id);
  if ((part.kind === 'GOAL' || part.kind === 'INTERVIEW') && part.body.touchpointIds.includes(id))
    return changed(parts, part.kind, part.id, { touchpointIds: without(part.body.touchpointIds) });
  if (part.kind === 'PAIN_POINT' && part.body.evidenceIds.includes(id))
    return changed(parts, part.kind, part.id, { evidenceIds: without(part.body.evidenceIds) });
  if (part.kind === 'INTERVIEW' && part.body.personaId === id)
    return changed(parts, part.kind, part.id, { personaId: null });
  return [];
}

/** What puts parts back as they are now, once they were changed. */
export function wayBack(parts: Parts, changes: readonly Change[]): Change[] {
  return changes.map(({ id, kind }) => {
    const part = parts.get(id);
    return { id, kind, to: part ? { rank: part.rank, body: part.body } : null } as Change;
  });
}

/** A touchpoint in a cell; behind the one that is named, or last. */
export function newTouchpoint(
  parts: Parts,
  {
    map,
    name,
    stageId,
    laneId,
    afterId,
  }: { map: JourneyMap } & Record<'name' | 'stageId' | 'laneId', string> & {
      afterId?: string;
    },
): Change {
  const initiatorId = laneId === nowhere ? null : laneId;
  const body = {
    ...{ name, stageId, initiatorId, receiverId: null, channel: '', objective: null, tasks: [], tools: [] },
    ...{ departmentIds: initiatorId === null ? [] : [initiatorId], experience: null },
  };
  return made(parts, 'TOUCHPOINT', body, afterId === undefined ? undefined : rankAfter(parts, map, afterId));
}

function rankAfter(parts: Parts, { touchpoints }: JourneyMap, id: string): number {
  const at = touchpoints.findIndex((one) => one.id === id);
  return rankBetween(parts, touchpoints[at]?.id, touchpoints[at + 1]?.id);
}

function rankBetween(parts: Parts, beforeId: string | undefined, afterId: string | undefined): number {
  const before = beforeId === undefined ? undefined : parts.get(beforeId)?.rank;
  const after = afterId === undefined ? undefined : parts.get(afterId)?.rank;
  if (before === undefined) return (after ?? 1) - 1;
  return after === undefined ? before + 1 : (before + after) / 2;
}

/** Into another cell: the lane's department starts it from then on, and the one before takes no part for that alone. */
export function movedTo(parts: Parts, map: JourneyMap, id: string, stageId: string, laneId: string): Change[] {
  const touchpoint = map.touchpoints.find((one) => one.id === id);
  if (!touchpoint) return [];
  const from = laneOf(touchpoint, new Set(map.departments.map((one) => one.id)));
  if (from === laneId || laneId === nowhere) return changed(parts, 'TOUCHPOINT', id, { stageId });
  const others = touchpoint.departmentIds.filter((one) => one !== from && one !== laneId);
  return changed(parts, 'TOUCHPOINT', id, { stageId, initiatorId: laneId, departmentIds: [laneId, ...others] });
}

/** Before or behind its neighbour in the cell; nothing at the end. */
export function movedInCell(parts: Parts, map: JourneyMap, id: string, step: 1 | -1): Change[] {
  const layout = layoutOf(map);
  const cell = [...layout.cells.values()].find((one) => one.some((touchpoint) => touchpoint.id === id)) ?? [];
  return movedAmong(parts, 'TOUCHPOINT', cell, id, step);
}

/** One place up or down among things that stand in an order. */
export function movedAmong(
  parts: Parts,
  kind: PartKind,
  list: readonly { id: string }[],
  id: string,
  step: 1 | -1,
): Change[] {
  const at = list.findIndex((one) => one.id === id);
  const passed = list[at + step];
  if (at < 0 || !passed) return [];
  const beyond = list[at + 2 * step];
  const [before, after] = step > 0 ? [passed.id, beyond?.id] : [beyond?.id, passed.id];
  return changed(parts, kind, id, {}, rankBetween(parts, before, after));
}

/** Along an arrow: to the next column, the next lane, or past the neighbour in the cell. */
export function movedBy(
  parts: Parts,
  map: JourneyMap,
  layout: MapLayout,
  touchpoint: Touchpoint,
  direction: Direction,
): Change[] {
  const place = layout.placeOf.get(touchpoint.id);
  if (!place) return [];
  const step = direction === 'left' || direction === 'up' ? -1 : 1;
  const isAcross = direction === 'left' || direction === 'right';
  if (!isAcross) {
    const inside = movedInCell(parts, map, touchpoint.id, step);
    if (inside.length > 0) return inside;
  }
  const stage = layout.columns[place.column + (isAcross ? step : 0)];
  const lane = layout.lanes[place.lane + (isAcross ? 0 : step)];
  return stage && lane ? movedTo(parts, map, touchpoint.id, stage.id, lane.id) : [];
}
