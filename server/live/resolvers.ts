import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root, Subscription } from 'type-graphql';
import { audienceOf } from '../access/policy.ts';
import { peopleLoader } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { eventReason, lastEvents } from '../platform/events/feed.ts';
import { type Connection, pageOf, pageSize, parseCursor } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import { Node } from '../platform/graphql/node.ts';
import type { Ctx as Context } from '../platform/services.ts';
import type { ProjectSeen } from '../projects/queries.ts';
import { Project } from '../projects/types.ts';
import { CheckStandingEnum } from '../submissions/checks/types.ts';
import { type TaskSeen, taskLoader } from '../tasks/queries.ts';
import { SideEnum, Task, TaskStateEnum } from '../tasks/types.ts';
import { words } from '../words/en.ts';
import { changeOf, overviewChanges, positionFor, projectChanges } from './changes.ts';
import { nodeById, nodeOfEvent } from './nodes.ts';
import { journeyPresence, presence } from './presence.ts';
import { Change, ChangeConnection, ChangeFacts, ChangeMessage, Presence } from './types.ts';

type Subscribe<A> = { args: A; context: GraphqlContext };

@Resolver()
export class LiveResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'Anything by its id; null when it is missing or not yours to see.',
  })
  node(@Ctx() context: GraphqlContext, @Arg('id', () => ID, { description: 'The id of the thing.' }) id: string) {
    return nodeById(signedIn(context), id);
  }

  @Subscription(() => ChangeMessage, {
    description: 'What happens in a project, after a position and then live. Nothing is skipped: positions are dense.',
    subscribe: ({ args, context }: Subscribe<{ projectId: string; after?: number | null }>) =>
      projectChanges(signedIn(context), args.projectId, args.after ?? null),
  })
  changes(
    @Root() message: typeof ChangeMessage,
    @Arg('projectId', () => ID, { description: "The project's id." }) _projectId: string,
    @Arg('after', () => Int, { nullable: true, description: 'The last position seen; from now on when left out.' })
    _after: number | null,
  ): typeof ChangeMessage {
    return message;
  }

  @Subscription(() => ChangeMessage, {
    description: 'What happens in any project of the company, after a cursor and then live. Staff only.',
    subscribe: ({ args, context }: Subscribe<{ after?: string | null }>) =>
      overviewChanges(signedIn(context), overviewCursor(args.after ?? null)),
  })
  overviewChanges(
    @Root() message: typeof ChangeMessage,
    @Arg('after', () => String, { nullable: true, description: 'The last cursor seen; from now on when left out.' })
    _after: string | null,
  ): typeof ChangeMessage {
    return message;
  }

  @Subscription(() => Presence, {
    description: 'Who has a task open now, the viewer included. Being subscribed is being here.',
    subscribe: ({ args, context }: Subscribe<{ taskId: string }>) => presence(signedIn(context), args.taskId),
  })
  presence(
    @Root() message: Presence,
    @Arg('taskId', () => ID, { description: "The task's id." }) _taskId: string,
  ): Presence {
    return message;
  }

  @Subscription(() => Presence, {
    description: 'Who has a map open now, the viewer included. Being subscribed is being here.',
    subscribe: ({ args, context }: Subscribe<{ journeyId: string }>) =>
      journeyPresence(signedIn(context), args.journeyId),
  })
  journeyPresence(
    @Root() message: Presence,
    @Arg('journeyId', () => ID, { description: "The journey's id." }) _journeyId: string,
  ): Presence {
    return message;
  }
}

