import { eq } from 'drizzle-orm';
import { tasks } from '../../drizzle/schema/index.ts';
import type { TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

/** The words of a secret that no client of the first account may ever receive. */
export const canary = 'canary-7f3e91c2-heron';

export type ForeignWorld = {
  client: Session;
  otherClient: Session;
  pm: Session;
  /** Ids that exist and are not the client's to know, by what they are. */
  hidden: Record<string, string>;
  /** Ids of the client's own, valid where a mutation asks for them. */
  own: {
    projectId: string;
    taskId: string;
    commentId: string;
    submissionId: string;
    personId: string;
    revision: number;
  };
};

const addComment = `mutation ($input: CommentAddInput!) {
  commentAdd(input: $input) { comment { id } userErrors { code message } }
}`;
const createSubmission = `mutation ($input: SubmissionCreateInput!) {
  submissionCreate(input: $input) { submission { id } userErrors { code message } }
}`;

async function comment(session: Session, taskId: string, text: string, audience = 'SHARED'): Promise<string> {
  const input = { taskId, text, audience, idempotencyKey: `${taskId}-${text}` };
  const { commentAdd } = await session.ask(addComment, { input });
  if (!commentAdd.comment) throw new Error(`The comment was refused: ${JSON.stringify(commentAdd.userErrors)}`);
  return commentAdd.comment.id;
}

async function submission(session: Session, taskId: string, type: string): Promise<string> {
  const what =
    type === 'URL' ? { url: 'https://shop.example/feed.xml' } : { file: { name: 'products.csv', sizeBytes: 10 } };
  const { submissionCreate } = await session.ask(createSubmission, {
    input: { taskId, idempotencyKey: `s-${taskId}`, ...what },
  });
  if (!submissionCreate.submission) throw new Error(`Refused: ${JSON.stringify(submissionCreate.userErrors)}`);
  return submissionCreate.submission.id;
}

const open = ['READY', 'IN_PROGRESS', 'CHANGES_REQUESTED'];

/** Two clients of different accounts and a PM at work, with a secret in every place that the first client may not see. */
export async function makeForeignWorld(app: TestApp): Promise<ForeignWorld> {
  const { world } = app;
  const [mine, theirs] = world.clients;
  if (!mine || !theirs) throw new Error('Two accounts are needed.');
  const [client, otherClient, pm] = [
    await app.signIn(mine.people[0]!),
    await app.signIn(theirs.people[0]!),
    await app.signIn(world.pm),
  ];
  const isWorkable = (task: (typeof mine.tasks)[number]) =>
    task.visibility === 'SHARED' && task.side === 'CLIENT' && open.includes(task.state) && /FILE|URL/.test(task.type);
  const task = mine.tasks.find(isWorkable)!;
  const theirTask = theirs.tasks.find(isWorkable)!;
  // The playbook has shared tasks only: one of the client's own is made internal, with all that hangs on it.
  const internalTask = mine.tasks.find((other) => other.state === 'NOT_READY')!;
  const { db } = app.services;
  await db.update(tasks).set({ visibility: 'INTERNAL' }).where(eq(tasks.id, internalTask.id));

  const hidden: Record<string, string> = {
    project: theirs.project.id,
    phase: theirTask.phaseId,
    task: theirTask.id,
    account: theirs.account.id,
    person: theirs.people[0]!.id,
    comment: await comment(otherClient, theirTask.id, `Of the other shop ${canary}`),
    submission: await submission(otherClient, theirTask.id, theirTask.type),
    internalTask: internalTask.id,
    internalComment: await comment(pm, task.id, `Only for staff ${canary}`, 'INTERNAL'),
  };
  if (theirTask.noteId) hidden.note = theirTask.noteId;
  const [file] = await db.query.files.findMany({
    limit: 1,
    where: (f, { eq }) => eq(f.projectId, theirs.project.id),
  });
  if (file) hidden.file = file.id;

  const commentId = await comment(client, task.id, 'From the shop itself');
  const submissionId = await submission(client, task.id, task.type);
  const { task: now } = await client.ask('query ($id: ID!) { task(id: $id) { revision } }', { id: task.id });
  return {
    client,
    otherClient,
    pm,
    hidden,
    own: {
      projectId: mine.project.id,
      taskId: task.id,
      commentId,
      submissionId,
      personId: client.personId!,
      revision: now.revision,
    },
  };
}
