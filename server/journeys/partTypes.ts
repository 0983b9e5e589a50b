import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../platform/graphql/enums.ts';
import { CalendarDate } from '../platform/graphql/scalars.ts';
import { departmentKinds, flowKinds, goalKinds, sensitivities, systemKinds } from './shapes.ts';

/*
 * The parts of a map. What is asked and what is sent is one class with two names, so that a program can send back what it
 * was given with one field changed.
 */

const DepartmentKindEnum = enumOf(departmentKinds);
registerEnumType(DepartmentKindEnum, {
  name: 'JourneyDepartmentKind',
  description: 'Whose lane it is.',
  valuesConfig: {
    CUSTOMER: { description: "The customer's own." },
    TEAM: { description: "A team of the company's." },
    THIRD_PARTY: { description: 'Somebody else, such as an agency.' },
  },
});

const GoalKindEnum = enumOf(goalKinds);
registerEnumType(GoalKindEnum, {
  name: 'JourneyGoalKind',
  description: 'Whom a goal serves.',
  valuesConfig: {
    FOR_CUSTOMER: { description: 'The customer.' },
    FOR_DEPARTMENT: { description: 'The department itself.' },
  },
});

const SensitivityEnum = enumOf(sensitivities);
registerEnumType(SensitivityEnum, {
  name: 'JourneySensitivity',
  description: 'Who may know of a piece of information.',
  valuesConfig: {
    PUBLIC: { description: 'Everybody.' },
    INTERNAL: { description: 'Those who work on it.' },
    PERSONAL: { description: 'It is about a person.' },
    SECRET: { description: 'Those who need it alone.' },
  },
});

const SystemKindEnum = enumOf(systemKinds);
registerEnumType(SystemKindEnum, {
  name: 'JourneySystemKind',
  description: 'What a tool is.',
  valuesConfig: {
    SLIPWAY: { description: 'This one.' },
    CRM: { description: 'Customers and deals.' },
    SUPPORT: { description: 'A help desk.' },
    MARKETING: { description: 'Campaigns and newsletters.' },
    ERP: { description: 'Orders, stock and books.' },
    SHEET: { description: 'A spreadsheet.' },
    MAIL: { description: 'A mailbox.' },
    CHAT: { description: 'Messages.' },
    DOCUMENT: { description: 'Documents and shared drives.' },
    OTHER: { description: 'Anything else.' },
  },
});

const FlowKindEnum = enumOf(flowKinds);
registerEnumType(FlowKindEnum, {
  name: 'JourneyFlowKind',
  description: 'What a department does with a piece of information at a touchpoint.',
  valuesConfig: {
    INPUT: { description: 'It has it, or gathers it.' },
    USE: { description: 'It works with it.' },
    OUTPUT: { description: 'It hands it on, for others to have.' },
  },
});

@ObjectType({ description: 'What every part of a map has.' })
@InputType({ description: 'What every part of a map has.' })
abstract class JourneyPart {
  @Field(() => ID, { description: 'UUIDv7; made by whoever draws it.' })
  id!: string;

  @Field(() => Int, { description: 'Moves with every change of it; 0 for one that is new.' })
  revision!: number;

  @Field(() => Float, { description: 'Its place among those of its kind, ascending.' })
  rank!: number;
}

@ObjectType('JourneyStage', { description: 'A stretch of the journey, such as signing or going live.' })
@InputType('JourneyStageInput', { description: 'A stage as it shall be.' })
export class JourneyStage extends JourneyPart {
  @Field(() => String, { description: 'Up to 120 characters.' })
  name!: string;
}

@ObjectType('JourneyDepartment', { description: 'A lane of every map: a team, the customer, a third party.' })
@InputType('JourneyDepartmentInput', { description: 'A department as it shall be, on every map.' })
export class JourneyDepartment extends JourneyPart {
  @Field(() => String, { description: 'Up to 120 characters.' })
  name!: string;

