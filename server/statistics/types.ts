import { Field, Int, ObjectType } from 'type-graphql';
import { Money } from '../projects/types.ts';

@ObjectType({ description: 'The figures on top of the overview. Staff only.' })
export class Overview {
  @Field(() => Int, { description: 'Projects that are active.' })
  active!: number;

  @Field(() => Int, { description: 'Active projects that are at risk.' })
  atRisk!: number;

  @Field(() => Int, { description: 'Active projects that are off track.' })
  offTrack!: number;

  @Field(() => Int, { description: "Active projects whose turn is the client's." })
  waitingOnClient!: number;

  @Field(() => Int, { description: "Active projects whose turn is the company's." })
  waitingOnCompany!: number;

  @Field(() => Int, { description: 'Submissions that wait to be looked at, over all active projects.' })
  inReview!: number;

  @Field(() => Money, {
    nullable: true,
    description: "Monthly revenue of projects that are not live, in the company's currency; null without the right.",
  })
  revenueNotYetLive!: Money | null;

  @Field(() => Int, {
    nullable: true,
    description: 'From signature to live, the middle of the last year; null under five cases.',
  })
  medianDaysToLive!: number | null;

  @Field(() => Int, {
    description: 'Questions of the last year whose answer was known and only confirmed, over all projects.',
  })
  questionsAvoided!: number;

  @Field(() => String, {
    description: 'Where to resume `overviewChanges`: this answer already holds what came before.',
  })
  cursor!: string;
}
