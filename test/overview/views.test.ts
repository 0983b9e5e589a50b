import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { events, people } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';
import { makeClient, makeIntegration, makeStaff } from './make.ts';

let app: TestApp;
let [anna, ben, client]: Session[] = [];
let projectId: string;

beforeAll(async () => {
  app = await startTestApp({ sample: false });
  const [a, b] = [await makeStaff(app.services, 'Anna', 'PM'), await makeStaff(app.services, 'Ben', 'DIRECTOR')];
  projectId = await makeIntegration(app.services, { account: 'Alder', pm: a });
  anna = await app.signIn({ id: a });
  ben = await app.signIn({ id: b });
  client = await app.signIn({ id: await makeClient(app.services, projectId, 'Zoe') });
});
afterAll(() => app.close());

const fields = `id revision name isShared isDefault viewerCanEdit owner { name } groupBy layout columns sort { by direction }
  filter { states healths text targetTo isMine hasReview pmIds }`;
const definition = {
  filter: {
    states: ['ACTIVE'],
    healths: ['AT_RISK', 'OFF_TRACK'],
    text: ' fjord ',
    targetTo: '2026-05-01',
    isMine: true,
  },
  sort: { by: 'HEALTH', direction: 'DESCENDING' },
  groupBy: 'PM',
  columns: ['HEALTH', 'TARGET', 'HEALTH'],
};
type Input = Record<string, unknown>;
let keys = 0;
const create = (who: Session, input: Input = {}) =>
  who.gql(
    `mutation ($input: SavedViewCreateInput!) { savedViewCreate(input: $input) { savedView { ${fields} } userErrors { code field } } }`,
    { input: { name: 'At risk', isShared: false, definition, idempotencyKey: `k${keys++}`, ...input } },
  );
const made = async (who: Session, input: Input = {}) => (await create(who, input)).data!.savedViewCreate.savedView;
const update = (who: Session, id: string, input: Input) =>
  who.gql(
    `mutation ($id: ID!, $input: SavedViewUpdateInput!) { savedViewUpdate(id: $id, input: $input) { savedView { ${fields} } userErrors { code field } } }`,
    { id, input },
  );
const remove = (who: Session, id: string, revision: number) =>
  who.gql(
    'mutation ($id: ID!, $input: SavedViewDeleteInput!) { savedViewDelete(id: $id, input: $input) { savedView { id } userErrors { code } } }',
    { id, input: { revision } },
  );
const setDefault = (who: Session, id: string | null) =>
  who.gql('mutation ($id: ID) { savedViewSetDefault(id: $id) { savedView { id isDefault } userErrors { code } } }', {
    id,
  });
const viewsOf = async (who: Session) => (await who.ask(`{ savedViews { ${fields} } }`)).savedViews;
const idsOf = async (who: Session) => (await viewsOf(who)).map((view: { id: string }) => view.id);
const codeOf = ({ errors }: Awaited<ReturnType<Session['gql']>>) => errors[0]?.extensions?.code;

