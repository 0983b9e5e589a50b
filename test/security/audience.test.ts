import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { canariesIn } from '../support/session.ts';
import { contentOf } from '../support/tables.ts';
import { canary, type ForeignWorld, makeForeignWorld } from './foreignWorld.ts';

let app: TestApp;
let world: ForeignWorld;

beforeAll(async () => {
  app = await startTestApp();
  world = await makeForeignWorld(app);
});
afterAll(() => app.close());

const position = 'query ($id: ID!) { project(id: $id) { position } }';
const everything = `query ($project: ID!, $task: ID!) {
  viewer { person { name } account { name } }
  projects(first: 5) { totalCount nodes { id name account { id name } tasks { id title state stateSince } people { id name accountName } } }
  project(id: $project) {
    position progress { done total } nextStep { id } waitingOnOthers { id } staff { lastClientActivityAt }
    phases { progress { done total } tasks { id title } }
    changes(last: 50) { nodes { position kind at facts { from to } node { __typename id ... on Comment { text } } } pageInfo { hasPreviousPage } }
  }
  task(id: $task) {
    revision commentCount viewerCan { commentInternally }
    comments(last: 50) { nodes { id text author { name } } pageInfo { hasPreviousPage hasNextPage } }
    changes(last: 50) { nodes { position kind node { __typename id ... on Comment { text } } } }
    project { people { name } tasks { comments(last: 5) { nodes { text task { project { id } } } } } }
  }
}`;
const changes = `subscription ($projectId: ID!, $after: Int) {
  changes(projectId: $projectId, after: $after) {
    __typename
    ... on Change { position kind node { __typename id ... on Comment { text } } }
    ... on CaughtUp { position }
    ... on Heartbeat { position }
  }
}`;
const add =
  'mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id revision } userErrors { code } position } }';

const addText = (taskId: string, text: string, audience: string) => ({
  input: { taskId, text, audience, idempotencyKey: uuidv7() },
});

describe('[Z7] an internal comment does not exist for the client', () => {
  test('in queries: no text, no count, no page, no position moves', async () => {
    const { client, pm, own } = world;
    const look = () => client.ask(everything, { project: own.projectId, task: own.taskId });
    const before = await look();
    await pm.ask(add, addText(own.taskId, `Another one ${canary}`, 'INTERNAL'));
    expect(await look()).toEqual(before);
    expect(before.task.viewerCan.commentInternally).toBe(false);
  });

  test('in the live stream: the client’s numbers stay dense over it, the staff’s count it', async () => {
    const { client, pm, own } = world;
    const ids = { id: own.projectId };
    const [mine, theirs] = [await client.ask(position, ids), await pm.ask(position, ids)];
    const stream = client.subscribe(changes, { projectId: own.projectId, after: mine.project.position });
    const staffStream = pm.subscribe(changes, { projectId: own.projectId, after: theirs.project.position });
    expect((await stream.next()).changes.__typename).toBe('CaughtUp');
    expect((await staffStream.next()).changes.__typename).toBe('CaughtUp');

    await pm.ask(add, addText(own.taskId, `Between the two ${canary}`, 'INTERNAL'));
    await pm.ask(add, addText(own.taskId, 'For everybody', 'SHARED'));
    const nextComment = async (from: typeof stream) =>
      eventually(async () => {
        const { changes: change } = await from.next();
        return change.kind === 'comment.added' ? change : false;
      });
    expect((await nextComment(stream)).node.text).toBe('For everybody');
    expect((await nextComment(staffStream)).node.text).toContain(canary);
    expect((await nextComment(staffStream)).node.text).toBe('For everybody');
    stream.stop();
    staffStream.stop();
  });

  test('in a resumed stream: replayed from the start, it is not there', async () => {
    const { client, own } = world;
    const stream = client.subscribe(changes, { projectId: own.projectId, after: 0 });
    const seen: number[] = [];
    const heads: number[] = [];
    for (;;) {
      const { changes: message } = await stream.next();
      if (message.__typename === 'CaughtUp') break;
      if (message.__typename === 'Heartbeat') heads.push(message.position);
      else seen.push(message.position);
    }
    stream.stop();
    expect(seen).toEqual(seen.map((_, i) => i + 1));
    // How far the log has come is counted as a client counts, too.
    expect(heads).toEqual([seen.length]);
  });

  test('a client cannot write one', async () => {
    const before = await contentOf(app.services.db);
    const answer = await world.client.gql(add, addText(world.own.taskId, 'Let me in', 'INTERNAL'));
    expect(answer.errors[0]?.extensions?.code ?? answer.data?.commentAdd.userErrors[0]?.code).toBe('FORBIDDEN');
    expect(await contentOf(app.services.db)).toEqual(before);
  });

  test('the overview and its stream are not there for a client', async () => {
    const { client } = world;
    const { data, errors } = await client.gql('{ overview { active cursor } }');
    expect(data?.overview ?? null).toBeNull();
    expect(
      errors.filter((error) => error.extensions?.code !== 'FORBIDDEN' && error.extensions?.code !== 'NOT_FOUND'),
    ).toEqual([]);
    const stream = client.subscribe('subscription { overviewChanges { __typename } }');
    await expect(stream.next()).rejects.toThrow(/FORBIDDEN|NOT_FOUND/);
  });

  test('in no mail, and in no byte that the client ever received', async () => {
    const mails = await app.mails();
    const toClients = mails.filter((mail) => !mail.to.includes('lumen-commerce')).map((mail) => mail.raw);
    expect(canariesIn(toClients.join('\n'), [canary])).toEqual([]);
    expect(world.client.bytesSeen().length).toBeGreaterThan(1000);
    expect(canariesIn(world.client.bytesSeen(), [canary])).toEqual([]);
    expect(canariesIn(world.pm.bytesSeen(), [canary])).toEqual([canary]);
  });
});

