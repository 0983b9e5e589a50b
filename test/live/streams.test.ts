import { randomUUID } from 'node:crypto';
import { buildSchema, type GraphQLObjectType, type GraphQLSchema, parse } from 'graphql';
import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { comments } from '../../drizzle/schema/index.ts';
import { type Viewer, viewerFrom } from '../../server/access/viewer.ts';
import { createFanOut, type FanOut } from '../../server/live/streams/fanOut.ts';
import { LogStream, type Source } from '../../server/live/streams/source.ts';
import { memoryBus } from '../../server/platform/bus/memoryBus.ts';
import { transaction } from '../../server/platform/database/transaction.ts';
import { append } from '../../server/platform/events/log.ts';
import type { Ctx, Services } from '../../server/platform/services.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';

/*
 * What the fan-out shares and what it must not. First over a schema and a log of a few lines, where every execution can
 * be counted; then over real sockets, with real people.
 */
describe('[LIVE-7] an event is loaded and written once for everybody who is to be told the same', () => {
  let executions: number;
  let log: number[];
  let services: Services;
  let schema: GraphQLSchema;
  let fanOut: FanOut;

  beforeEach(() => {
    executions = 0;
    log = [];
    const bus = memoryBus();
    services = { bus, log: { error: expect.fail } } as unknown as Services;
    schema = buildSchema(`
      type Query { ok: Boolean }
      type Subscription { changes(after: Int, of: String): Message! }
      type Message { position: Int, text: String, mine: String, role: String }
    `);
    const source: Source<number> = {
      name: 'log',
      topic: 'company',
      head: async () => log.length,
      read: async (_, after, limit) => log.slice(after, after + limit),
      numberOf: (item) => item,
      kindOf: () => 'thing',
      place: (position) => ({ position, cursor: null }),
      message: (_, item) => ({ position: item }) as never,
    };
    const { changes } = (schema.getType('Subscription') as GraphQLObjectType).getFields();
    changes!.subscribe = (_: unknown, args: { after?: number }, ctx: Ctx) =>
      new LogStream(ctx, source, args.after ?? null, log.length);
    changes!.resolve = (message: { position: number }) => message;
    const fields = (schema.getType('Message') as GraphQLObjectType).getFields();
    fields.text!.resolve = (message: { position: number; __typename?: string }) => {
      if (message.position > 0) executions += 1;
      return `thing ${message.position}`;
    };
    fields.mine!.resolve = (_: unknown, __: unknown, ctx: Ctx) => `of ${ctx.viewer.personId}`;
    fields.role!.resolve = (_: unknown, __: unknown, ctx: Ctx) => ctx.viewer.role;
    fanOut = createFanOut(services, schema, (error) => error);
  });
  afterEach(() => fanOut.close());

  async function follow(viewer: Viewer, query: string, variableValues: Record<string, unknown> = {}) {
    const heard: Record<string, unknown>[] = [];
    const contextValue = { ...services, viewer, loaders: new Map() };
    const send = (answer: Buffer) => void heard.push(JSON.parse(answer.toString()).data.changes);
    const sink = { send, waitingBytes: () => 0 };
    await fanOut.follow({ schema, document: parse(query), variableValues, contextValue }, sink);
    // That it has caught up.
    await eventually(() => heard.length > 0);
    heard.length = 0;
    return heard;
  }
  const person = (personId: string, role: Viewer['role'] = 'CLIENT_MEMBER', accountId: string | null = 'a') =>
    viewerFrom({ personId, sessionId: personId, role, accountId });
  const people = Array.from({ length: 50 }, (_, i) => person(`p${i}`));

  async function happen(readers: Record<string, unknown>[][]): Promise<void> {
    executions = 0;
    log.push(log.length + 1);
    services.bus.ring('company');
    await eventually(() => readers.every((heard) => heard.length === 1));
  }

  test('fifty people with the same rights and the same question cost one execution', async () => {
    const readers = await Promise.all(people.map((one) => follow(one, 'subscription { changes { position text } }')));
    await happen(readers);
    expect(executions).toBe(1);
    expect(readers.map(([first]) => first)).toEqual(people.map(() => ({ position: 1, text: 'thing 1' })));
    expect(fanOut.size()).toEqual({ members: 50, groups: 1 });
  });

  test('[Z16] an answer that depends on who asks is made for each, and reaches nobody else', async () => {
    const query = 'subscription { changes { text mine } }';
    const readers = await Promise.all(people.map((one) => follow(one, query)));
    await happen(readers);
    expect(readers.map(([first]) => first?.mine)).toEqual(people.map((one) => `of ${one.personId}`));
    // One that showed that it depends, and one for each; from then on it is known.
    expect(executions).toBe(51);
    for (const heard of readers) heard.length = 0;
    await happen(readers);
    expect(executions).toBe(50);
  });

  test('two windows of one person share even what depends on them', async () => {
    const query = 'subscription { changes { text mine } }';
    const readers = await Promise.all([follow(person('p'), query), follow(person('p'), query)]);
    await happen(readers);
    expect(executions).toBe(2);
  });

  test('other rights, another question or other variables are answered by themselves', async () => {
    const query = 'subscription ($of: String) { changes(of: $of) { text role } }';
    const readers = await Promise.all([
      follow(person('p'), query),
      follow(person('q', 'CLIENT_VIEWER'), query),
      follow(person('r', 'CLIENT_MEMBER', 'b'), query),
      follow(person('s', 'PM', null), query),
      follow(person('t'), 'subscription { changes { role text } }'),
      follow(person('u'), query, { of: 'other' }),
    ]);
    await happen(readers);
    expect(executions).toBe(6);
    expect(readers.map(([first]) => first?.role)).toEqual([
      ...['CLIENT_MEMBER', 'CLIENT_VIEWER', 'CLIENT_MEMBER', 'PM', 'CLIENT_MEMBER', 'CLIENT_MEMBER'],
    ]);
  });

  test('where somebody stands is no part of the question', async () => {
    const query = 'subscription ($after: Int) { changes(after: $after) { text } }';
    const readers = await Promise.all([
      follow(person('p'), query, { after: 0 }),
      follow(person('q'), query, { after: null }),
    ]);
    await happen(readers);
    expect(executions).toBe(1);
    expect(fanOut.size().groups).toBe(1);
  });
});

