import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { callOf, fieldsOf, idPlaces, shapeOf, withAt } from '../support/contract.ts';
import { contentOf } from '../support/tables.ts';
import { type ForeignWorld, makeForeignWorld } from './foreignWorld.ts';

let app: TestApp;
let world: ForeignWorld;

beforeAll(async () => {
  app = await startTestApp();
  world = await makeForeignWorld(app);
});
afterAll(() => app.close());

const plainView = { filter: {}, sort: { by: 'CLIENT', direction: 'ASCENDING' }, columns: ['HEALTH'] };

/** Valid variables of every mutation, as the client would send them for their own things. */
function validVariables(): Record<string, Record<string, unknown>> {
  const { taskId, commentId, submissionId, personId, revision } = world.own;
  const { phaseId } = app.world.clients[0]!.tasks.find((task) => task.id === taskId)!;
  return {
    tokenCreate: { input: { name: 'A token', scopes: ['PROJECTS_READ'], idempotencyKey: uuidv7() } },
    tokenRevoke: {},
    submissionCreate: { input: { taskId, idempotencyKey: uuidv7(), url: 'https://shop.example/' } },
    submissionFinish: { id: submissionId, input: { revision } },
    commentAdd: { input: { taskId, text: 'Hello', audience: 'SHARED', idempotencyKey: uuidv7() } },
    commentEdit: { id: commentId, input: { revision: 1, text: 'Changed' } },
    commentDelete: { id: commentId, input: { revision: 1 } },
    commentReact: { id: commentId, input: { reaction: 'AGREE', isOn: true } },
    commentResolve: { id: commentId, input: { isResolved: true } },
    commentSetAudience: { id: commentId, input: { revision: 1, audience: 'SHARED' } },
    commentFileCreate: { input: { taskId, idempotencyKey: uuidv7(), file: { name: 'a.txt', sizeBytes: 10 } } },
    commentTyping: { input: { taskId, audience: 'SHARED', isTyping: true } },
    conversationRead: { input: { taskId, throughId: commentId } },
    taskAssign: { id: taskId, input: { revision, assigneeId: personId } },
    taskStart: { id: taskId, input: { revision } },
    taskComplete: { id: taskId, input: { revision } },
    taskWaive: { id: taskId, input: { revision, reason: 'A reason' } },
    taskCancel: { id: taskId, input: { revision, reason: 'A reason' } },
    taskReopen: { id: taskId, input: { revision, reason: 'A reason' } },
    taskFlagStuck: { id: taskId, input: { revision, side: 'COMPANY', reason: 'A reason' } },
    taskUnstick: { id: taskId, input: { revision } },
    taskEdit: { id: taskId, input: { revision, phaseId, title: 'A title' } },
    taskCreate: {
      input: {
        phaseId,
        title: 'A title',
        type: 'WORK',
        side: 'CLIENT',
        visibility: 'SHARED',
        idempotencyKey: uuidv7(),
      },
    },
    taskSetVisibility: { id: taskId, input: { revision, visibility: 'SHARED' } },
    taskDependencyAdd: { id: taskId, input: { revision, predecessorId: taskId } },
    taskDependencyRemove: { id: taskId, input: { revision, predecessorId: taskId } },
    projectHealthOverride: {
      id: world.own.projectId,
      input: { revision: 0, health: 'ON_TRACK', reason: 'A reason', expiresOn: '2030-01-01' },
    },
    projectHealthOverrideClear: { id: world.own.projectId, input: { revision: 0 } },
    savedViewCreate: { input: { name: 'A view', isShared: true, definition: plainView, idempotencyKey: uuidv7() } },
    savedViewUpdate: { id: uuidv7(), input: { revision: 1, name: 'A name' } },
    savedViewDelete: { id: uuidv7(), input: { revision: 1 } },
    savedViewSetDefault: { id: uuidv7() },
    taskApprove: { id: taskId, input: { revision } },
    taskRequestChanges: { id: taskId, input: { revision, reason: 'A reason' } },
  };
}

const queries = fieldsOf('query').flatMap((field) => idPlaces(field).map((place) => ({ field, place })));
const mutations = fieldsOf('mutation').flatMap((field) => idPlaces(field).map((place) => ({ field, place })));
const subscriptions = fieldsOf('subscription').flatMap((field) => idPlaces(field).map((place) => ({ field, place })));

/** Ids that no row ever had, and texts that no id can be. */
const missing = uuidv7();
const impossible = ['', 'not-an-id', '0', '00000000-0000-0000-0000-000000000000', `${missing} or 1=1`, '%', '\u0000'];

