import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import {
  commentMentions,
  comments,
  delegations,
  notes,
  people,
  projectPartners,
  projects,
  submissions,
  tasks,
} from '../../../drizzle/schema/index.ts';
import { askedRole } from '../../access/facts.ts';
import { clientRolesThatCan, factsOfProject } from '../../access/policy.ts';
import { type Role, type Viewer, viewerFrom } from '../../access/viewer.ts';
import { isInForce, standsInAt } from '../../accounts/standIns/queries.ts';
import type { NewEvent } from '../../events.ts';
import { noteMentions } from '../../notes/queries.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { asksClients, type Scene } from '../rules.ts';

export type OnTask = NewEvent & { projectId: string; taskId: string };

/** What the rules ask of the tasks that events happened on, in as many statements for many events as for one. */
export async function scenesOf(tx: Tx, events: readonly OnTask[], at: Date): Promise<Map<OnTask, Scene>> {
  const of = (start: string) => events.filter(({ kind }) => kind.startsWith(start)).map(({ subjectId }) => subjectId);
  const rows = await tx
    .select({ task: tasks, project: projects })
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(inArray(tasks.id, unique(events.map(({ taskId }) => taskId))));
  const named = await namedIn(tx, of('comment.'), of('note.'));
  const talkers = await talkersOn(tx, of('comment.').length > 0 ? rows.map(({ task }) => task.id) : []);
  const delivered = events.map(submissionOf).filter((id) => id !== null);
  const deliverers = await deliverersOf(tx, delivered);
  const concerned = [
    ...rows.flatMap(({ task, project }) => [task.assigneeId, project.pmId]),
    ...events.flatMap((event) => [event.actorId, event.kind === 'task.assigned' ? event.facts.to : null]),
    ...events.flatMap((event) => (event.kind === 'handover.givenBack' ? event.facts.giverId : [])),
    ...events.flatMap((event) => (isHandedOn(event) ? [event.facts.fromId, event.facts.toId] : [])),
    ...events.flatMap((event) => (event.kind === 'milestone.reached' ? event.facts.asked : [])),
    ...[...named.values(), ...talkers.values()].flat(),
    ...deliverers.values(),
  ].filter((id) => id !== null);
  const tasksOf = new Map(rows.map(({ task, project }) => [task.id, factsOf(task, project)]));
  const sides = sidesOf(events, tasksOf);
  const around = await peopleOf(tx, at, unique(concerned), sides, askedOf(events, tasksOf));
  const scenes = new Map<OnTask, Scene>();
  for (const event of events) {
    const task = tasksOf.get(event.taskId);
    if (!task) continue;
    scenes.set(event, {
      task,
      named: named.get(event.subjectId) ?? [],
      talkers: talkers.get(event.taskId) ?? [],
      delivererId: deliverers.get(submissionOf(event) ?? '') ?? null,
      people: around,
    });
  }
  return scenes;
}

function isHandedOn(event: NewEvent): event is NewEvent & { kind: 'approval.delegated' | 'approval.returned' } {
  return event.kind === 'approval.delegated' || event.kind === 'approval.returned';
}

type ProjectRow = typeof projects.$inferSelect;

function factsOf(task: typeof tasks.$inferSelect, project: ProjectRow): Scene['task'] {
  const { id, type, side, visibility, assigneeId, reviewerRole } = task;
  return { ...factsOfProject(project), id, type, side, visibility, assigneeId, reviewerRole, pmId: project.pmId };
}

/** People on the client's side of a project, by the roles that can do what an event asks of them. */
type ClientSide = { projectId: string; accountId: string; roles: Set<Role> };

function sidesOf(events: readonly OnTask[], tasksOf: ReadonlyMap<string, Scene['task']>): ClientSide[] {
  const sides = new Map<string, ClientSide>();
  for (const event of events) {
    const task = tasksOf.get(event.taskId);
    const act = task ? asksClients(event, task) : null;
    if (!task || act === null) continue;
    const { projectId, accountId } = task;
    const side = sides.get(projectId) ?? { projectId, accountId, roles: new Set<Role>() };
    for (const role of clientRolesThatCan(act, task)) side.roles.add(role);
    sides.set(projectId, side);
  }
  return [...sides.values()].filter(({ roles }) => roles.size > 0);
}

