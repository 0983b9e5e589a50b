import { newWanted } from './checks/wanted.ts';
import type { Input, Phase, Question, Road, Task } from './documents.ts';

/*
 * Changes of a road, each giving a new one. Keys are made here, once, and are never shown: people read titles.
 */
export function tasksOf(road: Road): Task[] {
  return road.phases.flatMap((phase) => phase.tasks);
}

export function taskOf(road: Road, key: string | undefined): Task | undefined {
  return tasksOf(road).find((task) => task.key === key);
}

export function phaseOfTask(road: Road, taskKey: string): Phase | undefined {
  return road.phases.find((phase) => phase.tasks.some((task) => task.key === taskKey));
}

export function withTask(road: Road, key: string, change: Partial<Task>): Road {
  return mapTasks(road, (task) => (task.key === key ? { ...task, ...change } : task));
}

export function withPhase(road: Road, key: string, change: Partial<Phase>): Road {
  return { ...road, phases: road.phases.map((phase) => (phase.key === key ? { ...phase, ...change } : phase)) };
}

/** Takes a task out; nothing waits for it or asks what was answered in it any more, and no approval is of it. */
export function withoutTask(road: Road, key: string): Road {
  const left = {
    ...road,
    phases: road.phases.map((phase) => ({ ...phase, tasks: phase.tasks.filter((task) => task.key !== key) })),
  };
  return mapTasks(left, (task) => ({
    ...task,
    after: task.after.filter((name) => name !== key),
    when: task.when.filter((one) => one.task !== key),
    inputs: task.inputs.map((input) => (input.ofTask === key ? { ...input, ofTask: null } : input)),
  }));
}

export function withoutPhase(road: Road, key: string): Road {
  const tasks = road.phases.find((phase) => phase.key === key)?.tasks ?? [];
  const bare = tasks.reduce((left, task) => withoutTask(left, task.key), road);
  return { ...bare, phases: bare.phases.filter((phase) => phase.key !== key) };
}

/** One place up or down the road, over the edge of a phase into the next one. */
export function withTaskMoved(road: Road, key: string, step: 1 | -1): Road {
  const at = road.phases.findIndex((phase) => phase.tasks.some((task) => task.key === key));
  const phase = road.phases[at];
  const index = phase?.tasks.findIndex((task) => task.key === key) ?? -1;
  if (!phase || index < 0) return road;
  const isInside = index + step >= 0 && index + step < phase.tasks.length;
  if (isInside) return withTaskAt(road, key, phase.key, index + step);
  const next = road.phases[at + step];
  return next ? withTaskAt(road, key, next.key, step > 0 ? 0 : next.tasks.length) : road;
}

/** Puts a task at a place of a phase, counted without itself. */
export function withTaskAt(road: Road, key: string, phaseKey: string, index: number): Road {
  const task = taskOf(road, key);
  if (!task) return road;
  return {
    ...road,
    phases: road.phases.map((phase) => {
      const others = phase.tasks.filter((each) => each.key !== key);
      return { ...phase, tasks: phase.key === phaseKey ? inserted(others, task, index) : others };
    }),
  };
}

export function withPhaseMoved(road: Road, key: string, step: 1 | -1): Road {
  const index = road.phases.findIndex((phase) => phase.key === key);
  const phase = road.phases[index];
  if (!phase || index + step < 0 || index + step >= road.phases.length) return road;
  const others = road.phases.filter((each) => each.key !== key);
  return { ...road, phases: inserted(others, phase, index + step) };
}

export function withNewPhase(road: Road, key: string): Road {
  return { ...road, phases: [...road.phases, { key, name: '', milestone: '', tasks: [] }] };
}

