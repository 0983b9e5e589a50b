import { asc, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import {
  accountFacts,
  phases,
  projectConditions,
  projects,
  taskDependencies,
  taskInputs,
  tasks,
  templates,
  templateVersions,
} from '../../../drizzle/schema/index.ts';
import type { Condition } from '../../../server/conditions.ts';
import type { Playbook, TaskTemplate } from '../../../server/templates/document.ts';
import { startTestApp } from '../../support/app.ts';
import type { Session } from '../../support/session.ts';

export type ConditionsWorld = Awaited<ReturnType<typeof startConditionsWorld>>;

/** A task of a template; the rest is as little as it can be. */
export function task(key: string, change: Partial<TaskTemplate> = {}): TaskTemplate {
  return {
    key,
    title: `Task ${key}`,
    purpose: 'so that it works',
    documentation: 'How to do it.',
    minutes: 10,
    type: 'WORK',
    side: 'CLIENT',
    visibility: 'SHARED',
    isGate: false,
    assignee: null,
    isReviewWanted: false,
    inputs: [],
    after: [],
    dueInBusinessDays: 5,
    ...change,
  };
}

/** A form of yes or no questions `q0`, `q1`... */
export function asking(key: string, questions: number, change: Partial<TaskTemplate> = {}): TaskTemplate {
  const all = Array.from({ length: questions }, (_, at) => ({
    key: `q${at}`,
    label: `Question ${at}?`,
    help: '',
    kind: 'YES_NO' as const,
    isRequired: true,
    options: [],
    min: null,
    max: null,
    when: null,
  }));
  const input = { key: 'form', label: 'Form', isRequired: true, spec: { kind: 'FORM' as const, questions: all } };
  return task(key, { type: 'FORM', inputs: [input], ...change });
}

export const said = (of: string, question: string, value: 'yes' | 'no', isNot = false): Condition => ({
  of: 'ANSWER',
  task: of,
  input: 'form',
  question,
  isNot,
  values: [value],
});

export function playbook(key: string, ...tasksOf: TaskTemplate[][]): Playbook {
  return {
    key,
    version: 1,
    name: `Road ${key}`,
    platform: 'SHOPIFY',
    products: ['SEARCH'],
    targetInBusinessDays: 20,
    phases: tasksOf.map((own, at) => ({ key: `p${at}`, name: `Phase ${at}`, milestone: `Done ${at}`, tasks: own })),
  };
}

/** An app, a project manager, and what a road with conditions is made and answered by. */
export async function startConditionsWorld() {
  const app = await startTestApp();
  const { db, clock } = app.services;
  const pm = await app.signIn(app.world.pm);
  const accountId = app.world.client.accountId ?? '';
  let keys = 0;
  let numbers = 0;

  /** Puts a version in the place of the published one, or makes the template; answers the template's id. */
  const publish = async (document: Playbook): Promise<string> => {
    const at = { createdAt: clock.now(), updatedAt: clock.now() };
    const { key, name, platform, products } = document;
    numbers += 1;
    const number = numbers;
    const [known] = await db.select().from(templates).where(eq(templates.key, key));
    const id = known?.id ?? uuidv7();
    if (!known) {
      const row = { id, revision: 1, key, name, platform, products, origin: 'APP' as const, ...at };
      await db.insert(templates).values(row);
    }
    await db.update(templateVersions).set({ state: 'RETIRED' }).where(eq(templateVersions.templateId, id));
    const version = { id: uuidv7(), templateId: id, number, state: 'PUBLISHED' as const, revision: 1, ...at };
    await db
      .insert(templateVersions)
      .values({ ...version, document: { ...document, version: number }, publishedAt: clock.now() });
    return id;
  };

  const project = async (templateKeys: string[], platform = 'SHOPIFY'): Promise<string> => {
    keys += 1;
    const { projectCreate } = await pm.ask<{
      projectCreate: { project: { id: string } | null; userErrors: unknown[] };
    }>(
      'mutation ($input: ProjectCreateInput!) { projectCreate(input: $input) { project { id } userErrors { message } } }',
      {
        input: {
          accountId,
          templateKeys,
          platform,
          products: ['SEARCH'],
          signedOn: '2026-03-02',
          idempotencyKey: `conditions ${keys}`,
        },
      },
    );
    if (!projectCreate.project) throw new Error(JSON.stringify(projectCreate.userErrors));
    return projectCreate.project.id;
  };

  const rowsOf = (id: string) =>
    db.select().from(tasks).where(eq(tasks.projectId, id)).orderBy(asc(tasks.index), asc(tasks.id));
  const taskOf = async (id: string, key: string) => (await rowsOf(id)).find((row) => row.key === key);

  /** What stands there, by key. */
  const statesOf = async (id: string) => Object.fromEntries((await rowsOf(id)).map((row) => [row.key, row.state]));
  const appliesOf = async (id: string): Promise<string[]> => {
    const rows = await db.select().from(projectConditions).where(eq(projectConditions.projectId, id));
    return rows.flatMap((row) => (row.applies ? [row.taskKey] : [])).sort();
  };
  const waitsOf = async (id: string, key: string): Promise<string[]> => {
    const rows = await rowsOf(id);
    const own = rows.find((row) => row.key === key);
    const links = await db
      .select()
      .from(taskDependencies)
      .where(eq(taskDependencies.taskId, own?.id ?? uuidv7()));
    return links.flatMap((link) => rows.find((row) => row.id === link.predecessorId)?.key ?? []).sort();
  };

  /** An act on a task by its key, with the revision that it has. */
  const act = async (id: string, key: string, name: string, input: object = {}, by: Session = pm) => {
    const row = await taskOf(id, key);
    const answer = await by.ask<Record<string, { userErrors: { code: string; message: string }[] }>>(
      `mutation ($id: ID!, $input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) {
         ${name}(id: $id, input: $input) { userErrors { code message } } }`,
      { id: row?.id, input: { revision: row?.revision, ...input } },
    );
    return answer[name]?.userErrors ?? [];
  };

  /** Hands a form in, for the first time or anew; true is yes. */
  const answer = async (id: string, key: string, answers: Record<string, boolean>, by: Session = pm): Promise<void> => {
    const before = await taskOf(id, key);
    if (before?.state === 'DONE') await act(id, key, 'taskReopen', { reason: 'Something else is true.' });
    const row = await taskOf(id, key);
    const [input] = await db
      .select()
      .from(taskInputs)
      .where(eq(taskInputs.taskId, row?.id ?? uuidv7()));
    keys += 1;
    const { formSubmit } = await by.ask<{ formSubmit: { userErrors: { message: string }[] } }>(
      'mutation ($input: FormSubmitInput!) { formSubmit(input: $input) { userErrors { message } } }',
      {
        input: {
          inputId: input?.id,
          idempotencyKey: `form ${keys}`,
          revision: row?.revision,
          answers: Object.entries(answers).map(([question, isYes]) => ({ question, isYes })),
        },
      },
    );
    if (formSubmit.userErrors.length > 0) throw new Error(JSON.stringify(formSubmit.userErrors));
  };

  const setFact = async (key: string, value: string): Promise<void> => {
    await pm.ask(
      'mutation ($id: ID!, $input: AccountFactSetInput!) { accountFactSet(id: $id, input: $input) { userErrors { code } } }',
      { id: accountId, input: { key, value } },
    );
  };
  const setPlatform = async (id: string, platform: string): Promise<void> => {
    const [row] = await db.select().from(projects).where(eq(projects.id, id));
    await pm.ask(
      'mutation ($id: ID!, $input: ProjectEditInput!) { projectEdit(id: $id, input: $input) { userErrors { code } } }',
      { id, input: { revision: row?.revision, platform } },
    );
  };
  const clearFacts = () => db.delete(accountFacts).where(eq(accountFacts.accountId, accountId));
  const phasesOf = (id: string) => db.select().from(phases).where(eq(phases.projectId, id)).orderBy(asc(phases.index));

  return {
    ...{ app, db, pm, accountId, publish, project, rowsOf, taskOf, statesOf, appliesOf, waitsOf, act, answer },
    ...{ setFact, setPlatform, clearFacts, phasesOf, close: () => app.close() },
  };
}
