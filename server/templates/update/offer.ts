import type { ReviewerRole } from '../../../drizzle/schema/index.ts';
import type { InputSource } from '../../inputs.ts';
import { conditionWords } from '../conditions/said.ts';
import type { TaskTemplate } from '../document.ts';
import type { MergedRoad, RoadPhase, RoadTask } from '../merge.ts';
import { settingOf } from './taken.ts';

/*
 * What a newer version of a template would change in a project that runs on an older one. Three roads meet: the one that
 * the project began from (`before`), the one that it would begin from now (`after`), and what stands there (`now`), which
 * people have changed since. An item is offered for each part of each task that differs between the first two; whoever
 * reviews takes it or leaves it. What is done, waived or cancelled never changes. Pure.
 */
export const updateParts = ['ADDED', 'REMOVED', 'WORDS', 'INPUTS', 'DEPENDENCIES', 'CONDITIONS', 'SETTINGS'] as const;
export type UpdatePart = (typeof updateParts)[number];

/** Why an item cannot be taken: the task is over, something was handed in for it, or the project has it already. */
export const keptReasons = ['OVER', 'HANDED_IN', 'THERE_ALREADY'] as const;
export type KeptReason = (typeof keptReasons)[number];

/** A task of the project, as far as an update asks. */
export type TaskNow = {
  id: string;
  key: string;
  title: string;
  purpose: string;
  documentation: string;
  minutes: number;
  side: TaskTemplate['side'];
  isGate: boolean;
  isReviewWanted: boolean;
  reviewerRole: ReviewerRole | null;
  dueOn: string | null;
  isOver: boolean;
  hasDelivery: boolean;
  inputs: readonly InputSource[];
  /** Keys of what it waits for. */
  after: readonly string[];
};

/** One difference in an item: what the older version says, and the newer one; as text, a line or a page. */
export type UpdateEdit = { field: UpdateField; from: string; to: string };
export const updateFields = [
  'title',
  'purpose',
  'documentation',
  'minutes',
  'side',
  'isGate',
  'isReviewWanted',
  'reviewerRole',
  'dueOn',
  'inputs',
  'after',
  'when',
] as const;
export type UpdateField = (typeof updateFields)[number];

export type UpdateItem = {
  /** The task's key and the part: what whoever reviews names it by. */
  id: string;
  part: UpdatePart;
  taskKey: string;
  title: string;
  /** The project's task; null for one that would be added. */
  taskId: string | null;
  /** Of one that would be added: the phase of the newer road. */
  phase: string | null;
  edits: UpdateEdit[];
  /** Null: it can be taken. */
  keptBecause: KeptReason | null;
  /** Somebody changed the same thing in the project: taking it would undo that. */
  isEditedHere: boolean;
};

/** The day on which a task is due so many working days after the signature. */
type DueOn = (businessDays: number) => string;

/** Every item, in the order of the newer road, then what is gone. */
export function updateItems(
  before: MergedRoad,
  after: MergedRoad,
  now: readonly TaskNow[],
  dueOn: DueOn,
  /** Keys of tasks that may come yet, though they do not apply now. */
  conditional: ReadonlySet<string> = new Set(),
): UpdateItem[] {
  const [was, is] = [tasksOf(before), tasksOf(after)];
  const here = new Map(now.map((task) => [task.key, task]));
  const titles = new Map([...was, ...is].map(([key, { task }]) => [key, task.title]));
  const items: UpdateItem[] = [];
  for (const [key, { task, phase }] of is) {
    const old = was.get(key)?.task;
    const present = here.get(key);
    if (!old) items.push(added(task, phase, present));
    else if (present || conditional.has(key)) items.push(...reconditioned(before, after, old, task, present));
    if (!old) continue;
    // What a project never had, or lost, an update does not bring: somebody decided so.
    if (present) items.push(...changed(old, task, present, { titles, here, dueOn }));
  }
  for (const [key, { task }] of was) {
    const present = here.get(key);
    if (is.has(key) || !present) continue;
    const base = { id: `${key}:REMOVED`, part: 'REMOVED' as const, taskKey: key, title: present.title };
    const keptBecause = present.isOver ? 'OVER' : present.hasDelivery ? 'HANDED_IN' : null;
    const isEditedHere = present.title !== task.title || present.documentation.trim() !== task.documentation.trim();
    items.push({ ...base, taskId: present.id, phase: null, edits: [], keptBecause, isEditedHere });
  }
  return items;
}

