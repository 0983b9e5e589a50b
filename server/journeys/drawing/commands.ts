import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { journeyHead, journeyParts, journeys } from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import { isUuid } from '../../platform/graphql/ids.ts';
import { idempotent } from '../../platform/idempotency.ts';
import type { Ctx } from '../../platform/services.ts';
import { isCompanyWide, namedBy, type PartKind, type Put, partKinds, type Removal } from '../parts.ts';
import { mapLimits } from '../shapes.ts';
import { type Drawing, drawingOf, type GivenDrawing } from './given.ts';

type Row = typeof journeyParts.$inferSelect;

/**
 * Draws on a map: puts and removes parts, all of them or none. A part that somebody else changed since it was seen is a
 * CONFLICT of that part; a stage or a touchpoint goes only when nothing stands in it any more, or with what does.
 * Departments, items, systems and links are the company's: they change on every map, and a removed one that a map still
 * names is a gap of that map.
 * Throws NOT_FOUND, FORBIDDEN; ActError CONFLICT, NOT_ON_MAP, STILL_NAMED, TOO_MANY with the place.
 */
export async function journeyEdit(
  ctx: Ctx,
  journeyId: string,
  given: GivenDrawing,
): Promise<Committed<{ id: string }>> {
  mayDraw(ctx);
  const drawing = drawingOf(given);
  const { puts, removals, idempotencyKey } = drawing;
  if (puts.length + removals.length > mapLimits.changes) {
    throw new ActError('TOO_MANY', { field: 'removals', params: { max: mapLimits.changes } });
  }
  if (new Set([...puts, ...removals].map(({ id }) => id)).size < puts.length + removals.length) {
    throw new ActError('CONFLICT', { field: 'removals' });
  }
  return transaction(ctx, async (tx) => {
    const body = { journeyId, puts, removals };
    const id = await idempotent(ctx, tx, { act: 'journeyEdit', key: idempotencyKey, body }, async () => {
      const position = await nextPosition(tx);
      await openJourney(tx, journeyId);
      const before = await rowsOf(
        tx,
        [...puts, ...removals].map((one) => one.id),
      );
      for (const put of puts) checkPut(put, before.get(put.id), journeyId);
      for (const [at, removal] of removals.entries()) {
        checkRemoval(removal, before.get(removal.id), journeyId, `removals.${at}`);
      }
      await checkNamed(tx, journeyId, drawing, before);
      const rows = puts.map((put) => rowOf(ctx, put, journeyId, position, before.get(put.id)));
      await write(tx, rows);
      await remove(tx, ctx, removals, position);
      await checkLeft(tx, journeyId, removals, before);
      await checkRoom(tx, journeyId);
      append(tx, {
        kind: 'journey.drawn',
        audience: 'INTERNAL',
        actorId: ctx.viewer.personId,
        subjectId: journeyId,
        projectId: null,
        facts: { position, put: puts.length, removed: removals.length },
        revision: {
          before: wordsOf([...before.values()]),
          after: wordsOf(rows),
        },
      });
      tx.afterCommit.push(() => ctx.bus.ring('journeys'));
      return { subjectId: journeyId };
    });
    return { id };
  });
}

export function mayDraw(ctx: Ctx): void {
  if (!can(ctx.viewer, 'journey.read', null)) throw new ApiError('NOT_FOUND');
  if (!can(ctx.viewer, 'journey.edit', null)) throw new ApiError('FORBIDDEN');
}

/** Takes the lock that everybody takes who changes a map, and the next number under it. */
export async function nextPosition(tx: Tx): Promise<number> {
  const [head] = await tx
    .update(journeyHead)
    .set({ position: sql`${journeyHead.position} + 1` })
    .returning();
  if (!head) throw new Error('There is no counter of maps: was the database migrated?');
  return head.position;
}

/** The journey, which is there and not archived. */
export async function openJourney(tx: Tx, id: string) {
  const [row] = isUuid(id) ? await tx.select().from(journeys).where(eq(journeys.id, id)).for('update') : [];
  if (!row) throw new ApiError('NOT_FOUND');
  if (row.archivedAt) throw new ActError('JOURNEY_ARCHIVED');
  return row;
}

async function rowsOf(tx: Tx, ids: string[]): Promise<Map<string, Row>> {
  const known = ids.filter(isUuid);
  const rows = known.length > 0 ? await tx.select().from(journeyParts).where(inArray(journeyParts.id, known)) : [];
  return new Map(rows.map((row) => [row.id, row]));
}

/** Of another map, or of another kind, is as good as not there: nobody learns which. */
function isOf(row: Row, journeyId: string, kind: PartKind): boolean {
  return row.kind === kind && (row.journeyId === null || row.journeyId === journeyId);
}

function checkPut(put: Drawing['puts'][number], row: Row | undefined, journeyId: string): void {
  if (!row && put.revision === null) return;
  if (!row || !isOf(row, journeyId, put.kind)) throw new ActError('NOT_ON_MAP', { field: `${put.place}.id` });
  if (row.revision !== put.revision) throw new ActError('CONFLICT', { field: put.place });
}

