import type { inboxReasons } from '../../drizzle/schema/index.ts';
import { askedRole, type ReviewFacts } from '../access/facts.ts';
import { can, isStaff, type WorkFacts } from '../access/policy.ts';
import { coversTask } from '../access/standIns.ts';
import type { Viewer } from '../access/viewer.ts';
import type { EventKind, NewEvent } from '../events.ts';

export type InboxReason = (typeof inboxReasons)[number];

/** What a rule may ask of the task that something happened on. */
export type Scene = {
  readonly task: WorkFacts &
    Pick<ReviewFacts, 'reviewerRole' | 'pmId'> & { id: string; type: string; assigneeId: string | null };
  /** Whom the comment or the note names now. */
  readonly named: readonly string[];
  /** Who spoke or handed something in on the task. */
  readonly talkers: readonly string[];
  /** Who handed in what the event is about. */
  readonly delivererId: string | null;
  /** Of the people above, who did it, and those on the client's side whom `asksClients` asks for: all who are still here. */
  readonly people: ReadonlyMap<string, Viewer>;
};

/** What somebody on the client's side must be able to do, where all of them who can are told. */
export type ClientAct = 'task.assign' | 'approval.give' | 'meeting.arrange' | 'milestone.signOff';

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
  'task.promised': [['PROMISED', planner]],
  'handover.givenBack': [['GIVEN_BACK', giver]],
  'approval.delegated': [['DELEGATED', (_, event) => (event.kind === 'approval.delegated' ? [event.facts.toId] : [])]],
  'approval.returned': [['RETURNED', (_, event) => (event.kind === 'approval.returned' ? [event.facts.fromId] : [])]],
  'milestone.reached': [['MILESTONE_REACHED', askedOfMilestone]],
};

/** Which events may be told to all on the client's side who can do something: the others load nobody for it. */
const clientActs: { readonly [K in EventKind]?: ClientAct } = {
  'task.assigned': 'task.assign',
  'task.ready': 'approval.give',
  'meeting.proposed': 'meeting.arrange',
  'milestone.reached': 'milestone.signOff',
};

/** Whom an event asks for beside those who have to do with its task; null for nobody. An account may have thousands. */
export function asksClients(event: NewEvent, task: Pick<Scene['task'], 'type' | 'side'>): ClientAct | null {
  if (event.kind === 'task.assigned' && !event.facts.isForLead) return null;
  if (event.kind === 'task.ready' && (task.type !== 'APPROVAL' || task.side !== 'CLIENT')) return null;
  return clientActs[event.kind] ?? null;
}

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
  return isForLead ? ofClient(scene, 'task.assign') : [to];
}

/** Who handed it in has nothing to review; where a role is asked, everybody who has it is told, and nobody else. */
function reviewers({ task, people, delivererId }: Scene) {
  const { reviewerRole, pmId } = task;
  const assignee = task.assigneeId === null ? undefined : people.get(task.assigneeId);
  const role = askedRole(task);
  const asked = [...people.values()].filter((one) => one.role === role).map(({ personId }) => personId);
  const byAnybody = [pmId, assignee && isStaff(assignee) ? assignee.personId : null];
  const all = reviewerRole === null ? byAnybody : role === null ? [pmId] : asked;
  const whom = all.filter((personId) => personId !== null);
  return inTheirPlace(whom, { task, people }).filter((personId) => personId !== delivererId);
}

/** Whoever is away is not asked: whoever stands in for them on this task is. */
function inTheirPlace(asked: readonly string[], { task, people }: Pick<Scene, 'task' | 'people'>): string[] {
  const all = [...people.values()];
  const standInsOf = (id: string) =>
    all.filter((viewer) => viewer.standsIn?.some((one) => one.personId === id && coversTask(one, task)));
  return asked.flatMap((id) => {
    const instead = standInsOf(id).map(({ personId }) => personId);
    return instead.length > 0 ? instead : [id];
  });
}

function deliverer({ delivererId }: Scene) {
  return [delivererId];
}

function approvers(scene: Scene) {
  const { task } = scene;
  if (task.type !== 'APPROVAL') return [];
  if (task.side !== 'CLIENT') return inTheirPlace([task.assigneeId ?? task.pmId], scene);
  const may = ofClient(scene, 'approval.give');
  const asked = task.assigneeId !== null && may.includes(task.assigneeId) ? [task.assigneeId] : may;
  return inTheirPlace(asked, scene);
}

/** Times are proposed to the other side: to whoever has the task, else to those who may answer there. */
function otherSide(scene: Scene, { actorId }: NewEvent) {
  const { task, people } = scene;
  const actor = actorId === null ? undefined : people.get(actorId);
  const assignee = task.assigneeId === null ? undefined : people.get(task.assigneeId);
  const isToClient = actor === undefined || isStaff(actor);
  if (assignee && isStaff(assignee) !== isToClient) return [assignee.personId];
  return isToClient ? ofClient(scene, 'meeting.arrange') : [task.pmId];
}

/** Who handed it to somebody from outside has it again. */
function giver(_: Scene, event: NewEvent) {
  return event.kind === 'handover.givenBack' ? [event.facts.giverId] : [];
}

/** Whoever runs the project plans with the day. */
function planner({ task }: Scene) {
  return [task.pmId];
}

/** Who may sign it off, and who is asked how it went; that they are one person's two questions is one line. */
function askedOfMilestone(scene: Scene, event: NewEvent) {
  if (event.kind !== 'milestone.reached') return [];
  return [...ofClient(scene, 'milestone.signOff'), ...event.facts.asked];
}

function carers({ task }: Scene) {
  return [task.pmId, task.assigneeId];
}

function ofClient({ people, task }: Scene, act: ClientAct): string[] {
  const may = [...people.values()].filter((viewer) => !isStaff(viewer) && can(viewer, act, task));
  return may.map(({ personId }) => personId);
}
