import { asc, inArray } from 'drizzle-orm';
import { formDrafts } from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import type { Answer, Question } from '../../inputs.ts';
import { uuids } from '../../platform/graphql/ids.ts';
import { groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { taskLoader } from '../../tasks/queries.ts';
import { inputLoader, isOfKind } from '../deliver/queries.ts';

/** What was typed into a form so far, by whom last and when. */
export type Draft = {
  inputId: string;
  questions: Question[];
  answers: Answer[];
  savedBy: string | null;
  savedAt: Date | null;
};

/** By input: the draft, for whoever may hand the form in; null for everybody else. Empty when nothing was typed. */
export function draftLoader(ctx: Ctx) {
  return loaderOf<string, Draft | null>(ctx, 'forms.draft', async (inputIds) => {
    const rows = await ctx.db
      .select()
      .from(formDrafts)
      .where(inArray(formDrafts.inputId, uuids(inputIds)))
      .orderBy(asc(formDrafts.savedAt));
    const grouped = groupByKey(inputIds, rows, (row) => row.inputId);
    return Promise.all(
      inputIds.map(async (inputId, i) => {
        const input = await inputLoader(ctx).load(inputId);
        const task = input && (await taskLoader(ctx).load(input.taskId));
        if (!task || !isOfKind(input, 'FORM') || !can(ctx.viewer, 'task.submit', task)) return null;
        const saved = grouped[i] ?? [];
        const last = saved.at(-1);
        const { questions } = input.spec;
        const answers = questions.flatMap(({ key }) => saved.find((row) => row.question === key)?.answer ?? []);
        return { inputId, questions, answers, savedBy: last?.savedBy ?? null, savedAt: last?.savedAt ?? null };
      }),
    );
  });
}
