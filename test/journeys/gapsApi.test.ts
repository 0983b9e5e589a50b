import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
let client: Session;
let id: string;
let itemId: string;
let sheetId: string;
let slipwayId: string;
beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(app.world.client);
  const { journeyCreate } = await pm.ask(
    'mutation ($input: JourneyCreateInput!) { journeyCreate(input: $input) { journey { id } } }',
    { input: { name: 'Today', idempotencyKey: key() } },
  );
  id = journeyCreate.journey.id;
  [itemId, sheetId, slipwayId] = [uuidv7(), uuidv7(), uuidv7()];
  const [stageId, touchpointId, salesId] = [uuidv7(), uuidv7(), uuidv7()];
  const part = { revision: 0, rank: 1 };
  await edit({
    stages: [{ ...part, id: stageId, name: 'Signed' }],
    departments: [{ ...part, id: salesId, name: 'Sales', kind: 'TEAM' }],
    systems: [
      { ...part, id: sheetId, name: 'Hand-over sheet', kind: 'SHEET' },
      { ...part, id: slipwayId, name: 'Slipway', kind: 'SLIPWAY' },
    ],
    items: [item(0, [sheetId])],
    touchpoints: [
      {
        ...{ ...part, id: touchpointId, name: 'Kick-off', stageId, departmentIds: [salesId] },
        ...{ channel: 'Call', tasks: [], tools: [sheetId] },
      },
    ],
    flows: [
      {
        ...{ ...part, id: uuidv7(), touchpointId, departmentId: salesId, itemId, kind: 'USE' },
        ...{ systemId: sheetId, isAutomatic: false, isAskedOfClient: false },
      },
    ],
  });
});
afterAll(() => app.close());

const key = () => crypto.randomUUID();
const item = (revision: number, homeIds: string[]) => ({
  ...{ id: itemId, revision, rank: 1, name: 'Order volume', sensitivity: 'INTERNAL', homeIds },
});

async function edit(input: object): Promise<void> {
  const text =
    'mutation ($id: ID!, $input: JourneyEditInput!) { journeyEdit(id: $id, input: $input) { userErrors { code } } }';
  const { journeyEdit } = await pm.ask(text, { id, input: { ...input, idempotencyKey: key() } });
  expect(journeyEdit.userErrors).toEqual([]);
}

type Gap = { key: string; kind: string; severity: number; sentence: string; decision: Decided | null };
type Decided = { decision: string | null; revision: number; owner: { name: string } | null; reason: string | null };

const decided = 'decision { decision revision dueOn effect reason sentence owner { name } }';
async function gaps(): Promise<Map<string, Gap>> {
  const text = `query ($id: ID!) { journey(id: $id) { gaps { key kind severity sentence hint itemIds ${decided} } } }`;
  const found = (await pm.ask<{ journey: { gaps: Gap[] } }>(text, { id })).journey.gaps;
  return new Map(found.map((gap) => [gap.kind, gap]));
}

async function figures() {
  const text = 'query ($id: ID!) { journey(id: $id) { centralisation { items homeInSlipway tools } } }';
  return (await pm.ask(text, { id })).journey.centralisation;
}

async function decide(input: object, by = pm) {
  const text = `mutation ($id: ID!, $input: JourneyGapDecideInput!) { journeyGapDecide(id: $id, input: $input) {
    journey { parts { decisions { key decision sentence revision } } } userErrors { code field } } }`;
  return by.gql(text, { id, input });
}
const codeOf = (answer: Awaited<ReturnType<typeof decide>>) =>
  answer.data?.journeyGapDecide?.userErrors.map(({ code }: { code: string }) => code)[0] ??
  answer.errors[0]?.extensions?.code ??
  null;

describe('the gaps of a map', () => {
  it('are told with a sentence that names the things, and how much stands in Slipway', async () => {
    const found = await gaps();
    expect(found.get('HELD_OUTSIDE')).toMatchObject({
      sentence: '“Order volume” is kept in Hand-over sheet, outside Slipway.',
      itemIds: [itemId],
      decision: null,
    });
    expect(found.get('USE_UNPRODUCED')?.sentence).toContain('nobody hands it on');
    expect(await figures()).toEqual({ items: 1, homeInSlipway: 0, tools: 1 });
  });

  it('are planned by somebody of the staff, closed by drawing, and the plan stays to be seen', async () => {
    const gap = (await gaps()).get('HELD_OUTSIDE')!;
    const plan = { key: gap.key, revision: 0, decision: 'PLANNED', dueOn: '2026-06-01', effect: 'No more copies' };
    expect(codeOf(await decide({ ...plan, ownerId: app.world.client.id }))).toBe('NOT_ASSIGNABLE');
    expect(codeOf(await decide(plan))).toBe('NOT_ASSIGNABLE');
    expect(codeOf(await decide({ ...plan, ownerId: app.world.pm.id }))).toBe(null);
    expect((await gaps()).get('HELD_OUTSIDE')?.decision).toMatchObject({
      ...{ decision: 'PLANNED', revision: 1, dueOn: '2026-06-01', effect: 'No more copies' },
      owner: { name: app.world.pm.name },
    });
    expect(codeOf(await decide({ ...plan, ownerId: app.world.pm.id }))).toBe('CONFLICT');
    await edit({ items: [item(1, [slipwayId])] });
    expect([(await gaps()).has('HELD_OUTSIDE'), await figures()]).toEqual([
      false,
      { items: 1, homeInSlipway: 1, tools: 1 },
    ]);
    const text = 'query ($id: ID!) { journey(id: $id) { parts { decisions { key decision sentence } } } }';
    expect((await pm.ask(text, { id })).journey.parts.decisions).toEqual([
      { key: gap.key, decision: 'PLANNED', sentence: gap.sentence },
    ]);
    // It is there again, and so is what was planned.
    await edit({ items: [item(2, [sheetId])] });
    expect((await gaps()).get('HELD_OUTSIDE')?.decision).toMatchObject({ decision: 'PLANNED' });
    expect(codeOf(await decide({ key: gap.key, revision: 1, decision: null }))).toBe(null);
    expect((await gaps()).get('HELD_OUTSIDE')?.decision).toBe(null);
    expect(codeOf(await decide({ key: gap.key, revision: 2, decision: null }))).toBe('CONFLICT');
  });

  it('are left as they are with a reason, and only gaps that are there', async () => {
    const gap = (await gaps()).get('USE_UNPRODUCED')!;
    const accept = { key: gap.key, revision: 0, decision: 'ACCEPTED' };
    expect(codeOf(await decide({ ...accept, reason: '  ' }))).toBe('REASON_MISSING');
    expect(codeOf(await decide({ ...accept, key: 'NO_OWNER:nothing', reason: 'Why' }))).toBe('GAP_GONE');
    expect(codeOf(await decide({ ...accept, reason: 'x'.repeat(2_001) }))).toBe('TOO_LONG');
    expect(codeOf(await decide({ ...accept, reason: 'Said in the call' }))).toBe(null);
    expect((await gaps()).get('USE_UNPRODUCED')?.decision).toMatchObject({ reason: 'Said in the call', owner: null });
  });

  it('are nothing that a client hears of', async () => {
    const gap = (await gaps()).get('NO_OWNER')!;
    expect(codeOf(await decide({ key: gap.key, revision: 0, decision: 'ACCEPTED', reason: 'Mine' }, client))).toBe(
      'NOT_FOUND',
    );
    const read = 'query ($id: ID!) { journey(id: $id) { gaps { sentence } centralisation { items } } }';
    expect(await client.ask(read, { id })).toEqual({ journey: null });
  });
});
