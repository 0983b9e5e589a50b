import { Extensions, Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
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
    SLOW: { description: 'Done in its place, and took more than twice its working days, and three more at least.' },
  },
});

@ObjectType({ description: 'A task that was done, each time that it was, or that was passed over.' })
export class ProcessStep {
  /** What resolvers read; not part of the schema. */
  taskId!: string | null;
  key!: string | null;

  @Field(() => ProcessStepKindEnum as object, { description: 'How it stands against the templates.' })
  kind!: StepKind;

  @Field(() => String, { description: 'What the task is called.' })
  title!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was done; null: it was not.' })
  at!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Working days from when it could begin until it was done, without days on hold; null: not known.',
  })
  days!: number | null;

  @Field(() => Int, { nullable: true, description: 'Working days that its plan gives it; null: the project lacks it.' })
  plannedDays!: number | null;
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

@ObjectType({ description: 'Where projects left their plan.' })
export class ProcessDeviation {
  @Field(() => ProcessStepKindEnum as object, { description: 'How.' })
  kind!: StepKind;

  @Field(() => String, { description: 'What the task is called.' })
  title!: string;
}

@ObjectType({ description: 'A way that several projects went. What may come in any order makes no way of its own.' })
export class ProcessWay {
  /** What the resolver reads; not part of the schema. */
  projectIds!: readonly string[];

  @Extensions({ listSize: 20 })
  @Field(() => [ProcessDeviation], { description: 'Where it left the plan; nothing: it went as planned.' })
  deviations!: ProcessDeviation[];

  @Field(() => Int, { description: 'How many went this way.' })
  projectCount!: number;

  @Field(() => Float, { description: 'What part of all projects that is, 0 to 1.' })
  share!: number;
}

@ObjectType({ description: 'A task that took longer than its plan.' })
export class ProcessBottleneck {
  @Field(() => String, { description: 'The key of the task.' })
  key!: string;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => Int, { description: 'In how many projects it was done.' })
  projectCount!: number;

  @Field(() => Int, { description: 'In how many of them it was slow.' })
  slowCount!: number;

  @Field(() => Int, { description: 'Working days beyond the plan, of all projects together.' })
  extraDays!: number;

  @Field(() => Float, { description: 'What part that is of all days beyond the plan, 0 to 1.' })
  share!: number;
}

@ObjectType({ description: 'How the newest projects of a template went, 50 at most, drafts and cancelled ones aside.' })
export class TemplateReality {
  @Field(() => Int, { description: 'How many projects that is. One where nothing is done yet does not count.' })
  projectCount!: number;

  @Field(() => Float, { nullable: true, description: 'The middle of their fitness; null where there is none.' })
  medianFitness!: number | null;

  @Extensions({ listSize: 10 })
  @Field(() => [ProcessWay], { description: 'The ways they went, the most frequent first; at most 10.' })
  ways!: ProcessWay[];

  @Extensions({ listSize: 10 })
  @Field(() => [ProcessBottleneck], { description: 'Where the days went, the most first; at most 10.' })
  bottlenecks!: ProcessBottleneck[];
}
