import type { TFunction } from 'i18next';
import type { FragmentOf } from '../../api/graphql.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import type { ActivityItem } from './ActivityFeed.tsx';

type Item = FragmentOf<typeof ActivityItem>;
export type Place = 'inProject' | 'inTask';

/** Steps of one act that its last step tells already; naming each would say the same thing four times. */
const quietKinds = new Set([
  'submission.created',
  'submission.reviewed',
  'task.submitted',
  'task.reviewStarted',
  'note.created',
  'task.ready',
  'task.notReady',
  'comment.reacted',
]);

/** What one person does several times in a row is told once, with the time of the last. */
function isRun(last: Item, item: Item): boolean {
  if (last.kind !== item.kind || last.actor?.id !== item.actor?.id) return false;
  if (item.kind === 'task.created') return true;
  return (item.kind === 'comment.added' || item.kind === 'note.edited') && last.taskId === item.taskId;
}

export type Told = { item: Item; count: number };

/** Newest first, without quiet steps, runs told once. */
export function toldOf(items: readonly Item[]): Told[] {
  const newestFirst = [...items].sort((a, b) => (b.position ?? 0) - (a.position ?? 0));
  const told: Told[] = [];
  for (const item of newestFirst) {
    if (quietKinds.has(item.kind)) continue;
    const last = told.at(-1);
    if (last && isRun(last.item, item)) last.count += 1;
    else told.push({ item, count: 1 });
  }
  return told;
}

/** Stands for the task's title while the sentence is put together, so that the title can be set apart in it. */
const here = '\uE000';

export type Sentence = { before: string; task: string; after: string };

/** What happened, with the task's title set apart. */
export function partsOf(t: TFunction, told: Told, place: Place, task: string): Sentence {
  const [before = '', after] = sentenceOf(t, told, place, here).split(here);
  return { before, task: after === undefined ? '' : task, after: after ?? '' };
}

/** Where one kind of event says different things, by its facts. */
function kindOf({ kind, facts }: Item): string {
  if (kind === 'task.assigned') {
    return facts.assignee ? kind : facts.isForLead ? 'task.assignedLead' : 'task.unassigned';
  }
  return kind === 'task.dueMoved' && !facts.dueOn ? 'task.dueCleared' : kind;
}

/** What happened, as one sentence. Kinds that this version does not know still say who changed something. */
function sentenceOf(t: TFunction, { item, count }: Told, place: Place, task: string): string {
  const actor = item.actor?.name ?? t('common.somebody');
  if (item.kind === 'task.created' && count > 1) return t('activity.tasksAdded', { actor, count });
  const kind = kindOf(item);
  const key = `activity.${place}.${kind}` as 'activity.inTask.task.assigned';
  const unknown = t('activity.unknown', { actor });
  const day = item.facts.dueOn ? dayWords(item.facts.dueOn, todayOf(new Date(item.at))) : '';
  const facts = { actor, task, assignee: item.facts.assignee?.name ?? '', version: item.facts.version ?? '', day };
  return t(key, { ...facts, defaultValue: unknown });
}
