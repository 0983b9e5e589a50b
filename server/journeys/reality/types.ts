import { Extensions, Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enums.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { type StepKind, stepKinds } from './queries.ts';

export const ProcessStepKindEnum = enumOf(stepKinds);
registerEnumType(ProcessStepKindEnum, {
  name: 'ProcessStepKind',
  description: 'How a step stands against the templates.',
  valuesConfig: {
    AS_PLANNED: { description: 'Done in its place.' },
    SKIPPED: { description: 'Not done, and later ones were; or the project is over.' },
    OUT_OF_ORDER: {
      description: 'Done before something that should have come first, or after what should have waited.',
    },
    REPEATED: { description: 'Done again.' },
    INSERTED: { description: 'Done, and no template knows it.' },
  },
});

@ObjectType({ description: 'A task that was done, each time that it was, or that was passed over.' })
export class ProcessStep {
  /** What the resolver reads; not part of the schema. */
  taskId!: string | null;

  @Field(() => ProcessStepKindEnum as object, { description: 'How it stands against the templates.' })
  kind!: StepKind;

  @Field(() => String, { description: 'What the task is called.' })
  title!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was done; null: it was not.' })
  at!: Date | null;
}

@ObjectType({ description: 'How a project went against the templates that it is on, by an optimal alignment.' })
export class ProcessFit {
  @Field(() => Float, {
    description: '0 to 1: 1 when all that was done was done as planned, and nothing was passed over.',
  })
  fitness!: number;

  @Field(() => Boolean, {
    description: 'The project went live. Until then, what is still to come was not passed over.',
  })
  isFinished!: boolean;

  @Extensions({ listSize: 50 })
  @Field(() => [ProcessStep], { description: 'The steps, in the order in which they were done.' })
  steps!: ProcessStep[];
}
