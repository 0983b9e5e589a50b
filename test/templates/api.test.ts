import { eq } from 'drizzle-orm';
import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schema from '../../drizzle/schema/index.ts';
import { viewerFrom } from '../../server/access/viewer.ts';
import { personAdd } from '../../server/accounts/commands.ts';
import type { Ctx } from '../../server/platform/services.ts';
import { createSchema } from '../../server/schema.ts';
import { templatesFromFiles } from '../../server/templates/commands.ts';
import { type Playbook, readPlaybook } from '../../server/templates/playbooks.ts';
import { publishedPlaybooks } from '../../server/templates/queries.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { countStatements } from '../support/countedStatements.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
let client: Session;
let contributor: Session;
let pmCtx: Ctx;
let keys = 0;
const freshKey = () => `templates ${keys++}`;

const draft = `draft { id number revision name problems { code taskKey phaseKey message }
  changes { kind thing key fields }
  phases { key name tasks { key title type after purpose minutes side visibility isGate assignee isReviewWanted
    dueInBusinessDays documentation inputs { key label isRequired kind acceptedExtensions wanted everyMinutes
      fields { key label isSecret isRequired } test { platform scopes }
      check { rules table profile threshold declared { key value } } } } } }`;
const outcome = `template { id revision name retiredAt published { id number } ${draft} } userErrors { code field message }`;

beforeAll(async () => {
  app = await startTestApp();
  const add = async (email: string, role: 'CONTRIBUTOR') => {
    const input = { email, name: email, role, accountId: null, timeZone: 'UTC', isSample: false };
    return (await personAdd(app.services, null, input)).value;
  };
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(app.world.client);
  contributor = await app.signIn(await add('works@company.example', 'CONTRIBUTOR'));
  const viewer = viewerFrom({ personId: app.world.pm.id, sessionId: '', role: 'PM', accountId: null });
  pmCtx = { ...app.services, viewer, loaders: new Map() };
});
afterAll(() => app.close());

type Task = Record<string, unknown> & { key: string };
type Draft = {
  id: string;
  number: number;
  revision: number;
  problems: { code: string; taskKey: string | null; message: string }[];
  changes: { kind: string; thing: string; key: string; fields: string[] }[];
  phases: { key: string; name: string; tasks: Task[] }[];
};
type Template = {
  id: string;
  revision: number;
  name: string;
  retiredAt: string | null;
  published: { id: string; number: number } | null;
  draft: Draft | null;
};
type Outcome = { template: Template | null; userErrors: { code: string; field: string | null; message: string }[] };

