import type { z } from 'zod';
import {
  type CredentialField,
  type CredentialsTest,
  credentialsCalls,
  type FileCheck,
  isFieldRequired,
  type TableShape,
} from '../inputs.ts';
import { platformName } from '../submissions/credentials/queries.ts';
import { knownRules, ownTable, tableProblems } from '../submissions/reports/queries.ts';
import { documentationVariables, variablesIn } from '../tasks/queries.ts';
import { words } from '../words/en.ts';
import { conditionProblemCodes, conditionProblems } from './conditions/problems.ts';
import type { Playbook, TaskTemplate } from './document.ts';
import { placeOf } from './places.ts';

/** How long a road must be, and how many words must explain a task of it. */
type Least = { phases: number; tasks: number; words: Record<TaskTemplate['visibility'], number> };

/** What a company writes for itself: whatever there is to do, however little, said in a word at least where it is shared. */
const leastOfOwn: Least = { phases: 1, tasks: 1, words: { SHARED: 1, INTERNAL: 0 } };
/** What comes with Slipway leads a stranger from the signature to going live. */
export const leastOfShipped: Least = { phases: 4, tasks: 12, words: { SHARED: 120, INTERNAL: 40 } };

export const problemCodes = [
  'shape',
  'phases.few',
  'tasks.few',
  'phase.repeated',
  'phase.empty',
  'task.repeated',
  'dependency.unknown',
  'dependency.cycle',
  'variable.unknown',
  'documentation.short',
  'input.missing',
  'input.repeated',
  'input.unwanted',
  'question.repeated',
  'question.noOptions',
  'question.conditionUnknown',
  'question.conditionImpossible',
  'question.factKind',
  'approval.unknownTask',
  'check.unknownRules',
  'check.unknownProfile',
  'check.noTable',
  'check.table',
  'credentials.fields',
  'credentials.optional',
  'credentials.scopes',
  'review.unwanted',
  ...conditionProblemCodes,
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** What keeps a playbook from being used, and where: `phase` and `task` are keys, null where it is about the whole. */
export type Problem = {
  code: ProblemCode;
  phase: string | null;
  task: string | null;
  params: Record<string, string | number>;
};

/** Everything that is wrong with a playbook of the right shape. */
export function problemsIn(playbook: Playbook, least: Least = leastOfOwn): Problem[] {
  const tasks = playbook.phases.flatMap((phase) => phase.tasks);
  return [
    ...atLeast('phases.few', playbook.phases.length, least.phases),
    ...atLeast('tasks.few', tasks.length, least.tasks),
    ...repeated(playbook.phases.map((phase) => phase.key)).map((phase) => problem('phase.repeated', { phase })),
    ...playbook.phases.flatMap(({ key, name, tasks: own }) =>
      own.length === 0 ? [problem('phase.empty', { phase: key }, { name })] : [],
    ),
    ...repeated(tasks.map((task) => task.key)).map((task) => problem('task.repeated', { task })),
    ...playbook.phases.flatMap((phase) =>
      phase.tasks
        .flatMap((task) => [
          ...documentationProblems(task, least),
          ...inputProblems(task),
          ...referenceProblems(task, tasks),
        ])
        .map((found) => ({ ...found, phase: phase.key })),
    ),
    ...cycleProblems(tasks),
    ...conditionProblems(playbook),
  ];
}

/** What zod found, told with the place that a person would look for it. */
export function shapeProblems(document: unknown, issues: readonly z.core.$ZodIssue[]): Problem[] {
  return issues.map((issue) => {
    const path = issue.path.map(String);
    const [phase, task] = [at(document, path.slice(0, 2)), at(document, path.slice(0, 4))];
    const isInTask = path[2] === 'tasks' && path.length > 3;
    const isInPhase = path[0] === 'phases' && path.length > 1;
    // What the problem is shown at has said the rest already.
    const start = isInTask ? 4 : isInPhase ? 2 : 0;
    const field = path.slice(start);
    const place = placeOf(at(document, path.slice(0, start)), field);
    return problem(
      'shape',
      { phase: isInPhase ? keyOf(phase) : null, task: isInTask ? keyOf(task) : null },
      { field: field.join('.'), why: issue.code, message: issue.message, place },
    );
  });
}

/** One line per problem, for whoever writes playbooks as files. */
export function problemLine({ code, phase, task, params }: Problem): string {
  return [`${code}: ${task ?? phase ?? 'playbook'}`, ...Object.values(params)].join(', ');
}

/** Words outside code and tables: what is there to be read. */
export function proseWords(markdown: string): number {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, ' ').replace(/^\|.*\|$/gm, ' ');
  return prose.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function problem(
  code: ProblemCode,
  where: { phase?: string | null; task?: string | null } = {},
  params: Problem['params'] = {},
): Problem {
  return { code, phase: where.phase ?? null, task: where.task ?? null, params };
}

function atLeast(code: ProblemCode, count: number, min: number): Problem[] {
  return count < min ? [problem(code, {}, { count, min })] : [];
}

/** Records and tags that are looked for may name what is the account's own. */
function variablesOf({ spec }: TaskTemplate['inputs'][number]): string[] {
  return spec.kind === 'CHECK' ? variablesIn(JSON.stringify(spec.check)) : [];
}

function documentationProblems({ key, visibility, documentation, inputs }: TaskTemplate, least: Least): Problem[] {
  const known: readonly string[] = documentationVariables;
  const unknown = [...new Set([...variablesIn(documentation), ...inputs.flatMap(variablesOf)])]
    .filter((name) => !known.includes(name))
    .map((name) => problem('variable.unknown', { task: key }, { name }));
  const [count, min] = [proseWords(documentation), least.words[visibility]];
  return count < min ? [...unknown, problem('documentation.short', { task: key }, { count, min })] : unknown;
}

function inputProblems(task: TaskTemplate): Problem[] {
  const where = { task: task.key };
  const kinds = task.inputs.map((input) => input.spec.kind);
  const found = repeated(task.inputs.map((input) => input.key)).map((input) =>
    problem('input.repeated', where, { input }),
  );
  if (task.type === 'CHECK') {
    // A person looks, or a machine does; nothing else is handed in for it.
    if (kinds.some((kind) => kind !== 'CHECK')) found.push(problem('input.unwanted', where, { type: task.type }));
  } else if (task.type === 'WORK') {
    if (kinds.length > 0) found.push(problem('input.unwanted', where, { type: task.type }));
  } else if (task.type === 'MEETING') {
    if (kinds.length !== 1 || kinds[0] !== 'MEETING') found.push(problem('input.missing', where, { type: task.type }));
  } else if (!kinds.includes(task.type)) {
    found.push(problem('input.missing', where, { type: task.type }));
  }
  // Somebody named to look at what nobody hands in, or looks at, would wait for nothing.
  if (task.reviewer && !task.isReviewWanted) found.push(problem('review.unwanted', where));
  return [...found, ...task.inputs.flatMap((input) => questionProblems(task, input))];
}

/** A form can be answered from the top to the bottom: a condition asks only about what was asked before. */
function questionProblems(
  { key: task }: TaskTemplate,
  { key: input, spec }: TaskTemplate['inputs'][number],
): Problem[] {
  if (spec.kind === 'CREDENTIALS') {
    const keys = spec.fields.map((field) => field.key);
    return [
      ...repeated(keys).map((question) => problem('question.repeated', { task }, { input, question })),
      ...(spec.test ? testProblems(spec.test, spec.fields, { task }) : []),
    ];
  }
  if (spec.kind !== 'FORM') return [];
  const told = (code: ProblemCode, question: string) => problem(code, { task }, { input, question });
  return [
    ...repeated(spec.questions.map((question) => question.key)).map((question) => told('question.repeated', question)),
    ...spec.questions.flatMap(({ key, kind, options, when, fact }, index) => {
      const found: Problem[] = [];
      if (fact && kind !== 'TEXT' && kind !== 'LONG_TEXT') found.push(told('question.factKind', key));
      if (kind.startsWith('CHOICE')) {
        const isChoice = options.length >= 2 && repeated(options.map((option) => option.key)).length === 0;
        if (!isChoice) found.push(told('question.noOptions', key));
      }
      if (when === null) return found;
      const asked = spec.questions.slice(0, index).find((question) => question.key === when.question);
      if (!asked) return [...found, told('question.conditionUnknown', key)];
      const answers =
        asked.kind === 'YES_NO'
          ? ['yes', 'no']
          : asked.kind.startsWith('CHOICE')
            ? asked.options.map((option) => option.key)
            : [];
      return answers.includes(when.is) ? found : [...found, told('question.conditionImpossible', key)];
    }),
  ];
}

/** Credentials can be tried: what the call takes is asked for, and what its answer does not tell is not waited for. */
function testProblems(
  { platform, scopes }: CredentialsTest,
  asked: readonly CredentialField[],
  where: { task: string },
): Problem[] {
  const { fields, tellsScopes } = credentialsCalls[platform];
  const name = platformName(platform);
  const lacking = fields.filter((field) => !asked.some(({ key }) => key === field));
  const optional = asked.filter((field) => fields.includes(field.key) && !isFieldRequired(field));
  return [
    ...(lacking.length > 0 ? [problem('credentials.fields', where, { name, fields: lacking.join(', ') })] : []),
    ...optional.map(({ label }) => problem('credentials.optional', where, { name, field: label })),
    ...(scopes.length > 0 && !tellsScopes ? [problem('credentials.scopes', where, { name })] : []),
  ];
}

/** A file is judged by rules that there are; otherwise it could never be accepted. */
function checkProblems({ rules, profile, table }: FileCheck, where: { task: string }, input: string): Problem[] {
  if (rules === ownTable) {
    if (!table) return [problem('check.noTable', where, { input })];
    return tableProblems(table).map(({ path, message }) =>
      problem('check.table', where, { path, message, input, place: columnPlace(table, path) }),
    );
  }
  const known = knownRules().find((set) => set.key === rules);
  if (!known) return [problem('check.unknownRules', where, { name: rules })];
  const isKnown = profile === null || known.profiles.includes(profile);
  return isKnown ? [] : [problem('check.unknownProfile', where, { name: profile })];
}

/** The part of a table that a path of its schema means: `fields[0].type`, `primaryKey[1]`. */
function columnPlace(table: TableShape, path: string): string {
  const parts = path.split(/[.[\]]+/).filter((part) => part !== '');
  if (parts.length === 0 || path === 'fields') return words.templatePlaces.whole();
  const place = placeOf({ table }, ['table', ...parts]);
  return place.charAt(0).toUpperCase() + place.slice(1);
}

function referenceProblems(task: TaskTemplate, tasks: TaskTemplate[]): Problem[] {
  const isKnown = (name: string) => tasks.some((other) => other.key === name);
  const where = { task: task.key };
  return [
    ...task.after
      .filter((name) => !isKnown(name))
      .map((name) => problem('dependency.unknown', where, { name: `after ${name}` })),
    ...task.inputs.flatMap(({ spec }) =>
      spec.kind === 'APPROVAL' && spec.ofTask !== null && !isKnown(spec.ofTask)
        ? [problem('approval.unknownTask', where, { name: spec.ofTask })]
        : [],
    ),
    ...task.inputs.flatMap(({ label, spec }) =>
      (spec.kind === 'FILE' || spec.kind === 'URL') && spec.check ? checkProblems(spec.check, where, label) : [],
    ),
  ];
}

function cycleProblems(tasks: TaskTemplate[]): Problem[] {
  const cycle = cycleIn(new Map(tasks.map((task) => [task.key, task])));
  return cycle ? [problem('dependency.cycle', { task: cycle[0] ?? null }, { circle: cycle.join(' after ') })] : [];
}

/** The keys along one circle of dependencies, the first repeated at the end; null when there is none. */
function cycleIn(byKey: Map<string, { after: string[] }>): string[] | null {
  const cleared = new Set<string>();
  const walk = (from: string, path: string[]): string[] | null => {
    if (path.includes(from)) return [...path.slice(path.indexOf(from)), from];
    if (cleared.has(from)) return null;
    for (const next of byKey.get(from)?.after ?? []) {
      const found = walk(next, [...path, from]);
      if (found) return found;
    }
    cleared.add(from);
    return null;
  };
  for (const start of byKey.keys()) {
    const found = walk(start, []);
    if (found) return found;
  }
  return null;
}

function repeated(keys: string[]): string[] {
  return [...new Set(keys.filter((name, index) => keys.indexOf(name) !== index))];
}

function at(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  );
}

function keyOf(value: unknown): string | null {
  const key = at(value, ['key']);
  return typeof key === 'string' ? key : null;
}
