import { isPastClose, type WorkingCalendar, workingDayFrom } from '../calendar.ts';

/** Why something needs a person, the most urgent first: what has several reasons stands where the first one puts it. */
export const whyKinds = [
  'TASK_OVERDUE',
  'PROMISE_BROKEN',
  'TASK_DUE_TODAY',
  'PROMISE_DUE',
  'REVIEW_WAITS',
  'APPROVAL_WAITS',
  'MENTIONED',
  'STUCK',
  'CLIENT_SILENT',
  'TASK_DUE_SOON',
] as const;
export type WhyKind = (typeof whyKinds)[number];

export const urgencies = ['LATE', 'TODAY', 'WAITING', 'HELD_UP', 'SOON'] as const;
export type Urgency = (typeof urgencies)[number];

const urgencyOf: Readonly<Record<WhyKind, Urgency>> = {
  TASK_OVERDUE: 'LATE',
  PROMISE_BROKEN: 'LATE',
  TASK_DUE_TODAY: 'TODAY',
  PROMISE_DUE: 'TODAY',
  REVIEW_WAITS: 'WAITING',
  APPROVAL_WAITS: 'WAITING',
  MENTIONED: 'WAITING',
  STUCK: 'HELD_UP',
  CLIENT_SILENT: 'HELD_UP',
  TASK_DUE_SOON: 'SOON',
};

/** One reason why a task, or a whole project (`taskId` null), needs the person. */
export type Why = {
  kind: WhyKind;
  projectId: string;
  taskId: string | null;
  /** The day that it is about: due, or promised. */
  on: string | null;
  /** Since when it is so. */
  since: Date | null;
  /** Who did it, or said it; null when it followed by itself. */
  actorId: string | null;
  /** Where somebody was named. */
  commentId: string | null;
  isOfNote: boolean;
  /** The task is nobody's, so it is for whoever manages the project. */
  isNobodys: boolean;
  /** In whose place they are asked. */
  inPlaceOfId: string | null;
  /** Working days of silence. */
  days: number | null;
};

/** What needs the person: a task, or a project, with all its reasons. */
export type DayItem = { key: string; projectId: string; taskId: string | null; urgency: Urgency; whys: Why[] };
export type DayGroup = { urgency: Urgency; items: DayItem[] };

/** What has no reason of that kind has none of what the kind tells. */
export function why(given: Pick<Why, 'kind' | 'projectId' | 'taskId'> & Partial<Why>): Why {
  return {
    ...{ on: null, since: null, actorId: null, commentId: null, isOfNote: false, isNobodys: false, days: null },
    inPlaceOfId: null,
    ...given,
  };
}

/**
 * A task stands in a day once, however many reasons it has. Groups come by urgency and are left out when empty; in each
 * the earliest day, or what has waited longest, comes first.
 */
export function groupsOf(whys: readonly Why[]): DayGroup[] {
  const byKey = new Map<string, Why[]>();
  for (const one of whys) {
    const key = one.taskId ?? one.projectId;
    byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  const items = [...byKey].map(([key, own]) => itemOf(key, own));
  return urgencies.flatMap((urgency) => {
    const within = items.filter((item) => item.urgency === urgency).sort(byAge);
    return within.length > 0 ? [{ urgency, items: within }] : [];
  });
}

function itemOf(key: string, own: readonly Why[]): DayItem {
  const whys = own.toSorted((a, b) => rankOf(a) - rankOf(b) || ageOf(a).localeCompare(ageOf(b)));
  const [first] = whys;
  if (!first) throw new Error('An item has a reason.');
  const { projectId, taskId, kind } = first;
  return { key, projectId, taskId, urgency: urgencyOf[kind], whys };
}

const rankOf = ({ kind }: Why) => whyKinds.indexOf(kind);
const ageOf = ({ on, since }: Why) => on ?? since?.toISOString() ?? '9999';

function byAge(a: DayItem, b: DayItem): number {
  const age = ({ whys: [first] }: DayItem) => (first ? ageOf(first) : '');
  return age(a).localeCompare(age(b)) || a.key.localeCompare(b.key);
}

/** A task due so many days from today is soon. */
export const soonDays = 7;

/**
 * How a due day stands to now: late once its close of business has passed; due today also when its day was a day off
 * just before. Each day is asked for once.
 */
export function dueReader(now: Date, calendar: WorkingCalendar, today: string): (dueOn: string) => WhyKind {
  const known = new Map<string, WhyKind>();
  const read = (dueOn: string): WhyKind => {
    if (isPastClose(dueOn, now, calendar, today)) return 'TASK_OVERDUE';
    return workingDayFrom(dueOn, calendar) <= today ? 'TASK_DUE_TODAY' : 'TASK_DUE_SOON';
  };
  return (dueOn) => {
    const kind = known.get(dueOn) ?? read(dueOn);
    known.set(dueOn, kind);
    return kind;
  };
}

/** `days` days of the calendar after a day. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
