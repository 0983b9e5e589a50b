import { eq } from 'drizzle-orm';
import { files, submissions, tasks } from '../../drizzle/schema/index.ts';
import { fileRemove } from '../files/commands.ts';
import { transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import type { Services } from '../platform/services.ts';
import { reportsCancel } from './reports/commands.ts';

/** Registers the job that removes what was begun and never delivered. */
export function submissionJobs(services: Services): void {
  services.jobs.handle('file.expire', async ({ subjectId }) => {
    if (subjectId) await fileExpire(services, subjectId);
  });
}

/** Removes a file that was not delivered in time, or was cancelled. A second run finds nothing left to do. */
export async function fileExpire(services: Services, fileId: string): Promise<void> {
  await transaction(services, async (tx) => {
    const [found] = await tx
      .select({ file: files, visibility: tasks.visibility })
      .from(files)
      .innerJoin(tasks, eq(tasks.id, files.taskId))
      .where(eq(files.id, fileId))
      .for('update', { of: files });
    const isDue = found?.file.expiresAt && found.file.expiresAt <= services.clock.now();
    if (!found || !isDue) return;
    const { file, visibility } = found;
    const begun = await tx
      .update(submissions)
      .set({ fileId: null })
      .where(eq(submissions.fileId, fileId))
      .returning({ id: submissions.id });
    await fileRemove(services, tx, file);
    await reportsCancel(
      tx,
      begun.map((row) => row.id),
    );
    for (const { id } of begun) {
      append(tx, {
        kind: 'submission.expired',
        audience: visibility,
        actorId: null,
        subjectId: id,
        projectId: file.projectId,
        taskId: file.taskId,
        facts: {},
      });
    }
  });
}
