import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { notes } from '../../drizzle/schema/index.ts';
import { noteEdited } from '../../server/notes/commands.ts';
import { taskCancel, taskFlagStuck, taskWaive } from '../../server/tasks/commands.ts';
import { taskDependencyAdd, taskDependencyRemove } from '../../server/tasks/dependencies.ts';
import { taskAssign, taskCreate, taskEdit } from '../../server/tasks/planning.ts';
import { taskSetVisibility } from '../../server/tasks/visibility.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { canariesIn, type Session } from '../support/session.ts';
import { as, put, rowOf, tried, untie } from './taskRows.ts';

const canary = 'canary-2c9d-wren';
let app: TestApp;
let pm: Session;
let client: Session;
let id: string;
let projectId: string;

beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(app.world.client);
  projectId = app.world.project.id;
  id = app.world.clients[0]!.tasks[1]!.id;
  await untie(app, id);
});
afterAll(() => app.close());

const by = () => as(app, 'PM');
const revisionOf = async (of = id) => (await rowOf(app, of)).revision;
const setVisibility = async (visibility: 'SHARED' | 'INTERNAL') =>
  taskSetVisibility(by(), id, { revision: await revisionOf(), visibility });
const comment = async (text: string, audience: 'SHARED' | 'INTERNAL') => {
  const mutation = `mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id } userErrors { code } } }`;
  const { commentAdd } = await pm.ask(mutation, { input: { taskId: id, text, audience, idempotencyKey: uuidv7() } });
  return commentAdd.comment.id as string;
};

const whole = `query ($id: ID!, $projectId: ID!) {
  task(id: $id) { id title note { id } comments(last: 50) { nodes { text } } commentCount reason { text } stuck { side reason by { name } } promise { on by { name } }
    changes(last: 100) { nodes { kind facts { from to reason assignee { name } dueOn stuckSide isForLead } } } }
  project(id: $projectId) {
    position progress { done total } court nextStep { id } nextDue { id } waitingOnOthers { id }
    tasks { id index predecessors { id } successors { id } }
    phases { id progress { done total } tasks { id } }
    changes(last: 100) { nodes { position kind taskId node { id } task { id } facts { from to reason dueOn assignee { id } } } }
  }
  node(id: $id) { id }
}`;
const look = () => client.ask(whole, { id, projectId });
const stream = `subscription ($projectId: ID!, $after: Int) { changes(projectId: $projectId, after: $after) {
  __typename ... on Change { position kind taskId node { __typename id } task { id } } ... on CaughtUp { position } } }`;