/** Roles of the company whose people are all asked to look at something. */
function askedOf(events: readonly OnTask[], tasksOf: ReadonlyMap<string, Scene['task']>): Role[] {
  const begun = events.filter(({ kind }) => kind === 'task.reviewStarted');
  return unique(
    begun.flatMap(({ taskId }) => {
      const task = tasksOf.get(taskId);
      return (task && askedRole(task)) ?? [];
    }),
  );
}

function submissionOf(event: NewEvent): string | null {
  return 'submissionId' in event.facts ? event.facts.submissionId : null;
}

/** By comment or note: whom it names. */
async function namedIn(tx: Tx, commentIds: string[], noteIds: string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (commentIds.length > 0) {
    const rows = await tx.select().from(commentMentions).where(inArray(commentMentions.commentId, commentIds));
    for (const { commentId, personId } of rows) found.set(commentId, [...(found.get(commentId) ?? []), personId]);
  }
  if (noteIds.length > 0) {
    const rows = await tx.select({ id: notes.id, epoch: notes.epoch }).from(notes).where(inArray(notes.id, noteIds));
    for (const { id, epoch } of rows) found.set(id, await noteMentions({ db: tx }, { noteId: id, epoch }));
  }
  return found;
}

/** By task: who spoke on it, or handed something in. */
async function talkersOn(tx: Tx, taskIds: string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (taskIds.length === 0) return found;
  const spoke = tx
    .select({ taskId: comments.taskId, personId: comments.authorId })
    .from(comments)
    .where(and(inArray(comments.taskId, taskIds), isNull(comments.deletedAt)));
  const delivered = tx
    .select({ taskId: submissions.taskId, personId: submissions.submittedBy })
    .from(submissions)
    .where(and(inArray(submissions.taskId, taskIds), isNotNull(submissions.finishedAt)));
  for (const { taskId, personId } of await spoke.union(delivered)) {
    found.set(taskId, [...(found.get(taskId) ?? []), personId]);
  }
  return found;
}

/** By submission: who handed it in. */
async function deliverersOf(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: submissions.id, submittedBy: submissions.submittedBy })
    .from(submissions)
    .where(inArray(submissions.id, ids));
  return new Map(rows.map((row) => [row.id, row.submittedBy]));
}

/** These people, those of these sides and roles, and who stands in for one, each with their rights; nobody who left, no program. */
async function peopleOf(
  tx: Tx,
  at: Date,
  ids: string[],
  sides: readonly ClientSide[],
  asked: Role[],
): Promise<Map<string, Viewer>> {
  const ofSides = sides.map(({ projectId, accountId, roles }) => {
    const isAttached = sql`exists (
      select from ${projectPartners} where ${projectPartners.personId} = ${people.id}
        and ${projectPartners.projectId} = ${projectId} and ${projectPartners.detachedAt} is null
    )`;
    return and(inArray(people.role, [...roles]), or(eq(people.accountId, accountId), isAttached));
  });
  const accountIds = sides.map(({ accountId }) => accountId);
  const isAskedFor = or(inArray(people.id, ids), inArray(people.role, asked), inArray(people.accountId, accountIds));
  const away = tx.select({ id: people.id }).from(people).where(isAskedFor);
  const standIns = tx
    .select({ id: delegations.toId })
    .from(delegations)
    .where(and(isInForce(at), inArray(delegations.fromId, away)));
  const isConcerned = or(
    inArray(people.id, ids),
    inArray(people.role, asked),
    inArray(people.id, standIns),
    ...ofSides,
  );
  const rows = await tx
    .select({
      personId: people.id,
      standsIn: standsInAt(at),
      role: people.role,
      accountId: people.accountId,
      attachedTo: sql<string[]>`case when ${people.accountId} is null then array(
        select ${projectPartners.projectId} from ${projectPartners} where ${projectPartners.personId} = ${people.id}
          and ${projectPartners.detachedAt} is null
      ) else '{}' end`,
    })
    .from(people)
    .where(and(isNull(people.removedAt), eq(people.isApp, false), isConcerned));
  return new Map(rows.map((row) => [row.personId, viewerFrom({ ...row, sessionId: '' })]));
}

function unique<T>(all: readonly T[]): T[] {
  return [...new Set(all)];
}
