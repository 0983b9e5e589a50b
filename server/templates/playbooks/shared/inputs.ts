import type { z } from 'zod';
import {
  type CredentialsTest,
  checkWanted,
  type FileCheck,
  type InputSource,
  type inputSource,
  type TableShape,
} from '../../../inputs.ts';

type Questions = Extract<InputSource['spec'], { kind: 'FORM' }>['questions'];
type Question = Questions[number];
type CheckAsked = z.input<typeof checkWanted>;
type InputAsked = z.input<typeof inputSource>;

export const tableFiles = ['.csv', '.tsv', '.txt', '.gz', '.zip'];
export const feedFiles = ['.csv', '.tsv', '.txt', '.xml', '.json', '.jsonl', '.gz', '.zip'];
export const brandFiles = ['.svg', '.zip', '.pdf', '.png', '.jpg'];
export const reportFiles = ['.pdf', '.csv', '.txt'];

/** `rules`: the set that the file is judged by once it is handed in; left out: nothing but a person looks at it. */
export function file(label: string, acceptedExtensions: string[], rules?: string): InputSource[] {
  const check = rules === undefined ? {} : { check: checkedBy(rules) };
  return [{ key: 'file', label, isRequired: true, spec: { kind: 'FILE', acceptedExtensions, ...check } }];
}

export function checkedBy(rules: string): FileCheck {
  return { rules, profile: null, threshold: 0.95, declared: {} };
}

/** A file beside others of its task, under a key of its own. */
export function named(key: string, inputs: InputSource[]): InputSource[] {
  return inputs.map((input) => ({ ...input, key }));
}

/** A file that is judged by a table of columns of our own. */
export function tableFile(label: string, acceptedExtensions: string[], table: TableShape): InputSource[] {
  const check = { ...checkedBy('own-table'), table };
  return [{ key: 'file', label, isRequired: true, spec: { kind: 'FILE', acceptedExtensions, check } }];
}

export function address(label: string): InputSource[] {
  return [{ key: 'url', label, isRequired: true, spec: { kind: 'URL' } }];
}

const day = 24 * 60;

/** An address that a feed is fetched from every night, and judged by the rules of that kind of file. */
export function feedAddress(label: string, rules: string): InputSource[] {
  return [{ key: 'url', label, isRequired: true, spec: { kind: 'URL', check: checkedBy(rules), everyMinutes: day } }];
}

/** What a machine looks at, once a day unless said otherwise, also after the task is done. */
export function lookedAt(key: string, label: string, check: CheckAsked, everyMinutes: number = day): InputSource[] {
  return [{ key, label, isRequired: true, spec: { kind: 'CHECK', check: checkWanted.parse(check), everyMinutes } }];
}

export function form(label: string, questions: Questions): InputSource[] {
  return [{ key: 'form', label, isRequired: true, spec: { kind: 'FORM', questions } }];
}

/** Each field is a key, what it is called, whether it is a secret, and whether it may be left empty. */
export function credentials(
  label: string,
  ...fields: [key: string, label: string, isSecret: boolean, isOptional?: 'optional'][]
): InputSource[] {
  const made = fields.map(([key, name, isSecret, isOptional]) => ({
    key,
    label: name,
    isSecret,
    ...(isOptional ? { isRequired: false } : {}),
  }));
  return [{ key: 'credentials', label, isRequired: true, spec: { kind: 'CREDENTIALS', fields: made } }];
}

/** The same, tried by one call to the platform that they are for. */
export function tried(test: CredentialsTest, inputs: readonly InputAsked[] = []): InputAsked[] {
  return inputs.map((input) =>
    input.spec.kind === 'CREDENTIALS' ? { ...input, spec: { ...input.spec, test } } : input,
  );
}

/** `key` differs between products, so that a project of two products asks for both approvals. */
export function approval(key: string, statement: string, ofTask: string | null): InputSource[] {
  return [{ key, label: 'Your approval', isRequired: true, spec: { kind: 'APPROVAL', statement, ofTask } }];
}

export function meeting(label: string, minutes: number): InputSource[] {
  return [{ key: 'meeting', label, isRequired: true, spec: { kind: 'MEETING', minutes } }];
}

const plain = { help: '', isRequired: true, options: [], min: null, max: null, when: null };

export function question(kind: Question['kind'], key: string, label: string, more: Partial<Question> = {}): Question {
  return { ...plain, kind, key, label, ...more };
}

/** A choice of the given options, each a key and what it is called. */
export function choice(
  kind: 'CHOICE' | 'CHOICES',
  key: string,
  label: string,
  options: Record<string, string>,
  more: Partial<Question> = {},
): Question {
  const made = Object.entries(options).map(([optionKey, optionLabel]) => ({ key: optionKey, label: optionLabel }));
  return question(kind, key, label, { options: made, ...more });
}
