import type { TaskTemplate } from './document.ts';

/** What ties ask of a task: its phase by its place on the road, and whether it may not apply. */
export type Tied = Pick<TaskTemplate, 'key' | 'after' | 'holdsPhases'> & { phase: number; isConditional: boolean };

/**
 * Who waits for whom once it is all said: what tasks name themselves, what gates hold, and what is behind tasks that may
 * not apply. Whoever waits for such a task also waits for what it waits for, so that the order stays whether it comes or
 * not, and nobody's links change when an answer does.
 */
export function tiesOf(tasks: readonly Tied[]): Map<string, string[]> {
  const after = new Map(tasks.map((task) => [task.key, [...task.after]]));
  for (const gate of tasks.filter((task) => task.holdsPhases)) holdLater(tasks, gate, after);
  const conditional = new Set(tasks.flatMap((task) => (task.isConditional ? [task.key] : [])));
  return new Map([...after].map(([key, own]) => [key, [...new Set([...own, ...behind(own, after, conditional)])]]));
}

/** Ties a gate before the first tasks of later phases; those behind these wait for it through them. */
function holdLater(tasks: readonly Tied[], gate: Tied, after: Map<string, string[]>): void {
  const later = tasks.filter((task) => task.phase > gate.phase);
  const keys = new Set(later.map((task) => task.key));
  for (const { key } of later) {
    const own = after.get(key) ?? [];
    // What is behind a later task already waits through it, unless that one may be missing.
    const isBehind = own.some((name) => keys.has(name) && !tasks.some((one) => one.key === name && one.isConditional));
    if (isBehind || waitsFor(gate.key, key, after)) continue;
    if (!own.includes(gate.key)) after.set(key, [...own, gate.key]);
  }
}

/** What stands before tasks that may be missing, as far as it takes to come to some that may not. */
function behind(
  keys: readonly string[],
  after: ReadonlyMap<string, readonly string[]>,
  conditional: ReadonlySet<string>,
  met: readonly string[] = [],
): string[] {
  return keys
    .filter((key) => conditional.has(key) && !met.includes(key))
    .flatMap((key) => {
      const next = after.get(key) ?? [];
      return [...next, ...behind(next, after, conditional, [...met, key])];
    });
}

/** Whether one waits for another, itself or through those it waits for. */
export function waitsFor(
  from: string,
  wanted: string,
  after: ReadonlyMap<string, readonly string[]>,
  seen = new Set<string>(),
): boolean {
  if (from === wanted) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return (after.get(from) ?? []).some((next) => waitsFor(next, wanted, after, seen));
}
