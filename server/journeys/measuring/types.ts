import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'How long projects typically wait at a task.' })
export class JourneyWait {
  @Field(() => String, { description: "The task's title; a touchpoint of this name is that task." })
  name!: string;

  @Field(() => Float, {
    description: 'Working days from when it could begin until it was done: the middle of all projects.',
  })
  workingDays!: number;

  @Field(() => Int, { description: 'In how many projects it was done.' })
  projectCount!: number;
}

@ObjectType({ description: 'How often projects typically hand something in again.' })
export class JourneyRework {
  @Field(() => String, { description: "The input's label; a piece of information of this name is that." })
  name!: string;

  @Field(() => Float, { description: 'Rounds after the first: the middle of all projects.' })
  rounds!: number;

  @Field(() => Int, { description: 'In how many projects it was handed in.' })
  projectCount!: number;
}

@ObjectType({ description: 'What was measured on the newest 50 projects, for the severity of gaps.' })
export class JourneyMeasures {
  @Field(() => [JourneyWait], { description: 'By task, of those that three projects or more have done.' })
  waits!: JourneyWait[];

  @Field(() => [JourneyRework], { description: 'By what is handed in, in three projects or more.' })
  rework!: JourneyRework[];
}
