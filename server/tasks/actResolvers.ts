import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { taskCancel, taskComplete, taskFlagStuck, taskReopen, taskStart, taskUnstick, taskWaive } from './commands.ts';
import { taskDependencyAdd, taskDependencyRemove } from './dependencies.ts';
import {
  TaskAssignInput,
  TaskAssignPayload,
  TaskCancelInput,
  TaskCancelPayload,
  TaskCompleteInput,
  TaskCompletePayload,
  TaskCreateInput,
  TaskCreatePayload,
  TaskDependencyAddInput,
  TaskDependencyAddPayload,
  TaskDependencyRemoveInput,
  TaskDependencyRemovePayload,
  TaskEditInput,
  TaskEditPayload,
  TaskFlagStuckInput,
  TaskFlagStuckPayload,
  TaskReopenInput,
  TaskReopenPayload,
  TaskSetVisibilityInput,
  TaskSetVisibilityPayload,
  TaskStartInput,
  TaskStartPayload,
  TaskUnstickInput,
  TaskUnstickPayload,
  TaskWaiveInput,
  TaskWaivePayload,
} from './inputTypes.ts';
import { taskAssign, taskCreate, taskEdit } from './planning.ts';
import { type TaskSeen, taskLoader } from './queries.ts';
import { taskSetVisibility } from './visibility.ts';

const ofTask = { description: "The task's id." };
const what = { description: 'The revision seen, and what to do.' };

