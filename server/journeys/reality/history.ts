import type { WorkingCalendar } from '../../calendar.ts';
import { daysTaken, type Stretch } from './taking.ts';

/** What the log says of a project and its tasks: when tasks could begin and were done, and when it was on hold. */
export type Logged = { kind: string; taskId: string | null; at: Date; isDone: boolean };
/** A task that became done; `days`: how long that took, null where nobody knows since when it could have been done. */
export type Completion = { taskId: string; at: Date; days: number | null };

const begins = ['task.ready', 'task.reopened'];

/**
 * What was done in a project, in its order. `since`: when its clients came to know of it; what was ready before had not
 * begun to wait.
 */
export function completionsOf(
  log: readonly Logged[],
  since: Date | null,
  calendarOf: (taskId: string) => WorkingCalendar,
): Completion[] {
  const held: Stretch[] = [];
  const begun = new Map<string, Date>();
  return log.flatMap(({ kind, taskId, at, isDone }): Completion[] => {
    const last = held.at(-1);
    if (kind === 'project.held') held.push({ from: at, to: null });
    else if (kind === 'project.resumed' && last?.to === null) last.to = at;
    if (taskId === null) return [];
    if (begins.includes(kind)) begun.set(taskId, at);
    if (!isDone) return [];
    const first = begun.get(taskId);
    const from = first && since && since > first ? since : first;
    return [{ taskId, at, days: from ? Math.max(0, daysTaken(from, at, held, calendarOf(taskId))) : null }];
  });
}
