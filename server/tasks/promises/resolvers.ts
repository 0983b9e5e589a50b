import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { can } from '../../access/policy.ts';
import { peopleLoader } from '../../accounts/queries.ts';
import { Person } from '../../accounts/types.ts';
import { dayOf } from '../../calendar.ts';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { outcome } from '../../platform/graphql/payload.ts';
import { courtOf } from '../court.ts';
import { calendarOf, type TaskSeen, taskLoader } from '../queries.ts';
import { Task, TaskViewerCan } from '../types.ts';
import { taskPromise, taskPromiseWithdraw } from './commands.ts';
import { outcomeOf } from './outcome.ts';
import { promisesOfTaskLoader } from './queries.ts';
import {
  TaskPromise,
  TaskPromiseInput,
  TaskPromisePayload,
  TaskPromiseWithdrawInput,
  TaskPromiseWithdrawPayload,
} from './types.ts';

const ofTask = { description: "The task's id." };

@Resolver(() => Task)
export class TaskPromisesResolver {
  @Mutation(() => TaskPromisePayload, {
    description: 'Says by which day the side that has the turn will be done. Said again, the newer day stands.',
  })
  async taskPromise(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskPromiseInput, { description: 'The revision seen, and the day.' }) input: TaskPromiseInput,
  ): Promise<TaskPromisePayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, () => taskPromise(ctx, id, input));
    return { ...rest, task: done ?? (await taskLoader(ctx).load(id)) };
  }

  @Mutation(() => TaskPromiseWithdrawPayload, { description: 'Takes the promised day back.' })
  async taskPromiseWithdraw(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskPromiseWithdrawInput, { description: 'The revision seen.' })
    input: TaskPromiseWithdrawInput,
  ): Promise<TaskPromiseWithdrawPayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, () => taskPromiseWithdraw(ctx, id, input));
    return { ...rest, task: done ?? (await taskLoader(ctx).load(id)) };
  }

  @FieldResolver(() => TaskPromise, {
    nullable: true,
    description: 'By when whoever has the turn said it will be done; null when nobody said, and once it is not theirs.',
  })
  async promise(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<TaskPromise | null> {
    if (courtOf(task) === 'NOBODY' || !task.isUnderWay) return null;
    const ctx = signedIn(context);
    const said = await promisesOfTaskLoader(ctx).load(task.id);
    const standing = said.find((one) => one.endedAt === null);
    if (!standing) return null;
    const { promisedOn: on, side, at, personId } = standing;
    const { timeZone } = await calendarOf(ctx, { side, timeZone: task.timeZone, accountId: task.accountId });
    const dayIn = (moment: Date) => dayOf(moment, timeZone);
    const isMissed = outcomeOf(standing, dayIn(ctx.clock.now()), dayIn) === 'MISSED';
    return { personId, on, side, at, isMissed, moves: movesBefore(said) };
  }
}

/** How often another day was named since this turn began: only what was moved leads up to what stands. */
function movesBefore(said: readonly { endedBy: string | null }[]): number {
  const before = said.slice(0, -1).reverse();
  const first = before.findIndex((one) => one.endedBy !== 'MOVED');
  return first < 0 ? before.length : first;
}

@Resolver(() => TaskPromise)
export class TaskPromiseResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who said it.' })
  by(@Ctx() context: GraphqlContext, @Root() promise: TaskPromise) {
    return peopleLoader(signedIn(context)).load(promise.personId);
  }
}

/** What promises add to what the viewer may do with a task. */
@Resolver(() => TaskViewerCan)
export class TaskPromiseCanResolver {
  @FieldResolver(() => Boolean, { description: 'Say by when it will be done, or take that back.' })
  promise(@Ctx() context: GraphqlContext, @Root() { task }: TaskViewerCan): boolean {
    const court = courtOf(task);
    return court !== 'NOBODY' && task.isUnderWay && can(signedIn(context).viewer, 'task.promise', { ...task, court });
  }
}
