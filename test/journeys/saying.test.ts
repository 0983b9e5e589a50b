import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personAdd } from '../../server/accounts/commands.ts';
import { agreementOf } from '../../server/journeys/said.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';
import { blank, touchpoint } from './drawing.ts';

let app: TestApp;
let pm: Session;
let client: Session;
let director: Session;
let contributor: Session;
let contributorId: string;
let id: string;
const [touchpointId, salesId, supportId] = [uuidv7(), uuidv7(), uuidv7()];
beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(app.world.client);
  const add = async (role: 'CONTRIBUTOR' | 'DIRECTOR') => {
    const input = { email: `${role}@company.example`, name: role, accountId: null, timeZone: 'UTC', isSample: false };
    return (await personAdd(app.services, null, { ...input, role })).value;
  };
  const person = await add('CONTRIBUTOR');
  contributorId = person.id;
  contributor = await app.signIn(person);
  director = await app.signIn(await add('DIRECTOR'));
  id = await begin('Today');
  const stageId = uuidv7();
  const part = { revision: 0, rank: 1 };
  await edit({
    stages: [{ ...part, id: stageId, name: 'Signed' }],
    departments: [
      { ...part, id: salesId, name: 'Sales', kind: 'TEAM' },
      { ...part, id: supportId, name: 'Support', kind: 'TEAM' },
    ],
    touchpoints: [kickOff({ stageId, departmentIds: [salesId] })],
  });
});
afterAll(() => app.close());

const key = () => crypto.randomUUID();
const kickOff = (over: object) => ({
  ...{ id: touchpointId, revision: 0, rank: 1, name: 'Kick-off', channel: 'Call', tasks: [], tools: [] },
  ...over,
});

async function begin(name: string, copyOfId?: string): Promise<string> {
  const text = 'mutation ($input: JourneyCreateInput!) { journeyCreate(input: $input) { journey { id } } }';
  const { journeyCreate } = await pm.ask(text, { input: { name, copyOfId, idempotencyKey: key() } });
  return journeyCreate.journey.id;
}

async function edit(input: object): Promise<void> {
  const text =
    'mutation ($id: ID!, $input: JourneyEditInput!) { journeyEdit(id: $id, input: $input) { userErrors { code field } } }';
  const { journeyEdit } = await pm.ask(text, { id, input: { ...input, idempotencyKey: key() } });
  expect(journeyEdit.userErrors).toEqual([]);
}

type Comment = {
  id: string;
  revision: number;
  aboutId: string | null;
  text: string;
  author: { name: string };
  editedAt: string | null;
  resolvedBy: { name: string } | null;
};
type Seen = {
  drawnAt: string;
  agreement: { isAgreed: boolean; departments: { departmentId: string; signature: string }[] };
  parts: {
    position: number;
    removedIds: string[];
    touchpoints: { id: string; revision: number; stageId: string }[];
    comments: Comment[];
    representatives: { departmentId: string; person: { name: string }; signedAt: string | null }[];
  };
};
async function seen(after = 0, of = id): Promise<Seen> {
  const text = `query ($id: ID!, $after: Int!) { journey(id: $id) { drawnAt
    agreement { isAgreed departments { departmentId signature } }
    parts(after: $after) { position removedIds touchpoints { id revision stageId }
      comments { id revision aboutId text author { name } editedAt resolvedBy { name } }
      representatives { departmentId person { name } signedAt } } } }`;
  return (await pm.ask<{ journey: Seen }>(text, { id: of, after })).journey;
}

/** Errors of the answer, whichever kind they are of. */
async function act(who: Session, field: string, args: string, variables: Record<string, unknown>): Promise<string[]> {
  const names = [...args.matchAll(/(\w+): \$\w+: ([\w!]+)/g)].map(([, name, type]) => ({ name, type }));
  const declared = names.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const given = names.map(({ name }) => `${name}: $${name}`).join(', ');
  const answer = await who.gql(`mutation (${declared}) { ${field}(${given}) { userErrors { code } } }`, variables);
  const codes = answer.data?.[field]?.userErrors.map(({ code }: { code: string }) => code) ?? [];
  return [...codes, ...(answer.errors ?? []).map(({ extensions }) => String(extensions?.code))];
}
const comment = (who: Session, text: string, aboutId: string | null = null, idempotencyKey = key()) =>
  act(who, 'journeyComment', 'id: $id: ID!, input: $input: JourneyCommentInput!', {
    id,
    input: { text, aboutId, idempotencyKey },
  });
const change = (who: Session, commentId: string, input: object) =>
  act(who, 'journeyCommentUpdate', 'commentId: $commentId: ID!, input: $input: JourneyCommentUpdateInput!', {
    commentId,
    input,
  });
const represent = (who: Session, departmentId: string, personId: string | null) =>
  act(who, 'journeyRepresent', 'id: $id: ID!, input: $input: JourneyRepresentInput!', {
    id,
    input: { departmentId, personId },
  });
