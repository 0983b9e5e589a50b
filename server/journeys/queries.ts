import { and, asc, count, eq, gt, inArray, isNull, max, or } from 'drizzle-orm';
import { journeyGapDecisions, journeyHead, journeyParts, journeys, journeyVotes } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';
import { type Part, type PartKind, partKinds } from './parts.ts';
import { signedKinds } from './said.ts';
import { isSaid, type SaidRow } from './saying/rows.ts';

export type JourneyRow = typeof journeys.$inferSelect;
export type JourneySeen = JourneyRow & { __typename: 'Journey' };

/** Every map, by name; archived ones too. None for whoever may not read them. */
export async function journeysOf(ctx: Ctx): Promise<JourneySeen[]> {
  if (!can(ctx.viewer, 'journey.read', null)) return [];
  const rows = await ctx.db.select().from(journeys).orderBy(asc(journeys.name), asc(journeys.id));
  return rows.map(seen);
}

export function journeyLoader(ctx: Ctx) {
  return loaderOf<string, JourneySeen | null>(ctx, 'journey', async (ids) => {
    if (!can(ctx.viewer, 'journey.read', null)) return ids.map(() => null);
    const known = uuids(ids);
    const rows = known.length > 0 ? await ctx.db.select().from(journeys).where(inArray(journeys.id, known)) : [];
    return byKey(ids, rows.map(seen), ({ id }) => id);
  });
}

/**
 * What stands on a map, or what changed on it since a position. `removedIds`: what went since then.
 */
export type PartsSeen = {
  journeyId: string;
  /** Where all maps stand; ask with it the next time. */
  position: number;
  parts: (Part & { hasMyVote: boolean })[];
  removedIds: string[];
  comments: SaidRow<'COMMENT'>[];
  representatives: SaidRow<'REPRESENTATIVE'>[];
  /** What was decided of gaps; since a position also what was taken back. */
  decisions: DecisionRow[];
};

export type DecisionRow = typeof journeyGapDecisions.$inferSelect;

/** Some maps, each as of a position: four statements for all of them, however large they are. */
export function partsLoader(ctx: Ctx) {
  return loaderOf<string, PartsSeen>(ctx, 'journeyParts', async (keys) => {
    const asked = keys.map((key) => ({ journeyId: key.slice(0, 36), after: Number(key.slice(37)) }));
    const least = Math.min(...asked.map(({ after }) => after));
    const isOn = or(inArray(journeyParts.journeyId, [...new Set(asked.map(({ journeyId }) => journeyId))]), isCompanys);
    const since = least > 0 ? gt(journeyParts.position, least) : undefined;
    // The position first: what changes between two statements is then told twice, and never not at all.
    const [head] = await ctx.db.select({ position: journeyHead.position }).from(journeyHead);
    const rows = await ctx.db.select().from(journeyParts).where(and(isOn, since));
    const votes = await votesOf(
      ctx,
      rows.flatMap(({ id, kind }) => (kind === 'PAIN_POINT' ? [id] : [])),
    );
    const decided = await ctx.db
      .select()
      .from(journeyGapDecisions)
      .where(
        and(
          inArray(
            journeyGapDecisions.journeyId,
            asked.map(({ journeyId }) => journeyId),
          ),
          gt(journeyGapDecisions.position, least),
        ),
      );
    return asked.map(({ journeyId, after }) => {
      const own = rows.filter((row) => (row.journeyId === null || row.journeyId === journeyId) && row.position > after);
      const here = own.filter(({ removedAt }) => removedAt === null);
      const comments = here.filter((row) => isSaid(row, 'COMMENT'));
      const representatives = here.filter((row) => isSaid(row, 'REPRESENTATIVE'));
      const parts = here.flatMap((row) =>
        partKinds.includes(row.kind as PartKind) ? [partOf(row, votes.get(row.id))] : [],
      );
      const removedIds = after === 0 ? [] : own.flatMap(({ id, removedAt }) => (removedAt ? [id] : []));
      const decisions = decided.filter(
        (one) => one.journeyId === journeyId && one.position > after && (after > 0 || one.removedAt === null),
      );
      const position = Math.max(head?.position ?? 0, after);
      return { journeyId, position, parts, removedIds, comments, representatives, decisions };
    });
  });
}

