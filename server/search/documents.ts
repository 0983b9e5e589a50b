import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import {
  accounts,
  comments,
  files,
  notes,
  people,
  projects,
  type searchDocuments,
  submissions,
  tasks,
} from '../../drizzle/schema/index.ts';
import type { NewEvent } from '../events.ts';
import { noteText } from '../notes/queries.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { longestBody } from './terms.ts';

type Row = typeof searchDocuments.$inferInsert;
/** A document before the database makes its words of it. */
export type SearchDocument = Pick<Row, 'subjectId' | 'audience' | 'kind' | 'title' | 'body'> & {
  projectId: string | null;
  taskId: string | null;
};

/** What to read again, by noun: the ids that a transaction's events name. */
export type Touched = Record<
  'project' | 'task' | 'comment' | 'note' | 'submission' | 'person' | 'account',
  Set<string>
>;

export function nothingTouched(): Touched {
  return {
    project: new Set(),
    task: new Set(),
    comment: new Set(),
    note: new Set(),
    submission: new Set(),
    person: new Set(),
    account: new Set(),
  };
}

/** Moves of a task's state, verdicts and their like change no word of it. */
const wordlessKinds =
  /^(task\.(ready|started|submitted|reviewStarted|approved|accepted|assigned)|comment\.(reacted|resolved|reopened)|person\.(viewed|viewEnded|password\w+)|note\.created|submission\.(reviewed|validat\w+|linksLooked|checked|rechecked|standingChanged|stayedBroken|givenUp|accepted))$/;

export function touchedBy(events: readonly NewEvent[]): Touched {
  const touched = nothingTouched();
  for (const { kind, subjectId } of events) {
    const noun = kind.split('.')[0] ?? '';
    if (noun in touched && !wordlessKinds.test(kind)) touched[noun as keyof Touched].add(subjectId);
  }
  return touched;
}

/**
 * The documents of what was touched, and the ids whose old ones go. What is deleted or removed has an id and no
 * document any more.
 */
export async function documentsOf(tx: Tx, touched: Touched): Promise<{ stale: string[]; fresh: SearchDocument[] }> {
  const fileRows = await filesOf(tx, touched);
  const fresh = [
    ...(await projectDocuments(tx, touched)),
    ...(await taskDocuments(tx, touched)),
    ...(await commentDocuments(tx, touched)),
    ...(await noteDocuments(tx, touched)),
    ...(await personDocuments(tx, touched)),
    ...fileRows.flatMap(({ document }) => document ?? []),
  ];
  const { project, task, comment, note, person } = touched;
  const stale = [project, task, comment, note, person].flatMap((ids) => [...ids]);
  return { stale: [...stale, ...fresh.map((one) => one.subjectId), ...fileRows.map((row) => row.id)], fresh };
}

async function projectDocuments(tx: Tx, { project, account }: Touched): Promise<SearchDocument[]> {
  if (project.size + account.size === 0) return [];
  const rows = await tx
    .select({ project: projects, account: accounts.name, website: accounts.website })
    .from(projects)
    .innerJoin(accounts, eq(accounts.id, projects.accountId))
    .where(or(inArray(projects.accountId, [...account]), inArray(projects.id, [...project])));
  return rows.map((row) => ({
    subjectId: row.project.id,
    audience: 'SHARED',
    kind: 'PROJECT',
    projectId: row.project.id,
    taskId: null,
    title: `${row.account}: ${row.project.name}`,
    body: [row.website, row.project.platform, ...row.project.products].join(' '),
  }));
}

async function taskDocuments(tx: Tx, { task }: Touched): Promise<SearchDocument[]> {
  if (task.size === 0) return [];
  const rows = await tx
    .select()
    .from(tasks)
    .where(inArray(tasks.id, [...task]));
  return rows.map((row) => ({
    subjectId: row.id,
    audience: row.visibility,
    kind: 'TASK',
    projectId: row.projectId,
    taskId: row.id,
    title: row.title,
    body: `${row.purpose}. ${proseOf(row.documentation)}`,
  }));
}

