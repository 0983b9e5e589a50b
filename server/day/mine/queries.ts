import { and, eq, inArray, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/pg-core';
import { projectStaff, projects, taskPromises, tasks } from '../../../drizzle/schema/index.ts';
import type { Ctx } from '../../platform/services.ts';
import { readableBy } from '../../projects/queries.ts';

/** Nobody's day is longer; what is beyond it is not counted. */
export const mostOfAKind = 1_000;

/*
 * What a person's day is made of, in slim rows. Whatever is asked for is found by the person: by the tasks that they
 * have and the projects that they manage, each through an index of what is open, so that a day costs what there is in
 * it and not what there is in the company. States stand in the text and not as parameters: a prepared statement can use
 * such an index only where the text alone says that it may.
 */
const isOpen = sql`${tasks.state} in ('READY', 'IN_PROGRESS', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED')`;
const isOwed = sql`${tasks.state} in ('READY', 'IN_PROGRESS', 'CHANGES_REQUESTED')`;
const isUnderWay = sql`${projects.state} in ('ACTIVE', 'LIVE')`;

/** Open tasks that are the viewer's, or of a project that they manage. */
function ownTaskIds(ctx: Ctx) {
  const me = ctx.viewer.personId;
  const assigned = ctx.db
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.assigneeId, me), isOpen));
  const managed = ctx.db
    .select({ id: tasks.id })
    .from(projects)
    .innerJoin(tasks, and(eq(tasks.projectId, projects.id), isOpen))
    .where(eq(projects.pmId, me));
  return union(assigned, managed);
}

/** What waits for somebody of the viewer's role to look at it. The project's manager is asked by name, as above. */
function askedTaskIds(ctx: Ctx) {
  const { role } = ctx.viewer;
  return ctx.db
    .select({ id: tasks.id })
    .from(tasks)
    .where(sql`${tasks.state} = 'IN_REVIEW' and ${tasks.reviewerRole} = ${role} and ${tasks.reviewerRole} <> 'PM'`);
}

/** Open tasks that wait for the review or approval of somebody in whose place the viewer decides now. */
function inPlaceTaskIds(ctx: Ctx) {
  const standsIn = ctx.viewer.standsIn ?? [];
  const away = standsIn.filter(({ taskId }) => taskId === null).map(({ personId }) => personId);
  const named = standsIn.flatMap(({ taskId }) => taskId ?? []);
  const isAway = or(inArray(tasks.assigneeId, away), inArray(projects.pmId, away), inArray(tasks.id, named));
  return ctx.db
    .select({ id: tasks.id })
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(and(isAway, isOpen, or(eq(tasks.state, 'IN_REVIEW'), eq(tasks.type, 'APPROVAL'))));
}

/** For a company's task that nobody has the manager of its project stands in. */
function isForMe(ctx: Ctx): SQL | undefined {
  const me = ctx.viewer.personId;
  return or(
    eq(tasks.assigneeId, me),
    and(isNull(tasks.assigneeId), eq(tasks.side, 'COMPANY'), eq(tasks.isForLead, false), eq(projects.pmId, me)),
  );
}

/** Tasks of mine that wait for a review, are stuck, are due by that day, or ask for my approval. */
export function ownTasks(ctx: Ctx, dueThrough: string) {
  const isMine = isForMe(ctx);
  const isReview = eq(tasks.state, 'IN_REVIEW');
  const isDue = and(isOwed, lte(tasks.dueOn, dueThrough), isMine);
  const isOwn = or(eq(tasks.assigneeId, ctx.viewer.personId), eq(projects.pmId, ctx.viewer.personId));
  const isInPlace = ctx.viewer.standsIn ? inArray(tasks.id, inPlaceTaskIds(ctx)) : undefined;
  const isAsked = and(isOwed, eq(tasks.type, 'APPROVAL'), eq(tasks.side, 'COMPANY'));
  const isApproval = and(isAsked, or(isMine, isInPlace));
  return ctx.db
    .select({
      id: tasks.id,
      projectId: tasks.projectId,
      accountId: projects.accountId,
      projectState: projects.state,
      activatedAt: projects.activatedAt,
      state: tasks.state,
      stateSince: tasks.stateSince,
      type: tasks.type,
      side: tasks.side,
      visibility: tasks.visibility,
      reviewerRole: tasks.reviewerRole,
      pmId: projects.pmId,
      assigneeId: tasks.assigneeId,
      dueOn: tasks.dueOn,
      stuckSide: tasks.stuckSide,
      stuckBy: tasks.stuckBy,
      stuckSince: tasks.stuckSince,
      isMine: sql<boolean>`coalesce(${isMine}, false)`,
      isOwn: sql<boolean>`coalesce(${isOwn}, false)`,
    })
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(
      and(
        or(inArray(tasks.id, union(ownTaskIds(ctx), askedTaskIds(ctx))), isInPlace),
        isUnderWay,
        readableBy(ctx),
        or(isReview, isNotNull(tasks.stuckSide), isDue, isApproval),
      ),
    )
    .orderBy(tasks.dueOn, tasks.stateSince)
    .limit(mostOfAKind);
}
export type OwnTask = Awaited<ReturnType<typeof ownTasks>>[number];

/** Days that a side named for a task of mine and has not kept yet; `through` is the last day that it is anywhere. */
export function ownPromises(ctx: Ctx, through: string) {
  return ctx.db
    .select({
      projectId: taskPromises.projectId,
      taskId: taskPromises.taskId,
      timeZone: projects.timeZone,
      side: taskPromises.side,
      promisedOn: taskPromises.promisedOn,
      personId: taskPromises.personId,
      at: taskPromises.at,
    })
    .from(taskPromises)
    .innerJoin(projects, eq(projects.id, taskPromises.projectId))
    .where(
      and(
        isNull(taskPromises.endedAt),
        lte(taskPromises.promisedOn, through),
        inArray(taskPromises.taskId, ownTaskIds(ctx)),
        isUnderWay,
        readableBy(ctx),
      ),
    )
    .orderBy(taskPromises.promisedOn)
    .limit(mostOfAKind);
}

/** Projects that the viewer manages, in which a client who owes something did nothing since `before`. */
export function quietProjects(ctx: Ctx, before: Date) {
  // GREATEST passes over nulls: of a client who never did anything, since they came to owe something.
  const since = sql<Date>`greatest(${projectStaff.lastClientActivityAt}, min(${tasks.stateSince}))`.mapWith(
    tasks.stateSince,
  );
  return ctx.db
    .select({ projectId: projects.id, timeZone: projects.timeZone, since })
    .from(projects)
    .innerJoin(projectStaff, eq(projectStaff.projectId, projects.id))
    .innerJoin(tasks, and(eq(tasks.projectId, projects.id), isOwed))
    .where(
      and(
        eq(projects.pmId, ctx.viewer.personId),
        eq(projects.state, 'ACTIVE'),
        sql`coalesce(${tasks.stuckSide}, ${tasks.side}) = 'CLIENT'`,
        readableBy(ctx),
      ),
    )
    .groupBy(projects.id, projectStaff.lastClientActivityAt)
    .having(sql`${since} <= ${before.toISOString()}::timestamptz`)
    .orderBy(since)
    .limit(mostOfAKind);
}