@Resolver(() => Change)
export class ChangeResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who did it; null when it followed by itself.' })
  actor(@Ctx() context: GraphqlContext, @Root() change: Change) {
    const { actorId } = change.event;
    return actorId === null ? null : peopleLoader(signedIn(context)).load(actorId);
  }

  @FieldResolver(() => Node, {
    nullable: true,
    description: 'The changed object as it is now; null when gone or hidden.',
  })
  node(@Ctx() context: GraphqlContext, @Root() change: Change) {
    return nodeOfEvent(signedIn(context), change.event);
  }

  @FieldResolver(() => Task, { nullable: true, description: 'The task it happened on; null when on none, or hidden.' })
  task(@Ctx() context: GraphqlContext, @Root() change: Change) {
    return change.taskId === null ? null : taskLoader(signedIn(context)).load(change.taskId);
  }

  @FieldResolver(() => ChangeFacts, {
    description: "The closed facts, where the kind has them; none of a task that is not the viewer's to see now.",
  })
  async facts(@Ctx() context: GraphqlContext, @Root() { event }: Change): Promise<ChangeFacts> {
    const { taskId } = event;
    const isHidden = taskId !== null && (await taskLoader(signedIn(context)).load(taskId)) === null;
    const { from, to, version, isForLead, side, repairs, repairOf } = isHidden ? {} : event.facts;
    const isAssignment = event.kind === 'task.assigned';
    return {
      event: isHidden ? null : event,
      isForLead: isForLead === true,
      stuckSide: isSide(side) ? side : null,
      dueOn: event.kind === 'task.dueMoved' && typeof to === 'string' ? to : null,
      promisedOn: promisedIn(event.kind, from, to),
      from: isTaskState(from) ? from : null,
      to: isTaskState(to) ? to : null,
      standing: event.kind === 'submission.standingChanged' && isStanding(to) ? to : null,
      assignee: isAssignment && typeof to === 'string' ? await peopleLoader(signedIn(context)).load(to) : null,
      version: typeof version === 'number' ? version : null,
      repairs: typeof repairs === 'number' ? repairs : null,
      repairOf: typeof repairOf === 'number' ? repairOf : null,
    };
  }
}

@Resolver(() => ChangeFacts)
export class ChangeFactsResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why, in the words of whoever did it, where the kind has a reason; null elsewhere.',
  })
  reason(@Ctx() context: GraphqlContext, @Root() { event }: ChangeFacts): Promise<string | null> | null {
    return event === null ? null : eventReason(signedIn(context), event);
  }
}

/** What the log adds to a project. */
@Resolver(() => Project)
export class ProjectChangesResolver {
  @FieldResolver(() => ChangeConnection, { description: 'What happened, oldest first; a page ends before `before`.' })
  changes(
    @Ctx() context: GraphqlContext,
    @Root() project: ProjectSeen,
    @Arg('last', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) last: number,
    @Arg('before', () => String, { nullable: true, description: 'A cursor: what stands ahead of it.' })
    before: string | null,
  ) {
    return changesPage(signedIn(context), { projectId: project.id }, pageSize(last), before ?? null);
  }
}

/** What the log adds to a task. */
@Resolver(() => Task)
export class TaskChangesResolver {
  @FieldResolver(() => ChangeConnection, { description: 'What happened, oldest first; a page ends before `before`.' })
  changes(
    @Ctx() context: GraphqlContext,
    @Root() task: TaskSeen,
    @Arg('last', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) last: number,
    @Arg('before', () => String, { nullable: true, description: 'A cursor: what stands ahead of it.' })
    before: string | null,
  ) {
    return changesPage(signedIn(context), { taskId: task.id }, pageSize(last), before ?? null);
  }
}

@Resolver(() => Presence)
export class PresenceResolver {
  @FieldResolver(() => [Person], { description: 'Everybody who is here, each once.' })
  async people(@Ctx() context: GraphqlContext, @Root() { personIds }: Presence) {
    const people = await peopleLoader(signedIn(context)).loadMany(personIds);
    return people.filter((person) => person !== null && !(person instanceof Error));
  }
}

async function changesPage(
  ctx: Context,
  slice: { projectId: string } | { taskId: string },
  last: number,
  before: string | null,
): Promise<Connection<Change>> {
  const cursor = parseCursor(before, ['number']);
  const events = await lastEvents(ctx, slice, audienceOf(ctx.viewer), cursor?.[0] ?? null, last + 1);
  const changes = events.map((event) => changeOf(ctx, event, null));
  return pageOf(changes, last, (change) => [positionFor(ctx, change.event) ?? 0], 'backward', cursor !== null);
}

/** Parses the cursor of the overview's stream. */
function overviewCursor(after: string | null): number | null {
  if (after === null) return null;
  if (!/^\d{1,15}$/.test(after)) throw new ApiError('BAD_USER_INPUT', words.graphql.badCursor());
  return Number(after);
}

function isSide(value: unknown): value is keyof typeof SideEnum {
  return typeof value === 'string' && Object.hasOwn(SideEnum, value);
}

function isStanding(value: unknown): value is keyof typeof CheckStandingEnum {
  return typeof value === 'string' && Object.hasOwn(CheckStandingEnum, value);
}

function isTaskState(value: unknown): value is string {
  return typeof value === 'string' && Object.hasOwn(TaskStateEnum, value);
}

function promisedIn(kind: string, from: unknown, to: unknown): string | null {
  const on = kind === 'task.promised' ? to : kind === 'task.promiseWithdrawn' ? from : null;
  return typeof on === 'string' ? on : null;
}