describe('a saved view', () => {
  test('keeps what is shown, in what order, groups and columns; each column once', async () => {
    expect(await made(anna!, { name: '  At risk  ' })).toMatchObject({
      revision: 1,
      name: 'At risk',
      isShared: false,
      isDefault: false,
      viewerCanEdit: true,
      owner: { name: 'Anna' },
      groupBy: 'PM',
      layout: 'TABLE',
      columns: ['HEALTH', 'TARGET'],
      sort: { by: 'HEALTH', direction: 'DESCENDING' },
      filter: {
        ...{ states: ['ACTIVE'], healths: ['AT_RISK', 'OFF_TRACK'], text: 'fjord', targetTo: '2026-05-01' },
        ...{ isMine: true, hasReview: null, pmIds: null },
      },
    });
  });

  test('keeps that it is a board, also through a change of its name', async () => {
    const view = await made(anna!, { name: 'Cards', definition: { ...definition, layout: 'BOARD' } });
    expect(view.layout).toBe('BOARD');
    const { data } = await update(anna!, view.id, { revision: view.revision, name: 'As cards' });
    expect(data!.savedViewUpdate.savedView).toMatchObject({ name: 'As cards', layout: 'BOARD' });
  });

  test('the same key makes one view, and another body under it is refused', async () => {
    const [first, again] = [
      await made(anna!, { idempotencyKey: 'same' }),
      await made(anna!, { idempotencyKey: 'same' }),
    ];
    expect(again.id).toBe(first.id);
    expect(codeOf(await create(anna!, { idempotencyKey: 'same', name: 'Other' }))).toBe('BAD_USER_INPUT');
  });

  test.each([
    [{ name: '  ' }, 'EMPTY'],
    [{ name: 'x'.repeat(81) }, 'TOO_LONG'],
    [{ definition: { ...definition, filter: { text: 'x'.repeat(201) } } }, 'TOO_LONG'],
  ])('%j is refused with a reason', async (input, code) => {
    const { data } = await create(anna!, input);
    expect(data!.savedViewCreate).toMatchObject({ savedView: null, userErrors: [{ code }] });
  });

  test('a private one exists for nobody else; a shared one can be opened by all staff and changed by its owner alone', async () => {
    const view = await made(anna!, { name: 'Private' });
    expect(await idsOf(ben!)).not.toContain(view.id);
    expect(
      await ben!.ask('query ($id: ID!) { savedView(id: $id) { id } node(id: $id) { id } }', { id: view.id }),
    ).toEqual({ savedView: null, node: null });
    expect(codeOf(await update(ben!, view.id, { revision: 1, name: 'Mine' }))).toBe('NOT_FOUND');
    expect(codeOf(await remove(ben!, view.id, 1))).toBe('NOT_FOUND');
    expect(codeOf(await setDefault(ben!, view.id))).toBe('NOT_FOUND');

    const { data } = await update(anna!, view.id, { revision: 1, isShared: true });
    expect(data!.savedViewUpdate.savedView).toMatchObject({ isShared: true, revision: 2, name: 'Private' });
    const [seen] = (await viewsOf(ben!)).filter((one: { id: string }) => one.id === view.id);
    expect(seen).toMatchObject({ viewerCanEdit: false, owner: { name: 'Anna' } });
    expect(codeOf(await update(ben!, view.id, { revision: 2, name: 'Mine' }))).toBe('FORBIDDEN');
    expect(codeOf(await remove(ben!, view.id, 2))).toBe('FORBIDDEN');
  });

  test('taken back, it is gone for others, also as the one that the overview opens with', async () => {
    const view = await made(anna!, { name: 'For a while', isShared: true });
    expect((await setDefault(ben!, view.id)).data!.savedViewSetDefault.savedView).toEqual({
      id: view.id,
      isDefault: true,
    });
    await setDefault(anna!, view.id);
    await update(anna!, view.id, { revision: 1, isShared: false });
    expect(await idsOf(ben!)).not.toContain(view.id);
    await update(anna!, view.id, { revision: 2, isShared: true });
    const isDefault = async (who: Session) =>
      (await viewsOf(who)).find((one: { id: string }) => one.id === view.id).isDefault;
    expect([await isDefault(anna!), await isDefault(ben!)]).toEqual([true, false]);
    await setDefault(anna!, null);
    expect(await isDefault(anna!)).toBe(false);
  });

  test('a stale revision is a conflict that shows the current one; a deleted view is gone with its events told', async () => {
    const view = await made(anna!, { name: 'Old' });
    await update(anna!, view.id, { revision: 1, name: 'New' });
    const { data } = await update(anna!, view.id, { revision: 1, name: 'Newer' });
    expect(data!.savedViewUpdate).toMatchObject({ savedView: { name: 'New' }, userErrors: [{ code: 'CONFLICT' }] });
    expect((await remove(anna!, view.id, 1)).data!.savedViewDelete.userErrors).toEqual([{ code: 'CONFLICT' }]);
    expect((await remove(anna!, view.id, 2)).data!.savedViewDelete).toEqual({ savedView: null, userErrors: [] });
    const told = await app.services.db.select().from(events).where(eq(events.subjectId, view.id)).orderBy(events.seq);
    expect(told.map(({ kind, audience }) => [kind, audience])).toEqual([
      ['view.created', 'INTERNAL'],
      ['view.edited', 'INTERNAL'],
      ['view.deleted', 'INTERNAL'],
    ]);
    expect(JSON.stringify(told.map(({ facts }) => facts))).not.toMatch(/Old|New/);
  });

  test('of somebody who left, a shared one can be put away by a colleague', async () => {
    const carla = await makeStaff(app.services, 'Carla', 'PM');
    const view = await made(await app.signIn({ id: carla }), { name: 'Of Carla', isShared: true });
    await app.services.db.update(people).set({ removedAt: app.clock.now() }).where(eq(people.id, carla));
    expect((await remove(anna!, view.id, 1)).data!.savedViewDelete.userErrors).toEqual([]);
  });

  test('a person keeps at most fifty', async () => {
    const dora = await app.signIn({ id: await makeStaff(app.services, 'Dora', 'PM') });
    for (let i = 0; i < 50; i++) expect(await made(dora, { name: `View ${i}` })).not.toBeNull();
    expect((await create(dora)).data!.savedViewCreate.userErrors).toMatchObject([{ code: 'TOO_MANY' }]);
  }, 60_000);

  test('to a client there are none: nothing is read, kept, changed, deleted or opened first', async () => {
    const view = await made(anna!, { name: 'Canary heron', isShared: true });
    expect(await viewsOf(client!)).toEqual([]);
    expect(
      await client!.ask('query ($id: ID!) { savedView(id: $id) { name } node(id: $id) { id } }', { id: view.id }),
    ).toEqual({ savedView: null, node: null });
    const tries = [
      await create(client!),
      await update(client!, view.id, { revision: 1, name: 'x' }),
      await remove(client!, view.id, 1),
      await setDefault(client!, view.id),
      await setDefault(client!, null),
    ];
    expect(tries.map(codeOf)).toEqual(tries.map(() => 'NOT_FOUND'));
    expect(client!.bytesSeen()).not.toContain('heron');
  });
});

