import { and, eq } from 'drizzle-orm';
import { files, reportLooks, reports, submissions } from '../../../../drizzle/schema/index.ts';
import { transaction } from '../../../platform/database/transaction.ts';
import { append } from '../../../platform/events/log.ts';
import type { Services } from '../../../platform/services.ts';
import { fileOrder, judgeOrder, onSubmission } from '../../reports/commands.ts';
import type { SampleOrder } from '../../reports/sampleFile.ts';
import { looksJob } from '../commands.ts';
import type { Looks } from '../gather.ts';

export type LooksBegun = { submissionId: string; run: number; order: SampleOrder };

/** What is to be looked at; null when there is nothing any more: another version came, or it was looked at. */
export async function looksBegin(services: Services, submissionId: string): Promise<LooksBegun | null> {
  const [found] = await services.db
    .select({ look: reportLooks, report: reports, file: files })
    .from(reportLooks)
    .innerJoin(submissions, eq(submissions.id, reportLooks.submissionId))
    .innerJoin(reports, eq(reports.submissionId, submissions.id))
    .innerJoin(files, eq(files.id, submissions.fileId))
    .where(
      and(
        eq(reportLooks.submissionId, submissionId),
        eq(reportLooks.state, 'LOOKING'),
        // Read anew by other columns: its verdict begins this anew, too.
        eq(reports.state, 'DONE'),
      ),
    );
  if (!found) return null;
  const { look, report, file } = found;
  const order = { file: fileOrder(services, file, file.sizeBytes), judge: judgeOrder(report), rows: look.rows };
  return { submissionId, run: look.run, order: { ...order, most: look.wanted } };
}

/** Writes down what was found; null: our own machinery broke, and nobody looks again by himself. */
export async function looksDone(
  services: Services,
  { submissionId, run }: Pick<LooksBegun, 'submissionId' | 'run'>,
  looked: Looks | null,
): Promise<void> {
  await transaction(services, async (tx) => {
    const isThis = and(
      eq(reportLooks.submissionId, submissionId),
      eq(reportLooks.run, run),
      eq(reportLooks.state, 'LOOKING'),
    );
    const came = looked ?? { links: 0, images: 0, noLinks: null, noImages: null, findings: [] };
    const state = looked ? ('DONE' as const) : ('FAILED' as const);
    const done = { ...came, state, finishedAt: services.clock.now() };
    const [row] = await tx.update(reportLooks).set(done).where(isThis).returning();
    const [submission] = await tx.select().from(submissions).where(eq(submissions.id, submissionId));
    if (!row || !submission) return;
    const { links, images, findings } = came;
    append(tx, {
      ...(await onSubmission(tx, submission)),
      kind: 'submission.linksLooked',
      facts: { links, images, findings: findings.length, inputId: submission.inputId ?? '' },
    });
  });
}

/** At every start: what a crash left behind is looked at anew. */
export async function looksLeft(services: Services): Promise<void> {
  const left = await services.db
    .select({ id: reportLooks.submissionId })
    .from(reportLooks)
    .where(eq(reportLooks.state, 'LOOKING'));
  for (const { id } of left) {
    await transaction(services, (tx) => services.jobs.enqueue(tx, looksJob, { subjectId: id }));
  }
}
