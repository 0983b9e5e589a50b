import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { maxInboxIds } from '../access/limits.ts';
import { can } from '../access/policy.ts';
import { peopleLoader } from '../accounts/queries.ts';
import { Person, SignedInPerson } from '../accounts/types.ts';
import { commentLoader } from '../comments/queries.ts';
import { Comment } from '../comments/types.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { taskLoader } from '../tasks/queries.ts';
import { Task } from '../tasks/types.ts';
import { words } from '../words/en.ts';
import { inboxRead, inboxUnread, type Which, type WhichRead } from './commands.ts';
import { excerptOf } from './excerpts.ts';
import { type InboxItemRow, inboxHead, inboxHeadOnce, inboxPage, inboxUnreadCount } from './queries.ts';
import { InboxItem, InboxItemConnection, InboxMarkPayload, InboxReadInput, InboxUnreadInput } from './types.ts';

@Resolver(() => InboxItem)
export class InboxResolver {
  @Mutation(() => InboxMarkPayload, {
    description: 'Marks items of the viewer\'s inbox as read. Under "view as", and for tokens, nothing moves.',
  })
  async inboxRead(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => InboxReadInput, { description: 'Which items.' }) input: InboxReadInput,
  ): Promise<InboxMarkPayload> {
    const ctx = readerOf(context);
    return marked(ctx, await inboxRead(ctx, whichOf(input)));
  }

  @Mutation(() => InboxMarkPayload, {
    description: 'Marks items of the viewer\'s inbox as not read. Under "view as", and for tokens, nothing moves.',
  })
  async inboxUnread(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => InboxUnreadInput, { description: 'Which items.' }) input: InboxUnreadInput,
  ): Promise<InboxMarkPayload> {
    const ctx = readerOf(context);
    return marked(ctx, await inboxUnread(ctx, whichReadOf(input)));
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who did it; null when it followed by itself.' })
  actor(@Ctx() context: GraphqlContext, @Root() { actorId }: InboxItemRow) {
    return actorId === null ? null : peopleLoader(signedIn(context)).load(actorId);
  }

  @FieldResolver(() => Task, { nullable: true, description: 'The task it happened on; null when it was just hidden.' })
  task(@Ctx() context: GraphqlContext, @Root() { taskId }: InboxItemRow) {
    return taskLoader(signedIn(context)).load(taskId);
  }

  @FieldResolver(() => Comment, { nullable: true, description: 'The comment that it is about; null when it is not.' })
  comment(@Ctx() context: GraphqlContext, @Root() { commentId }: InboxItemRow) {
    return commentId === null ? null : commentLoader(signedIn(context)).load(commentId);
  }

  @FieldResolver(() => Boolean, { description: 'Whether it was said in the note of the task.' })
  isOfNote(@Root() { reason, commentId }: InboxItemRow): boolean {
    return reason === 'MENTIONED' && commentId === null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'On one line, with names: the first words of the comment, or the line of the note that names the viewer; null when it is about neither.',
  })
  excerpt(@Ctx() context: GraphqlContext, @Root() item: InboxItemRow): Promise<string | null> {
    return excerptOf(signedIn(context), item);
  }
}

/** What the inbox adds to the viewer. */
@Resolver(() => SignedInPerson)
export class ViewerInboxResolver {
  @FieldResolver(() => InboxItemConnection, { description: 'What concerns the viewer, newest first.' })
  inbox(
    @Ctx() context: GraphqlContext,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: what stands behind it.' })
    after: string | null,
    @Arg('onlyUnread', () => Boolean, { nullable: true, description: 'True: only what is not read yet.' })
    onlyUnread: boolean | null,
  ) {
    return inboxPage(readerOf(context), pageSize(first), after ?? null, onlyUnread ?? false);
  }

  @FieldResolver(() => Int, { description: 'How many items of the inbox the viewer has not read.' })
  inboxUnreadCount(@Ctx() context: GraphqlContext): Promise<number> {
    return inboxUnreadCount(readerOf(context));
  }

  @FieldResolver(() => Int, { description: 'How far the inbox has come; `inboxChanges` goes on from here.' })
  async inboxPosition(@Ctx() context: GraphqlContext): Promise<number> {
    return (await inboxHeadOnce(readerOf(context))) ?? 0;
  }
}

function readerOf(context: GraphqlContext): Context {
  const ctx = signedIn(context);
  if (!can(ctx.viewer, 'inbox.read', null)) throw new ApiError('FORBIDDEN');
  return ctx;
}

async function marked(ctx: Context, mark: number | null): Promise<InboxMarkPayload> {
  ctx.loaders.clear();
  const position = mark ?? (await inboxHead(ctx));
  return { mark, position, unreadCount: await inboxUnreadCount(ctx), userErrors: [] };
}

function whichOf({ ids, taskId, throughPosition }: InboxReadInput): Which {
  const given: Which[] = [];
  if (ids != null) given.push({ ids });
  if (taskId != null) given.push({ taskId });
  if (throughPosition != null) given.push({ throughPosition });
  return onlyOne(given);
}

function whichReadOf({ ids, mark }: InboxUnreadInput): WhichRead {
  const given: WhichRead[] = [];
  if (ids != null) given.push({ ids });
  if (mark != null) given.push({ markPosition: mark });
  return onlyOne(given);
}

function onlyOne<T extends object>(given: readonly T[]): T {
  const [one] = given;
  if (one === undefined || given.length > 1) throw new ApiError('BAD_USER_INPUT', words.graphql.oneOfInput());
  if ('ids' in one && (one.ids as unknown[]).length > maxInboxIds) {
    throw new ApiError('BAD_USER_INPUT', words.graphql.tooManyIds({ max: maxInboxIds }));
  }
  return one;
}
