import { and, count, eq, inArray, sql } from 'drizzle-orm';
import { accountFacts, accounts, events } from '../../../drizzle/schema/index.ts';
import { can, isStaff } from '../../access/policy.ts';
import { companyOf } from '../../accounts/queries.ts';
import type { Answer, Question } from '../../inputs.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { byKey, groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { type TaskSeen, taskLoader } from '../../tasks/queries.ts';

/*
 * Ask once. A question that names an information item is answered from what is known of the account, whoever learnt it:
 * whoever fills the form in confirms or corrects it, and what is handed in is what is known from then on.
 */
export type KnownAnswer = { value: string; from: string; at: Date };

const mostFactCharacters = 4_000;

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

/**
 * Keeps what was handed in as what is known of the account. `isFirst`: the form was not handed in before; only then
 * was a question avoided by what was known, or a known thing corrected.
 */
export async function rememberFacts(
  tx: Tx,
  ctx: Ctx,
  task: TaskSeen,
  { questions, answers, isFirst }: { questions: readonly Question[]; answers: readonly Answer[]; isFirst: boolean },
): Promise<void> {
  for (const answer of answers) {
    const key = questions.find((one) => one.key === answer.question)?.fact;
    if (!key || !('text' in answer) || [...answer.text].length > mostFactCharacters) continue;
    const value = answer.text;
    const isThis = and(eq(accountFacts.accountId, task.accountId), eq(accountFacts.key, key));
    const [before] = await tx.select().from(accountFacts).where(isThis).for('update');
    const written = { value, source: isStaff(ctx.viewer) ? 'STAFF' : 'CLIENT', at: ctx.clock.now() };
    await tx
      .insert(accountFacts)
      .values({ accountId: task.accountId, key, ...written })
      .onConflictDoUpdate({ target: [accountFacts.accountId, accountFacts.key], set: written });
    append(tx, {
      kind: 'account.factSet',
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: task.accountId,
      projectId: null,
      facts: { key },
      revision: { before: { value: before?.value ?? null }, after: { value } },
    });
    if (!before || !isFirst) continue;
    append(tx, {
      kind: 'task.factConfirmed',
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: task.id,
      projectId: task.projectId,
      taskId: task.id,
      facts: { key, isCorrected: before.value !== value },
    });
  }
}

/** How many questions of a project did not have to be asked, because the answer was known and right. */
export function questionsAvoidedLoader(ctx: Ctx) {
  return loaderOf<string, number>(ctx, 'forms.avoided', async (projectIds) => {
    const isRight = sql`${events.facts} ->> 'isCorrected' = 'false'`;
    const rows = await ctx.db
      .select({ projectId: events.projectId, count: count() })
      .from(events)
      .where(and(inArray(events.projectId, [...projectIds]), eq(events.kind, 'task.factConfirmed'), isRight))
      .groupBy(events.projectId);
    return byKey(projectIds, rows, (row) => row.projectId ?? '').map((row) => row?.count ?? 0);
  });
}
