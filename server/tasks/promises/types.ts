import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { Payload } from '../../platform/graphql/payload.ts';
import { CalendarDate, DateTime } from '../../platform/graphql/scalars.ts';
import type { TaskSeen } from '../queries.ts';
import { SideEnum, Task } from '../types.ts';

@ObjectType({ description: 'The day by which the side that has the turn said it will be done.' })
export class TaskPromise {
  /** What the resolver reads; not part of the schema. */
  personId!: string;

  @Field(() => CalendarDate, { description: 'By the end of this day.' })
  on!: string;

  @Field(() => SideEnum as object, { description: 'Who promised.' })
  side!: TaskSeen['side'];

  @Field(() => DateTime, { description: 'When they said it.' })
  at!: Date;

  @Field(() => Boolean, { description: 'Whether the day is over, and the task still theirs.' })
  isMissed!: boolean;

  @Field(() => Int, { description: 'How many other days were named before it.' })
  moves!: number;
}

@InputType({ description: 'What taskPromise needs.' })
export class TaskPromiseInput {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;

  @Field(() => CalendarDate, { description: 'By the end of this day: from today, a year ahead at most.' })
  on!: string;
}

@InputType({ description: 'What taskPromiseWithdraw needs.' })
export class TaskPromiseWithdrawInput {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;
}

@ObjectType({ description: 'The outcome of taskPromise.' })
export class TaskPromisePayload extends Payload {
  @Field(() => Task, { nullable: true, description: 'The task as it is now.' })
  task!: TaskSeen | null;
}

@ObjectType({ description: 'The outcome of taskPromiseWithdraw.' })
export class TaskPromiseWithdrawPayload extends Payload {
  @Field(() => Task, { nullable: true, description: 'The task as it is now.' })
  task!: TaskSeen | null;
}
