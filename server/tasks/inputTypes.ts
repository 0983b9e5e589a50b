import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { LinkKind } from '../../drizzle/schema/index.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { CalendarDate } from '../platform/graphql/scalars.ts';
import type { TaskSeen } from './queries.ts';
import { LinkKindEnum, SideEnum, Task, TaskPinInput, TaskTypeEnum, VisibilityEnum } from './types.ts';

/** What every act on a task carries. */
@InputType()
abstract class Seen {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;
}

@InputType()
abstract class Reasoned extends Seen {
  @Field(() => String, { description: 'Why, for whoever reads the task: 1 to 2,000 characters.' })
  reason!: string;
}

@InputType({ description: 'What taskStart needs.' })
export class TaskStartInput extends Seen {}

@InputType({ description: 'What taskComplete needs.' })
export class TaskCompleteInput extends Seen {}

@InputType({ description: 'What taskWaive needs.' })
export class TaskWaiveInput extends Reasoned {}

@InputType({ description: 'What taskCancel needs.' })
export class TaskCancelInput extends Reasoned {}

@InputType({ description: 'What taskReopen needs.' })
export class TaskReopenInput extends Reasoned {}

@InputType({ description: 'What taskUnstick needs.' })
export class TaskUnstickInput extends Seen {}

@InputType({ description: 'What taskFlagStuck needs.' })
export class TaskFlagStuckInput extends Reasoned {
  @Field(() => SideEnum as object, { description: 'Who can unblock it.' })
  side!: TaskSeen['side'];
}

@InputType({ description: 'What taskSetVisibility needs.' })
export class TaskSetVisibilityInput extends Seen {
  @Field(() => VisibilityEnum as object, { description: 'Who may know of it from now on.' })
  visibility!: TaskSeen['visibility'];
}

@InputType({ description: 'What taskAssign needs.' })
export class TaskAssignInput extends Seen {
  @Field(() => ID, { nullable: true, description: 'Somebody of `Task.assignable`; null takes the assignee away.' })
  assigneeId!: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "For whoever leads on the client's side; `assigneeId` does not count then.",
  })
  isForLead!: boolean;
}

@InputType()
abstract class Dependency extends Seen {
  @Field(() => ID, { description: 'The task of the same project that comes before it.' })
  predecessorId!: string;
}

@InputType({ description: 'What taskDependencyAdd needs.' })
export class TaskDependencyAddInput extends Dependency {
  @Field(() => LinkKindEnum as object, {
    defaultValue: 'FINISH_TO_START',
    description: 'What of the one holds what of the other.',
  })
  kind!: LinkKind;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'Working days of the waiting side that lie between, -200 to 200; negative: so many before.',
  })
  lagDays!: number;
}

@InputType({ description: 'What taskDependencyRemove needs.' })
export class TaskDependencyRemoveInput extends Dependency {}

@InputType({ description: 'What taskEdit changes: fields that are left out stay.' })
export class TaskEditInput extends Seen {
  @Field(() => String, { nullable: true, description: 'What to do: 1 to 200 characters.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'Why, as a clause: "so that we can build your search index".' })
  purpose?: string | null;

  @Field(() => String, { nullable: true, description: 'Markdown; `{{shop.domain}}` and the like are filled in.' })
  documentation?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many minutes of work it usually takes.' })
  minutes?: number | null;

  @Field(() => SideEnum as object, { nullable: true, description: 'Who owes it.' })
  side?: TaskSeen['side'] | null;

  @Field(() => ID, { nullable: true, description: 'A phase of the same project: it goes to its end.' })
  phaseId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether a delivery is looked at before the task is done.' })
  isReviewWanted?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the project cannot go live before it is done.' })
  isGate?: boolean | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Due at the close of this day; null takes the date away.' })
  dueOn?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Not ready before this day; null takes the day away.' })
  startsOn?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Working days from its start to its finish, 0 to 400; 0: done on the day that what comes before is.',
  })
  durationDays?: number | null;

  @Field(() => TaskPinInput, {
    nullable: true,
    description: 'Where the plan holds it; null takes the pin away. Left out, a new `dueOn` is held as its finish.',
  })
  pin?: TaskPinInput | null;
}

@InputType({ description: 'What taskCreate needs.' })
export class TaskCreateInput {
  @Field(() => ID, { description: 'The phase that it is added to, at its end.' })
  phaseId!: string;

  @Field(() => String, { description: 'What to do: 1 to 200 characters.' })
  title!: string;

  @Field(() => TaskTypeEnum as object, { description: 'What it asks for.' })
  type!: TaskSeen['type'];

  @Field(() => SideEnum as object, { description: 'Who owes it.' })
  side!: TaskSeen['side'];

  @Field(() => VisibilityEnum as object, { description: 'Who may know of it.' })
  visibility!: TaskSeen['visibility'];

  @Field(() => String, { nullable: true, description: 'Why, as a clause: "so that we can build your search index".' })
  purpose?: string | null;

  @Field(() => String, { nullable: true, description: 'Markdown; `{{shop.domain}}` and the like are filled in.' })
  documentation?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many minutes of work it usually takes; 30 when left out.' })
  minutes?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether a delivery is looked at before the task is done; a client's is when left out.",
  })
  isReviewWanted?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the project cannot go live before it is done.' })
  isGate?: boolean | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Due at the close of this day.' })
  dueOn?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Not ready before this day.' })
  startsOn?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Working days from its start to its finish, 0 to 400; one when left out.',
  })
  durationDays?: number | null;

  @Field(() => String, { description: 'Made by the caller: the same key gives the same task once.' })
  idempotencyKey!: string;
}

/** What every act on a task answers. */
@ObjectType()
abstract class TaskPayload extends Payload {
  @Field(() => Task, { nullable: true, description: 'The task as it is now.' })
  task!: TaskSeen | null;
}

@ObjectType({ description: 'The outcome of taskStart.' })
export class TaskStartPayload extends TaskPayload {}

@ObjectType({ description: 'The outcome of taskComplete.' })
export class TaskCompletePayload extends TaskPayload {}

@ObjectType({ description: 'The outcome of taskWaive.' })
export class TaskWaivePayload extends TaskPayload {}

@ObjectType({ description: 'The outcome of taskCancel.' })
export class TaskCancelPayload extends TaskPayload {}

@ObjectType({ description: 'The outcome of taskReopen.' })
export class TaskReopenPayload extends TaskPayload {}

@ObjectType({ description: 'The outcome of taskFlagStuck.' })
export class TaskFlagStuckPayload extends TaskPayload {}

@ObjectType({ description: 'The outcome of taskUnstick.' })
export class TaskUnstickPayload extends TaskPayload {}

@ObjectType({ description: 'The outcome of taskAssign.' })
export class TaskAssignPayload extends TaskPayload {}

@ObjectType({ description: 'The outcome of taskEdit.' })
export class TaskEditPayload extends TaskPayload {}

@ObjectType({ description: 'The outcome of taskCreate.' })
export class TaskCreatePayload extends TaskPayload {}

@ObjectType({ description: 'The outcome of taskSetVisibility.' })
export class TaskSetVisibilityPayload extends TaskPayload {}

@ObjectType({ description: 'The outcome of taskDependencyAdd.' })
export class TaskDependencyAddPayload extends TaskPayload {}

@ObjectType({ description: 'The outcome of taskDependencyRemove.' })
export class TaskDependencyRemovePayload extends TaskPayload {}
