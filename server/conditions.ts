import { z } from 'zod';

/*
 * When a task of a template belongs on the road of a project: what a template says, and how it is judged. A task without
 * conditions always applies; several conditions hold together. Pure, and on line 1: the database keeps them too.
 *
 *   PLATFORM  the shop system is, or is not, one of these
 *   PRODUCT   one of these is among the products, or none is
 *   ANSWER    what was answered to a question of an earlier task is, or is not, one of these: options, `yes`, `no`
 *   FACT      what is known of the account under a name is, or is not, one of these texts
 *
 * What is not known yet makes nothing apply, whichever way it is asked: a task that came and went with every word of a
 * form would be worse than one that comes once it is certain.
 */
export const conditionKinds = ['PLATFORM', 'PRODUCT', 'ANSWER', 'FACT'] as const;

const text = z.string().max(120);
const values = z.array(text).max(50);
const isNot = z.boolean().default(false);
/** Its shape alone: in a draft its values may be empty, and it may name what is not there yet. */
export const condition = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('PLATFORM'), isNot, values }),
  z.strictObject({ of: z.literal('PRODUCT'), isNot, values }),
  z.strictObject({ of: z.literal('ANSWER'), task: text, input: text, question: text, isNot, values }),
  z.strictObject({ of: z.literal('FACT'), fact: text, isNot, values }),
]);
export type Condition = z.output<typeof condition>;

/** Of a task that stands in several templates: it applies by any of them. Empty: always. */
export type Conditions = readonly (readonly Condition[])[];

/** An answer of a form as far as a condition asks: `inputs.ts` says what it is whole. */
type Answer = { question: string; kind: string; text?: string; options?: string[]; isYes?: boolean };

/** What conditions are judged by. */
export type Known = {
  platform: string;
  products: readonly string[];
  /** What was handed in last, by task and input; nothing of what was only typed. */
  answers: readonly { task: string; input: string; answers: readonly Answer[] }[];
  facts: ReadonlyMap<string, string>;
};

/**
 * Which of these tasks apply, all judged anew: the order in which things came to be known changes nothing. What was
 * answered in a task that does not apply itself counts for nothing; tasks that are not named here always apply.
 */
export function applying(tasks: ReadonlyMap<string, Conditions>, known: Known): ReadonlySet<string> {
  const found = new Map<string, boolean>();
  const applies = (task: string): boolean => {
    const before = found.get(task);
    if (before !== undefined) return before;
    const conditions = tasks.get(task);
    if (conditions === undefined || conditions.length === 0) return true;
    // In a circle, which only several templates together can make, nothing is certain.
    found.set(task, false);
    const isWanted = conditions.some((all) => all.every((one) => holds(one, known, applies)));
    found.set(task, isWanted);
    return isWanted;
  };
  return new Set([...tasks.keys()].filter(applies));
}

function holds(condition: Condition, known: Known, applies: (task: string) => boolean): boolean {
  const told = toldOf(condition, known, applies);
  if (told === null) return false;
  const wanted = condition.of === 'FACT' ? condition.values.map(plain) : condition.values;
  return told.some((value) => wanted.includes(value)) !== condition.isNot;
}

/** What is known of what a condition asks about; null: nothing yet. */
function toldOf(condition: Condition, known: Known, applies: (task: string) => boolean): readonly string[] | null {
  switch (condition.of) {
    case 'PLATFORM':
      return [known.platform];
    case 'PRODUCT':
      return known.products;
    case 'FACT': {
      const value = plain(known.facts.get(condition.fact) ?? '');
      return value === '' ? null : [value];
    }
    case 'ANSWER': {
      if (!applies(condition.task)) return null;
      const form = known.answers.find(({ task, input }) => task === condition.task && input === condition.input);
      if (!form) return null;
      // A question that its own form did not ask has no answer, and so none of these.
      return form.answers.flatMap((answer) => (answer.question === condition.question ? valuesOf(answer) : []));
    }
  }
}

/** An answer as conditions name it; what is written freely is no answer that one could be among. */
function valuesOf(answer: Answer): readonly string[] {
  if (answer.options) return answer.options;
  return answer.isYes === undefined ? [] : [answer.isYes ? 'yes' : 'no'];
}

/** Texts are the same however their letters and spaces are written. */
function plain(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}