const sign = (who: Session, departmentId: string, isOn = true) =>
  act(who, 'journeySign', 'id: $id: ID!, departmentId: $departmentId: ID!, isOn: $isOn: Boolean!', {
    ...{ id, departmentId, isOn },
  });

describe('comments', () => {
  it('are said of the map and of a part, live, once for a key', async () => {
    const { position } = (await seen()).parts;
    const same = key();
    expect(await comment(contributor, '  Who calls whom?  ', touchpointId, same)).toEqual([]);
    expect(await comment(contributor, '  Who calls whom?  ', touchpointId, same)).toEqual([]);
    expect(await comment(pm, 'All in all: good.')).toEqual([]);
    const { comments, touchpoints } = (await seen(position)).parts;
    expect(comments.map(({ aboutId, text, author }) => [aboutId, text, author.name])).toEqual([
      [touchpointId, 'Who calls whom?', 'CONTRIBUTOR'],
      [null, 'All in all: good.', app.world.pm.name],
    ]);
    expect(touchpoints, 'nothing was drawn').toEqual([]);
  });

  it('are told to whoever watches the map', async () => {
    const { position } = (await seen()).parts;
    const text = `subscription ($id: ID!, $after: Int) { journeyChanges(journeyId: $id, after: $after) {
      parts { comments { text } representatives { departmentId } } } }`;
    const stream = pm.subscribe(text, { id, after: position });
    await stream.next();
    await comment(contributor, 'Said while you look.');
    const told = (await stream.next()) as { journeyChanges: { parts: { comments: object[] } } };
    expect(told.journeyChanges.parts.comments).toEqual([{ text: 'Said while you look.' }]);
    await stream.stop();
  });

  it('are changed and taken away by their author alone, and settled by whoever comments', async () => {
    const find = async () => (await seen()).parts.comments.find(({ aboutId }) => aboutId === touchpointId)!;
    const one = await find();
    expect(await change(pm, one.id, { text: 'Mine now', revision: one.revision })).toEqual(['FORBIDDEN']);
    expect(await change(pm, one.id, { isRemoved: true })).toEqual(['FORBIDDEN']);
    expect(await change(contributor, one.id, { text: 'Later', revision: one.revision - 1 })).toEqual(['CONFLICT']);
    expect(await change(contributor, one.id, { text: 'Who calls first?', revision: one.revision })).toEqual([]);
    expect(await change(pm, one.id, { isResolved: true })).toEqual([]);
    expect(await find()).toMatchObject({
      ...{ text: 'Who calls first?', editedAt: expect.any(String), resolvedBy: { name: app.world.pm.name } },
    });
    expect(await change(pm, one.id, { isResolved: false })).toEqual([]);
    expect((await find()).resolvedBy).toBeNull();
    const { position } = (await seen()).parts;
    expect(await change(contributor, one.id, { isRemoved: true })).toEqual([]);
    expect((await seen(position)).parts.removedIds).toEqual([one.id]);
    expect(await change(pm, one.id, { isResolved: true }), 'gone for all but its author').toEqual(['NOT_FOUND']);
    expect(await change(contributor, one.id, { isRemoved: false })).toEqual([]);
    expect((await find()).text).toBe('Who calls first?');
  });

  it('are refused where they say nothing, too much, or something of what is not there', async () => {
    const [said] = (await seen()).parts.comments;
    expect(await comment(pm, ' \u0000 ')).toEqual(['EMPTY']);
    expect(await comment(pm, 'x'.repeat(2_001))).toEqual(['TOO_LONG']);
    const elsewhere = await begin('Another');
    const stageId = uuidv7();
    const text =
      'mutation ($id: ID!, $input: JourneyEditInput!) { journeyEdit(id: $id, input: $input) { userErrors { code } } }';
    const stages = [{ id: stageId, revision: 0, rank: 1, name: 'There' }];
    await pm.ask(text, { id: elsewhere, input: { stages, idempotencyKey: key() } });
    for (const aboutId of [stageId, said!.id, uuidv7(), 'x'])
      expect(await comment(pm, 'Hm', aboutId)).toEqual(['NOT_ON_MAP']);
  });

  it('do not go by drawing, by a copy or with a file', async () => {
    const [said] = (await seen()).parts.comments;
    const text =
      'mutation ($id: ID!, $input: JourneyEditInput!) { journeyEdit(id: $id, input: $input) { userErrors { code } } }';
    const removals = [{ id: said!.id, revision: said!.revision }];
    const { journeyEdit } = await pm.ask(text, { id, input: { removals, idempotencyKey: key() } });
    expect(journeyEdit.userErrors).toEqual([{ code: 'NOT_ON_MAP' }]);
    const copy = await seen(0, await begin('A copy', id));
    expect([copy.parts.comments, copy.parts.representatives, copy.parts.touchpoints.length]).toEqual([[], [], 1]);
    const file = await (await pm.fetch(`/exports/journeys/${id}.json`)).text();
    expect(file).toContain('Kick-off');
    expect(file).not.toContain('All in all');
  });

  it('are of those who work here', async () => {
    const [said] = (await seen()).parts.comments;
    expect(await comment(client, 'Hello')).toEqual(['NOT_FOUND']);
    expect(await change(client, said!.id, { isResolved: true })).toEqual(['NOT_FOUND']);
    expect(await comment(director, 'Hello')).toEqual(['FORBIDDEN']);
  });
});

