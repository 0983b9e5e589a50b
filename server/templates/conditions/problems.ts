import { platforms, productKeys } from '../../../drizzle/schema/index.ts';
import type { Condition } from '../../conditions.ts';
import { factKey } from '../../inputs.ts';
import type { Playbook, TaskTemplate } from '../document.ts';
import { tiesOf } from '../ties.ts';

export const conditionProblemCodes = [
  'condition.noValues',
  'condition.unknownValue',
  'condition.unknownTask',
  'condition.later',
  'condition.unknownQuestion',
  'condition.freeText',
  'condition.factKey',
  'condition.cycle',
  'phase.allConditional',
] as const;

/** What is wrong with the conditions of a template, and where: keys, null where it is about the whole. */
export type ConditionProblem = {
  code: (typeof conditionProblemCodes)[number];
  phase: string | null;
  task: string | null;
  params: Record<string, string | number>;
};

/**
 * Everything that would keep a task from ever being judged, or from coming in time: what it asks must be there, be
 * answered before it by one of a closed list, and not wait for it. A phase needs a task that always applies, so that a
 * client's road has it from the first day.
 */
export function conditionProblems(playbook: Playbook): ConditionProblem[] {
  const order = playbook.phases.flatMap((phase) => phase.tasks);
  const found = playbook.phases.flatMap(({ key: phase, name, tasks }): ConditionProblem[] => {
    const own = tasks.flatMap((task) =>
      (task.when ?? []).flatMap((one) =>
        inCondition(one, task, order).map((problem) => ({ ...problem, phase, task: task.key })),
      ),
    );
    const isOpen = tasks.length > 0 && tasks.every((task) => task.when);
    return isOpen ? [...own, { code: 'phase.allConditional', phase, task: null, params: { name } }] : own;
  });
  return [...found, ...circles(playbook)];
}

type Found = Pick<ConditionProblem, 'code' | 'params'>;

function inCondition(condition: Condition, task: TaskTemplate, order: readonly TaskTemplate[]): Found[] {
  const { values } = condition;
  if (values.length === 0) return [{ code: 'condition.noValues', params: {} }];
  const unknown = (known: readonly string[]): Found[] =>
    values
      .filter((value) => !known.includes(value))
      .map((value) => ({ code: 'condition.unknownValue', params: { value } }));
  switch (condition.of) {
    case 'PLATFORM':
      return unknown(platforms);
    case 'PRODUCT':
      return unknown(productKeys);
    case 'FACT': {
      if (!factKey.safeParse(condition.fact).success) return [{ code: 'condition.factKey', params: {} }];
      return values.some((value) => value.trim() === '') ? [{ code: 'condition.noValues', params: {} }] : [];
    }
    case 'ANSWER': {
      const at = order.findIndex(({ key }) => key === condition.task);
      const asked = order[at];
      if (!asked) return [{ code: 'condition.unknownTask', params: {} }];
      if (at >= order.findIndex(({ key }) => key === task.key)) {
        return [{ code: 'condition.later', params: { title: asked.title } }];
      }
      const spec = asked.inputs.find(({ key }) => key === condition.input)?.spec;
      const question = spec?.kind === 'FORM' ? spec.questions.find(({ key }) => key === condition.question) : undefined;
      if (!question) return [{ code: 'condition.unknownQuestion', params: { title: asked.title } }];
      if (question.kind === 'YES_NO') return unknown(['yes', 'no']);
      if (question.kind === 'CHOICE' || question.kind === 'CHOICES')
        return unknown(question.options.map(({ key }) => key));
      return [{ code: 'condition.freeText', params: { question: question.label } }];
    }
  }
}

/** A task whose coming hangs on an answer that waits for it: through dependencies, gates and other conditions. */
function circles({ phases }: Playbook): ConditionProblem[] {
  const order = phases.flatMap((phase) => phase.tasks);
  const ties = tiesOf(
    phases.flatMap((phase, at) =>
      phase.tasks.map(({ key, after, holdsPhases, when }) => ({
        key,
        after,
        holdsPhases,
        phase: at,
        isConditional: when !== undefined,
      })),
    ),
  );
  const asks = new Map(
    order.map(({ key, when = [] }) => [key, when.flatMap((one) => (one.of === 'ANSWER' ? [one.task] : []))]),
  );
  const titleOf = (key: string) => order.find((task) => task.key === key)?.title || key;
  for (const [key, asked] of asks) {
    for (const first of asked) {
      const path = pathTo(first, key, (from) => [...(ties.get(from) ?? []), ...(asks.get(from) ?? [])]);
      if (path === null) continue;
      const circle = [key, ...path].map(titleOf).join(' → ');
      return [{ code: 'condition.cycle', phase: null, task: key, params: { circle } }];
    }
  }
  return [];
}

/** The keys from one task to another along what each needs first; null where there is no way. */
function pathTo(from: string, wanted: string, next: (key: string) => readonly string[]): string[] | null {
  const before = new Map<string, string | null>([[from, null]]);
  for (const key of before.keys()) {
    if (key === wanted) {
      const path: string[] = [];
      for (let at: string | null = key; at !== null; at = before.get(at) ?? null) path.unshift(at);
      return path;
    }
    for (const other of next(key)) if (!before.has(other)) before.set(other, key);
  }
  return null;
}
