import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personAdd } from '../../server/accounts/commands.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
let client: Session;
let contributor: Session;
beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(app.world.client);
  const input = { email: 'works@company.example', name: 'Works', accountId: null, timeZone: 'UTC', isSample: false };
  contributor = await app.signIn((await personAdd(app.services, null, { ...input, role: 'CONTRIBUTOR' })).value);
});
afterAll(() => app.close());

const key = () => crypto.randomUUID();
const partsOf = `parts { position removedIds stages { id revision rank name } departments { id revision name kind }
  touchpoints { id revision name tasks } flows { id revision itemId } painPoints { id revision text votes hasMyVote } }`;
const outcome = `journey { id revision name archivedAt ${partsOf} } userErrors { code field message }`;

type Part = { id: string; revision: number; name: string };
type Parts = {
  position: number;
  removedIds: string[];
  stages: Part[];
  departments: Part[];
  touchpoints: (Part & { tasks: string[] })[];
  flows: Part[];
  painPoints: (Part & { text: string; votes: number; hasMyVote: boolean })[];
};
type Outcome = {
  journey: { id: string; revision: number; name: string; archivedAt: string | null; parts: Parts };
  userErrors: { code: string; field: string | null; message: string }[];
};

async function create(name: string, copyOfId?: string): Promise<Outcome['journey']> {
  const input = { name, copyOfId, idempotencyKey: key() };
  const text = `mutation ($input: JourneyCreateInput!) { journeyCreate(input: $input) { ${outcome} } }`;
  return (await pm.ask<{ journeyCreate: Outcome }>(text, { input })).journeyCreate.journey;
}

const editText = `mutation ($id: ID!, $input: JourneyEditInput!) { journeyEdit(id: $id, input: $input) { ${outcome} } }`;
async function edit(id: string, input: object, by = pm): Promise<Outcome> {
  const variables = { id, input: { idempotencyKey: key(), ...input } };
  return (await by.ask<{ journeyEdit: Outcome }>(editText, variables)).journeyEdit;
}
const codes = (answer: Outcome) => answer.userErrors.map(({ code, field }) => `${code} ${field}`);

const stage = (name: string, more: object = {}) => ({ id: uuidv7(), revision: 0, rank: 1, name, ...more });
const team = (name: string) => ({ ...stage(name), kind: 'TEAM' });
const touchpoint = (name: string, stageId: string, departmentIds: string[] = []) => ({
  ...stage(name),
  ...{ stageId, departmentIds, channel: 'Mail', tasks: [], tools: [] },
});
const item = (name: string) => ({ ...stage(name), sensitivity: 'INTERNAL', homeIds: [] });

/** A map with one of everything. */
async function drawn(name: string) {
  const { id } = await create(name);
  const [signed, sales, volume] = [stage('Signed'), team('Sales'), item('Order volume')];
  const call = touchpoint('Kick-off call', signed.id, [sales.id]);
  const flow = { id: uuidv7(), revision: 0, rank: 1, touchpointId: call.id, departmentId: sales.id, kind: 'USE' };
  const flows = [{ ...flow, itemId: volume.id, isAutomatic: false, isAskedOfClient: true }];
  const painPoints = [{ id: uuidv7(), revision: 0, rank: 1, touchpointId: call.id, text: 'Asked twice', severity: 2 }];
  const input = { stages: [signed], departments: [sales], items: [volume], touchpoints: [call], flows, painPoints };
  const answer = await edit(id, input);
  expect(answer.userErrors).toEqual([]);
  return { id, signed, sales, call, volume, flow: flows[0]!, pain: painPoints[0]!, parts: answer.journey.parts };
}

