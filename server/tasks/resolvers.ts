import { Arg, Ctx, Extensions, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { can, isStaff } from '../access/policy.ts';
import { peopleLoader, peopleOfAccountLoader, staffPeople } from '../accounts/queries.ts';
import { Person } from '../accounts/types.ts';
import { addBusinessDays, businessDaysBetween, dayOf } from '../calendar.ts';
import { pageSize } from '../platform/graphql/connection.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { CalendarDate } from '../platform/graphql/scalars.ts';
import { phaseLoader, projectLoader } from '../projects/queries.ts';
import { Phase, Project } from '../projects/types.ts';
import { courtOf, isLeftOpen } from './court.ts';
import { fillVariables } from './documentation.ts';
import { holds } from './links.ts';
import {
  asksForInputLoader,
  calendarOf,
  documentationFactsLoader,
  isOverdue,
  neighboursLoader,
  partnerIdsLoader,
  reasonOf,
  type TaskSeen,
  taskLoader,
  tasksOfProjectLoader,
  waitsOnCompanyLoader,
} from './queries.ts';
import { canMove, isOpen, isOwed, isPassed, isStarted } from './states.ts';
import { doersOf, isTheirWork, isTurnOf, workActOf } from './turn.ts';
import { CourtEnum, Task, TaskLink, TaskPin, TaskReason, TaskStuck, TaskViewerCan } from './types.ts';

/** So many lead, sponsor and work on an integration at a client. */
const fewPeople = { listSize: 8 };

@Resolver(() => Task)
export class TaskResolver {
  @Query(() => Task, { nullable: true, description: 'One task; null when it is missing or not yours to see.' })
  task(@Ctx() context: GraphqlContext, @Arg('id', () => ID, { description: "The task's id." }) id: string) {
    return taskLoader(signedIn(context)).load(id);
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

  @FieldResolver(() => Int, { description: 'Place on the road among the tasks that the viewer may see, from 0.' })
  async index(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<number> {
    // Not the row's own: a gap in it would tell of a task that the viewer may not know of.
    const road = await tasksOfProjectLoader(signedIn(context)).load(task.projectId);
    return Math.max(
      0,
      road.findIndex((one) => one.id === task.id),
    );
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The documentation as it is written, with its variables; null for whoever may not edit it.',
  })
  documentationSource(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): string | null {
    return can(signedIn(context).viewer, 'task.edit', task) ? task.documentation : null;
  }

  @FieldResolver(() => CourtEnum as object, {
    description: "Whose turn it is: of a stuck task, the side that can unblock it; nobody's in a project on hold.",
  })
  court(@Root() task: TaskSeen) {
    return task.isUnderWay ? courtOf(task) : 'NOBODY';
  }

  @FieldResolver(() => Boolean, {
    description: 'True when its side still owes it after the close of business of its due day.',
  })
  isOverdue(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<boolean> {
    return isOverdue(signedIn(context), task);
  }

  @FieldResolver()
  dueOn(@Root() task: TaskSeen): string | null {
    return isLeftOpen(task) ? null : task.dueOn;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Working days of its side until it is due, negative when past; null when `dueOn` is.',
  })
  async dueInBusinessDays(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<number | null> {
    if (task.dueOn === null || isLeftOpen(task)) return null;
    const ctx = signedIn(context);
    const calendar = await calendarOf(ctx, task);
    return businessDaysBetween(dayOf(ctx.clock.now(), calendar.timeZone), task.dueOn, calendar);
  }

  @FieldResolver(() => [CalendarDate], { description: 'The next working days of its side, from tomorrow.' })
  async nextBusinessDays(
    @Ctx() context: GraphqlContext,
    @Root() task: TaskSeen,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many, 1 to 100.' }) first: number,
  ): Promise<string[]> {
    const ctx = signedIn(context);
    const calendar = await calendarOf(ctx, task);
    const today = dayOf(ctx.clock.now(), calendar.timeZone);
    return Array.from({ length: pageSize(first) }, (_, i) => addBusinessDays(today, i + 1, calendar));
  }

  @FieldResolver(() => TaskStuck, {
    nullable: true,
    description: 'That it cannot go on; null when it can, and when its project has ended.',
  })
  stuck(@Root() task: TaskSeen): TaskStuck | null {
    const { stuckSide: side, stuckSince: since } = task;
    return isLeftOpen(task) || side === null || since === null
      ? null
      : Object.assign(new TaskStuck(), { task, side, since });
  }

  @FieldResolver(() => TaskReason, {
    nullable: true,
    description: 'Why it was waived, cancelled or reopened; null when it was not, or staff said it among themselves.',
  })
  async reason(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<TaskReason | null> {
    return reasonOf(signedIn(context), task, 'state');
  }

  @FieldResolver(() => Boolean, {
    description: 'True when it was begun, and something before it that the viewer may see is open again.',
  })
  async isPredecessorOpen(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<boolean> {
    if (!isStarted(task) || isLeftOpen(task)) return false;
    const { links } = await neighboursLoader(signedIn(context)).load(task.id);
    return links.some((link) => holds(link) && !isPassed(link.predecessor));
  }

  @FieldResolver(() => Boolean, {
    description: 'True when it is not ready and waits, at least among others, for work of the company.',
  })
  async isWaitingOnCompany(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<boolean> {
    return task.state === 'NOT_READY' && !task.isOver && waitsOnCompanyLoader(signedIn(context)).load(task.id);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who has it; null when nobody has.' })
  assignee(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    return task.assigneeId === null ? null : peopleLoader(signedIn(context)).load(task.assigneeId);
  }

  @Extensions(fewPeople)
  @FieldResolver(() => [Person], {
    description: "Of the client's people those who can do it, where it is their turn and not the viewer's; else empty.",
  })
  async awaited(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    const ctx = signedIn(context);
    return isTurnOf(ctx.viewer, task) ? [] : doersOf(ctx, task);
  }

  @FieldResolver(() => [Task], { description: 'What it waits for.' })
  async predecessors(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    return (await neighboursLoader(signedIn(context)).load(task.id)).predecessors;
  }

  @FieldResolver(() => [TaskLink], { description: 'How it waits for each of what it waits for.' })
  async links(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<TaskLink[]> {
    const { links } = await neighboursLoader(signedIn(context)).load(task.id);
    return links.map((link) => Object.assign(new TaskLink(), link));
  }

  @FieldResolver(() => TaskPin, { nullable: true, description: 'Where the plan holds it; null when it is free.' })
  pin(@Root() { pinEdge, pinOn }: TaskSeen): TaskPin | null {
    return pinEdge === null || pinOn === null ? null : { edge: pinEdge, on: pinOn };
  }

  @FieldResolver(() => [Task], { description: 'What waits for it.' })
  async successors(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    return (await neighboursLoader(signedIn(context)).load(task.id)).successors;
  }

  @FieldResolver(() => [Person], { description: 'Who can have it; empty when the viewer may not assign.' })
  async assignable(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    const ctx = signedIn(context);
    if (!can(ctx.viewer, 'task.assign', task)) return [];
    const ofCompany = isStaff(ctx.viewer) ? staffPeople(ctx) : [];
    if (task.visibility === 'INTERNAL') return ofCompany;
    const partners = partnerIdsLoader(ctx).load(task.projectId);
    const [staff, account, partnerIds] = await Promise.all([
      ofCompany,
      peopleOfAccountLoader(ctx).load(task.accountId),
      partners,
    ]);
    const attached = await peopleLoader(ctx).loadMany(partnerIds);
    return [...staff, ...account, ...attached.flatMap((one) => (one && 'id' in one ? [one] : []))];
  }

  @FieldResolver(() => TaskViewerCan, { description: 'What the viewer may do with it now.' })
  viewerCan(@Ctx() context: GraphqlContext, @Root() task: TaskSeen) {
    const { viewer } = signedIn(context);
    const mayFlag = can(viewer, 'task.flagStuck', task);
    return {
      task,
      start: canMove(task, 'task.started') && isTheirWork(viewer, task) && can(viewer, 'task.start', task),
      submit: isOwed(task) && can(viewer, workActOf(task), task),
      assign: can(viewer, 'task.assign', task),
      waive: canMove(task, 'task.waived') && can(viewer, 'task.waive', task),
      cancel: canMove(task, 'task.cancelled') && can(viewer, 'task.cancel', task),
      reopen: canMove(task, 'task.reopened') && can(viewer, 'task.reopen', task),
      flagStuck: mayFlag && isOpen(task),
      unstick: mayFlag && task.stuckSide !== null,
      edit: can(viewer, 'task.edit', task),
      setVisibility: can(viewer, 'task.setVisibility', task),
      comment: can(viewer, 'comment.addShared', task),
      commentInternally: can(viewer, 'comment.addInternal', task),
    };
  }
}

@Resolver(() => TaskLink)
export class TaskLinkResolver {
  @FieldResolver(() => Task, { description: 'What comes before.' })
  predecessor(@Root() link: TaskLink): TaskSeen {
    return link.predecessor;
  }
}

@Resolver(() => TaskViewerCan)
export class TaskViewerCanResolver {
  @FieldResolver(() => Boolean, { description: 'Say that it is done, where nothing has to be handed in.' })
  async complete(@Ctx() context: GraphqlContext, @Root() { task }: TaskViewerCan): Promise<boolean> {
    const ctx = signedIn(context);
    if (!canMove(task, 'task.completed') || !can(ctx.viewer, 'task.complete', task)) return false;
    return task.side === 'THIRD_PARTY' || !(await asksForInputLoader(ctx).load(task.id));
  }
}

@Resolver(() => TaskStuck)
export class TaskStuckResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why, in the words of whoever said so; null when staff said it among themselves.',
  })
  async reason(@Ctx() context: GraphqlContext, @Root() { task }: TaskStuck): Promise<string | null> {
    return (await reasonOf(signedIn(context), task, 'stuck'))?.text ?? null;
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who said so.' })
  by(@Ctx() context: GraphqlContext, @Root() { task }: TaskStuck) {
    return task.stuckBy === null ? null : peopleLoader(signedIn(context)).load(task.stuckBy);
  }
}

@Resolver(() => TaskReason)
export class TaskReasonResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who said it; null when a check did.' })
  by(@Ctx() context: GraphqlContext, @Root() reason: TaskReason) {
    return reason.personId === null ? null : peopleLoader(signedIn(context)).load(reason.personId);
  }
}
