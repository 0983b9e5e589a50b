import { and, asc, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import {
  phases,
  projectTemplates,
  taskDependencies,
  taskInputs,
  taskReasons,
  tasks,
} from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import { companyCalendar } from '../../accounts/queries.ts';
import { addBusinessDays, dayOf, type WorkingCalendar } from '../../calendar.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { checkMay, type ProjectLocked, projectLock } from '../../projects/commands.ts';
import { circleWith, lockRow, onTask, settle, taskChange, taskMove } from '../../tasks/commands.ts';
import { words } from '../../words/en.ts';
import { appendTasks, insertNotes } from '../projectCreate.ts';
import { drawRoad } from '../projectRoad.ts';
import type { UpdateItem, UpdatePart } from './offer.ts';
import { type UpdateFacts, updateFacts } from './queries.ts';
import { changeOf, inputsOf, plannedDays, templateTask } from './taken.ts';

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
    await write({ tx, ctx, project, facts, calendar }, taken);
    const isThis = and(
      eq(projectTemplates.projectId, project.id),
      eq(projectTemplates.templateKey, facts.template.key),
    );
    await tx.update(projectTemplates).set({ version: facts.toVersion }).where(isThis);
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
  for (const [key, id] of await addTasks(update, of('ADDED'))) idOf.set(key, id);
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
async function replaceInputs(tx: Tx, taskId: string, inputs: ReturnType<typeof inputsOf>): Promise<void> {
  await tx.delete(taskInputs).where(eq(taskInputs.taskId, taskId));
  const rows = inputs.map((input, index) => ({ ...input, id: uuidv7(), taskId, index }));
  if (rows.length > 0) await tx.insert(taskInputs).values(rows);
}

/** Draws the new tasks at the ends of their phases, not ready yet; answers their ids by key. */
async function addTasks(update: Update, added: readonly UpdateItem[]): Promise<Map<string, string>> {
  if (added.length === 0) return new Map();
  const { tx, ctx, project, facts, calendar } = update;
  const keys = new Set(added.map((item) => item.taskKey));
  const road = {
    ...facts.after,
    phases: facts.after.phases
      .map((phase) => ({ ...phase, tasks: phase.tasks.filter((task) => keys.has(task.key)) }))
      .filter((phase) => phase.tasks.length > 0),
  };
  const now = ctx.clock.now();
  const { id: projectId, pmId, signedOn, isDraft } = project;
  const drawn = drawRoad(road, { projectId, pmId, signedOn, isDraft, calendar, now });
  const places = await placesOf(update);
  const today = dayOf(now, calendar.timeZone);
  const rows = drawn.tasks.map((task) => {
    const template = templateTask(facts.after, task.key);
    const place = places(task.key);
    // What is added late is not overdue at once: it has the days that the template gives it.
    const soonest = template ? addBusinessDays(today, Math.max(1, plannedDays(facts.after, template)), calendar) : null;
    const dueOn = task.dueOn && task.dueOn < today ? soonest : (task.dueOn ?? null);
    return { ...task, ...place, dueOn, state: 'NOT_READY' as const };
  });
  await tx.insert(tasks).values(rows);
  if (drawn.inputs.length > 0) await tx.insert(taskInputs).values(drawn.inputs);
  appendTasks(tx, ctx, rows);
  await insertNotes(tx, ctx, rows);
  return new Map(rows.map((row) => [row.key, row.id]));
}

/**
 * Where a new task stands: in the phase that is called as in the template, in its older words or its newer; else in that
 * of the task before it on the road, else in the first. It comes last there; see `placeIn` of tasks.
 */
async function placesOf({ tx, project, facts }: Update) {
  const stretches = await tx.select().from(phases).where(eq(phases.projectId, project.id)).orderBy(asc(phases.index));
  const rows = await tx
    .select({ key: tasks.key, phaseId: tasks.phaseId, index: tasks.index })
    .from(tasks)
    .where(eq(tasks.projectId, project.id));
  const [first] = stretches;
  if (!first) throw new ActError('CONFLICT', { field: 'accept' });
  const order = facts.after.phases.flatMap((phase) => phase.tasks.map((task) => ({ key: task.key, phase })));
  return (key: string): { phaseId: string; index: number } => {
    const at = order.findIndex((one) => one.key === key);
    const phase = order[at]?.phase;
    const names = [phase?.name, facts.before.phases.find((one) => one.key === phase?.key)?.name];
    const behind = order
      .slice(0, Math.max(0, at))
      .reverse()
      .flatMap((one) => rows.find((row) => row.key === one.key) ?? [])[0];
    const stretch =
      stretches.find((one) => names.includes(one.name)) ?? stretches.find((one) => one.id === behind?.phaseId) ?? first;
    const upTo = new Set(stretches.filter((one) => one.index <= stretch.index).map((one) => one.id));
    const indexes = rows.filter((row) => upTo.has(row.phaseId)).map((row) => row.index);
    return { phaseId: stretch.id, index: Math.max(0, ...indexes) };
  };
}

/** Writes who waits for whom; answers the tasks whose readiness has to be looked at. */
async function tieTasks(
  { tx, ctx, project, facts }: Update,
  idOf: ReadonlyMap<string, string>,
  added: readonly UpdateItem[],
  retied: readonly UpdateItem[],
): Promise<string[]> {
  const links = await tx
    .select({ taskId: taskDependencies.taskId, predecessorId: taskDependencies.predecessorId })
    .from(taskDependencies)
    .innerJoin(tasks, eq(tasks.id, taskDependencies.taskId))
    .where(eq(tasks.projectId, project.id));
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

async function tellTie(tx: Tx, ctx: Ctx, link: { taskId: string; predecessorId: string }, isWanted: boolean) {
  const [task, other] = [await lockRow(tx, link.taskId), await lockRow(tx, link.predecessorId)];
  if (!task || !other) return;
  // Whoever may not know of one end may not know that the two are tied.
  const isShared = task.visibility === 'SHARED' && other.visibility === 'SHARED';
  append(tx, {
    ...onTask(ctx, task),
    kind: isWanted ? 'task.dependencyAdded' : 'task.dependencyRemoved',
    audience: isShared ? 'SHARED' : 'INTERNAL',
    facts: { predecessorId: other.id },
  });
  if (isShared || task.visibility === 'INTERNAL') await taskChange(tx, ctx, task, {});
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

async function waive({ tx, ctx }: Update, taskId: string): Promise<void> {
  const task = await lockRow(tx, taskId);
  if (!task) return;
  checkMay(ctx, 'task.waive', task);
  const [reason, at] = [words.templateUpdate.notAskedAnyMore(), ctx.clock.now()];
  const { visibility: audience } = task;
  const personId = ctx.viewer.personId;
  await tx.insert(taskReasons).values({ id: uuidv7(), taskId, kind: 'WAIVED', audience, text: reason, personId, at });
  await taskMove(tx, ctx, task, { kind: 'task.waived', to: 'WAIVED' }, { reason, at });
}
