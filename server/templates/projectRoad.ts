import { uuidv7 } from 'uuidv7';
import type { phases, taskDependencies, taskInputs, tasks } from '../../drizzle/schema/index.ts';
import { addBusinessDays, type WorkingCalendar } from '../calendar.ts';
import type { MergedRoad } from './merge.ts';

export type TaskRow = typeof tasks.$inferInsert;
/** The rows of a new project's road. */
export type DrawnRoad = {
  phases: (typeof phases.$inferInsert)[];
  tasks: TaskRow[];
  inputs: (typeof taskInputs.$inferInsert)[];
  dependencies: (typeof taskDependencies.$inferInsert)[];
};

type Start = { projectId: string; pmId: string; signedOn: string; calendar: WorkingCalendar; now: Date };

/**
 * Draws the rows of a road. Documentation is copied as written; its variables are filled in when it is read, so that a
 * fact learnt later shows.
 */
export function drawRoad(road: MergedRoad, { projectId, pmId, signedOn, calendar, now }: Start): DrawnRoad {
  const templates = road.phases.flatMap((phase) => phase.tasks);
  const idOf = new Map(templates.map((task) => [task.key, uuidv7()]));
  const drawn: DrawnRoad = { phases: [], tasks: [], inputs: [], dependencies: [] };
  for (const phase of road.phases) {
    const phaseId = uuidv7();
    const { name, milestone } = phase;
    drawn.phases.push({ id: phaseId, projectId, index: drawn.phases.length, name, milestone });
    for (const task of phase.tasks) {
      const id = idOf.get(task.key) ?? uuidv7();
      drawn.tasks.push({
        id,
        revision: 1,
        projectId,
        phaseId,
        // One count over the whole road, so that a list of tasks needs no phase to be in order.
        index: drawn.tasks.length,
        key: task.key,
        title: task.title,
        purpose: task.purpose,
        documentation: task.documentation,
        minutes: task.minutes,
        type: task.type,
        side: task.side,
        visibility: task.visibility,
        state: task.after.length === 0 ? 'READY' : 'NOT_READY',
        stateSince: now,
        isReviewWanted: task.isReviewWanted,
        acceptedExtensions: task.inputs.flatMap(({ spec }) => (spec.kind === 'FILE' ? spec.acceptedExtensions : [])),
        assigneeId: task.assignee === 'PM' ? pmId : null,
        isForLead: task.assignee === 'LEAD',
        isGate: task.isGate,
        dueOn: addBusinessDays(signedOn, task.dueInBusinessDays, calendar),
        createdAt: now,
        updatedAt: now,
      });
      for (const [index, { key, label, isRequired, spec }] of task.inputs.entries()) {
        drawn.inputs.push({ id: uuidv7(), taskId: id, index, key, kind: spec.kind, label, isRequired, spec });
      }
      for (const key of task.after) {
        const predecessorId = idOf.get(key);
        if (predecessorId) drawn.dependencies.push({ taskId: id, predecessorId });
      }
    }
  }
  return drawn;
}
