import type { ProcessFit, ProcessStep, StepKind } from './queries.ts';
import { variantsOf } from './variants.ts';

/** A way that projects went: where it left the plan, which alone tells two ways apart. */
export type Way = {
  deviations: { kind: StepKind; title: string }[];
  projectIds: readonly string[];
  /** Of all projects, 0 to 1. */
  share: number;
};
/** A task that took longer than its plan, over all projects. */
export type Bottleneck = {
  key: string;
  title: string;
  /** In how many projects it was done, and in how many of them slowly. */
  projectCount: number;
  slowCount: number;
  /** Working days beyond the plan, of all projects together, and what part of all such days that is, 0 to 1. */
  extraDays: number;
  share: number;
};
export type Reality = { projectCount: number; medianFitness: number | null; ways: Way[]; bottlenecks: Bottleneck[] };

export type Case = { projectId: string; fit: ProcessFit };

/**
 * How projects went on one template, whose tasks are `keys`: tasks of other templates that a project is on do not count,
 * those that no template knows do. What may come in any order makes no way of its own.
 */
export function realityOf(cases: readonly Case[], keys: ReadonlySet<string>): Reality {
  const own = cases.map(({ projectId, fit }) => ({
    projectId,
    fitness: fit.fitness,
    steps: fit.steps.filter(({ key }) => key === null || keys.has(key)),
  }));
  const sorted = own.map(({ fitness }) => fitness).sort((one, other) => one - other);
  const titles = new Map<string, { kind: StepKind; title: string }>();
  const wayOf = ({ steps }: { steps: readonly ProcessStep[] }) =>
    steps
      .filter(({ kind }) => kind !== 'AS_PLANNED' && kind !== 'SLOW')
      .map(({ kind, key, title }) => {
        const id = `${kind} ${key ?? title}`;
        if (!titles.has(id)) titles.set(id, { kind, title });
        return id;
      })
      .sort();
  const ways = variantsOf(own.map((one) => ({ id: one.projectId, activityIds: wayOf(one) })));
  return {
    projectCount: own.length,
    medianFitness: own.length === 0 ? null : middle(sorted),
    ways: ways.map(({ activityIds, caseIds, share }) => ({
      deviations: activityIds.flatMap((id) => titles.get(id) ?? []),
      projectIds: caseIds,
      share,
    })),
    bottlenecks: bottlenecksOf(own),
  };
}

function bottlenecksOf(cases: readonly { steps: readonly ProcessStep[] }[]): Bottleneck[] {
  const byKey = new Map<string, Omit<Bottleneck, 'share'>>();
  for (const { steps } of cases) {
    const met = new Set<string>();
    const slow = new Set<string>();
    for (const { key, title, days, plannedDays, kind } of steps) {
      if (key === null || days === null || plannedDays === null) continue;
      const known = byKey.get(key) ?? { key, title, projectCount: 0, slowCount: 0, extraDays: 0 };
      known.projectCount += met.has(key) ? 0 : 1;
      known.slowCount += kind === 'SLOW' && !slow.has(key) ? 1 : 0;
      // Done again, all of its days are beyond the plan.
      known.extraDays += met.has(key) ? days : Math.max(0, days - plannedDays);
      met.add(key);
      if (kind === 'SLOW') slow.add(key);
      byKey.set(key, known);
    }
  }
  const lost = [...byKey.values()].filter(({ extraDays }) => extraDays > 0);
  const all = lost.reduce((sum, { extraDays }) => sum + extraDays, 0);
  return lost
    .map((one) => ({ ...one, share: one.extraDays / all }))
    .sort((one, other) => other.extraDays - one.extraDays || (one.key < other.key ? -1 : 1));
}

function middle(sorted: readonly number[]): number {
  const at = sorted.length >> 1;
  const [below = 0, above = 0] = [sorted[at - 1], sorted[at]];
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}
