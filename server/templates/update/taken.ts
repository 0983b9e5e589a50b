import type { InputSource } from '../../inputs.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import type { MergedRoad, RoadTask } from '../merge.ts';
import type { UpdatePart } from './offer.ts';

/** A task of a road by its key. */
export function templateTask(road: MergedRoad, key: string): RoadTask | undefined {
  return road.phases.flatMap((phase) => phase.tasks).find((task) => task.key === key);
}

/** Working days that a task has from the last thing it waits for to its due day. */
export function plannedDays(road: MergedRoad, task: RoadTask): number {
  const before = task.after.flatMap((key) => templateTask(road, key)?.dueInBusinessDays ?? []);
  return Math.max(0, task.dueInBusinessDays - Math.max(0, ...before));
}

const fieldsOf = {
  WORDS: ['title', 'purpose', 'documentation'],
  SETTINGS: ['minutes', 'side', 'isGate', 'isReviewWanted', 'reviewerRole'],
} as const;

type Change = Partial<
  Pick<
    TaskSeen,
    | 'title'
    | 'purpose'
    | 'documentation'
    | 'minutes'
    | 'side'
    | 'isGate'
    | 'isReviewWanted'
    | 'reviewerRole'
    | 'type'
    | 'acceptedExtensions'
  >
>;

/**
 * The columns that the accepted parts change: only what the two versions differ in, so that what somebody edited in
 * the project, and the template did not touch, stays.
 */
export function changeOf(
  task: TaskSeen,
  old: RoadTask | undefined,
  template: RoadTask,
  parts: ReadonlySet<UpdatePart>,
): Change {
  const fields = (['WORDS', 'SETTINGS'] as const).flatMap((part) => (parts.has(part) ? [...fieldsOf[part]] : []));
  const change: Change = Object.fromEntries(
    fields
      .map((field) => ({ field, is: settingOf(template, field), was: old && settingOf(old, field) }))
      .filter(({ field, is, was }) => was !== is && task[field] !== is)
      .map(({ field, is }) => [field, is]),
  );
  if (!parts.has('INPUTS')) return change;
  const acceptedExtensions = extensionsOf(template.inputs);
  return {
    ...change,
    ...(task.type === template.type ? {} : { type: template.type }),
    ...(task.acceptedExtensions.join() === acceptedExtensions.join() ? {} : { acceptedExtensions }),
  };
}

type Field = (typeof fieldsOf)[keyof typeof fieldsOf][number];

/** What a template says under the name that the column has. */
export function settingOf(task: RoadTask, field: Field): string | number | boolean | null {
  return field === 'reviewerRole' ? (task.reviewer ?? null) : task[field];
}

/** What a task asks for, as rows have it. */
export function inputsOf({ inputs }: RoadTask) {
  return inputs.map(({ key, label, isRequired, spec }) => ({ key, kind: spec.kind, label, isRequired, spec }));
}

function extensionsOf(inputs: readonly InputSource[]): string[] {
  return inputs.flatMap(({ spec }) => (spec.kind === 'FILE' ? spec.acceptedExtensions : []));
}
