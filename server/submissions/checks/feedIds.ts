import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import { reports, submissions } from '../../../drizzle/schema/index.ts';
import type { Services } from '../../platform/services.ts';
import type { KnownIds } from '../validation/facts/web/tag.ts';
import { CompactIdSet } from '../validation/idSet.ts';

/** The ids of the project's accepted product feed, for tags to be held against; null when there is none. */
export async function feedIdsOf(services: Pick<Services, 'db'>, projectId: string): Promise<KnownIds | null> {
  const [found] = await services.db
    .select({ ids: reports.ids })
    .from(reports)
    .innerJoin(submissions, eq(submissions.id, reports.submissionId))
    .where(
      and(
        eq(submissions.projectId, projectId),
        inArray(submissions.state, ['ACCEPTED', 'ACCEPTED_WITH_WARNINGS']),
        eq(reports.rules, 'product-feed'),
        eq(reports.state, 'DONE'),
        isNotNull(reports.ids),
      ),
    )
    .orderBy(desc(submissions.finishedAt))
    .limit(1);
  if (!found?.ids) return null;
  const set = CompactIdSet.fromBytes(found.ids);
  const encoder = new TextEncoder();
  const includes = (id: string) => {
    const bytes = encoder.encode(id);
    return set.has(bytes, 0, bytes.length);
  };
  return set.size === 0 ? null : { length: set.size, includes };
}