describe('[Z8] a task that was shared and is hidden', () => {
  test('is gone for a client who had it: one event without a node, and nothing after it', async () => {
    await put(app, id, { state: 'READY', assigneeId: app.world.client.id });
    const shared = await comment('Said while it was shared', 'SHARED');
    const before = await look();
    expect(before.task.id).toBe(id);
    const live = client.subscribe(stream, { projectId, after: before.project.position });
    expect((await live.next()).changes.__typename).toBe('CaughtUp');

    await setVisibility('INTERNAL');
    const { changes: gone } = await live.next();
    expect(gone).toEqual({
      __typename: 'Change',
      position: before.project.position + 1,
      kind: 'task.hidden',
      taskId: id,
      node: null,
      task: null,
    });

    // Everything that can happen to it happens.
    await comment(`Among us: ${canary}`, 'INTERNAL');
    for (const [act, input] of [
      ['React', '{ reaction: AGREE, isOn: true }'],
      ['Resolve', '{ isResolved: true }'],
      ['Edit', '{ revision: 1, text: "Said while it was shared" }'],
    ]) {
      const done = await pm.ask(
        `mutation ($id: ID!) { of: comment${act}(id: $id, input: ${input}) { userErrors { code } } }`,
        {
          id: shared,
        },
      );
      expect(done.of.userErrors).toEqual([]);
    }
    const [note] = await app.services.db.select().from(notes).where(eq(notes.taskId, id));
    await noteEdited(app.services, {
      noteId: note!.id,
      projectId,
      taskId: id,
      personId: by().viewer.personId,
      updates: 1,
    });
    await taskEdit(by(), id, { revision: await revisionOf(), title: `Renamed ${canary}`, dueOn: '2026-05-05' });
    await taskFlagStuck(by(), id, { revision: await revisionOf(), side: 'COMPANY', reason: `Stuck ${canary}` });
    await taskAssign(by(), id, { revision: await revisionOf(), assigneeId: app.world.pm.id });
    await taskWaive(by(), id, { revision: await revisionOf(), reason: `Waived ${canary}` });

    const after = await look();
    expect([after.task, after.node]).toEqual([null, null]);
    expect(after.project.position).toBe(before.project.position + 1);
    expect(JSON.stringify(after.project.tasks)).not.toContain(id);
    expect(after.project.progress.total).toBe(before.project.progress.total - 1);
    const indexes = after.project.tasks.map((task: { index: number }) => task.index);
    expect(indexes).toEqual(indexes.map((_: number, i: number) => i));
    for (const phase of after.project.phases) expect(JSON.stringify(phase)).not.toContain(id);
    for (const change of after.project.changes.nodes.filter((one: { taskId: string }) => one.taskId === id)) {
      expect(change).toMatchObject({ node: null, task: null });
      expect(Object.values(change.facts).every((fact) => fact === null)).toBe(true);
    }
    expect(live.waiting()).toBe(0);
    live.stop();
  });

  test('is no client’s to have, to speak of, or to act on', async () => {
    expect(await rowOf(app, id)).toMatchObject({ visibility: 'INTERNAL', assigneeId: app.world.pm.id });
    for (const role of ['CLIENT_LEAD', 'CLIENT_MEMBER', 'PARTNER'] as const) {
      const given = { revision: await revisionOf(), side: 'CLIENT' as const, reason: 'x' };
      expect(await tried(() => taskFlagStuck(as(app, role), id, given))).toBe('NOT_FOUND');
    }
    const lead = { revision: await revisionOf(), assigneeId: null, isForLead: true };
    expect(await tried(() => taskAssign(by(), id, lead))).toBe('NOT_ASSIGNABLE');
  });

  test('shows again when it is shared again, without what was said among staff', async () => {
    const before = await look();
    await setVisibility('SHARED');
    const { task, project } = await look();
    expect(task.id).toBe(id);
    expect(project.position).toBe(before.project.position + 1);
    const texts = task.comments.nodes.map((one: { text: string }) => one.text);
    expect(texts).toContain('Said while it was shared');
    expect(task.commentCount).toBe(texts.length);
    expect(task).toMatchObject({ reason: null, stuck: null });
    const kinds = task.changes.nodes.map((one: { kind: string }) => one.kind);
    expect(kinds.slice(-2)).toEqual(['task.hidden', 'task.shared']);
    const staffSee = await pm.ask(whole, { id, projectId });
    expect(staffSee.task.reason.text).toBe(`Waived ${canary}`);
    // Its title was written while it was internal, and is its title: sharing a task shares that.
    expect(task.title).toContain(canary);
    await taskEdit(by(), id, { revision: await revisionOf(), title: 'Named for the client' });
  });

  test('its note goes with it, and whoever is in the room or here is out at once', async () => {
    const [note] = await app.services.db.select().from(notes).where(eq(notes.taskId, id));
    expect(note?.audience).toBe('SHARED');
    const here = client.subscribe('subscription ($taskId: ID!) { presence(taskId: $taskId) { people { id } } }', {
      taskId: id,
    });
    await here.next();
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/notes/${note!.id}.${note!.epoch}`, {
      headers: client.headers,
    });
    const closed = new Promise<number>((resolve) => socket.addEventListener('close', (event) => resolve(event.code)));
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    await setVisibility('INTERNAL');
    expect(await closed).toBe(4403);
    await expect(here.next(2_000)).rejects.toThrow();
    expect((await client.ask('query ($id: ID!) { node(id: $id) { id } }', { id: note!.id })).node).toBeNull();
    await setVisibility('SHARED');
  });
});

describe('a shared task that waits for an internal one', () => {
  test('says that it waits for the company, and neither what for nor for how much', async () => {
    const title = `Prepare ${canary}`;
    const { phaseId } = await rowOf(app, id);
    const { value: hidden } = await taskCreate(by(), {
      phaseId,
      title,
      type: 'WORK',
      side: 'COMPANY',
      visibility: 'INTERNAL',
      idempotencyKey: uuidv7(),
    });
    await put(app, id, { state: 'READY' });
    const query = `query ($id: ID!) { task(id: $id) {
      revision state isWaitingOnCompany isPredecessorOpen predecessors { id } successors { id } changes(last: 5) { nodes { kind } } } }`;
    const seen = async () => (await client.ask(query, { id })).task;
    const before = await seen();
    expect(before).toMatchObject({ state: 'READY', isWaitingOnCompany: false });
    await taskDependencyAdd(by(), id, { revision: await revisionOf(), predecessorId: hidden.id });
    const after = await seen();
    // The one thing that a client may see of it is the state: so it moves the revision once, and by one event.
    expect(after).toMatchObject({ state: 'NOT_READY', isWaitingOnCompany: true, predecessors: [] });
    expect(after.revision).toBe(before.revision + 1);
    expect(after.changes.nodes.at(-1).kind).toBe('task.notReady');
    expect(after.changes.nodes.map((one: { kind: string }) => one.kind)).not.toContain('task.dependencyAdded');

    await put(app, id, { state: 'IN_PROGRESS' });
    expect((await seen()).isPredecessorOpen).toBe(false);
    const staff = await pm.ask(query, { id });
    expect(staff.task).toMatchObject({ isPredecessorOpen: true, predecessors: [{ id: hidden.id }] });
    await put(app, id, { state: 'NOT_READY' });
    await taskCancel(by(), hidden.id, { revision: await revisionOf(hidden.id), reason: `No ${canary}` });
    expect((await seen()).state).toBe('NOT_READY');
    await taskDependencyRemove(by(), id, { revision: await revisionOf(), predecessorId: hidden.id });
    expect((await seen()).state).toBe('READY');
  });
});

describe('what was said among staff stays there', () => {
  test('why a task is stuck, when it was said while the task was internal', async () => {
    await put(app, id, { state: 'READY' });
    await setVisibility('INTERNAL');
    await taskFlagStuck(by(), id, { revision: await revisionOf(), side: 'COMPANY', reason: `Stuck ${canary}` });
    await setVisibility('SHARED');
    expect((await look()).task.stuck).toMatchObject({ side: 'COMPANY', reason: null });
    await taskFlagStuck(by(), id, { revision: await revisionOf(), side: 'CLIENT', reason: 'We need your logo' });
    expect((await look()).task.stuck).toMatchObject({ side: 'CLIENT', reason: 'We need your logo' });
    const told = (await look()).task.changes.nodes.filter((one: { kind: string }) => one.kind === 'task.stuck');
    expect(told.at(-1).facts).toMatchObject({ reason: 'We need your logo', stuckSide: 'CLIENT' });
  });

  test('in no byte that the client ever received, but for the title of what was shared with it', async () => {
    await eventually(async () => client.bytesSeen().length > 1000);
    const bytes = client.bytesSeen().replaceAll(`Renamed ${canary}`, '');
    expect(canariesIn(bytes, [canary])).toEqual([]);
    expect(canariesIn(pm.bytesSeen(), [canary])).toEqual([canary]);
  });

  test('a client neither hides nor shares', async () => {
    for (const role of ['CLIENT_LEAD', 'CLIENT_SPONSOR', 'PARTNER', 'CONTRIBUTOR', 'DIRECTOR'] as const) {
      const given = { revision: await revisionOf(), visibility: 'INTERNAL' as const };
      expect([role, await tried(() => taskSetVisibility(as(app, role), id, given))]).toEqual([role, 'FORBIDDEN']);
    }
  });
});
