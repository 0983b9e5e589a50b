import { and, asc, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  events,
  formDrafts,
  projectTemplates,
  taskDependencies,
  taskInputs,
  tasks,
  templates,
  templateVersions,
} from '../../../drizzle/schema/index.ts';
import type { Playbook, TaskTemplate } from '../../../server/templates/document.ts';
import { readPlaybook } from '../../../server/templates/playbooks.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import type { Session } from '../../support/session.ts';

let app: TestApp;
let pm: Session;
let templateId: string;
let newest: Playbook = { ...readPlaybook('emailMagento'), key: 'ours', version: 1 };
let number = 0;
beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  templateId = uuidv7();
  const { db, clock } = app.services;
  const at = { createdAt: clock.now(), updatedAt: clock.now() };
  const { key, name, platform, products } = newest;
  await db
    .insert(templates)
    .values({ id: templateId, revision: 1, key, name, platform, products, origin: 'APP', ...at });
  await publish(newest);
});
afterAll(() => app.close());

/** Puts a version in the place of the published one. */
async function publish(document: Playbook): Promise<number> {
  const { db, clock } = app.services;
  await db.update(templateVersions).set({ state: 'RETIRED' }).where(eq(templateVersions.templateId, templateId));
  number += 1;
  newest = { ...document, version: number };
  const at = { createdAt: clock.now(), updatedAt: clock.now(), publishedAt: clock.now() };
  const row = { id: uuidv7(), templateId, number, state: 'PUBLISHED' as const, revision: 1, document: newest, ...at };
  await db.insert(templateVersions).values(row);
  return number;
}

/** The newest version with one task changed, or taken out by null. */
function withTask(key: string, change: Partial<TaskTemplate> | null): Playbook {
  return {
    ...newest,
    phases: newest.phases.map((phase) => ({
      ...phase,
      tasks: phase.tasks.flatMap((task) => (task.key !== key ? [task] : change ? [{ ...task, ...change }] : [])),
    })),
  };
}
const withAdded = (added: TaskTemplate): Playbook => ({
  ...newest,
  phases: newest.phases.map((phase, at) => (at === 1 ? { ...phase, tasks: [...phase.tasks, added] } : phase)),
});
const tasksOf = (playbook: Playbook) => playbook.phases.flatMap((phase) => phase.tasks);

let keys = 0;
async function project(): Promise<string> {
  keys += 1;
  const { projectCreate } = await pm.ask<{ projectCreate: { project: { id: string } } }>(
    'mutation ($input: ProjectCreateInput!) { projectCreate(input: $input) { project { id } userErrors { message } } }',
    {
      input: {
        newAccount: { name: `Updated ${keys}`, website: 'https://shop.example', timeZone: 'UTC' },
        templateKeys: ['ours'],
        platform: 'MAGENTO',
        products: ['EMAIL'],
        signedOn: '2026-03-02',
        idempotencyKey: `update ${keys}`,
      },
    },
  );
  return projectCreate.project.id;
}
const rowsOf = (id: string) =>
  app.services.db.select().from(tasks).where(eq(tasks.projectId, id)).orderBy(asc(tasks.index), asc(tasks.id));
const taskOf = async (id: string, key: string) => (await rowsOf(id)).find((row) => row.key === key)!;
const pinOf = async (id: string) => {
  const rows = await app.services.db.select().from(projectTemplates).where(eq(projectTemplates.projectId, id));
  return rows[0]?.version;
};

type Item = { key: string; part: string; keptBecause: string | null; isEditedHere: boolean };
type Offer = { fromVersion: number; toVersion: number; items: Item[] } | null;
async function offer(projectId: string, by = pm): Promise<Offer> {
  const { templateUpdate } = await by.ask<{ templateUpdate: Offer }>(
    `query ($projectId: ID!, $templateId: ID!) { templateUpdate(projectId: $projectId, templateId: $templateId) {
       fromVersion toVersion items { key part keptBecause isEditedHere edits { field from to } } } }`,
    { projectId, templateId },
  );
  return templateUpdate;
}
async function update(id: string, accept: string[], versions: { fromVersion: number; toVersion: number }) {
  const { projectTemplateUpdate } = await pm.ask<{
    projectTemplateUpdate: { userErrors: { code: string; field: string }[]; position: number | null };
  }>(
    `mutation ($id: ID!, $input: ProjectTemplateUpdateInput!) { projectTemplateUpdate(id: $id, input: $input) {
       project { id } userErrors { code field message } position } }`,
    { id, input: { templateId, ...versions, accept } },
  );
  return projectTemplateUpdate;
}
const kindsSince = async (id: string, position: number) => {
  const rows = await app.services.db.select().from(events).where(eq(events.projectId, id)).orderBy(asc(events.seq));
  return rows.slice(position).map(({ kind, audience }) => ({ kind, audience }));
};

