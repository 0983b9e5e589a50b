import type { Condition } from '../../conditions.ts';
import { words } from '../../words/en.ts';
import type { MergedRoad, RoadTask } from '../merge.ts';

/** What a task depends on, for whoever reviews a change: a condition a line, and where any of several will do, so said. */
export function conditionWords(road: MergedRoad, { conditions }: RoadTask): string {
  return conditions
    .map((all) => all.map((one) => words.conditions.said[one.of](paramsOf(road, one))).join('\n'))
    .join(`\n${words.conditions.or()}\n`);
}

function paramsOf(road: MergedRoad, condition: Condition): Record<string, string | number> {
  const isNot = condition.isNot ? 1 : 0;
  const list = (values: readonly string[]) => values.join(` ${words.conditions.or()} `);
  switch (condition.of) {
    case 'PLATFORM':
      return { isNot, values: list(condition.values.map((value) => named(words.exports.platform, value))) };
    case 'PRODUCT':
      return { isNot, values: list(condition.values.map((value) => named(words.exports.product, value))) };
    case 'FACT':
      return { isNot, fact: condition.fact, values: list(condition.values) };
    case 'ANSWER': {
      const { task, input, question: key, values } = condition;
      const spec = road.phases
        .flatMap((phase) => phase.tasks)
        .find((one) => one.key === task)
        ?.inputs.find((one) => one.key === input)?.spec;
      const question = spec?.kind === 'FORM' ? spec.questions.find((one) => one.key === key) : undefined;
      const answers = { yes: words.conditions.yes(), no: words.conditions.no() };
      const option = (value: string) => question?.options.find((one) => one.key === value)?.label;
      return {
        isNot,
        question: question?.label ?? key,
        values: list(values.map((value) => option(value) ?? named(answers, value))),
      };
    }
  }
}

function named(names: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(names, value) ? (names[value] ?? value) : value;
}
