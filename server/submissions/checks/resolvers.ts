import { Arg, Ctx, Extensions, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { maxPage, pageSize } from '../../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { outcome } from '../../platform/graphql/payload.ts';
import { taskLoader } from '../../tasks/queries.ts';
import type { InputRow } from '../deliver/queries.ts';
import { TaskInput } from '../inputs/types.ts';
import { type SubmissionRow, submissionLoader } from '../queries.ts';
import { Submission } from '../types.ts';
import { checkAgain } from './again/commands.ts';
import { filledSpec } from './filled.ts';
import { type CheckRunRow, checkLoader, lastRun, mayRunAgain, runsPage } from './queries.ts';
import { isLookedAt } from './subject.ts';
import {
  Check,
  CheckAgainInput,
  CheckAgainPayload,
  CheckFinding,
  CheckMark,
  CheckRun,
  CheckRunConnection,
  CheckViewerCan,
  InputWanted,
} from './types.ts';

@Resolver(() => TaskInput)
export class InputWantedResolver {
  @FieldResolver(() => InputWanted, {
    nullable: true,
    description: 'What of it is looked at by itself; null when nothing but a person does.',
  })
  async wanted(@Ctx() context: GraphqlContext, @Root() input: InputRow): Promise<InputWanted | null> {
    const ctx = signedIn(context);
    if (!isLookedAt(input.spec) && input.spec.kind !== 'CREDENTIALS') return null;
    const task = await taskLoader(ctx).load(input.taskId);
    return task && InputWanted.of((await filledSpec(ctx, task.projectId, input.spec)).spec);
  }
}

/** What checks add to a submission. */
@Resolver(() => Submission)
export class SubmissionCheckResolver {
  @FieldResolver(() => Check, {
    nullable: true,
    description: 'What is looked at for it; null for files, and for what nothing but a person looks at.',
  })
  async check(@Ctx() context: GraphqlContext, @Root() submission: SubmissionRow): Promise<Check | null> {
    const row = await checkLoader(signedIn(context)).load(submission.id);
    return row && Check.of(row, submission);
  }
}

@Resolver(() => Check)
export class CheckResolver {
  @Mutation(() => CheckAgainPayload, {
    description: 'Has what was handed in looked at again. While that is under way it is joined.',
  })
  async checkAgain(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The submission's id." }) id: string,
    @Arg('input', () => CheckAgainInput, { description: 'The key of this act.' }) input: CheckAgainInput,
  ): Promise<CheckAgainPayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, () => checkAgain(ctx, id, input));
    if (done) return { ...rest, submission: done.submission, task: done.task };
    const submission = await submissionLoader(ctx).load(id);
    return { ...rest, submission, task: submission && (await taskLoader(ctx).load(submission.taskId)) };
  }

  @FieldResolver(() => CheckRun, { nullable: true, description: 'The newest run; null before the first.' })
  lastRun(@Ctx() context: GraphqlContext, @Root() { row }: Check): Promise<CheckRunRow | null> {
    return lastRun(signedIn(context), row);
  }

  @FieldResolver(() => CheckRunConnection, { description: 'Its runs, newest first; the last 100 are kept.' })
  runs(
    @Ctx() context: GraphqlContext,
    @Root() { row }: Check,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: what stands behind it.' }) after:
      | string
      | null,
  ) {
    return runsPage(signedIn(context), row, pageSize(first), after ?? null);
  }

  @FieldResolver(() => CheckViewerCan, { description: 'What the viewer may do with it now.' })
  async viewerCan(@Ctx() context: GraphqlContext, @Root() { row, submission }: Check): Promise<CheckViewerCan> {
    const ctx = signedIn(context);
    const task = await taskLoader(ctx).load(submission.taskId);
    return { checkAgain: task !== null && mayRunAgain(ctx, task, submission, row) };
  }
}

@Resolver(() => CheckRun)
export class CheckRunResolver {
  @FieldResolver(() => Int, { description: 'How many rules were broken.' })
  findingCount(@Root() { findings }: CheckRunRow): number {
    return findings.filter(({ severity }) => severity !== 'HINT').length;
  }

  @Extensions({ listSize: 6 })
  @FieldResolver(() => [CheckFinding], { description: 'What was found, the gravest first.' })
  findings(@Root() { findings }: CheckRunRow): CheckFinding[] {
    return findings.map(CheckFinding.of);
  }
}

@Resolver(() => CheckFinding)
export class CheckFindingResolver {
  @FieldResolver(() => [CheckMark], { description: 'The places where it is broken, at most 100.' })
  marks(
    @Root() { samples }: CheckFinding,
    @Arg('first', () => Int, { defaultValue: 10, description: `How many, 1 to ${maxPage}.` }) first: number,
  ): CheckMark[] {
    return samples.slice(0, pageSize(first)).map(CheckMark.of);
  }
}
