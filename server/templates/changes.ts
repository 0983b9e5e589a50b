import type { Playbook, TaskTemplate } from './document.ts';

export const changeKinds = ['ADDED', 'REMOVED', 'CHANGED', 'MOVED'] as const;
export const changedThings = ['TEMPLATE', 'PHASE', 'TASK'] as const;

/** One difference between two versions, for whoever is about to publish or wants to know what became of a task. */
export type TemplateChange = {
  kind: (typeof changeKinds)[number];
  thing: (typeof changedThings)[number];
  key: string;
  title: string;
  /** Names of the parts that changed, as the document spells them. */
  fields: string[];
};

/** What is different in `after`, in the order of its road, then what is gone. */
export function changesBetween(before: Playbook | null, after: Playbook): TemplateChange[] {
  if (before === null) return [];
  const [was, is] = [placed(before), placed(after)];
  const headFields = differing(headOf(before), headOf(after));
  const [phasesWere, phasesAre] = [before.phases, after.phases];
  const tasks = [...is.values()].flatMap(({ task, phase }): TemplateChange[] => {
    const old = was.get(task.key);
    const change = { thing: 'TASK' as const, key: task.key, title: task.title };
    if (!old) return [{ ...change, kind: 'ADDED', fields: [] }];
    const fields = differing(old.task, task);
    if (fields.length > 0) return [{ ...change, kind: 'CHANGED', fields }];
    return old.phase === phase ? [] : [{ ...change, kind: 'MOVED', fields: [] }];
  });
  const phases = phasesAre.flatMap(({ tasks: _, ...phase }): TemplateChange[] => {
    const old = phasesWere.find((each) => each.key === phase.key);
    const change = { thing: 'PHASE' as const, key: phase.key, title: phase.name };
    if (!old) return [{ ...change, kind: 'ADDED', fields: [] }];
    const { tasks: __, ...head } = old;
    const fields = differing(head, phase);
    return fields.length > 0 ? [{ ...change, kind: 'CHANGED', fields }] : [];
  });
  return [
    ...(headFields.length > 0
      ? [
          {
            kind: 'CHANGED' as const,
            thing: 'TEMPLATE' as const,
            key: after.key,
            title: after.name,
            fields: headFields,
          },
        ]
      : []),
    ...phases,
    ...tasks,
    ...moved(before, after),
    ...phasesWere
      .filter((phase) => !phasesAre.some((each) => each.key === phase.key))
      .map(({ key, name }) => ({
        kind: 'REMOVED' as const,
        thing: 'PHASE' as const,
        key,
        title: name,
        fields: [],
      })),
    ...[...was.values()]
      .filter(({ task }) => !is.has(task.key))
      .map(({ task: { key, title } }) => ({
        kind: 'REMOVED' as const,
        thing: 'TASK' as const,
        key,
        title,
        fields: [],
      })),
  ];
}

/** Phases that stand elsewhere, and phases whose tasks were put in another order. */
function moved(before: Playbook, after: Playbook): TemplateChange[] {
  const order = (playbook: Playbook, other: Playbook) =>
    playbook.phases.map((each) => each.key).filter((key) => other.phases.some((each) => each.key === key));
  const isReordered = order(before, after).join() !== order(after, before).join();
  const road: TemplateChange[] = isReordered
    ? [{ kind: 'MOVED', thing: 'TEMPLATE', key: after.key, title: after.name, fields: ['phases'] }]
    : [];
  const inside = after.phases.flatMap((phase): TemplateChange[] => {
    const old = before.phases.find((each) => each.key === phase.key);
    if (!old) return [];
    const both = (from: TaskTemplate[], other: TaskTemplate[]) =>
      from.map((each) => each.key).filter((key) => other.some((each) => each.key === key));
    const isSame = both(old.tasks, phase.tasks).join() === both(phase.tasks, old.tasks).join();
    return isSame ? [] : [{ kind: 'MOVED', thing: 'PHASE', key: phase.key, title: phase.name, fields: ['tasks'] }];
  });
  return [...road, ...inside];
}

function placed(playbook: Playbook): Map<string, { task: TaskTemplate; phase: string }> {
  const entries = playbook.phases.flatMap((phase) =>
    phase.tasks.map((task) => [task.key, { task, phase: phase.key }] as const),
  );
  return new Map(entries);
}

function headOf({ name, platform, products, targetInBusinessDays }: Playbook): Record<string, unknown> {
  return { name, platform, products, targetInBusinessDays };
}

/** The names under which two objects hold something else. */
function differing(before: object, after: object): string[] {
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([name, value]) =>
    canonical(old.get(name)) === canonical(value) ? [] : [name],
  );
}

/** JSON with sorted keys: the database does not keep the order in which they were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