describe('the export', () => {
  const address = '/exports/integrations.csv';

  test('[U10] gives the view as a file, with nothing in it that a spreadsheet would run', async () => {
    await makeIntegration(app.services, {
      account: '=HYPERLINK("https://evil.example")',
      name: '@search";=1+1',
      pm: anna!.personId!,
      revenue: 1234.5,
    });
    const response = await anna!.fetch(`${address}?q=hyperlink&cols=PM,REVENUE,PRODUCTS`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="integrations-2026-03-10.csv"');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.subarray(3).toString('utf8')).toBe(
      [
        '"Client","Project","State","Project manager","Revenue a month","Currency","Products"',
        `"'=HYPERLINK(""https://evil.example"")","'@search"";'=1+1","Active","Anna",1234.5,"EUR","Search"`,
        '',
      ].join('\r\n'),
    );
  });

  test('keeps to the filter and the order, and leaves money out for those who may not read it', async () => {
    const cora = await app.signIn({ id: await makeStaff(app.services, 'Cora', 'CONTRIBUTOR') });
    const text = await (await cora.fetch(`${address}?q=alder&cols=REVENUE,TARGET`)).text();
    expect(text.split('\r\n').slice(1)).toEqual(['"Alder","Alder search","Active","2026-12-31"', '']);
    expect(text).not.toMatch(/Revenue|EUR/);
    expect((await cora.fetch(`${address}?sort=REVENUE`)).status).toBe(400);
    const all = await (await anna!.fetch(`${address}?sort=CLIENT&dir=DESCENDING`)).text();
    expect(all.indexOf('HYPERLINK')).toBeGreaterThan(all.indexOf('"Alder"'));
  });

  test.each([
    '?sort=name',
    '?cols=secret',
    '?pm=1',
    '?x=1',
    '?state=',
    '?mine=yes',
    '?state=ACTIVE&state=LIVE',
    `?q=${'x'.repeat(201)}`,
  ])('[I3] %s is refused', async (query) => {
    const response = await anna!.fetch(address + query);
    expect([response.status, (await response.json()).code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  test('to a client and to a stranger the address does not exist', async () => {
    for (const who of [client!, app.anonymous()]) {
      for (const query of ['', '?health=AT_RISK', '?x=1']) expect((await who.fetch(address + query)).status).toBe(404);
    }
    expect(client!.bytesSeen()).not.toContain('HYPERLINK');
  });
});
