import type { Question, Road, Task } from './documents.ts';
import { tasksOf } from './road.ts';

export type Condition = Task['when'][number];
/** A question that a condition can ask about: one with a closed list of answers, of a task that comes before. */
export type Asked = { value: string; task: Task; input: string; question: Question };

const blank = { isNot: false, values: [], task: null, input: null, question: null, fact: null };

/** What a new condition is about, by the value of the list that it is chosen from. */
export function newCondition(about: string, asked: readonly Asked[]): Condition | null {
  if (about === 'PLATFORM' || about === 'PRODUCT') return { ...blank, of: about };
  if (about === 'FACT') return { ...blank, of: about, fact: '' };
  const one = asked.find(({ value }) => value === about);
  return one ? { ...blank, of: 'ANSWER', task: one.task.key, input: one.input, question: one.question.key } : null;
}

/** The questions before a task on the road that a condition can ask about. */
export function askedBefore(road: Road, key: string): Asked[] {
  const all = tasksOf(road);
  return all
    .slice(
      0,
      Math.max(
        0,
        all.findIndex((task) => task.key === key),
      ),
    )
    .flatMap(askedIn);
}

/** The question that a condition asks about; undefined where it is not there any more. */
export function askedBy(road: Road, { task, input, question }: Condition): Asked | undefined {
  return tasksOf(road)
    .filter(({ key }) => key === task)
    .flatMap(askedIn)
    .find((one) => one.input === input && one.question.key === question);
}

function askedIn(task: Task): Asked[] {
  return task.inputs.flatMap(({ key: input, questions }) =>
    (questions ?? []).flatMap((question) =>
      question.kind === 'YES_NO' || question.kind.startsWith('CHOICE')
        ? [{ value: `${task.key}:${input}:${question.key}`, task, input, question }]
        : [],
    ),
  );
}
