import { centralisation } from './gaps/centralisation.ts';
import { findGaps } from './gaps/findGaps.ts';
import { type GapKind, gapKinds } from './gaps/gap.ts';
import { toolsOf } from './gaps/toolsOf.ts';
import type { Experience, JourneyMap, Touchpoint } from './map.ts';

/** What a map amounts to. */
export type Figures = {
  touchpoints: number;
  tools: number;
  gaps: number;
  painPoints: number;
  /** How often the client is asked for something. */
  asked: number;
  /** From 0 to 1; null: no information is drawn. */
  centralised: number | null;
  /** The mean over its touchpoints, from -2 to 2; null: nobody said. */
  experience: number | null;
};

export type Comparison = {
  before: Figures;
  after: Figures;
  /** Kinds of gaps of which the two have not equally many, in the order of the rules. */
  gaps: readonly { kind: GapKind; before: number; after: number }[];
  /** Touchpoints that only one has, in its order. */
  gone: readonly Touchpoint[];
  added: readonly Touchpoint[];
  /** What both have, in another stage or felt otherwise. */
  changed: readonly {
    name: string;
    stages: [string, string] | null;
    felt: [Experience | null, Experience | null] | null;
  }[];
};

/**
 * Two maps side by side, as of today and the ideal. A copy has ids of its own, so touchpoints and stages are the same
 * when they are called the same, case and spaces aside; the first of a name stands for it.
 */
export function compare(before: JourneyMap, after: JourneyMap): Comparison {
  const [was, is] = [byName(before), byName(after)];
  const changed = [...was].flatMap(([key, old]): Comparison['changed'] => {
    const now = is.get(key);
    if (!now) return [];
    const stages: [string, string] = [stageOf(before, old), stageOf(after, now)];
    const isMoved = keyOf(stages[0]) !== keyOf(stages[1]);
    const isFelt = old.experience !== now.experience;
    if (!isMoved && !isFelt) return [];
    const felt: [Experience | null, Experience | null] = [old.experience, now.experience];
    return [{ name: now.name, stages: isMoved ? stages : null, felt: isFelt ? felt : null }];
  });
  const [gapsBefore, gapsAfter] = [countsOf(before), countsOf(after)];
  return {
    before: figuresOf(before),
    after: figuresOf(after),
    gaps: gapKinds
      .map((kind) => ({ kind, before: gapsBefore.get(kind) ?? 0, after: gapsAfter.get(kind) ?? 0 }))
      .filter((one) => one.before !== one.after),
    gone: [...was].filter(([key]) => !is.has(key)).map(([, touchpoint]) => touchpoint),
    added: [...is].filter(([key]) => !was.has(key)).map(([, touchpoint]) => touchpoint),
    changed,
  };
}

export function figuresOf(map: JourneyMap): Figures {
  const felt = map.touchpoints.flatMap(({ experience }) => (experience === null ? [] : [experience]));
  return {
    touchpoints: map.touchpoints.length,
    tools: toolsOf(map).length,
    gaps: findGaps(map).length,
    painPoints: map.painPoints.length,
    asked: map.flows.filter(({ isAskedOfClient }) => isAskedOfClient).length,
    centralised: centralisation(map).share,
    experience: felt.length === 0 ? null : felt.reduce<number>((sum, one) => sum + one, 0) / felt.length,
  };
}

const keyOf = (name: string) => name.trim().replace(/\s+/g, ' ').toLocaleLowerCase('en');

function byName({ touchpoints }: JourneyMap): Map<string, Touchpoint> {
  const named = new Map<string, Touchpoint>();
  for (const touchpoint of touchpoints) {
    const key = keyOf(touchpoint.name);
    if (!named.has(key)) named.set(key, touchpoint);
  }
  return named;
}

function countsOf(map: JourneyMap): Map<GapKind, number> {
  const counts = new Map<GapKind, number>();
  for (const { kind } of findGaps(map)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

const stageOf = ({ stages }: JourneyMap, { stageId }: Touchpoint) =>
  stages.find(({ id }) => id === stageId)?.name ?? '';
