import { asc, desc, eq } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  accountFacts,
  accounts,
  events,
  phases,
  projectStaff,
  projects,
  revisions,
  tasks,
} from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
let id: string;
const opened: TestApp[] = [];
beforeEach(async () => {
  app = await startTestApp();
  opened.push(app);
  pm = await app.signIn(app.world.pm);
  id = app.world.project.id;
});
afterAll(() => Promise.all(opened.map((one) => one.close())));

const edit = async (input: Record<string, unknown>, by: Session = pm) =>
  (
    await by.ask(
      `mutation ($id: ID!, $input: ProjectEditInput!) { projectEdit(id: $id, input: $input) {
        project { revision name targetOn signedOn platform products pm { id } staff { revenue { amountMinor currency } } }
        userErrors { code field } position } }`,
      { id, input },
    )
  ).projectEdit;
const lastEvents = (count: number) => app.services.db.select().from(events).orderBy(desc(events.seq)).limit(count);
const row = async () => (await app.services.db.select().from(projects).where(eq(projects.id, id)))[0]!;

describe('a project edited in place', () => {
  test('only what is given changes, under the next revision, with closed facts in the log and words beside it', async () => {
    const { revision, name, targetOn, signedOn } = await row();
    const done = await edit({ revision, name: ' Search\r\nand more\n', targetOn: '2026-06-30' });
    expect(done.userErrors).toEqual([]);
    expect(done.project).toMatchObject({
      revision: revision + 1,
      name: 'Search and more',
      targetOn: '2026-06-30',
      signedOn,
    });
    const [event] = await lastEvents(1);
    expect(event).toMatchObject({ kind: 'project.edited', audience: 'SHARED' });
    expect(event!.facts).toEqual({ fields: ['name', 'targetOn'], targetOn: { from: targetOn, to: '2026-06-30' } });
    const [kept] = await app.services.db.select().from(revisions).where(eq(revisions.eventId, event!.id));
    expect(kept).toMatchObject({
      before: { name, targetOn },
      after: { name: 'Search and more', targetOn: '2026-06-30' },
    });
  });

  test('a target before the signing is refused, from whichever side it is made', async () => {
    const { revision, signedOn, targetOn } = await row();
    const early = await edit({ revision, targetOn: '2020-02-29' });
    expect(early.userErrors).toMatchObject([{ code: 'BEFORE_START', field: 'targetOn' }]);
    const late = await edit({ revision, signedOn: '2040-01-01' });
    expect(late.userErrors).toMatchObject([{ code: 'BEFORE_START', field: 'signedOn' }]);
    expect(await row()).toMatchObject({ revision, signedOn, targetOn });
  });

  test('the inverse edit takes it back', async () => {
    const before = await row();
    await edit({ revision: before.revision, products: ['SEARCH', 'EMAIL'], platform: 'MAGENTO' });
    const back = await edit({ revision: before.revision + 1, products: before.products, platform: before.platform });
    expect(back.project).toMatchObject({ products: before.products, platform: before.platform });
  });

  test('two people at once: the second gets the current one', async () => {
    const { revision } = await row();
    await edit({ revision, name: 'First' });
    const second = await edit({ revision, name: 'Second' });
    expect(second).toMatchObject({ project: { name: 'First' }, userErrors: [{ code: 'CONFLICT', field: 'revision' }] });
  });

  test('revenue moves neither the revision nor what a client can see, and its amounts stand in an internal event', async () => {
    const before = await row();
    const client = await app.signIn(app.world.client);
    const seen = `query ($id: ID!) { project(id: $id) { revision position changes(last: 5) { nodes { kind } } } }`;
    const was = await client.ask(seen, { id });
    const done = await edit({ revision: before.revision, revenue: { amountMinor: 123_456_00, currency: 'SEK' } });
    expect(done.project).toMatchObject({
      revision: before.revision,
      staff: { revenue: { amountMinor: 123_456_00, currency: 'SEK' } },
    });
    expect((await row()).updatedAt).toEqual(before.updatedAt);
    expect((await lastEvents(1))[0]).toMatchObject({ kind: 'project.revenueEdited', audience: 'INTERNAL' });
    expect(await client.ask(seen, { id })).toEqual(was);
    expect(client.bytesSeen()).not.toContain('12345600');
  });

  const wrong: [string, Record<string, unknown>, string][] = [
    ['an empty name', { name: ' ' }, 'EMPTY'],
    ['a name without end', { name: 'x'.repeat(121) }, 'TOO_LONG'],
    ['no product', { products: [] }, 'EMPTY'],
    ['a sum below zero', { revenue: { amountMinor: -1, currency: 'EUR' } }, 'NOT_A_SUM'],
    ['a currency that is none', { revenue: { amountMinor: 1, currency: 'euro' } }, 'NOT_A_SUM'],
    ['a PM who is nobody', { pmId: '01890000-0000-7000-8000-000000000000' }, 'NOT_ASSIGNABLE'],
  ];
  test.each(wrong)('%s is refused, and nothing is written', async (_, input, code) => {
    const before = await row();
    expect((await edit({ revision: before.revision, ...input })).userErrors).toMatchObject([{ code }]);
    expect(await row()).toEqual(before);
  });

  test('a client of the account is not its PM; somebody of the company can be', async () => {
    const { revision } = await row();
    expect((await edit({ revision, pmId: app.world.client.id })).userErrors).toMatchObject([
      { code: 'NOT_ASSIGNABLE' },
    ]);
    const other = app.world.staff[1]!;
    expect((await edit({ revision, pmId: other.id })).project.pm.id).toBe(other.id);
    expect((await lastEvents(1))[0]!.facts).toMatchObject({ pmId: { from: app.world.pm.id, to: other.id } });
  });
});