describe('over real sockets', () => {
  let app: TestApp;
  let pm: Session;
  let client: Session;
  let colleague: Session;
  beforeAll(async () => {
    app = await startTestApp();
    pm = await app.signIn(app.world.pm);
    client = await app.signIn(app.world.client);
    colleague = await app.signIn(app.world.clients[0]!.people[1]!);
  });
  afterAll(() => app.close());

  const stream = `subscription ($projectId: ID!, $after: Int) {
    changes(projectId: $projectId, after: $after) {
      __typename
      ... on Change { position node { ... on Comment { text isUnread viewerCan { edit } } } }
      ... on CaughtUp { position }
      ... on Heartbeat { position }
    }
  }`;
  const add = (session: Session, text: string) =>
    session.ask('mutation ($input: CommentAddInput!) { commentAdd(input: $input) { userErrors { code } } }', {
      input: {
        taskId: app.world.task({ projectId: app.world.project.id, visibility: 'SHARED' }).id,
        ...{ text, audience: 'SHARED', idempotencyKey: randomUUID() },
      },
    });
  /** Comments of 100,000 letters each, as no person may write them. */
  const addLarge = (count: number) =>
    transaction(app.services, async (tx) => {
      const { id: taskId, projectId } = app.world.task({ projectId: app.world.project.id, visibility: 'SHARED' });
      const { id: authorId } = app.world.pm;
      for (let i = 0; i < count; i++) {
        const id = uuidv7();
        const text = 'x'.repeat(100_000);
        const createdAt = app.clock.now();
        await tx
          .insert(comments)
          .values({ id, revision: 1, projectId, taskId, authorId, audience: 'SHARED', text, createdAt });
        const facts = {};
        append(tx, {
          kind: 'comment.edited',
          audience: 'SHARED',
          actorId: authorId,
          subjectId: id,
          projectId,
          taskId,
          facts,
        });
      }
    });
  const positionOf = async (session: Session): Promise<number> =>
    (await session.ask('query ($id: ID!) { project(id: $id) { position } }', { id: app.world.project.id })).project
      .position;

  test('[Z16] two colleagues are told of one comment, each of what they may do with it', async () => {
    const after = await positionOf(client);
    const variables = { projectId: app.world.project.id, after };
    const readers = [client, colleague].map((session) => session.subscribe(stream, variables));
    for (const reader of readers) expect((await reader.next()).changes.__typename).toBe('CaughtUp');
    await add(client, 'mine alone to edit');
    const [own, other] = await Promise.all(readers.map(async (reader) => (await reader.next()).changes.node));
    expect(own).toEqual({ text: 'mine alone to edit', isUnread: false, viewerCan: { edit: true } });
    expect(other).toEqual({ text: 'mine alone to edit', isUnread: true, viewerCan: { edit: false } });
    for (const reader of readers) reader.stop();
  });

  test('who lacks much is told first how far the log has come', async () => {
    const before = await positionOf(client);
    for (let i = 0; i < 6; i++) await add(pm, `missed ${i}`);
    const reader = client.subscribe(stream, { projectId: app.world.project.id, after: before });
    expect((await reader.next()).changes).toEqual({ __typename: 'Heartbeat', position: before + 6 });
    expect((await reader.next()).changes).toMatchObject({ position: before + 1, node: { text: 'missed 0' } });
    reader.stop();
  });

  test('[F17] who does not read holds nobody up, fills no memory, and gets the rest in order when they read on', async () => {
    const before = await positionOf(client);
    const socket = new WebSocket(`${app.url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: colleague.headers,
    });
    const heard: { __typename: string; position: number }[] = [];
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString());
      if (message.type === 'connection_ack') {
        const payload = { query: stream, variables: { projectId: app.world.project.id, after: before } };
        socket.send(JSON.stringify({ id: 'slow', type: 'subscribe', payload }));
      }
      if (message.type === 'next') heard.push(message.payload.data.changes);
    });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('{"type":"connection_init"}');
    await eventually(() => heard.at(-1)?.__typename === 'CaughtUp');
    const { _socket: wire } = socket as unknown as { _socket: { pause(): void; resume(): void } };
    wire.pause();
    // More than the network's own buffers between the two take.
    const count = 160;
    const quick = client.subscribe(stream, { projectId: app.world.project.id, after: before });
    for (let i = 0; i < count; i += 20) await addLarge(20);
    for (let position = 0; position < before + count; ) position = (await quick.next()).changes.position;
    quick.stop();
    const told = () => heard.filter((change) => change.__typename === 'Change').map((change) => change.position);
    expect(told().length).toBeLessThan(count);
    wire.resume();
    await eventually(() => told().length === count, 30_000);
    expect(told()).toEqual(Array.from({ length: count }, (_, i) => before + 1 + i));
    expect(heard.some((change) => change.__typename === 'Heartbeat')).toBe(true);
    await eventually(() => heard.at(-1)?.__typename === 'CaughtUp');
    socket.terminate();
  });
});