/** What stands on a map, or what changed on it since a position. */
export function partsAfter(ctx: Ctx, journeyId: string, after: number): Promise<PartsSeen> {
  return partsLoader(ctx).load(`${journeyId}:${Math.max(0, after)}`);
}

const isCompanys = isNull(journeyParts.journeyId);

/** What stands on every map. */
export async function companyParts(db: Pick<Ctx['db'], 'select'>): Promise<Part[]> {
  const rows = await db
    .select()
    .from(journeyParts)
    .where(and(isCompanys, isNull(journeyParts.removedAt)));
  return rows.map((row) => partOf(row, undefined));
}

type Votes = { count: number; isMine: boolean };

function partOf(row: typeof journeyParts.$inferSelect, votes: Votes | undefined): PartsSeen['parts'][number] {
  const { id, kind, revision, rank, body } = row;
  const of = { votes: votes?.count ?? 0, hasMyVote: votes?.isMine ?? false };
  return { id, kind, revision, rank, body, ...of } as PartsSeen['parts'][number];
}

async function votesOf(ctx: Ctx, ids: string[]): Promise<Map<string, Votes>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.select().from(journeyVotes).where(inArray(journeyVotes.partId, ids));
  const votes = new Map<string, Votes>();
  for (const { partId, personId } of rows) {
    const known = votes.get(partId) ?? { count: 0, isMine: false };
    votes.set(partId, { count: known.count + 1, isMine: known.isMine || personId === ctx.viewer.personId });
  }
  return votes;
}

/** The names of parts that were removed, by id, for what still names them. */
export async function namesOfRemoved(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .select({ id: journeyParts.id, body: journeyParts.body })
    .from(journeyParts)
    .where(inArray(journeyParts.id, uuids(ids)));
  return new Map(rows.flatMap(({ id, body }) => (hasName(body) ? [[id, body.name] as const] : [])));
}

function hasName(body: unknown): body is { name: string } {
  return typeof body === 'object' && body !== null && 'name' in body && typeof body.name === 'string';
}

/** How many touchpoints stand on each map, for the list of maps. */
export function touchpointCountLoader(ctx: Ctx) {
  return loaderOf<string, number>(ctx, 'journeyTouchpoints', async (ids) => {
    const rows = await ctx.db
      .select({ id: journeyParts.journeyId, count: count() })
      .from(journeyParts)
      .where(
        and(
          inArray(journeyParts.journeyId, [...ids]),
          eq(journeyParts.kind, 'TOUCHPOINT'),
          isNull(journeyParts.removedAt),
        ),
      )
      .groupBy(journeyParts.journeyId);
    const known = new Map(rows.map((row) => [row.id, row.count]));
    return ids.map((id) => known.get(id) ?? 0);
  });
}

/** When what a signature is about last changed on each map; null where nothing of it was ever drawn. */
export function drawnAtLoader(ctx: Ctx) {
  return loaderOf<string, Date | null>(ctx, 'journeyDrawnAt', async (ids) => {
    const rows = await ctx.db
      .select({ id: journeyParts.journeyId, at: max(journeyParts.updatedAt) })
      .from(journeyParts)
      .where(and(inArray(journeyParts.journeyId, [...ids]), inArray(journeyParts.kind, [...signedKinds])))
      .groupBy(journeyParts.journeyId);
    const known = new Map(rows.map((row) => [row.id, row.at]));
    return ids.map((id) => known.get(id) ?? null);
  });
}

const seen = (row: JourneyRow): JourneySeen => ({ ...row, __typename: 'Journey' });