function added(task: RoadTask, phase: RoadPhase, present: TaskNow | undefined): UpdateItem {
  return {
    id: `${task.key}:ADDED`,
    part: 'ADDED',
    taskKey: task.key,
    title: task.title,
    taskId: present?.id ?? null,
    phase: phase.name,
    edits: [],
    keptBecause: present ? 'THERE_ALREADY' : null,
    isEditedHere: false,
  };
}

/** What a task depends on, changed; its own state keeps nothing from that. */
function reconditioned(
  before: MergedRoad,
  after: MergedRoad,
  old: RoadTask,
  task: RoadTask,
  present: TaskNow | undefined,
): UpdateItem[] {
  if (canonical(old.conditions) === canonical(task.conditions)) return [];
  const edit = { field: 'when' as const, from: conditionWords(before, old), to: conditionWords(after, task) };
  return [
    {
      id: `${task.key}:CONDITIONS`,
      part: 'CONDITIONS',
      taskKey: task.key,
      title: present?.title ?? task.title,
      taskId: present?.id ?? null,
      phase: null,
      edits: [edit],
      keptBecause: null,
      isEditedHere: false,
    },
  ];
}

/** What stands around a task that changes. */
type Around = { titles: ReadonlyMap<string, string>; here: ReadonlyMap<string, TaskNow>; dueOn: DueOn };

function changed(old: RoadTask, task: RoadTask, here: TaskNow, { titles, here: all, dueOn }: Around): UpdateItem[] {
  const kept = here.isOver ? 'OVER' : null;
  const names = (keys: readonly string[]) => keys.map((key) => titles.get(key) ?? key).join('\n');
  const [inputsWere, inputsAre] = [canonical(old.inputs), canonical(task.inputs)];
  const [afterWas, afterIs] = [sorted(old.after), sorted(task.after)];
  const parts: [UpdatePart, UpdateEdit[], KeptReason | null, isEditedHere: boolean][] = [
    [
      'WORDS',
      edits(old, task, ['title', 'purpose', 'documentation']),
      kept,
      (['title', 'purpose', 'documentation'] as const).some((field) => here[field].trim() !== old[field].trim()),
    ],
    [
      'INPUTS',
      inputsWere === inputsAre && old.type === task.type
        ? []
        : [{ field: 'inputs', from: labels(old.inputs), to: labels(task.inputs) }],
      kept ?? (here.hasDelivery ? 'HANDED_IN' : null),
      canonical(here.inputs) !== inputsWere,
    ],
    [
      'DEPENDENCIES',
      afterWas.join() === afterIs.join() ? [] : [{ field: 'after', from: names(afterWas), to: names(afterIs) }],
      kept,
      // Of what may come and is not there, nobody here has said that it is not waited for.
      sorted(here.after).join() !== afterWas.filter((key) => all.has(key)).join(),
    ],
    [
      'SETTINGS',
      [
        ...edits(old, task, settings),
        ...(old.dueInBusinessDays === task.dueInBusinessDays
          ? []
          : [{ field: 'dueOn' as const, from: here.dueOn ?? '', to: dueOn(task.dueInBusinessDays) }]),
      ],
      kept,
      settings.some((field) => here[field] !== settingOf(old, field)) || here.dueOn !== dueOn(old.dueInBusinessDays),
    ],
  ];
  return parts
    .filter(([, found]) => found.length > 0)
    .map(([part, found, keptBecause, isEditedHere]) => ({
      id: `${task.key}:${part}`,
      part,
      taskKey: task.key,
      title: here.title,
      taskId: here.id,
      phase: null,
      edits: found,
      keptBecause,
      isEditedHere,
    }));
}

const settings = ['minutes', 'side', 'isGate', 'isReviewWanted', 'reviewerRole'] as const;
type Plain = 'title' | 'purpose' | 'documentation' | (typeof settings)[number];

function edits(old: RoadTask, task: RoadTask, fields: readonly Plain[]): UpdateEdit[] {
  return fields.flatMap((field) =>
    settingOf(old, field) === settingOf(task, field)
      ? []
      : [{ field, from: String(settingOf(old, field) ?? ''), to: String(settingOf(task, field) ?? '') }],
  );
}

function tasksOf(road: MergedRoad): Map<string, { task: RoadTask; phase: RoadPhase }> {
  return new Map(road.phases.flatMap((phase) => phase.tasks.map((task) => [task.key, { task, phase }] as const)));
}

function sorted(keys: readonly string[]): string[] {
  return [...new Set(keys)].sort();
}

function labels(inputs: readonly InputSource[]): string {
  return inputs.map(({ label }) => label).join('\n');
}

/** JSON with sorted keys and without what is not there: how the database and a file tell the same thing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
