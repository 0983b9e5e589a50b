import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

const stream = `subscription ($projectId: ID!, $after: Int) {
  changes(projectId: $projectId, after: $after) {
    __typename
    ... on Change { position cursor kind taskId actor { id } node { __typename id ... on Comment { text } } }
    ... on CaughtUp { position }
    ... on Reload { reason position }
  }
}`;

let app: TestApp;
let pm: Session;
let client: Session;

beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(app.world.client);
});
afterAll(() => app.close());

async function add(session: Session, text: string, audience = 'SHARED'): Promise<number> {
  const { commentAdd } = await session.ask(
    `mutation ($input: CommentAddInput!) { commentAdd(input: $input) { position userErrors { code } } }`,
    { input: { taskId: app.world.clients[0]!.tasks[0]!.id, text, audience, idempotencyKey: randomUUID() } },
  );
  expect(commentAdd.userErrors).toEqual([]);
  return commentAdd.position;
}

async function positionOf(session: Session): Promise<number> {
  const { project } = await session.ask('query ($id: ID!) { project(id: $id) { position } }', {
    id: app.world.project.id,
  });
  return project.position;
}

function follow(session: Session, after: number | null) {
  return session.subscribe(stream, { projectId: app.world.project.id, after });
}

describe('changes', () => {
  test('a reader gets what it missed, is told that it has caught up, and then gets what happens', async () => {
    const before = await positionOf(client);
    await add(pm, 'missed');
    const changes = follow(client, before);
    const missed = (await changes.next()).changes;
    expect(missed).toMatchObject({ __typename: 'Change', kind: 'comment.added', position: before + 1 });
    expect(missed.node.text).toBe('missed');
    expect((await changes.next()).changes).toEqual({ __typename: 'CaughtUp', position: before + 1 });
    await add(pm, 'live');
    expect((await changes.next()).changes).toMatchObject({ position: before + 2, node: { text: 'live' } });
    changes.stop();
  });

  test("a client's numbers stay dense while staff write internally, and tell nothing of it", async () => {
    const before = await positionOf(client);
    const staffBefore = await positionOf(pm);
    await add(pm, 'hidden-canary-7431', 'INTERNAL');
    const seen = await add(pm, 'for all');
    expect(seen).toBe(staffBefore + 2);
    expect(await positionOf(client)).toBe(before + 1);
    const changes = follow(client, before);
    expect((await changes.next()).changes).toMatchObject({ position: before + 1, node: { text: 'for all' } });
    expect((await changes.next()).changes).toEqual({ __typename: 'CaughtUp', position: before + 1 });
    changes.stop();
    expect(client.bytesSeen()).not.toContain('hidden-canary-7431');
  });

  test('a mutation answers with the position that the stream gives the same change', async () => {
    const before = await positionOf(client);
    const changes = follow(client, before);
    expect((await changes.next()).changes.__typename).toBe('CaughtUp');
    const position = await add(client, 'my own echo');
    expect((await changes.next()).changes).toMatchObject({ position, actor: { id: app.world.client.id } });
    changes.stop();
  });

  test('a reader that is ahead of the log is told to reload', async () => {
    const position = await positionOf(client);
    const changes = follow(client, position + 1_000);
    expect((await changes.next()).changes).toEqual({ __typename: 'Reload', reason: 'LOG_RESTORED', position });
    changes.stop();
  });

  test('twenty writers at once leave every reader with every position once and in order', async () => {
    const before = await positionOf(client);
    const readers = [follow(client, before), follow(client, before)];
    await Promise.all(Array.from({ length: 20 }, (_, i) => add(i % 2 ? client : pm, `at once ${i}`)));
    for (const reader of readers) {
      const positions: number[] = [];
      while (positions.length < 20) {
        const { changes } = await reader.next();
        if (changes.__typename === 'Change') positions.push(changes.position);
      }
      expect(positions).toEqual(Array.from({ length: 20 }, (_, i) => before + 1 + i));
      reader.stop();
    }
  });

  test('the project of another account answers as a missing one', async () => {
    const foreign = client.subscribe(stream, { projectId: app.world.otherProject.id, after: 0 });
    const missing = client.subscribe(stream, { projectId: randomUUID(), after: 0 });
    const [first, second] = await Promise.all([
      foreign.next().catch((error: Error) => error.message.replace(/"requestId":"[^"]+"/, '')),
      missing.next().catch((error: Error) => error.message.replace(/"requestId":"[^"]+"/, '')),
    ]);
    expect(first).toContain('NOT_FOUND');
    expect(first).toBe(second);
  });

  test('[Z9] a subscription ends at once when its session does', async () => {
    // Signing out ends every session of a person, so this one is nobody else's in these tests.
    const leaving = await app.signIn(app.world.clients[0]!.people[1]!);
    const changes = follow(leaving, await positionOf(leaving));
    expect((await changes.next()).changes.__typename).toBe('CaughtUp');
    await leaving.fetch('/auth/sign-out', { method: 'POST' });
    await expect(changes.next(2_000)).rejects.toThrow(/4403|ended|closed/i);
    await add(pm, 'after the end');
    expect(leaving.bytesSeen()).not.toContain('after the end');
  });
});

describe('overviewChanges', () => {
  const overview = `subscription ($after: String) {
    overviewChanges(after: $after) {
      __typename
      ... on Change { cursor projectId kind }
      ... on CaughtUp { cursor }
    }
  }`;

  test('staff see what happens in every project, from the cursor of the figures on', async () => {
    const { overview: figures } = await pm.ask('{ overview { cursor } }');
    await add(client, 'seen from above');
    const changes = pm.subscribe(overview, { after: figures.cursor });
    expect((await changes.next()).overviewChanges).toMatchObject({
      __typename: 'Change',
      kind: 'comment.added',
      projectId: app.world.project.id,
      cursor: String(Number(figures.cursor) + 1),
    });
    changes.stop();
  });

  test('it is not for clients', async () => {
    await expect(client.subscribe(overview, { after: null }).next()).rejects.toThrow('FORBIDDEN');
    expect((await client.ask('{ overview { active } }')).overview).toBeNull();
  });

  test('a cursor that is not ours is refused', async () => {
    await expect(pm.subscribe(overview, { after: '1; drop table events' }).next()).rejects.toThrow('BAD_USER_INPUT');
  });
});

describe('presence', () => {
  const here = 'subscription ($taskId: ID!) { presence(taskId: $taskId) { people { id name } } }';

  test('two people on one task see each other come and go', async () => {
    const taskId = app.world.clients[0]!.tasks[1]!.id;
    const first = pm.subscribe(here, { taskId });
    expect((await first.next()).presence.people.map((person: { id: string }) => person.id)).toEqual([app.world.pm.id]);
    const second = client.subscribe(here, { taskId });
    const both = [app.world.pm.id, app.world.client.id].sort();
    expect((await first.next()).presence.people.map((person: { id: string }) => person.id)).toEqual(both);
    const ownView = await second.next();
    expect(ownView.presence.people.some((person: { id: string }) => person.id === app.world.client.id)).toBe(true);
    second.stop();
    expect((await first.next()).presence.people.map((person: { id: string }) => person.id)).toEqual([app.world.pm.id]);
    first.stop();
  });

  test('nobody can be present on a task of another account', async () => {
    const taskId = app.world.clients[1]!.tasks[0]!.id;
    await expect(client.subscribe(here, { taskId }).next()).rejects.toThrow('NOT_FOUND');
  });
});
