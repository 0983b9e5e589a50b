import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { AccountRow, PersonSeen } from '../../accounts/queries.ts';
import { Account, Person } from '../../accounts/types.ts';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Payload, UserError } from '../../platform/graphql/payload.ts';
import { CalendarDate } from '../../platform/graphql/scalars.ts';
import type { ProjectSeen } from '../../projects/queries.ts';
import { PlatformEnum, ProductEnum, Project } from '../../projects/types.ts';
import type { TemplateRow } from '../queries.ts';
import { Template } from '../types.ts';
import { type ListField, listFields } from './columns.ts';
import type { RowState } from './judge.ts';
import { mostKeyCharacters, mostRowsAtOnce } from './limits.ts';

const ListFieldEnum = enumOf(listFields);
registerEnumType(ListFieldEnum, {
  name: 'ProjectListField',
  description:
    'What a column of a list of accounts stands for, by its header; capitals, blanks and dashes do not count.',
  valuesConfig: {
    ACCOUNT: { description: 'The name of the account: "Account", "Client", "Company".' },
    WEBSITE: { description: 'The address of its shop: "Website", "URL".' },
    TIME_ZONE: { description: 'Where its clock stands: "Time zone"; else the company\'s.' },
    EXTERNAL_ID: { description: 'What another system calls it: "External id", "Salesforce ID".' },
    EXTERNAL_SYSTEM: { description: 'That system: "System"; else crm.' },
    PLATFORM: { description: 'The shop system: "Platform".' },
    PRODUCTS: { description: 'What is integrated, parted by commas: "Products".' },
    TEMPLATES: { description: 'Names or keys of templates, parted by commas: "Playbook"; else those that fit.' },
    PROJECT_NAME: { description: 'What the project is called: "Project"; else as its templates are.' },
    RUN_BY: { description: 'Name or address of who runs it: "PM"; else the viewer.' },
    SIGNED_ON: { description: 'When it was signed: "Signed on".' },
    TARGET_ON: { description: 'By when it should be live: "Target date".' },
    CONTACT_EMAIL: { description: 'Who is invited: "Contact e-mail".' },
    CONTACT_NAME: { description: 'Their name: "Contact name".' },
    FACT: { description: 'An information item, by its key such as shop.markets or by the question that asks for it.' },
    REASONS: { description: 'Why a row was refused before; left alone.' },
  },
});
const rowStates = ['READY', 'STANDS', 'REFUSED'] as const satisfies readonly RowState[];
const RowStateEnum = enumOf(rowStates);
registerEnumType(RowStateEnum, {
  name: 'ProjectListRowState',
  description: 'What becomes of a row of a list.',
  valuesConfig: {
    READY: { description: 'An integration can be made of it.' },
    STANDS: { description: 'The account has such an integration already, so that nothing is made.' },
    REFUSED: { description: 'Something has to be mended first.' },
  },
});

@InputType({ description: 'A row of a list.' })
export class ProjectListRowInput {
  @Field(() => Int, { description: 'What the sender calls it, to find it again in the answer.' })
  number!: number;

  @Field(() => [String], { description: 'Its texts, one for each column.' })
  cells!: string[];
}

@InputType({ description: 'A list of accounts, such as a CRM exports it.' })
export class ProjectListInput {
  @Field(() => [String], { description: 'The headers, 1 to 100; see ProjectListField for those that are recognised.' })
  columns!: string[];

  @Field(() => [ProjectListRowInput], { description: `At most ${mostRowsAtOnce} rows.` })
  rows!: ProjectListRowInput[];

  @Field(() => CalendarDate, { description: 'When those were signed whose row does not say.' })
  signedOn!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'True: as drafts, and nobody is invited.' })
  isDraft!: boolean;
}

@InputType({ description: 'What projectCreateFromRow needs.' })
export class ProjectCreateFromRowInput {
  @Field(() => String, {
    description: `At most ${mostKeyCharacters} characters; repeats of one key answer with what the first made.`,
  })
  idempotencyKey!: string;

