import { Extensions, Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Answer, Question } from '../../inputs.ts';
import { enumOf } from '../../platform/graphql/enums.ts';
import { CalendarDate, DateTime } from '../../platform/graphql/scalars.ts';
import { maxCharactersOf } from './answers.ts';

export const QuestionKindEnum = enumOf(['TEXT', 'LONG_TEXT', 'NUMBER', 'CHOICE', 'CHOICES', 'DATE', 'YES_NO']);
registerEnumType(QuestionKindEnum, {
  name: 'FormQuestionKind',
  description: 'What a question is answered with.',
  valuesConfig: {
    TEXT: { description: `One line, at most ${maxCharactersOf.TEXT} characters.` },
    LONG_TEXT: { description: `Lines of text, at most ${maxCharactersOf.LONG_TEXT} characters.` },
    NUMBER: { description: 'A number, within bounds where they are given.' },
    CHOICE: { description: 'One of the options.' },
    CHOICES: { description: 'Some of the options.' },
    DATE: { description: 'A day.' },
    YES_NO: { description: 'Yes or no.' },
  },
});

@ObjectType({ description: 'One option of a question.' })
export class FormOption {
  @Field(() => String, { description: 'What an answer names it by.' })
  key!: string;

  @Field(() => String, { description: 'What a person reads.' })
  label!: string;
}

@ObjectType({ description: 'When a question is asked at all.' })
export class FormCondition {
  @Field(() => String, { description: 'The key of an earlier question.' })
  question!: string;

  @Field(() => String, { description: "Its answer: an option's key, `yes` or `no`." })
  is!: string;
}

@ObjectType({ description: 'What is known of an account already, so that a question is confirmed and not asked.' })
export class FormKnownAnswer {
  @Field(() => String, { description: 'What is known.' })
  value!: string;

  @Field(() => String, { description: 'Who it is known from: the company, or the account itself.' })
  from!: string;

  @Field(() => DateTime, { description: 'Since when.' })
  at!: Date;
}

@ObjectType({ description: 'One question of a form.' })
export class FormQuestion {
  @Field(() => String, { description: 'What an answer names it by.' })
  key!: string;

  @Field(() => String, { description: 'The question.' })
  label!: string;

  @Field(() => String, { description: 'What helps to answer it; empty when nothing is needed.' })
  help!: string;

  @Field(() => QuestionKindEnum as object, { description: 'What it is answered with.' })
  kind!: Question['kind'];

  @Field(() => Boolean, { description: 'Whether the form can be handed in without an answer, when it is asked.' })
  isRequired!: boolean;

  @Extensions({ listSize: 4 })
  @Field(() => [FormOption], { description: 'Of CHOICE and CHOICES; else empty.' })
  options!: FormOption[];

  @Field(() => Float, { nullable: true, description: 'The least a NUMBER may be; null when there is no least.' })
  min!: number | null;

  @Field(() => Float, { nullable: true, description: 'The most a NUMBER may be; null when there is no most.' })
  max!: number | null;

  @Field(() => Int, { nullable: true, description: 'The most characters of a text; null for other kinds.' })
  maxCharacters!: number | null;

  @Field(() => FormCondition, { nullable: true, description: 'Asked only then; null when it always is.' })
  when!: FormCondition | null;

  @Field(() => FormKnownAnswer, {
    nullable: true,
    description: 'What is known already, to confirm or correct, for whoever may hand the form in; null: nothing.',
  })
  known!: FormKnownAnswer | null;

  static of(question: Question, known: FormKnownAnswer | null): FormQuestion {
    const { kind } = question;
    return {
      ...question,
      known,
      maxCharacters: kind === 'TEXT' || kind === 'LONG_TEXT' ? maxCharactersOf[kind] : null,
    };
  }
}

@ObjectType({ description: 'The answer to one question: exactly one of its parts, by the kind of the question.' })
export class FormAnswer {
  @Field(() => String, { description: "The question's key." })
  question!: string;

  @Field(() => String, { description: 'The question as it is asked now; its key when it is asked no more.' })
  label!: string;

  @Field(() => QuestionKindEnum as object, { description: 'What it was answered with.' })
  kind!: Question['kind'];

  @Field(() => String, { nullable: true, description: 'Of TEXT and LONG_TEXT.' })
  text!: string | null;

  @Field(() => Float, { nullable: true, description: 'Of NUMBER.' })
  number!: number | null;

  @Extensions({ listSize: 2 })
  @Field(() => [FormOption], { nullable: true, description: 'Of CHOICE and CHOICES: what was chosen.' })
  options!: FormOption[] | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Of DATE.' })
  date!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Of YES_NO.' })
  isYes!: boolean | null;

  static of(questions: readonly Question[], answer: Answer): FormAnswer {
    const question = questions.find((one) => one.key === answer.question);
    const named = (key: string) => question?.options.find((one) => one.key === key) ?? { key, label: key };
    return {
      question: answer.question,
      label: question?.label ?? answer.question,
      kind: answer.kind,
      text: 'text' in answer ? answer.text : null,
      number: 'number' in answer ? answer.number : null,
      options: 'options' in answer ? answer.options.map(named) : null,
      date: 'date' in answer ? answer.date : null,
      isYes: 'isYes' in answer ? answer.isYes : null,
    };
  }
}

@ObjectType({ description: 'What was typed into a form and not handed in yet: shared by all who may hand it in.' })
export class FormDraft {
  /** What the resolvers read; not part of the schema. */
  savedBy!: string | null;

  @Field(() => String, { description: 'The id of the input.' })
  inputId!: string;

  @Field(() => [FormAnswer], { description: 'The answers so far, in the order of the form.' })
  answers!: FormAnswer[];

  @Field(() => DateTime, { nullable: true, description: 'When somebody last typed; null when nothing was typed.' })
  savedAt!: Date | null;
}

@InputType({ description: 'The answer to one question: the part of its kind; none of them takes the answer away.' })
export class FormAnswerInput {
  @Field(() => String, { description: "The question's key." })
  question!: string;

  @Field(() => String, { nullable: true, description: 'Of TEXT and LONG_TEXT.' })
  text!: string | null;

  @Field(() => Float, { nullable: true, description: 'Of NUMBER.' })
  number!: number | null;

  @Field(() => [String], { nullable: true, description: 'Of CHOICE and CHOICES: keys of options.' })
  options!: string[] | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Of DATE.' })
  date!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Of YES_NO.' })
  isYes!: boolean | null;
}
