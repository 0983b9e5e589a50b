import { Field, Int, ObjectType } from 'type-graphql';
import { CalendarDate } from '../../platform/graphql/scalars.ts';

@ObjectType({ description: 'What a map amounted to at the end of a day on which it was drawn on.' })
export class JourneyDay {
  @Field(() => CalendarDate, { description: "The company's day." })
  on!: string;

  @Field(() => Int, { description: 'The touchpoints on it.' })
  touchpoints!: number;

  @Field(() => Int, { description: 'The pieces of information that flow on it, or that a goal names.' })
  items!: number;

  @Field(() => Int, { description: 'Of those, the ones at home in Slipway and nowhere else.' })
  homeInSlipway!: number;

  @Field(() => Int, { description: 'How many tools were used on it.' })
  tools!: number;
}
