import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { gapDecisions } from '../../drizzle/schema/index.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { CalendarDate, DateTime } from '../platform/graphql/scalars.ts';
import { type GapKind, gapKinds } from './gaps/gap.ts';

const GapKindEnum = enumOf(gapKinds);
registerEnumType(GapKindEnum, {
  name: 'JourneyGapKind',
  description: 'What is wrong with how information goes along a journey.',
  valuesConfig: {
    OUTPUT_UNUSED: { description: 'It is handed on, and nobody works with it.' },
    USE_UNPRODUCED: { description: 'It is worked with, and nobody hands it on.' },
    INPUT_TOO_LATE: { description: 'It is needed before it is there.' },
    REKEYED: { description: 'It is typed into a system by hand that another one has had before.' },
    ASKED_TWICE: { description: 'The client is asked for it again.' },
    CONFLICTING_VALUES: { description: 'It is written down with different values.' },
    NO_OWNER: { description: 'No department answers for it.' },
    NO_HOME: { description: 'It has no system of record.' },
    TWO_HOMES: { description: 'It has several systems of record.' },
    HELD_OUTSIDE: { description: 'Its home is not Slipway.' },
    CYCLE: { description: 'Systems pass it round in a circle.' },
    NO_EXCHANGE: { description: 'Two teams share a stage, and nothing goes from one to the other.' },
    GOAL_WITHOUT_TOUCHPOINT: { description: 'No touchpoint serves a goal.' },
    TOUCHPOINT_WITHOUT_GOAL: { description: 'A touchpoint serves no goal.' },
    OPPORTUNITY: { description: 'A team could use what another one has.' },
    DANGLING: { description: 'Something is named that was removed.' },
  },
});

const DecisionEnum = enumOf(gapDecisions);
registerEnumType(DecisionEnum, {
  name: 'JourneyGapAnswer',
  description: 'What becomes of a gap. One that a change closed is not found any more.',
  valuesConfig: {
    PLANNED: { description: 'Somebody closes it.' },
    ACCEPTED: { description: 'It is left as it is, for a reason.' },
  },
});

@ObjectType({ description: 'What was decided of a gap. It stays when the gap is closed.' })
export class JourneyGapDecision {
  @Field(() => ID, { description: 'The key of the gap, the same as long as it is this gap.' })
  key!: string;

  @Field(() => Int, { description: 'Moves with every decision on this gap.' })
  revision!: number;

  @Field(() => String, { description: 'What was said of the gap when it was decided on.' })
  sentence!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'By when it is closed.' })
  dueOn!: string | null;

  @Field(() => String, { nullable: true, description: 'What closing it is expected to bring.' })
  effect!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it is left as it is.' })
  reason!: string | null;

  @Field(() => DateTime, { description: 'When it was decided last.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A place of a map where information is not passed on as it should be.' })
export class JourneyGap {
  @Field(() => ID, { description: 'The same as long as it is this gap, whatever is renamed or redrawn.' })
  key!: string;

  @Field(() => GapKindEnum as object, { description: 'What is wrong.' })
  kind!: GapKind;

  @Field(() => Int, { description: '1, worth knowing; 2, it costs work; 3, it costs the client something.' })
  severity!: number;

  @Field(() => String, { description: 'What is wrong in one sentence, in English.' })
  sentence!: string;

  @Field(() => String, { description: 'What would close it.' })
  hint!: string;

  @Field(() => [ID], { description: 'The touchpoints that it is about.' })
  touchpointIds!: readonly string[];

  @Field(() => [ID], { description: 'The pieces of information that it is about.' })
  itemIds!: readonly string[];

  @Field(() => [ID], { description: 'The departments that it is about.' })
  departmentIds!: readonly string[];

  @Field(() => [ID], { description: 'The systems that it is about.' })
  systemIds!: readonly string[];

  @Field(() => JourneyGapDecision, { nullable: true, description: 'What was decided of it; null: nothing yet.' })
  decision!: JourneyGapDecision | null;
}

@ObjectType({ description: 'How much of the information on a map has its home in Slipway.' })
export class JourneyCentralisation {
  @Field(() => Int, { description: 'The pieces of information that flow on it, or that a goal names.' })
  items!: number;

  @Field(() => Int, { description: 'Of those, the ones at home in Slipway and nowhere else.' })
  homeInSlipway!: number;

  @Field(() => Int, { description: 'How many tools are used on it.' })
  tools!: number;
}

@InputType({ description: 'What journeyGapDecide needs.' })
export class JourneyGapDecideInput {
  @Field(() => String, { description: "The gap's key." })
  key!: string;

  @Field(() => Int, { description: 'The revision of the decision that the person saw; 0 where there was none.' })
  revision!: number;

  @Field(() => DecisionEnum as object, { nullable: true, description: 'What becomes of it; null: nothing any more.' })
  decision?: keyof typeof DecisionEnum | null;

  @Field(() => ID, { nullable: true, description: 'Who closes it, one of the staff; with PLANNED.' })
  ownerId?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'By when; with PLANNED.' })
  dueOn?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is expected to bring; with PLANNED.' })
  effect?: string | null;

  @Field(() => String, { nullable: true, description: 'Why it is left as it is; with ACCEPTED.' })
  reason?: string | null;
}

export { DecisionEnum };
