import { Arg, Ctx, Extensions, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { can, isStaff } from '../access/policy.ts';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { StoredFile } from '../files/types.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { taskLoader } from '../tasks/queries.ts';
import { Task } from '../tasks/types.ts';
import { attachmentsLoader } from './attachments/queries.ts';
import { mentionsLoader } from './mentions/queries.ts';
import { type CommentSeen, commentLoader, repliesPage, replyCountLoader } from './queries.ts';
import { type ReactionGroup, reactionsLoader } from './reactions/queries.ts';
import { isUnreadLoader, seenByLoader } from './reading/queries.ts';
import { Comment, CommentConnection, CommentReactions, CommentSeenBy, CommentViewerCan } from './types.ts';

/** Of most comments few people have anything more to say; what a query for it costs is counted by that. */
const few = { listSize: 2 };

@Resolver(() => Comment)
export class CommentFieldsResolver {
  @FieldResolver(() => Task, { description: 'The task whose conversation it is part of.' })
  task(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen) {
    return taskLoader(signedIn(context)).load(comment.taskId);
  }

  @FieldResolver(() => Person, { description: 'Who wrote it.' })
  author(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen) {
    return peopleLoader(signedIn(context)).load(comment.authorId);
  }

  @FieldResolver(() => Int, {
    description: 'Moves with its words and readers; acts carry the one that the person saw.',
  })
  revision(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen): number {
    // What it went through while it was internal is no number for a client.
    return isStaff(signedIn(context).viewer) ? comment.revision : comment.revision - comment.internalRevisions;
  }

  @FieldResolver(() => DateTime, { description: 'When it was written; for clients, when they could first read it.' })
  createdAt(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen): Date {
    return isStaff(signedIn(context).viewer) ? comment.createdAt : (comment.sharedAt ?? comment.createdAt);
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When an internal comment was last shared. Null when it never was, and for clients.',
  })
  sharedAt(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen): Date | null {
    return isStaff(signedIn(context).viewer) ? comment.sharedAt : null;
  }

  @FieldResolver(() => Boolean, { description: 'True when its author took it back.' })
  isDeleted(@Root() comment: CommentSeen): boolean {
    return comment.deletedAt !== null;
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether it is news to the viewer: by somebody else, and not read yet.',
  })
  isUnread(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen): Promise<boolean> {
    return isUnreadLoader(signedIn(context)).load(comment.id);
  }

  @FieldResolver(() => Comment, {
    nullable: true,
    description: 'The first comment of its thread; null when it is that.',
  })
  parent(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen) {
    return comment.parentId === null ? null : commentLoader(signedIn(context)).load(comment.parentId);
  }

  @FieldResolver(() => Int, { description: 'How many replies the viewer may read, deleted ones not counted.' })
  replyCount(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen): Promise<number> | number {
    return comment.parentId === null ? replyCountLoader(signedIn(context)).load(comment.id) : 0;
  }

  @FieldResolver(() => CommentConnection, { description: 'The replies, oldest first; a page ends before `before`.' })
  replies(
    @Ctx() context: GraphqlContext,
    @Root() comment: CommentSeen,
    @Arg('last', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) last: number,
    @Arg('before', () => String, { nullable: true, description: 'A cursor: what stands ahead of it.' })
    before: string | null,
  ) {
    return repliesPage(signedIn(context), comment, { last: pageSize(last), before: before ?? null });
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who settled its thread; null while it is open.' })
  resolvedBy(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen) {
    return comment.resolvedBy === null ? null : peopleLoader(signedIn(context)).load(comment.resolvedBy);
  }

  @Extensions(few)
  @FieldResolver(() => [Person], { description: 'Those whom its text names.' })
  async mentions(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen) {
    const ctx = signedIn(context);
    return peopleOf(ctx, await mentionsLoader(ctx).load(comment.id));
  }

  @Extensions(few)
  @FieldResolver(() => [StoredFile], { description: 'The files that came with it.' })
  files(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen) {
    return comment.deletedAt === null ? attachmentsLoader(signedIn(context)).load(comment.id) : [];
  }

  @Extensions(few)
  @FieldResolver(() => [CommentReactions], { description: 'The reactions to it, each way once.' })
  reactions(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen): Promise<ReactionGroup[]> {
    return reactionsLoader(signedIn(context)).load(comment.id);
  }

  @Extensions(few)
  @FieldResolver(() => [CommentSeenBy], {
    nullable: true,
    description: 'Who of the client has read it, and when. For staff; null for everybody else.',
  })
  seenBy(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen) {
    const ctx = signedIn(context);
    return can(ctx.viewer, 'comment.readSeenBy', comment) ? seenByLoader(ctx).load(comment.id) : null;
  }

  @FieldResolver(() => CommentViewerCan, { description: 'What the viewer may do with it.' })
  viewerCan(@Ctx() context: GraphqlContext, @Root() comment: CommentSeen): CommentViewerCan {
    const { viewer } = signedIn(context);
    const isThere = comment.deletedAt === null;
    const isShared = comment.audience === 'SHARED';
    const mayEdit = isThere && can(viewer, 'comment.edit', comment);
    return {
      edit: mayEdit,
      delete: isThere && can(viewer, 'comment.delete', comment),
      reply: comment.parentId === null && can(viewer, isShared ? 'comment.addShared' : 'comment.addInternal', comment),
      react: isThere && can(viewer, 'comment.react', comment),
      resolve: comment.parentId === null && can(viewer, 'comment.resolve', comment),
      setAudience:
        mayEdit &&
        comment.parentId === null &&
        can(viewer, isShared ? 'comment.addInternal' : 'comment.addShared', comment),
    };
  }
}

@Resolver(() => CommentReactions)
export class ReactionsResolver {
  @Extensions(few)
  @FieldResolver(() => [Person], { description: 'Who, the first one first.' })
  people(@Ctx() context: GraphqlContext, @Root() { personIds }: ReactionGroup) {
    return peopleOf(signedIn(context), personIds);
  }

  @FieldResolver(() => Int, { description: 'How many.' })
  count(@Root() { personIds }: ReactionGroup): number {
    return personIds.length;
  }

  @FieldResolver(() => Boolean, { description: 'Whether the viewer is one of them.' })
  isMine(@Ctx() context: GraphqlContext, @Root() { personIds }: ReactionGroup): boolean {
    return personIds.includes(signedIn(context).viewer.personId);
  }
}

async function peopleOf(ctx: Context, ids: readonly string[]) {
  const people = await peopleLoader(ctx).loadMany(ids);
  return people.filter((person) => person !== null && !(person instanceof Error));
}
