import { and, eq, inArray, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { journeyParts, journeys, journeyVotes } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import { idempotent } from '../platform/idempotency.ts';
import type { Ctx } from '../platform/services.ts';
import { publishedPlaybooks } from '../templates/queries.ts';
import { copied } from './copy.ts';
import { checkRoom, mayDraw, nextPosition, rowOf, write } from './drawing/commands.ts';
import { type MapFile, madeHere, partsOfFile } from './files/import.ts';
import { partsOfTemplate } from './fromTemplate.ts';
import { type Put, partKinds } from './parts.ts';
import { name } from './shapes.ts';

export { journeyGapDecide } from './decisions/commands.ts';
export { journeyEdit } from './drawing/commands.ts';
export { journeyComment, journeyCommentUpdate, journeyRepresent, journeySign } from './saying/commands.ts';

type Create = { name: string; copyOfId: string | null; templateId: string | null; idempotencyKey: string };
type Import = MapFile & { name: string; idempotencyKey: string };
type Update = { revision: number; name?: string | null; isArchived?: boolean | null };
type Done = { id: string };

/** How many journeys a company keeps, archived ones counted. */
const maxJourneys = 200;

/**
 * Begins a map: empty, or as a copy of another, so that "as it shall be" can stand beside "as it is"; with the stretch
 * that a template draws, as new projects get it.
 * Throws NOT_FOUND, FORBIDDEN; ActError EMPTY, TOO_LONG, TOO_MANY.
 */
export function journeyCreate(ctx: Ctx, { idempotencyKey, ...input }: Create): Promise<Committed<Done>> {
  const { copyOfId, templateId } = input;
  const act = { act: 'journeyCreate', key: idempotencyKey, body: input };
  return begin(ctx, act, input.name, async (tx, id, position) => {
    const copied = copyOfId === null ? 0 : await copyParts(ctx, tx, copyOfId, id, position);
    return copied + (templateId === null ? 0 : await drawTemplate(ctx, tx, templateId, id, position));
  });
}

/**
 * Begins a map with what a file says; departments, items and systems that the company has by that name are its own.
 * Throws as journeyCreate; ActError MAP_FILE_INVALID, TOO_MANY.
 */
export async function journeyImport(ctx: Ctx, { idempotencyKey, ...input }: Import): Promise<Committed<Done>> {
  mayDraw(ctx);
  const parts = partsOfFile(input);
  const act = { act: 'journeyImport', key: idempotencyKey, body: input };
  return begin(ctx, act, input.name, (tx, id, position) => drawBeside(ctx, tx, parts, id, position));
}

/** Draws what is new beside what the company has; answers with how many parts that were. */
async function drawBeside(ctx: Ctx, tx: Tx, parts: readonly Put[], id: string, position: number): Promise<number> {
  const rows = (await madeHere(tx, parts)).map((put) => rowOf(ctx, put, id, position, undefined));
  for (let at = 0; at < rows.length; at += 1_000) await write(tx, rows.slice(at, at + 1_000));
  await checkRoom(tx, id);
  return rows.length;
}

async function drawTemplate(ctx: Ctx, tx: Tx, templateId: string, id: string, position: number): Promise<number> {
  const [playbook] = can(ctx.viewer, 'template.read', null) ? await publishedPlaybooks(tx, [templateId]) : [];
  if (!playbook) throw new ApiError('NOT_FOUND');
  return drawBeside(ctx, tx, partsOfTemplate(playbook, uuidv7), id, position);
}

type Act = Parameters<typeof idempotent>[2];

/** A journey of this name; `put` draws what is on its map from the start, and tells of how many parts. */
function begin(
  ctx: Ctx,
  act: Act,
  given: string,
  put: (tx: Tx, id: string, position: number) => Promise<number>,
): Promise<Committed<Done>> {
  mayDraw(ctx);
  const clean = name(given, 'name');
  return transaction(ctx, async (tx) => {
    const id = await idempotent(ctx, tx, act, async () => {
      const position = await nextPosition(tx);
      const [{ count } = { count: 0 }] = await tx.select({ count: sql<number>`count(*)::int` }).from(journeys);
      if (count >= maxJourneys) throw new ActError('TOO_MANY', { params: { max: maxJourneys } });
      const now = ctx.clock.now();
      const row = { id: uuidv7(), revision: 1, name: clean, archivedAt: null, createdAt: now, updatedAt: now };
      await tx.insert(journeys).values({ ...row, createdBy: ctx.viewer.personId });
      const parts = await put(tx, row.id, position);
      append(tx, {
        ...told(ctx, row.id),
        kind: 'journey.created',
        facts: { parts },
        revision: { before: null, after: { name: clean } },
      });
      tx.afterCommit.push(() => ctx.bus.ring('journeys'));
      return { subjectId: row.id };
    });
    return { id };
  });
}

/** Renames a journey, archives it or takes it out again. */
export async function journeyUpdate(ctx: Ctx, id: string, input: Update): Promise<Committed<Done>> {
  mayDraw(ctx);
  if (!isUuid(id)) throw new ApiError('NOT_FOUND');
  const given = input.name === undefined || input.name === null ? null : name(input.name, 'name');
  return transaction(ctx, async (tx) => {
    const [row] = await tx.select().from(journeys).where(eq(journeys.id, id)).for('update');
    if (!row) throw new ApiError('NOT_FOUND');
    if (row.revision !== input.revision) throw new ActError('CONFLICT');
    const now = ctx.clock.now();
    const isArchived = input.isArchived ?? row.archivedAt !== null;
    const next = { name: given ?? row.name, archivedAt: isArchived ? (row.archivedAt ?? now) : null };
    await tx
      .update(journeys)
      .set({ ...next, revision: row.revision + 1, updatedAt: now })
      .where(eq(journeys.id, id));
    if (next.name !== row.name) {
      append(tx, {
        ...told(ctx, id),
        kind: 'journey.edited',
        facts: { fields: ['name'] },
        revision: { before: { name: row.name }, after: { name: next.name } },
      });
    }
    if (isArchived !== (row.archivedAt !== null)) {
      append(tx, { ...told(ctx, id), kind: isArchived ? 'journey.archived' : 'journey.restored', facts: {} });
    }
    tx.afterCommit.push(() => ctx.bus.ring('journeys'));
    return { id };
  });
}

/** Says that a pain point is worth mending first, or takes that back. Answers with the journey. */
export async function journeyVote(ctx: Ctx, painPointId: string, isOn: boolean): Promise<Committed<Done>> {
  if (!can(ctx.viewer, 'journey.read', null)) throw new ApiError('NOT_FOUND');
  if (!can(ctx.viewer, 'journey.vote', null)) throw new ApiError('FORBIDDEN');
  if (!isUuid(painPointId)) throw new ApiError('NOT_FOUND');
  return transaction(ctx, async (tx) => {
    const position = await nextPosition(tx);
    const [part] = await tx.select().from(journeyParts).where(eq(journeyParts.id, painPointId));
    if (part?.kind !== 'PAIN_POINT' || part.removedAt || part.journeyId === null) throw new ApiError('NOT_FOUND');
    const vote = { partId: painPointId, personId: ctx.viewer.personId };
    const isOwn = and(eq(journeyVotes.partId, vote.partId), eq(journeyVotes.personId, vote.personId));
    const changed = isOn
      ? await tx.insert(journeyVotes).values(vote).onConflictDoNothing().returning()
      : await tx.delete(journeyVotes).where(isOwn).returning();
    if (changed.length > 0) {
      await tx.update(journeyParts).set({ position }).where(eq(journeyParts.id, painPointId));
      append(tx, { ...told(ctx, part.journeyId), kind: 'journey.voted', facts: { painPointId, isOn } });
      tx.afterCommit.push(() => ctx.bus.ring('journeys'));
    }
    return { id: part.journeyId };
  });
}

/** What is drawn as a journey's own is copied; what is the company's is shared, and what was said of it stays there. */
async function copyParts(ctx: Ctx, tx: Tx, fromId: string, toId: string, position: number): Promise<number> {
  const [from] = isUuid(fromId) ? await tx.select().from(journeys).where(eq(journeys.id, fromId)) : [];
  if (!from) throw new ApiError('NOT_FOUND');
  const isDrawn = and(eq(journeyParts.journeyId, fromId), inArray(journeyParts.kind, [...partKinds]));
  const rows = await tx.select().from(journeyParts).where(isDrawn);
  const made = copied(rows.filter(({ removedAt }) => removedAt === null)).map((part) => ({
    ...part,
    journeyId: toId,
    revision: 1,
    position,
    updatedAt: ctx.clock.now(),
    updatedBy: ctx.viewer.personId,
  }));
  for (let at = 0; at < made.length; at += 1_000) await tx.insert(journeyParts).values(made.slice(at, at + 1_000));
  return made.length;
}

function told(ctx: Ctx, journeyId: string) {
  return { audience: 'INTERNAL', actorId: ctx.viewer.personId, subjectId: journeyId, projectId: null } as const;
}
