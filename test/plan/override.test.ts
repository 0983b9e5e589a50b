import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { events, projects } from '../../drizzle/schema/index.ts';
import { makeClient, makeIntegration, makeStaff } from '../overview/make.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let [manager, pm, client]: Session[] = [];
let id: string;

/** The clock stands on Tuesday 10 March 2026. */
beforeAll(async () => {
  app = await startTestApp({ sample: false });
  const pmId = await makeStaff(app.services, 'Anna', 'PM');
  id = await makeIntegration(app.services, { account: 'Alder', pm: pmId, targetOn: '2026-03-09' });
  manager = await app.signIn({ id: await makeStaff(app.services, 'Mo', 'MANAGER') });
  pm = await app.signIn({ id: pmId });
  client = await app.signIn({ id: await makeClient(app.services, id, 'Zoe') });
});
afterAll(() => app.close());

const health =
  'state computed revision viewerCanOverride reasons { code } override { health reason expiresOn by { name } }';
const override = (who: Session, input: Record<string, unknown> = {}) =>
  who.gql(
    `mutation ($id: ID!, $input: ProjectHealthOverrideInput!) { projectHealthOverride(id: $id, input: $input) {
      project { revision health { ${health} } } position userErrors { code field } } }`,
    {
      id,
      input: {
        revision: 0,
        health: 'ON_TRACK',
        reason: 'The contract moves the date',
        expiresOn: '2026-03-12',
        ...input,
      },
    },
  );
const clear = (who: Session, revision: number) =>
  who.gql(
    `mutation ($id: ID!, $input: ProjectHealthOverrideClearInput!) { projectHealthOverrideClear(id: $id, input: $input) {
      project { health { ${health} } } userErrors { code } } }`,
    { id, input: { revision } },
  );
const read = async (who: Session) =>
  (await who.ask(`query ($id: ID!) { project(id: $id) { health { ${health} } } }`, { id })).project.health;
const codeOf = ({ errors }: Awaited<ReturnType<Session['gql']>>) => errors[0]?.extensions?.code;

describe('a health that is set by hand', () => {
  test('is for managers; a PM may not, and to a client there is no health', async () => {
    expect(await read(pm!)).toMatchObject({
      state: 'OFF_TRACK',
      override: null,
      revision: 0,
      viewerCanOverride: false,
    });
    expect(codeOf(await override(pm!))).toBe('FORBIDDEN');
    expect(codeOf(await override(client!))).toBe('NOT_FOUND');
    expect(codeOf(await clear(client!, 0))).toBe('NOT_FOUND');
    expect(await read(client!)).toBeNull();
  });

  test.each([
    [{ reason: '  ' }, { code: 'EMPTY', field: 'reason' }],
    [{ reason: 'x'.repeat(501) }, { code: 'TOO_LONG', field: 'reason' }],
    [{ expiresOn: '2026-03-09' }, { code: 'NOT_IN_FUTURE', field: 'expiresOn' }],
    [{ revision: 3 }, { code: 'CONFLICT', field: null }],
  ])('%j is refused', async (input, error) => {
    expect((await override(manager!, input)).data!.projectHealthOverride.userErrors).toEqual([error]);
  });

  test('holds with its reason beside what is computed, to the end of its last day, and is cleared', async () => {
    const before = await app.services.db.select().from(projects).where(eq(projects.id, id));
    const { data } = await override(manager!);
    expect(data!.projectHealthOverride).toMatchObject({
      userErrors: [],
      position: 1,
      project: {
        health: {
          state: 'ON_TRACK',
          computed: 'OFF_TRACK',
          revision: 1,
          reasons: [{ code: 'TARGET_PASSED' }],
          override: {
            health: 'ON_TRACK',
            reason: 'The contract moves the date',
            expiresOn: '2026-03-12',
            by: { name: 'Mo' },
          },
        },
      },
    });
    const list = await pm!.ask(
      '{ integrations(filter: { healths: [ON_TRACK] }) { totalCount } overview { offTrack } }',
    );
    expect(list).toEqual({ integrations: { totalCount: 1 }, overview: { offTrack: 0 } });

    app.clock.set('2026-03-12T23:59:00Z');
    expect(await read(pm!)).toMatchObject({ state: 'ON_TRACK' });
    app.clock.set('2026-03-13T00:01:00Z');
    expect(await read(pm!)).toMatchObject({ state: 'OFF_TRACK', override: null, revision: 1 });

    const again = await override(manager!, { revision: 1, health: 'AT_RISK', expiresOn: '2026-03-20' });
    expect(again.data!.projectHealthOverride.project.health).toMatchObject({ state: 'AT_RISK', revision: 2 });
    expect((await clear(manager!, 1)).data!.projectHealthOverrideClear.userErrors).toEqual([{ code: 'CONFLICT' }]);
    expect((await clear(manager!, 2)).data!.projectHealthOverrideClear).toMatchObject({
      userErrors: [],
      project: { health: { state: 'OFF_TRACK', override: null, revision: 3 } },
    });
    expect(await app.services.db.select().from(projects).where(eq(projects.id, id))).toEqual(before);
  });

  test('[Z7] is told to staff alone, without its words in the log', async () => {
    const told = await app.services.db.select().from(events).where(eq(events.projectId, id)).orderBy(events.seq);
    expect(told.map(({ kind, audience, sharedPosition }) => [kind, audience, sharedPosition])).toEqual([
      ['project.healthOverridden', 'INTERNAL', null],
      ['project.healthOverridden', 'INTERNAL', null],
      ['project.healthOverrideCleared', 'INTERNAL', null],
    ]);
    expect(JSON.stringify(told)).not.toContain('contract');
    const { project } = await client!.ask(
      'query ($id: ID!) { project(id: $id) { position changes { nodes { kind } } } }',
      { id },
    );
    expect(project).toEqual({ position: 0, changes: { nodes: [] } });
  });

  test('a project that is not active has no health to set', async () => {
    await app.services.db.update(projects).set({ state: 'ON_HOLD' }).where(eq(projects.id, id));
    expect(
      (await override(manager!, { revision: 3, expiresOn: '2026-04-01' })).data!.projectHealthOverride.userErrors,
    ).toMatchObject([{ code: 'NOT_ACTIVE' }]);
    expect(await read(manager!)).toBeNull();
  });
});
