import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { checks, type Health, healthOverrides, tasks } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { byKey, groupByKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';
import { type ProjectSeen, projectLoader, projectStaffLoader } from '../projects/queries.ts';
import { ownCalendar } from '../tasks/queries.ts';
import { dayReader } from './days.ts';
import { forecastLoader } from './forecast/queries.ts';
import { type HealthReason, type HealthTask, healthOf } from './health.ts';
import { workdaysOf } from './workdays.ts';

export { dayReader } from './days.ts';
export { type Forecast, forecastLoader } from './forecast/queries.ts';
export { type ComputedHealth, type HealthReason, silentDays } from './health.ts';
export { workdaysOf } from './workdays.ts';

export type OverrideRow = typeof healthOverrides.$inferSelect;
/** An override that holds today. */
export type Override = OverrideRow & { health: Health; expiresOn: string };
export type ProjectHealth = {
  projectId: string;
  state: Health;
  computed: Health;
  reasons: HealthReason[];
  override: Override | null;
  /** Of the override, also of one that was cleared or ran out; 0 when there never was one. */
  revision: number;
};

/** So much of a task, and no more, is read for lists over many projects. */
const slim = {
  id: tasks.id,
  projectId: tasks.projectId,
  phaseId: tasks.phaseId,
  index: tasks.index,
  state: tasks.state,
  stateSince: tasks.stateSince,
  side: tasks.side,
  visibility: tasks.visibility,
  dueOn: tasks.dueOn,
  isGate: tasks.isGate,
  stuckSide: tasks.stuckSide,
  stuckSince: tasks.stuckSince,
};
export type SlimTask = Pick<typeof tasks.$inferSelect, keyof typeof slim>;

/** A project's tasks that the viewer may see, without their words. */
export function slimTasksLoader(ctx: Ctx) {
  return loaderOf<string, SlimTask[]>(ctx, 'plan.slimTasks', async (projectIds) => {
    const [projects, rows] = await Promise.all([
      projectLoader(ctx).loadMany(projectIds),
      ctx.db
        .select(slim)
        .from(tasks)
        .where(inArray(tasks.projectId, [...projectIds])),
    ]);
    const known = new Map(projects.flatMap((one) => (one && 'id' in one ? [[one.id, one] as const] : [])));
    const readable = rows.filter((task) => {
      const project = known.get(task.projectId);
      return project !== undefined && can(ctx.viewer, 'task.read', { ...project, visibility: task.visibility });
    });
    return groupByKey(projectIds, readable, (task) => task.projectId);
  });
}

/** What was said of a project's health, also when it no longer holds. Staff only: the caller asks policy. */
export function overrideLoader(ctx: Ctx) {
  return loaderOf<string, OverrideRow | null>(ctx, 'plan.overrides', async (projectIds) => {
    const rows = await ctx.db
      .select()
      .from(healthOverrides)
      .where(inArray(healthOverrides.projectId, [...projectIds]));
    return byKey(projectIds, rows, (row) => row.projectId);
  });
}

type BrokenCheck = { projectId: string; taskId: string; since: Date | null };

/** By project: checks that keep running, had passed, and are broken. */
function brokenChecksLoader(ctx: Ctx) {
  return loaderOf<string, BrokenCheck[]>(ctx, 'plan.brokenChecks', async (projectIds) => {
    const { projectId, taskId, standingSince: since } = checks;
    const rows = await ctx.db
      .select({ projectId, taskId, since })
      .from(checks)
      .where(
        and(
          inArray(projectId, [...projectIds]),
          eq(checks.standing, 'BROKEN'),
          isNotNull(checks.passedAt),
          isNull(checks.endedAt),
        ),
      );
    return groupByKey(projectIds, rows, (row) => row.projectId);
  });
}

/** A project's health with its reasons; null for those who may not know it, and when it is not under way. */
export function healthLoader(ctx: Ctx) {
  return loaderOf<string, ProjectHealth | null>(ctx, 'plan.health', async (projectIds) => {
    const dayIn = dayReader();
    const workdays = workdaysOf(await ownCalendar(ctx));
    return Promise.all(
      projectIds.map(async (id) => {
        const project = await projectLoader(ctx).load(id);
        if (!project || !can(ctx.viewer, 'project.readStaffFields', project)) return null;
        const [slimTasks, staff, override, broken, forecast] = await Promise.all([
          slimTasksLoader(ctx).load(id),
          projectStaffLoader(ctx).load(id),
          overrideLoader(ctx).load(id),
          brokenChecksLoader(ctx).load(id),
          forecastLoader(ctx).load(id),
        ]);
        const day = (at: Date) => dayIn(project.timeZone, at);
        const today = day(ctx.clock.now());
        const computed = healthOf({
          isActive: project.state === 'ACTIVE',
          today,
          targetOn: project.targetOn,
          forecast,
          clientActiveOn: staff?.lastClientActivityAt ? day(staff.lastClientActivityAt) : null,
          tasks: slimTasks.map((task) => healthTask(task, day, broken)),
          workdays,
        });
        return computed && withOverride(project, computed, override, today);
      }),
    );
  });
}

function healthTask(task: SlimTask, day: (at: Date) => string, broken: readonly BrokenCheck[]): HealthTask {
  const { id, state, side, dueOn, stuckSide, stuckSince } = task;
  const isOwed = state === 'READY' || state === 'IN_PROGRESS' || state === 'CHANGES_REQUESTED';
  return {
    id,
    isUnfinished: state !== 'DONE' && state !== 'WAIVED' && state !== 'CANCELLED',
    isOwed,
    // Who is stuck on somebody else has nothing to be loud about.
    isOfClient: (stuckSide ?? side) === 'CLIENT',
    dueOn,
    stateOn: day(task.stateSince),
    stuckOn: stuckSince && day(stuckSince),
    brokenOn: broken.flatMap(({ taskId, since }) => (taskId === id && since ? [day(since)] : [])).sort()[0] ?? null,
  };
}

function withOverride(
  project: ProjectSeen,
  { state, reasons }: { state: Health; reasons: HealthReason[] },
  row: OverrideRow | null,
  today: string,
): ProjectHealth {
  const { health, expiresOn } = row ?? { health: null, expiresOn: null };
  // It holds to the end of its day in the project's zone.
  const override = row && health && expiresOn && today <= expiresOn ? { ...row, health, expiresOn } : null;
  return {
    projectId: project.id,
    state: override?.health ?? state,
    computed: state,
    reasons,
    override,
    revision: row?.revision ?? 0,
  };
}