async function act(name: string, id: string | null, input: Record<string, unknown> | null, by = pm): Promise<Outcome> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`
    .replace(/Template(Publish|DraftDiscard)Input/, 'TemplateDraftSeenInput')
    .replace(/Template(Task|Phase)RemoveInput/, 'TemplatePartInput');
  const variables = [id && '$id: ID!', input && `$input: ${type}`].filter(Boolean).join(', ');
  const given = [id && 'id: $id', input && 'input: $input'].filter(Boolean).join(', ');
  const data = await by.ask<Record<string, Outcome>>(`mutation (${variables}) { ${name}(${given}) { ${outcome} } }`, {
    ...(id && { id }),
    ...(input && { input }),
  });
  return data[name]!;
}

async function templateByKey(key: string, by = pm): Promise<string> {
  const { templates } = await by.ask<{ templates: { nodes: { id: string; key: string }[] } }>(
    '{ templates(first: 100) { nodes { id key } } }',
  );
  return templates.nodes.find((node) => node.key === key)!.id;
}

/** A template of our own, with a draft that could be published. */
async function copied(name = 'Our search'): Promise<{ id: string; draft: Draft }> {
  const copyOfId = await templateByKey('searchShopify');
  const input = { name, platform: 'SHOPIFY', products: ['SEARCH'], copyOfId, idempotencyKey: freshKey() };
  const { template } = await act('templateCreate', null, input);
  return { id: template!.id, draft: template!.draft! };
}
const taskIn = (of: Draft, key: string) => of.phases.flatMap((phase) => phase.tasks).find((task) => task.key === key)!;
const full = (task: Task): Task => ({ ...task });
const kindsOf = async (id: string) => {
  const rows = await app.services.db
    .select()
    .from(schema.events)
    .where(eq(schema.events.subjectId, id))
    .orderBy(schema.events.seq);
  return rows.map((row) => row.kind);
};

describe('playbooks in files', () => {
  it('are published templates from the first start, each once however often it starts', async () => {
    const before = await app.services.db.select().from(schema.templateVersions);
    expect(before.filter((row) => row.state === 'PUBLISHED' && row.fileVersion !== null).length).toBeGreaterThanOrEqual(
      9,
    );
    await templatesFromFiles(app.services);
    expect(await app.services.db.$count(schema.templateVersions)).toBe(before.length);
    const [playbook] = await publishedPlaybooks(app.services.db, ['searchShopify']);
    expect(playbook).toEqual(readPlaybook('searchShopify'));
  });

  it('take the place of their own older version, and never of one that was edited in the app', async () => {
    const file = { ...readPlaybook('emailShopify'), version: 1, key: 'fromFile', name: 'From a file' };
    const arrives = (playbook: Playbook) =>
      templatesFromFiles(app.services, [{ key: playbook.key, version: playbook.version, read: () => playbook }]);
    await arrives(file);
    await arrives({ ...file, version: 2, name: 'From a file, newer' });
    const published = async () => (await publishedPlaybooks(app.services.db, ['fromFile']))[0];
    expect(await published()).toMatchObject({ version: 2, name: 'From a file, newer' });

    const id = await templateByKey('fromFile');
    const { template } = await act('templateDraftStart', id, null);
    const { key: _, ...head } = {
      key: '',
      revision: 1,
      name: 'Ours',
      platform: 'SHOPIFY',
      products: ['EMAIL'],
      targetInBusinessDays: 20,
    };
    const edited = await act('templateDraftEdit', id, head);
    expect(template?.draft?.number).toBe(3);
    expect((await act('templatePublish', id, { revision: edited.template!.draft!.revision })).userErrors).toEqual([]);
    await arrives({ ...file, version: 3, name: 'Newest file' });
    expect(await published()).toMatchObject({ version: 3, name: 'Ours' });
    expect(await kindsOf(id)).toEqual([
      'template.created',
      'template.arrived',
      'template.arrived',
      'template.draftStarted',
      'template.draftEdited',
      'template.published',
      'template.arrived',
    ]);
  });
});

describe('who may', () => {
  it('[Z1] a client knows of no template: not in a list, not by id, not as a node, not in a variable', async () => {
    const id = await templateByKey('searchShopify');
    const [version] = await app.services.db.select().from(schema.templateVersions).limit(1);
    const versionId = version!.id;
    const query = `query ($id: ID!, $versionId: ID!) {
      templates { nodes { id } } template(id: $id) { id } templateVersion(id: $versionId) { id }
      templateVariables { name } a: node(id: $id) { id } b: node(id: $versionId) { id } }`;
    expect(await client.ask(query, { id, versionId })).toEqual({
      templates: { nodes: [] },
      template: null,
      templateVersion: null,
      templateVariables: [],
      a: null,
      b: null,
    });
    const { errors } = await client.gql('mutation ($id: ID!) { templateDraftStart(id: $id) { template { id } } }', {
      id,
    });
    expect(errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
  });

  it('a contributor reads, and is told so', async () => {
    const id = await templateByKey('searchShopify', contributor);
    const query =
      'query ($id: ID!) { template(id: $id) { viewerCan { edit } published { phases { name } } draft { id } } }';
    const { template } = await contributor.ask<{ template: { viewerCan: { edit: boolean } } }>(query, { id });
    expect(template.viewerCan.edit).toBe(false);
    const input = { name: 'x', platform: 'SHOPIFY', products: ['SEARCH'], idempotencyKey: freshKey() };
    const creating = 'mutation ($input: TemplateCreateInput!) { templateCreate(input: $input) { template { id } } }';
    const starting = 'mutation ($id: ID!) { templateDraftStart(id: $id) { template { id } } }';
    for (const { errors } of [await contributor.gql(creating, { input }), await contributor.gql(starting, { id })]) {
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
  });
});

describe('a draft', () => {
  it('begins as a copy, once per key, and is no offer to a project', async () => {
    const copyOfId = await templateByKey('searchShopify');
    const input = {
      name: 'Search in the north',
      platform: 'SHOPIFY',
      products: ['SEARCH'],
      copyOfId,
      idempotencyKey: freshKey(),
    };
    const first = await act('templateCreate', null, input);
    const again = await act('templateCreate', null, input);
    expect(again.template?.id).toBe(first.template?.id);
    expect(first.template?.published).toBeNull();
    expect(first.template?.draft?.phases.length).toBeGreaterThanOrEqual(4);
    expect(await publishedPlaybooks(app.services.db, [first.template!.id])).toEqual([]);
  });

  it('is edited task by task; adding, moving and removing keep the road whole', async () => {
    const { id, draft: begun } = await copied();
    const sitemap = { ...full(taskIn(begun, 'sitemap')), title: 'Send your sitemap' };
    const edited = await act('templateTaskEdit', id, { revision: 1, task: sitemap });
    expect(taskIn(edited.template!.draft!, 'sitemap').title).toBe('Send your sitemap');
    expect(edited.template!.draft!.revision).toBe(2);

    const phaseKey = begun.phases[0]!.key;
    const adding = { revision: 2, phaseKey, title: 'Sign the contract', idempotencyKey: freshKey() };
    const added = await act('templateTaskAdd', id, adding);
    expect((await act('templateTaskAdd', id, adding)).template?.draft?.revision).toBe(3);
    expect(added.template!.draft!.phases[0]!.tasks.at(-1)).toMatchObject({ key: 'signTheContract', type: 'WORK' });
    const moved = await act('templateTaskMove', id, { revision: 3, key: 'signTheContract', phaseKey, index: 0 });
    expect(moved.template!.draft!.phases[0]!.tasks[0]!.key).toBe('signTheContract');

    const removed = await act('templateTaskRemove', id, { revision: 4, key: 'kickoffPlan' });
    const left = removed.template!.draft!.phases.flatMap((phase) => phase.tasks);
    expect(left.some((task) => task.key === 'kickoffPlan')).toBe(false);
    expect(left.some((task) => (task.after as string[]).includes('kickoffPlan'))).toBe(false);

    const phases = await act('templatePhaseAdd', id, {
      revision: 5,
      name: 'Care',
      milestone: 'All is well',
      idempotencyKey: freshKey(),
    });
    const key = phases.template!.draft!.phases.at(-1)!.key;
    const front = await act('templatePhaseMove', id, { revision: 6, key, index: 0 });
    expect(front.template!.draft!.phases[0]!.name).toBe('Care');
    await act('templatePhaseEdit', id, { revision: 7, key, name: 'After care', milestone: 'All is well' });
    const gone = await act('templatePhaseRemove', id, { revision: 8, key });
    expect(gone.template!.draft!.phases.some((phase) => phase.key === key)).toBe(false);
  });

  it('two people at once: the second is told and gets what is there now', async () => {
    const { id, draft: begun } = await copied();
    const task = full(taskIn(begun, 'sitemap'));
    await act('templateTaskEdit', id, { revision: 1, task: { ...task, title: 'First' } });
    const late = await act('templateTaskEdit', id, { revision: 1, task: { ...task, title: 'Second' } });
    expect(late.userErrors).toMatchObject([{ code: 'CONFLICT', field: 'revision' }]);
    expect(taskIn(late.template!.draft!, 'sitemap').title).toBe('First');
  });

  it('is refused where it is larger than a template may be', async () => {
    const { id, draft: begun } = await copied();
    const task = { ...full(taskIn(begun, 'sitemap')), documentation: 'word '.repeat(9000) };
    const { userErrors } = await act('templateTaskEdit', id, { revision: 1, task });
    expect(userErrors).toMatchObject([{ code: 'TEMPLATE_TOO_LARGE' }]);
  });

  it('is thrown away without a trace in what is published', async () => {
    const id = await templateByKey('searchMagento');
    const { template } = await act('templateDraftStart', id, null);
    const key = template!.draft!.phases[0]!.tasks[0]!.key;
    await act('templateTaskRemove', id, { revision: 1, key });
    const { template: after } = await act('templateDraftDiscard', id, { revision: 2 });
    expect(after).toMatchObject({ draft: null, published: template!.published });
  });
});

describe('publishing', () => {
  it('is refused with everything that is wrong and where', async () => {
    const { id, draft: begun } = await copied('Broken');
    const broken = { ...full(taskIn(begun, 'sitemap')), title: '', documentation: 'For {{shop.owner}}.' };
    const { template } = await act('templateTaskEdit', id, { revision: 1, task: broken });
    expect(template!.draft!.problems.map(({ code, taskKey }) => [code, taskKey])).toEqual([
      ['shape', 'sitemap'],
      ['variable.unknown', 'sitemap'],
    ]);
    const refused = await act('templatePublish', id, { revision: 2 });
    expect(refused.userErrors.map(({ code, field }) => [code, field])).toEqual([
      ['TEMPLATE_INCOMPLETE', 'sitemap'],
      ['TEMPLATE_INCOMPLETE', 'sitemap'],
    ]);
    expect(refused.userErrors[1]!.message).toContain('shop.owner');
    expect(refused.template?.published).toBeNull();
  });

  it('is refused while a field that credentials are tried with is optional, which the other fields may be', async () => {
    const id = await templateByKey('emailMagento');
    const { template: begun } = await act('templateDraftStart', id, null);
    const access = full(taskIn(begun!.draft!, 'apiAccess'));
    const [input] = access.inputs as { fields: { key: string; isRequired: boolean }[] }[];
    expect(input!.fields.map(({ key, isRequired }) => [key, isRequired])).toEqual([
      ['address', true],
      ['token', true],
      ['password', false],
    ]);
    const saved = async (revision: number, optional: readonly string[]) => {
      const fields = input!.fields.map((field) => ({ ...field, isRequired: !optional.includes(field.key) }));
      const { template } = await act('templateTaskEdit', id, {
        revision,
        task: { ...access, inputs: [{ ...input, fields }] },
      });
      return template!.draft!;
    };
    const wrong = await saved(1, ['token']);
    expect(wrong.problems).toMatchObject([{ code: 'credentials.optional', taskKey: 'apiAccess' }]);
    expect(wrong.problems[0]!.message).toContain('“Access token”');
    expect(wrong.changes).toMatchObject([{ kind: 'CHANGED', key: 'apiAccess', fields: ['inputs'] }]);
    const { userErrors } = await act('templatePublish', id, { revision: 2 });
    expect(userErrors).toMatchObject([{ code: 'TEMPLATE_INCOMPLETE', field: 'apiAccess' }]);
    // As it was published: what must be given is not another document.
    expect(await saved(2, ['password'])).toMatchObject({ problems: [], changes: [] });
    await act('templateDraftDiscard', id, { revision: 3 });
  });

  it('takes a field of which nobody said whether it must be given as one that must', async () => {
    const { id, draft: begun } = await copied('Older callers');
    const fields = [{ key: 'user', label: 'User name', isSecret: false }];
    const input = { key: 'access', label: 'Access', isRequired: true, kind: 'CREDENTIALS', fields };
    const task = { ...full(taskIn(begun, 'sitemap')), type: 'CREDENTIALS', inputs: [input] };
    const { template } = await act('templateTaskEdit', id, { revision: 1, task });
    expect(taskIn(template!.draft!, 'sitemap').inputs).toMatchObject([
      { fields: [{ ...fields[0], isRequired: true }] },
    ]);
  });

  it('offers the draft, keeps the versions before it, and tells what changed', async () => {
    const id = await templateByKey('searchCustom');
    const { template: begun } = await act('templateDraftStart', id, null);
    const first = begun!.draft!.phases[0]!.tasks[0]!;
    const { template: edited } = await act('templateTaskEdit', id, {
      revision: 1,
      task: { ...full(first), title: 'A new title' },
    });
    expect(edited!.draft!.changes).toEqual([{ kind: 'CHANGED', thing: 'TASK', key: first.key, fields: ['title'] }]);
    const { template, userErrors } = await act('templatePublish', id, { revision: 2 });
    expect(userErrors).toEqual([]);
    const { version } = readPlaybook('searchCustom');
    expect(template).toMatchObject({ draft: null, published: { number: version + 1 } });
    const [playbook] = await publishedPlaybooks(app.services.db, [id]);
    expect(playbook!.version).toBe(version + 1);
    expect(playbook!.phases[0]!.tasks[0]!.title).toBe('A new title');
    const states = await app.services.db
      .select()
      .from(schema.templateVersions)
      .where(eq(schema.templateVersions.templateId, id));
    expect(states.map((row) => [row.number, row.state]).sort()).toEqual([
      [version, 'RETIRED'],
      [version + 1, 'PUBLISHED'],
    ]);
  });

  it('takes a retired template off the list of offers, and back', async () => {
    const { id } = await copied('For a while');
    await act('templatePublish', id, { revision: 1 });
    await act('templateRetire', id, null);
    expect(await publishedPlaybooks(app.services.db, [id])).toEqual([]);
    await act('templateRestore', id, null);
    expect(await publishedPlaybooks(app.services.db, [id])).toHaveLength(1);
    expect((await kindsOf(id)).slice(-3)).toEqual(['template.published', 'template.retired', 'template.restored']);
  });
});

it('a list of many templates takes as many statements as one of few', async () => {
  const { db, statements, end } = countStatements(app.config.databaseUrl!);
  const source = `query ($first: Int!) { templates(first: $first) { nodes { name projectCount viewerCan { edit }
    published { number publishedBy { name } phases { name } changes { key } } draft { number problems { code } }
    versions { number updatedBy { name } } } } }`;
  const count = async (first: number) => {
    statements.length = 0;
    const contextValue = { ...pmCtx, db, loaders: new Map() };
    const { errors } = await graphql({ schema: createSchema(), source, variableValues: { first }, contextValue });
    expect(errors).toBeUndefined();
    return statements.length;
  };
  const few = await count(2);
  expect(await count(20)).toBe(few);
  expect(few).toBeLessThanOrEqual(8);
  await end();
});