export function withNewTask(road: Road, phaseKey: string, key: string): Road {
  const phase = road.phases.find((each) => each.key === phaseKey);
  if (!phase) return road;
  const task: Task = {
    key,
    title: '',
    purpose: 'so that ',
    minutes: 30,
    type: 'WORK',
    side: 'CLIENT',
    visibility: 'SHARED',
    isGate: false,
    assignee: null,
    isReviewWanted: false,
    reviewer: null,
    holdsPhases: false,
    when: [],
    after: [],
    dueInBusinessDays: Math.max(0, ...phase.tasks.map((each) => each.dueInBusinessDays)),
    documentation: '',
    inputs: [],
  };
  return withPhase(road, phaseKey, { tasks: [...phase.tasks, task] });
}

const reviewedTypes: readonly string[] = ['FILE', 'URL', 'FORM', 'CREDENTIALS'];

/** Another type asks for its own kind of input and wants a review or not; what was asked for already stays. */
export function withType(task: Task, type: Task['type'], labelOf: (kind: Input['kind']) => string): Task {
  const kind = inputKinds.find((each) => each === type);
  const isReviewWanted = task.side === 'CLIENT' && reviewedTypes.includes(type);
  if (!kind) return { ...task, type, isReviewWanted, inputs: [] };
  // A meeting and a check ask for nothing else.
  const isAlone = kind === 'MEETING' || kind === 'CHECK';
  const kept = isAlone ? task.inputs.filter((input) => input.kind === kind) : task.inputs;
  // A check may be a person's: what a machine looks at is added by whoever wants it.
  if (kind === 'CHECK') return { ...task, type, isReviewWanted, inputs: kept };
  const inputs = kept.some((input) => input.kind === kind) ? kept : [...kept, newInput(kind, labelOf(kind))];
  return { ...task, type, isReviewWanted, inputs };
}

export const inputKinds = ['FILE', 'URL', 'FORM', 'CREDENTIALS', 'APPROVAL', 'MEETING', 'CHECK'] as const;

export function newInput(kind: Input['kind'], label: string): Input {
  return {
    key: freshKey('input'),
    label,
    isRequired: true,
    kind,
    acceptedExtensions: kind === 'FILE' ? ['.csv', '.pdf'] : null,
    check: null,
    wanted: kind === 'CHECK' ? JSON.stringify(newWanted('DNS')) : null,
    everyMinutes: kind === 'CHECK' ? 1_440 : null,
    questions: kind === 'FORM' ? [newQuestion()] : null,
    fields: kind === 'CREDENTIALS' ? [{ key: freshKey('field'), label: '', isSecret: true, isRequired: true }] : null,
    test: null,
    statement: kind === 'APPROVAL' ? '' : null,
    ofTask: null,
    minutes: kind === 'MEETING' ? 30 : null,
  };
}

export function newQuestion(): Question {
  const plain = {
    help: '',
    kind: 'TEXT' as const,
    isRequired: true,
    min: null,
    max: null,
    options: [],
    when: null,
    fact: null,
  };
  return { key: freshKey('question'), label: '', ...plain };
}

/** A key that nothing else has. */
export function freshKey(word: string): string {
  return `${word}${crypto.randomUUID().replaceAll('-', '').slice(0, 10)}`;
}

export function moved<T>(list: readonly T[], index: number, step: 1 | -1): T[] {
  const item = list[index];
  const target = index + step;
  if (item === undefined || target < 0 || target >= list.length) return [...list];
  return inserted(
    list.filter((_, at) => at !== index),
    item,
    target,
  );
}

function inserted<T>(list: readonly T[], item: T, index: number): T[] {
  return [...list.slice(0, index), item, ...list.slice(index)];
}

function mapTasks(road: Road, change: (task: Task) => Task): Road {
  return { ...road, phases: road.phases.map((phase) => ({ ...phase, tasks: phase.tasks.map(change) })) };
}

/** Working days that a task has from the last thing it waits for to its due day. */
export function plannedDays(road: Road, task: Task): number {
  const before = tasksOf(road).filter((each) => task.after.includes(each.key));
  return Math.max(0, task.dueInBusinessDays - Math.max(0, ...before.map((each) => each.dueInBusinessDays)));
}
