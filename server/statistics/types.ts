import { Field, Int, ObjectType } from 'type-graphql';
import { Money } from '../projects/types.ts';

@ObjectType({ description: 'The figures on top of the overview. Staff only.' })
export class Overview {
  @Field(() => Int, { description: 'Projects that are active.' })
  active!: number;

  @Field(() => Int, { description: "Active projects whose turn is the client's." })
  waitingOnClient!: number;

  @Field(() => Int, { description: "Active projects whose turn is the company's." })
  waitingOnCompany!: number;

  @Field(() => Int, { description: 'Submissions that wait to be looked at, over all active projects.' })
  inReview!: number;

  @Field(() => Money, { description: "Monthly revenue of projects that are not live, in the company's currency." })
  revenueNotYetLive!: Money;

  @Field(() => String, {
    description: 'Where to resume `overviewChanges`: this answer already holds what came before.',
  })
  cursor!: string;
}
