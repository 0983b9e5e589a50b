import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Account } from '../accounts/types.ts';
import { Payload } from '../platform/graphql/payload.ts';
import { CalendarDate } from '../platform/graphql/scalars.ts';
import type { ProjectSeen } from '../projects/queries.ts';
import { MoneyInput, PlatformEnum, ProductEnum, Project } from '../projects/types.ts';
import type { AccountRow } from './projectPlan.ts';
import type { TemplateRow } from './queries.ts';
import { Template } from './types.ts';

@InputType({ description: 'An account that is made along with its first project.' })
export class NewAccountInput {
  @Field(() => String, { description: 'At most 120 characters.' })
  name!: string;

  @Field(() => String, { description: "The shop's address; https:// is added when it is left out." })
  website!: string;

  @Field(() => String, { description: "Where the shop's clock stands, e.g. Europe/Oslo." })
  timeZone!: string;
}

@InputType({ description: 'Something that Sales knows of the account.' })
export class HandOverFactInput {
  @Field(() => String, { description: 'What a form or documentation asks for by this name, e.g. email.sendingDomain.' })
  key!: string;

  @Field(() => String, { description: 'What Sales knows, at most 4,000 characters; empty: nothing.' })
  value!: string;
}

@InputType({ description: 'What projectCreate needs.' })
export class ProjectCreateInput {
  @Field(() => String, { description: 'Repeats of one key answer with what the first made.' })
  idempotencyKey!: string;

  @Field(() => ID, { nullable: true, description: 'The account; null when `newAccount` is given.' })
  accountId!: string | null;

  @Field(() => NewAccountInput, { nullable: true, description: 'A new account; null when `accountId` is given.' })
  newAccount!: NewAccountInput | null;

  @Field(() => PlatformEnum as object, { description: 'The shop system.' })
  platform!: ProjectSeen['platform'];

  @Field(() => [ProductEnum as object], { description: 'What is being integrated; at least one.' })
  products!: ProjectSeen['products'];

  @Field(() => [String], { description: '`Template.key` of published templates, merged in this order; may be empty.' })
  templateKeys!: string[];

  @Field(() => String, { nullable: true, description: 'At most 120 characters; null: as its templates are called.' })
  name!: string | null;

  @Field(() => ID, { nullable: true, description: 'Who runs it, somebody of staff; null: the viewer.' })
  pmId!: string | null;

  @Field(() => CalendarDate, { description: 'When the proposal was signed; due days are counted from it.' })
  signedOn!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'When the shop should be live; null: as the templates plan.',
  })
  targetOn!: string | null;

  @Field(() => MoneyInput, { nullable: true, description: 'Revenue a month; null: nothing known yet.' })
  revenue!: MoneyInput | null;

  @Field(() => [HandOverFactInput], {
    defaultValue: [],
    description:
      'What Sales hands over, at most 100: fills in what is not known of the account; forms ask to confirm it.',
  })
  handOver!: HandOverFactInput[];

  @Field(() => Boolean, { defaultValue: false, description: 'True: clients do not know of it until it is activated.' })
  isDraft!: boolean;
}

@ObjectType({ description: 'The outcome of projectCreate.' })
export class ProjectCreatePayload extends Payload {
  @Field(() => Project, { nullable: true, description: 'The new project.' })
  project!: ProjectSeen | null;
}

@InputType({ description: 'What projectPlan needs.' })
export class ProjectPlanInput {
  @Field(() => PlatformEnum as object, { description: 'The shop system.' })
  platform!: ProjectSeen['platform'];

  @Field(() => [ProductEnum as object], { description: 'What is being integrated.' })
  products!: ProjectSeen['products'];

  @Field(() => CalendarDate, { description: 'When the proposal was signed.' })
  signedOn!: string;

  @Field(() => [String], { nullable: true, description: 'Keys of the chosen templates; null: those that fit.' })
  templateKeys!: string[] | null;

  @Field(() => ID, { nullable: true, description: 'The account; null: a new one.' })
  accountId!: string | null;
}

@ObjectType({ description: 'A template that a new project could start from.' })
export class OfferedTemplate {
  @Field(() => Template, { description: 'The template.' })
  template!: TemplateRow;

  @Field(() => Boolean, { description: 'True: written for this platform; false: for a custom shop.' })
  isFitting!: boolean;

  @Field(() => Boolean, { description: 'Whether this plan is made of it.' })
  isChosen!: boolean;
}

@ObjectType({ description: 'A stretch of the road as it would be.' })
export class PlannedPhase {
  @Field(() => String, { description: 'Names it among the templates.' })
  key!: string;

  @Field(() => String, { description: 'What this stretch is called.' })
  name!: string;

  @Field(() => String, { description: 'What is true at its end.' })
  milestone!: string;

  @Field(() => Int, { description: 'How many tasks stand in it.' })
  taskCount!: number;

  @Field(() => CalendarDate, { description: 'When the last of them is due.' })
  dueOn!: string;
}

@ObjectType({ description: 'Something that a new project asks the client for, and that Sales may know already.' })
export class HandOverItem {
  @Field(() => String, { description: 'The information item, e.g. shop.markets; `HandOverFactInput.key` names it.' })
  key!: string;

  @Field(() => String, { description: 'How a form asks for it.' })
  label!: string;

  @Field(() => String, { description: 'What helps to answer; may be empty.' })
  help!: string;

  @Field(() => Boolean, { description: 'Whether it takes more than a line.' })
  isLong!: boolean;

  @Field(() => String, { description: 'The title of the task that asks for it.' })
  task!: string;

  @Field(() => String, { nullable: true, description: 'What is known of the account already, which stays; else null.' })
  known!: string | null;
}

@ObjectType({ description: 'What a project would be before it is made.' })
export class ProjectPlan {
  @Field(() => [OfferedTemplate], { description: 'Templates for these products, by name.' })
  offered!: OfferedTemplate[];

  @Field(() => [ProductEnum as object], { description: 'Products that no chosen template covers.' })
  uncoveredProducts!: ProjectSeen['products'];

  @Field(() => String, { description: 'What it would be called; empty without a template.' })
  name!: string;

  @Field(() => CalendarDate, { description: 'When the shop would be live.' })
  targetOn!: string;

  @Field(() => [PlannedPhase], { description: 'The road.' })
  phases!: PlannedPhase[];

  @Field(() => Int, { description: 'How many tasks stand on the road.' })
  taskCount!: number;

  @Field(() => Int, { description: 'How many more may come by what is answered, or learnt of the account.' })
  possibleTaskCount!: number;

  @Field(() => [String], { description: 'Facts that documentation asks for and that are not known of the account.' })
  missingFacts!: string[];

  @Field(() => [HandOverItem], { description: 'What its forms ask for that can be handed over, in their order.' })
  handOver!: HandOverItem[];

  @Field(() => String, { description: "The company's currency, ISO 4217: what a revenue is most likely in." })
  currency!: string;
}

@ObjectType({ description: 'An account that a new project could be of.' })
export class AccountFound {
  @Field(() => Account, { description: 'The account.' })
  account!: AccountRow;

  @Field(() => PlatformEnum as object, {
    nullable: true,
    description: 'The platform of its newest project; null without one.',
  })
  platform!: ProjectSeen['platform'] | null;

  @Field(() => Int, { description: 'How many active projects it has.' })
  projectCount!: number;
}
