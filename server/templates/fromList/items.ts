import { accountVariables, variablesIn } from '../../tasks/queries.ts';
import type { Playbook } from '../document.ts';

/** Something that an account has or has not, and that somebody of the company may know before the client is asked. */
export type InformationItem = {
  /** shop.markets. */
  key: string;
  /** How the templates' forms ask for it; empty when only documentation uses it. */
  labels: string[];
};

/** A question of a form that what Sales hands over answers, or a variable of documentation. */
export type AskedItem = { key: string; label: string | null; help: string; isLong: boolean; task: string };

/** What the tasks of playbooks ask for by the name of an information item, in their order; each item once. */
export function itemsAsked(playbooks: readonly Pick<Playbook, 'phases'>[]): AskedItem[] {
  const asked = new Map<string, AskedItem>();
  const used = new Map<string, AskedItem>();
  for (const task of playbooks.flatMap(({ phases }) => phases).flatMap(({ tasks }) => tasks)) {
    for (const { spec } of task.inputs) {
      if (spec.kind !== 'FORM') continue;
      for (const { fact, label, help, kind } of spec.questions) {
        if (fact && !asked.has(fact)) {
          asked.set(fact, { key: fact, label, help, isLong: kind === 'LONG_TEXT', task: task.title });
        }
      }
    }
    const inText = new Set(variablesIn(task.documentation));
    for (const key of accountVariables) {
      const isLong = key.endsWith('.snippet');
      if (inText.has(key) && !used.has(key)) used.set(key, { key, label: null, help: '', isLong, task: task.title });
    }
  }
  return [...asked.values(), ...[...used.values()].filter(({ key }) => !asked.has(key))];
}

/** Every item that any of the playbooks asks for, with all the ways in which it is asked. */
export function informationItems(playbooks: readonly Playbook[]): InformationItem[] {
  const labels = new Map<string, Set<string>>();
  for (const playbook of playbooks) {
    for (const { key, label } of itemsAsked([playbook])) {
      const known = labels.get(key) ?? new Set();
      if (label !== null) known.add(label);
      labels.set(key, known);
    }
  }
  return [...labels].map(([key, known]) => ({ key, labels: [...known] }));
}
