import { Extensions, Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { type Condition, conditionKinds } from '../../conditions.ts';
import { enumOf } from '../../platform/graphql/enums.ts';

const OfEnum = enumOf(conditionKinds);
registerEnumType(OfEnum, {
  name: 'TemplateTaskConditionOf',
  description: 'What a condition of a task is about.',
  valuesConfig: {
    PLATFORM: { description: "The project's platform." },
    PRODUCT: { description: "The project's products." },
    ANSWER: { description: 'An answer to a question of an earlier task.' },
    FACT: { description: 'What is known of the account.' },
  },
});

@ObjectType('TemplateTaskCondition', {
  description: 'What must hold for a task to apply. What is not of its kind is null.',
})
@InputType('TemplateTaskConditionInput', {
  description: 'What must hold for a task to apply. Give what is of its kind.',
})
export class TaskConditionTemplate {
  @Field(() => OfEnum as object, { description: 'What it is about.' })
  of!: Condition['of'];

  @Field(() => Boolean, { description: 'True: none of the values; false: any of them.' })
  isNot!: boolean;

  @Extensions({ listSize: 4 })
  @Field(() => [String], {
    description: "Platforms, products, options' keys, `yes` or `no`, or texts of what is known of the account.",
  })
  values!: string[];

  @Field(() => String, { nullable: true, description: 'Of an ANSWER: key of the task.' })
  task?: string | null;

  @Field(() => String, { nullable: true, description: 'Of an ANSWER: key of the form in that task.' })
  input?: string | null;

  @Field(() => String, { nullable: true, description: 'Of an ANSWER: key of the question in that form.' })
  question?: string | null;

  @Field(() => String, { nullable: true, description: 'Of a FACT: its name, such as `shop.domain`.' })
  fact?: string | null;
}

/** A condition as the API was given it; `checks.ts` says what is wrong with it. */
export function conditionGiven({ of, isNot, values, ...named }: TaskConditionTemplate): Condition {
  const said = { isNot, values: [...values] };
  if (of === 'FACT') return { of, fact: named.fact ?? '', ...said };
  if (of !== 'ANSWER') return { of, ...said };
  return { of, task: named.task ?? '', input: named.input ?? '', question: named.question ?? '', ...said };
}
