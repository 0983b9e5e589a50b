import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { can } from '../access/policy.ts';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { type TaskSeen, taskLoader } from '../tasks/queries.ts';
import { Task } from '../tasks/types.ts';
import { commentAdd, commentDelete, commentEdit } from './commands.ts';
import { type CommentSeen, commentCountLoader, commentLoader, commentsPage } from './queries.ts';
import {
  Comment,
  CommentAddInput,
  CommentAddPayload,
  CommentConnection,
  CommentDeleteInput,
  CommentDeletePayload,
  CommentEditInput,
  CommentEditPayload,
  CommentViewerCan,
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

  @FieldResolver(() => Task, { description: 'The task whose conversation it is part of.' })
  task(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen) {
    return taskLoader(signedIn(context)).load(comment.taskId);
  }

  @FieldResolver(() => Person, { description: 'Who wrote it.' })
  author(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen) {
    return peopleLoader(signedIn(context)).load(comment.authorId);
  }

  @FieldResolver(() => Boolean, { description: 'True when its author took it back.' })
  isDeleted(@Root() comment: CommentSeen): boolean {
    return comment.deletedAt !== null;
  }

  @FieldResolver(() => CommentViewerCan, { description: 'What the viewer may do with it.' })
  viewerCan(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen): CommentViewerCan {
    const { viewer } = signedIn(context);
    const isThere = comment.deletedAt === null;
    return {
      edit: isThere && can(viewer, 'comment.edit', comment),
      delete: isThere && can(viewer, 'comment.delete', comment),
    };
  }
}

/** What comments add to a task. */
@Resolver(() => Task)
export class TaskCommentsResolver {
  @FieldResolver(() => CommentConnection, {
    description: 'The conversation, oldest first; a page ends before `before`.',
  })
  comments(
    @Ctx() context: GraphqlContext,
    @Root() task: TaskSeen,
    @Arg('last', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) last: number,
    @Arg('before', () => String, { nullable: true, description: 'A cursor: what stands ahead of it.' })
    before: string | null,
  ) {
    return commentsPage(signedIn(context), task, pageSize(last), before ?? null);
  }

  @FieldResolver(() => Int, { description: 'How many comments the viewer may read, deleted ones not counted.' })
  commentCount(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<number> {
    return commentCountLoader(signedIn(context)).load(task.id);
  }
}

type CommentOutcome = Awaited<ReturnType<typeof outcome<CommentSeen>>>;

/** The payload of an act on a comment: the comment as the act left it, or, when refused, as it is now. */
async function withComment(ctx: Context, id: string, { done, ...rest }: CommentOutcome) {
  return { ...rest, comment: done ?? (await commentLoader(ctx).load(id)) };
}
