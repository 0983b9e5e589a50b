import { and, asc, count, desc, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import { events, phases, projectPositions, projectStaff, projects } from '../../drizzle/schema/index.ts';
import type { ProjectFacts } from '../access/policy.ts';
import { can, factsOfProject, isStaff } from '../access/policy.ts';
import { companyHeadOnce } from '../platform/events/feed.ts';
import { type Connection, pageOf, parseCursor } from '../platform/graphql/connection.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, groupByKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';

/**
 * A project that the viewer may see, with the facts that policy asks for and how far its log had come in the very
 * statement that read the row: what an answer loads afterwards is at least as new, so resuming from it skips nothing.
 */
export type ProjectSeen = typeof projects.$inferSelect & ProjectFacts & { position: number };
export type ProjectRead = {
  projects: typeof projects.$inferSelect;
  project_positions: typeof projectPositions.$inferSelect;
};
export type ProjectStaffRow = typeof projectStaff.$inferSelect;
export type PhaseRow = typeof phases.$inferSelect;

/** What a viewer sees of a project's row; null when they may not. Used by every statement that joins projects. */
export function projectSeen(ctx: Ctx, { projects: row, project_positions: log }: ProjectRead): ProjectSeen | null {
  const position = isStaff(ctx.viewer) ? log.position : log.sharedPosition;
  const project = { ...row, ...factsOfProject(row), position };
  return can(ctx.viewer, 'project.read', project) ? project : null;
}

/** Projects by id; null for one that is missing or not to be known, which look alike. */
export function projectLoader(ctx: Ctx) {
  return loaderOf<string, ProjectSeen | null>(ctx, 'projects.byId', async (ids) => {
    const rows = await ctx.db
      .select()
      .from(projects)
      .innerJoin(projectPositions, eq(projectPositions.projectId, projects.id))
      .where(inArray(projects.id, uuids(ids)));
    const readable = rows.flatMap((row) => projectSeen(ctx, row) ?? []);
    return byKey(ids, readable, (project) => project.id);
  });
}

/** The projects of accounts that the viewer may see, the one signed last first. */
export function projectsOfAccountLoader(ctx: Ctx) {
  return loaderOf<string, ProjectSeen[]>(ctx, 'projects.ofAccount', async (accountIds) => {
    const rows = await ctx.db
      .select()
      .from(projects)
      .innerJoin(projectPositions, eq(projectPositions.projectId, projects.id))
      .where(inArray(projects.accountId, uuids(accountIds)))
      .orderBy(desc(projects.signedOn), asc(projects.name), asc(projects.id));
    const readable = rows.flatMap((row) => projectSeen(ctx, row) ?? []);
    return groupByKey(accountIds, readable, (project) => project.accountId);
  });
}

export function phasesOfProjectLoader(ctx: Ctx) {
  return loaderOf<string, PhaseRow[]>(ctx, 'phases.ofProject', async (projectIds) => {
    const rows = await ctx.db
      .select()
      .from(phases)
      .where(inArray(phases.projectId, [...projectIds]))
      .orderBy(asc(phases.index));
    return groupByKey(projectIds, rows, (phase) => phase.projectId);
  });
}

/** Phases by id, null where the project may not be read. */
export function phaseLoader(ctx: Ctx) {
  return loaderOf<string, PhaseRow | null>(ctx, 'phases.byId', async (ids) => {
    const rows = await ctx.db
      .select()
      .from(phases)
      .where(inArray(phases.id, uuids(ids)));
    const readable = await projectLoader(ctx).loadMany([...new Set(rows.map((phase) => phase.projectId))]);
    const allowed = new Set(readable.flatMap((project) => (project && 'id' in project ? [project.id] : [])));
    return byKey(
      ids,
      rows.filter((phase) => allowed.has(phase.projectId)),
      (phase) => phase.id,
    );
  });
}

/** When projects went live that are live or were closed since; null for all others. The log keeps it. */
export function wentLiveLoader(ctx: Ctx) {
  return loaderOf<string, Date | null>(ctx, 'projects.wentLive', async (projectIds) => {
    const rows = await ctx.db
      .select({ projectId: events.projectId, at: events.at })
      .from(events)
      .innerJoin(projects, eq(projects.id, events.projectId))
      .where(
        and(
          inArray(events.projectId, [...projectIds]),
          eq(events.kind, 'project.wentLive'),
          inArray(projects.state, ['LIVE', 'CLOSED']),
        ),
      );
    return byKey(projectIds, rows, (row) => row.projectId ?? '').map((row) => row?.at ?? null);
  });
}

/** What only staff may know, by project; asked for only where policy allows it. */
export function projectStaffLoader(ctx: Ctx) {
  return loaderOf<string, ProjectStaffRow | null>(ctx, 'projects.staff', async (projectIds) => {
    const rows = await ctx.db
      .select()
      .from(projectStaff)
      .where(inArray(projectStaff.projectId, [...projectIds]));
    return byKey(projectIds, rows, (row) => row.projectId);
  });
}

/** The policy's `project.read` as a condition, so that pages and counts are over what the viewer may see. */
export function readableBy({ viewer }: Pick<Ctx, 'viewer'>): SQL | undefined {
  const { accountId, projectIds, token } = viewer;
  const isOwn = projectIds ? inArray(projects.id, [...projectIds]) : eq(projects.accountId, accountId ?? nobody);
  const ofRole = isStaff(viewer) ? undefined : and(isOwn, isNotNull(projects.activatedAt));
  if (!token || (token.accountIds === null && token.projectIds === null)) return ofRole;
  const ofToken = or(
    inArray(projects.accountId, [...(token.accountIds ?? [])]),
    inArray(projects.id, [...(token.projectIds ?? [])]),
  );
  return and(ofRole, ofToken);
}

/** The id of nothing. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** Projects that the viewer may see, by target date, earliest first. */
export async function projectsPage(ctx: Ctx, first: number, after: string | null): Promise<Connection<ProjectSeen>> {
  const cursor = parseCursor(after, ['string', 'string']);
  if (can(ctx.viewer, 'overview.read', null)) await companyHeadOnce(ctx);
  const beyond = cursor
    ? or(
        sql`${projects.targetOn}::text > ${cursor[0]}`,
        and(sql`${projects.targetOn}::text = ${cursor[0]}`, sql`${projects.id}::text > ${cursor[1]}`),
      )
    : undefined;
  const rows = await ctx.db
    .select()
    .from(projects)
    .innerJoin(projectPositions, eq(projectPositions.projectId, projects.id))
    .where(and(readableBy(ctx), beyond))
    .orderBy(asc(projects.targetOn), asc(projects.id))
    .limit(first + 1);
  const readable = rows.flatMap((row) => projectSeen(ctx, row) ?? []);
  const page = pageOf(readable, first, (project) => [project.targetOn, project.id], 'forward', cursor !== null);
  for (const project of page.nodes) projectLoader(ctx).prime(project.id, project);
  return page;
}

export async function projectCount(ctx: Ctx): Promise<number> {
  const [row] = await ctx.db.select({ count: count() }).from(projects).where(readableBy(ctx));
  return row?.count ?? 0;
}
