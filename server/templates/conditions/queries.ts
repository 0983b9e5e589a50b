import { and, desc, eq, inArray, isNotNull, ne } from 'drizzle-orm';
import { accountFacts, submissions, taskInputs, tasks } from '../../../drizzle/schema/index.ts';
import type { Condition, Conditions, Known } from '../../conditions.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { ProjectRow } from '../../projects/commands.ts';

type Reader = Pick<Tx, 'select' | 'selectDistinctOn'>;

/** What the conditions of a project ask about, as it is known now: only what they ask is read. */
export async function knownOf(db: Reader, project: ProjectRow, asked: readonly Conditions[]): Promise<Known> {
  const all: Condition[] = asked.flat(2);
  const taskKeys = [...new Set(all.flatMap((one) => (one.of === 'ANSWER' ? [one.task] : [])))];
  const { platform, products, accountId } = project;
  return {
    platform,
    products,
    answers: taskKeys.length > 0 ? await answersOf(db, project.id, taskKeys) : [],
    facts: all.some((one) => one.of === 'FACT') ? await factsOf(db, accountId) : new Map(),
  };
}

/** What is known of an account, by name. */
export async function factsOf(db: Reader, accountId: string): Promise<Map<string, string>> {
  const { key, value } = accountFacts;
  const rows = await db.select({ key, value }).from(accountFacts).where(eq(accountFacts.accountId, accountId));
  return new Map(rows.map((row) => [row.key, row.value]));
}

/** The last version of each form that was handed in, whatever a reviewer has said of it: what was told is told. */
async function answersOf(db: Reader, projectId: string, taskKeys: string[]): Promise<Known['answers']> {
  const rows = await db
    .selectDistinctOn([submissions.inputId], {
      task: tasks.key,
      input: taskInputs.key,
      answers: submissions.answers,
    })
    .from(submissions)
    .innerJoin(taskInputs, eq(taskInputs.id, submissions.inputId))
    .innerJoin(tasks, eq(tasks.id, submissions.taskId))
    .where(
      and(
        eq(tasks.projectId, projectId),
        inArray(tasks.key, taskKeys),
        eq(submissions.kind, 'FORM'),
        isNotNull(submissions.version),
        ne(submissions.state, 'REJECTED'),
      ),
    )
    .orderBy(submissions.inputId, desc(submissions.version));
  return rows.map((row) => ({ ...row, answers: row.answers ?? [] }));
}
