import { isGranted, isStaff } from '../access/policy.ts';
import { coversTask } from '../access/standIns.ts';
import { type StandIn, type Viewer, viewerFrom } from '../access/viewer.ts';
import { type PersonSeen, peopleOfAccountLoader } from '../accounts/queries.ts';
import { awayLoader, standsInLoader } from '../accounts/standIns/queries.ts';
import type { Ctx } from '../platform/services.ts';
import { courtOf } from './court.ts';
import type { TaskSeen } from './queries.ts';

type WorkAct = 'credentials.submit' | 'approval.give' | 'task.submit';

/** The act that a task of this type is done by: what somebody cannot hand in is not theirs to do. */
export function workActOf({ type }: Pick<TaskSeen, 'type'>): WorkAct {
  if (type === 'CREDENTIALS') return 'credentials.submit';
  return type === 'APPROVAL' ? 'approval.give' : 'task.submit';
}

/** Whether their role lets them do it; what is nobody's of theirs they do not begin either. */
export function isTheirWork(viewer: Viewer, task: TaskSeen): boolean {
  return isGranted(viewer, workActOf(task), task);
}

/**
 * Whether it is this viewer's turn, who may be one of several. Staff work as a team: what is the company's is theirs. Of
 * a client's people it is the turn of those who may do it; what is stuck they may all set going again.
 */
export function isTurnOf(viewer: Viewer, task: TaskSeen): boolean {
  const court = courtOf(task);
  if (isStaff(viewer)) return court === 'COMPANY';
  if (court !== 'CLIENT') return false;
  return task.stuckSide === null ? isTheirWork(viewer, task) : isGranted(viewer, 'task.flagStuck', task);
}

/** Who of the client's people can do what is the client's turn in a project that is under way, by name. */
export async function doersOf(ctx: Ctx, task: TaskSeen): Promise<PersonSeen[]> {
  if (!task.isUnderWay || courtOf(task) !== 'CLIENT') return [];
  const ofClient = await peopleOfAccountLoader(ctx).load(task.accountId);
  if (workActOf(task) !== 'approval.give') return ofClient.filter((person) => isTurnOf(asViewer(person), task));
  const ids = ofClient.map(({ id }) => id);
  const [standsIn, away] = await Promise.all([
    Promise.all(ids.map((id) => standsInLoader(ctx).load(id))),
    Promise.all(ids.map((id) => awayLoader(ctx).load(id))),
  ]);
  const doers = ofClient.flatMap((person, at) =>
    isTurnOf(asViewer(person, standsIn[at]), task)
      ? [{ person, isAway: away[at]?.some((one) => coversTask(one, task)) }]
      : [],
  );
  // Whoever gave it to a colleague is not waited for, as long as there is somebody who is.
  const here = doers.filter(({ isAway }) => !isAway);
  return (here.length > 0 ? here : doers).map(({ person }) => person);
}

function asViewer({ id: personId, role, accountId }: PersonSeen, standsIn?: StandIn[]): Viewer {
  return viewerFrom({ personId, sessionId: '', role, accountId, ...(standsIn && { standsIn }) });
}
