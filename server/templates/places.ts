import { words } from '../words/en.ts';

/*
 * Where something stands in a template, as its author calls it: `inputs.0.spec.questions.1.label` of a task is
 * “input “Your shop”, question “Which currency?”, label”. Parts without a name of their own go by their number.
 */
const { lists, parts } = words.templatePlaces;
/** What stands between a thing and its parts, and is nothing that an author knows of. */
const between: readonly string[] = ['spec', 'check', 'table', 'constraints'];

export function placeOf(document: unknown, path: readonly string[]): string {
  const said: string[] = [];
  let node = document;
  for (let at = 0; at < path.length; at++) {
    const name = path[at] as string;
    node = partOf(node, name);
    const index = path[at + 1];
    const isInList = Array.isArray(node) && index !== undefined && /^\d+$/.test(index);
    if (isInList && isKnown(lists, name)) {
      node = partOf(node, index);
      // What a table calls its fields are columns to whoever makes one.
      const what = path[at - 1] === 'table' ? lists.columns : lists[name];
      said.push(words.templatePlaces.item({ what, name: nameOf(node), number: Number(index) + 1 }));
      at++;
    } else if (isKnown(parts, name)) said.push(parts[name]);
    else if (!between.includes(name) && !/^\d+$/.test(name)) said.push(words.templatePlaces.other({ name }));
  }
  return said.join(', ');
}

function isKnown<T extends object>(known: T, name: string): name is Extract<keyof T, string> {
  return Object.hasOwn(known, name);
}

function partOf(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[name] : undefined;
}

/** What its author named it; null for what has no name yet. */
function nameOf(node: unknown): string | null {
  for (const part of ['label', 'title', 'name']) {
    const name = partOf(node, part);
    if (typeof name === 'string' && name.trim() !== '') return name.trim().slice(0, 100);
  }
  return null;
}
