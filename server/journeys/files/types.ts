import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enums.ts';
import { type PartKind, partKinds } from '../parts.ts';
import { JourneyPayload } from '../types.ts';
import { type FileFormat, fileFormats } from './import.ts';

const FormatEnum = enumOf(fileFormats);
registerEnumType(FormatEnum, {
  name: 'JourneyFileFormat',
  description: 'How a file of a journey is written.',
  valuesConfig: {
    JSON: { description: 'Everything on the map, as `/exports/journeys/<id>.json` gives it.' },
    CSV: { description: 'Its touchpoints as a table, a row each, with a head.' },
  },
});

const KindEnum = enumOf(partKinds);
registerEnumType(KindEnum, {
  name: 'JourneyPartKind',
  description: 'What stands on a map.',
  valuesConfig: {
    STAGE: { description: 'A stretch of the journey.' },
    DEPARTMENT: { description: "A lane. The company's." },
    GOAL: { description: 'What a department wants.' },
    TOUCHPOINT: { description: 'Where the customer is met, or work is done for them.' },
    ITEM: { description: "A piece of information. The company's." },
    SYSTEM: { description: "A tool. The company's." },
    LINK: { description: "An integration of two tools. The company's." },
    FLOW: { description: 'Who gets, uses or hands on what.' },
    PAIN_POINT: { description: 'What hurts.' },
    PERSONA: { description: 'For whom the journey is made.' },
    INTERVIEW: { description: 'What somebody said who was asked.' },
  },
});

@InputType({ description: 'A file of a journey.' })
export class JourneyFileInput {
  @Field(() => String, { description: 'The text of the file, up to 900,000 bytes of UTF-8.' })
  content!: string;

  @Field(() => FormatEnum as object, { description: 'How it is written.' })
  format!: FileFormat;
}

@InputType({ description: 'What journeyImport needs.' })
export class JourneyImportInput {
  @Field(() => String, { description: 'What the new journey is called, up to 120 characters.' })
  name!: string;

  @Field(() => JourneyFileInput, { description: 'The file.' })
  file!: JourneyFileInput;

  @Field(() => String, { description: 'The same key gives the same journey once.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'How many parts of a kind a file makes.' })
export class JourneyFileCount {
  @Field(() => KindEnum as object, { description: 'The kind.' })
  kind!: PartKind;

  @Field(() => Int, { description: 'How many are made.' })
  made!: number;

  @Field(() => Int, { description: 'How many the company has already, by their names; those are taken.' })
  taken!: number;
}

@ObjectType({ description: 'What of a file cannot be taken as it stands.' })
export class JourneyFileProblem {
  @Field(() => Int, {
    nullable: true,
    description: 'In a table the row, its head being 1; in JSON the place in the list, from 1. Null: the whole file.',
  })
  row!: number | null;

  @Field(() => String, { nullable: true, description: 'The column, or list and field; null: the whole row or file.' })
  field!: string | null;

  @Field(() => String, { description: 'What is wrong, and what became of it.' })
  message!: string;
}

@ObjectType({ description: 'What a file of a journey makes, and what of it cannot be taken.' })
export class JourneyFileReport {
  @Field(() => [JourneyFileCount], {
    description: 'What it makes, by kind; kinds of which it has nothing are left out.',
  })
  counts!: JourneyFileCount[];

  @Field(() => [JourneyFileProblem], { description: 'The first 200 of what is wrong.' })
  problems!: JourneyFileProblem[];

  @Field(() => Int, { description: 'How many things are wrong in all.' })
  problemCount!: number;
}

@ObjectType({ description: 'The outcome of an import.' })
export class JourneyImportPayload extends JourneyPayload {
  @Field(() => JourneyFileReport, {
    nullable: true,
    description: 'What was wrong in the file. Null when nothing was made.',
  })
  report!: JourneyFileReport | null;
}