/** Every act on a task. */
@Resolver()
export class TaskActsResolver {
  @Mutation(() => TaskStartPayload, { description: 'Says that work has begun: READY becomes IN_PROGRESS.' })
  async taskStart(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskStartInput, what) input: TaskStartInput,
  ): Promise<TaskStartPayload> {
    const ctx = signedIn(context);
    return withTask(ctx, id, await outcome(ctx, () => taskStart(ctx, id, input)));
  }

  @Mutation(() => TaskCompletePayload, {
    description:
      "Finishes what asks for no input: READY or IN_PROGRESS becomes DONE. Staff's planners finish what a third party owes.",
  })
  async taskComplete(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskCompleteInput, what) input: TaskCompleteInput,
  ): Promise<TaskCompletePayload> {
    const ctx = signedIn(context);
    return withTask(ctx, id, await outcome(ctx, () => taskComplete(ctx, id, input)));
  }

  @Mutation(() => TaskWaivePayload, { description: 'Says that a task is not needed here; what waits for it goes on.' })
  async taskWaive(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskWaiveInput, what) input: TaskWaiveInput,
  ): Promise<TaskWaivePayload> {
    const ctx = signedIn(context);
    return withTask(ctx, id, await outcome(ctx, () => taskWaive(ctx, id, input)));
  }

  @Mutation(() => TaskCancelPayload, { description: 'Gives a task up; what waits for it goes on waiting.' })
  async taskCancel(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskCancelInput, what) input: TaskCancelInput,
  ): Promise<TaskCancelPayload> {
    const ctx = signedIn(context);
    return withTask(ctx, id, await outcome(ctx, () => taskCancel(ctx, id, input)));
  }

  @Mutation(() => TaskReopenPayload, { description: 'Takes a task up again that was waived, cancelled or done.' })
  async taskReopen(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskReopenInput, what) input: TaskReopenInput,
  ): Promise<TaskReopenPayload> {
    const ctx = signedIn(context);
    return withTask(ctx, id, await outcome(ctx, () => taskReopen(ctx, id, input)));
  }

  @Mutation(() => TaskFlagStuckPayload, {
    description: 'Says that an open task cannot go on, why, and who can unblock it.',
  })
  async taskFlagStuck(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskFlagStuckInput, what) input: TaskFlagStuckInput,
  ): Promise<TaskFlagStuckPayload> {
    const ctx = signedIn(context);
    return withTask(ctx, id, await outcome(ctx, () => taskFlagStuck(ctx, id, input)));
  }

  @Mutation(() => TaskUnstickPayload, { description: 'Says that a task can go on again.' })
  async taskUnstick(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskUnstickInput, what) input: TaskUnstickInput,
  ): Promise<TaskUnstickPayload> {
    const ctx = signedIn(context);
    return withTask(ctx, id, await outcome(ctx, () => taskUnstick(ctx, id, input)));
  }

  @Mutation(() => TaskAssignPayload, {
    description: "Gives a task to a person, to whoever leads on the client's side, or takes it away.",
  })
  async taskAssign(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskAssignInput, what) input: TaskAssignInput,
  ): Promise<TaskAssignPayload> {
    const ctx = signedIn(context);
    return withTask(
      ctx,
      id,
      await outcome(ctx, () => taskAssign(ctx, id, { ...input, assigneeId: input.assigneeId ?? null })),
    );
  }

  @Mutation(() => TaskEditPayload, {
    description: 'Changes what is written of a task, its dates, its side or its phase.',
  })
  async taskEdit(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskEditInput, what) input: TaskEditInput,
  ): Promise<TaskEditPayload> {
    const ctx = signedIn(context);
    return withTask(ctx, id, await outcome(ctx, () => taskEdit(ctx, id, given(input, 'dueOn', 'startsOn', 'pin'))));
  }

  @Mutation(() => TaskCreatePayload, { description: 'Adds a task at the end of a phase.' })
  async taskCreate(
    @Ctx() context: GraphqlContext,
    @Arg('input', () => TaskCreateInput, { description: 'What to do, where, and who may know.' })
    input: TaskCreateInput,
  ): Promise<TaskCreatePayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, () => taskCreate(ctx, given(input)));
    return { ...rest, task: done };
  }

  @Mutation(() => TaskSetVisibilityPayload, {
    description:
      'Shares a task with the client, or makes it internal. Comments keep the audience that they were written for.',
  })
  async taskSetVisibility(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskSetVisibilityInput, what) input: TaskSetVisibilityInput,
  ): Promise<TaskSetVisibilityPayload> {
    const ctx = signedIn(context);
    return withTask(ctx, id, await outcome(ctx, () => taskSetVisibility(ctx, id, input)));
  }

  @Mutation(() => TaskDependencyAddPayload, {
    description: 'Lets a task wait for another of its project; a circle is refused and named.',
  })
  async taskDependencyAdd(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskDependencyAddInput, what) input: TaskDependencyAddInput,
  ): Promise<TaskDependencyAddPayload> {
    const ctx = signedIn(context);
    return withTask(ctx, id, await outcome(ctx, () => taskDependencyAdd(ctx, id, input)));
  }

  @Mutation(() => TaskDependencyRemovePayload, { description: 'Lets a task wait no longer for another.' })
  async taskDependencyRemove(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, ofTask) id: string,
    @Arg('input', () => TaskDependencyRemoveInput, what) input: TaskDependencyRemoveInput,
  ): Promise<TaskDependencyRemovePayload> {
    const ctx = signedIn(context);
    return withTask(ctx, id, await outcome(ctx, () => taskDependencyRemove(ctx, id, input)));
  }
}

type TaskOutcome = Awaited<ReturnType<typeof outcome<TaskSeen>>>;

/** The payload of an act on a task: the task as the act left it, or, when refused, as it is now. */
async function withTask(ctx: Context, id: string, { done, ...rest }: TaskOutcome) {
  return { ...rest, task: done ?? (await taskLoader(ctx).load(id)) };
}

type Given<T, Clearable extends keyof T> = {
  [K in keyof T]: K extends Clearable ? T[K] : Exclude<T[K], null>;
};

/** An input without what was left out. Null is leaving out too, but for fields that it clears. */
function given<T extends object, Clearable extends keyof T = never>(
  input: T,
  ...clearable: Clearable[]
): Given<T, Clearable> {
  const kept = Object.entries(input).filter(
    ([key, value]) => value !== undefined && (value !== null || clearable.some((one) => one === key)),
  );
  return Object.fromEntries(kept) as Given<T, Clearable>;
}
