import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { events, people, projectPartners, projects } from '../../drizzle/schema/index.ts';
import type { Role } from '../../server/access/viewer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let id: string;
let accountId: string;
const all: Record<string, Session> = {};

async function person(role: Role, account: string | null): Promise<string> {
  const at = app.clock.now();
  const personId = uuidv7();
  await app.services.db.insert(people).values({
    id: personId,
    email: `${personId}@people.example`,
    name: `Somebody ${role}`,
    role,
    accountId: account,
    timeZone: 'UTC',
    isSample: true,
    createdAt: at,
    updatedAt: at,
    removedAt: null,
  });
  return personId;
}

beforeAll(async () => {
  app = await startTestApp();
  id = app.world.project.id;
  accountId = app.world.project.accountId;
  const attached = await person('PARTNER', null);
  await app.services.db
    .insert(projectPartners)
    .values({ projectId: id, personId: attached, createdAt: app.clock.now() });
  const ids: Record<string, string> = {
    pm: app.world.pm.id,
    client: app.world.client.id,
    other: app.world.otherClient.id,
    viewer: await person('CLIENT_VIEWER', accountId),
    lead: await person('CLIENT_LEAD', accountId),
    partner: attached,
    stranger: await person('PARTNER', null),
    contributor: await person('CONTRIBUTOR', null),
    director: await person('DIRECTOR', null),
  };
  for (const [name, personId] of Object.entries(ids)) all[name] = await app.signIn({ id: personId });
});
afterAll(() => app.close());

const phaseId = async () =>
  (await all.pm!.ask('query ($id: ID!) { project(id: $id) { phases { id } } }', { id })).project.phases[0].id;

/** Every mutation of this piece, with an input that would otherwise do something. */
const mutations: [string, string, () => Promise<Record<string, unknown>>][] = [
  ['projectEdit', 'projectEdit(id: $id, input: { revision: 1, name: "Leak" })', async () => ({ id })],
  ['projectMove', 'projectMove(id: $id, input: { revision: 1, move: HOLD, reason: "x" })', async () => ({ id })],
  ['phaseEdit', 'phaseEdit(id: $id, input: { revision: 1, name: "Leak" })', async () => ({ id: await phaseId() })],
  ['phaseMove', 'phaseMove(id: $id, input: { revision: 1, isUp: false })', async () => ({ id: await phaseId() })],
  ['phaseRemove', 'phaseRemove(id: $id, input: { revision: 1 })', async () => ({ id: await phaseId() })],
  [
    'phaseAdd',
    'phaseAdd(input: { idempotencyKey: "k", projectId: $id, revision: 1, name: "Leak", milestone: "Leak" })',
    async () => ({ id }),
  ],
  ['accountEdit', 'accountEdit(id: $id, input: { revision: 1, name: "Leak" })', async () => ({ id: accountId })],
  [
    'accountFactSet',
    'accountFactSet(id: $id, input: { key: "shop.domain", value: "Leak" })',
    async () => ({ id: accountId }),
  ],
];

