import { Field, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection.ts';
import { CalendarDate } from '../platform/graphql/scalars.ts';

@ObjectType({ description: 'A week ahead, by the working days and hours of the company.' })
export class WorkloadWeek {
  @Field(() => CalendarDate, { description: 'Its Monday.' })
  from!: string;

  @Field(() => CalendarDate, { description: 'Its Sunday.' })
  to!: string;

  @Field(() => Int, { description: 'Working days of it that are still to come.' })
  workingDays!: number;

  @Field(() => Int, { description: 'How many minutes one person works on them.' })
  capacityMinutes!: number;
}

@ObjectType({ description: "What lies in a week of somebody's." })
export class WorkloadCell {
  @Field(() => CalendarDate, { description: 'The Monday of the week.' })
  from!: string;

  @Field(() => Int, { description: 'Minutes of work on tasks, spread over the working days up to their due days.' })
  plannedMinutes!: number;

  @Field(() => Int, { description: 'How many tasks these are of.' })
  taskCount!: number;

  @Field(() => Boolean, { description: 'More than one person works in that week; false for what nobody has.' })
  isOverFull!: boolean;
}

@ObjectType({ description: "Somebody's weeks ahead, or the work in them that nobody has yet." })
export class WorkloadPerson {
  @Field(() => [WorkloadCell], { description: 'In the order of the weeks.' })
  weeks!: WorkloadCell[];

  @Field(() => Int, { description: 'How many of their tasks have no due day, and so lie in no week.' })
  undatedCount!: number;
}

@ObjectType({ description: 'How full the weeks ahead are. Staff only.' })
export class Workload {
  @Field(() => [WorkloadWeek], { description: 'Eight, this one first.' })
  weeks!: WorkloadWeek[];

  @Field(() => [WorkloadPerson], {
    description: 'By name, then what nobody has yet; of a PM and a contributor only they themselves.',
  })
  people!: WorkloadPerson[];

  @Field(() => String, {
    description: 'Where to resume `overviewChanges`: this answer already holds what came before.',
  })
  cursor!: string;
}

@ObjectType({ description: 'A task as it lies in a week of somebody.' })
export class WorkloadTask {
  taskId!: string;

  @Field(() => Int, { description: 'Minutes of its work that lie in the week.' })
  minutes!: number;

  @Field(() => CalendarDate, { description: 'The first working day that its work lies on, from today on.' })
  startOn!: string;

  @Field(() => CalendarDate, { description: 'The last: its due day, or the next working day when that has passed.' })
  finishOn!: string;
}

export const { ConnectionType: WorkloadTaskConnection } = connectionTypes('WorkloadTask', () => WorkloadTask);
