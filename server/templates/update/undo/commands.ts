import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import {
  comments,
  projectConditions,
  projectTemplates,
  taskDependencies,
  taskReasons,
  tasks,
  templates,
  templateUpdates,
} from '../../../../drizzle/schema/index.ts';
import { can } from '../../../access/policy.ts';
import { type Committed, type Tx, transaction } from '../../../platform/database/transaction.ts';
import { append } from '../../../platform/events/log.ts';
import { ActError, ApiError } from '../../../platform/graphql/errors.ts';
import type { Ctx } from '../../../platform/services.ts';
import { checkMay, projectLock } from '../../../projects/commands.ts';
import { circleWith, isBlocked, lockRow, onTask, settle, taskChange, taskMove } from '../../../tasks/commands.ts';
import { words } from '../../../words/en.ts';
import { again } from '../../conditions/commands.ts';
import { tellTie } from '../../late.ts';
import { replaceInputs, waive } from '../commands.ts';
import { type Standing, same, type UpdateDone, updateDone } from '../done.ts';
import { standing } from '../queries.ts';

type Undo = { tx: Tx; ctx: Ctx; projectId: string; done: UpdateDone; now: Standing };

/**
 * Takes back the last update of a project: it is on the older version again, and what was changed is as it was. Only
 * while nothing was built on it: UPDATE_BUILT_ON names the tasks where work went on. What it brought is waived and not
 * deleted, since people may have seen it. CONFLICT when it is not the last one, or was taken back already.
 */
export function projectTemplateUpdateUndo(
  ctx: Ctx,
  projectId: string,
  input: { templateId: string; toVersion: number },
): Promise<Committed<{ id: string; projectId: string }>> {
  return transaction(ctx, async (tx) => {
    const project = await projectLock(tx, ctx, projectId, 'project.edit');
    if (!can(ctx.viewer, 'template.read', null)) throw new ApiError('NOT_FOUND');
    checkMay(ctx, 'task.create', project);
    const ofProject = eq(tasks.projectId, project.id);
    await tx.select({ id: tasks.id }).from(tasks).where(ofProject).orderBy(asc(tasks.id)).for('update');
    const [last] = await tx
      .select({ update: templateUpdates, key: templates.key, version: projectTemplates.version })
      .from(templateUpdates)
      .innerJoin(templates, eq(templates.id, templateUpdates.templateId))
      .innerJoin(
        projectTemplates,
        and(eq(projectTemplates.projectId, project.id), eq(projectTemplates.templateKey, templates.key)),
      )
      .where(and(eq(templateUpdates.projectId, project.id), isNull(templateUpdates.undoneAt)))
      .orderBy(desc(templateUpdates.at), desc(templateUpdates.id))
      .limit(1);
    const { templateId, toVersion } = input;
    if (last?.update.templateId !== templateId || last.update.toVersion !== toVersion || last.version !== toVersion) {
      throw new ActError('CONFLICT', { field: 'toVersion' });
    }
    const done = updateDone.parse(last.update.done);
    const undo = { tx, ctx, projectId: project.id, done, now: await standing(tx, project.id) };
    const builtOn = await builtOnIn(undo);
    if (builtOn.length > 0) {
      const titles = builtOn.map((title) => `“${title}”`).join(', ');
      throw new ActError('UPDATE_BUILT_ON', { field: 'toVersion', params: { titles } });
    }
    await takeBack(undo);
    const { fromVersion: to } = last.update;
    const isThis = and(eq(projectTemplates.projectId, project.id), eq(projectTemplates.templateKey, last.key));
    await tx.update(projectTemplates).set({ version: to }).where(isThis);
    await tx.update(templateUpdates).set({ undoneAt: ctx.clock.now() }).where(eq(templateUpdates.id, last.update.id));
    append(tx, {
      kind: 'project.templateUpdateUndone',
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: project.id,
      projectId: project.id,
      facts: { key: last.key, from: toVersion, to },
    });
    return { id: project.id, projectId: project.id };
  });
}

const unbegun: readonly string[] = ['NOT_READY', 'READY', 'WAIVED', 'CANCELLED'];

/** Titles of the tasks where something was done since, that taking the update back would undo along. */
async function builtOnIn({ tx, done, now }: Undo): Promise<string[]> {
  const byId = new Map(now.tasks.map((task) => [task.id, task]));
  const added = now.tasks.filter((task) => done.added.includes(task.key));
  const said = await tx
    .selectDistinct({ taskId: comments.taskId })
    .from(comments)
    .where(
      inArray(
        comments.taskId,
        added.map((task) => task.id),
      ),
    );
  const isBegun = (task: Standing['tasks'][number]) =>
    !unbegun.includes(task.state) || task.hasDelivery || said.some(({ taskId }) => taskId === task.id);
  const isEdited = ({ id, after }: UpdateDone['edited'][number]) => {
    const task = byId.get(id);
    return !task || Object.entries(after).some(([field, value]) => !same(task[field as 'title'], value));
  };
  const isHandedIn = ({ id, after }: UpdateDone['inputs'][number]) => {
    const task = byId.get(id);
    return !task || task.hasDelivery || !same(task.inputs, after);
  };
  const ids = [
    ...added.filter(isBegun).map((task) => task.id),
    ...done.edited.filter(isEdited).map((one) => one.id),
    ...done.inputs.filter(isHandedIn).map((one) => one.id),
  ];
  return [...new Set(ids)].map((id) => byId.get(id)?.title ?? '');
}

