import { Arg, Ctx, Extensions, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { can } from '../../access/policy.ts';
import { peopleLoader } from '../../accounts/queries.ts';
import { Person } from '../../accounts/types.ts';
import { isFieldRequired } from '../../inputs.ts';
import { pageSize } from '../../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import type { Ctx as Context } from '../../platform/services.ts';
import { type TaskSeen, taskLoader } from '../../tasks/queries.ts';
import { Task } from '../../tasks/types.ts';
import { approvalLoader, approvedTask, approvedVersion } from '../approvals/queries.ts';
import { secretOfInputLoader } from '../checks/queries.ts';
import { sealedFieldsLoader } from '../credentials/queries.ts';
import {
  checkOf,
  type InputRow,
  inputsOfTaskLoader,
  isOfKind,
  takesCredentials,
  takesDeliveries,
} from '../deliver/queries.ts';
import { knownAnswers } from '../forms/known/queries.ts';
import { type Draft, draftLoader } from '../forms/queries.ts';
import { FormAnswer, FormDraft, FormQuestion } from '../forms/types.ts';
import { mayConfirm } from '../meetings/commands.ts';
import { type MeetingRow, meetingOfInputLoader } from '../meetings/queries.ts';
import {
  arrivingOfInputLoader,
  currentOfTaskLoader,
  pendingOfInputLoader,
  type SubmissionRow,
  submissionLoader,
  versionsPage,
} from '../queries.ts';
import { Submission, SubmissionConnection } from '../types.ts';
import {
  Approval,
  ApprovalSubject,
  CredentialsField,
  InputCheck,
  Meeting,
  TaskInput,
  TaskInputViewerCan,
} from './types.ts';

/** What a task asks for: templates allow no more. */
const inputsOfOneTask = { listSize: 8 };

@Resolver(() => Task)
export class TaskInputsResolver {
  @Extensions(inputsOfOneTask)
  @FieldResolver(() => [TaskInput], { description: 'What it asks for, in order; empty when it is work or a check.' })
  inputs(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<InputRow[]> {
    return inputsOfTaskLoader(signedIn(context)).load(task.id);
  }
}

@Resolver(() => TaskInput)
export class TaskInputResolver {
  @FieldResolver(() => Task, { nullable: true, description: 'The task that asks for it.' })
  task(@Ctx() context: GraphqlContext, @Root() input: InputRow) {
    return taskLoader(signedIn(context)).load(input.taskId);
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description: 'Of FILE: file name endings that are accepted, with the dot; empty when all are.',
  })
  acceptedExtensions(@Root() input: InputRow): string[] | null {
    return isOfKind(input, 'FILE') ? input.spec.acceptedExtensions : null;
  }

  @FieldResolver(() => InputCheck, {
    nullable: true,
    description: 'Of FILE, and of a feed by URL: what it is judged by; null when nothing but a person looks at it.',
  })
  check(@Root() input: InputRow): InputCheck | null {
    const check = checkOf(input);
    return check && InputCheck.of(check);
  }

  @FieldResolver(() => [FormQuestion], { nullable: true, description: 'Of FORM: its questions, in order.' })
  async questions(@Ctx() context: GraphqlContext, @Root() input: InputRow): Promise<FormQuestion[] | null> {
    if (!isOfKind(input, 'FORM')) return null;
    const { questions } = input.spec;
    const known = await knownAnswers(signedIn(context), input, questions);
    return questions.map((question) => FormQuestion.of(question, known.get(question.key) ?? null));
  }

  @FieldResolver(() => FormDraft, {
    nullable: true,
    description: 'Of FORM: what was typed and not handed in; null for whoever may not hand it in.',
  })
  draft(@Ctx() context: GraphqlContext, @Root() input: InputRow): Promise<Draft | null> | null {
    return isOfKind(input, 'FORM') ? draftLoader(signedIn(context)).load(input.id) : null;
  }

  @FieldResolver(() => [CredentialsField], {
    nullable: true,
    description: 'Of CREDENTIALS: its fields, without values.',
  })
  async fields(@Ctx() context: GraphqlContext, @Root() input: InputRow): Promise<CredentialsField[] | null> {
    if (!isOfKind(input, 'CREDENTIALS')) return null;
    const ctx = signedIn(context);
    const current = await currentOf(ctx, input);
    const set = current ? await sealedFieldsLoader(ctx).load(current.id) : [];
    return input.spec.fields.map((field) => ({
      ...field,
      isRequired: isFieldRequired(field),
      isSet: set.includes(field.key),
    }));
  }

  @FieldResolver(() => ApprovalSubject, { nullable: true, description: 'Of APPROVAL: what is agreed to.' })
  async subject(@Ctx() context: GraphqlContext, @Root() input: InputRow): Promise<ApprovalSubject | null> {
    if (!isOfKind(input, 'APPROVAL')) return null;
    const task = await taskLoader(signedIn(context)).load(input.taskId);
    const { statement, ofTask } = input.spec;
    return task && { on: { input, task }, statement, isOwnText: ofTask === null };
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Of MEETING: how many minutes it takes.' })
  minutes(@Root() input: InputRow): number | null {
    return isOfKind(input, 'MEETING') ? input.spec.minutes : null;
  }

  @FieldResolver(() => Meeting, { nullable: true, description: 'Of MEETING: null while nobody has proposed a time.' })
  meeting(@Ctx() context: GraphqlContext, @Root() input: InputRow): Promise<MeetingRow | null> | null {
    return isOfKind(input, 'MEETING') ? meetingOfInputLoader(signedIn(context)).load(input.id) : null;
  }

  @FieldResolver(() => Submission, { nullable: true, description: 'The version that counts; null when there is none.' })
  current(@Ctx() context: GraphqlContext, @Root() input: InputRow): Promise<SubmissionRow | null> {
    return currentOf(signedIn(context), input);
  }

  @FieldResolver(() => SubmissionConnection, { description: 'Its versions, newest first; unfinished ones not.' })
  submissions(
    @Ctx() context: GraphqlContext,
    @Root() input: InputRow,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: what stands behind it.' }) after:
      | string
      | null,
  ) {
    return versionsPage(signedIn(context), input, pageSize(first), after ?? null);
  }

  @FieldResolver(() => Submission, {
    nullable: true,
    description: "The viewer's own unfinished upload, to resume; null when there is none.",
  })
  pendingUpload(@Ctx() context: GraphqlContext, @Root() input: InputRow): Promise<SubmissionRow | null> | null {
    return isOfKind(input, 'FILE') ? pendingOfInputLoader(signedIn(context)).load(input.id) : null;
  }

  @FieldResolver(() => Submission, {
    nullable: true,
    description:
      'An upload that is not finished, whoever sends it, as far as the viewer may see it; null when none is.',
  })
  arriving(@Ctx() context: GraphqlContext, @Root() input: InputRow): Promise<SubmissionRow | null> | null {
    return isOfKind(input, 'FILE') ? arrivingOfInputLoader(signedIn(context)).load(input.id) : null;
  }

  @FieldResolver(() => TaskInputViewerCan, { description: 'What the viewer may do with it now.' })
  async viewerCan(@Ctx() context: GraphqlContext, @Root() input: InputRow): Promise<TaskInputViewerCan> {
    const ctx = signedIn(context);
    const task = await taskLoader(ctx).load(input.taskId);
    return task ? rightsOn(ctx, input, task) : nothing;
  }
}

const nothing: TaskInputViewerCan = {
  submit: false,
  approve: false,
  reveal: false,
  withdraw: false,
  arrange: false,
  confirm: false,
};

async function rightsOn(ctx: Context, input: InputRow, task: TaskSeen): Promise<TaskInputViewerCan> {
  const { viewer } = ctx;
  const isOpen = takesDeliveries(task);
  if (isOfKind(input, 'CREDENTIALS')) {
    const current = await currentOf(ctx, input);
    const isThere = current !== null && current.withdrawnAt === null;
    const maySubmit = can(viewer, 'credentials.submit', task);
    const reveal = isThere && can(viewer, 'credentials.reveal', task);
    const withdraw = isThere && can(viewer, 'credentials.submit', { ...task, isOver: false });
    return { ...nothing, submit: maySubmit && takesCredentials(task), withdraw, reveal };
  }
  if (isOfKind(input, 'APPROVAL')) {
    if (!can(viewer, 'approval.give', task)) return nothing;
    const isThere = input.spec.ofTask === null || (await approvedVersion(ctx, input, task)) !== null;
    const current = await currentOf(ctx, input);
    const approval = current && (await approvalLoader(ctx).load(current.id));
    // A yes from before somebody took its task up again holds nothing any more.
    const isFromBefore =
      task.state === 'CHANGES_REQUESTED' && (current?.finishedAt ?? task.stateSince) < task.stateSince;
    const isAskedAnew = approval === null || approval.isOutdated || approval.decision === 'REFUSED' || isFromBefore;
    return { ...nothing, approve: isThere && isAskedAnew && (isOpen || (task.state === 'DONE' && approval !== null)) };
  }
  if (isOfKind(input, 'MEETING')) {
    const meeting = await meetingOfInputLoader(ctx).load(input.id);
    const arrange = isOpen && can(viewer, 'meeting.arrange', task);
    return { ...nothing, arrange, confirm: arrange && meeting?.state === 'PROPOSED' && mayConfirm(ctx, task, meeting) };
  }
  const submit = isOpen && can(viewer, 'task.submit', task);
  const isWebhook = isOfKind(input, 'CHECK') && input.spec.check.of === 'WEBHOOK';
  const mayReveal = isWebhook && can(viewer, 'credentials.reveal', task);
  return { ...nothing, submit, reveal: mayReveal && (await secretOfInputLoader(ctx).load(input.id)) };
}

async function currentOf(ctx: Context, input: InputRow): Promise<SubmissionRow | null> {
  const current = await currentOfTaskLoader(ctx).load(input.taskId);
  return current.find((one) => one.inputId === input.id) ?? null;
}

@Resolver(() => ApprovalSubject)
export class ApprovalSubjectResolver {
  @FieldResolver(() => Task, {
    nullable: true,
    description: 'Whose deliveries are approved; null when it is hidden or its own text.',
  })
  task(@Ctx() context: GraphqlContext, @Root() { on }: ApprovalSubject) {
    return isOfKind(on.input, 'APPROVAL') ? approvedTask(signedIn(context), on.input, on.task) : null;
  }

  @FieldResolver(() => Submission, {
    nullable: true,
    description: 'The version to decide on; null when there is none yet.',
  })
  submission(@Ctx() context: GraphqlContext, @Root() { on }: ApprovalSubject) {
    return isOfKind(on.input, 'APPROVAL') ? approvedVersion(signedIn(context), on.input, on.task) : null;
  }
}

@Resolver(() => Approval)
export class ApprovalResolver {
  @FieldResolver(() => Submission, {
    nullable: true,
    description: "The version decided on; null when it was the task's text.",
  })
  ofSubmission(@Ctx() context: GraphqlContext, @Root() { ofSubmissionId }: Approval) {
    return ofSubmissionId === null ? null : submissionLoader(signedIn(context)).load(ofSubmissionId);
  }

  @FieldResolver(() => Person, { nullable: true, description: "In whose place; null: in the approver's own name." })
  inPlaceOf(@Ctx() context: GraphqlContext, @Root() { givenForId }: Approval) {
    return givenForId === null ? null : peopleLoader(signedIn(context)).load(givenForId);
  }
}

@Resolver(() => FormDraft)
export class FormDraftResolver {
  @FieldResolver(() => [FormAnswer], { description: 'The answers so far, in the order of the form.' })
  answers(@Root() draft: Draft): FormAnswer[] {
    return draft.answers.map((answer) => FormAnswer.of(draft.questions, answer));
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who last typed; null when nothing was typed.' })
  savedBy(@Ctx() context: GraphqlContext, @Root() draft: Draft) {
    return draft.savedBy === null ? null : peopleLoader(signedIn(context)).load(draft.savedBy);
  }
}
