import { z } from 'zod';

/*
 * What a task may ask for, as playbooks write it and `task_inputs.spec` stores it: typed data, so that a form, a check
 * and a third party read the same. On line 1: no I/O, no database.
 */
const key = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);
const label = z.string().trim().min(1).max(200);
const help = z.string().trim().max(1000).default('');

const question = z.strictObject({
  key,
  label,
  help,
  kind: z.enum(['TEXT', 'LONG_TEXT', 'NUMBER', 'CHOICE', 'CHOICES', 'DATE', 'YES_NO']),
  isRequired: z.boolean().default(true),
  /** Of CHOICE and CHOICES. */
  options: z.array(z.strictObject({ key, label })).max(50).default([]),
  /** Bounds of a NUMBER. */
  min: z.number().nullable().default(null),
  max: z.number().nullable().default(null),
  /** Asked only when an earlier question has this answer: an option's key, `yes` or `no`. */
  when: z.strictObject({ question: key, is: z.string() }).nullable().default(null),
});
export type Question = z.infer<typeof question>;

/** What a file is judged by once it is handed in. */
export const fileCheck = z.strictObject({
  /** Key of a set of rules. */
  rules: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  /** A stricter or other reading of the same set; null: the standard one. */
  profile: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
    .nullable()
    .default(null),
  /** Share of valid rows from which the file is accepted. */
  threshold: z.number().min(0).max(1).default(0.95),
  /** What is known beforehand and would otherwise be asked: `currency`, `country`... */
  declared: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/), z.string().trim().min(1).max(200)).default({}),
});
export type FileCheck = z.infer<typeof fileCheck>;

export const inputSpec = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('FILE'),
    acceptedExtensions: z.array(z.string().regex(/^\.[a-z0-9]+$/)).min(1),
    /** Left out or null: nothing but a person looks at it. */
    check: fileCheck.nullable().optional(),
  }),
  z.strictObject({ kind: z.literal('URL') }),
  z.strictObject({ kind: z.literal('FORM'), questions: z.array(question).min(1).max(40) }),
  z.strictObject({
    kind: z.literal('CREDENTIALS'),
    fields: z
      .array(z.strictObject({ key, label, isSecret: z.boolean() }))
      .min(1)
      .max(12),
  }),
  z.strictObject({
    kind: z.literal('APPROVAL'),
    /** What is agreed to, in one sentence. */
    statement: label,
    /** Key of the task whose latest submission is approved; null: the text of this task itself. */
    ofTask: key.nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('MEETING'), minutes: z.int().min(5).max(480) }),
]);
/** What one input needs, by its kind. */
export type InputSpec = z.infer<typeof inputSpec>;
export type InputKind = InputSpec['kind'];

/** One input as a playbook writes it. */
export const inputSource = z.strictObject({ key, label, isRequired: z.boolean().default(true), spec: inputSpec });
export type InputSource = z.infer<typeof inputSource>;

/** One answer of a form, as it is stored: the value that its question's kind holds. */
export type Answer = { question: string } & (
  | { kind: 'TEXT' | 'LONG_TEXT'; text: string }
  | { kind: 'NUMBER'; number: number }
  | { kind: 'CHOICE' | 'CHOICES'; options: string[] }
  | { kind: 'DATE'; date: string }
  | { kind: 'YES_NO'; isYes: boolean }
);