describe('the agreement', () => {
  it('stands when each team that takes part has signed, and falls with what is drawn next', async () => {
    const state = async () => {
      const { isAgreed, departments } = (await seen()).agreement;
      return [isAgreed, ...departments.map(({ departmentId, signature }) => [departmentId, signature])];
    };
    expect(await state()).toEqual([false, [salesId, 'NOBODY']]);
    expect(await represent(pm, salesId, contributorId)).toEqual([]);
    expect(await state()).toEqual([false, [salesId, 'UNSIGNED']]);
    expect(await sign(pm, salesId), 'for somebody else').toEqual(['FORBIDDEN']);
    expect(await sign(contributor, salesId)).toEqual([]);
    expect(await state()).toEqual([true, [salesId, 'SIGNED']]);

    await comment(pm, 'Well done.');
    expect((await state())[0], 'a comment changes nothing of what was signed').toBe(true);
    app.clock.advance(60_000);
    const { stageId, revision } = (await seen()).parts.touchpoints[0]!;
    await edit({ touchpoints: [kickOff({ stageId, revision, departmentIds: [salesId, supportId] })] });
    expect(await state()).toEqual([false, [salesId, 'OUTDATED'], [supportId, 'NOBODY']]);

    expect(await represent(pm, supportId, app.world.pm.id)).toEqual([]);
    expect([await sign(pm, supportId), await sign(contributor, salesId)]).toEqual([[], []]);
    expect((await state())[0]).toBe(true);
    expect(await sign(pm, supportId, false)).toEqual([]);
    expect(await state()).toEqual([false, [salesId, 'SIGNED'], [supportId, 'UNSIGNED']]);
  });

  it('asks anew when somebody else speaks for a department, or nobody', async () => {
    const speaking = async () =>
      (await seen()).parts.representatives.map(({ person, signedAt }) => [person.name, signedAt !== null]);
    expect(await represent(pm, salesId, app.world.pm.id)).toEqual([]);
    expect(await speaking()).toContainEqual([app.world.pm.name, false]);
    expect(await sign(contributor, salesId), 'who spoke for it before').toEqual(['FORBIDDEN']);
    const { position } = (await seen()).parts;
    expect(await represent(pm, salesId, null)).toEqual([]);
    expect((await seen(position)).parts.removedIds).toHaveLength(1);
    expect(await sign(pm, salesId)).toEqual(['FORBIDDEN']);
  });

  it('is of those who may', async () => {
    const { client: shop, pm: one } = app.world;
    expect(await represent(contributor, salesId, contributorId)).toEqual(['FORBIDDEN']);
    expect(await represent(client, salesId, shop.id)).toEqual(['NOT_FOUND']);
    expect(await represent(pm, salesId, shop.id)).toEqual(['NOT_ASSIGNABLE']);
    expect(await represent(pm, touchpointId, one.id)).toEqual(['NOT_ON_MAP']);
    expect(await sign(client, salesId)).toEqual(['NOT_FOUND']);
    expect(await sign(director, salesId)).toEqual(['FORBIDDEN']);
    expect(await sign(pm, uuidv7())).toEqual(['NOT_ON_MAP']);
  });

  it.each([
    ['no team takes part', [], [], null, false, []],
    ['one signed before the change', ['sales'], [['sales', 1]], 2, false, ['OUTDATED']],
    ['one signed with the change', ['sales'], [['sales', 2]], 2, true, ['SIGNED']],
    [
      'one of two has not',
      ['sales', 'support'],
      [
        ['sales', 3],
        ['support', null],
      ],
      2,
      false,
      ['SIGNED', 'UNSIGNED'],
    ],
    ['the client and an agency are not asked', ['client', 'agency', 'support'], [['support', 3]], 2, true, ['SIGNED']],
    ['who speaks for one that takes no part', ['sales'], [['finance', 3]], 2, false, ['NOBODY']],
  ] as const)('%s', (_case, taking, said, drawn, isAgreed, signatures) => {
    const at = (day: number | null) => (day === null ? null : `2026-03-0${day}T10:00:00.000Z`);
    const map = { ...blank, touchpoints: [touchpoint('t', 'buy', { departmentIds: [...taking] })] };
    const representatives = said.map(([departmentId, day]) => ({ departmentId, signedAt: at(day) }));
    const found = agreementOf(map, representatives, at(drawn));
    expect([found.isAgreed, found.departments.map(({ signature }) => signature)]).toEqual([isAgreed, signatures]);
  });
});
