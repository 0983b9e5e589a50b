import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { CalendarDate } from '../../platform/graphql/scalars.ts';
import type { AccountDays } from './queries.ts';

@ObjectType({ description: 'When an account works, as the company wrote it down.' })
export class AccountCalendar implements AccountDays {
  @Field(() => [Int], { nullable: true, description: "From 1 (Monday) to 7 (Sunday); null: the company's." })
  workingDays!: number[] | null;

  @Field(() => [CalendarDate], { description: 'Its own days off, in order; at most 400.' })
  holidays!: string[];
}

@InputType({ description: 'What accountCalendarSet puts in the place of what there was.' })
export class AccountCalendarSetInput {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;

  @Field(() => [Int], { nullable: true, description: "From 1 (Monday) to 7 (Sunday); null: the company's." })
  workingDays?: number[] | null;

  @Field(() => [CalendarDate], { description: 'All its days off; at most 400.' })
  holidays!: string[];
}
