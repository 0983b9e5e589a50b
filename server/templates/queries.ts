import { and, asc, count, desc, eq, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { projects, projectTemplates, templates, templateVersions } from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { type Connection, pageOf, parseCursor } from '../platform/graphql/connection.ts';
import { uuids } from '../platform/graphql/ids.ts';
import { byKey, groupByKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx } from '../platform/services.ts';
import { readableBy } from '../projects/queries.ts';
import type { Playbook } from './document.ts';
import { readDocument } from './draft.ts';
import { mergePlaybooks } from './merge.ts';

export type TemplateRow = typeof templates.$inferSelect;
/** A version without its document, which is loaded only where it is shown. */
export type VersionRow = Omit<typeof templateVersions.$inferSelect, 'document'>;

const { document: _, ...versionColumns } = columnsOf();
function columnsOf() {
  const { id, templateId, number, state, revision, document, fileVersion } = templateVersions;
  const { createdAt, createdBy, updatedAt, updatedBy, publishedAt, publishedBy } = templateVersions;
  const when = { createdAt, createdBy, updatedAt, updatedBy, publishedAt, publishedBy };
  return { id, templateId, number, state, revision, document, fileVersion, ...when };
}

/** Templates by id; null for one that is missing or not to be known. */
export function templateLoader(ctx: Ctx) {
  return loaderOf<string, TemplateRow | null>(ctx, 'templates.byId', async (ids) => {
    if (!can(ctx.viewer, 'template.read', null)) return ids.map(() => null);
    const rows = await ctx.db
      .select()
      .from(templates)
      .where(inArray(templates.id, uuids(ids)));
    return byKey(ids, rows, (row) => row.id);
  });
}

/** Every version of a template, the newest first. The caller has read the template. */
export function versionsOfTemplateLoader(ctx: Ctx) {
  return loaderOf<string, VersionRow[]>(ctx, 'templates.versions', async (templateIds) => {
    const rows = await ctx.db
      .select(versionColumns)
      .from(templateVersions)
      .where(inArray(templateVersions.templateId, [...templateIds]))
      .orderBy(desc(templateVersions.number));
    return groupByKey(templateIds, rows, (row) => row.templateId);
  });
}

/** Versions by id; null for one that is missing or not to be known. */
export function templateVersionLoader(ctx: Ctx) {
  return loaderOf<string, VersionRow | null>(ctx, 'templates.versionById', async (ids) => {
    if (!can(ctx.viewer, 'template.read', null)) return ids.map(() => null);
    const rows = await ctx.db
      .select(versionColumns)
      .from(templateVersions)
      .where(inArray(templateVersions.id, uuids(ids)));
    return byKey(ids, rows, (row) => row.id);
  });
}

/** What stands in a version, by its id. The caller has read the version. */
export function documentLoader(ctx: Ctx) {
  return loaderOf<string, Playbook | null>(ctx, 'templates.document', async (ids) => {
    const rows = await ctx.db
      .select({ id: templateVersions.id, document: templateVersions.document })
      .from(templateVersions)
      .where(inArray(templateVersions.id, uuids(ids)));
    return byKey(ids, rows, (row) => row.id).map((row) => row && readDocument(row.document));
  });
}

/** So many versions back a task is still known as one of its template's. */
const mostVersions = 10;

/** The keys of all tasks that the newest versions of a template have, by the template's key. */
export function taskKeysLoader(ctx: Ctx) {
  return loaderOf<string, ReadonlySet<string>>(ctx, 'templates.taskKeys', async (keys) => {
    const newest = desc(templateVersions.number);
    const place = sql<number>`row_number() over (partition by ${templates.id} order by ${newest})`.as('place');
    const ranked = ctx.db
      .select({ key: templates.key, document: templateVersions.document, place })
      .from(templateVersions)
      .innerJoin(templates, eq(templates.id, templateVersions.templateId))
      .where(inArray(templates.key, [...keys]))
      .as('ranked');
    const rows = await ctx.db.select().from(ranked).where(lte(ranked.place, mostVersions));
    return groupByKey(keys, rows, ({ key }) => key).map((own) => {
      const phases = own.flatMap(({ document }) => readDocument(document).phases);
      return new Set(phases.flatMap(({ tasks }) => tasks.map(({ key }) => key)));
    });
  });
}

/** How many projects that the viewer may see were started from a template, by its key. */
export function projectCountLoader(ctx: Ctx) {
  return loaderOf<string, number>(ctx, 'templates.projectCount', async (keys) => {
    const rows = await ctx.db
      .select({ key: projectTemplates.templateKey, count: count() })
      .from(projectTemplates)
      .innerJoin(projects, eq(projects.id, projectTemplates.projectId))
      .where(and(readableBy(ctx), inArray(projectTemplates.templateKey, [...keys])))
      .groupBy(projectTemplates.templateKey);
    return byKey(keys, rows, (row) => row.key).map((row) => row?.count ?? 0);
  });
}

/** Templates by name. */
export async function templatesPage(
  ctx: Ctx,
  isRetired: boolean,
  first: number,
  after: string | null,
): Promise<Connection<TemplateRow>> {
  const cursor = parseCursor(after, ['string', 'string']);
  const rows = can(ctx.viewer, 'template.read', null)
    ? await ctx.db
        .select()
        .from(templates)
        .where(and(isRetired ? undefined : isNull(templates.retiredAt), beyond(cursor)))
        .orderBy(asc(templates.name), asc(templates.id))
        .limit(first + 1)
    : [];
  const page = pageOf(rows, first, (row) => [row.name, row.id], 'forward', cursor !== null);
  for (const row of page.nodes) templateLoader(ctx).prime(row.id, row);
  return page;
}

function beyond(cursor: [string, string] | null): SQL | undefined {
  return cursor ? sql`(${templates.name}, ${templates.id}::text) > (${cursor[0]}, ${cursor[1]})` : undefined;
}

/**
 * The published documents of templates, named by key or id, in the order asked for; one that is retired, or has no
 * published version, is left out. For whoever starts a project: the caller asks policy.
 */
export async function publishedPlaybooks(tx: Pick<Tx, 'select'>, keysOrIds: readonly string[]): Promise<Playbook[]> {
  const rows = await tx
    .select({ id: templates.id, key: templates.key, document: templateVersions.document })
    .from(templates)
    .innerJoin(templateVersions, eq(templateVersions.templateId, templates.id))
    .where(
      and(
        isNull(templates.retiredAt),
        eq(templateVersions.state, 'PUBLISHED'),
        or(inArray(templates.key, [...keysOrIds]), inArray(templates.id, uuids(keysOrIds))),
      ),
    );
  return keysOrIds.flatMap((name) => {
    const row = rows.find(({ id, key }) => id === name || key === name);
    return row ? [readDocument(row.document)] : [];
  });
}

/** Every template that a project can start from, by name. */
export async function publishedTemplates(ctx: Ctx): Promise<TemplateRow[]> {
  if (!can(ctx.viewer, 'template.read', null)) return [];
  const rows = await ctx.db
    .select({ templates })
    .from(templates)
    .innerJoin(templateVersions, eq(templateVersions.templateId, templates.id))
    .where(and(isNull(templates.retiredAt), eq(templateVersions.state, 'PUBLISHED')))
    .orderBy(asc(templates.name), asc(templates.id));
  return rows.map((row) => row.templates);
}

/** A task as the templates of a project have it; `isConditional`: it applies by what is known of the shop. */
export type PlannedTask = { key: string; title: string; after: readonly string[]; isConditional: boolean };
export type ProjectRoad = readonly PlannedTask[];

/**
 * What the templates of a project plan, in the versions that it is on, in the order of the road; null without any, and
 * for whoever may read no template.
 */
export function roadOfProjectLoader(ctx: Ctx) {
  return loaderOf<string, ProjectRoad | null>(ctx, 'templates.roadOfProject', async (projectIds) => {
    if (!can(ctx.viewer, 'template.read', null)) return projectIds.map(() => null);
    const { projectId, index, templateKey, version } = projectTemplates;
    const rows = await ctx.db
      .select({ projectId, document: templateVersions.document })
      .from(projectTemplates)
      .innerJoin(templates, eq(templates.key, templateKey))
      .innerJoin(
        templateVersions,
        and(eq(templateVersions.templateId, templates.id), eq(templateVersions.number, version)),
      )
      .where(inArray(projectId, uuids(projectIds)))
      .orderBy(asc(projectId), asc(index));
    return groupByKey(projectIds, rows, (row) => row.projectId).map((own) => {
      if (own.length === 0) return null;
      const road = mergePlaybooks(own.map(({ document }) => readDocument(document)));
      return road.phases
        .flatMap((phase) => phase.tasks)
        .map(({ key, title, after, conditions }) => ({ key, title, after, isConditional: conditions.length > 0 }));
    });
  });
}