function checkRemoval({ revision }: Removal, row: Row | undefined, journeyId: string, field: string): void {
  if (!row || !partKinds.includes(row.kind as PartKind) || !isOf(row, journeyId, row.kind as PartKind))
    throw new ActError('NOT_ON_MAP', { field });
  if (row.revision !== revision || row.removedAt) throw new ActError('CONFLICT', { field });
}

/** What a part names must be there; what it named before it may go on naming, so that it can still be edited. */
async function checkNamed(tx: Tx, journeyId: string, { puts, removals }: Drawing, before: Map<string, Row>) {
  const gone = new Set(removals.map(({ id }) => id));
  const put = new Map(puts.map(({ id, kind }) => [id, kind]));
  const wanted = puts.flatMap((part) => {
    const old = before.get(part.id);
    const namedBefore = new Set(old ? namedBy(old as never).map(({ id }) => id) : []);
    const own = namedBy(part).filter(({ id }) => gone.has(id) || !namedBefore.has(id));
    return own.map((named) => ({ ...named, place: part.place }));
  });
  const elsewhere = wanted.filter(({ id }) => !put.has(id)).map(({ id }) => id);
  const rows = await rowsOf(tx, [...new Set(elsewhere)]);
  for (const { id, kind, place } of wanted) {
    const row = rows.get(id);
    const isThere = put.get(id) === kind || (row && isOf(row, journeyId, kind) && !row.removedAt && !gone.has(id));
    if (!isThere) throw new ActError('NOT_ON_MAP', { field: place });
  }
}

export function rowOf(ctx: Ctx, put: Put, journeyId: string, position: number, before: Row | undefined) {
  return {
    id: put.id,
    journeyId: isCompanyWide(put.kind) ? null : journeyId,
    kind: put.kind,
    revision: (before?.revision ?? 0) + 1,
    rank: put.rank,
    body: put.body as unknown,
    position,
    removedAt: null,
    updatedAt: ctx.clock.now(),
    updatedBy: ctx.viewer.personId,
  } satisfies Row;
}

export async function write(tx: Tx, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(journeyParts)
    .values(rows)
    .onConflictDoUpdate({
      target: journeyParts.id,
      set: {
        revision: sql`excluded.revision`,
        rank: sql`excluded.rank`,
        body: sql`excluded.body`,
        position: sql`excluded.position`,
        removedAt: sql`excluded.removed_at`,
        updatedAt: sql`excluded.updated_at`,
        updatedBy: sql`excluded.updated_by`,
      },
    });
}

async function remove(tx: Tx, ctx: Ctx, removals: Removal[], position: number): Promise<void> {
  if (removals.length === 0) return;
  const at = ctx.clock.now();
  await tx
    .update(journeyParts)
    .set({
      revision: sql`${journeyParts.revision} + 1`,
      position,
      removedAt: at,
      updatedAt: at,
      updatedBy: ctx.viewer.personId,
    })
    .where(
      inArray(
        journeyParts.id,
        removals.map(({ id }) => id),
      ),
    );
}

/** Nothing that stands in a stage or at a touchpoint is left hanging in the air. */
async function checkLeft(tx: Tx, journeyId: string, removals: Removal[], before: Map<string, Row>): Promise<void> {
  const holders = removals.filter(({ id }) => ['STAGE', 'TOUCHPOINT'].includes(before.get(id)?.kind ?? ''));
  if (holders.length === 0) return;
  const ids = holders.map(({ id }) => id);
  const holder = sql<string>`coalesce(${journeyParts.body}->>'touchpointId', ${journeyParts.body}->>'stageId')`;
  const left = await tx
    .select({ holder })
    .from(journeyParts)
    .where(and(eq(journeyParts.journeyId, journeyId), isNull(journeyParts.removedAt), inArray(holder, ids)));
  const [first] = left;
  if (!first) return;
  const field = `removals.${removals.findIndex(({ id }) => id === first.holder)}`;
  throw new ActError('STILL_NAMED', { field, params: { count: left.length } });
}

export async function checkRoom(tx: Tx, journeyId: string): Promise<void> {
  const counts = await tx
    .select({ kind: journeyParts.kind, count: sql<number>`count(*)::int` })
    .from(journeyParts)
    .where(
      and(or(eq(journeyParts.journeyId, journeyId), isNull(journeyParts.journeyId)), isNull(journeyParts.removedAt)),
    )
    .groupBy(journeyParts.kind);
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const touchpoints = counts.find(({ kind }) => kind === 'TOUCHPOINT')?.count ?? 0;
  if (touchpoints > mapLimits.touchpoints) {
    throw new ActError('TOO_MANY', { field: 'touchpoints', params: { max: mapLimits.touchpoints } });
  }
  if (all > mapLimits.parts) throw new ActError('TOO_MANY', { params: { max: mapLimits.parts } });
}

/** What the parts said, by their ids, for the log's revision. */
function wordsOf(rows: Pick<Row, 'id' | 'kind' | 'rank' | 'body' | 'removedAt'>[]): Record<string, unknown> {
  return Object.fromEntries(
    rows.map(({ id, kind, rank, body, removedAt }) => [
      id,
      // `part`, since departments, goals, systems and flows have a `kind` of their own.
      { part: kind, rank, isRemoved: removedAt !== null, ...(body as Record<string, unknown>) },
    ]),
  );
}