describe('drawing on a map', () => {
  it('puts parts that name each other, all at once, and tells what changed since', async () => {
    const map = await drawn('From first call to renewal');
    expect(map.parts.touchpoints).toMatchObject([{ name: 'Kick-off call', revision: 1 }]);
    const next = await edit(map.id, { stages: [{ ...map.signed, revision: 1, name: 'Contract signed' }] });
    expect(next.journey.parts.stages).toMatchObject([{ name: 'Contract signed', revision: 2 }]);
    const ask = `query ($id: ID!, $after: Int!) { journey(id: $id) { ${partsOf.replace('parts', 'parts(after: $after)')} } }`;
    const since = async (after: number) => (await pm.ask(ask, { id: map.id, after })).journey.parts as Parts;
    const { position } = map.parts;
    expect(await since(position)).toMatchObject({ position: position + 1, touchpoints: [], stages: [{ revision: 2 }] });
    expect(await since(position + 1)).toMatchObject({ stages: [], touchpoints: [], removedIds: [] });
  });

  it('takes all of it or nothing, and says where it went wrong', async () => {
    const map = await drawn('All or nothing');
    const bad = [stage('Fine'), stage('   ')];
    expect(codes(await edit(map.id, { stages: bad }))).toEqual(['EMPTY stages.1.name']);
    expect(codes(await edit(map.id, { stages: [stage('x'.repeat(121))] }))).toEqual(['TOO_LONG stages.0.name']);
    const lost = touchpoint('Lost', uuidv7());
    expect(codes(await edit(map.id, { stages: [stage('Fine')], touchpoints: [lost] }))).toEqual([
      'NOT_ON_MAP touchpoints.0',
    ]);
    const cross = { ...touchpoint('Cross', map.sales.id) };
    expect(codes(await edit(map.id, { touchpoints: [cross] }))).toEqual(['NOT_ON_MAP touchpoints.0']);
    const joy = { ...touchpoint('Joy', map.signed.id), experience: 3 };
    expect(codes(await edit(map.id, { touchpoints: [joy] }))).toEqual(['OUT_OF_RANGE touchpoints.0.experience']);
    const many = Array.from({ length: 401 }, () => stage('One of many'));
    expect(codes(await edit(map.id, { stages: many }))).toEqual(['TOO_MANY removals']);
    const names = (await edit(map.id, {})).journey.parts.stages.map(({ name }) => name);
    expect(names).toEqual(['Signed']);
  });

  it('refuses a part that changed since it was seen, with the map as it is now', async () => {
    const map = await drawn('Two people');
    await edit(map.id, { stages: [{ ...map.signed, revision: 1, name: 'First' }] });
    const late = await edit(map.id, { stages: [{ ...map.signed, revision: 1, name: 'Second' }] });
    expect([codes(late), late.journey.parts.stages[0]?.name]).toEqual([['CONFLICT stages.0'], 'First']);
    const again = await edit(map.id, { removals: [{ id: map.signed.id, revision: 1 }] });
    expect(codes(again)).toEqual(['CONFLICT removals.0']);
    const both = { stages: [{ ...map.signed, revision: 2 }], removals: [{ id: map.signed.id, revision: 2 }] };
    expect(codes(await edit(map.id, both))).toEqual(['CONFLICT removals']);
  });

  it('lets two people draw at once: other parts both stand, of one part one does', async () => {
    const map = await drawn('At once');
    const contended = [1, 2, 3, 4].map((n) =>
      edit(map.id, { stages: [{ ...map.signed, revision: 1, name: `Name ${n}` }, stage(`Own ${n}`)] }),
    );
    const done = (await Promise.all(contended)).filter(({ userErrors }) => userErrors.length === 0);
    expect(done.length).toBe(1);
    await Promise.all([1, 2, 3, 4].map((n) => edit(map.id, { stages: [stage(`More ${n}`)] })));
    const { stages } = (await edit(map.id, {})).journey.parts;
    expect(stages.filter(({ name }) => name.startsWith('More')).length).toBe(4);
    expect(stages.filter(({ name }) => name.startsWith('Own')).length).toBe(1);
  });

  it('draws once for one key', async () => {
    const map = await drawn('Once');
    const input = { stages: [stage('Only once')], idempotencyKey: key() };
    await edit(map.id, input);
    const again = await edit(map.id, input);
    expect([again.userErrors, again.journey.parts.stages.length]).toEqual([[], 2]);
  });

  it('keeps a stage in which something stands, and lets it go with that; what went can come back', async () => {
    const map = await drawn('Removing');
    const of = (part: { id: string }) => ({ id: part.id, revision: 1 });
    expect(codes(await edit(map.id, { removals: [of(map.signed)] }))).toEqual(['STILL_NAMED removals.0']);
    expect(codes(await edit(map.id, { removals: [of(map.call), of(map.signed)] }))).toEqual(['STILL_NAMED removals.0']);
    const whole = [of(map.call), of(map.flow), of(map.pain), of(map.signed)];
    const gone = await edit(map.id, { removals: whole });
    expect(gone.userErrors).toEqual([]);
    expect([gone.journey.parts.stages, gone.journey.parts.touchpoints, gone.journey.parts.flows]).toEqual([[], [], []]);
    const lost = await edit(map.id, { touchpoints: [{ ...map.call, revision: 2 }] });
    expect(codes(lost)).toEqual([]);
    const dangling = await edit(map.id, { touchpoints: [touchpoint('New', map.signed.id)] });
    expect(codes(dangling)).toEqual(['NOT_ON_MAP touchpoints.0']);
    const back = await edit(map.id, { stages: [{ ...map.signed, revision: 2 }] });
    expect(back.journey.parts.stages).toMatchObject([{ name: 'Signed', revision: 3 }]);
  });

  it('shares departments, items and systems between maps, and keeps the rest apart', async () => {
    const [one, other] = [await drawn('One map'), await drawn('Another map')];
    const { parts } = (await edit(other.id, {})).journey;
    expect(parts.departments.map(({ id }) => id)).toContain(one.sales.id);
    expect(parts.stages.map(({ id }) => id)).not.toContain(one.signed.id);
    const theirs = { stages: [{ ...one.signed, revision: 1, name: 'Taken' }] };
    expect(codes(await edit(other.id, theirs))).toEqual(['NOT_ON_MAP stages.0.id']);
    expect(codes(await edit(other.id, { touchpoints: [touchpoint('Far', one.signed.id)] }))).toEqual([
      'NOT_ON_MAP touchpoints.0',
    ]);
    expect(codes(await edit(other.id, { removals: [{ id: one.signed.id, revision: 1 }] }))).toEqual([
      'NOT_ON_MAP removals.0',
    ]);
    // A department that maps still name can go; what names it can still be edited, and nothing new can name it.
    const removed = await edit(other.id, { removals: [{ id: one.sales.id, revision: 1 }] });
    expect(removed.userErrors).toEqual([]);
    const call = { ...one.call, revision: 1, name: 'Still here' };
    expect((await edit(one.id, { touchpoints: [call] })).userErrors).toEqual([]);
    const fresh = touchpoint('Fresh', one.signed.id, [one.sales.id]);
    expect(codes(await edit(one.id, { touchpoints: [fresh] }))).toEqual(['NOT_ON_MAP touchpoints.0']);
  });

  it('keeps names in one line, as they were written otherwise', async () => {
    const map = await drawn('Texts');
    const given = { ...touchpoint(' A\r\nB\u202e ', map.signed.id), tasks: [' one ', '  ', 'two'] };
    const { parts } = (await edit(map.id, { touchpoints: [given] })).journey;
    expect(parts.touchpoints.find(({ id }) => id === given.id)).toMatchObject({
      name: 'A B\u202e',
      tasks: ['one', 'two'],
    });
  });
});

