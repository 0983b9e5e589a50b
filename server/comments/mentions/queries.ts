import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { commentMentions, comments, people, projectPartners, projects, tasks } from '../../../drizzle/schema/index.ts';
import { audienceOf, can, isStaff, type TaskFacts } from '../../access/policy.ts';
import { type Audience, staffRoles, viewerFrom } from '../../access/viewer.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';

/** Somebody who reads a comment of an audience. `isOn`: they have to do with this task or its project already. */
export type Mentionable = { personId: string; isOn: boolean };
type OnTask = TaskFacts & { id: string };

/**
 * Who reads a comment of this audience here, and may be named in it, by name; without the viewer. Clients are offered
 * the staff that they have to do with, and not the company's whole list of people.
 */
export async function mentionable(
  ctx: Ctx,
  task: OnTask,
  audience: Audience,
  db: Pick<Ctx['db'], 'select'> = ctx.db,
): Promise<Mentionable[]> {
  const facts = { ...task, audience, authorId: ctx.viewer.personId };
  if (!can(ctx.viewer, 'comment.read', facts)) return [];
  const isShown = audienceOf(ctx.viewer) === 'INTERNAL' ? undefined : eq(tasks.visibility, 'SHARED');
  const isReadable = audienceOf(ctx.viewer) === 'INTERNAL' ? undefined : eq(comments.audience, 'SHARED');
  const ofProject = db
    .select({ id: projectPartners.personId })
    .from(projectPartners)
    .where(eq(projectPartners.projectId, task.projectId));
  const pm = db.select({ id: projects.pmId }).from(projects).where(eq(projects.id, task.projectId));
  const assigned = db
    .select({ id: tasks.assigneeId })
    .from(tasks)
    .where(and(eq(tasks.projectId, task.projectId), isShown));
  const spoke = db
    .select({ id: comments.authorId })
    .from(comments)
    .where(and(eq(comments.projectId, task.projectId), isReadable));
  const isOfShop = or(eq(people.accountId, task.accountId), inArray(people.id, ofProject));
  const isOn = or(isOfShop, inArray(people.id, pm), inArray(people.id, assigned), inArray(people.id, spoke));
  const rows = await db
    .select({
      personId: people.id,
      role: people.role,
      accountId: people.accountId,
      attachedTo: sql<string[]>`array(
        select ${projectPartners.projectId} from ${projectPartners} where ${projectPartners.personId} = ${people.id}
      )`,
      isOn: sql<boolean>`coalesce(${isOn}, false)`,
    })
    .from(people)
    .where(and(isNull(people.removedAt), eq(people.isApp, false), or(inArray(people.role, staffRoles), isOfShop)))
    .orderBy(asc(people.name), asc(people.id));
  return rows.flatMap(({ isOn: isOnIt, ...row }) => {
    const reader = viewerFrom({ ...row, sessionId: '' });
    const isOffered = row.personId !== ctx.viewer.personId && (isOnIt || isStaff(ctx.viewer));
    return isOffered && can(reader, 'comment.read', facts) ? [{ personId: row.personId, isOn: isOnIt }] : [];
  });
}

/** The ids of the people that a comment names. */
export function mentionsLoader(ctx: Ctx) {
  return loaderOf<string, string[]>(ctx, 'comments.mentions', async (commentIds) => {
    const rows = await ctx.db
      .select()
      .from(commentMentions)
      .where(inArray(commentMentions.commentId, [...commentIds]))
      .orderBy(asc(commentMentions.personId));
    return groupByKey(commentIds, rows, (row) => row.commentId).map((found) => found.map((row) => row.personId));
  });
}
