import { and, count, eq, gte, inArray, type SQL, sql } from 'drizzle-orm';
import { accountFacts, accounts, events, projects } from '../../../../drizzle/schema/index.ts';
import { can } from '../../../access/policy.ts';
import { companyOf } from '../../../accounts/queries.ts';
import type { Question } from '../../../inputs.ts';
import { byKey, groupByKey, loaderOf } from '../../../platform/graphql/loaders.ts';
import type { Ctx } from '../../../platform/services.ts';
import { readableBy } from '../../../projects/queries.ts';
import { taskLoader } from '../../../tasks/queries.ts';

/*
 * Ask once. A question that names an information item is answered from what is known of the account, whoever learnt it:
 * whoever fills the form in confirms or corrects it, and what is handed in is what is known from then on.
 */
export type KnownAnswer = { value: string; from: string; at: Date };

/**
 * What is known for the questions of a form, by the question's key. Only for whoever may hand the form in; which
 * department or system of the company knows it is nothing that clients learn: they read the company's name.
 */
export async function knownAnswers(
  ctx: Ctx,
  input: { taskId: string },
  questions: readonly Question[],
): Promise<ReadonlyMap<string, KnownAnswer>> {
  const known = new Map<string, KnownAnswer>();
  if (!questions.some(({ fact }) => fact)) return known;
  const task = await taskLoader(ctx).load(input.taskId);
  if (!task || !can(ctx.viewer, 'task.submit', task)) return known;
  const facts = await factsLoader(ctx).load(task.accountId);
  for (const { key, fact } of questions) {
    const found = facts.find((one) => one.key === fact);
    if (!found || found.value === '') continue;
    const from = found.source === 'CLIENT' ? found.accountName : found.companyName;
    known.set(key, { value: found.value, from, at: found.at });
  }
  return known;
}

function factsLoader(ctx: Ctx) {
  return loaderOf<string, FactRow[]>(ctx, 'forms.facts', async (accountIds) => {
    const { accountId, key, value, source, at } = accountFacts;
    const { name: companyName } = await companyOf(ctx);
    const rows = await ctx.db
      .select({ accountId, key, value, source, at, accountName: accounts.name })
      .from(accountFacts)
      .innerJoin(accounts, eq(accounts.id, accountId))
      .where(inArray(accountId, [...accountIds]));
    const named = rows.map((row) => ({ ...row, companyName }));
    return groupByKey(accountIds, named, (row) => row.accountId);
  });
}
type FactRow = typeof accountFacts.$inferSelect & { accountName: string; companyName: string };

/** A question that did not have to be asked: its answer was known, and right. Written out, so that its index serves. */
const wasAvoided = sql`${events.kind} = 'task.factConfirmed' and ${events.facts} ->> 'isCorrected' = 'false'`;

/** How many questions of a project did not have to be asked, because the answer was known and right. */
export function questionsAvoidedLoader(ctx: Ctx) {
  return loaderOf<string, number>(ctx, 'forms.avoided', async (projectIds) => {
    const rows = await ctx.db
      .select({ projectId: events.projectId, count: count() })
      .from(events)
      .where(and(inArray(events.projectId, [...projectIds]), wasAvoided))
      .groupBy(events.projectId);
    return byKey(projectIds, rows, (row) => row.projectId ?? '').map((row) => row?.count ?? 0);
  });
}

/** The same since a moment, over all projects that the viewer may know of: a part of a statement that counts more. */
export function questionsAvoidedSince(ctx: Ctx, since: Date): SQL<number> {
  const counted = ctx.db
    .select({ count: count() })
    .from(events)
    .innerJoin(projects, eq(projects.id, events.projectId))
    .where(and(readableBy(ctx), gte(events.at, since), wasAvoided));
  return sql<number>`(${counted})::int`;
}
