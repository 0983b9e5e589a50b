import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { type FileRow, fileLoader, uploadPathOf } from '../files/queries.ts';
import { StoredFile } from '../files/types.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { type TaskSeen, taskLoader } from '../tasks/queries.ts';
import { Task } from '../tasks/types.ts';
import { approvalLoader } from './approvals/queries.ts';
import { submissionCreate, submissionFinish, taskApprove, taskRequestChanges } from './commands.ts';
import { inputLoader, isOfKind } from './deliver/queries.ts';
import { FormAnswer } from './forms/types.ts';
import { Approval, TaskInput } from './inputs/types.ts';
import { type SubmissionRow, submissionLoader } from './queries.ts';
import {
  Review,
  Submission,
  SubmissionCreateInput,
  SubmissionCreatePayload,
  SubmissionFinishInput,
  SubmissionFinishPayload,
  TaskApproveInput,
  TaskApprovePayload,
  TaskRequestChangesInput,
  TaskRequestChangesPayload,
} from './types.ts';

@Resolver(() => Submission)
export class SubmissionResolver {
  @Mutation(() => SubmissionCreatePayload, {
    description: 'Begins a submission; a file is then sent to its `uploadUrl`.',
  })
  async submissionCreate(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => SubmissionCreateInput, { description: 'For which task, and what.' })
    input: SubmissionCreateInput,
  ): Promise<SubmissionCreatePayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, () => submissionCreate(ctx, { ...input }));
    const { secret = null, ...submission } = done ?? {};
    return { ...rest, secret, submission: done && (submission as SubmissionRow) };
  }

  @Mutation(() => SubmissionFinishPayload, { description: "Delivers: it becomes the task's next version." })
  async submissionFinish(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The submission's id." }) id: string,
    @Arg('input', () => SubmissionFinishInput, { description: 'The revision of the task seen.' })
    input: SubmissionFinishInput,
  ): Promise<SubmissionFinishPayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, () => submissionFinish(ctx, id, input));
    if (done) return { ...rest, submission: done.submission, task: done.task };
    const submission = await submissionLoader(ctx).load(id);
    return { ...rest, submission, task: submission && (await taskLoader(ctx).load(submission.taskId)) };
  }

  @Mutation(() => TaskApprovePayload, { description: 'Accepts the latest submission: IN_REVIEW becomes DONE.' })
  async taskApprove(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The task's id." }) id: string,
    @Arg('input', () => TaskApproveInput, { description: 'The revision seen.' }) input: TaskApproveInput,
  ): Promise<TaskApprovePayload> {
    const ctx = signedIn(context);
    return withTask(ctx, id, await outcome(ctx, () => taskApprove(ctx, id, input)));
  }

  @Mutation(() => TaskRequestChangesPayload, {
    description: 'Asks for another version: IN_REVIEW becomes CHANGES_REQUESTED.',
  })
  async taskRequestChanges(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The task's id." }) id: string,
    @Arg('input', () => TaskRequestChangesInput, { description: 'The revision seen, and what should change.' })
    input: TaskRequestChangesInput,
  ): Promise<TaskRequestChangesPayload> {
    const ctx = signedIn(context);
    return withTask(ctx, id, await outcome(ctx, () => taskRequestChanges(ctx, id, input)));
  }

  @FieldResolver(() => Task, { description: 'The task it was delivered for.' })
  task(@Ctx() context: GraphqlContext, @Root() submission: SubmissionRow) {
    return taskLoader(signedIn(context)).load(submission.taskId);
  }

  @FieldResolver(() => Person, { description: 'Who delivered it.' })
  submittedBy(@Ctx() context: GraphqlContext, @Root() submission: SubmissionRow) {
    return peopleLoader(signedIn(context)).load(submission.submittedBy);
  }

  @FieldResolver(() => StoredFile, { nullable: true, description: 'The file; null for addresses, and once given up.' })
  file(@Ctx() context: GraphqlContext, @Root() submission: SubmissionRow): Promise<FileRow | null> | null {
    return submission.fileId === null ? null : fileLoader(signedIn(context)).load(submission.fileId);
  }

  @FieldResolver(() => TaskInput, { nullable: true, description: 'The input of the task that it was delivered for.' })
  input(@Ctx() context: GraphqlContext, @Root() submission: SubmissionRow) {
    return inputLoader(signedIn(context)).load(submission.inputId ?? '');
  }

  @FieldResolver(() => [FormAnswer], { nullable: true, description: 'The answers of a form; null for other kinds.' })
  async answers(@Ctx() context: GraphqlContext, @Root() submission: SubmissionRow): Promise<FormAnswer[] | null> {
    const { answers, inputId } = submission;
    if (answers === null) return null;
    const input = await inputLoader(signedIn(context)).load(inputId ?? '');
    const questions = input && isOfKind(input, 'FORM') ? input.spec.questions : [];
    return answers.map((answer) => FormAnswer.of(questions, answer));
  }

  @FieldResolver(() => Approval, { nullable: true, description: 'What an approver decided; null for other kinds.' })
  approval(@Ctx() context: GraphqlContext, @Root() submission: SubmissionRow) {
    return submission.kind === 'APPROVAL' ? approvalLoader(signedIn(context)).load(submission.id) : null;
  }

  @FieldResolver(() => Review, { nullable: true, description: 'What a reviewer said; null while nobody has.' })
  review(@Root() submission: SubmissionRow): Review | null {
    return Review.of(submission);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Where tus sends the bytes; null once finished, and for addresses.',
  })
  uploadUrl(@Root() submission: SubmissionRow): string | null {
    return submission.fileId === null || submission.finishedAt !== null ? null : uploadPathOf(submission.fileId);
  }
}

@Resolver(() => Review)
export class ReviewResolver {
  @FieldResolver(() => Person, { description: 'Who reviewed it.' })
  by(@Ctx() context: GraphqlContext, @Root() review: Review) {
    return peopleLoader(signedIn(context)).load(review.reviewerId);
  }

  @FieldResolver(() => Person, { nullable: true, description: "In whose place; null: in the reviewer's own name." })
  inPlaceOf(@Ctx() context: GraphqlContext, @Root() { reviewedForId }: Review) {
    return reviewedForId === null ? null : peopleLoader(signedIn(context)).load(reviewedForId);
  }
}

type TaskOutcome = Awaited<ReturnType<typeof outcome<TaskSeen>>>;

/** The payload of an act on a task: the task as the act left it, or, when refused, as it is now. */
async function withTask(ctx: Context, id: string, { done, ...rest }: TaskOutcome) {
  return { ...rest, task: done ?? (await taskLoader(ctx).load(id)) };
}
