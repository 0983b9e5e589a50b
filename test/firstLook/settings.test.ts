import { desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events, projects, revisions } from '../../drizzle/schema/index.ts';
import { plainSettings } from '../../server/firstLook/settings.ts';
import type { Session } from '../support/session.ts';
import { type FirstLookWorld, startFirstLookWorld } from './firstLookWorld.ts';

let w: FirstLookWorld;
beforeAll(async () => {
  w = await startFirstLookWorld();
  await w.feed([
    { title: 'Grey sofa', brand: 'Acme' },
    { title: 'Grey couch', brand: 'Nordlicht' },
  ]);
}, 60_000);
afterAll(() => w.close());

const suggestText = `mutation ($id: ID!, $input: FirstLookSuggestInput!) { firstLookSuggest(id: $id, input: $input) {
  mock { settings { layout accent results synonyms boosts { field value factor } } suggestion { revision by { name } values { results } } }
  userErrors { code field message } position } }`;
const defaultsText = `mutation ($product: Product!, $input: FirstLookDefaultsSetInput!) {
  firstLookDefaultsSet(product: $product, input: $input) { defaults { revision values { results } } userErrors { code field } } }`;
const retryText = 'mutation ($id: ID!) { firstLookRetry(id: $id) { userErrors { code } } }';
const { accent, ...plain } = plainSettings;
const valuesOf = (more: object = {}) => ({ ...plain, accent, ...more });
const suggest = async (session: Session, revision: number, more: object = {}, product = 'SEARCH') =>
  (await session.gql(suggestText, { id: w.projectId, input: { product, revision, values: valuesOf(more) } })) as {
    data: {
      firstLookSuggest: {
        mock: { settings: object; suggestion: object | null } | null;
        userErrors: { code: string; field: string }[];
        position: number;
      };
    };
    errors: { extensions?: { code?: string } }[];
  };
const mockOf = async (session: Session = w.lead) =>
  (await w.look(session)).mocks.find(({ product }: { product: string }) => product === 'SEARCH');

const own = { field: 'ID', value: 'A-001000', factor: 5 };

test('a mock begins plain, then as the company sets it, then as the client suggests', async () => {
  expect((await mockOf()).settings).toEqual(valuesOf());
  const { firstLookDefaultsSet } = await w.pm.ask(defaultsText, {
    product: 'SEARCH',
    // Of what one shop calls things and wants to sell, no other hears.
    input: {
      revision: 0,
      values: valuesOf({ results: 24, accent: '#aa3300', synonyms: [['petra', 'geheim']], boosts: [own] }),
    },
  });
  expect(firstLookDefaultsSet).toMatchObject({ defaults: { revision: 1, values: { results: 24 } }, userErrors: [] });
  expect(await mockOf()).toMatchObject({
    ...{ settings: valuesOf({ results: 24 }), suggestion: null, defaults: { revision: 1 } },
  });
  const synonyms = [['sofa', 'couch']];
  const boosts = [{ field: 'BRAND', value: 'Nordlicht', factor: 5 }];
  const { data } = await suggest(w.member, 0, { results: 8, accent: '#AA3300', layout: 'LIST', synonyms, boosts });
  expect(data.firstLookSuggest).toMatchObject({
    mock: {
      settings: { layout: 'LIST', accent: '#aa3300', results: 8, synonyms, boosts },
      suggestion: { revision: 1, by: { name: 'Of CLIENT_MEMBER' } },
    },
    userErrors: [],
  });
  expect(data.firstLookSuggest.position).toBeGreaterThan(0);
  expect((await mockOf(w.pm)).settings).toMatchObject({ results: 8 });
  expect((await w.found('sofa')).products.map(({ brand }) => brand)).toEqual(['Nordlicht', 'Acme']);
});

test('of two who suggest at once, the second is told what the first suggested', async () => {
  const { data } = await suggest(w.lead, 0, { results: 16 });
  expect(data.firstLookSuggest).toMatchObject({
    userErrors: [{ code: 'CONFLICT', field: 'revision' }],
    mock: { suggestion: { revision: 1, values: { results: 8 } } },
  });
  const both = await Promise.all([suggest(w.lead, 1, { results: 16 }), suggest(w.member, 1, { results: 20 })]);
  expect(both.map((one) => one.data.firstLookSuggest.userErrors.length).sort()).toEqual([0, 1]);
  const first = await Promise.all([
    suggest(w.lead, 0, {}, 'RECOMMENDATIONS'),
    suggest(w.member, 0, {}, 'RECOMMENDATIONS'),
  ]);
  const codes = first.flatMap((one) => one.data.firstLookSuggest.userErrors.map(({ code }) => code));
  expect([...new Set(codes)].every((code) => code === 'CONFLICT' || code === 'SETTINGS_INVALID')).toBe(true);
});

