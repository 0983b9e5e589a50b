import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Part } from '../../server/journeys/parts.ts';
import { daysBack, type PastEdit } from '../../server/journeys/past.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { randomOf } from '../support/random.ts';
import type { Session } from '../support/session.ts';

const stage = (id: string, name: string): Part => ({ id, kind: 'STAGE', rank: 1, revision: 0, body: { name } }) as Part;
const department = (id: string, name: string): Part =>
  ({ id, kind: 'DEPARTMENT', rank: 1, revision: 0, body: { name, kind: 'TEAM' } }) as Part;
const words = (...parts: Part[]) =>
  Object.fromEntries(parts.map(({ id, kind, rank, body }) => [id, { part: kind, rank, isRemoved: false, ...body }]));
const named = (parts: ReadonlyMap<string, Part>) =>
  [...parts.values()].map(({ body }) => ('name' in body ? body.name : '')).sort();

describe('a map as it was', () => {
  it('is what is there, with what came later taken back: new parts go, changed ones have their words, removed ones are there', () => {
    const edits: PastEdit[] = [
      { journeyId: 'this', on: '2026-03-12', before: words(stage('a', 'Buy')), after: words(stage('a', 'Sign')) },
      { journeyId: 'this', on: '2026-03-12', before: null, after: words(stage('b', 'Live')) },
      {
        journeyId: 'other',
        on: '2026-03-11',
        before: words(department('d', 'Sales'), stage('x', 'There')),
        after: null,
      },
      { journeyId: 'other', on: '2026-03-11', before: null, after: words(stage('y', 'There too')) },
      { journeyId: 'this', on: '2026-03-10', before: words(stage('c', 'Try')), after: {} },
      { journeyId: 'this', on: '2026-03-09', before: {}, after: words(stage('a', 'Buy'), stage('c', 'Try')) },
    ];
    const now = [stage('a', 'Sign'), stage('b', 'Live')];
    const found = [...daysBack('this', now, edits, '2026-03-08')].map(({ on, parts }) => [on, ...named(parts)]);
    expect(found).toEqual([
      ['2026-03-12', 'Live', 'Sign'],
      // What is another map's own is none of this one's; its departments are everybody's.
      ['2026-03-11', 'Buy'],
      ['2026-03-10', 'Buy', 'Sales'],
      ['2026-03-09', 'Buy', 'Sales', 'Try'],
      ['2026-03-08', 'Sales'],
    ]);
  });

  it('tells nothing from before what is known', () => {
    const edits: PastEdit[] = [{ journeyId: 'this', on: '2026-03-12', before: {}, after: words(stage('b', 'Live')) }];
    expect([...daysBack('this', [stage('b', 'Live')], edits, null)].map(({ on }) => on)).toEqual(['2026-03-12']);
    expect([...daysBack('this', [], [], null)]).toEqual([]);
    expect([...daysBack('this', [], [], '2026-03-01')].map(({ on }) => on)).toEqual(['2026-03-01']);
  });

  test.each([1, 2, 3, 4, 5])('after any 200 random edits every day is what it was then (seed %i)', (seed) => {
    const random = randomOf(seed);
    const parts = new Map<string, Part>();
    const edits: PastEdit[] = [];
    const wasOn = new Map<string, string>();
    for (let at = 0; at < 200; at += 1) {
      const on = `2026-0${1 + Math.floor(at / 60)}-${String(1 + (Math.floor(at / 3) % 20)).padStart(2, '0')}`;
      const ids = [...new Set(Array.from({ length: 1 + random.below(3) }, () => `p${random.below(12)}`))];
      const before = words(...ids.flatMap((id) => parts.get(id) ?? []));
      const isRemoval = random.chance(0.3);
      const next = isRemoval ? [] : ids.map((id) => (id < 'p6' ? stage(id, `n${at}`) : department(id, `n${at}`)));
      for (const id of ids) parts.delete(id);
      for (const part of next) parts.set(part.id, part);
      edits.unshift({ journeyId: 'this', on, before, after: words(...next) });
      wasOn.set(on, JSON.stringify([...parts.values()].map(({ id, body }) => [id, body]).sort()));
    }
    const found = [...daysBack('this', parts.values(), edits, null)];
    expect(found.map(({ on }) => on)).toEqual([...wasOn.keys()].reverse());
    for (const { on, parts: then } of found) {
      expect([on, JSON.stringify([...then.values()].map(({ id, body }) => [id, body]).sort())]).toEqual([
        on,
        wasOn.get(on),
      ]);
    }
  });
});

