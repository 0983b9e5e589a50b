import type { Phase, Road, Task } from './documents.ts';

/** A part that two people changed in different ways: ours stands, theirs is kept here until somebody chooses. */
export type Conflict = { taskKey: string | null; phaseKey: string | null; field: string; theirs: unknown };
export type Merged = { road: Road; conflicts: Conflict[] };

/**
 * Brings two people's changes to one road together, part by part: what only one of them changed is as they left it; of
 * what both changed differently, ours stands and theirs is told. Nothing that somebody wrote is lost without a word.
 */
export function mergeRoads(base: Road, mine: Road, theirs: Road): Merged {
  const conflicts: Conflict[] = [];
  const told = (place: Pick<Conflict, 'taskKey' | 'phaseKey'>) => (field: string, their: unknown) =>
    void conflicts.push({ ...place, field, theirs: their });

  const head = mergeParts(headOf(base), headOf(mine), headOf(theirs), told({ taskKey: null, phaseKey: null }));
  const was = taskMap(base);
  const [ours, others] = [taskMap(mine), taskMap(theirs)];
  const mergedTask = (key: string): Task | null => {
    const [old, our, their] = [was.get(key), ours.get(key), others.get(key)];
    if (our && their) return old ? mergeParts(old, our, their, told({ taskKey: key, phaseKey: null })) : our;
    if (!our && !their) return null;
    // Taken out by one of them: it stays out, unless the other one has written in it since.
    const left = our ?? their;
    return old && same(old, left) ? null : (left ?? null);
  };
  const isMovedByBoth = [placesOf(mine), placesOf(theirs)].every((each) => !same(each, placesOf(base)));
  if (isMovedByBoth && !same(placesOf(mine), placesOf(theirs))) told({ taskKey: null, phaseKey: null })('order', null);
  const phases = placed(base, mine, theirs).flatMap(({ key, taskKeys }): Phase[] => {
    const [old, our, their] = [phaseOf(base, key), phaseOf(mine, key), phaseOf(theirs, key)];
    const present =
      our && their && old ? mergeParts(old, our, their, told({ taskKey: null, phaseKey: key })) : (our ?? their);
    return present ? [{ ...present, tasks: taskKeys.flatMap((taskKey) => mergedTask(taskKey) ?? []) }] : [];
  });
  return { road: { ...head, phases }, conflicts };
}

export function same(one: unknown, other: unknown): boolean {
  return one === other || canonical(one) === canonical(other);
}

type Place = { key: string; taskKeys: string[] };

/** Which phases and tasks stand where: as the only one who moved things left them; else as they did, with ours put in. */
function placed(base: Road, mine: Road, theirs: Road): Place[] {
  const [was, ours, others] = [placesOf(base), placesOf(mine), placesOf(theirs)];
  if (same(ours, others) || same(others, was)) return withWritten(ours, base, mine, theirs);
  if (same(ours, was)) return withWritten(others, base, mine, theirs);
  const places = others.map((place) => ({ ...place, taskKeys: [...place.taskKeys] }));
  for (const place of ours) {
    const isNew = !was.some((each) => each.key === place.key);
    if (isNew && !places.some((each) => each.key === place.key)) places.push({ key: place.key, taskKeys: [] });
    const target = places.find((each) => each.key === place.key);
    for (const key of place.taskKeys) {
      const isKnown =
        was.some((each) => each.taskKeys.includes(key)) || places.some((each) => each.taskKeys.includes(key));
      if (target && !isKnown) target.taskKeys.push(key);
    }
  }
  const removed = (key: string) => !ours.some((each) => each.key === key) && was.some((each) => each.key === key);
  const kept = places
    .filter((place) => !removed(place.key) || place.taskKeys.length > 0)
    .map((place) => ({ ...place, taskKeys: place.taskKeys }));
  return withWritten(kept, base, mine, theirs);
}

/** A task that one took out while the other wrote in it comes back, at the end of the phase that it was in. */
function withWritten(places: Place[], base: Road, mine: Road, theirs: Road): Place[] {
  const was = taskMap(base);
  const missing = [mine, theirs].flatMap((road) =>
    road.phases.flatMap((phase) =>
      phase.tasks
        .filter((task) => {
          const old = was.get(task.key);
          return !places.some((place) => place.taskKeys.includes(task.key)) && (!old || !same(old, task));
        })
        .map((task) => ({ key: task.key, phaseKey: phase.key })),
    ),
  );
  const result = places.map((place) => ({ ...place, taskKeys: [...place.taskKeys] }));
  for (const { key, phaseKey } of missing) {
    const target = result.find((place) => place.key === phaseKey) ?? result.at(-1);
    if (target && !target.taskKeys.includes(key)) target.taskKeys.push(key);
    if (!target) result.push({ key: phaseKey, taskKeys: [key] });
  }
  return result;
}

/** Field by field: what one changed is theirs, what both changed differently is ours and is told. */
function mergeParts<T extends object>(base: T, mine: T, theirs: T, told: (field: string, theirs: unknown) => void): T {
  const merged = Object.entries(mine).map(([field, value]) => {
    if (field === 'tasks' || field === 'phases') return [field, value];
    const [old, their] = [Reflect.get(base, field), Reflect.get(theirs, field)];
    if (same(value, their) || same(their, old)) return [field, value];
    if (same(value, old)) return [field, their];
    told(field, their);
    return [field, value];
  });
  return Object.fromEntries(merged) as T;
}

function headOf({ phases: _, ...head }: Road): Omit<Road, 'phases'> {
  return head;
}

function placesOf(road: Road): Place[] {
  return road.phases.map(({ key, tasks }) => ({ key, taskKeys: tasks.map((task) => task.key) }));
}

function taskMap(road: Road): Map<string, Task> {
  return new Map(road.phases.flatMap((phase) => phase.tasks.map((task) => [task.key, task] as const)));
}

function phaseOf(road: Road, key: string): Phase | undefined {
  return road.phases.find((phase) => phase.key === key);
}

function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
