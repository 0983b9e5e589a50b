import { type TaskRow, taskMoves } from '../../tasks/queries.ts';
import { isProjectMove, type LedgerEvent, type LedgerTask, type Origin, sideMoved } from './replay.ts';

/** So much of a task's row is asked for. */
export type OriginTask = Pick<TaskRow, 'id' | 'index' | 'state' | 'side' | 'visibility' | 'dueOn' | 'createdAt'>;

/**
 * What a project and its tasks were before their first event. The log tells changes, and each change what was before
 * it: so a fact was, at first, what its first change came from, and what the row says where it never changed.
 *
 * Two things are not told so. Who owed a task before an edit stood, in older events, in the edit's revision alone: the
 * caller fills it in. The place on the road, which decides between tasks that are due on one day and wait since one
 * moment, is the row's of today.
 */
export function originOf(
  project: { activatedAt: Date; state: Origin['state'] },
  tasks: readonly OriginTask[],
  events: readonly LedgerEvent[],
): Origin {
  const first = new Map<string, Partial<LedgerTask>>();
  const keep = (taskId: string, was: Partial<LedgerTask>) => first.set(taskId, { ...was, ...first.get(taskId) });
  let state: Origin['state'] | null = null;
  for (const { kind, taskId, facts } of events) {
    if (isProjectMove(kind)) state ??= facts.from as Origin['state'];
    else if (taskId === null) continue;
    else if (kind in taskMoves) keep(taskId, { state: facts.from as LedgerTask['state'] });
    else if (kind === 'task.dueMoved') keep(taskId, { dueOn: facts.from as string | null });
    else if (kind === 'task.shared') keep(taskId, { visibility: 'INTERNAL' });
    else if (kind === 'task.hidden') keep(taskId, { visibility: 'SHARED' });
    else if (kind === 'task.edited') {
      const moved = sideMoved(facts);
      if (moved) keep(taskId, { side: moved.from });
    }
  }
  return {
    startsAt: project.activatedAt,
    state: state ?? project.state,
    tasks: tasks.map(({ id, index, side, visibility, dueOn, state: now, createdAt: stateSince }) => ({
      id,
      index,
      side,
      visibility,
      dueOn,
      state: now,
      stateSince,
      stuckSide: null,
      stuckSince: null,
      ...first.get(id),
    })),
  };
}
