import { and, asc, eq, inArray } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import {
  projectConditions,
  projectTemplates,
  taskDependencies,
  taskInputs,
  taskReasons,
  tasks,
  templateUpdates,
} from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import { companyCalendar } from '../../accounts/queries.ts';
import { addBusinessDays, type WorkingCalendar } from '../../calendar.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { checkMay, type ProjectLocked, projectLock } from '../../projects/commands.ts';
import { circleWith, lockRow, onTask, settle, taskChange, taskMove } from '../../tasks/commands.ts';
import { words } from '../../words/en.ts';
import { drawLate, linksOf, tellTie } from '../late.ts';
import { doneBetween } from './done.ts';
import type { UpdateItem, UpdatePart } from './offer.ts';
import { standing, type UpdateFacts, updateFacts } from './queries.ts';
import { changeOf, inputsOf, templateTask } from './taken.ts';

export type TemplateUpdateInput = {
  templateId: string;
  /** The versions that were reviewed, from and to. */
  fromVersion: number;
  toVersion: number;
  /** Ids of the items that are taken; what is not named stays as it is, and is not offered again. */
  accept: readonly string[];
};

/** Everything that an update needs while it is written. */
type Update = {
  tx: Tx;
  ctx: Ctx;
  project: ProjectLocked;
  facts: UpdateFacts;
  calendar: WorkingCalendar;
};

/**
 * Brings a project to the newer version of one of its templates: what was accepted is done, all at once or not at all,
 * and the project is on that version from then on. CONFLICT when the version, or what can be accepted, is another by now.
 * Nothing is deleted that somebody made: a task that is not asked for any more is waived, and can be reopened.
 */
export function projectTemplateUpdate(
  ctx: Ctx,
  projectId: string,
  input: TemplateUpdateInput,
): Promise<Committed<{ id: string; projectId: string }>> {
  return transaction(ctx, async (tx) => {
    const project = await projectLock(tx, ctx, projectId, 'project.edit');
    if (!can(ctx.viewer, 'template.read', null)) throw new ApiError('NOT_FOUND');
    checkMay(ctx, 'task.create', project);
    // In the order in which moves lock them.
    const ofProject = eq(tasks.projectId, project.id);
    await tx.select({ id: tasks.id }).from(tasks).where(ofProject).orderBy(asc(tasks.id)).for('update');
    const facts = await updateFacts(tx, project, input.templateId);
    if (facts?.fromVersion !== input.fromVersion || facts.toVersion !== input.toVersion) {
      throw new ActError('CONFLICT', { field: 'toVersion' });
    }
    const taken = facts.items.filter((item) => item.keptBecause === null && input.accept.includes(item.id));
    if (taken.length < new Set(input.accept).size) throw new ActError('CONFLICT', { field: 'accept' });
    const calendar = await companyCalendar({ db: tx as unknown as Ctx['db'] });
    const before = await standing(tx, project.id);
    await write({ tx, ctx, project, facts, calendar }, taken);
    const done = doneBetween(before, await standing(tx, project.id));
    const isThis = and(
      eq(projectTemplates.projectId, project.id),
      eq(projectTemplates.templateKey, facts.template.key),
    );
    await tx.update(projectTemplates).set({ version: facts.toVersion }).where(isThis);
    await tx.insert(templateUpdates).values({
      id: uuidv7(),
      projectId: project.id,
      templateId: facts.template.id,
      fromVersion: facts.fromVersion,
      toVersion: facts.toVersion,
      at: ctx.clock.now(),
      byId: ctx.viewer.personId,
      done,
    });
    append(tx, {
      kind: 'project.templateUpdated',
      // That there are templates is nothing that clients know of; what it changed of their tasks is told of each.
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: project.id,
      projectId: project.id,
      facts: {
        key: facts.template.key,
        from: facts.fromVersion,
        to: facts.toVersion,
        taken: taken.length,
        left: facts.items.length - taken.length,
      },
    });
    return { id: project.id, projectId: project.id };
  });
}