describe('who may not', () => {
  const cases = mutations.flatMap((mutation) =>
    ['viewer', 'client', 'lead', 'partner', 'contributor', 'director'].map((who) => [who, ...mutation] as const),
  );
  test.each(cases)('a %s changes nothing by %s', async (who, _, text, variables) => {
    const before = await app.services.db.$count(events);
    const { errors } = await all[who]!.gql(
      `mutation ($id: ID!) { ${text} { userErrors { code } } }`,
      await variables(),
    );
    // A partner is of no account, so of an account's own facts there is nothing to know.
    const isUnknown = who === 'partner' && text.startsWith('account');
    expect(errors[0]?.extensions?.code).toBe(isUnknown ? 'NOT_FOUND' : 'FORBIDDEN');
    expect(await app.services.db.$count(events)).toBe(before);
  });

  test.each(mutations)(
    'for strangers %s meets nothing there, as for an id that never was',
    async (_, text, variables) => {
      for (const who of ['other', 'stranger']) {
        const ask = async (given: Record<string, unknown>) =>
          (await all[who]!.gql(`mutation ($id: ID!) { ${text} { userErrors { code } } }`, given)).errors;
        const [real, made] = [await ask(await variables()), await ask({ id: uuidv7() })];
        expect(real.map(shown), who).toEqual(made.map(shown));
        expect(real[0]?.extensions?.code, who).toBe('NOT_FOUND');
      }
    },
  );

  test('what prepares a new project is for those who start one', async () => {
    const plan = '{ projectPlan(input: { platform: SHOPIFY, products: [SEARCH], signedOn: "2026-03-02" }) { name } }';
    for (const who of ['client', 'lead', 'partner', 'contributor', 'director']) {
      for (const query of [plan, '{ accountsFound(text: "") { account { name } } }']) {
        expect((await all[who]!.gql(query)).errors[0]?.extensions?.code, `${who} ${query}`).toBe('FORBIDDEN');
      }
      expect((await all[who]!.ask('{ possiblePms { id } }')).possiblePms).toEqual([]);
    }
    expect((await all.pm!.ask(plan)).projectPlan.name).not.toBe('');
  });
});

describe('what is read', () => {
  const query = `query ($id: ID!) { project(id: $id) { account { name } partners { id } people { id } accountFacts { key }
    assignablePms { id } viewerCan { edit editMoney assignPm moves } staff { revenue { amountMinor } lastClientActivityAt } } }`;

  test.each(['viewer', 'client', 'lead', 'partner'])(
    'a %s gets no staff fact of it, and no right to it',
    async (who) => {
      const { project } = await all[who]!.ask(query, { id });
      expect(project).toMatchObject({ staff: null, accountFacts: [], assignablePms: [] });
      expect(project.viewerCan).toEqual({ edit: false, editMoney: false, assignPm: false, moves: [] });
    },
  );

  test('a contributor reads what staff know, but no money; a director reads it and edits nothing', async () => {
    const contributor = (await all.contributor!.ask(query, { id })).project;
    expect(contributor.staff).not.toBeNull();
    expect(contributor.staff.revenue).toBeNull();
    const director = (await all.director!.ask(query, { id })).project;
    expect(director.staff.revenue.amountMinor).toBeGreaterThan(0);
    expect(director.viewerCan).toEqual({ edit: false, editMoney: false, assignPm: false, moves: [] });
  });

  test('a partner attached is among the people, and sees the project; another does not', async () => {
    expect((await all.pm!.ask(query, { id })).project.partners).toHaveLength(1);
    expect((await all.client!.ask(query, { id })).project.partners).toHaveLength(1);
    expect((await all.partner!.ask(query, { id })).project.partners).toHaveLength(1);
    expect((await all.stranger!.ask(query, { id })).project).toBeNull();
    expect((await all.other!.ask(query, { id })).project).toBeNull();
  });
});

