import { Extensions, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { LinkKind } from '../../../drizzle/schema/index.ts';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Payload } from '../../platform/graphql/payload.ts';
import { CalendarDate } from '../../platform/graphql/scalars.ts';
import type { ProjectSeen } from '../../projects/queries.ts';
import { Project } from '../../projects/types.ts';
import type { DueMoved } from '../../tasks/commands.ts';
import { LinkKindEnum, TaskPinInput } from '../../tasks/types.ts';
import type { OtherTouched, PlanPreview as Preview } from '../preview/queries.ts';
import type { Conflict, Direction } from '../schedule/facts.ts';

/** Lists of a plan are as long as its road. */
const ofRoad = { listSize: 40 };
const few = { listSize: 10 };

const directions = ['FORWARD', 'BACKWARD'] as const satisfies readonly Direction[];
export const PlanDirectionEnum = enumOf(directions);
registerEnumType(PlanDirectionEnum, {
  name: 'PlanDirection',
  description: 'Which way a plan is made.',
  valuesConfig: {
    FORWARD: { description: 'From today, everything as early as it can be.' },
    BACKWARD: { description: 'From the target, everything as late as it may be.' },
  },
});

const conflictCodes = ['CYCLE', 'PIN_TOO_EARLY', 'CANCELLED_PREDECESSOR', 'TARGET_TOO_EARLY'] as const;
export const PlanConflictCodeEnum = enumOf(conflictCodes);
registerEnumType(PlanConflictCodeEnum, {
  name: 'PlanConflictCode',
  description: 'What a plan cannot do.',
  valuesConfig: {
    CYCLE: { description: 'The tasks of `path` wait for each other in a circle; nothing is planned.' },
    PIN_TOO_EARLY: {
      description: '`task` is held on a day, and comes `on` a later one, as `predecessor` or today allows.',
    },
    CANCELLED_PREDECESSOR: { description: '`task` waits for `predecessor`, which was given up.' },
    TARGET_TOO_EARLY: { description: 'Everything is finished `on` this day at the earliest, after the target.' },
  },
});

@ObjectType({ description: 'By when a project is likely live: its plan, played a thousand times. Staff only.' })
export class ProjectForecast {
  @Field(() => CalendarDate, { description: 'The day by which half of all runs are live.' })
  p50On!: string;

  @Field(() => CalendarDate, { description: 'The day by which 8 in 10 are.' })
  p80On!: string;
}

@ObjectType({ description: 'One thing that a plan cannot do. What its code does not need is null.' })
export class ProjectPlanConflict {
  projectId!: string;
  conflict!: Conflict;

  @Field(() => PlanConflictCodeEnum as object, { description: 'What it is.' })
  code!: Conflict['code'];

  @Field(() => CalendarDate, { nullable: true, description: 'The day that it comes to.' })
  on!: string | null;

  static of(projectId: string, conflict: Conflict): ProjectPlanConflict {
    return Object.assign(new ProjectPlanConflict(), {
      projectId,
      conflict,
      code: conflict.code,
      on: 'on' in conflict ? conflict.on : null,
    });
  }
}

@ObjectType({ description: "A project's plan, forward from today. Staff only." })
export class ProjectSchedule {
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'When the last gate, or without one the last task, is finished if all take as long as planned.',
  })
  goLiveOn!: string | null;

  @Extensions(few)
  @Field(() => [ProjectPlanConflict], { description: 'What it cannot do, at most ten of it.' })
  conflicts!: ProjectPlanConflict[];
}

@ObjectType({ description: 'Where the plan has a task, forward from today. Staff only.' })
export class TaskSchedule {
  @Field(() => CalendarDate, { description: 'The first day on which it is worked on.' })
  startOn!: string;

  @Field(() => CalendarDate, { description: 'The day on which it is finished.' })
  finishOn!: string;

  @Field(() => Int, { description: 'Working days of its side by which it may slip without moving going live.' })
  slackDays!: number;

  @Field(() => Boolean, { description: 'Whether going live slips with it by every day.' })
  isCritical!: boolean;

  @Field(() => CalendarDate, { nullable: true, description: 'Its due day when the project was activated.' })
  baselineOn!: string | null;
}

@InputType({ description: 'A due day of a plan that is set by hand.' })
export class ProjectReplanDayInput {
  @Field(() => ID, { description: 'A task of the project.' })
  taskId!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'Its due day; null takes it away.' })
  dueOn!: string | null;
}