async function write(update: Update, taken: readonly UpdateItem[]): Promise<void> {
  const of = (...parts: UpdatePart[]) => taken.filter((item) => parts.includes(item.part));
  const idOf = new Map(update.facts.now.map((task) => [task.key, task.id]));
  await keepConditions(update, of('ADDED', 'CONDITIONS'), new Set(of('REMOVED').map((item) => item.taskKey)));
  const { tx, ctx, project, facts, calendar } = update;
  const late = { tx, ctx, project, road: facts.after, older: facts.before, calendar };
  // What depends on something comes once that is judged, behind this.
  const sure = of('ADDED').filter(({ taskKey }) => templateTask(facts.after, taskKey)?.conditions.length === 0);
  const added = await drawLate(late, new Set(sure.map((item) => item.taskKey)));
  for (const [key, id] of added) idOf.set(key, id);
  const edited = new Set(of('WORDS', 'SETTINGS', 'INPUTS').map((item) => item.taskKey));
  for (const key of edited) await editTask(update, key, new Set(partsOf(taken, key)));
  const tied = await tieTasks(update, idOf, of('ADDED'), of('DEPENDENCIES'));
  for (const id of tied) {
    const task = await lockRow(update.tx, id);
    if (task) await settle(update.tx, update.ctx, task);
  }
  // Last: what waits for them goes on at once.
  for (const { taskId } of of('REMOVED')) if (taskId !== null) await waive(update, taskId);
}

function partsOf(taken: readonly UpdateItem[], key: string): UpdatePart[] {
  return taken.filter((item) => item.taskKey === key).map((item) => item.part);
}

/**
 * Keeps what tasks of the newer version depend on; that it holds is judged behind this act, see `conditionsNotice`. A task
 * that stands there without a condition has applied until now. What the road does not have any more depends on nothing.
 */
async function keepConditions({ tx, project, facts }: Update, taken: readonly UpdateItem[], removed: Set<string>) {
  for (const { taskKey, part } of taken) {
    const conditions = templateTask(facts.after, taskKey)?.conditions ?? [];
    if (part === 'ADDED' && conditions.length === 0) continue;
    const row = { projectId: project.id, taskKey, conditions, applies: part !== 'ADDED', waivedFrom: null };
    const { projectId, taskKey: key } = projectConditions;
    await tx
      .insert(projectConditions)
      .values(row)
      .onConflictDoUpdate({ target: [projectId, key], set: { conditions } });
  }
  const here = new Set(facts.now.map((task) => task.key));
  const gone = facts.conditional.filter((key) => {
    return !templateTask(facts.after, key) && (removed.has(key) || !here.has(key));
  });
  if (gone.length === 0) return;
  const isGone = inArray(projectConditions.taskKey, gone);
  await tx.delete(projectConditions).where(and(eq(projectConditions.projectId, project.id), isGone));
}

/** Words, settings and inputs of one task, under one revision of it. */
async function editTask({ tx, ctx, project, facts, calendar }: Update, key: string, parts: Set<UpdatePart>) {
  const now = facts.now.find((task) => task.key === key);
  const template = templateTask(facts.after, key);
  const task = now && (await lockRow(tx, now.id));
  if (!task || !now || !template) throw new ActError('CONFLICT', { field: 'accept' });
  const old = templateTask(facts.before, key);
  const isDueMoved = parts.has('SETTINGS') && old?.dueInBusinessDays !== template.dueInBusinessDays;
  const dueOn = isDueMoved ? addBusinessDays(project.signedOn, template.dueInBusinessDays, calendar) : task.dueOn;
  const change = changeOf(task, old, template, parts);
  const fields = Object.keys(change) as (keyof typeof change)[];
  if (dueOn !== task.dueOn) {
    append(tx, {
      kind: 'task.dueMoved',
      ...onTask(ctx, task),
      facts: { from: task.dueOn, to: dueOn },
      revision: { before: { dueOn: task.dueOn }, after: { dueOn } },
    });
  }
  const hasInputs = parts.has('INPUTS');
  if (fields.length > 0 || hasInputs) {
    const side = change.side === undefined ? {} : { side: { from: task.side, to: change.side } };
    const before = Object.fromEntries(fields.map((field) => [field, task[field]]));
    append(tx, {
      kind: 'task.edited',
      ...onTask(ctx, task),
      facts: { fields: [...fields, ...(hasInputs ? ['inputs'] : [])].join(' '), ...side },
      revision: {
        before: { ...before, ...(hasInputs && { inputs: now.inputs }) },
        after: { ...change, ...(hasInputs && { inputs: template.inputs }) },
      },
    });
  }
  if (hasInputs) await replaceInputs(tx, task.id, inputsOf(template));
  if (dueOn !== task.dueOn || fields.length > 0 || hasInputs) await taskChange(tx, ctx, task, { ...change, dueOn });
}

