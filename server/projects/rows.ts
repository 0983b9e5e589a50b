import { eq } from 'drizzle-orm';
import { projects } from '../../drizzle/schema/index.ts';
import { type Act, type Acts, can, factsOfProject, type ProjectFacts } from '../access/policy.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import type { Ctx } from '../platform/services.ts';

export type ProjectRow = typeof projects.$inferSelect;
/** A row that is locked, with what policy asks of it. */
export type ProjectLocked = ProjectRow & ProjectFacts;

type ProjectAct = {
  [A in Act]: Acts[A] extends ProjectFacts ? (ProjectFacts extends Acts[A] ? A : never) : never;
}[Act];

/**
 * Locks a project's row for the rest of the transaction. NOT_FOUND when it is missing or not to be known, FORBIDDEN
 * when the viewer may not do this. Every act on a project itself begins here.
 */
export async function projectLock(tx: Tx, ctx: Ctx, projectId: string, act: ProjectAct): Promise<ProjectLocked> {
  if (!isUuid(projectId)) throw new ApiError('NOT_FOUND');
  const [row] = await tx.select().from(projects).where(eq(projects.id, projectId)).for('update');
  if (!row) throw new ApiError('NOT_FOUND');
  const facts = factsOfProject(row);
  if (!can(ctx.viewer, 'project.read', facts)) throw new ApiError('NOT_FOUND');
  if (!can(ctx.viewer, act, facts)) throw new ApiError('FORBIDDEN');
  return { ...row, ...facts };
}

/** Refuses an act on a project that has changed since the person saw it. */
export function checkProjectRevision(project: ProjectRow, revision: number): void {
  if (project.revision !== revision) throw new ActError('CONFLICT', { field: 'revision' });
}

/** Writes what changed of a locked project, under its next revision. */
export async function projectWrite(
  tx: Tx,
  ctx: Ctx,
  project: ProjectLocked,
  changed: Partial<typeof projects.$inferInsert> = {},
): Promise<ProjectLocked> {
  const written = { ...changed, revision: project.revision + 1, updatedAt: ctx.clock.now() };
  await tx.update(projects).set(written).where(eq(projects.id, project.id));
  const next = { ...project, ...written };
  return { ...next, ...factsOfProject(next) };
}

const mostNameCharacters = 120;

/** What an account or a project is called: one line, also where it was given with breaks, as people's names are. */
export function checkedName(text: string, field = 'name'): string {
  return checkedText(text.replaceAll(/[\r\n]+/g, ' '), field, mostNameCharacters);
}

/** A text that a person gave, without spaces around it. */
export function checkedText(text: string, field: string, max: number): string {
  const trimmed = text.trim();
  if (trimmed === '') throw new ActError('EMPTY', { field });
  if ([...trimmed].length > max) throw new ActError('TOO_LONG', { field, params: { max } });
  return trimmed;
}
