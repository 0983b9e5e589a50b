import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { can } from '../access/policy.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import type { Ctx as Context } from '../platform/services.ts';
import type { TaskSeen } from '../tasks/queries.ts';
import { Task, TaskViewerCan } from '../tasks/types.ts';
import { isReviewed } from './deliver/queries.ts';
import { currentOfTaskLoader, latestSubmissionLoader, pendingUploadLoader, submissionsPage } from './queries.ts';
import { Submission, SubmissionConnection } from './types.ts';

/** What submissions add to a task. */
@Resolver(() => Task)
export class TaskSubmissionsResolver {
  @FieldResolver(() => SubmissionConnection, { description: 'What was delivered, newest first; unfinished ones not.' })
  submissions(
    @Ctx() context: GraphqlContext,
    @Root() task: TaskSeen,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: what stands behind it.' }) after:
      | string
      | null,
  ) {
    return submissionsPage(signedIn(context), task, pageSize(first), after ?? null);
  }

  @FieldResolver(() => Submission, { nullable: true, description: 'The newest delivery; null when there is none.' })
  latestSubmission(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    return latestSubmissionLoader(signedIn(context)).load(task.id);
  }

  @FieldResolver(() => Submission, {
    nullable: true,
    description: "The viewer's own unfinished upload, to resume; null when there is none.",
  })
  pendingUpload(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    return pendingUploadLoader(signedIn(context)).load(task.id);
  }
}

/** What reviews add to what the viewer may do with a task. */
@Resolver(() => TaskViewerCan)
export class TaskReviewResolver {
  @FieldResolver(() => Boolean, { description: 'Accept what was delivered.' })
  approve(@Ctx() context: GraphqlContext, @Root() { task }: TaskViewerCan): Promise<boolean> {
    return canReview(signedIn(context), task);
  }

  @FieldResolver(() => Boolean, { description: 'Ask for another version.' })
  requestChanges(@Ctx() context: GraphqlContext, @Root() { task }: TaskViewerCan): Promise<boolean> {
    return canReview(signedIn(context), task);
  }
}

async function canReview(ctx: Context, task: TaskSeen): Promise<boolean> {
  if (task.state !== 'IN_REVIEW') return false;
  const delivered = (await currentOfTaskLoader(ctx).load(task.id)).filter(({ kind }) => isReviewed(kind));
  const mayReview = delivered.every(({ submittedBy, isOnBehalf }) =>
    can(ctx.viewer, 'task.review', { ...task, submittedBy, isOnBehalf }),
  );
  return delivered.length > 0 && mayReview;
}
