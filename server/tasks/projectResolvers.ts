import { Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { can } from '../access/policy.ts';
import { isWithinHours } from '../calendar.ts';
import { type GraphqlContext, signedIn } from '../platform/graphql/context.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import type { Ctx as Context } from '../platform/services.ts';
import type { PhaseRow, ProjectSeen } from '../projects/queries.ts';
import { Phase, Project, ProjectViewerCan } from '../projects/types.ts';
import { byUrgency, courtOfProject, isUnderWay } from './court.ts';
import { calendarOf, isOpen, type TaskSeen, tasksOfProjectLoader } from './queries.ts';
import { isTurnOf } from './turn.ts';
import { CourtEnum, Progress, Task } from './types.ts';

/** A road is this long, which a query for all of it costs. */
const roadLength = { listSize: 40 };

/** What tasks add to a project. */
@Resolver(() => Project)
export class ProjectTasksResolver {
  @Extensions(roadLength)
  @FieldResolver(() => [Task], { description: 'All tasks that the viewer may see, in the order of the road.' })
  tasks(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<TaskSeen[]> {
    return tasksOf(context, project);
  }

  @FieldResolver(() => Progress, { description: 'Over the tasks that the viewer may see.' })
  async progress(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<Progress> {
    return progressOf(await tasksOf(context, project));
  }

  @FieldResolver(() => CourtEnum as object, { description: 'Whose turn it is: that of the open task due first.' })
  async court(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen) {
    return courtOfProject(isUnderWay(project), await tasksOf(context, project)).court;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: "Since when; null when it is nobody's turn." })
  async courtSince(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<Date | null> {
    return courtOfProject(isUnderWay(project), await tasksOf(context, project)).since;
  }

  @FieldResolver(() => CourtEnum as object, {
    description: "The same by the clock, as time is counted: nobody's while that side is not at work.",
  })
  async courtNow(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen) {
    const ctx = signedIn(context);
    const { court } = courtOfProject(isUnderWay(project), await tasksOf(context, project));
    if (court === 'NOBODY') return court;
    const { timeZone, accountId } = project;
    const calendar = await calendarOf(ctx, { side: court, timeZone, accountId });
    return isWithinHours(ctx.clock.now(), calendar) ? court : 'NOBODY';
  }

  @FieldResolver(() => Task, {
    nullable: true,
    description:
      "The viewer's next step: the task due first of those that are their side's turn and that they may do; else null.",
  })
  async nextStep(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<TaskSeen | null> {
    const { viewer } = signedIn(context);
    if (!isUnderWay(project)) return null;
    const open = (await tasksOf(context, project)).filter((task) => isTurnOf(viewer, task));
    return open.sort(byUrgency)[0] ?? null;
  }

  @Extensions(roadLength)
  @FieldResolver(() => [Task], { description: 'Open tasks that wait on somebody else than the viewer, due first.' })
  async waitingOnOthers(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<TaskSeen[]> {
    const { viewer } = signedIn(context);
    if (!isUnderWay(project)) return [];
    const open = (await tasksOf(context, project)).filter((task) => isOpen(task) && !isTurnOf(viewer, task));
    return open.sort(byUrgency);
  }

  @FieldResolver(() => Task, {
    nullable: true,
    description: 'The open task due first; null when nothing is open, and once the project has ended.',
  })
  async nextDue(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<TaskSeen | null> {
    if (project.isOver) return null;
    return (await tasksOf(context, project)).filter(isOpen).sort(byUrgency)[0] ?? null;
  }
}

/** What tasks add to what the viewer may do with a project. */
@Resolver(() => ProjectViewerCan)
export class ProjectTasksCanResolver {
  @FieldResolver(() => Boolean, { description: 'Add a task to it: `taskCreate`.' })
  addTask(@Ctx() context: GraphqlContext, @Root() { project }: ProjectViewerCan): boolean {
    return can(signedIn(context).viewer, 'task.create', project);
  }
}

/** What tasks add to a phase. */
@Resolver(() => Phase)
export class PhaseTasksResolver {
  @FieldResolver(() => [Task], { description: 'Its tasks that the viewer may see, in order.' })
  async tasks(@Ctx() context: GraphqlContext, @Root() phase: PhaseRow): Promise<TaskSeen[]> {
    return ofPhase(signedIn(context), phase);
  }

  @FieldResolver(() => Progress, { description: 'Over the tasks that the viewer may see.' })
  async progress(@Ctx() context: GraphqlContext, @Root() phase: PhaseRow): Promise<Progress> {
    return progressOf(await ofPhase(signedIn(context), phase));
  }
}

async function tasksOf(context: GraphqlContext, project: ProjectSeen): Promise<TaskSeen[]> {
  return [...(await tasksOfProjectLoader(signedIn(context)).load(project.id))];
}

async function ofPhase(ctx: Context, phase: PhaseRow): Promise<TaskSeen[]> {
  return (await tasksOfProjectLoader(ctx).load(phase.projectId)).filter((task) => task.phaseId === phase.id);
}

function progressOf(tasks: TaskSeen[]): Progress {
  const counted = tasks.filter((task) => task.state !== 'CANCELLED');
  const done = counted.filter((task) => task.state === 'DONE' || task.state === 'WAIVED').length;
  return { done, total: counted.length };
}
