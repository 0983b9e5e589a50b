import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { projectConditions, projectTemplates } from '../../../drizzle/schema/index.ts';
import {
  asking,
  type ConditionsWorld,
  playbook,
  said,
  startConditionsWorld,
  task,
} from '../conditions/conditionsWorld.ts';

let w: ConditionsWorld;
beforeAll(async () => {
  w = await startConditionsWorld();
});
afterAll(() => w.close());

type Answer = { userErrors: { code: string; message: string }[] };
let templateId: string;
let id: string;
let toVersion: number;

const first = () =>
  playbook('undone', [
    asking('goals', 1),
    task('a', { after: ['goals'] }),
    task('gone'),
    task('b', { when: [said('goals', 'q0', 'yes')] }),
  ]);
/** Every part of an update at once: words, settings, links, inputs, conditions, a task more and one less. */
const second = () =>
  playbook('undone', [
    asking('goals', 2),
    task('a', { title: 'Otherwise', minutes: 50, dueInBusinessDays: 9, reviewer: 'MANAGER', isReviewWanted: true }),
    task('b', { when: [said('goals', 'q0', 'no')] }),
    task('new', { after: ['goals'] }),
    task('later', { when: [said('goals', 'q0', 'yes')] }),
  ]);

/** All that an update can change, as it stands. */
const standing = async () => {
  const rows = await w.rowsOf(id);
  const conditions = await w.db.select().from(projectConditions).where(eq(projectConditions.projectId, id));
  const [pin] = await w.db.select().from(projectTemplates).where(eq(projectTemplates.projectId, id));
  const tasks = rows.map(({ key, title, minutes, dueOn, state, isReviewWanted, reviewerRole }) => {
    return { key, title, minutes, dueOn, state, isReviewWanted, reviewerRole };
  });
  return { tasks, conditions, waits: await w.waitsOf(id, 'a'), version: pin?.version };
};
const undo = async (by = w.pm) => {
  const { projectTemplateUpdateUndo } = await by.ask<{ projectTemplateUpdateUndo: Answer }>(
    `mutation ($id: ID!, $input: ProjectTemplateUpdateUndoInput!) {
       projectTemplateUpdateUndo(id: $id, input: $input) { userErrors { code message } } }`,
    { id, input: { templateId, toVersion } },
  );
  return projectTemplateUpdateUndo.userErrors;
};

describe('an update that is taken back', () => {
  beforeEach(async () => {
    templateId = await w.publish(first());
    id = await w.project(['undone']);
  });
  /** Takes all of the second version over. */
  const update = async () => {
    await w.publish(second());
    const { templateUpdate } = await w.pm.ask<{
      templateUpdate: { fromVersion: number; toVersion: number; items: { key: string; part: string }[] };
    }>(
      `query ($projectId: ID!, $templateId: ID!) { templateUpdate(projectId: $projectId, templateId: $templateId) {
         fromVersion toVersion items { key part edits { field from to } } } }`,
      { projectId: id, templateId },
    );
    const { fromVersion, items } = templateUpdate;
    toVersion = templateUpdate.toVersion;
    const accept = items.map((item) => item.key);
    const { projectTemplateUpdate } = await w.pm.ask<{ projectTemplateUpdate: Answer }>(
      `mutation ($id: ID!, $input: ProjectTemplateUpdateInput!) {
         projectTemplateUpdate(id: $id, input: $input) { userErrors { code message } } }`,
      { id, input: { templateId, fromVersion, toVersion, accept } },
    );
    expect(projectTemplateUpdate.userErrors).toEqual([]);
    return items.map((item) => item.key);
  };

  it('leaves everything as it was, but for what it brought, which is waived', async () => {
    const before = await standing();
    expect(await update()).toEqual([
      'goals:INPUTS',
      'a:WORDS',
      'a:DEPENDENCIES',
      'a:SETTINGS',
      'b:CONDITIONS',
      'new:ADDED',
      'later:ADDED',
      'gone:REMOVED',
    ]);
    expect(await w.statesOf(id)).toEqual({ goals: 'READY', a: 'READY', gone: 'WAIVED', new: 'NOT_READY' });
    expect(await undo()).toEqual([]);
    const now = await standing();
    const brought = now.tasks.filter(({ key }) => key === 'new');
    expect(brought).toMatchObject([{ state: 'WAIVED' }]);
    expect({ ...now, tasks: now.tasks.filter(({ key }) => key !== 'new') }).toEqual(before);
    await w.answer(id, 'goals', { q0: true });
    expect(await w.statesOf(id)).toMatchObject({ goals: 'DONE', a: 'READY', b: 'READY' });
    // Once is enough.
    expect(await undo()).toMatchObject([{ code: 'CONFLICT' }]);
  });

  it('is refused where work went on in what it changed, by name', async () => {
    await update();
    await w.answer(id, 'goals', { q0: false, q1: true });
    await w.act(id, 'new', 'taskStart');
    const before = await standing();
    expect(await undo()).toMatchObject([
      { code: 'UPDATE_BUILT_ON', message: 'This cannot be taken back: work went on in “Task new”, “Task goals”.' },
    ]);
    expect(await standing()).toEqual(before);
  });

  it('is no client’s to take back, nor to know of', async () => {
    await update();
    const client = await w.app.signIn(w.app.world.client);
    const seen = await client.ask<{ project: unknown }>(
      'query ($id: ID!) { project(id: $id) { templateUpdateTaken { toVersion } } }',
      { id },
    );
    expect(seen).toEqual({ project: { templateUpdateTaken: null } });
    const answer = await client.gql(
      `mutation ($id: ID!, $input: ProjectTemplateUpdateUndoInput!) {
         projectTemplateUpdateUndo(id: $id, input: $input) { userErrors { code } } }`,
      { id, input: { templateId, toVersion } },
    );
    expect(answer.errors[0]?.extensions?.code).toBe('FORBIDDEN');
    expect(await w.statesOf(id)).toMatchObject({ gone: 'WAIVED' });
  });
});