describe('a draft', () => {
  test('does not exist for clients in a list, as a node, in a stream or as a place to land; it comes with its activation', async () => {
    const create = `mutation ($input: ProjectCreateInput!) { projectCreate(input: $input) { project { id revision state } userErrors { message } } }`;
    const input = {
      idempotencyKey: uuidv7(),
      accountId,
      platform: 'SHOPIFY',
      products: ['SEARCH'],
      templateKeys: ['searchShopify'],
      name: 'CANARY-DRAFT',
      signedOn: '2026-03-20',
      isDraft: true,
    };
    const { project } = (await all.pm!.ask(create, { input })).projectCreate;
    expect(project.state).toBe('DRAFT');

    for (const who of ['client', 'lead', 'viewer', 'partner', 'other']) {
      const session = all[who]!;
      const {
        projects: list,
        node,
        project: one,
        viewer,
      } = await session.ask(
        'query ($id: ID!) { projects(first: 100) { totalCount nodes { id name } } node(id: $id) { id } project(id: $id) { id } viewer { landsOn } }',
        { id: project.id },
      );
      expect(
        list.nodes.map((each: { id: string }) => each.id),
        who,
      ).not.toContain(project.id);
      expect(list.totalCount, who).toBe(list.nodes.length);
      expect([node, one], who).toEqual([null, null]);
      expect(viewer.landsOn, who).not.toContain(project.id);
      const stream = session.subscribe('subscription ($id: ID!) { changes(projectId: $id) { __typename } }', {
        id: project.id,
      });
      await expect(stream.next(), who).rejects.toThrow('NOT_FOUND');
    }
    const move = `mutation ($id: ID!, $input: ProjectMoveInput!) { projectMove(id: $id, input: $input) { project { state revision } userErrors { message } } }`;
    await all.pm!.ask(move, { id: project.id, input: { revision: project.revision, move: 'ACTIVATE' } });
    const { projects: list } = await all.client!.ask('{ projects(first: 100) { nodes { name } } }');
    expect(list.nodes).toContainEqual({ name: 'CANARY-DRAFT' });
    const stream = all.client!.subscribe(
      'subscription ($id: ID!) { changes(projectId: $id, after: 0) { ... on Change { kind } } }',
      { id: project.id },
    );
    await eventually(async () => expect((await stream.next()).changes.kind).toBe('project.activated'));
    stream.stop();
  });

  test('one that was given up stays unknown', async () => {
    const draftId = await draft();
    const { revision } = (await all.pm!.ask('query ($id: ID!) { project(id: $id) { revision } }', { id: draftId }))
      .project;
    const { projectMove } = await all.pm!.ask(
      'mutation ($id: ID!, $r: Int!) { projectMove(id: $id, input: { revision: $r, move: CANCEL, reason: "CANARY-REASON" }) { project { state } } }',
      { id: draftId, r: revision },
    );
    expect(projectMove.project.state).toBe('CANCELLED');
    expect((await all.client!.ask('query ($id: ID!) { project(id: $id) { id } }', { id: draftId })).project).toBeNull();
    for (const who of ['client', 'partner', 'other']) expect(all[who]!.bytesSeen()).not.toContain('CANARY-REASON');
  });
});

describe('a project that is over', () => {
  test('is read and talked about by its clients, and nothing else', async () => {
    const task = app.world.clients[0]!.tasks.find(
      (one) => one.state === 'READY' && one.side === 'CLIENT' && one.visibility === 'SHARED',
    )!;
    await app.services.db.update(projects).set({ state: 'CANCELLED' }).where(eq(projects.id, id));
    const start = await all.client!.gql(
      'mutation ($id: ID!, $r: Int!) { taskStart(id: $id, input: { revision: $r }) { userErrors { code } } }',
      { id: task.id, r: task.revision },
    );
    expect(start.data.taskStart.userErrors).toEqual([{ code: 'PROJECT_OVER' }]);
    const { task: seen } = await all.client!.ask(
      'query ($id: ID!) { task(id: $id) { title viewerCan { start submit comment } } }',
      { id: task.id },
    );
    expect(seen.viewerCan).toEqual({ start: false, submit: false, comment: true });
    await app.services.db.update(projects).set({ state: 'ACTIVE' }).where(eq(projects.id, id));
  });
});

/** What of an error tells anything: its request has an id of its own. */
function shown({ message, path, extensions }: { message: string; path?: unknown; extensions?: { code?: string } }) {
  return { message, path, code: extensions?.code };
}

async function draft(): Promise<string> {
  const { projectCreate } = await all.pm!.ask(
    'mutation ($input: ProjectCreateInput!) { projectCreate(input: $input) { project { id } userErrors { message } } }',
    {
      input: {
        idempotencyKey: uuidv7(),
        accountId,
        platform: 'SHOPIFY',
        products: ['SEARCH'],
        templateKeys: [],
        name: 'Given up',
        signedOn: '2026-03-20',
        isDraft: true,
      },
    },
  );
  return projectCreate.project.id;
}
