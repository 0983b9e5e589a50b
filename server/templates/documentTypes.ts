import { Extensions, Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { inputKinds } from '../../drizzle/schema/index.ts';
import type { CredentialsPlatform, InputSource, Question } from '../inputs.ts';
import { enumOf } from '../platform/graphql/enums.ts';
import { CredentialsPlatformEnum } from '../submissions/checks/types.ts';
import { ReviewerRoleEnum, SideEnum, TaskTypeEnum, VisibilityEnum } from '../tasks/types.ts';
import { TaskConditionTemplate } from './conditions/types.ts';
import { type TaskTemplate, templateAssignees } from './document.ts';

/*
 * What stands in a template, read and written in the same shape: each class is an output type and, with "Input" behind
 * its name, an input type.
 */
const AssigneeEnum = enumOf(templateAssignees);
registerEnumType(AssigneeEnum, {
  name: 'TemplateAssignee',
  description: 'Who gets a task when a project starts.',
  valuesConfig: {
    LEAD: { description: "Whoever leads on the client's side." },
    PM: { description: "The project's manager." },
  },
});

const KindEnum = enumOf(inputKinds);
registerEnumType(KindEnum, {
  name: 'TemplateInputKind',
  description: 'What kind of thing is asked for.',
  valuesConfig: {
    FILE: { description: 'A file.' },
    URL: { description: 'A web address.' },
    FORM: { description: 'Answers to questions.' },
    CREDENTIALS: { description: 'Secrets.' },
    APPROVAL: { description: 'A yes or no.' },
    MEETING: { description: 'A time to meet.' },
    CHECK: { description: 'A place that a machine looks at.' },
  },
});

const QuestionKindEnum = enumOf(['TEXT', 'LONG_TEXT', 'NUMBER', 'CHOICE', 'CHOICES', 'DATE', 'YES_NO']);
registerEnumType(QuestionKindEnum, {
  name: 'TemplateQuestionKind',
  description: 'What an answer is.',
  valuesConfig: {
    TEXT: { description: 'A line.' },
    LONG_TEXT: { description: 'Several lines.' },
    NUMBER: { description: 'A number.' },
    CHOICE: { description: 'One of the options.' },
    CHOICES: { description: 'Any of the options.' },
    DATE: { description: 'A day.' },
    YES_NO: { description: 'Yes or no.' },
  },
});

const keyOfIts = { description: 'Its name in the template; never changes.' };
const label = { description: 'What people read.' };

@ObjectType('TemplateOption', { description: 'One answer to choose.' })
@InputType('TemplateOptionInput', { description: 'One answer to choose.' })
export class OptionTemplate {
  @Field(() => String, keyOfIts)
  key!: string;

  @Field(() => String, label)
  label!: string;
}

@ObjectType('TemplateCondition', { description: 'When a question is asked.' })
@InputType('TemplateConditionInput', { description: 'When a question is asked.' })
export class ConditionTemplate {
  @Field(() => String, { description: 'Key of an earlier question.' })
  question!: string;

  @Field(() => String, { description: "The answer it must have: an option's key, `yes` or `no`." })
  is!: string;
}

@ObjectType('TemplateQuestion', { description: 'One question of a form.' })
@InputType('TemplateQuestionInput', { description: 'One question of a form.' })
export class QuestionTemplate implements Question {
  @Field(() => String, keyOfIts)
  key!: string;

  @Field(() => String, { description: 'The question.' })
  label!: string;

  @Field(() => String, { description: 'Words below the question; may be empty.' })
  help!: string;

  @Field(() => QuestionKindEnum as object, { description: 'What its answer is.' })
  kind!: Question['kind'];

  @Field(() => Boolean, { description: 'Whether it must be answered when it is asked.' })
  isRequired!: boolean;

  @Extensions({ listSize: 4 })
  @Field(() => [OptionTemplate], { description: 'The answers of a CHOICE or CHOICES.' })
  options!: OptionTemplate[];

  @Field(() => Float, { nullable: true, description: 'The least that a NUMBER may be; null: anything.' })
  min!: number | null;

  @Field(() => Float, { nullable: true, description: 'The most that a NUMBER may be; null: anything.' })
  max!: number | null;

  @Field(() => ConditionTemplate, { nullable: true, description: 'When it is asked; null: always.' })
  when!: ConditionTemplate | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Of a text: the information item that is confirmed instead of asked, such as `shop.domain`; null: none.',
  })
  fact?: string;
}

