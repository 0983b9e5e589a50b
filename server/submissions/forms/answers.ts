import type { Answer, Question } from '../../inputs.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';

/** An answer as it is sent: exactly the part that its question's kind holds; none of them takes the answer away. */
export type AnswerGiven = {
  question: string;
  text?: string | null;
  number?: number | null;
  options?: string[] | null;
  date?: string | null;
  isYes?: boolean | null;
};

export const maxCharactersOf = { TEXT: 500, LONG_TEXT: 10_000 } as const;

const partOf = {
  TEXT: 'text',
  LONG_TEXT: 'text',
  NUMBER: 'number',
  CHOICE: 'options',
  CHOICES: 'options',
  DATE: 'date',
  YES_NO: 'isYes',
} as const satisfies Record<Question['kind'], keyof AnswerGiven>;
const parts = ['text', 'number', 'options', 'date', 'isYes'] as const;

/**
 * What was typed, question by question; null where an answer was taken away. Questions that the form does not have, and
 * answers of another shape than their question, are no person's mistake and refused.
 */
export function parseAnswers(
  questions: readonly Question[],
  given: readonly AnswerGiven[],
): Map<string, Answer | null> {
  const parsed = new Map<string, Answer | null>();
  for (const answer of given) {
    const question = questions.find((one) => one.key === answer.question);
    if (!question || parsed.has(question.key)) throw new ApiError('BAD_USER_INPUT');
    const filled = parts.filter((part) => answer[part] !== null && answer[part] !== undefined);
    if (filled.some((part) => part !== partOf[question.kind])) throw new ApiError('BAD_USER_INPUT');
    parsed.set(question.key, parseAnswer(question, answer));
  }
  return parsed;
}

function parseAnswer(question: Question, given: AnswerGiven): Answer | null {
  const { key, kind } = question;
  switch (kind) {
    case 'TEXT':
    case 'LONG_TEXT':
      return parseText(question, kind, given.text ?? '');
    case 'NUMBER': {
      const { number } = given;
      if (number === null || number === undefined) return null;
      if (!Number.isFinite(number)) throw invalid(question);
      return { question: key, kind, number };
    }
    case 'CHOICE':
    case 'CHOICES':
      return parseOptions(question, kind, given.options ?? []);
    case 'DATE':
      return given.date ? { question: key, kind, date: given.date } : null;
    case 'YES_NO': {
      const { isYes } = given;
      return isYes === null || isYes === undefined ? null : { question: key, kind, isYes };
    }
  }
}

function parseText(question: Question, kind: 'TEXT' | 'LONG_TEXT', text: string): Answer | null {
  if (text.trim() === '') return null;
  const max = maxCharactersOf[kind];
  if ([...text].length > max) throw new ActError('TOO_LONG', { field: fieldOf(question), params: { max } });
  if (kind === 'TEXT' && /[\r\n]/.test(text)) throw invalid(question);
  return { question: question.key, kind, text };
}

function parseOptions(question: Question, kind: 'CHOICE' | 'CHOICES', options: string[]): Answer | null {
  if (options.length === 0) return null;
  const isKnown = options.every((option) => question.options.some((one) => one.key === option));
  if (!isKnown || new Set(options).size < options.length || (kind === 'CHOICE' && options.length > 1)) {
    throw invalid(question);
  }
  // In the order of the question, so that two people who chose the same have answered the same.
  const ordered = question.options.flatMap((one) => (options.includes(one.key) ? [one.key] : []));
  return { question: question.key, kind, options: ordered };
}

/**
 * The answers of a form that is handed in, in the order of its questions. What is not asked, because an earlier answer
 * hides it, is dropped; what is asked and required must be there. Throws the ActError that names the question.
 */
export function completeAnswers(questions: readonly Question[], given: ReadonlyMap<string, Answer | null>): Answer[] {
  const complete = new Map<string, Answer>();
  for (const question of questions) {
    if (!isAsked(question, complete)) continue;
    const answer = given.get(question.key) ?? null;
    if (answer) complete.set(question.key, checked(question, answer));
    else if (question.isRequired) {
      throw new ActError('ANSWER_MISSING', { field: fieldOf(question), params: { label: question.label } });
    }
  }
  if (complete.size === 0) throw new ActError('EMPTY');
  return [...complete.values()];
}

/** Whether a question is asked, given the answers before it. */
export function isAsked({ when }: Question, before: ReadonlyMap<string, Answer>): boolean {
  if (when === null) return true;
  const answer = before.get(when.question);
  if (!answer) return false;
  if (answer.kind === 'YES_NO') return when.is === (answer.isYes ? 'yes' : 'no');
  return 'options' in answer && answer.options.includes(when.is);
}

function checked(question: Question, answer: Answer): Answer {
  if (answer.kind === 'NUMBER') checkBounds(question, answer.number);
  return 'text' in answer ? { ...answer, text: answer.text.trim() } : answer;
}

function checkBounds(question: Question, number: number): void {
  const { min, max, label } = question;
  if ((min === null || number >= min) && (max === null || number <= max)) return;
  const bounds = `${min ?? '…'} – ${max ?? '…'}`;
  throw new ActError('OUT_OF_BOUNDS', { field: fieldOf(question), params: { label, bounds } });
}

function invalid(question: Question): ActError {
  return new ActError('ANSWER_INVALID', { field: fieldOf(question), params: { label: question.label } });
}

function fieldOf(question: Question): string {
  return `answers.${question.key}`;
}
