import { and, desc, eq, notInArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { events, projects, tasks } from '../../drizzle/schema/index.ts';
import { type Role, roles, staffRoles, type Viewer, viewerFrom } from '../../server/access/viewer.ts';
import { projectMove } from '../../server/plan/projectMove.ts';
import { moveRules, type ProjectMove, type ProjectState, projectMoves } from '../../server/projects/moves.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

const states: readonly ProjectState[] = ['DRAFT', 'ACTIVE', 'ON_HOLD', 'LIVE', 'CLOSED', 'CANCELLED'];
const movers: readonly Role[] = ['PM', 'MANAGER', 'ADMIN'];

/** Where each act leads from each state, said a second time; what is not named is refused. */
const table: Record<ProjectState, Partial<Record<ProjectMove, ProjectState>>> = {
  DRAFT: { ACTIVATE: 'ACTIVE', CANCEL: 'CANCELLED' },
  ACTIVE: { HOLD: 'ON_HOLD', GO_LIVE: 'LIVE', CANCEL: 'CANCELLED' },
  ON_HOLD: { RESUME: 'ACTIVE', CANCEL: 'CANCELLED' },
  LIVE: { CLOSE: 'CLOSED' },
  CLOSED: {},
  CANCELLED: {},
};

let app: TestApp;
let projectId: string;
beforeAll(async () => {
  app = await startTestApp();
  projectId = app.world.project.id;
  await app.services.db.update(tasks).set({ isGate: false }).where(eq(tasks.projectId, projectId));
});
afterAll(() => app.close());

function viewer(role: Role): Viewer {
  const isStaff = staffRoles.some((one) => one === role);
  const accountId = isStaff || role === 'PARTNER' ? null : app.world.project.accountId;
  const personId = isStaff ? app.world.pm.id : app.world.client.id;
  return viewerFrom({ personId, sessionId: '', role, accountId, attachedTo: [projectId] });
}
const as = (role: Role) => ({ ...app.services, viewer: viewer(role), loaders: new Map() });

async function put(state: ProjectState): Promise<number> {
  const activatedAt = state === 'DRAFT' ? null : app.clock.now();
  await app.services.db.update(projects).set({ state, activatedAt }).where(eq(projects.id, projectId));
  const [row] = await app.services.db.select().from(projects).where(eq(projects.id, projectId));
  return row!.revision;
}
const move = (role: Role, revision: number, act: ProjectMove, reason: string | null = 'Because') =>
  projectMove(as(role), projectId, { revision, move: act, reason });

describe('the life of a project', () => {
  const cases = states.flatMap((state) => projectMoves.map((act) => [state, act] as const));

  test('the table names every state and every act', () => {
    expect(Object.keys(table)).toEqual(states);
    expect(Object.keys(moveRules)).toEqual([...projectMoves]);
    expect(cases).toHaveLength(36);
  });

  test.each(cases)('%s, %s: as the table has it, for each of the ten roles', async (state, act) => {
    for (const role of roles) {
      const revision = await put(state);
      const to = table[state][act];
      const isUnknown = state === 'DRAFT' && !staffRoles.some((one) => one === role);
      const done = move(role, revision, act);
      if (isUnknown) await expect(done, role).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
      else if (!movers.includes(role))
        await expect(done, role).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
      else if (to === undefined) await expect(done, role).rejects.toMatchObject({ code: 'WRONG_PROJECT_STATE' });
      else {
        expect((await done).value, role).toMatchObject({ state: to, revision: revision + 1 });
        const [event] = await app.services.db.select().from(events).orderBy(desc(events.seq)).limit(1);
        expect(event).toMatchObject({ kind: moveRules[act].kind, audience: 'SHARED', facts: { from: state, to } });
      }
    }
  });

  test('a stale revision is refused before anything else', async () => {
    const revision = await put('ACTIVE');
    await expect(move('PM', revision - 1, 'GO_LIVE')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test.each(['HOLD', 'CANCEL'] as const)('%s gives a reason', async (act) => {
    const revision = await put('ACTIVE');
    await expect(move('PM', revision, act, '  ')).rejects.toMatchObject({ code: 'EMPTY', field: 'reason' });
    await expect(move('PM', revision, act, null)).rejects.toMatchObject({ code: 'EMPTY' });
    expect((await move('PM', revision, act, ' The shop moves house. ')).value.stateReason).toBe(
      'The shop moves house.',
    );
  });

  test('a project goes live when its gates are done or waived, and until then they are named', async () => {
    const isOpen = and(eq(tasks.projectId, projectId), notInArray(tasks.state, ['DONE', 'WAIVED']));
    const [gate] = await app.services.db.select().from(tasks).where(isOpen).limit(1);
    await app.services.db.update(tasks).set({ isGate: true }).where(eq(tasks.id, gate!.id));
    const revision = await put('ACTIVE');
    const session = await app.signIn(app.world.pm);
    const mutation = `mutation ($id: ID!, $input: ProjectMoveInput!) { projectMove(id: $id, input: $input) {
      project { state } openGates { title } userErrors { code message } } }`;
    const input = { revision, move: 'GO_LIVE' };
    const { projectMove: refused } = await session.ask(mutation, { id: projectId, input });
    expect(refused).toMatchObject({ project: { state: 'ACTIVE' }, openGates: [{ title: gate!.title }] });
    expect(refused.userErrors).toMatchObject([{ code: 'GATES_OPEN', message: expect.stringContaining(gate!.title) }]);

    await app.services.db.update(tasks).set({ state: 'WAIVED' }).where(eq(tasks.id, gate!.id));
    const { projectMove: done } = await session.ask(mutation, { id: projectId, input });
    expect(done).toMatchObject({ project: { state: 'LIVE' }, openGates: [], userErrors: [] });
  });

  test('on hold it is nobody’s turn', async () => {
    await put('ON_HOLD');
    const session = await app.signIn(app.world.client);
    const { project } = await session.ask('query ($id: ID!) { project(id: $id) { state court courtSince } }', {
      id: projectId,
    });
    expect(project).toEqual({ state: 'ON_HOLD', court: 'NOBODY', courtSince: null });
  });
});
