import { z } from 'zod';
import { reviewerRoles, sides, taskStates, taskTypes } from '../../../drizzle/schema/index.ts';
import { condition } from '../../conditions.ts';
import { inputSource } from '../../inputs.ts';
import type { Standing } from './queries.ts';

/*
 * What an update of a project changed, as the difference of what stood before and behind it. It is kept beside the
 * update, and taking that back is this the other way round.
 */
const edited = z.object({
  title: z.string(),
  purpose: z.string(),
  documentation: z.string(),
  minutes: z.int(),
  side: z.enum(sides),
  isGate: z.boolean(),
  isReviewWanted: z.boolean(),
  reviewerRole: z.enum(reviewerRoles).nullable(),
  type: z.enum(taskTypes),
  acceptedExtensions: z.array(z.string()),
  dueOn: z.string().nullable(),
});
export const editedFields = Object.keys(edited.shape) as (keyof z.output<typeof edited>)[];

const link = z.object({ taskId: z.string(), predecessorId: z.string() });
const depends = z.object({ taskKey: z.string(), conditions: z.array(z.array(condition)), applies: z.boolean() });
export const updateDone = z.object({
  /** Keys of tasks that came, or may come yet because they depend on something. */
  added: z.array(z.string()),
  waived: z.array(z.object({ id: z.string(), state: z.enum(taskStates) })),
  edited: z.array(z.object({ id: z.string(), before: edited.partial(), after: edited.partial() })),
  inputs: z.array(z.object({ id: z.string(), before: z.array(inputSource), after: z.array(inputSource) })),
  tied: z.array(link),
  untied: z.array(link),
  /** What depended on something before, where that was changed or taken away. */
  conditions: z.array(depends),
  /** Keys of what depends on something only since then. */
  newConditions: z.array(z.string()),
});
export type { Standing } from './queries.ts';
export type UpdateDone = z.output<typeof updateDone>;

export function doneBetween(before: Standing, after: Standing): UpdateDone {
  const was = new Map(before.tasks.map((task) => [task.id, task]));
  const both = after.tasks.flatMap((now) => {
    const old = was.get(now.id);
    return old ? [{ old, now }] : [];
  });
  const rowOf = new Map(after.conditions.map((row) => [row.taskKey, row]));
  const isNew = (key: string) => !before.conditions.some((row) => row.taskKey === key);
  const newConditions = after.conditions.map((row) => row.taskKey).filter(isNew);
  const here = new Set(before.tasks.map((task) => task.key));
  const tiedIn = (links: Standing['links'], other: Standing['links']) =>
    links.filter((one) => !other.some((two) => one.taskId === two.taskId && one.predecessorId === two.predecessorId));
  return {
    added: [
      ...after.tasks.filter((task) => !was.has(task.id)).map((task) => task.key),
      ...newConditions.filter((key) => !here.has(key)),
    ],
    waived: both.flatMap(({ old, now }) =>
      now.state === 'WAIVED' && old.state !== 'WAIVED' ? [{ id: now.id, state: old.state }] : [],
    ),
    edited: both.flatMap(({ old, now }) => {
      const fields = editedFields.filter((field) => !same(old[field], now[field]));
      const of = (task: typeof now) => Object.fromEntries(fields.map((field) => [field, task[field]]));
      return fields.length > 0 ? [{ id: now.id, before: of(old), after: of(now) }] : [];
    }),
    inputs: both.flatMap(({ old, now }) =>
      same(old.inputs, now.inputs) ? [] : [{ id: now.id, before: [...old.inputs], after: [...now.inputs] }],
    ),
    tied: tiedIn(after.links, before.links),
    untied: tiedIn(before.links, after.links),
    conditions: before.conditions
      .filter((row) => !same(row.conditions, rowOf.get(row.taskKey)?.conditions))
      .map(({ taskKey, conditions, applies }) => ({ taskKey, conditions: mutable(conditions), applies })),
    newConditions,
  };
}

/** Equal however the database orders what is in it. */
export function same(one: unknown, other: unknown): boolean {
  return sorted(one) === sorted(other);
}

function sorted(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function mutable<T>(all: readonly (readonly T[])[]): T[][] {
  return all.map((each) => [...each]);
}
