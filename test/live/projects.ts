import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { comments, notes, phases, projectPositions, projects } from '../../drizzle/schema/index.ts';
import { type Audience, type Viewer, viewerFrom } from '../../server/access/viewer.ts';
import { transaction } from '../../server/platform/database/transaction.ts';
import { append } from '../../server/platform/events/log.ts';
import type { Services } from '../../server/platform/services.ts';
import { addTaskWithNote, fillNotes } from '../notes/world.ts';
import { hidden } from './reader.ts';

export type LiveProject = { id: string; taskId: string; accountId: string; authorId: string };

/** Projects in which comments are written, and people who may read them. */
export async function liveProjects(services: Services) {
  const { accountId, pm, anna, ben, note } = await fillNotes(services);

  async function write(project: LiveProject, audience: Audience, number: number, delayMs: number): Promise<void> {
    await transaction(services, async (tx) => {
      const id = uuidv7();
      const at = services.clock.now();
      const { id: projectId, taskId, authorId } = project;
      const text = audience === 'SHARED' ? `shared ${number}` : `${hidden} ${number}`;
      await tx.insert(comments).values({ id, revision: 1, projectId, taskId, authorId, audience, text, createdAt: at });
      append(tx, { kind: 'comment.added', audience, actorId: authorId, subjectId: id, projectId, taskId, facts: {} });
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    });
  }

  async function setDraft(project: LiveProject, isDraft: boolean): Promise<void> {
    await transaction(services, async (tx) => {
      const activatedAt = isDraft ? null : services.clock.now();
      await tx.update(projects).set({ activatedAt }).where(eq(projects.id, project.id));
      const { id: projectId, authorId: actorId } = project;
      const facts = { from: 'ACTIVE', to: 'ACTIVE' } as const;
      append(tx, {
        kind: 'project.moved',
        audience: 'INTERNAL',
        actorId,
        subjectId: projectId,
        projectId,
        facts,
      } as never);
    });
  }

  /** Another project like the first one, with a task. */
  async function newProject(): Promise<LiveProject> {
    const id = uuidv7();
    const phaseId = uuidv7();
    const [first] = await services.db.select().from(projects).where(eq(projects.id, note.projectId));
    await services.db.insert(projects).values({ ...first!, id });
    await services.db.insert(projectPositions).values({ projectId: id, position: 0, sharedPosition: 0 });
    await services.db
      .insert(phases)
      .values({ id: phaseId, projectId: id, index: 0, name: 'Start', milestone: 'Started' });
    const noteId = await addTaskWithNote(services, id, phaseId, 'SHARED');
    const [task] = await services.db.select({ id: notes.taskId }).from(notes).where(eq(notes.id, noteId));
    return { id, taskId: task!.id, accountId, authorId: pm.personId };
  }

  async function heads(project: LiveProject): Promise<Record<Audience, number>> {
    const [row] = await services.db.select().from(projectPositions).where(eq(projectPositions.projectId, project.id));
    return { SHARED: row?.sharedPosition ?? 0, INTERNAL: row?.position ?? 0 };
  }

  const person = (personId: string, role: Viewer['role'], of: string | null) =>
    viewerFrom({ personId, sessionId: personId, role, accountId: of });
  return {
    write,
    setDraft,
    newProject,
    heads,
    pm: person(pm.personId, 'PM', null),
    clients: [anna, ben].map((one) => person(one.personId, 'CLIENT_MEMBER', accountId)),
  };
}

export type LiveProjects = Awaited<ReturnType<typeof liveProjects>>;
