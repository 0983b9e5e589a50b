import { eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { firstLooks, submissions, taskInputs } from '../../../drizzle/schema/index.ts';
import type { NewEvent } from '../../events.ts';
import { type Tx, transaction } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';
import { brandNow, isLogoInput } from './queries.ts';
import type { SiteBrand } from './site.ts';

/** The job that paints a project's mocks anew; its subject is the project. */
export const brandJob = 'firstLook.brand';
/** After these another logo may count. */
const kinds: readonly string[] = [
  'submission.finished',
  'submission.validated',
  'submission.accepted',
  'submission.reviewed',
  'submission.withdrawn',
];

/** What a transaction did to logos that were handed in: the mocks are painted anew, by the same transaction. */
export async function brandNotice(
  tx: Tx,
  services: Pick<Services, 'jobs'>,
  events: readonly NewEvent[],
): Promise<void> {
  const submissionIds = events.filter(({ kind }) => kinds.includes(kind)).map(({ subjectId }) => subjectId);
  if (submissionIds.length === 0) return;
  const rows = await tx
    .select({ projectId: submissions.projectId, spec: taskInputs.spec })
    .from(submissions)
    .innerJoin(taskInputs, eq(taskInputs.id, submissions.inputId))
    .where(inArray(submissions.id, submissionIds));
  const projectIds = new Set(rows.filter(({ spec }) => isLogoInput(spec)).map(({ projectId }) => projectId));
  for (const projectId of projectIds) await services.jobs.enqueue(tx, brandJob, { subjectId: projectId });
}

export function brandJobs(services: Services): void {
  services.jobs.handle(brandJob, async (payload) => {
    const { subjectId } = z.object({ subjectId: z.uuid() }).parse(payload);
    await brandPaint(services, subjectId, null);
  });
}

/** Writes down how a project's mocks are painted. `site`: how its pages look, when they were read just now. */
export async function brandPaint(services: Services, projectId: string, site: SiteBrand | null): Promise<void> {
  const brand = await brandNow(services, projectId, site);
  if (brand === null) return;
  await transaction(services, async (tx) => {
    await tx
      .insert(firstLooks)
      .values({ projectId, state: 'EMPTY', run: 0, currencies: [], brand })
      .onConflictDoUpdate({ target: firstLooks.projectId, set: { brand } });
  });
}
