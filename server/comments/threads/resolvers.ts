import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { uploadPathOf } from '../../files/queries.ts';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { outcome } from '../../platform/graphql/payload.ts';
import { commentFileCreate } from '../attachments/commands.ts';
import { commentSetAudience } from '../audience/commands.ts';
import { withComment } from '../outcome.ts';
import { commentReact } from '../reactions/commands.ts';
import {
  Comment,
  CommentFileCreateInput,
  CommentFileCreatePayload,
  CommentReactInput,
  CommentReactPayload,
  CommentResolveInput,
  CommentResolvePayload,
  CommentSetAudienceInput,
  CommentSetAudiencePayload,
} from '../types.ts';
import { commentResolve } from './commands.ts';

/** What can be done with a comment beside its words. */
@Resolver(() => Comment)
export class ThreadResolver {
  @Mutation(() => CommentResolvePayload, { description: 'Settles the thread of a comment, or opens it again.' })
  async commentResolve(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: 'Any comment of the thread.' }) id: string,
    @Arg('input', () => CommentResolveInput, { description: 'Whether it is settled.' }) input: CommentResolveInput,
  ): Promise<CommentResolvePayload> {
    const ctx = signedIn(context);
    return withComment(ctx, id, await outcome(ctx, async () => commentResolve(ctx, id, input)));
  }

  @Mutation(() => CommentReactPayload, { description: 'Gives a comment a reaction of the viewer, or takes it away.' })
  async commentReact(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The comment's id." }) id: string,
    @Arg('input', () => CommentReactInput, { description: 'Which reaction, and whether it is given.' })
    input: CommentReactInput,
  ): Promise<CommentReactPayload> {
    const ctx = signedIn(context);
    return withComment(ctx, id, await outcome(ctx, async () => commentReact(ctx, id, input)));
  }

  @Mutation(() => CommentSetAudiencePayload, {
    description: 'Shares an internal comment of the viewer, or makes a shared one internal; while nobody has replied.',
  })
  async commentSetAudience(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The comment's id." }) id: string,
    @Arg('input', () => CommentSetAudienceInput, { description: 'The revision seen, and who shall read it.' })
    input: CommentSetAudienceInput,
  ): Promise<CommentSetAudiencePayload> {
    const ctx = signedIn(context);
    return withComment(ctx, id, await outcome(ctx, async () => commentSetAudience(ctx, id, input)));
  }

  @Mutation(() => CommentFileCreatePayload, {
    description: 'Begins a file that will go with a comment; its bytes are then sent to `uploadUrl`.',
  })
  async commentFileCreate(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => CommentFileCreateInput, { description: 'For which task, and which file.' })
    input: CommentFileCreateInput,
  ): Promise<CommentFileCreatePayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, async () =>
      commentFileCreate(ctx, { ...input, file: { ...input.file } }),
    );
    return { ...rest, file: done, uploadUrl: done && uploadPathOf(done.id) };
  }
}
