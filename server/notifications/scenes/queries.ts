import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import {
  commentMentions,
  comments,
  notes,
  people,
  projectPartners,
  projects,
  submissions,
  tasks,
} from '../../../drizzle/schema/index.ts';
import { factsOfProject } from '../../access/policy.ts';
import { type Viewer, viewerFrom } from '../../access/viewer.ts';
import type { NewEvent } from '../../events.ts';
import { noteMentions } from '../../notes/queries.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { Scene } from '../rules.ts';

export type OnTask = NewEvent & { projectId: string; taskId: string };

/** What the rules ask of the tasks that events happened on, in as many statements for many events as for one. */
export async function scenesOf(tx: Tx, events: readonly OnTask[]): Promise<Map<OnTask, Scene>> {
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
    ...[...named.values(), ...talkers.values()].flat(),
    ...deliverers.values(),
  ].filter((id) => id !== null);
  const around = await peopleOf(
    tx,
    unique(concerned),
    rows.map(({ project }) => project),
  );
  const scenes = new Map<OnTask, Scene>();
  for (const event of events) {
    const row = rows.find(({ task }) => task.id === event.taskId);
    if (!row) continue;
    const { id, type, side, visibility, assigneeId } = row.task;
    const { pmId } = row.project;
    scenes.set(event, {
      task: { ...factsOfProject(row.project), id, type, side, visibility, assigneeId, pmId },
      named: named.get(event.subjectId) ?? [],
      talkers: talkers.get(event.taskId) ?? [],
      delivererId: deliverers.get(submissionOf(event) ?? '') ?? null,
      people: around,
    });
  }
  return scenes;
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

type ProjectRow = typeof projects.$inferSelect;

/** These people, and those of the projects' shops and agencies, each with the rights of their own; nobody who left, no program. */
async function peopleOf(tx: Tx, ids: string[], of: readonly ProjectRow[]): Promise<Map<string, Viewer>> {
  const attached = tx
    .select({ personId: projectPartners.personId })
    .from(projectPartners)
    .where(
      and(
        inArray(
          projectPartners.projectId,
          of.map((project) => project.id),
        ),
        isNull(projectPartners.detachedAt),
      ),
    );
  const isOfShop = inArray(
    people.accountId,
    of.map((project) => project.accountId),
  );
  const rows = await tx
    .select({
      personId: people.id,
      role: people.role,
      accountId: people.accountId,
      attachedTo: sql<string[]>`array(
        select ${projectPartners.projectId} from ${projectPartners} where ${projectPartners.personId} = ${people.id}
          and ${projectPartners.detachedAt} is null
      )`,
    })
    .from(people)
    .where(
      and(
        isNull(people.removedAt),
        eq(people.isApp, false),
        or(inArray(people.id, ids), isOfShop, inArray(people.id, attached)),
      ),
    );
  return new Map(rows.map((row) => [row.personId, viewerFrom({ ...row, sessionId: '' })]));
}

function unique<T>(all: readonly T[]): T[] {
  return [...new Set(all)];
}