async function takeBack(undo: Undo): Promise<void> {
  const { tx, ctx, done, now } = undo;
  for (const one of done.waived) await reopen(undo, one);
  for (const id of new Set([...done.edited, ...done.inputs].map((one) => one.id))) await editBack(undo, id);
  const touched = await tieBack(undo);
  await dependBack(undo);
  // Last: what waits for them goes on at once.
  for (const task of now.tasks.filter(({ key }) => done.added.includes(key))) {
    if (task.state === 'NOT_READY' || task.state === 'READY') await waive({ tx, ctx }, task.id);
  }
  for (const id of touched) {
    const task = await lockRow(tx, id);
    if (task) await settle(tx, ctx, task);
  }
}

/** What the update waived goes on where it was, unless somebody has taken it up since. */
async function reopen({ tx, ctx }: Undo, { id, state }: UpdateDone['waived'][number]): Promise<void> {
  const task = await lockRow(tx, id);
  if (task?.state !== 'WAIVED') return;
  const [reason, at] = [words.templateUpdate.askedAgain(), ctx.clock.now()];
  const { visibility: audience } = task;
  const personId = ctx.viewer.personId;
  const row = { id: uuidv7(), taskId: id, kind: 'REOPENED' as const, audience, text: reason, personId, at };
  await tx.insert(taskReasons).values(row);
  const to = again(state, await isBlocked(tx, ctx, task));
  await taskMove(tx, ctx, task, { kind: 'task.reopened', to }, { reason, at });
}

/** Words, settings and inputs of one task, under one revision of it. */
async function editBack({ tx, ctx, done }: Undo, id: string): Promise<void> {
  const task = await lockRow(tx, id);
  if (!task) return;
  const edit = done.edited.find((one) => one.id === id);
  const inputs = done.inputs.find((one) => one.id === id);
  const { dueOn = task.dueOn, ...change } = edit?.before ?? {};
  if (dueOn !== task.dueOn) {
    append(tx, {
      kind: 'task.dueMoved',
      ...onTask(ctx, task),
      facts: { from: task.dueOn, to: dueOn },
      revision: { before: { dueOn: task.dueOn }, after: { dueOn } },
    });
  }
  const fields = Object.keys(change) as (keyof typeof change)[];
  if (fields.length > 0 || inputs) {
    const side = change.side === undefined ? {} : { side: { from: task.side, to: change.side } };
    const before = Object.fromEntries(fields.map((field) => [field, task[field]]));
    append(tx, {
      kind: 'task.edited',
      ...onTask(ctx, task),
      facts: { fields: [...fields, ...(inputs ? ['inputs'] : [])].join(' '), ...side },
      revision: {
        before: { ...before, ...(inputs && { inputs: inputs.after }) },
        after: { ...change, ...(inputs && { inputs: inputs.before }) },
      },
    });
  }
  if (inputs) {
    const rows = inputs.before.map(({ key, label, isRequired, spec }) => ({ key, label, isRequired, spec }));
    await replaceInputs(
      tx,
      id,
      rows.map((row) => ({ ...row, kind: row.spec.kind })),
    );
  }
  await taskChange(tx, ctx, task, { ...change, dueOn });
}

/** Who waits for whom as before; what would close a circle with what was tied since stays untied. */
async function tieBack({ tx, ctx, done, now }: Undo): Promise<Set<string>> {
  const isThis = (one: { taskId: string; predecessorId: string }) =>
    and(eq(taskDependencies.taskId, one.taskId), eq(taskDependencies.predecessorId, one.predecessorId));
  const links = now.links.filter((link) => !done.tied.some((one) => same(one, link)));
  for (const link of done.tied.filter((one) => now.links.some((other) => same(one, other)))) {
    await tx.delete(taskDependencies).where(isThis(link));
    await tellTie(tx, ctx, link, false);
  }
  for (const link of done.untied) {
    if (links.some((one) => same(one, link)) || circleWith(links, link) !== null) continue;
    await tx.insert(taskDependencies).values(link);
    links.push(link);
    await tellTie(tx, ctx, link, true);
  }
  return new Set([...done.tied, ...done.untied].map((link) => link.taskId));
}

/** What depended on something does so again; that it holds is judged behind this act, see `conditionsNotice`. */
async function dependBack({ tx, projectId, done }: Undo): Promise<void> {
  const { taskKey } = projectConditions;
  if (done.newConditions.length > 0) {
    const isNew = inArray(taskKey, done.newConditions);
    await tx.delete(projectConditions).where(and(eq(projectConditions.projectId, projectId), isNew));
  }
  for (const row of done.conditions) {
    await tx
      .insert(projectConditions)
      .values({ projectId, ...row, waivedFrom: null })
      .onConflictDoUpdate({ target: [projectConditions.projectId, taskKey], set: { conditions: row.conditions } });
  }
}
