import {
  type CredentialField,
  type FileCheck,
  type InputSource,
  isFieldRequired,
  type Question,
  type TableShape,
} from '../inputs.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import { words } from '../words/en.ts';
import { conditionGiven } from './conditions/types.ts';
import type { PhaseTemplate, TaskTemplate } from './document.ts';
import type {
  CheckTemplate,
  CredentialTemplate,
  InputTemplate,
  PhaseTemplateType,
  QuestionTemplate,
  TaskTemplateType,
} from './documentTypes.ts';

/*
 * Between a template as it is stored and its shape in the API, both ways.
 */

/** A phase as the API shows it: the parts of each input side by side. */
export function phaseShown(phase: PhaseTemplate): PhaseTemplateType {
  return { ...phase, tasks: phase.tasks.map(taskShown) };
}

function taskShown(task: TaskTemplate): TaskTemplateType {
  const { when = [], holdsPhases = false, reviewer = null } = task;
  return { ...task, when, holdsPhases, reviewer, inputs: task.inputs.map(inputShown) };
}

/** A phase as the API was given it; `draft.ts` checks what is in it. */
export function phaseGiven(phase: PhaseTemplateType): PhaseTemplate {
  return { key: phase.key, name: phase.name, milestone: phase.milestone, tasks: phase.tasks.map(taskGiven) };
}

export function taskGiven(task: TaskTemplateType): TaskTemplate {
  const { reviewer, when, holdsPhases, ...rest } = task;
  return {
    ...rest,
    assignee: task.assignee ?? null,
    inputs: task.inputs.map(inputGiven),
    // Left out where there is none, as in templates from before: both are the same document.
    ...(reviewer ? { reviewer } : {}),
    ...(when.length > 0 ? { when: when.map(conditionGiven) } : {}),
    ...(holdsPhases ? { holdsPhases } : {}),
  };
}

function inputShown({ spec, ...input }: InputSource): InputTemplate {
  if (spec.kind === 'CHECK') return { ...input, ...spec, check: null, wanted: JSON.stringify(spec.check) };
  if (spec.kind === 'CREDENTIALS') return { ...input, ...spec, fields: spec.fields.map(fieldShown) };
  const check = (spec.kind === 'FILE' || spec.kind === 'URL') && spec.check ? checkShown(spec.check) : null;
  return { ...input, ...spec, check };
}

function fieldShown(field: CredentialField): CredentialTemplate {
  return { ...field, isRequired: isFieldRequired(field) };
}

function checkShown({ declared, table, ...check }: FileCheck): CheckTemplate {
  const known = Object.entries(declared).map(([key, value]) => ({ key, value }));
  return { ...check, declared: known, table: table ? JSON.stringify(table) : null };
}

function checkGiven({ declared, profile, rules, threshold, table }: CheckTemplate): FileCheck {
  const known = Object.fromEntries(declared.map(({ key, value }) => [key, value]));
  const check = { rules, threshold, profile: profile ?? null, declared: known };
  return typeof table === 'string' ? { ...check, table: jsonGiven<TableShape>(table) } : check;
}

/** What was sent as JSON, whatever it is: `draft.ts` says whether it can be kept. */
function jsonGiven<T>(text: string): T {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('BAD_USER_INPUT', words.graphql.badJson());
  }
}

function inputGiven(input: InputTemplate): InputSource {
  const { key, label: words, isRequired } = input;
  return { key, label: words, isRequired, spec: specOf(input) };
}

function specOf(input: InputTemplate): InputSource['spec'] {
  switch (input.kind) {
    case 'FILE':
      return {
        kind: 'FILE',
        acceptedExtensions: [...(input.acceptedExtensions ?? [])],
        ...(input.check ? { check: checkGiven(input.check) } : {}),
      };
    case 'URL':
      return {
        kind: 'URL',
        ...(input.check ? { check: checkGiven(input.check) } : {}),
        ...(typeof input.everyMinutes === 'number' ? { everyMinutes: input.everyMinutes } : {}),
      };
    case 'CHECK':
      return { kind: 'CHECK', check: jsonGiven(input.wanted ?? ''), everyMinutes: input.everyMinutes ?? null };
    case 'FORM':
      return { kind: 'FORM', questions: (input.questions ?? []).map(questionGiven) };
    case 'CREDENTIALS':
      return {
        kind: 'CREDENTIALS',
        fields: (input.fields ?? []).map(fieldGiven),
        ...(input.test ? { test: { ...input.test, scopes: [...input.test.scopes] } } : {}),
      };
    case 'APPROVAL':
      return { kind: 'APPROVAL', statement: input.statement ?? '', ofTask: input.ofTask ?? null };
    case 'MEETING':
      return { kind: 'MEETING', minutes: input.minutes ?? 30 };
  }
}

/** That it must be given is left out, as in templates from before there was a choice: both are the same document. */
function fieldGiven({ isRequired, ...field }: CredentialTemplate): CredentialField {
  return isRequired ? field : { ...field, isRequired };
}

function questionGiven(question: QuestionTemplate): Question {
  const { options, when, min, max, fact, ...rest } = question;
  return {
    ...rest,
    // Left out where there is none, as in templates from before: both are the same document.
    ...(fact ? { fact } : {}),
    options: options.map((option) => ({ ...option })),
    min: min ?? null,
    max: max ?? null,
    when: when ? { ...when } : null,
  };
}