/** Documentation as it is read: without code, marks and variables, which differ from reader to reader. */
function proseOf(markdown: string): string {
  return markdown
    .replace(/^```[\s\S]*?^```/gm, ' ')
    .replace(/\{\{[^}]*\}\}/g, '…')
    .replace(/[#*`|>]+/g, ' ');
}

async function commentDocuments(tx: Tx, { comment }: Touched): Promise<SearchDocument[]> {
  if (comment.size === 0) return [];
  const rows = await tx
    .select()
    .from(comments)
    .where(and(inArray(comments.id, [...comment]), isNull(comments.deletedAt)));
  return rows.map((row) => ({
    subjectId: row.id,
    audience: row.audience,
    kind: 'COMMENT',
    projectId: row.projectId,
    taskId: row.taskId,
    title: '',
    body: row.text,
  }));
}

async function noteDocuments(tx: Tx, { note }: Touched): Promise<SearchDocument[]> {
  if (note.size === 0) return [];
  const rows = await tx
    .select()
    .from(notes)
    .where(inArray(notes.id, [...note]));
  const made = rows.map(async (row): Promise<SearchDocument> => {
    const body = await noteText({ db: tx }, { noteId: row.id, epoch: row.epoch });
    const { id: subjectId, audience, projectId, taskId } = row;
    return { subjectId, audience, kind: 'NOTE', projectId, taskId, title: '', body };
  });
  return (await Promise.all(made)).filter((document) => document.body !== '');
}

/** Staff also find people by their address, which no client does: two documents. */
async function personDocuments(tx: Tx, { person }: Touched): Promise<SearchDocument[]> {
  if (person.size === 0) return [];
  const rows = await tx
    .select()
    .from(people)
    .where(and(inArray(people.id, [...person]), isNull(people.removedAt), eq(people.isApp, false)));
  return rows.flatMap((row) => {
    const shared = { subjectId: row.id, kind: 'PERSON' as const, projectId: null, taskId: null, title: row.name };
    return [
      { ...shared, audience: 'SHARED' as const, body: '' },
      { ...shared, audience: 'INTERNAL' as const, body: row.email },
    ];
  });
}

/** Files by their names: delivered ones with their task's audience, a comment's with that of the comment. */
async function filesOf(
  tx: Tx,
  { submission, comment, task }: Touched,
): Promise<{ id: string; document: SearchDocument | null }[]> {
  const ofSubmissions = { file: files, visibility: tasks.visibility, finishedAt: submissions.finishedAt };
  const delivered =
    submission.size + task.size === 0
      ? []
      : await tx
          .select(ofSubmissions)
          .from(submissions)
          .innerJoin(files, eq(files.id, submissions.fileId))
          .innerJoin(tasks, eq(tasks.id, files.taskId))
          .where(or(inArray(submissions.id, [...submission]), inArray(tasks.id, [...task])));
  const attached =
    comment.size === 0
      ? []
      : await tx
          .select({ file: files, audience: comments.audience, deletedAt: comments.deletedAt })
          .from(files)
          .innerJoin(comments, eq(comments.id, files.commentId))
          .where(inArray(comments.id, [...comment]));
  const document = (file: typeof files.$inferSelect, audience: Row['audience']): SearchDocument => ({
    subjectId: file.id,
    audience,
    kind: 'FILE',
    projectId: file.projectId,
    taskId: file.taskId,
    title: file.name,
    body: '',
  });
  return [
    ...delivered.map(({ file, visibility, finishedAt }) => ({
      id: file.id,
      document: finishedAt === null ? null : document(file, visibility),
    })),
    ...attached.map(({ file, audience, deletedAt }) => ({
      id: file.id,
      document: deletedAt === null ? document(file, audience) : null,
    })),
  ];
}

export function cutBody(body: string): string {
  return body.length > longestBody ? body.slice(0, longestBody) : body;
}
