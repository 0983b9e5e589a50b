import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { and, desc, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import * as Y from 'yjs';
import { notes, noteUpdates, submissions, tasks } from '../../drizzle/schema/index.ts';
import { commentAdd } from '../comments/commands.ts';
import { fileComplete, uploadPath } from '../files/commands.ts';
import { noteEdited } from '../notes/commands.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { checkHere } from '../submissions/checks/inline/commands.ts';
import { submissionCreate, submissionFinish, taskApprove, taskRequestChanges } from '../submissions/commands.ts';
import { reportHere } from '../submissions/reports/inline/commands.ts';
import { taskAssign, taskStart } from '../tasks/commands.ts';
import { taskPromise } from '../tasks/promises/commands.ts';
import type { PersonKey } from './cast.ts';
import { performOnInput } from './inputs.ts';
import { performOnMilestone } from './milestones.ts';
import { recordedOf } from './recorded.ts';
import type { Act } from './story.ts';

type TaskRow = typeof tasks.$inferSelect;
export type People = ReadonlyMap<PersonKey, Ctx['viewer']>;

/** Does one act, through the command that a request would reach, as the person who did it. */
export async function perform(
  services: Services,
  people: People,
  by: PersonKey,
  projectId: string,
  act: Act,
): Promise<void> {
  const ctx: Ctx = { ...services, viewer: viewerOf(people, by), loaders: new Map() };
  const task = await taskByKey(services, projectId, act.task);
  const { id, revision } = task;
  switch (act.do) {
    case 'deliverFile':
      return deliverFile(ctx, task, act.name, act.content);
    case 'deliverUrl': {
      const { value } = await submissionCreate(ctx, { taskId: id, idempotencyKey: uuidv7(), url: act.url });
      return void (await submissionFinish(ctx, value.id, { revision }));
    }
    case 'deliverPlace': {
      // The address of a feed is handed in as every other address is.
      const given = task.type === 'URL' ? { url: act.given.url ?? null } : { check: act.given };
      const { value } = await submissionCreate(ctx, { taskId: id, idempotencyKey: uuidv7(), ...given });
      await submissionFinish(ctx, value.id, { revision });
      return checkHere(ctx, value.id, recordedOf(act.world));
    }
    case 'lookAgain':
      return checkHere(ctx, await latestOf(ctx, id), recordedOf(act.world));
    case 'approve':
      return void (await taskApprove(ctx, id, { revision }));
    case 'requestChanges':
      return void (await taskRequestChanges(ctx, id, { revision, reason: act.reason }));
    case 'start':
      return void (await taskStart(ctx, id, { revision }));
    case 'assign':
      return void (await taskAssign(ctx, id, { revision, assigneeId: viewerOf(people, act.to).personId }));
    case 'promise':
      return void (await taskPromise(ctx, id, { revision, on: act.on }));
    case 'comment': {
      const { text, audience } = act;
      return void (await commentAdd(ctx, { taskId: id, text, audience, idempotencyKey: uuidv7() }));
    }
    case 'writeNote':
      return writeNote(ctx, task, act.paragraphs);
    case 'signOff':
    case 'rate':
      return performOnMilestone(ctx, task, act);
    default:
      return performOnInput(ctx, task, act);
  }
}

async function latestOf({ db }: Ctx, taskId: string): Promise<string> {
  const [latest] = await db
    .select({ id: submissions.id })
    .from(submissions)
    .where(eq(submissions.taskId, taskId))
    .orderBy(desc(submissions.createdAt))
    .limit(1);
  if (!latest) throw new Error('Nothing was handed in that could be looked at again.');
  return latest.id;
}

async function deliverFile(ctx: Ctx, task: TaskRow, name: string, content: string): Promise<void> {
  const bytes = Buffer.from(content, 'utf8');
  const { value: submission } = await submissionCreate(ctx, {
    taskId: task.id,
    idempotencyKey: uuidv7(),
    file: { name, sizeBytes: bytes.length, contentType: contentTypeOf(name) },
  });
  if (submission.fileId === null) throw new Error(`No file was made for ${name}.`);
  // As an upload leaves it: the bytes wait in their place, then they are taken in.
  const path = uploadPath(ctx, submission.fileId);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, bytes, { mode: 0o600 });
  await fileComplete(ctx, submission.fileId, createHash('sha256').update(bytes).digest('hex'));
  await submissionFinish(ctx, submission.id, { revision: task.revision });
  await reportHere(ctx, submission.id);
}

/** The first words of an empty note, as the editor stores them: its only update, with its event. */
async function writeNote(ctx: Ctx, task: TaskRow, paragraphs: string[]): Promise<void> {
  const [note] = await ctx.db.select().from(notes).where(eq(notes.taskId, task.id));
  if (!note) throw new Error(`The task ${task.key} has no note.`);
  const doc = new Y.Doc();
  const fragment = doc.getXmlFragment('default');
  for (const text of paragraphs) {
    const paragraph = new Y.XmlElement('paragraph');
    fragment.push([paragraph]);
    paragraph.push([new Y.XmlText(text)]);
  }
  const { personId } = ctx.viewer;
  const { id: noteId, epoch } = note;
  const update = Y.encodeStateAsUpdate(doc);
  await ctx.db.insert(noteUpdates).values({ noteId, epoch, seq: 1, update, personId, at: ctx.clock.now() });
  await noteEdited(ctx, { noteId, projectId: task.projectId, taskId: task.id, personId, updates: 1 });
}

async function taskByKey({ db }: Services, projectId: string, key: string): Promise<TaskRow> {
  const [task] = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.projectId, projectId), eq(tasks.key, key)));
  if (!task) throw new Error(`The playbook has no task ${key}.`);
  return task;
}

export function viewerOf(people: People, key: PersonKey): Ctx['viewer'] {
  const viewer = people.get(key);
  if (!viewer) throw new Error(`Nobody is called ${key}.`);
  return viewer;
}

function contentTypeOf(name: string): string {
  if (name.endsWith('.csv')) return 'text/csv';
  return name.endsWith('.svg') ? 'image/svg+xml' : 'text/plain';
}
