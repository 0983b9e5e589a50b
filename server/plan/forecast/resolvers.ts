import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { can } from '../../access/policy.ts';
import { peopleLoader } from '../../accounts/queries.ts';
import { Person } from '../../accounts/types.ts';
import { type GraphqlContext, signedIn } from '../../platform/graphql/context.ts';
import { outcome } from '../../platform/graphql/payload.ts';
import { CalendarDate } from '../../platform/graphql/scalars.ts';
import { type ProjectSeen, projectLoader } from '../../projects/queries.ts';
import { Project } from '../../projects/types.ts';
import { type TaskSeen, taskLoader } from '../../tasks/queries.ts';
import { Task } from '../../tasks/types.ts';
import { planPreview } from '../preview/queries.ts';
import { projectReplan } from '../replan/commands.ts';
import { forecastLoader, plannedTasksLoader, scheduleLoader } from './queries.ts';
import {
  PlanChangeInput,
  ProjectForecast,
  ProjectPlanConflict,
  ProjectPlanPreview,
  ProjectReplanInput,
  ProjectReplanPayload,
  ProjectSchedule,
  ProjectTouched,
  TaskDueMove,
  TaskPlanMove,
  TaskSchedule,
} from './types.ts';

const mostConflicts = 10;

@Resolver(() => Project)
export class ProjectForecastResolver {
  @FieldResolver(() => ProjectForecast, {
    nullable: true,
    description: 'By when it is likely live; null for clients, and when it is not active.',
  })
  async forecast(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<ProjectForecast | null> {
    const ctx = signedIn(context);
    return can(ctx.viewer, 'project.readStaffFields', project) ? forecastLoader(ctx).load(project.id) : null;
  }

  @FieldResolver(() => CalendarDate, {
    nullable: true,
    description: 'The day by which it is live in 8 of 10 cases, as both sides are told; null when it is not active.',
  })
  async forecastOn(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<string | null> {
    const forecast = await forecastLoader(signedIn(context)).load(project.id);
    return forecast?.p80On ?? null;
  }

  @FieldResolver(() => ProjectSchedule, { nullable: true, description: 'Its plan; null for clients.' })
  async schedule(@Ctx() context: GraphqlContext, @Root() project: ProjectSeen): Promise<ProjectSchedule | null> {
    const plan = await scheduleLoader(signedIn(context)).load(project.id);
    if (!plan) return null;
    const conflicts = plan.conflicts.slice(0, mostConflicts);
    return {
      goLiveOn: plan.goLiveOn,
      conflicts: conflicts.map((conflict) => ProjectPlanConflict.of(project.id, conflict)),
    };
  }

  @Mutation(() => ProjectReplanPayload, {
    description: 'Moves the due days of everything that is not over to where the plan has it.',
  })
  async projectReplan(
    @Ctx() context: GraphqlContext,
    @Arg('id', () => ID, { description: "The project's id." }) id: string,
    @Arg('input', () => ProjectReplanInput, { description: 'Which way, or the days.' }) input: ProjectReplanInput,
  ): Promise<ProjectReplanPayload> {
    const ctx = signedIn(context);
    const { done, ...rest } = await outcome(ctx, () => projectReplan(ctx, id, input));
    const moved = done?.moved.map((move) => Object.assign(new TaskDueMove(), move)) ?? [];
    return { project: await projectLoader(ctx).load(id), moved, ...rest };
  }

  @Query(() => ProjectPlanPreview, { description: 'What would move if a change were saved; nothing is. Staff only.' })
  async planPreview(
    @Ctx() context: GraphqlContext,
    @Arg('projectId', () => ID, { description: "The project's id." }) projectId: string,
    @Arg('change', () => PlanChangeInput, { description: 'The act that is thought of.' }) change: PlanChangeInput,
  ): Promise<ProjectPlanPreview> {
    const { moves, others, conflicts, ...rest } = await planPreview(signedIn(context), projectId, change);
    return Object.assign(new ProjectPlanPreview(), {
      ...rest,
      moves: moves.map((move) => Object.assign(new TaskPlanMove(), move)),
      others: others.map((other) => Object.assign(new ProjectTouched(), other)),
      conflicts: conflicts.slice(0, mostConflicts).map((conflict) => ProjectPlanConflict.of(projectId, conflict)),
    });
  }
}

@Resolver(() => Task)
export class TaskScheduleResolver {
  @FieldResolver(() => TaskSchedule, {
    nullable: true,
    description: 'Where the plan has it; null for clients, and for what was given up.',
  })
  async schedule(@Ctx() context: GraphqlContext, @Root() task: TaskSeen): Promise<TaskSchedule | null> {
    const planned = (await plannedTasksLoader(signedIn(context)).load(task.projectId)).get(task.id);
    return planned ? { ...planned, baselineOn: task.baselineOn } : null;
  }
}

@Resolver(() => ProjectPlanConflict)
export class ProjectPlanConflictResolver {
  @FieldResolver(() => Task, { nullable: true, description: 'The task that it is about.' })
  task(@Ctx() context: GraphqlContext, @Root() { conflict }: ProjectPlanConflict) {
    return 'taskId' in conflict ? taskLoader(signedIn(context)).load(conflict.taskId) : null;
  }

  @FieldResolver(() => Task, { nullable: true, description: 'The task before it; null when today holds it.' })
  predecessor(@Ctx() context: GraphqlContext, @Root() { conflict }: ProjectPlanConflict) {
    const id = 'predecessorId' in conflict ? conflict.predecessorId : null;
    return id === null ? null : taskLoader(signedIn(context)).load(id);
  }

  @FieldResolver(() => [Task], { description: 'The circle, from a task back to itself; else empty.' })
  async path(@Ctx() context: GraphqlContext, @Root() { conflict }: ProjectPlanConflict) {
    if (!('path' in conflict)) return [];
    const tasks = await taskLoader(signedIn(context)).loadMany(conflict.path);
    return tasks.flatMap((task) => (task && 'id' in task ? [task] : []));
  }
}

@Resolver(() => TaskDueMove)
export class TaskDueMoveResolver {
  @FieldResolver(() => Task, { nullable: true, description: 'The task.' })
  task(@Ctx() context: GraphqlContext, @Root() move: TaskDueMove) {
    return taskLoader(signedIn(context)).load(move.taskId);
  }
}

@Resolver(() => TaskPlanMove)
export class TaskPlanMoveResolver {
  @FieldResolver(() => Task, { nullable: true, description: 'The task.' })
  task(@Ctx() context: GraphqlContext, @Root() move: TaskPlanMove) {
    return taskLoader(signedIn(context)).load(move.taskId);
  }
}

@Resolver(() => ProjectTouched)
export class ProjectTouchedResolver {
  @FieldResolver(() => Project, { nullable: true, description: 'The other project.' })
  project(@Ctx() context: GraphqlContext, @Root() touched: ProjectTouched) {
    return projectLoader(signedIn(context)).load(touched.projectId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Whose work it is.' })
  person(@Ctx() context: GraphqlContext, @Root() touched: ProjectTouched) {
    return peopleLoader(signedIn(context)).load(touched.personId);
  }
}