  @Field(() => DepartmentKindEnum as object, { description: 'Whose lane it is.' })
  kind!: keyof typeof DepartmentKindEnum;
}

@ObjectType('JourneyGoal', { description: 'What a department wants, for the customer or for itself.' })
@InputType('JourneyGoalInput', { description: 'A goal as it shall be.' })
export class JourneyGoal extends JourneyPart {
  @Field(() => ID, { description: 'Whose goal it is.' })
  departmentId!: string;

  @Field(() => GoalKindEnum as object, { description: 'Whom it serves.' })
  kind!: keyof typeof GoalKindEnum;

  @Field(() => String, { description: 'Up to 120 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is measured by, up to 120 characters.' })
  metric!: string | null;

  @Field(() => String, { nullable: true, description: 'The value to reach, up to 120 characters.' })
  target!: string | null;

  @Field(() => [ID], { description: 'The information that it needs, up to 50.' })
  itemIds!: string[];

  @Field(() => [ID], { description: 'Where on the journey it is met, up to 50.' })
  touchpointIds!: string[];
}

@ObjectType('JourneyTouchpoint', { description: 'Where the customer and the company meet.' })
@InputType('JourneyTouchpointInput', { description: 'A touchpoint as it shall be.' })
export class JourneyTouchpoint extends JourneyPart {
  @Field(() => ID, { description: 'The stage in which it stands.' })
  stageId!: string;

  @Field(() => [ID], { description: 'The lanes that take part, up to 50.' })
  departmentIds!: string[];

  @Field(() => ID, { nullable: true, description: 'Who begins it.' })
  initiatorId!: string | null;

  @Field(() => ID, { nullable: true, description: 'To whom it goes.' })
  receiverId!: string | null;

  @Field(() => String, { description: 'Up to 120 characters.' })
  name!: string;

  @Field(() => String, { description: 'Mail, call, meeting...: up to 120 characters.' })
  channel!: string;

  @Field(() => String, { nullable: true, description: 'What the customer wants of it, up to 2,000 characters.' })
  objective!: string | null;

  @Field(() => [String], { description: 'What is done, up to 20 of up to 200 characters.' })
  tasks!: string[];

  @Field(() => [ID], { description: 'The systems that are used, up to 50.' })
  tools!: string[];

  @Field(() => Int, { nullable: true, description: 'From -2, it is bad, to 2, it is a joy; null: nobody said.' })
  experience!: number | null;
}

@ObjectType('JourneyItem', { description: 'A piece of information about a customer.' })
@InputType('JourneyItemInput', { description: 'A piece of information as it shall be, on every map.' })
export class JourneyItem extends JourneyPart {
  @Field(() => String, { description: 'Up to 120 characters.' })
  name!: string;

  @Field(() => ID, { nullable: true, description: 'The department that answers for it.' })
  ownerId!: string | null;

  @Field(() => SensitivityEnum as object, { description: 'Who may know of it.' })
  sensitivity!: keyof typeof SensitivityEnum;

  @Field(() => [ID], { description: 'Its systems of record; one is right. Up to 50.' })
  homeIds!: string[];

  @Field(() => String, { nullable: true, description: 'The fact of an account that this is, up to 120 characters.' })
  factKey!: string | null;
}

@ObjectType('JourneySystem', { description: 'A tool in which information stands.' })
@InputType('JourneySystemInput', { description: 'A system as it shall be, on every map.' })
export class JourneySystem extends JourneyPart {
  @Field(() => String, { description: 'Up to 120 characters.' })
  name!: string;

  @Field(() => SystemKindEnum as object, { description: 'What it is.' })
  kind!: keyof typeof SystemKindEnum;

  @Field(() => ID, { nullable: true, description: 'The department that keeps it.' })
  ownerId!: string | null;
}

@ObjectType('JourneyLink', { description: 'An integration that passes information from one system to another.' })
@InputType('JourneyLinkInput', { description: 'An integration as it shall be, on every map.' })
export class JourneyLink extends JourneyPart {
  @Field(() => ID, { description: 'The system that it reads.' })
  fromId!: string;

