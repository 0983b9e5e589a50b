import { Arg, Ctx, Extensions, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { outcome } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../platform/services.ts';
import { type TaskSeen, taskLoader } from '../../tasks/queries.ts';
import { type SubmissionRow, submissionLoader } from '../queries.ts';
import { submissionAccept, submissionRecheck } from './acts/commands.ts';
import { validationProgress } from './live.ts';
import {
  RepairPreviewInput,
  SubmissionAcceptInput,
  SubmissionAcceptPayload,
  SubmissionRecheckInput,
  SubmissionRecheckPayload,
  SubmissionRepairInput,
  SubmissionRepairPayload,
} from './payloads.ts';
import { knownRules } from './queries.ts';
import { submissionRepair } from './repair/commands.ts';
import { repairPreview } from './repair/queries.ts';
import { RepairPreview, ReportRules, ValidationProgress } from './types.ts';

type Subscribe<A> = { args: A; context: GraphqlContext };
const ofSubmission = { description: "The submission's id." };

@Resolver()
export class ReportActsResolver {
  @Mutation(() => SubmissionAcceptPayload, {
    description: 'Accepts a submission in spite of its findings: the task goes on to review, or is done.',
  })
  async submissionAccept(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofSubmission) id: string,
    @Arg('input', () => SubmissionAcceptInput, { description: 'The revision seen, and why.' })
    input: SubmissionAcceptInput,
  ): Promise<SubmissionAcceptPayload> {
    const ctx = signedIn(context);
    return withBoth(ctx, id, await outcome(ctx, () => submissionAccept(ctx, id, input)));
  }

  @Mutation(() => SubmissionRecheckPayload, {
    description: 'Has a file checked again, with what a person chose for its columns and declared for it.',
  })
  async submissionRecheck(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofSubmission) id: string,
    @Arg('input', () => SubmissionRecheckInput, { description: 'What was chosen and declared.' })
    input: SubmissionRecheckInput,
  ): Promise<SubmissionRecheckPayload> {
    const ctx = signedIn(context);
    return withBoth(ctx, id, await outcome(ctx, () => submissionRecheck(ctx, id, input)));
  }

  @Mutation(() => SubmissionRepairPayload, {
    description: 'Makes and delivers the next version of a file by repairing this one, which stays as it is.',
  })
  async submissionRepair(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofSubmission) id: string,
    @Arg('input', () => SubmissionRepairInput, { description: 'What is repaired.' }) input: SubmissionRepairInput,
  ): Promise<SubmissionRepairPayload> {
    const ctx = signedIn(context);
    return withBoth(ctx, id, await outcome(ctx, () => submissionRepair(ctx, id, input)));
  }

  @Extensions({ listSize: 20 })
  @Query(() => [ReportRules], { description: 'The sets of rules that a file can be judged by.' })
  reportRules(@Ctx() context: GraphqlContext): readonly ReportRules[] {
    signedIn(context);
    return knownRules();
  }

  @Query(() => RepairPreview, {
    nullable: true,
    description: 'What repairs would change, counted over the whole file. Null for what is not checked, or not yours.',
  })
  repairPreview(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => RepairPreviewInput, { description: 'Which submission, and which repairs.' })
    { submissionId, fixes }: RepairPreviewInput,
  ) {
    return repairPreview(signedIn(context), submissionId, fixes);
  }

  @Subscription(() => ValidationProgress, {
    description: 'How far checking a submission has got, now and whenever it gets on. Counts are never stored.',
    subscribe: ({ args, context }: Subscribe<{ submissionId: string }>) =>
      validationProgress(signedIn(context), args.submissionId),
  })
  validationProgress(
    @Root() progress: ValidationProgress,
    @Arg('submissionId', () => ID, ofSubmission) _submissionId: string,
  ): ValidationProgress {
    return progress;
  }
}

type Done = { submission: SubmissionRow; task: TaskSeen };
type Outcome = Awaited<ReturnType<typeof outcome<Done & { projectId: string }>>>;

/** The payload of an act: submission and task as the act left them, or, when refused, as they are now. */
async function withBoth(ctx: Context, id: string, { done, ...rest }: Outcome) {
  if (done) return { ...rest, submission: done.submission, task: done.task };
  const submission = await submissionLoader(ctx).load(id);
  return { ...rest, submission, task: submission && (await taskLoader(ctx).load(submission.taskId)) };
}
