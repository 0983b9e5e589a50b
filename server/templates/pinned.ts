import { and, asc, eq } from 'drizzle-orm';
import { projectTemplates, templates, templateVersions } from '../../drizzle/schema/index.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { readDocument } from './draft.ts';
import { type MergedRoad, mergePlaybooks } from './merge.ts';

/** The road that a project is on: its templates in the versions that it is pinned to, put together as when it began. */
export async function pinnedRoad(db: Pick<Tx, 'select'>, projectId: string): Promise<MergedRoad> {
  const rows = await db
    .select({ document: templateVersions.document })
    .from(projectTemplates)
    .innerJoin(templates, eq(templates.key, projectTemplates.templateKey))
    .innerJoin(
      templateVersions,
      and(eq(templateVersions.templateId, templates.id), eq(templateVersions.number, projectTemplates.version)),
    )
    .where(eq(projectTemplates.projectId, projectId))
    .orderBy(asc(projectTemplates.index));
  return mergePlaybooks(rows.map((row) => readDocument(row.document)));
}