/** Nothing hangs on them: an update of inputs is offered only where nothing was handed in, typed or arranged. */
export async function replaceInputs(tx: Tx, taskId: string, inputs: ReturnType<typeof inputsOf>): Promise<void> {
  await tx.delete(taskInputs).where(eq(taskInputs.taskId, taskId));
  const rows = inputs.map((input, index) => ({ ...input, id: uuidv7(), taskId, index }));
  if (rows.length > 0) await tx.insert(taskInputs).values(rows);
}

/** Writes who waits for whom; answers the tasks whose readiness has to be looked at. */
async function tieTasks(
  { tx, ctx, project, facts }: Update,
  idOf: ReadonlyMap<string, string>,
  added: readonly UpdateItem[],
  retied: readonly UpdateItem[],
): Promise<string[]> {
  const links = await linksOf(tx, project.id);
  const touched = new Set<string>();
  for (const { taskKey } of [...added, ...retied]) {
    const taskId = idOf.get(taskKey);
    if (!taskId) continue;
    touched.add(taskId);
    const [was, is] = [
      templateTask(facts.before, taskKey)?.after ?? [],
      templateTask(facts.after, taskKey)?.after ?? [],
    ];
    const isNew = added.some((item) => item.taskKey === taskKey);
    for (const key of [...new Set([...was, ...is])]) {
      const predecessorId = idOf.get(key);
      if (!predecessorId || was.includes(key) === is.includes(key)) continue;
      const link = { taskId, predecessorId };
      const at = links.findIndex((one) => one.taskId === taskId && one.predecessorId === predecessorId);
      const isWanted = is.includes(key);
      if (isWanted === at >= 0) continue;
      if (isWanted) {
        await refuseCircle(tx, links, link, project.id);
        await tx.insert(taskDependencies).values(link);
        links.push(link);
      } else {
        const isThis = and(eq(taskDependencies.taskId, taskId), eq(taskDependencies.predecessorId, predecessorId));
        await tx.delete(taskDependencies).where(isThis);
        links.splice(at, 1);
      }
      if (!isNew) await tellTie(tx, ctx, link, isWanted);
    }
  }
  return [...touched];
}

async function refuseCircle(
  tx: Tx,
  links: readonly { taskId: string; predecessorId: string }[],
  link: { taskId: string; predecessorId: string },
  projectId: string,
): Promise<void> {
  const circle = circleWith(links, link);
  if (circle === null) return;
  const rows = await tx.select({ id: tasks.id, title: tasks.title }).from(tasks).where(eq(tasks.projectId, projectId));
  const path = circle.map((id) => rows.find((row) => row.id === id)?.title ?? id).join(' → ');
  throw new ActError('CIRCLE', { field: 'accept', params: { path } });
}

export async function waive({ tx, ctx }: Pick<Update, 'tx' | 'ctx'>, taskId: string): Promise<void> {
  const task = await lockRow(tx, taskId);
  if (!task) return;
  checkMay(ctx, 'task.waive', task);
  const [reason, at] = [words.templateUpdate.notAskedAnyMore(), ctx.clock.now()];
  const { visibility: audience } = task;
  const personId = ctx.viewer.personId;
  await tx.insert(taskReasons).values({ id: uuidv7(), taskId, kind: 'WAIVED', audience, text: reason, personId, at });
  await taskMove(tx, ctx, task, { kind: 'task.waived', to: 'WAIVED' }, { reason, at });
}
