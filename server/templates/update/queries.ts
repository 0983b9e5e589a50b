import { and, asc, desc, eq, gte, inArray, isNull, ne, or } from 'drizzle-orm';
import {
  checks,
  files,
  formDrafts,
  meetings,
  projectConditions,
  projects,
  projectTemplates,
  submissions,
  taskDependencies,
  taskInputs,
  tasks,
  templates,
  templateUpdates,
  templateVersions,
} from '../../../drizzle/schema/index.ts';
import { can, factsOfProject } from '../../access/policy.ts';
import { companyCalendar } from '../../accounts/queries.ts';
import { addBusinessDays } from '../../calendar.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { uuids } from '../../platform/graphql/ids.ts';
import { byKey, groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import type { Playbook } from '../document.ts';
import { readDocument } from '../draft.ts';
import { linksOf } from '../late.ts';
import { type MergedRoad, mergePlaybooks } from '../merge.ts';
import type { TemplateRow } from '../queries.ts';
import { type TaskNow, type UpdateItem, updateItems } from './offer.ts';

type Reader = Pick<Tx, 'select' | 'selectDistinct'>;
export type ProjectRow = typeof projects.$inferSelect;

/** That a template of a project has a newer version than the one that the project is on. */
export type UpdateHead = { projectId: string; template: TemplateRow; fromVersion: number; toVersion: number };
/** An update that a project has gone over to. */
export type UpdateTaken = UpdateHead & { at: Date; byId: string };
export type TemplateUpdate = UpdateHead & { items: UpdateItem[] };
/** What an update is reckoned from, and applied to. */
export type UpdateFacts = TemplateUpdate & {
  before: MergedRoad;
  after: MergedRoad;
  now: TaskNow[];
  /** Keys of the tasks here that depend on something, whether they stand here or not. */
  conditional: string[];
};

const under: ProjectRow['state'][] = ['DRAFT', 'ACTIVE', 'ON_HOLD'];

/** By project: which of its templates have a newer version. Nothing for whoever may not read templates. */
export function updateHeadsLoader(ctx: Ctx) {
  return loaderOf<string, UpdateHead[]>(ctx, 'templates.updates', async (projectIds) => {
    if (!can(ctx.viewer, 'template.read', null)) return projectIds.map(() => []);
    const rows = await headRows(ctx.db, projectIds);
    return groupByKey(projectIds, rows, (row) => row.projectId);
  });
}

/** How long taking an update back is offered; later, other updates and work have come. */
const takenBackDays = 30;

/** By project: the last update that was not taken back. Nothing for whoever may not read templates. */
export function updateTakenLoader(ctx: Ctx) {
  return loaderOf<string, UpdateTaken | null>(ctx, 'templates.updateTaken', async (projectIds) => {
    if (!can(ctx.viewer, 'template.read', null)) return projectIds.map(() => null);
    const rows = await ctx.db
      .selectDistinctOn([templateUpdates.projectId], {
        projectId: templateUpdates.projectId,
        template: templates,
        fromVersion: templateUpdates.fromVersion,
        toVersion: templateUpdates.toVersion,
        at: templateUpdates.at,
        byId: templateUpdates.byId,
      })
      .from(templateUpdates)
      .innerJoin(projects, eq(projects.id, templateUpdates.projectId))
      .innerJoin(templates, eq(templates.id, templateUpdates.templateId))
      .where(
        and(
          inArray(templateUpdates.projectId, uuids(projectIds)),
          inArray(projects.state, under),
          isNull(templateUpdates.undoneAt),
          gte(templateUpdates.at, new Date(ctx.clock.now().getTime() - takenBackDays * 86_400_000)),
        ),
      )
      .orderBy(templateUpdates.projectId, desc(templateUpdates.at), desc(templateUpdates.id));
    return byKey(projectIds, rows, (row) => row.projectId);
  });
}

async function headRows(db: Reader, projectIds: readonly string[]): Promise<UpdateHead[]> {
  const rows = await db
    .select({
      projectId: projectTemplates.projectId,
      template: templates,
      fromVersion: projectTemplates.version,
      toVersion: templateVersions.number,
    })
    .from(projectTemplates)
    .innerJoin(projects, eq(projects.id, projectTemplates.projectId))
    .innerJoin(templates, eq(templates.key, projectTemplates.templateKey))
    .innerJoin(
      templateVersions,
      and(eq(templateVersions.templateId, templates.id), eq(templateVersions.state, 'PUBLISHED')),
    )
    .where(
      and(
        inArray(projectTemplates.projectId, uuids(projectIds)),
        inArray(projects.state, under),
        isNull(templates.retiredAt),
        ne(projectTemplates.version, templateVersions.number),
      ),
    )
    .orderBy(asc(projectTemplates.index));
  return rows.filter((row) => row.toVersion > row.fromVersion);
}

/** The reviewed diff of one template of a project; null when there is none, or it is not to be known. */
export async function templateUpdate(ctx: Ctx, projectId: string, templateId: string): Promise<TemplateUpdate | null> {
  if (!can(ctx.viewer, 'template.read', null)) return null;
  const [project] = await ctx.db
    .select()
    .from(projects)
    .where(inArray(projects.id, uuids([projectId])));
  if (!project || !can(ctx.viewer, 'project.read', factsOfProject(project))) return null;
  return updateFacts(ctx.db, project, templateId);
}

/** Everything about an update of a project that the caller may read. Null: the template has no newer version for it. */
export async function updateFacts(db: Reader, project: ProjectRow, templateId: string): Promise<UpdateFacts | null> {
  const head = (await headRows(db, [project.id])).find(({ template }) => template.id === templateId);
  if (!head) return null;
  const pinned = await db
    .select({ key: projectTemplates.templateKey, version: projectTemplates.version })
    .from(projectTemplates)
    .where(eq(projectTemplates.projectId, project.id))
    .orderBy(asc(projectTemplates.index));
  const versions = await db
    .select({ key: templates.key, number: templateVersions.number, document: templateVersions.document })
    .from(templateVersions)
    .innerJoin(templates, eq(templates.id, templateVersions.templateId))
    .where(
      or(
        ...pinned.map(({ key, version }) => and(eq(templates.key, key), eq(templateVersions.number, version))),
        and(eq(templates.id, head.template.id), eq(templateVersions.number, head.toVersion)),
      ),
    );
  const documentOf = (key: string, number: number): Playbook[] => {
    const found = versions.find((row) => row.key === key && row.number === number);
    return found ? [readDocument(found.document)] : [];
  };
  const before = mergePlaybooks(pinned.flatMap(({ key, version }) => documentOf(key, version)));
  const after = mergePlaybooks(
    pinned.flatMap(({ key, version }) => documentOf(key, key === head.template.key ? head.toVersion : version)),
  );
  const calendar = await companyCalendar({ db: db as unknown as Ctx['db'] });
  const now = await tasksNow(db, project.id);
  const { projectId, taskKey } = projectConditions;
  const rows = await db.select({ taskKey }).from(projectConditions).where(eq(projectId, project.id)).orderBy(taskKey);
  const conditional = rows.map((row) => row.taskKey);
  const dueOn = (days: number) => addBusinessDays(project.signedOn, days, calendar);
  const items = updateItems(before, after, now, dueOn, new Set(conditional));
  return { ...head, items, before, after, now, conditional };
}

export async function tasksNow(db: Reader, projectId: string) {
  const rows = await db.select().from(tasks).where(eq(tasks.projectId, projectId)).orderBy(tasks.index, tasks.id);
  const ofTasks = rows.map((row) => row.id);
  const inputs = await db
    .select()
    .from(taskInputs)
    .where(inArray(taskInputs.taskId, ofTasks))
    .orderBy(taskInputs.taskId, taskInputs.index);
  const links = await db.select().from(taskDependencies).where(inArray(taskDependencies.taskId, ofTasks));
  const delivered = await deliveredOf(db, ofTasks);
  const keyOf = new Map(rows.map((row) => [row.id, row.key]));
  return rows.map((row) => ({
    ...row,
    isOver: row.state === 'DONE' || row.state === 'WAIVED' || row.state === 'CANCELLED',
    hasDelivery: delivered.has(row.id),
    inputs: inputs
      .filter((input) => input.taskId === row.id)
      .map(({ key, label, isRequired, spec }) => ({ key, label, isRequired, spec })),
    after: links.filter((link) => link.taskId === row.id).flatMap((link) => keyOf.get(link.predecessorId) ?? []),
  }));
}

/** Tasks that something hangs on which their inputs would take along: handed in, typed, on its way, arranged, looked at. */
async function deliveredOf(db: Reader, ofTasks: string[]): Promise<ReadonlySet<string>> {
  const ofInputs = inArray(taskInputs.taskId, ofTasks);
  const rows = [
    await db
      .selectDistinct({ taskId: submissions.taskId })
      .from(submissions)
      .where(inArray(submissions.taskId, ofTasks)),
    await db
      .selectDistinct({ taskId: files.taskId })
      .from(files)
      .where(and(inArray(files.taskId, ofTasks), eq(files.purpose, 'SUBMISSION'))),
    await db.selectDistinct({ taskId: meetings.taskId }).from(meetings).where(inArray(meetings.taskId, ofTasks)),
    await db
      .selectDistinct({ taskId: taskInputs.taskId })
      .from(formDrafts)
      .innerJoin(taskInputs, eq(taskInputs.id, formDrafts.inputId))
      .where(ofInputs),
    await db
      .selectDistinct({ taskId: taskInputs.taskId })
      .from(checks)
      .innerJoin(taskInputs, eq(taskInputs.id, checks.inputId))
      .where(ofInputs),
  ];
  return new Set(rows.flat().map((row) => row.taskId));
}

export type Standing = Awaited<ReturnType<typeof standing>>;

/** What stands in a project, as far as an update changes it. */
export async function standing(tx: Tx, projectId: string) {
  const tasks = await tasksNow(tx, projectId);
  const links = await linksOf(tx, projectId);
  const conditions = await tx.select().from(projectConditions).where(eq(projectConditions.projectId, projectId));
  return { tasks, links, conditions };
}
