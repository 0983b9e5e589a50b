import { Arg, Ctx, Extensions, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { maxCommentFiles } from '../access/limits.ts';
import type { Audience } from '../access/viewer.ts';
import { peopleLoader } from '../accounts/queries.ts';
import { Person, SignedInPerson } from '../accounts/types.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import type { TaskSeen } from '../tasks/queries.ts';
import { Task, VisibilityEnum } from '../tasks/types.ts';
import { commentAdd, commentDelete, commentEdit } from './commands.ts';
import { type Mentionable, mentionable } from './mentions/queries.ts';
import { withComment } from './outcome.ts';
import { commentCountLoader, commentsPage } from './queries.ts';
import {
  Comment,
  CommentAddInput,
  CommentAddPayload,
  CommentConnection,
  CommentDeleteInput,
  CommentDeletePayload,
  CommentEditInput,
  CommentEditPayload,
  MentionCandidate,
} from './types.ts';

@Resolver(() => Comment)
export class CommentResolver {
  @Mutation(() => CommentAddPayload, { description: "Adds a message to a task's conversation." })
  async commentAdd(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => CommentAddInput, { description: 'Where, what, and who reads it.' }) input: CommentAddInput,
  ): Promise<CommentAddPayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, async () => commentAdd(ctx, { ...input }));
    return { ...rest, comment: done };
  }

  @Mutation(() => CommentEditPayload, { description: "Changes the words of the viewer's own comment." })
  async commentEdit(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The comment's id." }) id: string,
    @Arg('input', () => CommentEditInput, { description: 'The revision seen, and the new words.' })
    input: CommentEditInput,
  ): Promise<CommentEditPayload> {
    const ctx = signedIn(context);
    return withComment(ctx, id, await outcome(ctx, async () => commentEdit(ctx, id, input)));
  }

  @Mutation(() => CommentDeletePayload, { description: "Takes the viewer's own comment back." })
  async commentDelete(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The comment's id." }) id: string,
    @Arg('input', () => CommentDeleteInput, { description: 'The revision seen.' }) input: CommentDeleteInput,
  ): Promise<CommentDeletePayload> {
    const ctx = signedIn(context);
    return withComment(ctx, id, await outcome(ctx, async () => commentDelete(ctx, id, input)));
  }
}

/** What comments add to a task. */
@Resolver(() => Task)
export class TaskCommentsResolver {
  @FieldResolver(() => CommentConnection, {
    description: 'The threads of the conversation by their first comments, oldest first; a page ends before `before`.',
  })
  comments(
    @Ctx() context: GraphqlContext,
    @Root() task: TaskSeen,
    @Arg('last', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) last: number,
    @Arg('before', () => String, { nullable: true, description: 'A cursor: what stands ahead of it.' })
    before: string | null,
    @Arg('isOpen', () => Boolean, { nullable: true, description: 'True: only threads that are not settled.' })
    isOpen: boolean | null,
  ) {
    const page = { last: pageSize(last), before: before ?? null, isOpen: isOpen ?? false };
    return commentsPage(signedIn(context), task, page);
  }

  @FieldResolver(() => Int, {
    description: 'How many comments the viewer may read, replies counted, deleted ones not.',
  })
  commentCount(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<number> {
    return commentCountLoader(signedIn(context)).load(task.id);
  }

  @Extensions({ listSize: 30 })
  @FieldResolver(() => [MentionCandidate], {
    description: 'Who reads a comment of this audience here, and may be named in it, by name; without the viewer.',
  })
  async mentionable(
    @Ctx() context: GraphqlContext,
    @Root() task: TaskSeen,
    @Arg('audience', () => VisibilityEnum as object, { description: 'Who reads the comment.' }) audience: Audience,
  ): Promise<Mentionable[]> {
    const ctx = signedIn(context);
    const candidates = await mentionable(ctx, task, audience);
    const known = await peopleLoader(ctx).loadMany(candidates.map((one) => one.personId));
    return candidates.filter((_, i) => known[i] && !(known[i] instanceof Error));
  }
}

@Resolver(() => MentionCandidate)
export class MentionCandidateResolver {
  @FieldResolver(() => Person, { description: 'Who.' })
  person(@Ctx() context: GraphqlContext, @Root() { personId }: Mentionable) {
    return peopleLoader(signedIn(context)).load(personId);
  }
}

/** What comments add to the viewer. */
@Resolver(() => SignedInPerson)
export class ViewerCommentsResolver {
  @FieldResolver(() => Int, { description: 'The most files that go with one comment.' })
  maxCommentFiles(): number {
    return maxCommentFiles;
  }
}
