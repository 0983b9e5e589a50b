import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { can } from '../access/policy.ts';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import { isOpen, type TaskSeen, taskLoader } from '../tasks/queries.ts';
import { Task, TaskViewerCan } from '../tasks/types.ts';
import { taskHandOver, taskTakeBack } from './commands.ts';
import { handoverOfTaskLoader, isHandableLoader } from './queries.ts';
import { TaskHandOverInput, TaskHandOverPayload, TaskHandover, TaskTakeBackPayload } from './types.ts';

const ofTask = { description: "The task's id." };

@Resolver(() => Task)
export class TaskHandoverResolver {
  @Mutation(() => TaskHandOverPayload, {
    description: 'Hands one task to whoever has an address, by a link that opens this task only.',
  })
  async taskHandOver(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskHandOverInput, { description: 'To whom, until when, and a word to them.' })
    input: TaskHandOverInput,
  ): Promise<TaskHandOverPayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, () => taskHandOver(ctx, id, input));
    return { ...rest, task: done ?? (await taskLoader(ctx).load(id)) };
  }

  @Mutation(() => TaskTakeBackPayload, { description: 'Takes a task back from whoever has it by a link, at once.' })
  async taskTakeBack(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
  ): Promise<TaskTakeBackPayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, () => taskTakeBack(ctx, id));
    return { ...rest, task: done ?? (await taskLoader(ctx).load(id)) };
  }

  @FieldResolver(() => TaskHandover, {
    nullable: true,
    description: 'Who has it by a link, or gave it back; null for nobody, and for partners, who are not told.',
  })
  async handover(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<TaskHandover | null> {
    const ctx = signedIn(context);
    if (!can(ctx.viewer, 'handover.read', task)) return null;
    const row = await handoverOfTaskLoader(ctx).load(task.id);
    return row && TaskHandover.of(row);
  }
}

@Resolver(() => TaskHandover)
export class HandoverPeopleResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who handed it over.' })
  by(@Ctx() context: GraphqlContext, @Root() { row }: TaskHandover) {
    return peopleLoader(signedIn(context)).load(row.handedBy);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who they said they are; null until they opened it.' })
  guest(@Ctx() context: GraphqlContext, @Root() { row }: TaskHandover) {
    return row.guestId === null ? null : peopleLoader(signedIn(context)).load(row.guestId);
  }
}

@Resolver(() => TaskViewerCan)
export class TaskHandoverCanResolver {
  @FieldResolver(() => Boolean, { description: 'Hand it to somebody from outside, by a link.' })
  async handOver(@Ctx() context: GraphqlContext, @Root() { task }: TaskViewerCan): Promise<boolean> {
    const ctx = signedIn(context);
    const isWaiting = isOpen(task) || task.state === 'NOT_READY';
    return isWaiting && can(ctx.viewer, 'handover.make', task) && (await isHandableLoader(ctx).load(task.id));
  }

  @FieldResolver(() => Boolean, { description: 'Take it back from whoever has it by a link.' })
  takeBack(@Ctx() context: GraphqlContext, @Root() { task }: TaskViewerCan): boolean {
    return can(signedIn(context).viewer, 'handover.end', task);
  }
}