@ObjectType('TemplateCredential', { description: 'One field of credentials.' })
@InputType('TemplateCredentialInput', { description: 'One field of credentials.' })
export class CredentialTemplate {
  @Field(() => String, keyOfIts)
  key!: string;

  @Field(() => String, label)
  label!: string;

  @Field(() => Boolean, { description: 'Whether it is never shown again once it is given.' })
  isSecret!: boolean;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether it must be given.' })
  isRequired!: boolean;
}

@ObjectType('TemplateCredentialsTest', { description: 'How credentials are tried: by one call that reads.' })
@InputType('TemplateCredentialsTestInput', { description: 'How credentials are tried: by one call that reads.' })
export class CredentialsTestTemplate {
  @Field(() => CredentialsPlatformEnum as object, {
    description: 'Whose interface is called; its fields have the keys that it is called with.',
  })
  platform!: CredentialsPlatform;

  @Extensions({ listSize: 4 })
  @Field(() => [String], { description: 'Rights that are needed, as the platform names them: `read_products`.' })
  scopes!: string[];
}

@ObjectType('TemplateDeclared', { description: 'What is known of a file beforehand.' })
@InputType('TemplateDeclaredInput', { description: 'What is known of a file beforehand.' })
export class DeclaredTemplate {
  @Field(() => String, { description: 'What it is about, such as `currency`.' })
  key!: string;

  @Field(() => String, { description: 'What is known.' })
  value!: string;
}

@ObjectType('TemplateCheck', { description: 'What a file is judged by once it is handed in.' })
@InputType('TemplateCheckInput', { description: 'What a file is judged by once it is handed in.' })
export class CheckTemplate {
  @Field(() => String, { description: 'The set of rules, such as `product-feed`.' })
  rules!: string;

  @Field(() => String, { nullable: true, description: 'A stricter or other reading of them; null: the standard one.' })
  profile?: string | null;

  @Field(() => Float, { description: 'Share of valid rows from which the file is accepted, 0 to 1.' })
  threshold!: number;

  @Extensions({ listSize: 4 })
  @Field(() => [DeclaredTemplate], { description: 'What is known beforehand and need not be asked.' })
  declared!: DeclaredTemplate[];

  @Field(() => String, {
    nullable: true,
    description: 'Of the rules `own-table`: the columns, as Table Schema (JSON); it may be unfinished in a draft.',
  })
  table?: string | null;
}

@ObjectType('TemplateInput', { description: 'One thing that a task asks for. What is not of its kind is null.' })
@InputType('TemplateInputInput', { description: 'One thing that a task asks for. Give what is of its kind.' })
export class InputTemplate {
  @Field(() => String, keyOfIts)
  key!: string;

  @Field(() => String, label)
  label!: string;

  @Field(() => Boolean, { description: 'Whether the task cannot be finished without it.' })
  isRequired!: boolean;

  @Field(() => KindEnum as object, { description: 'What kind of thing it is.' })
  kind!: InputSource['spec']['kind'];

  @Field(() => [String], { nullable: true, description: 'Of a FILE: extensions with their dot, in lower case.' })
  acceptedExtensions?: string[] | null;

