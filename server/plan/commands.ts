import { eq } from 'drizzle-orm';
import { type Health, healthOverrides } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { type ProjectSeen, projectLoader } from '../projects/queries.ts';
import { dayReader, type OverrideRow } from './queries.ts';

const maxReason = 500;

export type HealthOverrideInput = {
  /** Of the override that the person saw; 0 when they saw none. */
  revision: number;
  health: Health;
  reason: string;
  /** Holds to the end of this day, in the project's zone. */
  expiresOn: string;
};

type Done = { projectId: string };

/** Says what a project's health is, whatever is computed, until the end of a day. Staff alone hear of it. */
export async function projectHealthOverride(
  ctx: Ctx,
  id: string,
  input: HealthOverrideInput,
): Promise<Committed<Done>> {
  const project = await projectToOverride(ctx, id);
  const reason = input.reason.trim();
  if (reason === '') throw new ActError('EMPTY', { field: 'reason' });
  if ([...reason].length > maxReason) throw new ActError('TOO_LONG', { field: 'reason', params: { max: maxReason } });
  const today = dayReader()(project.timeZone, ctx.clock.now());
  if (input.expiresOn < today) throw new ActError('NOT_IN_FUTURE', { field: 'expiresOn' });
  if (project.state !== 'ACTIVE') throw new ActError('NOT_ACTIVE');
  return transaction(ctx, async (tx) => {
    const row = await overrideSeen(tx, id, input.revision);
    const { health, expiresOn } = input;
    const next = { health, reason, expiresOn, byId: ctx.viewer.personId, at: ctx.clock.now() };
    await tx
      .insert(healthOverrides)
      .values({ projectId: id, revision: 1, ...next })
      .onConflictDoUpdate({ target: healthOverrides.projectId, set: { revision: input.revision + 1, ...next } });
    append(tx, {
      kind: 'project.healthOverridden',
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: id,
      projectId: id,
      facts: { from: row?.health ?? null, to: health, expiresOn },
      revision: { before: row ? { reason: row.reason } : null, after: { reason } },
    });
    return { projectId: id };
  });
}

/** Lets the computed health hold again. */
export async function projectHealthOverrideClear(ctx: Ctx, id: string, revision: number): Promise<Committed<Done>> {
  await projectToOverride(ctx, id);
  return transaction(ctx, async (tx) => {
    const row = await overrideSeen(tx, id, revision);
    // Cleared already: what the person wants is so.
    if (!row?.health) return { projectId: id };
    await tx
      .update(healthOverrides)
      .set({ revision: row.revision + 1, health: null, expiresOn: null, reason: '', at: ctx.clock.now() })
      .where(eq(healthOverrides.projectId, id));
    append(tx, {
      kind: 'project.healthOverrideCleared',
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: id,
      projectId: id,
      facts: { from: row.health },
      revision: { before: { reason: row.reason }, after: null },
    });
    return { projectId: id };
  });
}

async function projectToOverride(ctx: Ctx, id: string): Promise<ProjectSeen> {
  const project = await projectLoader(ctx).load(id);
  // To a client there is no such thing as health: nothing to be forbidden.
  if (!project || !can(ctx.viewer, 'project.readStaffFields', project)) throw new ApiError('NOT_FOUND');
  if (!can(ctx.viewer, 'project.overrideHealth', project)) throw new ApiError('FORBIDDEN');
  return project;
}

async function overrideSeen(tx: Tx, projectId: string, revision: number): Promise<OverrideRow | undefined> {
  const [row] = await tx.select().from(healthOverrides).where(eq(healthOverrides.projectId, projectId)).for('update');
  if ((row?.revision ?? 0) !== revision) throw new ActError('CONFLICT');
  return row;
}