describe('a project goes over to a newer version', () => {
  it('with the changes that are taken, and leaves the others for good', async () => {
    const id = await project();
    const [first, second] = tasksOf(newest).filter((task) => task.after.length === 0 && task.visibility === 'SHARED');
    const from = number;
    await publish(withTask(first!.key, { title: 'A new title', minutes: 77 }));
    await publish(withTask(second!.key, { title: 'Another title' }));
    const offered = await offer(id);
    expect(offered).toMatchObject({ fromVersion: from, toVersion: number });
    expect(offered?.items.map(({ key }) => key).sort()).toEqual(
      [`${first!.key}:WORDS`, `${first!.key}:SETTINGS`, `${second!.key}:WORDS`].sort(),
    );
    const count = await app.services.db.$count(events, eq(events.projectId, id));
    const answer = await update(id, [`${first!.key}:WORDS`], { fromVersion: from, toVersion: number });
    expect(answer.userErrors).toEqual([]);
    expect(await taskOf(id, first!.key)).toMatchObject({ title: 'A new title', minutes: first!.minutes, revision: 2 });
    expect(await taskOf(id, second!.key)).toMatchObject({ title: second!.title, revision: 1 });
    expect(await kindsSince(id, count)).toEqual([
      { kind: 'task.edited', audience: 'SHARED' },
      { kind: 'project.templateUpdated', audience: 'INTERNAL' },
    ]);
    expect(await pinOf(id)).toBe(number);
    expect(await offer(id)).toBeNull();
  });

  it('adds a task where it belongs, ties it, and waives what is gone, so that the road goes on', async () => {
    const id = await project();
    const gone = tasksOf(newest).find((task) => tasksOf(newest).some(({ after }) => after.includes(task.key)))!;
    const waits = tasksOf(newest).find(({ after }) => after.includes(gone.key))!;
    const from = number;
    const begins = tasksOf(newest)[0]!;
    await publish(
      withAdded({ ...begins, key: 'brandNew', title: 'Brand new', after: [gone.key], dueInBusinessDays: 3 }),
    );
    await publish(withTask(gone.key, null));
    const offered = await offer(id);
    expect(offered?.items.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['brandNew:ADDED', `${gone.key}:REMOVED`]),
    );
    const accept = offered!.items.filter(({ keptBecause }) => keptBecause === null).map(({ key }) => key);
    const { userErrors } = await update(id, accept, { fromVersion: from, toVersion: number });
    expect(userErrors).toEqual([]);
    const added = await taskOf(id, 'brandNew');
    const phases = (await rowsOf(id)).map((row) => row.phaseId);
    const second = [...new Set(phases)][1];
    expect(added).toMatchObject({ phaseId: second, title: 'Brand new' });
    expect(added.dueOn! >= app.services.clock.now().toISOString().slice(0, 10)).toBe(true);
    expect((await taskOf(id, gone.key)).state).toBe('WAIVED');
    expect((await taskOf(id, waits.key)).state).not.toBe('WAIVED');
    const ties = await app.services.db.select().from(taskDependencies).where(eq(taskDependencies.taskId, added.id));
    expect(ties.map((tie) => tie.predecessorId)).toEqual([(await taskOf(id, gone.key)).id]);
    expect(added.state === 'READY' || added.state === 'NOT_READY').toBe(true);
    expect((await taskOf(id, 'brandNew')).state).toBe('READY');
    const { task } = await pm.ask<{ task: { note: { id: string } | null } }>(
      'query ($id: ID!) { task(id: $id) { note { id } } }',
      { id: added.id },
    );
    expect(task.note?.id).toBeTruthy();
  });

  it('never changes what is done, nor inputs that something was typed into', async () => {
    const id = await project();
    const form = tasksOf(newest).find(({ inputs, after }) => inputs[0]?.spec.kind === 'FORM' && after.length >= 0)!;
    const other = tasksOf(newest).find(({ after, key }) => after.length === 0 && key !== form.key)!;
    const from = number;
    await publish(withTask(form.key, { inputs: form.inputs.map((input) => ({ ...input, label: 'Otherwise' })) }));
    await publish(withTask(other.key, { title: 'Too late' }));
    const { db, clock } = app.services;
    const formRow = await taskOf(id, form.key);
    const [input] = await db.select().from(taskInputs).where(eq(taskInputs.taskId, formRow.id));
    await db
      .update(tasks)
      .set({ state: 'DONE' })
      .where(and(eq(tasks.projectId, id), eq(tasks.key, other.key)));
    const draft = { question: 'first', answer: { question: 'first', kind: 'TEXT' as const, text: 'x' } };
    await db
      .insert(formDrafts)
      .values({ inputId: input!.id, ...draft, savedBy: app.world.pm.id, savedAt: clock.now() });
    const kept = (await offer(id))?.items.map(({ key, keptBecause }) => [key, keptBecause]);
    expect(kept).toEqual(
      expect.arrayContaining([
        [`${form.key}:INPUTS`, 'HANDED_IN'],
        [`${other.key}:WORDS`, 'OVER'],
      ]),
    );
    const versions = { fromVersion: from, toVersion: number };
    for (const key of [`${form.key}:INPUTS`, `${other.key}:WORDS`, 'nothing:WORDS']) {
      expect((await update(id, [key], versions)).userErrors).toMatchObject([{ code: 'CONFLICT', field: 'accept' }]);
    }
    expect((await taskOf(id, other.key)).title).toBe(other.title);
    await db.delete(formDrafts).where(eq(formDrafts.inputId, input!.id));
    expect((await update(id, [`${form.key}:INPUTS`], versions)).userErrors).toEqual([]);
    const after = await db.select().from(taskInputs).where(eq(taskInputs.taskId, formRow.id));
    expect(after.map(({ label }) => label)).toEqual(form.inputs.map(() => 'Otherwise'));
  });

  it('refuses versions that were not reviewed, and a circle with what the project itself tied; nothing is done then', async () => {
    const id = await project();
    const [a, b] = tasksOf(newest).filter((task) => task.after.length === 0);
    const from = number;
    await publish(withTask(a!.key, { after: [b!.key], title: 'Waits now' }));
    const versions = { fromVersion: from, toVersion: number };
    expect((await update(id, [], { ...versions, fromVersion: from - 1 })).userErrors).toMatchObject([
      { code: 'CONFLICT', field: 'toVersion' },
    ]);
    const [rowA, rowB] = [await taskOf(id, a!.key), await taskOf(id, b!.key)];
    await app.services.db.insert(taskDependencies).values({ taskId: rowB.id, predecessorId: rowA.id });
    const accept = [`${a!.key}:WORDS`, `${a!.key}:DEPENDENCIES`];
    expect((await update(id, accept, versions)).userErrors).toMatchObject([{ code: 'CIRCLE' }]);
    expect((await taskOf(id, a!.key)).title).toBe(a!.title);
    expect(await pinOf(id)).toBe(from);
    await app.services.db.delete(taskDependencies).where(eq(taskDependencies.taskId, rowB.id));
    expect((await update(id, accept, versions)).userErrors).toEqual([]);
    expect(await taskOf(id, a!.key)).toMatchObject({ title: 'Waits now', state: 'NOT_READY' });
  });

  it('is nothing that a client knows of', async () => {
    const id = app.world.clients[0]!.project.id;
    const client = await app.signIn(app.world.clients[0]!.people[0]!);
    expect(await offer(id, client)).toBeNull();
    const { project: seen } = await client.ask<{ project: { templateUpdates: unknown[] } }>(
      'query ($id: ID!) { project(id: $id) { templateUpdates { toVersion } } }',
      { id },
    );
    expect(seen.templateUpdates).toEqual([]);
    await expect(
      client.ask(
        `mutation ($id: ID!, $input: ProjectTemplateUpdateInput!) { projectTemplateUpdate(id: $id, input: $input) {
           userErrors { code } } }`,
        { id, input: { templateId, fromVersion: 1, toVersion: 2, accept: [] } },
      ),
    ).rejects.toThrow(/FORBIDDEN/);
  });
});
