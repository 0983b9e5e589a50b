import type { ResultOf } from '../../api/graphql.ts';
import type { inputFragment } from './documents.ts';

export type Question = NonNullable<ResultOf<typeof inputFragment>['questions']>[number];
/** What stands in the field of a question: text as it was typed, or the keys of what was chosen. */
export type Value = string | string[];
export type Values = Readonly<Record<string, Value>>;
/** A question may be called `constructor`: only what was answered counts as an answer. */
export function valueAt(values: Values, key: string): Value | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

export type GivenAnswer = {
  question: string;
  text?: string | null;
  number?: number | null;
  options?: string[] | null;
  date?: string | null;
  isYes?: boolean | null;
};

type Answered = {
  question: string;
  text: string | null;
  number: number | null;
  date: string | null;
  isYes: boolean | null;
  options: readonly { key: string }[] | null;
};

/** What stands in the fields of the questions that were answered. */
export function valuesOf(questions: readonly Question[], answers: readonly Answered[]): Values {
  return Object.fromEntries(
    answers.flatMap(({ question, text, number, date, isYes, options }): [string, Value][] => {
      const kind = questions.find((one) => one.key === question)?.kind;
      if (kind === undefined) return [];
      if (kind === 'CHOICES') return [[question, options?.map((one) => one.key) ?? []]];
      if (kind === 'CHOICE') return [[question, options?.[0]?.key ?? '']];
      if (kind === 'YES_NO') return [[question, isYes ? 'yes' : 'no']];
      return [[question, text ?? date ?? (number === null ? '' : String(number))]];
    }),
  );
}

/** What is known already, in the fields that it answers: left as it is, it is confirmed. */
export function knownValues(questions: readonly Question[]): Values {
  return Object.fromEntries(questions.flatMap(({ key, known }) => (known ? [[key, known.value]] : [])));
}

/** An answer as it is sent. What is no number yet is not sent as one. */
export function answerOf({ key, kind }: Question, value: Value | undefined): GivenAnswer {
  const text = typeof value === 'string' ? value : '';
  switch (kind) {
    case 'CHOICES':
      return { question: key, options: Array.isArray(value) ? value : [] };
    case 'CHOICE':
      return { question: key, options: text === '' ? [] : [text] };
    case 'YES_NO':
      return { question: key, isYes: text === '' ? null : text === 'yes' };
    case 'NUMBER':
      return { question: key, number: numberOf(text) };
    case 'DATE':
      return { question: key, date: text === '' ? null : text };
    case 'TEXT':
    case 'LONG_TEXT':
      return { question: key, text };
  }
}

/** A number with a point or a comma for its decimals; null when it is none. */
export function numberOf(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** Whether a question is asked, by the answers before it. */
export function isAsked(question: Question, questions: readonly Question[], values: Values): boolean {
  const { when } = question;
  if (when === null) return true;
  const before = questions.find((one) => one.key === when.question);
  if (!before || !isAsked(before, questions, values)) return false;
  const value = valueAt(values, when.question);
  return Array.isArray(value) ? value.includes(when.is) : value === when.is;
}

export type Problem = { word: 'required' | 'number' | 'tooLow' | 'tooHigh' | 'tooLong'; limit: number };

/** What is plain to see of an answer; the server has the last word. */
export function problemOf(question: Question, value: Value | undefined): Problem | null {
  const isEmpty = value === undefined || (Array.isArray(value) ? value.length === 0 : value.trim() === '');
  if (isEmpty) return question.isRequired ? { word: 'required', limit: 0 } : null;
  if (question.kind === 'NUMBER' && typeof value === 'string') {
    const number = numberOf(value);
    if (number === null) return { word: 'number', limit: 0 };
    if (question.min !== null && number < question.min) return { word: 'tooLow', limit: question.min };
    if (question.max !== null && number > question.max) return { word: 'tooHigh', limit: question.max };
  }
  const { maxCharacters } = question;
  const isTooLong = maxCharacters !== null && typeof value === 'string' && [...value].length > maxCharacters;
  return isTooLong ? { word: 'tooLong', limit: maxCharacters } : null;
}
