import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { can } from '../access/policy.ts';
import { peopleLoader, peopleOfAccountLoader, staffPeople } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { outcome } from '../platform/graphql/payload.ts';
import type { Ctx as Context } from '../platform/services.ts';
import { phaseLoader, projectLoader } from '../projects/queries.ts';
import { Phase, Project } from '../projects/types.ts';
import { taskAssign, taskStart } from './commands.ts';
import { courtOf, isOwed } from './court.ts';
import { fillVariables } from './documentation.ts';
import { documentationFactsLoader, neighboursLoader, type TaskSeen, taskLoader } from './queries.ts';
import {
  CourtEnum,
  Task,
  TaskAssignInput,
  TaskAssignPayload,
  TaskStartInput,
  TaskStartPayload,
  TaskViewerCan,
} from './types.ts';

@Resolver(() => Task)
export class TaskResolver {
  @Query(() => Task, { nullable: true, description: 'One task; null when it is missing or not yours to see.' })
  task(@Ctx() context: GraphqlContext, @Arg('id', () => ID, { description: "The task's id." }) id: string) {
    return taskLoader(signedIn(context)).load(id);
  }

  @Mutation(() => TaskStartPayload, { description: 'Says that work has begun: READY becomes IN_PROGRESS.' })
  async taskStart(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The task's id." }) id: string,
    @Arg('input', () => TaskStartInput, { description: 'The revision seen.' }) input: TaskStartInput,
  ): Promise<TaskStartPayload> {
    const ctx = signedIn(context);
    return withTask(ctx, id, await outcome(ctx, () => taskStart(ctx, id, input)));
  }

  @Mutation(() => TaskAssignPayload, { description: 'Gives a task to a person, or takes it away from one.' })
  async taskAssign(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The task's id." }) id: string,
    @Arg('input', () => TaskAssignInput, { description: 'The revision seen, and who.' }) input: TaskAssignInput,
  ): Promise<TaskAssignPayload> {
    const ctx = signedIn(context);
    const { revision, assigneeId } = input;
    return withTask(
      ctx,
      id,
      await outcome(ctx, () => taskAssign(ctx, id, { revision, assigneeId: assigneeId ?? null })),
    );
  }

  @FieldResolver(() => Project, { description: 'The project it belongs to.' })
  project(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    return projectLoader(signedIn(context)).load(task.projectId);
  }

  @FieldResolver(() => Phase, { description: 'The stretch of the road it stands on.' })
  phase(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    return phaseLoader(signedIn(context)).load(task.phaseId);
  }

  @FieldResolver(() => String, { description: "Markdown, with the account's own facts filled in." })
  async documentation(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<string> {
    const ctx = signedIn(context);
    return fillVariables(task.documentation, await documentationFactsLoader(ctx).load(task.projectId));
  }

  @FieldResolver(() => CourtEnum as object, { description: 'Whose turn it is.' })
  court(@Root() task: TaskSeen) {
    return courtOf(task);
  }

  @FieldResolver(() => Boolean, {
    description: "True when its side still owes it after its due day, in the project's zone.",
  })
  async isOverdue(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<boolean> {
    const ctx = signedIn(context);
    // Once delivered it waits on the company: to call it late would blame who was in time.
    if (task.dueOn === null || !isOwed(task)) return false;
    const project = await projectLoader(ctx).load(task.projectId);
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: project?.timeZone ?? 'UTC' }).format(ctx.clock.now());
    return task.dueOn < today;
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who has it; null when nobody has.' })
  assignee(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    return task.assigneeId === null ? null : peopleLoader(signedIn(context)).load(task.assigneeId);
  }

  @FieldResolver(() => [Task], { description: 'What it waits for.' })
  async predecessors(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    return (await neighboursLoader(signedIn(context)).load(task.id)).predecessors;
  }

  @FieldResolver(() => [Task], { description: 'What waits for it.' })
  async successors(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    return (await neighboursLoader(signedIn(context)).load(task.id)).successors;
  }

  @FieldResolver(() => [Person], { description: 'Who can have it; empty when the viewer may not assign.' })
  async assignable(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    const ctx = signedIn(context);
    if (!can(ctx.viewer, 'task.assign', task)) return [];
    const ofAccount = task.visibility === 'SHARED' ? peopleOfAccountLoader(ctx).load(task.accountId) : [];
    return (await Promise.all([staffPeople(ctx), ofAccount])).flat();
  }

  @FieldResolver(() => TaskViewerCan, { description: 'What the viewer may do with it now.' })
  viewerCan(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): TaskViewerCan {
    const { viewer } = signedIn(context);
    return {
      task,
      start: task.state === 'READY' && can(viewer, 'task.start', task),
      submit: isOwed(task) && can(viewer, 'task.submit', task),
      assign: can(viewer, 'task.assign', task),
      comment: can(viewer, 'comment.addShared', task),
      commentInternally: can(viewer, 'comment.addInternal', task),
    };
  }
}

type TaskOutcome = Awaited<ReturnType<typeof outcome<TaskSeen>>>;

/** The payload of an act on a task: the task as the act left it, or, when refused, as it is now. */
async function withTask(ctx: Context, id: string, { done, ...rest }: TaskOutcome) {
  return { ...rest, task: done ?? (await taskLoader(ctx).load(id)) };
}
