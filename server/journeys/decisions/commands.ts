import { and, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { journeyGapDecisions } from '../../../drizzle/schema/index.ts';
import { isStaff } from '../../access/policy.ts';
import { peopleLoader } from '../../accounts/queries.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { mayDraw, nextPosition, openJourney } from '../drawing/commands.ts';
import { findGaps } from '../gaps/findGaps.ts';
import { sentenceOf } from '../gaps/sentence.ts';
import { mapOf } from '../parts.ts';
import { journeyLoader, partsAfter } from '../queries.ts';
import { text } from '../shapes.ts';

export type GapDecision = {
  key: string;
  /** The revision that was seen; 0 where nobody had decided. */
  revision: number;
  /** Null: nobody's again. */
  decision: 'PLANNED' | 'ACCEPTED' | null;
  ownerId?: string | null;
  /** YYYY-MM-DD. */
  dueOn?: string | null;
  effect?: string | null;
  reason?: string | null;
};
type Row = typeof journeyGapDecisions.$inferSelect;

const maxKey = 1_000;

/**
 * Says what becomes of a gap: somebody closes it by a day, it is left as it is for a reason, or neither any more. That it
 * is closed nobody says: it is not found any more.
 * Throws NOT_FOUND, FORBIDDEN; ActError CONFLICT, GAP_GONE, NOT_ASSIGNABLE, REASON_MISSING, TOO_LONG.
 */
export async function journeyGapDecide(
  ctx: Ctx,
  journeyId: string,
  given: GapDecision,
): Promise<Committed<{ id: string }>> {
  mayDraw(ctx);
  if (!(await journeyLoader(ctx).load(journeyId))) throw new ApiError('NOT_FOUND');
  const said = await saidOf(ctx, given);
  const sentence = given.decision === null ? null : await sentenceNow(ctx, journeyId, given.key);
  return transaction(ctx, async (tx) => {
    const position = await nextPosition(tx);
    await openJourney(tx, journeyId);
    const isOf = and(eq(journeyGapDecisions.journeyId, journeyId), eq(journeyGapDecisions.key, given.key));
    const [row] = await tx.select().from(journeyGapDecisions).where(isOf);
    if ((row?.revision ?? 0) !== given.revision) throw new ActError('CONFLICT');
    if (given.decision === null && (!row || row.removedAt)) throw new ActError('CONFLICT');
    const now = ctx.clock.now();
    const next = {
      ...said,
      decision: given.decision ?? row?.decision ?? 'PLANNED',
      sentence: sentence ?? row?.sentence ?? '',
      revision: given.revision + 1,
      position,
      removedAt: given.decision === null ? now : null,
      updatedAt: now,
      updatedBy: ctx.viewer.personId,
    };
    const made = { ...next, id: row?.id ?? uuidv7(), journeyId, key: given.key, createdAt: row?.createdAt ?? now };
    if (row) await tx.update(journeyGapDecisions).set(next).where(isOf);
    else await tx.insert(journeyGapDecisions).values(made);
    tell(tx, ctx, made, row ?? null, given.decision);
    tx.afterCommit.push(() => ctx.bus.ring('journeys'));
    return { id: journeyId };
  });
}

/** What goes with a decision, and only that. */
async function saidOf(ctx: Ctx, { key, decision, ownerId, dueOn, effect, reason }: GapDecision) {
  if (key.length > maxKey) throw new ActError('GAP_GONE', { field: 'key' });
  const none = { ownerId: null, dueOn: null, effect: null, reason: null };
  if (decision === null) return none;
  if (decision === 'ACCEPTED') {
    const why = text(reason, 'reason');
    if (why === null) throw new ActError('REASON_MISSING', { field: 'reason' });
    return { ...none, reason: why };
  }
  const owner = ownerId ? await peopleLoader(ctx).load(ownerId) : null;
  if (!owner || !isStaff(owner)) throw new ActError('NOT_ASSIGNABLE', { field: 'ownerId' });
  return { ...none, ownerId: owner.id, dueOn: dueOn ?? null, effect: text(effect, 'effect') };
}

/** What is said of the gap as the map stands; it must be one of the map's. */
async function sentenceNow(ctx: Ctx, journeyId: string, key: string): Promise<string> {
  const { parts } = await partsAfter(ctx, journeyId, 0);
  const map = mapOf(parts);
  const gap = findGaps(map).find((one) => one.key === key);
  if (!gap) throw new ActError('GAP_GONE', { field: 'key' });
  return sentenceOf(gap, map);
}

function tell(tx: Tx, ctx: Ctx, row: Row, before: Row | null, decision: GapDecision['decision']): void {
  const of = { audience: 'INTERNAL', actorId: ctx.viewer.personId, subjectId: row.journeyId, projectId: null } as const;
  const words = (one: Row | null) =>
    one && !one.removedAt
      ? { gap: one.sentence, ownerId: one.ownerId, dueOn: one.dueOn, effect: one.effect, reason: one.reason }
      : null;
  const revision = { before: words(before), after: words(row) };
  const gap = row.id;
  if (decision === 'PLANNED') {
    const { ownerId, dueOn } = row;
    append(tx, { ...of, kind: 'journey.gapPlanned', facts: { gap, ownerId, dueOn }, revision });
  } else {
    const kind = decision === 'ACCEPTED' ? 'journey.gapAccepted' : 'journey.gapReopened';
    append(tx, { ...of, kind, facts: { gap }, revision });
  }
}