describe('a journey', () => {
  it('is begun as a copy, with parts of its own that name each other', async () => {
    const map = await drawn('As it is');
    const copy = await create('As it shall be', map.id);
    expect(copy.parts.touchpoints).toMatchObject([{ name: 'Kick-off call' }]);
    expect(copy.parts.touchpoints[0]?.id).not.toBe(map.call.id);
    const part = copy.parts.stages[0]!;
    const left = await edit(copy.id, { removals: [{ id: part.id, revision: part.revision }] });
    expect(codes(left)).toEqual(['STILL_NAMED removals.0']);
    expect(copy.parts.flows[0]).toMatchObject({ itemId: map.volume.id });
  });

  it('is renamed and put away, and nothing is drawn on it then', async () => {
    const { id } = await create('Old');
    const text = `mutation ($id: ID!, $input: JourneyUpdateInput!) { journeyUpdate(id: $id, input: $input) { ${outcome} } }`;
    const update = async (input: object) =>
      (await pm.ask<{ journeyUpdate: Outcome }>(text, { id, input })).journeyUpdate;
    expect((await update({ revision: 1, name: 'New' })).journey).toMatchObject({ name: 'New', revision: 2 });
    expect(codes(await update({ revision: 1, name: 'Late' }))).toEqual(['CONFLICT null']);
    expect((await update({ revision: 2, isArchived: true })).journey.archivedAt).not.toBeNull();
    expect(codes(await edit(id, { stages: [stage('No')] }))).toEqual(['JOURNEY_ARCHIVED null']);
    expect((await update({ revision: 3, isArchived: false })).journey.archivedAt).toBeNull();
    expect(codes(await edit(id, { stages: [stage('Yes')] }))).toEqual([]);
  });

  it('counts the votes for a pain point, one for each who works on integrations', async () => {
    const map = await drawn('Votes');
    const text = `mutation ($id: ID!, $isOn: Boolean!) { journeyVote(painPointId: $id, isOn: $isOn) { ${outcome} } }`;
    const vote = async (by: Session, isOn: boolean) =>
      (await by.ask<{ journeyVote: Outcome }>(text, { id: map.pain.id, isOn })).journeyVote.journey.parts.painPoints[0];
    expect(await vote(pm, true)).toMatchObject({ votes: 1, hasMyVote: true });
    expect(await vote(pm, true)).toMatchObject({ votes: 1 });
    expect(await vote(contributor, true)).toMatchObject({ votes: 2, hasMyVote: true, revision: 1 });
    expect(await vote(contributor, false)).toMatchObject({ votes: 1, hasMyVote: false });
  });
});

