import { isGranted, isStaff } from '../access/policy.ts';
import { inPlaceOf } from '../access/standIns.ts';
import type { Viewer } from '../access/viewer.ts';
import type { TaskSeen } from '../tasks/queries.ts';

/** In whose place the viewer decides on a task that they may decide on, to go on record; null: in their own name. */
export function decidesFor(viewer: Viewer, task: TaskSeen, act: 'approval.give' | 'task.review'): string | null {
  if (!viewer.standsIn) return null;
  const { standsIn: _, ...alone } = viewer;
  const isOwnRight = isGranted(alone, act, { ...task, submittedBy: null, isOnBehalf: false });
  return inPlaceOf(viewer, task, { isOfCompany: isStaff(viewer), isOwnRight });
}
