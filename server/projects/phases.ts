import { asc, eq, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { phases, tasks } from '../../drizzle/schema/index.ts';
import type { EventKinds } from '../events.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import { idempotent } from '../platform/idempotency.ts';
import type { Ctx } from '../platform/services.ts';
import { checkMay } from './may.ts';
import { checkedText, checkProjectRevision, type ProjectLocked, projectLock, projectWrite } from './rows.ts';

/*
 * The stretches of a project's road. Every act takes and moves the project's revision: two people who arrange one road
 * at once would otherwise each leave half of theirs.
 */
const mostNameCharacters = 80;
const mostMilestoneCharacters = 200;
const mostPhases = 30;

type PhaseKind = Extract<keyof EventKinds, `phase.${string}`>;

/** Adds a stretch at the end of the road. */
export function phaseAdd(
  ctx: Ctx,
  input: { idempotencyKey: string; projectId: string; revision: number; name: string; milestone: string },
): Promise<Committed<ProjectLocked>> {
  const { idempotencyKey: key, ...body } = input;
  return transaction(ctx, async (tx) => {
    let project = await projectLock(tx, ctx, input.projectId, 'project.edit');
    checkMay(ctx, 'task.create', project);
    await idempotent(ctx, tx, { act: 'phaseAdd', key, body }, async () => {
      checkProjectRevision(project, input.revision);
      const road = await roadOf(tx, project.id);
      if (road.length >= mostPhases) throw new ActError('TOO_MANY', { params: { max: mostPhases } });
      const id = uuidv7();
      const name = checkedText(input.name, 'name', mostNameCharacters);
      const milestone = checkedText(input.milestone, 'milestone', mostMilestoneCharacters);
      const index = (road.at(-1)?.index ?? -1) + 1;
      await tx.insert(phases).values({ id, projectId: project.id, index, name, milestone });
      tell(tx, ctx, project.id, id, 'phase.added', { before: null, after: { name, milestone, index } });
      project = await projectWrite(tx, ctx, project);
      return { subjectId: id };
    });
    return project;
  });
}

/** Renames a stretch, or says anew what is true at its end. */
export function phaseEdit(
  ctx: Ctx,
  phaseId: string,
  input: { revision: number; name?: string; milestone?: string },
): Promise<Committed<ProjectLocked>> {
  return onPhase(ctx, phaseId, input.revision, async (tx, project, phase) => {
    const name = input.name === undefined ? phase.name : checkedText(input.name, 'name', mostNameCharacters);
    const milestone =
      input.milestone === undefined
        ? phase.milestone
        : checkedText(input.milestone, 'milestone', mostMilestoneCharacters);
    if (name === phase.name && milestone === phase.milestone) return project;
    await tx.update(phases).set({ name, milestone }).where(eq(phases.id, phase.id));
    const before = { name: phase.name, milestone: phase.milestone };
    tell(tx, ctx, project.id, phase.id, 'phase.edited', { before, after: { name, milestone } });
    return projectWrite(tx, ctx, project);
  });
}

/** Puts a stretch one place up or down; its tasks go along. */
export function phaseMove(
  ctx: Ctx,
  phaseId: string,
  input: { revision: number; isUp: boolean },
): Promise<Committed<ProjectLocked>> {
  return onPhase(ctx, phaseId, input.revision, async (tx, project, phase, road) => {
    const at = road.findIndex((one) => one.id === phase.id);
    const other = road[at + (input.isUp ? -1 : 1)];
    if (!other) return project;
    // Indexes are unique within a project: one of the two stands aside for a moment.
    await tx.update(phases).set({ index: -1 }).where(eq(phases.id, phase.id));
    await tx.update(phases).set({ index: phase.index }).where(eq(phases.id, other.id));
    await tx.update(phases).set({ index: other.index }).where(eq(phases.id, phase.id));
    await renumberTasks(tx, project.id);
    tell(tx, ctx, project.id, phase.id, 'phase.moved', {
      before: { index: phase.index },
      after: { index: other.index },
    });
    return projectWrite(tx, ctx, project);
  });
}

/** Takes a stretch off the road. Only an empty one: what somebody did in it is not to vanish. */
export function phaseRemove(ctx: Ctx, phaseId: string, input: { revision: number }): Promise<Committed<ProjectLocked>> {
  return onPhase(ctx, phaseId, input.revision, async (tx, project, phase) => {
    const inside = await tx.$count(tasks, eq(tasks.phaseId, phase.id));
    if (inside > 0) throw new ActError('PHASE_NOT_EMPTY', { params: { count: inside } });
    await tx.delete(phases).where(eq(phases.id, phase.id));
    const before = { name: phase.name, milestone: phase.milestone, index: phase.index };
    tell(tx, ctx, project.id, phase.id, 'phase.removed', { before, after: null });
    return projectWrite(tx, ctx, project);
  });
}

type PhaseRow = typeof phases.$inferSelect;

function onPhase(
  ctx: Ctx,
  phaseId: string,
  revision: number,
  act: (tx: Tx, project: ProjectLocked, phase: PhaseRow, road: PhaseRow[]) => Promise<ProjectLocked>,
): Promise<Committed<ProjectLocked>> {
  return transaction(ctx, async (tx) => {
    if (!isUuid(phaseId)) throw new ApiError('NOT_FOUND');
    const [found] = await tx.select().from(phases).where(eq(phases.id, phaseId));
    if (!found) throw new ApiError('NOT_FOUND');
    const project = await projectLock(tx, ctx, found.projectId, 'project.edit');
    checkMay(ctx, 'task.create', project);
    checkProjectRevision(project, revision);
    // Read again under the project's lock: somebody may have moved or removed it meanwhile.
    const road = await roadOf(tx, project.id);
    const phase = road.find((one) => one.id === phaseId);
    if (!phase) throw new ApiError('NOT_FOUND');
    return act(tx, project, phase, road);
  });
}

function roadOf(tx: Tx, projectId: string): Promise<PhaseRow[]> {
  return tx.select().from(phases).where(eq(phases.projectId, projectId)).orderBy(asc(phases.index));
}

/** Tasks are counted over the whole road, so that a list of them needs no phase to be in order. */
async function renumberTasks(tx: Tx, projectId: string): Promise<void> {
  await tx.execute(sql`
    update ${tasks} set "index" = placed.place
    from (
      select ${tasks.id} as id, row_number() over (order by ${phases.index}, ${tasks.index}, ${tasks.id}) - 1 as place
      from ${tasks} join ${phases} on ${phases.id} = ${tasks.phaseId}
      where ${tasks.projectId} = ${projectId}
    ) as placed
    where ${tasks.id} = placed.id
  `);
}

function tell(
  tx: Tx,
  ctx: Ctx,
  projectId: string,
  phaseId: string,
  kind: PhaseKind,
  revision: { before: Record<string, unknown> | null; after: Record<string, unknown> | null },
): void {
  append(tx, {
    kind,
    audience: 'SHARED',
    actorId: ctx.viewer.personId,
    subjectId: phaseId,
    projectId,
    facts: {},
    revision,
  });
}
