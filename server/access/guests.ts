import type { Act, Acts } from './policy.ts';
import type { Viewer } from './viewer.ts';

/** All that a guest does, and only on the task that was handed to them. */
const guestActs: readonly Act[] = [
  'task.read',
  'task.start',
  'task.complete',
  'task.flagStuck',
  'task.submit',
  'submission.read',
  'comment.read',
  'comment.addShared',
];

/** Whether an act is a guest's to do; true for whoever is no guest. Facts that do not say of which task they are, are of none of a guest's. */
export function isOfGuest({ handedTaskId }: Viewer, act: Act, facts: Acts[Act]): boolean {
  if (handedTaskId === undefined) return true;
  if (!guestActs.includes(act) || facts === null) return false;
  const { id, taskId }: { id: unknown; taskId: unknown } = { id: null, taskId: null, ...facts };
  return (taskId ?? id) === handedTaskId;
}
