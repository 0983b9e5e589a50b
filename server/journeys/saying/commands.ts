import { and, eq, inArray, max, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { journeyParts } from '../../../drizzle/schema/index.ts';
import { can, isWorker } from '../../access/policy.ts';
import { peopleLoader } from '../../accounts/queries.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import { isUuid } from '../../platform/graphql/ids.ts';
import { idempotent } from '../../platform/idempotency.ts';
import type { Ctx } from '../../platform/services.ts';
import { checkRoom, mayDraw, nextPosition, openJourney, write } from '../drawing/commands.ts';
import { type CommentBody, saidKinds, signedKinds } from '../said.ts';
import { text } from '../shapes.ts';
import { isSaid, type SaidRow, saidRow } from './rows.ts';

type Done = Promise<Committed<{ id: string }>>;
type Row = typeof journeyParts.$inferSelect;

/**
 * Says something of a map, or of one part of it.
 * Throws NOT_FOUND, FORBIDDEN; ActError EMPTY, TOO_LONG, NOT_ON_MAP, JOURNEY_ARCHIVED, TOO_MANY.
 */
export async function journeyComment(
  ctx: Ctx,
  journeyId: string,
  { aboutId, ...given }: { aboutId: string | null; text: string; idempotencyKey: string },
): Done {
  mayComment(ctx);
  const said = wordsOf(given.text);
  return transaction(ctx, async (tx) => {
    const act = { act: 'journeyComment', key: given.idempotencyKey, body: { journeyId, aboutId, said } };
    const id = await idempotent(ctx, tx, act, async () => {
      const position = await nextPosition(tx);
      await openJourney(tx, journeyId);
      if (aboutId !== null) await checkAbout(tx, journeyId, aboutId);
      const at = ctx.clock.now().toISOString();
      const none = { editedAt: null, resolvedAt: null, resolvedById: null };
      const body = { aboutId, text: said, authorId: ctx.viewer.personId, at, ...none };
      const row = saidRow(ctx, { id: uuidv7(), journeyId, kind: 'COMMENT', body }, position, undefined);
      await write(tx, [row]);
      await checkRoom(tx, journeyId);
      const facts = { commentId: row.id, aboutId };
      append(tx, { ...told(ctx, journeyId), kind: 'journey.commented', facts, revision: change(null, said) });
      ring(ctx, tx);
      return { subjectId: journeyId };
    });
    return { id };
  });
}

type Update = {
  revision?: number | null;
  text?: string | null;
  isResolved?: boolean | null;
  isRemoved?: boolean | null;
};

/**
 * Puts a comment into other words, takes it away or back, which its author may; resolves it, which whoever comments may.
 * Throws NOT_FOUND, FORBIDDEN; ActError CONFLICT, EMPTY, TOO_LONG, JOURNEY_ARCHIVED.
 */
export async function journeyCommentUpdate(ctx: Ctx, commentId: string, given: Update): Done {
  mayComment(ctx);
  const { revision, isResolved, isRemoved } = given;
  const said = typeof given.text === 'string' ? wordsOf(given.text) : null;
  return transaction(ctx, async (tx) => {
    const position = await nextPosition(tx);
    const row = await commentOf(ctx, tx, commentId);
    const isOwn = row.body.authorId === ctx.viewer.personId;
    if (!isOwn && (said !== null || typeof isRemoved === 'boolean')) throw new ApiError('FORBIDDEN');
    if (said !== null && revision !== row.revision) throw new ActError('CONFLICT', { field: 'revision' });
    const now = ctx.clock.now();
    const resolved = resolvedNow(ctx, row.body, isResolved ?? null);
    const edited = said === null || said === row.body.text ? {} : { text: said, editedAt: now.toISOString() };
    const body = { ...row.body, ...edited, ...resolved };
    const { id, journeyId } = row;
    const removedAt = isRemoved === true ? (row.removedAt ?? now) : isRemoved === false ? null : row.removedAt;
    await write(tx, [{ ...saidRow(ctx, { id, journeyId, kind: 'COMMENT', body }, position, row), removedAt }]);
    const facts = { commentId: row.id, isResolved: body.resolvedAt !== null, isRemoved: removedAt !== null };
    const revised = change(row.body.text, body.text);
    append(tx, { ...told(ctx, row.journeyId), kind: 'journey.commentChanged', facts, revision: revised });
    ring(ctx, tx);
    return { id: row.journeyId };
  });
}

/**
 * Says who speaks for a department on a map, or that nobody does; another one has not signed yet.
 * Throws NOT_FOUND, FORBIDDEN; ActError NOT_ON_MAP, NOT_ASSIGNABLE, JOURNEY_ARCHIVED.
 */
export async function journeyRepresent(
  ctx: Ctx,
  journeyId: string,
  { departmentId, personId }: { departmentId: string; personId: string | null },
): Done {
  mayDraw(ctx);
  const person = personId === null ? null : await peopleLoader(ctx).load(personId);
  if (personId !== null && !(person && isWorker(person))) {
    throw new ActError('NOT_ASSIGNABLE', { field: 'personId' });
  }
  return transaction(ctx, async (tx) => {
    const position = await nextPosition(tx);
    await openJourney(tx, journeyId);
    await checkDepartment(tx, departmentId);
    const row = await representativeOf(tx, journeyId, departmentId);
    const now = row?.removedAt === null ? row.body.personId : null;
    if (now === (person?.id ?? null)) return { id: journeyId };
    const body = { departmentId, personId: person?.id ?? row?.body.personId ?? '', signedAt: null };
    const next = saidRow(ctx, { id: row?.id ?? uuidv7(), journeyId, kind: 'REPRESENTATIVE', body }, position, row);
    await write(tx, [{ ...next, removedAt: person ? null : ctx.clock.now() }]);
    const facts = { departmentId, personId: person?.id ?? null };
    append(tx, { ...told(ctx, journeyId), kind: 'journey.represented', facts });
    ring(ctx, tx);
    return { id: journeyId };
  });
}

/**
 * Signs a map as it is for a department, or takes the signature back: one's own alone.
 * Throws NOT_FOUND, FORBIDDEN; ActError NOT_ON_MAP, JOURNEY_ARCHIVED.
 */
export async function journeySign(ctx: Ctx, journeyId: string, departmentId: string, isOn: boolean): Done {
  mayComment(ctx);
  return transaction(ctx, async (tx) => {
    const position = await nextPosition(tx);
    await openJourney(tx, journeyId);
    await checkDepartment(tx, departmentId);
    const row = await representativeOf(tx, journeyId, departmentId);
    if (row?.removedAt !== null || row.body.personId !== ctx.viewer.personId) throw new ApiError('FORBIDDEN');
    // Servers' clocks differ by a little: whoever signs after a change signs it.
    const drawnAt = await drawnAtOf(tx, journeyId);
    const at = new Date(Math.max(ctx.clock.now().getTime(), drawnAt?.getTime() ?? 0)).toISOString();
    const body = { ...row.body, signedAt: isOn ? at : null };
    await write(tx, [saidRow(ctx, { id: row.id, journeyId, kind: 'REPRESENTATIVE', body }, position, row)]);
    append(tx, { ...told(ctx, journeyId), kind: 'journey.signed', facts: { departmentId, isOn } });
    ring(ctx, tx);
    return { id: journeyId };
  });
}

function mayComment(ctx: Ctx): void {
  if (!can(ctx.viewer, 'journey.read', null)) throw new ApiError('NOT_FOUND');
  if (!can(ctx.viewer, 'journey.comment', null)) throw new ApiError('FORBIDDEN');
}

function wordsOf(given: string): string {
  const said = text(given, 'text');
  if (said === null) throw new ActError('EMPTY', { field: 'text' });
  return said;
}

function resolvedNow(ctx: Ctx, body: CommentBody, isResolved: boolean | null): Partial<CommentBody> {
  if (isResolved === null || isResolved === (body.resolvedAt !== null)) return {};
  if (!isResolved) return { resolvedAt: null, resolvedById: null };
  return { resolvedAt: ctx.clock.now().toISOString(), resolvedById: ctx.viewer.personId };
}

/** What is drawn on the map or is the company's, and still there. */
async function checkAbout(tx: Tx, journeyId: string, id: string): Promise<void> {
  const row = await rowOf(tx, id);
  const isHere = row && (row.journeyId === null || row.journeyId === journeyId) && row.removedAt === null;
  if (!isHere || (saidKinds as readonly string[]).includes(row.kind))
    throw new ActError('NOT_ON_MAP', { field: 'aboutId' });
}

async function checkDepartment(tx: Tx, id: string): Promise<void> {
  const row = await rowOf(tx, id);
  if (row?.kind !== 'DEPARTMENT' || row.removedAt) throw new ActError('NOT_ON_MAP', { field: 'departmentId' });
}

async function rowOf(tx: Tx, id: string): Promise<Row | undefined> {
  return isUuid(id) ? (await tx.select().from(journeyParts).where(eq(journeyParts.id, id)))[0] : undefined;
}

type OnMap<Kind extends 'COMMENT' | 'REPRESENTATIVE'> = SaidRow<Kind> & { journeyId: string };

/** One that was taken away is its author's alone. */
async function commentOf(ctx: Ctx, tx: Tx, id: string): Promise<OnMap<'COMMENT'>> {
  const row = await rowOf(tx, id);
  if (!row || !isSaid(row, 'COMMENT') || row.journeyId === null) throw new ApiError('NOT_FOUND');
  if (row.removedAt && row.body.authorId !== ctx.viewer.personId) throw new ApiError('NOT_FOUND');
  await openJourney(tx, row.journeyId);
  return { ...row, journeyId: row.journeyId };
}

/** The row of a department on a map, which stays when nobody speaks for it any more. */
async function representativeOf(tx: Tx, journeyId: string, departmentId: string) {
  const rows = await tx
    .select()
    .from(journeyParts)
    .where(
      and(
        eq(journeyParts.journeyId, journeyId),
        eq(journeyParts.kind, 'REPRESENTATIVE'),
        eq(sql`${journeyParts.body}->>'departmentId'`, departmentId),
      ),
    );
  return rows.find((row) => isSaid(row, 'REPRESENTATIVE')) as SaidRow<'REPRESENTATIVE'> | undefined;
}

async function drawnAtOf(tx: Tx, journeyId: string): Promise<Date | null> {
  const [row] = await tx
    .select({ at: max(journeyParts.updatedAt) })
    .from(journeyParts)
    .where(and(eq(journeyParts.journeyId, journeyId), inArray(journeyParts.kind, [...signedKinds])));
  return row?.at ?? null;
}

const change = (before: string | null, after: string) => ({
  before: before === null ? null : { text: before },
  after: { text: after },
});

function told(ctx: Ctx, journeyId: string) {
  return { audience: 'INTERNAL', actorId: ctx.viewer.personId, subjectId: journeyId, projectId: null } as const;
}

function ring(ctx: Ctx, tx: Tx): void {
  tx.afterCommit.push(() => ctx.bus.ring('journeys'));
}
