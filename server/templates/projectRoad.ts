import { uuidv7 } from 'uuidv7';
import type { phases, taskDependencies, taskInputs, tasks } from '../../drizzle/schema/index.ts';
import { addBusinessDays, type WorkingCalendar } from '../calendar.ts';
import type { MergedRoad, RoadTask } from './merge.ts';

export type TaskRow = typeof tasks.$inferInsert;
/** The rows of a new project's road. */
export type DrawnRoad = {
  phases: (typeof phases.$inferInsert)[];
  tasks: TaskRow[];
  inputs: (typeof taskInputs.$inferInsert)[];
  dependencies: (typeof taskDependencies.$inferInsert)[];
};

type Start = {
  projectId: string;
  pmId: string;
  signedOn: string;
  /** A draft has no baseline yet: it is kept when its clients come to know of it. */
  isDraft?: boolean;
  calendar: WorkingCalendar;
  now: Date;
  /** Which tasks are drawn; left out: all. */
  isDrawn?: (key: string) => boolean;
};

/**
 * Draws the rows of a road. Documentation is copied as written; its variables are filled in when it is read, so that a
 * fact learnt later shows. How long a task takes is reckoned from the whole road, whether all of it is drawn or not.
 */
export function drawRoad(
  road: MergedRoad,
  { projectId, pmId, signedOn, isDraft, calendar, now, isDrawn = () => true }: Start,
): DrawnRoad {
  const templates = road.phases.flatMap((phase) => phase.tasks);
  const dueIn = new Map(templates.map((task) => [task.key, task.dueInBusinessDays]));
  const dueOn = (task: RoadTask) => addBusinessDays(signedOn, task.dueInBusinessDays, calendar);
  const idOf = new Map(templates.filter(({ key }) => isDrawn(key)).map(({ key }) => [key, uuidv7()]));
  const drawn: DrawnRoad = { phases: [], tasks: [], inputs: [], dependencies: [] };
  for (const phase of road.phases) {
    const present = phase.tasks.filter(({ key }) => isDrawn(key));
    if (present.length === 0) continue;
    const phaseId = uuidv7();
    const { name, milestone } = phase;
    drawn.phases.push({ id: phaseId, projectId, index: drawn.phases.length, name, milestone });
    for (const task of present) {
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
        state: task.after.some((key) => idOf.has(key)) ? 'NOT_READY' : 'READY',
        stateSince: now,
        isReviewWanted: task.isReviewWanted,
        reviewerRole: task.reviewer ?? null,
        acceptedExtensions: task.inputs.flatMap(({ spec }) => (spec.kind === 'FILE' ? spec.acceptedExtensions : [])),
        assigneeId: task.assignee === 'PM' ? pmId : null,
        isForLead: task.assignee === 'LEAD',
        isGate: task.isGate,
        dueOn: dueOn(task),
        durationDays: durationOf(task, dueIn),
        baselineOn: isDraft ? null : dueOn(task),
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

/**
 * A template says by when a task is due, counted from the signature; how long it takes follows from what comes before
 * it: begun on the day of the signature, the plan then meets every due day to the day.
 */
export function durationOf(
  { after, dueInBusinessDays }: Pick<RoadTask, 'after' | 'dueInBusinessDays'>,
  dueIn: ReadonlyMap<string, number>,
): number {
  if (after.length === 0) return dueInBusinessDays + 1;
  const last = Math.max(...after.map((key) => dueIn.get(key) ?? 0));
  return Math.max(0, dueInBusinessDays - last);
}
