import { and, asc, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import {
  type MilestoneContent,
  milestoneRatings,
  milestoneSignOffs,
  phases,
  submissions,
  tasks,
} from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import type { Db, Tx } from '../platform/database/transaction.ts';
import { groupByKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';
import type { PhaseRow, ProjectSeen } from '../projects/queries.ts';
import { digestOf, isReached } from './content.ts';

export type SignOffRow = typeof milestoneSignOffs.$inferSelect;
export type RatingRow = typeof milestoneRatings.$inferSelect;

/** A phase's end, the same whoever looks: what staff keep for themselves is no part of it. */
export type MilestoneNow = {
  phase: PhaseRow;
  content: MilestoneContent;
  digest: string;
  isReached: boolean;
  /** When the last of it was settled; null while it is not reached. */
  reachedAt: Date | null;
};

/** How long a question waits for its answer, and how long an answer can be changed. */
export const askedDays = 30;
export const changeDays = 7;

/** The milestones of projects in the order of the road, in as many statements for many as for one. */
export async function milestonesOf(db: Db | Tx, projectIds: readonly string[]): Promise<MilestoneNow[]> {
  const road = await db
    .select()
    .from(phases)
    .where(inArray(phases.projectId, [...projectIds]))
    .orderBy(asc(phases.index));
  const { id, phaseId, title, state, stateSince } = tasks;
  const shared = await db
    .select({ id, phaseId, title, state, stateSince })
    .from(tasks)
    .where(and(inArray(tasks.projectId, [...projectIds]), eq(tasks.visibility, 'SHARED')))
    .orderBy(asc(tasks.index), asc(tasks.id));
  const latest = await db
    .selectDistinctOn([submissions.taskId], {
      taskId: submissions.taskId,
      id: submissions.id,
      version: submissions.version,
    })
    .from(submissions)
    .where(and(inArray(submissions.projectId, [...projectIds]), isNotNull(submissions.finishedAt)))
    .orderBy(submissions.taskId, desc(submissions.finishedAt), desc(submissions.id));
  const versions = new Map(latest.map((row) => [row.taskId, row]));
  return road.map((phase) => {
    const own = shared.filter((task) => task.phaseId === phase.id);
    const content = {
      name: phase.name,
      milestone: phase.milestone,
      tasks: own
        .filter((task) => task.state !== 'CANCELLED')
        .map((task) => {
          const { id: submissionId = null, version = null } = versions.get(task.id) ?? {};
          return { id: task.id, title: task.title, state: task.state, version, submissionId };
        }),
    };
    const reached = isReached(own);
    const last = Math.max(...own.map((task) => task.stateSince.getTime()));
    return {
      phase,
      content,
      digest: digestOf(content),
      isReached: reached,
      reachedAt: reached ? new Date(last) : null,
    };
  });
}

/** By project: its milestones. Only for a project that the viewer sees. */
export function milestonesLoader(ctx: Ctx) {
  return loaderOf<string, MilestoneNow[]>(ctx, 'milestones.ofProject', async (projectIds) => {
    return groupByKey(projectIds, await milestonesOf(ctx.db, projectIds), ({ phase }) => phase.projectId);
  });
}

/** By project: what was signed, newest first. */
export function signOffsLoader(ctx: Ctx) {
  return loaderOf<string, SignOffRow[]>(ctx, 'milestones.signOffs', async (projectIds) => {
    const rows = await ctx.db
      .select()
      .from(milestoneSignOffs)
      .where(inArray(milestoneSignOffs.projectId, [...projectIds]))
      .orderBy(desc(milestoneSignOffs.at), desc(milestoneSignOffs.id));
    return groupByKey(projectIds, rows, (row) => row.projectId);
  });
}

/** By project: who was asked how it went, and what they said. All of it is staff's; to others, their own alone. */
export function ratingsLoader(ctx: Ctx) {
  return loaderOf<string, RatingRow[]>(ctx, 'milestones.ratings', async (projectIds) => {
    const rows = await ctx.db
      .select()
      .from(milestoneRatings)
      .where(inArray(milestoneRatings.projectId, [...projectIds]))
      .orderBy(asc(milestoneRatings.askedAt), asc(milestoneRatings.id));
    return groupByKey(projectIds, rows, (row) => row.projectId);
  });
}

const dayMs = 86_400_000;

/** Until when somebody can say how it went, or change what they said. */
export function openUntil({ askedAt, answeredAt }: Pick<RatingRow, 'askedAt' | 'answeredAt'>): Date {
  return new Date(answeredAt ? answeredAt.getTime() + changeDays * dayMs : askedAt.getTime() + askedDays * dayMs);
}

/** Whether the viewer can say now how it went; `rating`: their own row. */
export function mayRate(ctx: Ctx, project: ProjectSeen, rating: RatingRow | null): boolean {
  return rating !== null && openUntil(rating) > ctx.clock.now() && can(ctx.viewer, 'milestone.rate', project);
}

/** Whether a milestone waits for somebody's name: never signed, or signed when it was another. */
export function isUnsigned({ isReached, digest }: MilestoneNow, signOff: SignOffRow | null): boolean {
  return isReached && signOff?.digest !== digest;
}