describe('the account', () => {
  const accountEdit = async (input: Record<string, unknown>) =>
    (
      await pm.ask(
        `mutation ($id: ID!, $input: AccountEditInput!) { accountEdit(id: $id, input: $input) {
          account { name website revision } userErrors { code field } } }`,
        { id: app.world.project.accountId, input },
      )
    ).accountEdit;
  const factSet = async (key: string, value: string) =>
    (
      await pm.ask(
        `mutation ($id: ID!, $input: AccountFactSetInput!) { accountFactSet(id: $id, input: $input) { userErrors { code } } }`,
        { id: app.world.project.accountId, input: { key, value } },
      )
    ).accountFactSet;
  const gaps = async () =>
    (await pm.ask('query ($id: ID!) { project(id: $id) { accountFacts { key value } } }', { id })).project.accountFacts;

  test('its name and address are edited; an address gets its scheme', async () => {
    const [before] = await app.services.db.select().from(accounts).where(eq(accounts.id, app.world.project.accountId));
    const { revision } = before!;
    const done = await accountEdit({ revision, name: 'Re\nnamed', website: 'renamed.example' });
    expect(done.account).toEqual({ name: 'Re named', website: 'https://renamed.example', revision: revision + 1 });
    expect((await accountEdit({ revision, name: 'Late' })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    const bad = await accountEdit({ revision: revision + 1, website: 'javascript:alert(1)' });
    expect(bad.userErrors).toMatchObject([{ code: 'INVALID_URL', field: 'website' }]);
  });

  test('a fact that documentation asks for is a gap until somebody fills it in, and again when it is emptied', async () => {
    await app.services.db.delete(accountFacts).where(eq(accountFacts.key, 'search.host'));
    expect(await gaps()).toContainEqual({ key: 'search.host', value: null });
    await factSet('search.host', ' search.example ');
    expect(await gaps()).toContainEqual({ key: 'search.host', value: 'search.example' });
    await factSet('search.host', '');
    expect(await gaps()).toContainEqual({ key: 'search.host', value: null });
  });

  test('the name of a fact is never words', async () => {
    const { errors } = await pm.gql(
      `mutation ($id: ID!) { accountFactSet(id: $id, input: { key: "call Jane", value: "x" }) { userErrors { code } } }`,
      { id: app.world.project.accountId },
    );
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

describe('the road', () => {
  const ask = async (name: string, variables: Record<string, unknown>) => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const isNew = name === 'phaseAdd';
    const head = isNew ? `($input: ${type}!)` : `($id: ID!, $input: ${type}!)`;
    const args = isNew ? 'input: $input' : 'id: $id, input: $input';
    const query = `mutation ${head} { ${name}(${args}) { project { revision phases { id name milestone index } }
      userErrors { code } } }`;
    return (await pm.ask(query, variables))[name];
  };
  const road = () => app.services.db.select().from(phases).where(eq(phases.projectId, id)).orderBy(asc(phases.index));

  test('a stretch is added at the end, once per key, renamed, and removed while it is empty', async () => {
    const { revision } = await row();
    const input = { idempotencyKey: 'k', projectId: id, revision, name: 'After care', milestone: 'All is calm' };
    const added = await ask('phaseAdd', { input });
    expect(added.project.phases.at(-1)).toMatchObject({ name: 'After care', milestone: 'All is calm' });
    const again = await ask('phaseAdd', { input });
    expect(again.project.phases).toEqual(added.project.phases);
    const phaseId = added.project.phases.at(-1).id;
    const renamed = await ask('phaseEdit', { id: phaseId, input: { revision: revision + 1, name: 'Care' } });
    expect(renamed.project.phases.at(-1)).toMatchObject({ name: 'Care', milestone: 'All is calm' });
    const removed = await ask('phaseRemove', { id: phaseId, input: { revision: revision + 2 } });
    expect(removed.project.phases).not.toContainEqual(expect.objectContaining({ id: phaseId }));
    expect((await lastEvents(1))[0]).toMatchObject({ kind: 'phase.removed', subjectId: phaseId });
  });

  test('one that tasks stand in is not removed', async () => {
    const [first] = await road();
    const { revision } = await row();
    const refused = await ask('phaseRemove', { id: first!.id, input: { revision } });
    expect(refused.userErrors).toMatchObject([{ code: 'PHASE_NOT_EMPTY' }]);
  });

  test('a stretch moves with its tasks, which stay counted over the whole road', async () => {
    const [first, second] = await road();
    const { revision } = await row();
    const moved = await ask('phaseMove', { id: second!.id, input: { revision, isUp: true } });
    expect(moved.project.phases.slice(0, 2).map((phase: { id: string }) => phase.id)).toEqual([second!.id, first!.id]);
    const counted = await app.services.db.select().from(tasks).where(eq(tasks.projectId, id)).orderBy(asc(tasks.index));
    expect(counted.map((task) => task.index)).toEqual(counted.map((_, at) => at));
    const firstTasks = counted.filter((task) => task.phaseId === second!.id);
    expect(counted.slice(0, firstTasks.length).every((task) => task.phaseId === second!.id)).toBe(true);
    const ends = await ask('phaseMove', { id: second!.id, input: { revision: revision + 1, isUp: true } });
    expect(ends.userErrors).toEqual([]);
    expect(ends.project.revision).toBe(revision + 1);
  });

  test('two who arrange it at once do not mix their roads', async () => {
    const [first] = await road();
    const { revision } = await row();
    await ask('phaseMove', { id: first!.id, input: { revision, isUp: false } });
    const late = await ask('phaseEdit', { id: first!.id, input: { revision, name: 'Late' } });
    expect(late.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  });
});

test('a project without staff facts is never written by an edit of money that changes nothing', async () => {
  const [staff] = await app.services.db.select().from(projectStaff).where(eq(projectStaff.projectId, id));
  const [head] = await lastEvents(1);
  const { revision } = await row();
  const same = { amountMinor: staff!.revenueMinor, currency: staff!.revenueCurrency };
  expect(await edit({ revision, revenue: same })).toMatchObject({ userErrors: [], position: null });
  expect((await lastEvents(1))[0]!.seq).toBe(head!.seq);
});
