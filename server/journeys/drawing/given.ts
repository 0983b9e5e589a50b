import type { PartKind, Put, Removal } from '../parts.ts';
import { type Given, putOf } from '../shapes.ts';

/** What a request draws, as it comes in; a list that is left out is empty. */
export type GivenDrawing = { [Field in (typeof fieldOf)[PartKind]]?: readonly Given[] | null } & {
  removals?: readonly Removal[] | null;
  idempotencyKey: string;
};

/** `place`: where in the request a part stands, so that an error can say it: `flows.3`. */
export type Drawing = { puts: (Put & { place: string })[]; removals: Removal[]; idempotencyKey: string };

/** The list that parts of a kind stand in. */
export const fieldOf = {
  STAGE: 'stages',
  DEPARTMENT: 'departments',
  GOAL: 'goals',
  TOUCHPOINT: 'touchpoints',
  ITEM: 'items',
  SYSTEM: 'systems',
  LINK: 'links',
  FLOW: 'flows',
  PAIN_POINT: 'painPoints',
  PERSONA: 'personas',
  INTERVIEW: 'interviews',
} as const satisfies Record<PartKind, string>;

/** Checks it part by part. */
export function drawingOf(given: GivenDrawing): Drawing {
  const puts = (Object.keys(fieldOf) as PartKind[]).flatMap((kind) => {
    const field = fieldOf[kind];
    const check = putOf[kind] as (part: Given, place: string) => Put;
    return (given[field] ?? []).map((part, at) => ({
      ...check(part, `${field}.${at}`),
      place: `${field}.${at}`,
    }));
  });
  return { puts, removals: [...(given.removals ?? [])], idempotencyKey: given.idempotencyKey };
}
