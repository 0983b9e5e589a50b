import { conditionProblems } from './conditions.ts';

type Params = Record<string, string | number>;

/** What keeps a template from being published, by its code. */
export const templateProblems = {
  shape: (params: Params) =>
    `Look at this: ${params.place || 'the whole'}. It is empty, too long or not allowed as it is.`,
  'phases.few': () => 'A road needs a phase. Add one.',
  'tasks.few': () => 'A road needs a task. Add one.',
  'phase.repeated': () => 'Two phases have the same key.',
  'phase.empty': (params: Params) => `“${params.name}” has no task yet. Add one, or remove the phase.`,
  'task.repeated': () => 'Two tasks have the same key.',
  'dependency.unknown': () => 'It waits for a task that is not in this template.',
  'dependency.cycle': (params: Params) => `Tasks wait for each other in a circle: ${params.circle}.`,
  'variable.unknown': (params: Params) => `The documentation uses {{${params.name}}}, which nobody fills in.`,
  'documentation.short': () => 'It has no documentation. Say what is to be done, and how.',
  'input.missing': (params: Params) =>
    `It is of the type ${params.type}, but does not ask for exactly that. Add that input.`,
  'input.repeated': () => 'Two of its inputs have the same key.',
  'input.unwanted': (params: Params) => `Nothing is handed in for the type ${params.type}. Remove its inputs.`,
  'question.repeated': () => 'Two questions have the same key.',
  'question.noOptions': () => 'A question with a choice needs at least two options.',
  'question.conditionUnknown': () => 'A question depends on one that is not asked before it.',
  'question.conditionImpossible': () => 'A question depends on an answer that cannot be given.',
  'question.factKind': () => 'Only a question that is answered with a text can be confirmed from what is known.',
  'check.unknownRules': (params: Params) => `A file is checked by rules that there are not: ${params.name}.`,
  'check.unknownProfile': (params: Params) =>
    `A file is checked by a profile that its rules do not have: ${params.name}.`,
  'check.noTable': (params: Params) => `“${params.input}” is checked by a table of columns that has no column yet.`,
  'check.table': (params: Params) =>
    `The table of columns of “${params.input}” is not right. ${params.place}: ${params.message}.`,
  'credentials.fields': (params: Params) =>
    `Credentials of ${params.name} cannot be tried without the fields ${params.fields}. Choose the platform again to add them.`,
  'credentials.optional': (params: Params) =>
    `Credentials of ${params.name} cannot be tried without “${params.field}”: it cannot be optional.`,
  'credentials.scopes': (params: Params) =>
    `${params.name} does not tell which rights credentials have. Ask for none, and describe them in the documentation.`,
  'approval.unknownTask': () => 'It approves a task that is not in this template.',
  ...conditionProblems,
};
