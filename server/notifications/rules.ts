import type { inboxReasons } from '../../drizzle/schema/index.ts';
import { can, isStaff, type WorkFacts } from '../access/policy.ts';
import type { Viewer } from '../access/viewer.ts';
import type { EventKind, NewEvent } from '../events.ts';

export type InboxReason = (typeof inboxReasons)[number];

/** What a rule may ask of the task that something happened on. */
export type Scene = {
  readonly task: WorkFacts & { id: string; type: string; assigneeId: string | null; pmId: string };
  /** Whom the comment or the note names now. */
  readonly named: readonly string[];
  /** Who spoke or handed something in on the task. */
  readonly talkers: readonly string[];
  /** Who handed in what the event is about. */
  readonly delivererId: string | null;
  /** Everybody who is still here and may be told: the people above, the client's and their agency. */
  readonly people: ReadonlyMap<string, Viewer>;
};

type Who = (scene: Scene, event: NewEvent) => readonly (string | null)[];
type Rule = readonly [InboxReason, Who];

/**
 * Whom an event concerns, and why: a line per event. The first reason that holds for somebody is theirs. Who did it is
 * never told, nor who may not read it; of one comment or note nobody is told twice for one reason.
 */
export const rules: { readonly [K in EventKind]?: readonly Rule[] } = {
  'comment.added': [
    ['MENTIONED', named],
    ['COMMENTED', takingPart],
  ],
  'comment.edited': [['MENTIONED', named]],
  'comment.shared': [
    ['MENTIONED', named],
    ['COMMENTED', takingPart],
  ],
  'note.edited': [['MENTIONED', named]],
  'task.assigned': [['ASSIGNED', assigned]],
  'task.reviewStarted': [['REVIEW_WANTED', reviewers]],
  'task.changesRequested': [['CHANGES_REQUESTED', deliverer]],
  'task.approved': [['APPROVED', deliverer]],
  'task.ready': [['APPROVAL_WANTED', approvers]],
  'meeting.proposed': [['MEETING_PROPOSED', otherSide]],
  'task.stuck': [['STUCK', carers]],
};

/** What is told about a text that changes: told again at each change, it would be told without end. */
export function isOfText(kind: EventKind): boolean {
  return kind.startsWith('comment.') || kind.startsWith('note.');
}

function named({ named }: Scene) {
  return named;
}

function takingPart({ task, talkers }: Scene) {
  return [task.assigneeId, ...talkers];
}

/** A task for whoever leads on the client's side is told to those who lead there. */
function assigned(scene: Scene, event: NewEvent) {
  if (event.kind !== 'task.assigned') return [];
  const { to, isForLead } = event.facts;
  return isForLead ? ofClient(scene, (viewer) => can(viewer, 'task.assign', scene.task)) : [to];
}

/** Who handed it in has nothing to review. */
function reviewers({ task, people, delivererId }: Scene) {
  const assignee = task.assigneeId === null ? undefined : people.get(task.assigneeId);
  const all = [task.pmId, assignee && isStaff(assignee) ? assignee.personId : null];
  return all.filter((personId) => personId !== delivererId);
}

function deliverer({ delivererId }: Scene) {
  return [delivererId];
}

function approvers(scene: Scene) {
  const { task } = scene;
  if (task.type !== 'APPROVAL') return [];
  if (task.side !== 'CLIENT') return [task.assigneeId ?? task.pmId];
  const may = ofClient(scene, (viewer) => can(viewer, 'approval.give', task));
  return task.assigneeId !== null && may.includes(task.assigneeId) ? [task.assigneeId] : may;
}

/** Times are proposed to the other side: to whoever has the task, else to those who may answer there. */
function otherSide(scene: Scene, { actorId }: NewEvent) {
  const { task, people } = scene;
  const actor = actorId === null ? undefined : people.get(actorId);
  const assignee = task.assigneeId === null ? undefined : people.get(task.assigneeId);
  const isToClient = actor === undefined || isStaff(actor);
  if (assignee && isStaff(assignee) !== isToClient) return [assignee.personId];
  return isToClient ? ofClient(scene, (viewer) => can(viewer, 'meeting.arrange', task)) : [task.pmId];
}

function carers({ task }: Scene) {
  return [task.pmId, task.assigneeId];
}

function ofClient({ people }: Scene, may: (viewer: Viewer) => boolean): string[] {
  return [...people.values()].filter((viewer) => !isStaff(viewer) && may(viewer)).map(({ personId }) => personId);
}
