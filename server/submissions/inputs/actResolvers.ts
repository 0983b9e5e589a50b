import { Arg, Ctx, ID, Mutation, Resolver, Root, Subscription } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { outcome } from '../../platform/graphql/payload.ts';
import type { Ctx as Context } from '../../platform/services.ts';
import { type TaskSeen, taskLoader } from '../../tasks/queries.ts';
import { approvalGive } from '../approvals/commands.ts';
import { credentialsReveal, credentialsSubmit, credentialsWithdraw } from '../credentials/commands.ts';
import { inputLoader } from '../deliver/queries.ts';
import { formDraftSave, formSubmit } from '../forms/commands.ts';
import { draftChanges } from '../forms/live.ts';
import { type Draft, draftLoader } from '../forms/queries.ts';
import { FormDraft } from '../forms/types.ts';
import { meetingCancel, meetingConfirm, meetingPropose } from '../meetings/commands.ts';
import { meetingLoader } from '../meetings/queries.ts';
import {
  ApprovalGiveInput,
  ApprovalGivePayload,
  CredentialsRevealInput,
  CredentialsRevealPayload,
  CredentialsSubmitInput,
  CredentialsSubmitPayload,
  CredentialsWithdrawPayload,
  FormDraftSaveInput,
  FormDraftSavePayload,
  FormSubmitInput,
  FormSubmitPayload,
  MeetingCancelInput,
  MeetingCancelPayload,
  MeetingConfirmInput,
  MeetingConfirmPayload,
  MeetingProposeInput,
  MeetingProposePayload,
} from './payloads.ts';

type Subscribe<A> = { args: A; context: GraphqlContext };
const ofInput = { description: "The input's id." };
const ofMeeting = { description: "The meeting's id." };

@Resolver()
export class FormActsResolver {
  @Mutation(() => FormDraftSavePayload, {
    description: 'Keeps what is being typed into a form, for all who may hand it in.',
  })
  async formDraftSave(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofInput) id: string,
    @Arg('input', () => FormDraftSaveInput, { description: 'What was typed.' }) input: FormDraftSaveInput,
  ): Promise<FormDraftSavePayload> {
    const ctx = signedIn(context);
    const { userErrors, position } = await outcome(ctx, () => formDraftSave(ctx, id, input.answers));
    return { userErrors, position, draft: await draftLoader(ctx).load(id) };
  }

  @Mutation(() => FormSubmitPayload, { description: "Hands a form in: its answers become the input's next version." })
  async formSubmit(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => FormSubmitInput, { description: 'For which input, and the answers.' }) input: FormSubmitInput,
  ): Promise<FormSubmitPayload> {
    const ctx = signedIn(context);
    return handedIn(ctx, input.inputId, await outcome(ctx, () => formSubmit(ctx, input)));
  }

  @Subscription(() => FormDraft, {
    description: 'The draft of a form, now and whenever somebody has typed.',
    subscribe: ({ args, context }: Subscribe<{ inputId: string }>) => draftChanges(signedIn(context), args.inputId),
  })
  formDraftChanges(@Root() draft: Draft, @Arg('inputId', () => ID, ofInput) _inputId: string): Draft {
    return draft;
  }
}

@Resolver()
export class CredentialsActsResolver {
  @Mutation(() => CredentialsSubmitPayload, {
    description: 'Hands secrets in, or others in their place. They are sealed.',
  })
  async credentialsSubmit(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => CredentialsSubmitInput, { description: 'For which input, and the values.' })
    input: CredentialsSubmitInput,
  ): Promise<CredentialsSubmitPayload> {
    const ctx = signedIn(context);
    return handedIn(ctx, input.inputId, await outcome(ctx, () => credentialsSubmit(ctx, input)));
  }

  @Mutation(() => CredentialsWithdrawPayload, { description: 'Takes secrets back: they are destroyed.' })
  async credentialsWithdraw(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofInput) id: string,
  ): Promise<CredentialsWithdrawPayload> {
    const ctx = signedIn(context);
    return handedIn(ctx, id, await outcome(ctx, () => credentialsWithdraw(ctx, id)));
  }

  @Mutation(() => CredentialsRevealPayload, {
    description: 'Shows one secret to staff, once; who looked is on record.',
  })
  async credentialsReveal(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofInput) id: string,
    @Arg('input', () => CredentialsRevealInput, { description: 'Which field.' }) input: CredentialsRevealInput,
  ): Promise<CredentialsRevealPayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, () => credentialsReveal(ctx, id, input.field));
    return { ...rest, secret: done };
  }
}