  @Field(() => CheckTemplate, {
    nullable: true,
    description: 'Of a FILE, and of a URL that is a feed: what it is judged by; null: by nothing but a person.',
  })
  check?: CheckTemplate | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of a CHECK: what is looked at, as JSON: `{ "of": "DNS", "records": […] }`, and so on.',
  })
  wanted?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of a CHECK and of a feed: how often it is looked at again; null: when somebody asks.',
  })
  everyMinutes?: number | null;

  @Extensions({ listSize: 6 })
  @Field(() => [QuestionTemplate], {
    nullable: true,
    description: 'Of a FORM: its questions, in order.',
  })
  questions?: QuestionTemplate[] | null;

  @Extensions({ listSize: 4 })
  @Field(() => [CredentialTemplate], {
    nullable: true,
    description: 'Of CREDENTIALS: its fields.',
  })
  fields?: CredentialTemplate[] | null;

  @Field(() => CredentialsTestTemplate, {
    nullable: true,
    description: 'Of CREDENTIALS: how they are tried once they are handed in; null: by nothing but a person.',
  })
  test?: CredentialsTestTemplate | null;

  @Field(() => String, { nullable: true, description: 'Of an APPROVAL: what is agreed to, in one sentence.' })
  statement?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of an APPROVAL: key of the task whose latest submission it is about; null: the text of its own task.',
  })
  ofTask?: string | null;

  @Field(() => Int, { nullable: true, description: 'Of a MEETING: how long it takes.' })
  minutes?: number | null;
}

@ObjectType('TemplateTask', { description: 'A task as it will stand on the road of a new project.' })
@InputType('TemplateTaskInput', { description: 'A task as it will stand on the road of a new project.' })
export class TaskTemplateType {
  @Field(() => String, keyOfIts)
  key!: string;

  @Field(() => String, { description: 'What to do.' })
  title!: string;

  @Field(() => String, { description: 'Why, as a clause that begins with "so that".' })
  purpose!: string;

  @Field(() => Int, { description: 'How many minutes of work it usually takes.' })
  minutes!: number;

  @Field(() => TaskTypeEnum as object, { description: 'What it asks for.' })
  type!: TaskTemplate['type'];

  @Field(() => SideEnum as object, { description: 'Who owes it.' })
  side!: TaskTemplate['side'];

  @Field(() => VisibilityEnum as object, { description: 'Who may know of it.' })
  visibility!: TaskTemplate['visibility'];

  @Field(() => Boolean, { description: 'Whether the project cannot go live before it is done.' })
  isGate!: boolean;

  @Field(() => AssigneeEnum as object, { nullable: true, description: 'Who gets it; null: nobody yet.' })
  assignee!: TaskTemplate['assignee'];

  @Field(() => Boolean, { description: 'Whether what is handed in is looked at before it counts.' })
  isReviewWanted!: boolean;

  @Field(() => ReviewerRoleEnum as object, {
    nullable: true,
    description: 'Who looks at it, by role; null: anybody of the company.',
  })
  reviewer?: TaskTemplate['reviewer'] | null;

  @Extensions({ listSize: 2 })
  @Field(() => [TaskConditionTemplate], {
    defaultValue: [],
    description: 'What must hold for it to apply, all of it; empty: it always applies.',
  })
  when!: TaskConditionTemplate[];

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether no task of a later phase is ready before this one is done or waived.',
  })
  holdsPhases!: boolean;

  @Extensions({ listSize: 2 })
  @Field(() => [InputTemplate], { description: 'What it asks for, in order.' })
  inputs!: InputTemplate[];

  @Field(() => [String], { description: 'Keys of the tasks that come first.' })
  after!: string[];

  @Field(() => Int, { description: 'Working days from the signature to the day it is due.' })
  dueInBusinessDays!: number;

  @Field(() => String, { description: 'The documentation, in Markdown with `{{variables}}`.' })
  documentation!: string;
}

@ObjectType('TemplatePhase', { description: 'A stretch of the road, with its tasks.' })
@InputType('TemplatePhaseInput', { description: 'A stretch of the road, with its tasks.' })
export class PhaseTemplateType {
  @Field(() => String, keyOfIts)
  key!: string;

  @Field(() => String, { description: 'What this stretch is called.' })
  name!: string;

  @Field(() => String, { description: 'What is true at its end.' })
  milestone!: string;

  @Extensions({ listSize: 6 })
  @Field(() => [TaskTemplateType], { description: 'Its tasks, in order.' })
  tasks!: TaskTemplateType[];
}