  @Field(() => [String], { description: 'The headers, as for projectListPlan.' })
  columns!: string[];

  @Field(() => [String], { description: 'The texts of the row, one for each column.' })
  cells!: string[];

  @Field(() => CalendarDate, { description: 'When it was signed, unless the row says.' })
  signedOn!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'True: as a draft, and nobody is invited.' })
  isDraft!: boolean;
}

@ObjectType({ description: 'A column of a list, and what it was taken for.' })
export class ProjectListColumn {
  @Field(() => String, { description: 'As its header says.' })
  name!: string;

  @Field(() => ListFieldEnum as object, { nullable: true, description: 'Null: not recognised, and left alone.' })
  field!: ListField | null;

  @Field(() => String, { nullable: true, description: 'The key of the information item; null for other columns.' })
  fact!: string | null;

  @Field(() => Boolean, { description: 'An earlier column stands for the same, and counts instead of this one.' })
  isDouble!: boolean;
}

@ObjectType({ description: 'Somebody who would be invited.' })
export class ProjectListContact {
  @Field(() => String, { description: 'Where the mail would go.' })
  email!: string;

  @Field(() => String, { description: 'What they would be called.' })
  name!: string;
}

@ObjectType({ description: 'What a row of a list would make.' })
export class ProjectListRow {
  @Field(() => Int, { description: 'As the sender calls it.' })
  number!: number;

  @Field(() => RowStateEnum as object, { description: 'Whether it can be made.' })
  state!: RowState;

  @Field(() => [UserError], { description: 'All that is wrong with it, `field` being the header of the column.' })
  problems!: UserError[];

  @Field(() => String, { description: 'The name of the account, known or new.' })
  accountName!: string;

  @Field(() => Account, { nullable: true, description: 'The account that is known; null: a new one.' })
  account!: AccountRow | null;

  @Field(() => PlatformEnum as object, { nullable: true, description: 'The shop system; null when not recognised.' })
  platform!: ProjectSeen['platform'] | null;

  @Field(() => [ProductEnum as object], { description: 'What would be integrated.' })
  products!: ProjectSeen['products'];

  @Field(() => [Template], { description: 'The templates it would start from; empty: its road would be empty.' })
  templates!: TemplateRow[];

  @Field(() => Person, { nullable: true, description: 'Who would run it; null when not recognised.' })
  pm!: PersonSeen | null;

  @Field(() => CalendarDate, { description: 'From when its days are counted.' })
  signedOn!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'By when it should be live; null: as the templates plan.' })
  targetOn!: string | null;

  @Field(() => Int, { description: 'How many information items it hands over.' })
  factCount!: number;

  @Field(() => ProjectListContact, {
    nullable: true,
    description: 'Who would get a mail; null: nobody, or they are here or invited already.',
  })
  contact!: { email: string; name: string } | null;

  @Field(() => Project, { nullable: true, description: 'The integration that stands already; null without one.' })
  project!: ProjectSeen | null;

  @Field(() => String, {
    nullable: true,
    description: 'Equal for rows that would make the same; null when nothing would be made.',
  })
  sameAs!: string | null;
}

@ObjectType({ description: 'What a list would make.' })
export class ProjectList {
  @Field(() => [ProjectListColumn], { description: 'What its columns were taken for, in their order.' })
  columns!: ProjectListColumn[];

  @Field(() => [ProjectListRow], { description: 'Its rows, in their order.' })
  rows!: ProjectListRow[];
}

@ObjectType({ description: 'The outcome of projectCreateFromRow.' })
export class ProjectCreateFromRowPayload extends Payload {
  @Field(() => Project, { nullable: true, description: 'The new project, or the one that stood already.' })
  project!: ProjectSeen | null;

  @Field(() => Boolean, { description: 'False: nothing was made.' })
  isMade!: boolean;

  @Field(() => String, { nullable: true, description: 'Who got a mail; null: nobody.' })
  invited!: string | null;

  @Field(() => UserError, {
    nullable: true,
    description: 'Why the contact got no mail although they should have; repeat the call later.',
  })
  notInvited!: UserError | null;
}
