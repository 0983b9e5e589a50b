import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { platforms, productKeys } from '../../drizzle/schema/index.ts';
import { documentationVariables, variablesIn } from '../tasks/queries.ts';
import { searchShopify } from './playbooks/searchShopify/playbook.ts';

const minimumWords = 120;

const key = z.string().regex(/^[a-z][A-Za-z0-9]*$/);
const task = z.strictObject({
  key,
  title: z.string().min(1).max(120),
  /** A clause that ends the sentence "We ask for this". */
  purpose: z.string().startsWith('so that '),
  minutes: z.int().min(1).max(480),
  /** The inputs that exist so far. */
  type: z.enum(['FILE', 'URL']),
  side: z.enum(['CLIENT', 'COMPANY']),
  acceptedExtensions: z.array(z.string().regex(/^\.[a-z0-9]+$/)),
  /** Keys of the tasks that come first. */
  after: z.array(key),
  /** Counted from the day of signing. */
  dueInBusinessDays: z.int().min(0).max(365),
});
const phase = z.strictObject({
  key,
  name: z.string().min(1),
  milestone: z.string().min(1),
  tasks: z.array(task).min(1),
});
const source = z.strictObject({
  key,
  version: z.int().min(1),
  name: z.string().min(1),
  platform: z.enum(platforms),
  products: z.array(z.enum(productKeys)).min(1),
  targetInBusinessDays: z.int().min(1),
  phases: z.array(phase).min(1),
});

/** A playbook as it is written: typed data, with the documentation beside it in one Markdown file per task. */
export type PlaybookSource = z.infer<typeof source>;
type TaskSource = z.infer<typeof task>;
export type TaskTemplate = TaskSource & { documentation: string };
export type PhaseTemplate = Omit<z.infer<typeof phase>, 'tasks'> & { tasks: TaskTemplate[] };
/** A playbook as it is used, whole and checked. */
export type Playbook = Omit<PlaybookSource, 'phases'> & { phases: PhaseTemplate[] };

const sources = { searchShopify };
export type PlaybookKey = keyof typeof sources;

/** Reads a playbook with its documentation from disk. Throws `PlaybookError` with everything that is wrong with it. */
export function readPlaybook(playbookKey: PlaybookKey): Playbook {
  return buildPlaybook(sources[playbookKey], (taskKey) =>
    readFileSync(new URL(`./playbooks/${playbookKey}/${taskKey}.md`, import.meta.url), 'utf8'),
  );
}

export function buildPlaybook(from: unknown, documentationOf: (taskKey: string) => string): Playbook {
  const parsed = source.safeParse(from);
  if (!parsed.success) {
    throw new PlaybookError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const phases = parsed.data.phases.map((each) => ({
    ...each,
    tasks: each.tasks.map((one) => ({ ...one, documentation: documentationOf(one.key) })),
  }));
  const playbook = { ...parsed.data, phases };
  const tasks = phases.flatMap((each) => each.tasks);
  const problems = [
    ...repeated(phases.map((each) => each.key)).map((name) => `phase.repeated: ${name}`),
    ...repeated(tasks.map((each) => each.key)).map((name) => `task.repeated: ${name}`),
    ...tasks.flatMap(problemsOf),
    ...dependencyProblems(tasks),
  ];
  if (problems.length > 0) throw new PlaybookError(problems);
  return playbook;
}

/** Words outside code: what is there to be read. */
export function proseWords(markdown: string): number {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, ' ').replace(/^\|.*\|$/gm, ' ');
  return prose.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function problemsOf(one: TaskTemplate): string[] {
  const known: readonly string[] = documentationVariables;
  const problems = variablesIn(one.documentation)
    .filter((name) => !known.includes(name))
    .map((name) => `variable.unknown: ${name} in ${one.key}`);
  const words = proseWords(one.documentation);
  if (words < minimumWords) problems.push(`documentation.short: ${one.key}, ${words} of ${minimumWords} words`);
  if ((one.type === 'FILE') !== one.acceptedExtensions.length > 0) problems.push(`extensions.wrong: ${one.key}`);
  return problems;
}

function dependencyProblems(tasks: TaskSource[]): string[] {
  const byKey = new Map(tasks.map((each) => [each.key, each]));
  const unknown = tasks.flatMap((each) =>
    each.after.filter((name) => !byKey.has(name)).map((name) => `dependency.unknown: ${each.key} after ${name}`),
  );
  const cycle = cycleIn(byKey);
  return cycle ? [...unknown, `dependency.cycle: ${cycle.join(' after ')}`] : unknown;
}

/** The keys along one circle of dependencies, the first repeated at the end; null when there is none. */
function cycleIn(byKey: Map<string, TaskSource>): string[] | null {
  const cleared = new Set<string>();
  const walk = (at: string, path: string[]): string[] | null => {
    if (path.includes(at)) return [...path.slice(path.indexOf(at)), at];
    if (cleared.has(at)) return null;
    for (const next of byKey.get(at)?.after ?? []) {
      const found = walk(next, [...path, at]);
      if (found) return found;
    }
    cleared.add(at);
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

export class PlaybookError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
  }
}
