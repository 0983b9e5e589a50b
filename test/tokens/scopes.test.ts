import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scopeNeeded } from '../../server/platform/graphql/tokenScopes.ts';
import { tokenCreate, tokenOf, writeEverything } from '../security/tokenActor.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { callOf, contract, fieldsOf } from '../support/contract.ts';
import { sampleOf } from '../support/sampleValues.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
let client: Session;
let own: TestApp['world']['clients'][number];
let other: TestApp['world']['clients'][number];
beforeAll(async () => {
  app = await startTestApp();
  [own, other] = app.world.clients as [typeof own, typeof other];
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(own.people[0]!);
});
afterAll(() => app.close());

const codeOf = (answer: { errors: { extensions?: { code?: string } }[] }) => answer.errors[0]?.extensions?.code;
const commentAdd = `mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id } userErrors { code } } }`;
const ofComment = (taskId: string) => ({
  input: { taskId, text: 'By a token', audience: 'SHARED', idempotencyKey: crypto.randomUUID() },
});

describe('[S18] a token does what its scopes say', () => {
  test('a mutation that it has no scope for is forbidden, and the scope is named', async () => {
    const token = await tokenOf(client);
    const { data, errors } = await token.gql(commentAdd, ofComment(own.tasks[0]!.id));
    expect(data).toBeNull();
    expect(errors[0]).toMatchObject({
      message: 'This token lacks the scope comments:write. Make one that has it.',
      extensions: { code: 'FORBIDDEN', scope: 'comments:write' },
    });
  });

  test('no mutation at all with scopes that read', async () => {
    const token = await tokenOf(client);
    for (const field of fieldsOf('mutation')) {
      // Without its variables graphql-js would answer before any resolver: each gets what its type takes.
      const { errors } = await token.gql(callOf('mutation', field), sampleArguments(field));
      expect([field.name, errors[0]?.extensions?.code]).toEqual([field.name, 'FORBIDDEN']);
    }
  });

  test('with the scope it does what its person may, under their name, and no more', async () => {
    const token = await tokenOf(client, ['TASKS_READ', 'PROJECTS_READ', 'COMMENTS_WRITE']);
    const task = own.tasks.find(({ visibility }) => visibility === 'SHARED')!;
    const { commentAdd: done } = await token.ask(commentAdd, ofComment(task.id));
    expect(done.userErrors).toEqual([]);
    const internal = await token.gql(commentAdd, { input: { ...ofComment(task.id).input, audience: 'INTERNAL' } });
    expect(codeOf(internal)).toBe('FORBIDDEN');
    const query = 'query ($id: ID!) { task(id: $id) { comments { nodes { id author { id name } } } } }';
    const { comments } = (await token.ask(query, { id: task.id })).task;
    const mine = comments.nodes.find(({ id }: { id: string }) => id === done.comment.id);
    expect(mine.author).toMatchObject({ id: client.personId });
    expect((await token.ask('query ($id: ID!) { task(id: $id) { id } }', { id: other.tasks[0]!.id })).task).toBeNull();
  });

  test('what it may not read is refused by its scope, not left out', async () => {
    const token = await tokenOf(client, ['PROJECTS_READ']);
    const query = 'query ($id: ID!) { project(id: $id) { name tasks { id } } }';
    const { errors } = await token.gql(query, { id: own.project.id });
    expect(errors[0]).toMatchObject({
      path: ['project', 'tasks'],
      extensions: { code: 'FORBIDDEN', scope: 'tasks:read' },
    });
  });

  test('names are told where they are met; lists of people take people:read', async () => {
    const token = await tokenOf(client, ['PROJECTS_READ', 'TASKS_READ', 'COMMENTS_READ']);
    const { project } = await token.ask('query ($id: ID!) { project(id: $id) { pm { id name } account { name } } }', {
      id: own.project.id,
    });
    expect(project).toMatchObject({ pm: { id: own.project.pmId }, account: { name: own.account.name } });
    const people = await token.gql('query ($id: ID!) { project(id: $id) { people { name } } }', { id: own.project.id });
    expect(people.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', scope: 'people:read' });
    const looked = await token.ask('query ($id: ID!) { node(id: $id) { id } }', { id: own.project.pmId });
    expect(looked.node).toBeNull();
  });

  test('a stream takes the scope of what it tells', async () => {
    const token = await tokenOf(client, ['COMMENTS_READ']);
    const stream = token.subscribe('subscription ($id: ID!) { changes(projectId: $id) { __typename } }', {
      id: own.project.id,
    });
    await expect(stream.next()).rejects.toThrow('projects:read');
  });
});

describe('[S19] a token makes nobody stronger', () => {
  test.each(['tokenCreate', 'tokenRevoke'])('%s takes a person who is signed in', async (name) => {
    const token = await tokenOf(pm, writeEverything);
    const field = fieldsOf('mutation').find((one) => one.name === name)!;
    const { errors } = await token.gql(callOf('mutation', field), sampleArguments(field));
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  test('it neither sees tokens nor what hangs on a session, whatever its scopes', async () => {
    const token = await tokenOf(pm, writeEverything);
    expect(codeOf(await token.gql('{ tokens { nodes { id } } }'))).toBe('FORBIDDEN');
  });

  test('a client makes no app', async () => {
    const input = { name: 'App', scopes: ['PROJECTS_READ'], appRole: 'PM', idempotencyKey: crypto.randomUUID() };
    expect(codeOf(await client.gql(tokenCreate, { input }))).toBe('FORBIDDEN');
  });

  test('nothing outside of the API takes one: signing out, links, sessions', async () => {
    const token = await tokenOf(pm, writeEverything);
    await token.fetch('/auth/sign-out', { method: 'POST' });
    expect((await pm.ask('{ viewer { person { id } } }')).viewer.person.id).toBe(pm.personId);
  });
});

describe('a token restricted to an account or a project', () => {
  const projects = '{ projects { totalCount nodes { id } } overview { active } }';

  test.each([
    ['accounts', () => ({ accountIds: [own.account.id] })],
    ['projects', () => ({ projectIds: [own.project.id] })],
  ])('by %s: everything else is as missing', async (_, limits) => {
    const token = await tokenOf(pm, writeEverything, limits());
    const answer = await token.ask(projects);
    expect(answer).toEqual({ projects: { totalCount: 1, nodes: [{ id: own.project.id }] }, overview: null });
    const foreign = [
      other.project.id,
      other.tasks[0]!.id,
      other.account.id,
      other.people[0]!.id,
      other.tasks[0]!.noteId!,
    ];
    for (const id of foreign) {
      expect([id, (await token.ask('query ($id: ID!) { node(id: $id) { id } }', { id })).node]).toEqual([id, null]);
    }
    const stream = token.subscribe('subscription ($id: ID!) { changes(projectId: $id) { __typename } }', {
      id: other.project.id,
    });
    await expect(stream.next()).rejects.toThrow('NOT_FOUND');
    const overview = token.subscribe('subscription { overviewChanges { __typename } }');
    await expect(overview.next()).rejects.toThrow('FORBIDDEN');
    expect(codeOf(await token.gql(commentAdd, ofComment(other.tasks[0]!.id)))).toBe('NOT_FOUND');
    expect((await token.ask(commentAdd, ofComment(own.tasks[0]!.id))).commentAdd.userErrors).toEqual([]);
  });

  test('cannot be restricted to what its maker may not see: it answers as if that never was', async () => {
    const refusal = async (limits: object) => {
      const input = { name: 'T', scopes: ['PROJECTS_READ'], idempotencyKey: crypto.randomUUID(), ...limits };
      return codeOf(await client.gql(tokenCreate, { input }));
    };
    expect(await refusal({ projectIds: [other.project.id] })).toBe('NOT_FOUND');
    expect(await refusal({ projectIds: [crypto.randomUUID()] })).toBe('NOT_FOUND');
    expect(await refusal({ accountIds: [other.account.id] })).toBe('NOT_FOUND');
  });
});

describe('every field has an answer to a token', () => {
  /** Closed to tokens on purpose: what makes tokens, and what hangs on a person's own session. */
  const closed = /^(ApiToken|ApiTokenConnection|ApiTokenEdge|TokenCreatePayload|TokenRevokePayload)$/;

  test('a type is of a noun with a scope, part of something else, or closed on purpose', () => {
    const schema = contract();
    const roots = [schema.getMutationType(), schema.getSubscriptionType()];
    const unknown = Object.values(schema.getTypeMap()).flatMap((type) => {
      if (!('getFields' in type) || type.name.startsWith('__') || roots.some((root) => root === type)) return [];
      if (closed.test(type.name)) return [];
      return Object.values(type.getFields()).flatMap((field) => {
        if (!('args' in field)) return [];
        const isClosed = scopeNeeded(schema, type.name, field) === null;
        return isClosed && !closedFields.has(`${type.name}.${field.name}`) ? [`${type.name}.${field.name}`] : [];
      });
    });
    expect(unknown).toEqual([]);
  });

  test('a mutation is of a noun with a scope, or closed on purpose', () => {
    const schema = contract();
    const unknown = fieldsOf('mutation')
      .filter((field) => scopeNeeded(schema, 'Mutation', field) === null)
      .map((field) => field.name);
    expect(unknown.filter((name) => !closedMutations.has(name))).toEqual([]);
  });
});

const closedFields = new Set(['Query.tokens', 'Viewer.sessions', 'Viewer.signIn']);
const closedMutations = new Set(['tokenCreate', 'tokenRevoke', 'profileEdit', 'sessionEnd', 'sessionsEndOthers']);

/** Arguments of the right types for a field, whose things do not exist. */
function sampleArguments(field: ReturnType<typeof fieldsOf>[number]): Record<string, unknown> {
  return Object.fromEntries(field.args.map((arg) => [arg.name, sampleOf(arg.type)]));
}
