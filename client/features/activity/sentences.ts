import type { TFunction } from 'i18next';
import type { FragmentOf } from '../../api/graphql.ts';
import { count, dayWords, todayOf } from '../../words/format.ts';
import type { ActivityItem } from './ActivityFeed.tsx';

type Item = FragmentOf<typeof ActivityItem>;
export type Place = 'inProject' | 'inTask';

/** Steps of one act that its last step tells already; naming each would say the same thing four times. */
export const quietKinds: ReadonlySet<string> = new Set([
  'submission.created',
  'submission.reviewed',
  'submission.validationStarted',
  'submission.validated',
  'submission.checked',
  'submission.fetched',
  'submission.linksLooked',
  'submission.repaired',
  'task.submitted',
  'task.reviewStarted',
  'note.created',
  'task.ready',
  'task.notReady',
  'comment.reacted',
  'task.factConfirmed',
  'approval.delegated',
  'approval.returned',
  'handover.opened',
  'handover.renewed',
]);

/** What one person does several times in a row is told once, with the time of the last. */
function isRun(last: Item, item: Item): boolean {
  if (last.kind !== item.kind || last.actor?.id !== item.actor?.id) return false;
  if (item.kind === 'task.created') return true;
  return (item.kind === 'comment.added' || item.kind === 'note.edited') && last.taskId === item.taskId;
}

export type Told = {
  item: Item;
  count: number;
  /** What is at hand ends within it, so that it may be of more. */
  isCut: boolean;
};

/** Newest first, without quiet steps, runs told once; `hasEarlier`: more stands before the oldest of them. */
export function toldOf(items: readonly Item[], hasEarlier = false): Told[] {
  const newestFirst = [...items].sort((a, b) => (b.position ?? 0) - (a.position ?? 0));
  const told: Told[] = [];
  for (const item of newestFirst) {
    if (quietKinds.has(item.kind)) continue;
    const last = told.at(-1);
    if (last && isRun(last.item, item)) last.count += 1;
    else told.push({ item, count: 1, isCut: false });
  }
  const oldest = told.at(-1);
  if (oldest && hasEarlier) oldest.isCut = true;
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

type Facts = Pick<
  Item['facts'],
  'assignee' | 'isForLead' | 'dueOn' | 'promisedOn' | 'version' | 'repairs' | 'repairOf' | 'standing'
>;
type Happened = { kind: string; at: string; facts: Facts };

/** What a check came to; that it found a fault for the first time is what its kind says by itself. */
const standingKinds: Readonly<Record<string, string>> = {
  BROKEN: 'submission.standingBroken',
  FLAPPING: 'submission.standingFlapping',
  PASSING: 'submission.standingPassing',
};

/** Where one kind of event says different things, by its facts. */
function kindOf({ kind, facts }: Happened): string {
  if (kind === 'task.assigned') {
    return facts.assignee ? kind : facts.isForLead ? 'task.assignedLead' : 'task.unassigned';
  }
  if (kind === 'submission.finished' && facts.repairs) {
    return facts.repairOf ? 'submission.finishedRepaired' : 'submission.finishedMended';
  }
  if (kind === 'submission.standingChanged') return standingKinds[facts.standing ?? ''] ?? kind;
  return kind === 'task.dueMoved' && !facts.dueOn ? 'task.dueCleared' : kind;
}

type Words = { actor: string; task: string; unknown: string };

/** The sentence of one event; `unknown` for a kind that this version has no words for. */
export function sentenceOfEvent(t: TFunction, item: Happened, place: Place, { actor, task, unknown }: Words): string {
  const key = `activity.${place}.${kindOf(item)}` as 'activity.inTask.task.assigned';
  const { assignee, version, repairs, repairOf, dueOn, promisedOn } = item.facts;
  const named = dueOn ?? promisedOn;
  const day = named ? dayWords(named, todayOf(new Date(item.at))) : '';
  const repaired = { of: repairOf ?? '', ...(repairs && { count: repairs, shown: count(repairs) }) };
  const facts = { actor, task, assignee: assignee?.name ?? '', version: version ?? '', day, ...repaired };
  return t(key, { ...facts, defaultValue: unknown });
}

/** What happened, as one sentence. Kinds that this version does not know still say who changed something. */
function sentenceOf(t: TFunction, { item, count, isCut }: Told, place: Place, task: string): string {
  const actor = item.actor?.name ?? t('common.somebody');
  if (item.kind === 'task.created' && count > 1) {
    return isCut ? t('activity.tasksAddedOrMore', { actor }) : t('activity.tasksAdded', { actor, count });
  }
  return sentenceOfEvent(t, item, place, { actor, task, unknown: t('activity.unknown', { actor }) });
}
