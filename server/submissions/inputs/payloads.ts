import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Payload } from '../../platform/graphql/payload.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import { Task } from '../../tasks/types.ts';
import type { Draft } from '../forms/queries.ts';
import { FormAnswerInput, FormDraft } from '../forms/types.ts';
import type { MeetingRow } from '../meetings/queries.ts';
import type { SubmissionRow } from '../queries.ts';
import { Submission } from '../types.ts';
import { ApprovalDecisionEnum, CredentialsSecret, Meeting } from './types.ts';

const keyOfCaller = { description: 'Made by the caller; a repeat of the same key does nothing more.' };
const revisionOfTask = { description: "The task's revision that the person saw." };

@InputType({ description: 'What formDraftSave needs.' })
export class FormDraftSaveInput {
  @Field(() => [FormAnswerInput], { description: 'What was typed; questions that are not named stay as they are.' })
  answers!: FormAnswerInput[];
}

@InputType({ description: 'What formSubmit needs.' })
export class FormSubmitInput {
  @Field(() => ID, { description: 'The input it is for.' })
  inputId!: string;

  @Field(() => String, keyOfCaller)
  idempotencyKey!: string;

  @Field(() => Int, revisionOfTask)
  revision!: number;

  @Field(() => [FormAnswerInput], { description: 'All answers. Those to questions that are not asked are dropped.' })
  answers!: FormAnswerInput[];
}

@InputType({ description: 'A value of a field of credentials.' })
export class CredentialsValueInput {
  @Field(() => String, { description: "The field's key." })
  field!: string;

  @Field(() => String, { description: 'What it holds, at most 5,000 characters. Sealed before it is stored.' })
  value!: string;
}

@InputType({ description: 'What credentialsSubmit needs.' })
export class CredentialsSubmitInput {
  @Field(() => ID, { description: 'The input it is for.' })
  inputId!: string;

  @Field(() => String, keyOfCaller)
  idempotencyKey!: string;

  @Field(() => Int, revisionOfTask)
  revision!: number;

  @Field(() => [CredentialsValueInput], {
    description: 'A value for every field; one that is optional may be left out or empty.',
  })
  values!: CredentialsValueInput[];
}

@InputType({ description: 'What credentialsReveal needs.' })
export class CredentialsRevealInput {
  @Field(() => String, { description: "The field's key." })
  field!: string;
}

@InputType({ description: 'What approvalGive needs.' })
export class ApprovalGiveInput {
  @Field(() => ID, { description: 'The input it is for.' })
  inputId!: string;

  @Field(() => String, keyOfCaller)
  idempotencyKey!: string;

  @Field(() => Int, revisionOfTask)
  revision!: number;

  @Field(() => ApprovalDecisionEnum as object, { description: 'Yes or no.' })
  decision!: keyof typeof ApprovalDecisionEnum;

  @Field(() => String, { defaultValue: '', description: 'Why, at most 5,000 characters; a refusal needs it.' })
  reason!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The version that was looked at; left out when it is the text of the task itself.',
  })
  ofSubmissionId!: string | null;
}

@InputType({ description: 'What meetingPropose needs.' })
export class MeetingProposeInput {
  @Field(() => ID, { description: 'The input it is for.' })
  inputId!: string;

  @Field(() => String, keyOfCaller)
  idempotencyKey!: string;

  @Field(() => Int, { nullable: true, description: "The meeting's revision seen; left out when there was none yet." })
  revision!: number | null;

  @Field(() => [DateTime], { description: 'One to five moments in the future.' })
  times!: Date[];
}

@InputType({ description: 'What meetingConfirm needs.' })
export class MeetingConfirmInput {
  @Field(() => Int, { description: "The meeting's revision seen." })
  revision!: number;

  @Field(() => DateTime, { description: 'One of the times that were proposed.' })
  startsAt!: Date;
}

@InputType({ description: 'What meetingCancel needs.' })
export class MeetingCancelInput {
  @Field(() => Int, { description: "The meeting's revision seen." })
  revision!: number;
}

@ObjectType({ description: 'The outcome of formDraftSave.' })
export class FormDraftSavePayload extends Payload {
  @Field(() => FormDraft, { nullable: true, description: 'The draft as it is now; null when the form is not yours.' })
  draft!: Draft | null;
}

/** What handing in answers: the version, and where the task stands after it. */
@ObjectType({ description: 'What handing something in answers.' })
abstract class HandedInPayload extends Payload {
  @Field(() => Submission, { nullable: true, description: 'The version; null when it was refused.' })
  submission!: SubmissionRow | null;

  @Field(() => Task, { nullable: true, description: 'The task as it is now.' })
  task!: TaskSeen | null;
}

@ObjectType({ description: 'The outcome of formSubmit.' })
export class FormSubmitPayload extends HandedInPayload {}

@ObjectType({ description: 'The outcome of credentialsSubmit.' })
export class CredentialsSubmitPayload extends HandedInPayload {}

@ObjectType({ description: 'The outcome of credentialsWithdraw.' })
export class CredentialsWithdrawPayload extends HandedInPayload {}

@ObjectType({ description: 'The outcome of approvalGive.' })
export class ApprovalGivePayload extends HandedInPayload {}

@ObjectType({ description: 'The outcome of credentialsReveal.' })
export class CredentialsRevealPayload extends Payload {
  @Field(() => CredentialsSecret, { nullable: true, description: 'The secret; null when it was refused.' })
  secret!: CredentialsSecret | null;
}

@ObjectType({ description: 'What arranging a meeting answers.' })
abstract class ArrangedPayload extends Payload {
  @Field(() => Meeting, { nullable: true, description: 'The meeting as it is now.' })
  meeting!: MeetingRow | null;

  @Field(() => Task, { nullable: true, description: 'The task as it is now.' })
  task!: TaskSeen | null;
}

@ObjectType({ description: 'The outcome of meetingPropose.' })
export class MeetingProposePayload extends ArrangedPayload {}

@ObjectType({ description: 'The outcome of meetingConfirm.' })
export class MeetingConfirmPayload extends ArrangedPayload {}

@ObjectType({ description: 'The outcome of meetingCancel.' })
export class MeetingCancelPayload extends ArrangedPayload {}
