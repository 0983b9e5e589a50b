import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { can } from '../../access/policy.ts';
import { peopleLoader } from '../../accounts/queries.ts';
import { Person } from '../../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { ApiError } from '../../platform/graphql/errors.ts';
import { type ProjectSeen, projectLoader } from '../../projects/queries.ts';
import { Project } from '../../projects/types.ts';
import { type TaskSeen, taskLoader } from '../../tasks/queries.ts';
import { Task } from '../../tasks/types.ts';
import { commentLoader } from '../queries.ts';
import { talkSignal } from '../talk.ts';
import { Comment, CommentSeenBy } from '../types.ts';
import { conversationRead } from './commands.ts';
import { firstUnreadLoader, projectUnreadLoader, type SeenBy, taskUnreadLoader } from './queries.ts';
import { CommentTypingInput, CommentTypingPayload, ConversationReadInput, ConversationReadPayload } from './types.ts';

@Resolver(() => CommentSeenBy)
export class ReadingResolver {
  @Mutation(() => ConversationReadPayload, {
    description: 'Notes how far the viewer has read a conversation. Under "view as", and for tokens, nothing moves.',
  })
  async conversationRead(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => ConversationReadInput, { description: 'Which conversation, and through which comment.' })
    input: ConversationReadInput,
  ): Promise<ConversationReadPayload> {
    const ctx = signedIn(context);
    await conversationRead(ctx, input.taskId, input.throughId);
    ctx.loaders.clear();
    return { task: await taskLoader(ctx).load(input.taskId), userErrors: [], position: null };
  }

  @Mutation(() => CommentTypingPayload, {
    description: 'Tells those who will read it that the viewer is writing a comment. Good for 6 seconds, never stored.',
  })
  async commentTyping(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => CommentTypingInput, { description: 'Where, and who will read it.' }) input: CommentTypingInput,
  ): Promise<CommentTypingPayload> {
    const ctx = signedIn(context);
    const { taskId, audience, isTyping } = input;
    const task = await taskLoader(ctx).load(taskId);
    if (!task) throw new ApiError('NOT_FOUND');
    const act = audience === 'SHARED' ? 'comment.addShared' : 'comment.addInternal';
    if (!can(ctx.viewer, act, task)) throw new ApiError('FORBIDDEN');
    const { personId } = ctx.viewer;
    talkSignal(ctx, task.id, { kind: isTyping ? 'typing' : 'stopped', personId, audience });
    return { userErrors: [], position: null };
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who; null when they are not yours to know.' })
  person(@Ctx() context: GraphqlContext, @Root() seen: SeenBy) {
    return peopleLoader(signedIn(context)).load(seen.personId);
  }
}

/** What reading adds to a task. */
@Resolver(() => Task)
export class TaskReadingResolver {
  @FieldResolver(() => Int, { description: 'How many comments of others the viewer has not read yet.' })
  unreadCount(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<number> {
    return taskUnreadLoader(signedIn(context)).load(task.id);
  }

  @FieldResolver(() => Comment, {
    nullable: true,
    description: 'The earliest comment that the viewer has not read; null when they have read all.',
  })
  async firstUnread(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    const ctx = signedIn(context);
    const id = await firstUnreadLoader(ctx).load(task.id);
    return id === null ? null : commentLoader(ctx).load(id);
  }
}

/** What reading adds to a project. */
@Resolver(() => Project)
export class ProjectReadingResolver {
  @FieldResolver(() => Int, { description: 'How many comments on its tasks the viewer has not read yet.' })
  async unreadCount(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<number> {
    const ctx = signedIn(context);
    return (await projectLoader(ctx).load(project.id)) === null ? 0 : projectUnreadLoader(ctx).load(project.id);
  }
}