  @Field(() => ID, { description: 'The system that it writes.' })
  toId!: string;

  @Field(() => [ID], { nullable: true, description: 'What it passes, up to 50; null: everything.' })
  itemIds!: string[] | null;
}

@ObjectType('JourneyFlow', { description: 'What a department does with a piece of information at a touchpoint.' })
@InputType('JourneyFlowInput', { description: 'A flow as it shall be.' })
export class JourneyFlow extends JourneyPart {
  @Field(() => ID, { description: 'Where.' })
  touchpointId!: string;

  @Field(() => ID, { description: 'Who.' })
  departmentId!: string;

  @Field(() => FlowKindEnum as object, { description: 'What is done with it.' })
  kind!: keyof typeof FlowKindEnum;

  @Field(() => ID, { description: 'The piece of information.' })
  itemId!: string;

  @Field(() => ID, { nullable: true, description: 'The system in which it stands here; null: it is said or known.' })
  systemId!: string | null;

  @Field(() => Boolean, { description: 'No hand is needed.' })
  isAutomatic!: boolean;

  @Field(() => Boolean, { description: 'The client is asked for it here.' })
  isAskedOfClient!: boolean;

  @Field(() => String, { nullable: true, description: 'What it is said to be here, up to 200 characters.' })
  value!: string | null;
}

@ObjectType({ description: 'What is said of a pain point.' })
@InputType({ description: 'What is said of a pain point.' })
abstract class JourneyPainPointSaid extends JourneyPart {
  @Field(() => ID, { description: 'Where it hurts.' })
  touchpointId!: string;

  @Field(() => String, { description: 'Up to 2,000 characters.' })
  text!: string;

  @Field(() => Int, { description: '1, it is a nuisance, to 3, it costs the client.' })
  severity!: number;
}

@InputType({ description: 'A pain point as it shall be.' })
export class JourneyPainPointInput extends JourneyPainPointSaid {
  @Field(() => [ID], {
    nullable: true,
    description: 'The interviews in which it was told, up to 50; none when left out.',
  })
  evidenceIds?: string[] | null;
}

@ObjectType({ description: 'What hurts at a touchpoint.' })
export class JourneyPainPoint extends JourneyPainPointSaid {
  @Field(() => [ID], { description: 'The interviews in which it was told.' })
  evidenceIds!: string[];

  @Field(() => Int, { description: 'How many find it worth mending first.' })
  votes!: number;

  @Field(() => Boolean, { description: 'Whether the viewer is one of them.' })
  hasMyVote!: boolean;
}

@ObjectType('JourneyPersona', { description: 'Somebody typical, for whom the journey is made.' })
@InputType('JourneyPersonaInput', { description: 'A persona as it shall be.' })
export class JourneyPersona extends JourneyPart {
  @Field(() => String, { description: 'Up to 120 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What they do, up to 120 characters.' })
  role!: string | null;

  @Field(() => String, { nullable: true, description: 'Who they are, up to 2,000 characters.' })
  about!: string | null;

  @Field(() => String, { nullable: true, description: 'What they want, up to 2,000 characters.' })
  wants!: string | null;
}

@ObjectType('JourneyInterview', { description: 'What somebody said who was asked.' })
@InputType('JourneyInterviewInput', { description: 'An interview as it shall be.' })
export class JourneyInterview extends JourneyPart {
  @Field(() => String, { description: 'Who was asked, up to 120 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What they do, up to 120 characters.' })
  role!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'When they were asked.' })
  heldOn!: string | null;

  @Field(() => String, { nullable: true, description: 'What they said, up to 20,000 characters.' })
  notes!: string | null;

  @Field(() => ID, { nullable: true, description: 'The persona that they are like.' })
  personaId!: string | null;

  @Field(() => [ID], { description: 'The touchpoints that they spoke of, up to 50.' })
  touchpointIds!: string[];
}