describe('[Z1] an id that is not the client’s answers as one that never existed', () => {
  test('the schema has queries, mutations and subscriptions that take ids', () => {
    expect([queries.length, mutations.length, subscriptions.length].every((count) => count > 0)).toBe(true);
  });

  test.each(queries)('query $field.name ($place)', async ({ field, place }) => {
    const document = callOf('query', field);
    const ask = async (id: string) => shapeOf(await world.client.gql(document, withAt({}, place, id)));
    const never = await ask(missing);
    for (const [what, id] of Object.entries(world.hidden))
      expect({ what, answer: await ask(id) }).toEqual({ what, answer: never });
    for (const id of impossible) expect({ id, answer: await ask(id) }).toEqual({ id, answer: never });
  });

  test.each(subscriptions)('subscription $field.name ($place)', async ({ field, place }) => {
    const document = callOf('subscription', field);
    const ask = (id: string) =>
      world.client
        .subscribe(document, withAt({}, place, id))
        .next()
        .then(
          (message) => `answered ${JSON.stringify(message)}`,
          (error: Error) => error.message.replaceAll(/"requestId":"[^"]*"/g, ''),
        );
    const never = await ask(missing);
    expect(never).not.toMatch(/^answered|No message/);
    for (const [what, id] of Object.entries(world.hidden)) expect([what, await ask(id)]).toEqual([what, never]);
  });
});

describe('[Z2] a foreign id among valid ones is refused whole, as a missing one', () => {
  test('every mutation is tried', () => {
    const names = [...new Set(fieldsOf('mutation').map((field) => field.name))].sort();
    expect(Object.keys(validVariables()).sort()).toEqual(names);
  });

  test.each(mutations)('mutation $field.name ($place)', async ({ field, place }) => {
    const document = callOf('mutation', field);
    const valid = validVariables()[field.name]!;
    const call = async (id: string) => shapeOf(await world.client.gql(document, withAt(valid, place, id)));
    const before = await contentOf(app.services.db);
    const never = await call(missing);
    for (const [what, id] of Object.entries(world.hidden))
      expect({ what, answer: await call(id) }).toEqual({ what, answer: never });
    for (const id of impossible) expect({ id, answer: await call(id) }).toEqual({ id, answer: never });
    expect(await contentOf(app.services.db)).toEqual(before);
  });
});

test('[Z1] of all rows there are, node(id) gives a client those of their own account and the staff’s names only', async () => {
  const { db } = app.services;
  const mine = app.world.clients[0]!;
  const rows = {
    Project: await db.query.projects.findMany(),
    Phase: await db.query.phases.findMany(),
    Task: await db.query.tasks.findMany(),
    Comment: await db.query.comments.findMany(),
    Submission: await db.query.submissions.findMany(),
    File: await db.query.files.findMany(),
    Note: await db.query.notes.findMany(),
    Account: await db.query.accounts.findMany(),
    Person: await db.query.people.findMany(),
  };
  const internalTasks = rows.Task.filter((task) => task.visibility === 'INTERNAL').map((task) => task.id);
  const isHidden = (row: Record<string, unknown>) =>
    row.audience === 'INTERNAL' || row.visibility === 'INTERNAL' || internalTasks.includes(String(row.taskId));
  const isMine = (type: string, row: Record<string, unknown>) => {
    if (type === 'Account') return row.id === mine.account.id;
    if (type === 'Person') return row.accountId === null || row.accountId === mine.account.id;
    return (type === 'Project' ? row.id : row.projectId) === mine.project.id && !isHidden(row);
  };
  const wrong: string[] = [];
  for (const [type, all] of Object.entries(rows)) {
    expect(all.length).toBeGreaterThan(0);
    for (const row of all) {
      const { data } = await world.client.gql('query ($id: ID!) { node(id: $id) { __typename id } }', { id: row.id });
      const wanted = isMine(type, row) ? { __typename: type, id: row.id } : null;
      if (JSON.stringify(data?.node) !== JSON.stringify(wanted))
        wrong.push(`${type} ${row.id}: ${JSON.stringify(data)}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('[Z1] a stranger learns nothing from any id', async () => {
  const stranger = app.anonymous();
  for (const { field, place } of queries) {
    const ask = async (id: string) => shapeOf(await stranger.gql(callOf('query', field), withAt({}, place, id)));
    const never = await ask(missing);
    for (const id of [...Object.values(world.hidden), world.own.taskId]) expect(await ask(id)).toEqual(never);
  }
});