@InputType({ description: 'What projectReplan needs: exactly one of its fields.' })
export class ProjectReplanInput {
  @Field(() => PlanDirectionEnum as object, { nullable: true, description: 'Which way the plan is made.' })
  direction?: Direction | null;

  @Field(() => [ProjectReplanDayInput], {
    nullable: true,
    description: 'The days themselves, as an undo sends them: at most 2,000.',
  })
  days?: ProjectReplanDayInput[] | null;
}

@ObjectType({ description: 'A due day that was moved.' })
export class TaskDueMove implements DueMoved {
  taskId!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The day before; null when it had none.' })
  from!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day now.' })
  to!: string | null;
}

@ObjectType({ description: 'The outcome of projectReplan.' })
export class ProjectReplanPayload extends Payload {
  @Field(() => Project, { nullable: true, description: 'The project as it is now.' })
  project!: ProjectSeen | null;

  @Extensions(ofRoad)
  @Field(() => [TaskDueMove], { description: 'What was moved: the `from` days undo it.' })
  moved!: TaskDueMove[];
}

@InputType({ description: 'Another due day; null takes it away.' })
export class PlanDueInput {
  @Field(() => CalendarDate, { nullable: true, description: 'The day.' })
  dueOn!: string | null;
}

@InputType({ description: 'Another pin; null takes it away.' })
export class PlanPinInput {
  @Field(() => TaskPinInput, { nullable: true, description: 'Where the plan holds it.' })
  pin!: TaskPinInput | null;
}

@InputType({ description: 'Another way of waiting for a task.' })
export class PlanLinkInput {
  @Field(() => ID, { description: 'The task that comes before.' })
  predecessorId!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether it waits no longer.' })
  isRemoved!: boolean;

  @Field(() => LinkKindEnum as object, { defaultValue: 'FINISH_TO_START', description: 'What holds what.' })
  kind!: LinkKind;

  @Field(() => Int, { defaultValue: 0, description: 'Working days between them.' })
  lagDays!: number;
}

@InputType({ description: 'One act that is only thought of: the task, and exactly one of the other fields.' })
export class PlanChangeInput {
  @Field(() => ID, { description: 'The task that it is on.' })
  taskId!: string;

  @Field(() => PlanDueInput, { nullable: true, description: 'Another due day.' })
  due?: PlanDueInput | null;

  @Field(() => PlanPinInput, { nullable: true, description: 'Another pin.' })
  pin?: PlanPinInput | null;

  @Field(() => Int, { nullable: true, description: 'Another duration, 0 to 400 working days.' })
  durationDays?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is waived.' })
  isWaived?: boolean | null;

  @Field(() => PlanLinkInput, { nullable: true, description: 'Another way of waiting for a task.' })
  link?: PlanLinkInput | null;
}

@ObjectType({ description: 'A task that the plan would have on another day.' })
export class TaskPlanMove {
  taskId!: string;

  @Field(() => CalendarDate, { description: 'When it is finished as things stand.' })
  fromOn!: string;

  @Field(() => CalendarDate, { description: 'When it would be.' })
  toOn!: string;
}

@ObjectType({
  description: 'Another project in which somebody has work due in the days that a change moves theirs to.',
})
export class ProjectTouched implements OtherTouched {
  projectId!: string;
  personId!: string;
}

@ObjectType({ description: 'What would move if a change were saved. Staff only.' })
export class ProjectPlanPreview implements Omit<Preview, 'conflicts'> {
  projectId!: string;

  @Extensions(ofRoad)
  @Field(() => [TaskPlanMove], { description: 'Unfinished tasks that the plan would have on other days.' })
  moves!: TaskPlanMove[];

  @Field(() => ProjectForecast, { nullable: true, description: 'As things stand; null when there is nothing to do.' })
  before!: ProjectForecast | null;

  @Field(() => ProjectForecast, { nullable: true, description: 'After it; null when it closed a circle.' })
  after!: ProjectForecast | null;

  @Extensions(few)
  @Field(() => [ProjectPlanConflict], { description: 'What the plan could not do any more, at most ten of it.' })
  conflicts!: ProjectPlanConflict[];

  @Extensions(few)
  @Field(() => [ProjectTouched], { description: 'Other projects of the people whose work moves, at most ten.' })
  others!: ProjectTouched[];
}