describe('the history of a map', () => {
  let app: TestApp;
  let pm: Session;
  let client: Session;
  beforeAll(async () => {
    app = await startTestApp();
    pm = await app.signIn(app.world.pm);
    client = await app.signIn(app.world.client);
  });
  afterAll(() => app.close());

  const begin = async (name: string, copyOfId?: string): Promise<string> => {
    const text = 'mutation ($input: JourneyCreateInput!) { journeyCreate(input: $input) { journey { id } } }';
    const { journeyCreate } = await pm.ask(text, { input: { name, copyOfId, idempotencyKey: crypto.randomUUID() } });
    return journeyCreate.journey.id;
  };
  const edit = async (id: string, input: object): Promise<void> => {
    const text =
      'mutation ($id: ID!, $input: JourneyEditInput!) { journeyEdit(id: $id, input: $input) { userErrors { code } } }';
    const { journeyEdit } = await pm.ask(text, { id, input: { ...input, idempotencyKey: crypto.randomUUID() } });
    expect(journeyEdit.userErrors).toEqual([]);
  };
  const asked = `query ($id: ID!, $on: Date!) { journey(id: $id) {
    history { on touchpoints items homeInSlipway tools }
    partsOn(on: $on) { stages { name revision } touchpoints { name } items { name homeIds } comments { id } } } }`;

  it('tells how much was at home in Slipway day by day, and gives each day back', async () => {
    const first = app.clock.now().toISOString().slice(0, 10);
    const id = await begin('Today');
    const [stageId, touchpointId, itemId, sheetId, slipwayId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7(), uuidv7()];
    const [salesId, part] = [uuidv7(), { revision: 0, rank: 1 }];
    const item = (revision: number, homeId: string) => ({
      ...{ id: itemId, revision, rank: 1, name: 'Volume', sensitivity: 'INTERNAL', homeIds: [homeId] },
    });
    await edit(id, {
      stages: [{ ...part, id: stageId, name: 'Signed' }],
      departments: [{ ...part, id: salesId, name: 'Sales', kind: 'TEAM' }],
      systems: [
        { ...part, id: sheetId, name: 'Sheet', kind: 'SHEET' },
        { ...part, id: slipwayId, name: 'Slipway', kind: 'SLIPWAY' },
      ],
      items: [item(0, sheetId)],
      touchpoints: [
        {
          ...{ ...part, id: touchpointId, name: 'Kick-off', stageId, departmentIds: [salesId] },
          ...{ channel: 'Call', tasks: [], tools: [sheetId] },
        },
      ],
      flows: [
        {
          ...{ ...part, id: uuidv7(), touchpointId, departmentId: salesId, itemId, kind: 'USE' },
          ...{ systemId: null, isAutomatic: false, isAskedOfClient: false },
        },
      ],
    });
    app.clock.advance(2 * 86_400_000);
    const other = await begin('Another');
    await edit(other, { items: [item(1, slipwayId)], stages: [{ ...part, id: uuidv7(), name: 'Elsewhere' }] });
    await edit(id, { stages: [{ id: stageId, revision: 1, rank: 1, name: 'Won' }] });
    const last = app.clock.now().toISOString().slice(0, 10);

    const { journey } = await pm.ask(asked, { id, on: first });
    expect(journey.history).toEqual([
      { on: last, touchpoints: 1, items: 1, homeInSlipway: 1, tools: 1 },
      { on: first, touchpoints: 1, items: 1, homeInSlipway: 0, tools: 1 },
    ]);
    const { items, ...own } = journey.partsOn;
    const there = { stages: [{ name: 'Signed', revision: 0 }], touchpoints: [{ name: 'Kick-off' }], comments: [] };
    expect(own).toEqual(there);
    // What the company has beside stands on every map.
    expect(items).toContainEqual({ name: 'Volume', homeIds: [sheetId] });
    const partsOn = async (on: string) => (await pm.ask(asked, { id, on })).journey.partsOn;
    expect((await partsOn(last)).stages).toEqual([{ name: 'Won', revision: 0 }]);
    expect((await partsOn('2999-01-01')).stages).toEqual([{ name: 'Won', revision: 0 }]);
    expect(await partsOn('2020-01-01'), 'before it was begun').toBeNull();

    const copy = (await pm.ask(asked, { id: await begin('A copy', id), on: last })).journey;
    expect(copy.history, 'a copy begins with what was copied').toEqual([{ ...journey.history[0], on: last }]);
    expect((await client.ask(asked, { id, on: last })).journey).toBeNull();
  });
});
