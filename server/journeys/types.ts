import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { DateTime } from '../platform/graphql/scalars.ts';
import {
  JourneyDepartment,
  JourneyFlow,
  JourneyGoal,
  JourneyInterview,
  JourneyItem,
  JourneyLink,
  JourneyPainPointInput,
  JourneyPersona,
  JourneyStage,
  JourneySystem,
  JourneyTouchpoint,
} from './partTypes.ts';
import type { JourneySeen, PartsSeen } from './queries.ts';

@ObjectType({ description: 'What the viewer may do with a map.' })
export class JourneyViewerCan {
  @Field(() => Boolean, { description: 'Draw on it, plan its gaps, rename and archive it.' })
  edit!: boolean;

  @Field(() => Boolean, { description: 'Vote for pain points.' })
  vote!: boolean;

  @Field(() => Boolean, { description: 'Comment on it, and sign it for the department that they speak for.' })
  comment!: boolean;
}

@ObjectType({ implements: Node, description: 'A customer journey and its map. Staff only.' })
export class Journey extends Node {
  @Field(() => Int, { description: 'Moves when it is renamed or archived; its parts have revisions of their own.' })
  revision!: number;

  @Field(() => String, { description: 'Up to 120 characters.' })
  name!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was put away; null while it is worked on.' })
  archivedAt!: Date | null;

  @Field(() => DateTime, { description: 'When it was begun.' })
  createdAt!: Date;
}

@ObjectType({
  description:
    "What stands on a map, or what changed on it since a position. Departments, items, systems and links are the company's.",
})
export class JourneyParts {
  @Field(() => Int, { description: 'Where all maps stand. Ask with it to hear what came since.' })
  position!: number;

  @Field(() => [ID], { description: 'What went since the position that was asked with.' })
  removedIds!: string[];
}

@InputType({ description: 'What journeyCreate needs.' })
export class JourneyCreateInput {
  @Field(() => String, { description: 'Up to 120 characters.' })
  name!: string;

  @Field(() => ID, { nullable: true, description: 'A journey whose map is copied; an empty map when left out.' })
  copyOfId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A published template whose phases and tasks are drawn as stages and touchpoints.',
  })
  templateId?: string | null;

  @Field(() => String, { description: 'The same key gives the same journey once.' })
  idempotencyKey!: string;
}

@InputType({ description: 'What journeyUpdate needs; what is left out stays.' })
export class JourneyUpdateInput {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;

  @Field(() => String, { nullable: true, description: 'Up to 120 characters.' })
  name?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is put away.' })
  isArchived?: boolean | null;
}

@InputType({ description: 'A part that goes.' })
export class JourneyRemovalInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;

  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;
}

@InputType({
  description: 'What journeyEdit draws: up to 400 parts as they shall be and parts that go, all of them or none.',
})
export class JourneyEditInput {
  @Field(() => [JourneyStage], { nullable: true, description: 'Stages.' })
  stages?: JourneyStage[] | null;

  @Field(() => [JourneyDepartment], { nullable: true, description: 'Departments, on every map.' })
  departments?: JourneyDepartment[] | null;

  @Field(() => [JourneyGoal], { nullable: true, description: 'Goals.' })
  goals?: JourneyGoal[] | null;

  @Field(() => [JourneyTouchpoint], { nullable: true, description: 'Touchpoints.' })
  touchpoints?: JourneyTouchpoint[] | null;

  @Field(() => [JourneyItem], { nullable: true, description: 'Pieces of information, on every map.' })
  items?: JourneyItem[] | null;

  @Field(() => [JourneySystem], { nullable: true, description: 'Systems, on every map.' })
  systems?: JourneySystem[] | null;

  @Field(() => [JourneyLink], { nullable: true, description: 'Integrations, on every map.' })
  links?: JourneyLink[] | null;

  @Field(() => [JourneyFlow], { nullable: true, description: 'Flows.' })
  flows?: JourneyFlow[] | null;

  @Field(() => [JourneyPainPointInput], { nullable: true, description: 'Pain points.' })
  painPoints?: JourneyPainPointInput[] | null;

  @Field(() => [JourneyPersona], { nullable: true, description: 'Personas.' })
  personas?: JourneyPersona[] | null;

  @Field(() => [JourneyInterview], { nullable: true, description: 'Interviews.' })
  interviews?: JourneyInterview[] | null;

  @Field(() => [JourneyRemovalInput], { nullable: true, description: 'What goes.' })
  removals?: JourneyRemovalInput[] | null;

  @Field(() => String, { description: 'The same key draws once.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The outcome of an act on a journey.' })
export class JourneyPayload extends Payload {
  @Field(() => Journey, { nullable: true, description: 'The journey as it is now.' })
  journey!: JourneySeen | null;
}

@ObjectType({ description: 'What changed on a map since the message before.' })
export class JourneyChange {
  @Field(() => Journey, { description: 'The journey as it is now.' })
  journey!: JourneySeen;

  @Field(() => JourneyParts, { description: 'What was put and what went; put over what is there, it is the map.' })
  parts!: PartsSeen;
}