describe('[Z4] nothing of another account is reached by walking', () => {
  test('task, project, people and their projects stay within the account', async () => {
    const { client, own } = world;
    const seen = await client.ask(everything, { project: own.projectId, task: own.taskId });
    const [mine, ...others] = app.world.clients;
    expect(seen.projects.nodes.map((project: { id: string }) => project.id)).toEqual([mine!.project.id]);
    const text = JSON.stringify(seen);
    for (const other of others) {
      expect(text).not.toContain(other.project.id);
      expect(text).not.toContain(other.account.name);
      for (const person of other.people) expect(text).not.toContain(person.name);
    }
    expect(text).not.toContain(mine!.people[0]!.email);
  });
});

describe('[Z5] counts, pages and cursors do not reveal what is hidden', () => {
  test('the total of projects is the client’s own, and a cursor of staff gives the client’s view', async () => {
    const { client, pm } = world;
    const list =
      'query ($after: String) { projects(first: 1, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }';
    const { projects: all } = await pm.ask(list);
    expect(all.totalCount).toBe(app.world.clients.length);
    const { projects: mine } = await client.ask(list);
    expect(mine).toMatchObject({ totalCount: 1, pageInfo: { hasNextPage: false } });
    const { projects: after } = await client.ask(list, { after: all.pageInfo.endCursor });
    const ids = after.nodes.map((node: { id: string }) => node.id);
    expect(ids.filter((id: string) => id !== app.world.clients[0]!.project.id)).toEqual([]);
    expect(after.totalCount).toBe(1);
  });

  test('a cursor that is none of ours is refused as bad input', async () => {
    for (const after of [
      'x',
      '../..',
      Buffer.from('[{}]').toString('base64url'),
      Buffer.from('[1,2,3,4]').toString('base64url'),
    ]) {
      const { errors } = await world.client.gql('query ($after: String) { projects(after: $after) { totalCount } }', {
        after,
      });
      expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    }
  });
});

describe('[Z3] what a client may not set is no part of any input', () => {
  const forbidden = [
    'role',
    'projectId',
    'accountId',
    'isInternal',
    'createdAt',
    'authorId',
    'state',
    'submittedBy',
    'visibility',
  ];

  test.each(forbidden)('%s', async (name) => {
    const before = await contentOf(app.services.db);
    const variables = addText(world.own.taskId, 'Hello', 'SHARED');
    const answer = await world.client.gql(add, { input: { ...variables.input, [name]: 'PM' } });
    expect(answer.status).toBe(400);
    expect(answer.errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(await contentOf(app.services.db)).toEqual(before);
  });
});

test('[Z16] two people who ask in one tick get their own rows', async () => {
  const { client, otherClient, pm } = world;
  const ask =
    '{ viewer { person { id } } projects(first: 5) { nodes { id tasks { id comments(last: 5) { nodes { text } } } } } }';
  const rounds = await Promise.all(
    Array.from({ length: 10 }, () => Promise.all([client.ask(ask), otherClient.ask(ask), pm.ask(ask)])),
  );
  const [mine, theirs] = app.world.clients;
  for (const [own, other, staff] of rounds) {
    expect(own.viewer.person.id).toBe(client.personId);
    expect(other.viewer.person.id).toBe(otherClient.personId);
    expect(own.projects.nodes.map((node: { id: string }) => node.id)).toEqual([mine!.project.id]);
    expect(other.projects.nodes.map((node: { id: string }) => node.id)).toEqual([theirs!.project.id]);
    expect(staff.projects.nodes).toHaveLength(app.world.clients.length);
  }
});
