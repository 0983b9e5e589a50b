import { and, asc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { commentMentions, comments, people, projectPartners, projects, tasks } from '../../../drizzle/schema/index.ts';
import { audienceOf, can, isStaff, type TaskFacts } from '../../access/policy.ts';
import { type Audience, staffRoles, viewerFrom } from '../../access/viewer.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';

/** Somebody who reads a comment of an audience. `isOn`: they have to do with this task or its project already. */
export type Mentionable = { personId: string; isOn: boolean };
type OnTask = TaskFacts & { id: string };

/**
 * Who reads a comment of this audience here, and may be named in it, by name; without the viewer. Clients are offered
 * the staff that they have to do with, and not the company's whole list of people.
 */
export async function mentionable(ctx: Ctx, task: OnTask, audience: Audience, tx?: Tx): Promise<Mentionable[]> {
  const facts = { ...task, audience, authorId: ctx.viewer.personId };
  if (!can(ctx.viewer, 'comment.read', facts)) return [];
  const { projectId } = task;
  const around = tx ? await peopleAround(ctx, tx, [projectId]) : await peopleAroundLoader(ctx).load(projectId);
  return around.flatMap(({ isOn, ...row }) => {
    const reader = viewerFrom({ ...row, sessionId: '' });
    const isOffered = row.personId !== ctx.viewer.personId && (isOn || isStaff(ctx.viewer));
    return isOffered && can(reader, 'comment.read', facts) ? [{ personId: row.personId, isOn }] : [];
  });
}

/** The staff, and everybody of the shops whose projects these are: by project and name, whether they are on it already. */
function peopleAround(ctx: Ctx, db: Pick<Ctx['db'], 'select'>, projectIds: readonly string[]) {
  const isShown = audienceOf(ctx.viewer) === 'INTERNAL' ? undefined : eq(tasks.visibility, 'SHARED');
  const isReadable = audienceOf(ctx.viewer) === 'INTERNAL' ? undefined : eq(comments.audience, 'SHARED');
  const attached = db
    .select({ projectId: projectPartners.projectId, personId: projectPartners.personId })
    .from(projectPartners)
    .where(and(inArray(projectPartners.projectId, [...projectIds]), isNull(projectPartners.detachedAt)));
  const assigned = db
    .select({ projectId: tasks.projectId, personId: tasks.assigneeId })
    .from(tasks)
    .where(and(inArray(tasks.projectId, [...projectIds]), isNotNull(tasks.assigneeId), isShown));
  const spoke = db
    .select({ projectId: comments.projectId, personId: comments.authorId })
    .from(comments)
    .where(and(inArray(comments.projectId, [...projectIds]), isReadable));
  const pair = sql`(${projects.id}, ${people.id})`;
  const isOfShop = or(eq(people.accountId, projects.accountId), sql`${pair} in ${attached}`);
  const isOn = or(isOfShop, eq(people.id, projects.pmId), sql`${pair} in ${assigned}`, sql`${pair} in ${spoke}`);
  return db
    .select({
      projectId: projects.id,
      personId: people.id,
      role: people.role,
      accountId: people.accountId,
      attachedTo: sql<string[]>`array(
        select ${projectPartners.projectId} from ${projectPartners} where ${projectPartners.personId} = ${people.id}
          and ${projectPartners.detachedAt} is null
      )`,
      isOn: sql<boolean>`coalesce(${isOn}, false)`,
    })
    .from(projects)
    .innerJoin(people, or(inArray(people.role, staffRoles), isOfShop))
    .where(and(inArray(projects.id, [...projectIds]), isNull(people.removedAt), eq(people.isApp, false)))
    .orderBy(asc(people.name), asc(people.id));
}

function peopleAroundLoader(ctx: Ctx) {
  return loaderOf<string, Awaited<ReturnType<typeof peopleAround>>>(ctx, 'comments.peopleAround', async (projectIds) =>
    groupByKey(projectIds, await peopleAround(ctx, ctx.db, projectIds), (row) => row.projectId),
  );
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