describe('who may', () => {
  it('a contributor reads and does not draw; a client learns of nothing', async () => {
    const map = await drawn('Rights');
    const read = 'query ($id: ID!) { journeys { id } journey(id: $id) { name viewerCan { edit vote } } }';
    expect((await contributor.ask(read, { id: map.id })).journey).toEqual({
      name: 'Rights',
      viewerCan: { edit: false, vote: true },
    });
    expect(await client.ask(read, { id: map.id })).toEqual({ journeys: [], journey: null });
    const variables = (id: string) => ({ id, input: { stages: [stage('Mine')], idempotencyKey: key() } });
    const codeOf = async (by: Session, id: string) =>
      (await by.gql(editText, variables(id))).errors.map(({ extensions }) => extensions?.code);
    expect(await codeOf(contributor, map.id)).toEqual(['FORBIDDEN']);
    expect(await codeOf(client, map.id)).toEqual(['NOT_FOUND']);
    expect(await codeOf(client, uuidv7())).toEqual(['NOT_FOUND']);
    expect(await codeOf(pm, uuidv7())).toEqual(['NOT_FOUND']);
  });
});

describe('what changes live', () => {
  const text = `subscription ($id: ID!, $after: Int) { journeyChanges(journeyId: $id, after: $after) {
    journey { name } parts { position removedIds stages { name } touchpoints { name } } } }`;
  type Message = { journeyChanges: { journey: { name: string }; parts: Parts } };

  it('tells what was missed, then everything as it happens, of this map alone', async () => {
    const map = await drawn('Live');
    const { position } = map.parts;
    await edit(map.id, { stages: [stage('Missed')] });
    const stream = contributor.subscribe<Message>(text, { id: map.id, after: position });
    const first = await stream.next();
    expect(first.journeyChanges.parts).toMatchObject({ stages: [{ name: 'Missed' }], touchpoints: [] });
    await drawn('Elsewhere');
    await edit(map.id, { removals: [{ id: map.flow.id, revision: 1 }], stages: [stage('Now')] });
    let found: Parts | null = null;
    for (let tries = 0; tries < 5 && !found?.stages.length; tries++) found = (await stream.next()).journeyChanges.parts;
    expect(found).toMatchObject({ removedIds: [map.flow.id], stages: [{ name: 'Now' }] });
    await stream.stop();
  });

  it('is nothing that a client could follow', async () => {
    const map = await drawn('Hidden');
    for (const id of [map.id, uuidv7()]) {
      const stream = client.subscribe(text, { id });
      await expect(stream.next(5_000)).rejects.toThrow(/NOT_FOUND/);
      await stream.stop();
    }
  });
});
