import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { files, projects, submissions, tasks } from '../../drizzle/schema/index.ts';
import { can, type FileFacts } from '../access/policy.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Db, Tx } from '../platform/database/transaction.ts';
import { isUuid, uuids } from '../platform/graphql/ids.ts';
import { byKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx, Services } from '../platform/services.ts';

export { cleanFileName, hasExtension } from './names.ts';

export type FileRow = typeof files.$inferSelect;

export const linkLifeMs = 5 * 60_000;

/** The row whoever asks: for the machinery. Everything a person asks for goes through the two below. */
export async function fileRow(db: Db | Tx, fileId: string): Promise<FileRow | null> {
  const [row] = await db.select().from(files).where(eq(files.id, fileId));
  return row ?? null;
}

/** The upload that this viewer may send bytes to: their own, not given up, on a task that they may still submit to. */
export async function uploadFor(services: Services, viewer: Viewer, fileId: string): Promise<FileRow | null> {
  const found = await withFacts(services, fileId);
  if (!found || found.file.createdBy !== viewer.personId || !can(viewer, 'task.submit', found.facts)) return null;
  const { state, expiresAt } = found.file;
  const isOpen = state === 'STORED' || (expiresAt !== null && expiresAt > services.clock.now());
  return isOpen ? found.file : null;
}

/** The stored file that this viewer may download. */
export async function fileFor(services: Services, viewer: Viewer, fileId: string): Promise<FileRow | null> {
  const found = await withFacts(services, fileId);
  return found && can(viewer, 'submission.read', found.facts) ? found.file : null;
}

/**
 * Files by id, for resolvers of what refers to them: whoever was shown the reference may see the file's row.
 * Its bytes are asked for again, with the right to them, by `fileFor`.
 */
export function fileLoader(ctx: Ctx) {
  return loaderOf<string, FileRow | null>(ctx, 'files.byId', async (ids) => {
    const rows = await ctx.db
      .select()
      .from(files)
      .where(inArray(files.id, uuids(ids)));
    return byKey(ids, rows, (row) => row.id);
  });
}

/** One file of a submission that the viewer may see; null when it is missing or not theirs to see. */
export function fileById(ctx: Ctx, fileId: string): Promise<FileRow | null> {
  return fileFor(ctx, ctx.viewer, fileId);
}

/** The path that the bytes of an upload are sent to. */
export function uploadPathOf(fileId: string): string {
  return `/uploads/${fileId}`;
}

async function withFacts(services: Services, fileId: string): Promise<{ file: FileRow; facts: FileFacts } | null> {
  if (!isUuid(fileId)) return null;
  const [row] = await services.db
    .select({
      file: files,
      accountId: projects.accountId,
      projectState: projects.state,
      visibility: tasks.visibility,
      finishedId: submissions.id,
    })
    .from(files)
    .innerJoin(tasks, eq(tasks.id, files.taskId))
    .innerJoin(projects, eq(projects.id, files.projectId))
    .leftJoin(submissions, and(eq(submissions.fileId, files.id), isNotNull(submissions.finishedAt)))
    .where(eq(files.id, fileId));
  if (!row) return null;
  const facts = {
    accountId: row.accountId,
    isDraft: row.projectState === 'DRAFT',
    visibility: row.visibility,
    createdBy: row.file.createdBy,
    isFinished: row.finishedId !== null,
  };
  return { file: row.file, facts };
}

type LinkParts = { fileId: string; personId: string; expires: string };

/** What the signature of a download link covers: all of its parameters, in this order. */
function signedText({ fileId, personId, expires }: LinkParts): string {
  return `${fileId}\n${personId}\n${expires}`;
}

/** The link under which the viewer, and nobody else's rights, can download the file for five minutes. Null until stored. */
export function downloadUrl(ctx: Ctx, file: FileRow): string | null {
  if (file.state !== 'STORED') return null;
  const expires = String(ctx.clock.now().getTime() + linkLifeMs);
  const parts = { fileId: file.id, personId: ctx.viewer.personId, expires };
  const signature = ctx.secrets.sign('file', signedText(parts));
  return `/files/${file.id}?${new URLSearchParams({ person: parts.personId, expires, signature })}`;
}

/** Whether a link is ours, whole and alive. */
export function isLinkValid(services: Services, parts: LinkParts, signature: string): boolean {
  const isAlive = /^\d{1,15}$/.test(parts.expires) && Number(parts.expires) > services.clock.now().getTime();
  return services.secrets.verify('file', signedText(parts), signature) && isAlive;
}
