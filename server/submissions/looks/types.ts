import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { lookGaps, lookStates } from '../../../drizzle/schema/index.ts';
import { enumOf } from '../../platform/graphql/enums.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { LooksRow } from './queries.ts';

const LookStateEnum = enumOf(lookStates);
registerEnumType(LookStateEnum, {
  name: 'ReportLookState',
  description: 'How far looking at samples has got.',
  valuesConfig: {
    LOOKING: { description: 'It is under way.' },
    DONE: { description: 'It is over.' },
    FAILED: { description: 'Our own machinery broke: nothing is known.' },
  },
});

const LookGapEnum = enumOf(lookGaps);
registerEnumType(LookGapEnum, {
  name: 'ReportLookGap',
  description: 'Why nothing of a kind was looked at.',
  valuesConfig: {
    NO_ADDRESS: { description: 'No row holds an address of that kind.' },
    LEFT_ALONE: { description: 'Their hosts had not answered before, and were left alone.' },
    NOT_REACHED: { description: 'No name server answered us for any of their names.' },
  },
});

@ObjectType({
  description: 'What some of the links and pictures behind the rows turned out to be. Never moves the verdict.',
})
export class ReportLooks {
  /** What the resolver reads; not part of the schema. */
  found!: LooksRow['found'];

  @Field(() => LookStateEnum as object, { description: 'How far it has got.' })
  state!: LooksRow['state'];

  @Field(() => Float, { description: 'Rows of the file, which the samples are spread over.' })
  rows!: number;

  @Field(() => Int, { description: 'How many links, and how many pictures, are looked at, at most.' })
  wanted!: number;

  @Field(() => Int, { description: 'How many links were looked at; 0 until it is done.' })
  links!: number;

  @Field(() => Int, { description: 'How many pictures were looked at; 0 until it is done.' })
  images!: number;

  @Field(() => LookGapEnum as object, { nullable: true, description: 'Why no link was; null when some were.' })
  noLinks!: LooksRow['noLinks'];

  @Field(() => LookGapEnum as object, { nullable: true, description: 'Why no picture was; null when some were.' })
  noImages!: LooksRow['noImages'];

  @Field(() => DateTime, { nullable: true, description: 'When it was done.' })
  finishedAt!: Date | null;
}