@Resolver()
export class ApprovalActsResolver {
  @Mutation(() => ApprovalGivePayload, {
    description: 'Says yes or no to the version that was looked at, and to no other.',
  })
  async approvalGive(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => ApprovalGiveInput, { description: 'The decision, and on what.' }) input: ApprovalGiveInput,
  ): Promise<ApprovalGivePayload> {
    const ctx = signedIn(context);
    const given = { ...input, ofSubmissionId: input.ofSubmissionId ?? null };
    return handedIn(ctx, input.inputId, await outcome(ctx, () => approvalGive(ctx, given)));
  }
}

@Resolver()
export class MeetingActsResolver {
  @Mutation(() => MeetingProposePayload, { description: 'Proposes times to the other side; also to move a meeting.' })
  async meetingPropose(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => MeetingProposeInput, { description: 'For which input, and the times.' })
    input: MeetingProposeInput,
  ): Promise<MeetingProposePayload> {
    const ctx = signedIn(context);
    const given = { ...input, revision: input.revision ?? null };
    const { done, ...rest } = await outcome(ctx, () => meetingPropose(ctx, given));
    if (done) return { ...rest, meeting: done.meeting, task: done.task };
    return { ...rest, meeting: null, task: await taskOf(ctx, input.inputId) };
  }

  @Mutation(() => MeetingConfirmPayload, { description: 'Picks one of the times that the other side proposed.' })
  async meetingConfirm(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofMeeting) id: string,
    @Arg('input', () => MeetingConfirmInput, { description: 'Which time.' }) input: MeetingConfirmInput,
  ): Promise<MeetingConfirmPayload> {
    const ctx = signedIn(context);
    return arranged(ctx, id, await outcome(ctx, () => meetingConfirm(ctx, id, input)));
  }

  @Mutation(() => MeetingCancelPayload, { description: 'Calls a meeting off.' })
  async meetingCancel(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofMeeting) id: string,
    @Arg('input', () => MeetingCancelInput, { description: 'The revision seen.' }) input: MeetingCancelInput,
  ): Promise<MeetingCancelPayload> {
    const ctx = signedIn(context);
    return arranged(ctx, id, await outcome(ctx, () => meetingCancel(ctx, id, input)));
  }
}

type Outcome<T extends object> = Awaited<ReturnType<typeof outcome<T>>>;
type HandedIn = Awaited<ReturnType<typeof formSubmit>>['value'];
type Arranged = Awaited<ReturnType<typeof meetingPropose>>['value'];

/** What was done, or, when it was refused, the task as it is now. */
async function handedIn(ctx: Context, inputId: string, { done, ...rest }: Outcome<HandedIn>) {
  if (done) return { ...rest, submission: done.submission, task: done.task };
  return { ...rest, submission: null, task: await taskOf(ctx, inputId) };
}

async function arranged(ctx: Context, meetingId: string, { done, ...rest }: Outcome<Arranged>) {
  if (done) return { ...rest, meeting: done.meeting, task: done.task };
  const meeting = await meetingLoader(ctx).load(meetingId);
  return { ...rest, meeting, task: meeting && (await taskLoader(ctx).load(meeting.taskId)) };
}

async function taskOf(ctx: Context, inputId: string): Promise<TaskSeen | null> {
  const input = await inputLoader(ctx).load(inputId);
  return input && taskLoader(ctx).load(input.taskId);
}
