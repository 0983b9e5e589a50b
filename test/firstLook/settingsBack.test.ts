import { desc, eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events, revisions } from '../../drizzle/schema/index.ts';
import { plainSettings } from '../../server/firstLook/settings.ts';
import type { Session } from '../support/session.ts';
import { type FirstLookWorld, startFirstLookWorld } from './firstLookWorld.ts';

let w: FirstLookWorld;
beforeAll(async () => {
  w = await startFirstLookWorld();
  await w.feed([{ title: 'Grey sofa' }, { title: 'Grey couch' }]);
}, 60_000);
afterAll(() => w.close());

const suggestText = `mutation ($id: ID!, $input: FirstLookSuggestInput!) { firstLookSuggest(id: $id, input: $input) {
  mock { settings { results } suggestion { revision } } userErrors { code field } } }`;
const defaultsText = `mutation ($product: Product!, $input: FirstLookDefaultsSetInput!) {
  firstLookDefaultsSet(product: $product, input: $input) { defaults { revision values { results } } userErrors { code } } }`;
const valuesOf = (results: number) => ({ ...plainSettings, results });
const suggest = async (session: Session, revision: number, values: object | null | undefined) =>
  (await session.ask(suggestText, { id: w.projectId, input: { product: 'SEARCH', revision, values } }))
    .firstLookSuggest;
const setDefaults = async (revision: number, values: object | null) =>
  (await w.pm.ask(defaultsText, { product: 'SEARCH', input: { revision, values } })).firstLookDefaultsSet;
const mockOf = async () =>
  (await w.look(w.lead)).mocks.find(({ product }: { product: string }) => product === 'SEARCH');
const conflict = [{ code: 'CONFLICT', field: 'revision' }];

test('a suggestion is taken back, and the mock is as the company begins it; so are the defaults, and it begins plain', async () => {
  expect(await setDefaults(0, valuesOf(24))).toMatchObject({ defaults: { revision: 1 }, userErrors: [] });
  await suggest(w.member, 0, { ...valuesOf(8), synonyms: [['sofa', 'couch']] });
  expect((await w.found('sofa')).total).toBe(2);
  expect(await suggest(w.lead, 1, null)).toEqual({
    mock: { settings: { results: 24 }, suggestion: null },
    userErrors: [],
  });
  expect((await w.found('sofa')).total).toBe(1);
  expect(await setDefaults(1, null)).toEqual({ defaults: null, userErrors: [] });
  expect(await mockOf()).toMatchObject({ settings: plainSettings, suggestion: null, defaults: null });
});

test('whoever saw a suggestion that was taken back, and made again by somebody else, is told of that', async () => {
  const made = await suggest(w.member, 0, valuesOf(10));
  const { revision } = made.mock.suggestion;
  await suggest(w.lead, revision, null);
  expect(await suggest(w.member, revision, valuesOf(12))).toMatchObject({
    mock: { suggestion: null },
    userErrors: conflict,
  });
  const again = await suggest(w.lead, 0, valuesOf(16));
  expect(again.mock.suggestion.revision).toBeGreaterThan(revision);
  expect(await suggest(w.member, revision, null)).toMatchObject({ mock: { settings: { results: 16 } } });
  expect((await suggest(w.member, 0, null)).userErrors).toEqual(conflict);
  expect((await suggest(w.member, again.mock.suggestion.revision, null)).userErrors).toEqual([]);
});

test('settings that were left out take nothing back', async () => {
  await suggest(w.lead, 0, valuesOf(20));
  const { suggestion } = await mockOf();
  expect((await suggest(w.lead, suggestion.revision, undefined)).userErrors).toEqual([
    { code: 'SETTINGS_INVALID', field: 'values' },
  ]);
  expect((await mockOf()).settings.results).toBe(20);
  await suggest(w.lead, suggestion.revision, null);
});

test('what was taken back stands in the log with what it was; to take back nothing is no event', async () => {
  const { db } = w.app.services;
  const all = () =>
    db
      .select()
      .from(events)
      .where(inArray(events.kind, ['firstLook.suggested', 'firstLook.defaultsSet']))
      .orderBy(desc(events.seq));
  const [event, ...before] = await all();
  expect(event).toMatchObject({ kind: 'firstLook.suggested', audience: 'SHARED', facts: { product: 'SEARCH' } });
  const [revision] = await db.select().from(revisions).where(eq(revisions.eventId, event!.id));
  expect(revision).toMatchObject({ before: { values: { results: 20 } }, after: null });
  expect((await suggest(w.lead, 0, null)).userErrors).toEqual([]);
  expect((await setDefaults(0, null)).userErrors).toEqual([]);
  expect(await all()).toHaveLength(before.length + 1);
});

test('who may not suggest takes nothing back', async () => {
  for (const session of [w.viewer, w.sponsor]) {
    const { errors } = await session.gql(suggestText, {
      id: w.projectId,
      input: { product: 'SEARCH', revision: 0, values: null },
    });
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
  }
  const { errors } = await w.lead.gql(defaultsText, { product: 'SEARCH', input: { revision: 0, values: null } });
  expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
});
