import { z } from 'zod';
import { productKeys } from '../../drizzle/schema/index.ts';
import {
  draftWanted,
  everyMinutes,
  factKey,
  fieldIsRequired,
  fileCheck,
  type InputSpec,
  testOfCredentials,
} from '../inputs.ts';
import { type PhaseTemplate, type Playbook, playbookDocument, type TaskTemplate } from './document.ts';

/*
 * A draft is a playbook that is not finished: the same document with room for what is still empty. What it must be before
 * it is published is asked then, of the whole.
 */
const key = z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/);
const text = (max: number) => z.string().max(max);

const option = z.strictObject({ key, label: text(200) });
const question = z.strictObject({
  key,
  label: text(200),
  help: text(1000),
  kind: z.enum(['TEXT', 'LONG_TEXT', 'NUMBER', 'CHOICE', 'CHOICES', 'DATE', 'YES_NO']),
  isRequired: z.boolean(),
  options: z.array(option).max(50),
  min: z.number().nullable(),
  max: z.number().nullable(),
  when: z.strictObject({ question: key, is: text(60) }).nullable(),
  fact: factKey.optional(),
});
const spec = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('FILE'),
    acceptedExtensions: z.array(z.string().regex(/^\.[a-z0-9]{1,20}$/)).max(50),
    check: fileCheck.nullable().optional(),
  }),
  z.strictObject({
    kind: z.literal('URL'),
    check: fileCheck.nullable().optional(),
    everyMinutes: everyMinutes.optional(),
  }),
  z.strictObject({ kind: z.literal('FORM'), questions: z.array(question).max(40) }),
  z.strictObject({
    kind: z.literal('CREDENTIALS'),
    fields: z
      .array(z.strictObject({ key, label: text(200), isSecret: z.boolean(), isRequired: fieldIsRequired }))
      .max(12),
    test: testOfCredentials,
  }),
  z.strictObject({ kind: z.literal('APPROVAL'), statement: text(200), ofTask: key.nullable() }),
  z.strictObject({ kind: z.literal('MEETING'), minutes: z.int().min(5).max(480) }),
  z.strictObject({ kind: z.literal('CHECK'), check: draftWanted, everyMinutes }),
]);
const inputs = z.array(z.strictObject({ key, label: text(200), isRequired: z.boolean(), spec })).max(8);

const phase = playbookDocument.shape.phases.element;
const task = phase.shape.tasks.element;
export const draftTask = task.extend({ title: text(120), purpose: text(300), inputs, after: z.array(key).max(50) });
export const draftPhase = phase.extend({ name: text(80), milestone: text(200), tasks: z.array(draftTask).max(60) });
/** A draft as it is stored and read. The type is that of a playbook: only its texts and lists may still be empty. */
export const draftDocument = playbookDocument.extend({
  name: text(80),
  products: z.array(z.enum(productKeys)),
  phases: z.array(draftPhase).max(20),
});

export type DraftHead = Pick<Playbook, 'name' | 'platform' | 'products' | 'targetInBusinessDays'>;

/** A document as it stands in the database. */
export function readDocument(stored: unknown): Playbook {
  return draftDocument.parse(stored);
}

export function taskIn(playbook: Playbook, taskKey: string): TaskTemplate | null {
  return playbook.phases.flatMap((each) => each.tasks).find((each) => each.key === taskKey) ?? null;
}

export function phaseIn(playbook: Playbook, phaseKey: string): PhaseTemplate | null {
  return playbook.phases.find((each) => each.key === phaseKey) ?? null;
}

export function withTask(playbook: Playbook, changed: TaskTemplate): Playbook {
  const tasks = (of: PhaseTemplate) => of.tasks.map((each) => (each.key === changed.key ? changed : each));
  return { ...playbook, phases: playbook.phases.map((each) => ({ ...each, tasks: tasks(each) })) };
}

/** Takes a task out; nothing waits for it any more, and no approval is of it. */
export function withoutTask(playbook: Playbook, taskKey: string): Playbook {
  const forget = (one: InputSpec): InputSpec =>
    one.kind === 'APPROVAL' && one.ofTask === taskKey ? { ...one, ofTask: null } : one;
  return {
    ...playbook,
    phases: playbook.phases.map((each) => ({
      ...each,
      tasks: each.tasks
        .filter((one) => one.key !== taskKey)
        .map(({ when, ...one }) => ({
          ...one,
          ...conditionsLeft(when, taskKey),
          after: one.after.filter((name) => name !== taskKey),
          inputs: one.inputs.map((input) => ({ ...input, spec: forget(input.spec) })),
        })),
    })),
  };
}

/** Puts a task at a place of a phase, counted without itself; null when there is no such phase. */
export function withTaskAt(playbook: Playbook, placed: TaskTemplate, phaseKey: string, index: number): Playbook | null {
  if (!phaseIn(playbook, phaseKey)) return null;
  return {
    ...playbook,
    phases: playbook.phases.map((each) => {
      const others = each.tasks.filter((one) => one.key !== placed.key);
      return { ...each, tasks: each.key === phaseKey ? inserted(others, placed, index) : others };
    }),
  };
}

export function withPhaseAt(playbook: Playbook, placed: PhaseTemplate, index: number): Playbook {
  const others = playbook.phases.filter((each) => each.key !== placed.key);
  return { ...playbook, phases: inserted(others, placed, index) };
}

/** Takes a phase out, and every task in it. */
export function withoutPhase(playbook: Playbook, phaseKey: string): Playbook {
  const tasks = phaseIn(playbook, phaseKey)?.tasks ?? [];
  const bare = tasks.reduce((left, each) => withoutTask(left, each.key), playbook);
  return { ...bare, phases: bare.phases.filter((each) => each.key !== phaseKey) };
}

/** Conditions without those about a task that is gone. */
function conditionsLeft(when: TaskTemplate['when'], gone: string): Pick<TaskTemplate, 'when'> {
  const left = (when ?? []).filter((one) => one.of !== 'ANSWER' || one.task !== gone);
  return left.length > 0 ? { when: left } : {};
}

/** A key that nothing in the list has: "Upload your feed" is `uploadYourFeed`, the second one `uploadYourFeed2`. */
export function freshKey(from: string, taken: readonly string[], fallback: string): string {
  const parts = from.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? [];
  const camel = parts.map((part, at) => {
    const [first = '', rest] = [part[0], part.slice(1).toLowerCase()];
    return (at === 0 ? first.toLowerCase() : first.toUpperCase()) + rest;
  });
  const stem =
    camel
      .join('')
      .replace(/^[0-9]+/, '')
      .slice(0, 30) || fallback;
  const start = stem[0]?.toLowerCase() + stem.slice(1);
  let made = start;
  for (let count = 2; taken.includes(made); count++) made = `${start}${count}`;
  return made;
}

function inserted<T>(list: readonly T[], item: T, index: number): T[] {
  const at = Math.max(0, Math.min(index, list.length));
  return [...list.slice(0, at), item, ...list.slice(at)];
}