test.each([
  ['results', { results: 3 }],
  ['results', { results: 49 }],
  ['accent', { accent: 'red; background: url(//x)' }],
  ['synonyms', { synonyms: [['one']] }],
  ['synonyms', { synonyms: [Array.from({ length: 11 }, (_, n) => `w${n}`)] }],
  ['synonyms', { synonyms: [['a', 'x'.repeat(61)]] }],
  ['synonyms', { synonyms: [['a', '  ']] }],
  ['synonyms', { synonyms: Array.from({ length: 101 }, () => ['a', 'b']) }],
  ['synonyms', { synonyms: [['a', 'b\0c']] }],
  ['boosts', { boosts: [{ field: 'ID', value: '\0', factor: 2 }] }],
  ['boosts', { boosts: [{ field: 'ID', value: 'x', factor: 11 }] }],
  ['boosts', { boosts: [{ field: 'ID', value: 'x', factor: 0 }] }],
  ['boosts', { boosts: [{ field: 'ID', value: '', factor: 2 }] }],
  ['boosts', { boosts: Array.from({ length: 51 }, () => ({ field: 'ID', value: 'x', factor: 2 })) }],
])('%s beyond its bounds is refused: %j', async (field, more) => {
  const { data } = await suggest(w.lead, 99, more);
  expect(data.firstLookSuggest.userErrors).toMatchObject([{ code: 'SETTINGS_INVALID' }]);
  expect(data.firstLookSuggest.userErrors[0]!.field).toContain(`values.${field}`);
});

test('a product that the project does not bring has no mock', async () => {
  const { products } = w.app.world.project;
  const other = ['SEARCH', 'RECOMMENDATIONS', 'EMAIL', 'REVIEWS'].find((one) => !(products as string[]).includes(one));
  if (other === undefined) return;
  const { data } = await suggest(w.lead, 0, {}, other);
  expect(data.firstLookSuggest.userErrors).toMatchObject([{ code: 'SETTINGS_INVALID', field: 'product' }]);
});

test('who only looks suggests nothing, and clients set no defaults', async () => {
  for (const session of [w.viewer, w.sponsor, w.director]) {
    expect((await suggest(session, 0)).errors[0]?.extensions?.code).toBe('FORBIDDEN');
    expect((await w.look(session)).viewerCan).toEqual({ suggest: false, setDefaults: false });
  }
  for (const session of [w.lead, w.partner, w.director]) {
    const { errors } = await session.gql(defaultsText, {
      product: 'SEARCH',
      input: { revision: 0, values: valuesOf() },
    });
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
  }
  expect((await w.look(w.lead)).viewerCan).toEqual({ suggest: true, setDefaults: false });
  expect((await w.look(w.pm)).viewerCan).toEqual({ suggest: true, setDefaults: true });
});

test('what changed stands in the log, its words in the revision alone', async () => {
  const { db } = w.app.services;
  const [event] = await db
    .select()
    .from(events)
    .where(eq(events.kind, 'firstLook.suggested'))
    .orderBy(desc(events.seq))
    .limit(1);
  expect(event).toMatchObject({
    audience: 'SHARED',
    projectId: w.projectId,
    subjectId: w.projectId,
    facts: { product: expect.any(String), revision: expect.any(Number) },
  });
  expect(JSON.stringify(event!.facts)).not.toContain('couch');
  const [revision] = await db.select().from(revisions).where(eq(revisions.eventId, event!.id));
  expect(revision?.after).toMatchObject({ values: { layout: expect.any(String) } });
  const [set] = await db.select().from(events).where(eq(events.kind, 'firstLook.defaultsSet'));
  expect(set).toMatchObject({ audience: 'INTERNAL', projectId: null });
});

test('others hear of it without loading the page anew', async () => {
  const text =
    'subscription ($id: ID!, $after: Int!) { changes(projectId: $id, after: $after) { __typename ... on Change { kind node { ... on Project { firstLook { mocks { settings { results } } } } } } } }';
  const { project } = await w.lead.ask('query ($id: ID!) { project(id: $id) { position } }', { id: w.projectId });
  const stream = w.lead.subscribe(text, { id: w.projectId, after: project.position });
  const { suggestion } = await mockOf();
  await suggest(w.pm, suggestion.revision, { results: 40 });
  for (;;) {
    const { changes } = (await stream.next()) as {
      changes: { kind?: string; node?: { firstLook: { mocks: { settings: { results: number } }[] } } };
    };
    if (changes.kind !== 'firstLook.suggested') continue;
    expect(changes.node?.firstLook.mocks.map(({ settings }) => settings.results)).toContain(40);
    break;
  }
});

test.each(['CANCELLED', 'CLOSED'] as const)('in a project that is %s nobody suggests any more', async (state) => {
  const { db } = w.app.services;
  const [before] = await db.select().from(projects).where(eq(projects.id, w.projectId));
  await db.update(projects).set({ state }).where(eq(projects.id, w.projectId));
  try {
    const { suggestion } = await mockOf();
    for (const session of [w.lead, w.pm]) {
      expect((await w.look(session)).viewerCan.suggest).toBe(false);
      const { data } = await suggest(session, suggestion.revision, { results: 36 });
      expect(data.firstLookSuggest.userErrors).toMatchObject([{ code: 'PROJECT_OVER' }]);
      const again = await session.ask(retryText, { id: w.projectId });
      expect(again.firstLookRetry.userErrors).toMatchObject([{ code: 'PROJECT_OVER' }]);
    }
    expect((await mockOf()).suggestion).toEqual(suggestion);
  } finally {
    await db.update(projects).set({ state: before!.state }).where(eq(projects.id, w.projectId));
  }
});
