import { Field, ObjectType } from 'type-graphql';
import { CalendarDate } from '../../platform/graphql/scalars.ts';

@ObjectType({ description: 'From when to when the plan has a phase, or had it. Staff only.' })
export class PhaseDays {
  @Field(() => CalendarDate, { description: 'The first day on which something of it is worked on.' })
  startOn!: string;

  @Field(() => CalendarDate, { description: 'The day on which the last of it is finished.' })
  finishOn!: string;
}
