import type { EnumOf } from '../../api/graphql.ts';

type Person = { id: string; name: string; isStaff: boolean };
export type Change = {
  kind: string;
  at: string;
  position: number | null;
  actor: Person | null;
  facts: { version: number | null; to: EnumOf<'TaskState'> | null; assignee: Person | null };
};
export type ActivityLine = { key: string; change: Change; count: number; words: keyof typeof sentences | 'other' };

/** The sentence of each kind of event; what a delivery sets off besides is told by the delivery itself. */
export const sentences = {
  'task.created': 'activity.inTask.task.created',
  'task.ready': 'activity.inTask.task.ready',
  'task.started': 'activity.inTask.task.started',
  'task.assigned': 'activity.inTask.task.assigned',
  'task.unassigned': 'activity.inTask.task.unassigned',
  'task.reviewStarted': 'activity.inTask.task.reviewStarted',
  'task.approved': 'activity.inTask.task.approved',
  'task.accepted': 'activity.inTask.task.accepted',
  'task.changesRequested': 'activity.inTask.task.changesRequested',
  'submission.finished': 'activity.inTask.submission.finished',
  'submission.expired': 'activity.inTask.submission.expired',
  'note.created': 'activity.inTask.note.created',
  'note.edited': 'activity.inTask.note.edited',
  'comment.added': 'activity.inTask.comment.added',
  'comment.edited': 'activity.inTask.comment.edited',
  'comment.deleted': 'activity.inTask.comment.deleted',
  'comment.several': 'task.activity.comments',
  'note.several': 'task.activity.edits',
  other: 'activity.unknown',
} as const;

const untold = new Set(['task.submitted', 'submission.created']);
const several = { 'comment.added': 'comment.several', 'note.edited': 'note.several' } as const;

/** Newest first; a run of the same act by the same person is one line with its number. */
export function activityLines(oldestFirst: readonly Change[]): ActivityLine[] {
  const lines: ActivityLine[] = [];
  for (const [index, change] of oldestFirst.entries()) {
    if (untold.has(change.kind)) continue;
    const before = lines.at(-1);
    if (
      before &&
      before.change.kind === change.kind &&
      before.change.actor?.id === change.actor?.id &&
      isRun(change.kind)
    ) {
      lines[lines.length - 1] = { ...before, change, count: before.count + 1, words: several[change.kind] };
    } else {
      lines.push({ key: `${change.position ?? index}`, change, count: 1, words: wordsOf(change) });
    }
  }
  return lines.reverse();
}

const isRun = (kind: string): kind is keyof typeof several => kind in several;

function wordsOf(change: Change): ActivityLine['words'] {
  if (change.kind === 'task.assigned' && !change.facts.assignee) return 'task.unassigned';
  return change.kind in sentences ? (change.kind as keyof typeof sentences) : 'other';
}
