import { type BodyOf, isCompanyWide, type Part, type PartKind, partKinds } from './parts.ts';

/*
 * A map as it was: what is drawn now, with what the log says was changed taken back step by step. Pure.
 */

/** What the log says of a part, by its id, as server/journeys/drawing/commands.ts writes it. */
export type Words = Readonly<Record<string, unknown>>;

/** One drawing, on any map. `on`: its day, YYYY-MM-DD. */
export type PastEdit = { journeyId: string; on: string; before: Words | null; after: Words | null };

/** A map at the end of a day. */
export type PastMap = { on: string; parts: ReadonlyMap<string, Part> };

/**
 * The map at the end of every day on which it was drawn on, the latest first. `edits`: of every map, the latest first,
 * since departments, systems and information are changed on each. `begunOn`: its first day, told when all edits since
 * then are here; null when they are not, and what was before them is not known.
 */
export function* daysBack(
  journeyId: string,
  now: Iterable<Part>,
  edits: Iterable<PastEdit>,
  begunOn: string | null,
): Generator<PastMap, void, void> {
  const parts = new Map([...now].map((part) => [part.id, part]));
  let last: string | null = null;
  for (const edit of edits) {
    const told = toldOf(edit, journeyId);
    if (told.length === 0) continue;
    if (edit.on !== last) yield { on: edit.on, parts: new Map(parts) };
    last = edit.on;
    for (const [id, part] of told) {
      if (part) parts.set(id, part);
      else parts.delete(id);
    }
  }
  if (begunOn !== null && begunOn !== last) yield { on: begunOn, parts };
}

/** What the parts of this map were before; null: not there. */
function toldOf({ journeyId, before, after }: PastEdit, id: string): [string, Part | null][] {
  const isHere = (kind: unknown): kind is PartKind =>
    partKinds.includes(kind as PartKind) && (journeyId === id || isCompanyWide(kind as PartKind));
  const told = new Map<string, Part | null>();
  for (const [partId, words] of Object.entries(after ?? {})) if (isHere(kindOf(words))) told.set(partId, null);
  for (const [partId, words] of Object.entries(before ?? {})) {
    if (isHere(kindOf(words))) told.set(partId, partOf(partId, words as Said));
  }
  return [...told];
}

const kindOf = (words: unknown) => (words as Partial<Said> | null)?.part;

type Said = { part: PartKind; rank: number; isRemoved: boolean };

function partOf(id: string, { part: kind, rank, isRemoved, ...body }: Said): Part | null {
  return isRemoved ? null : ({ id, kind, rank, revision: 0, body: body as unknown as BodyOf[PartKind] } as Part);
}
