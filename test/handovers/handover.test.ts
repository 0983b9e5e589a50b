import { and, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { events, guestSessions, handovers, people, tasks } from '../../drizzle/schema/index.ts';
import { type InputsWorld, startInputsWorld } from '../submissions/inputsWorld.ts';
import { eventually } from '../support/eventually.ts';
import { mailTo } from '../support/mails.ts';
import { Guest, guestOn, hand, linkTo, takeTaskBack } from './guests.ts';

let world: InputsWorld;
let count = 0;
beforeAll(async () => {
  world = await startInputsWorld();
});
afterAll(() => world.close());

let taskId: string;
let email: string;
beforeEach(async () => {
  count += 1;
  email = `dev${count}@agency.example`;
  taskId = (await world.task({ type: 'WORK', state: 'READY', title: `Snippet ${count}` })).id;
});

const dayMs = 86_400_000;
const rowOf = async (id: string) =>
  (await world.app.services.db.select().from(handovers).where(eq(handovers.id, id)))[0]!;
const kindsOf = async (id: string) =>
  (
    await world.app.services.db
      .select({ kind: events.kind, facts: events.facts })
      .from(events)
      .where(eq(events.taskId, id))
      .orderBy(events.seq)
  ).filter(({ kind }) => kind.startsWith('handover.'));
const codes = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map(({ code }) => code);

describe('handing a task over', () => {
  test('mails a link to the address, and tells the account and staff who has it until when', async () => {
    const made = await hand(world.member, taskId, {
      email: ` ${email.toUpperCase()} `,
      message: 'Our <b>DNS</b>, please',
    });
    expect(made).toMatchObject({
      userErrors: [],
      position: expect.any(Number),
      task: { handover: { state: 'SENT', email, openedAt: null, by: { name: 'Of CLIENT_MEMBER' }, guest: null } },
    });
    const days = (Date.parse(made.task.handover.expiresAt) - world.app.clock.now().getTime()) / dayMs;
    expect(days).toBeGreaterThan(14);
    expect(days).toBeLessThanOrEqual(15);
    const mail = await mailTo(world.app, email);
    expect(mail.subject).toBe(`Of CLIENT_MEMBER hands you a task: Snippet ${count}`);
    expect(mail.text).toContain('Our <b>DNS</b>, please');
    // Once as it was said, in the plain text, and once escaped.
    expect(mail.raw.split('<b>DNS')).toHaveLength(2);
    expect(mail.raw).toContain('&lt;b&gt;DNS');
    const asked = 'query ($id: ID!) { task(id: $id) { handover { email } viewerCan { handOver takeBack } } }';
    for (const [session, wanted] of [
      [world.pm, { handover: { email }, viewerCan: { handOver: true, takeBack: true } }],
      [world.lead, { handover: { email }, viewerCan: { handOver: true, takeBack: true } }],
      [world.viewer, { handover: { email }, viewerCan: { handOver: false, takeBack: false } }],
      [world.partner, { handover: null, viewerCan: { handOver: false, takeBack: false } }],
    ] as const) {
      expect((await session.ask(asked, { id: taskId })).task).toEqual(wanted);
    }
    expect((await world.stranger.ask(asked, { id: taskId })).task).toBe(null);
    expect(await kindsOf(taskId)).toEqual([{ kind: 'handover.made', facts: { until: expect.any(String) } }]);
  });

  test('is refused for what is no address, a colleague, a day out of reach, and for who has it already', async () => {
    expect(codes(await hand(world.member, taskId, { email: 'nobody' }))).toEqual(['INVALID_EMAIL']);
    expect(codes(await hand(world.member, taskId, { email: 'client_lead@inputs.example' }))).toEqual(['ALREADY_HERE']);
    expect(codes(await hand(world.member, taskId, { email: 'partner@inputs.example' }))).toEqual(['ALREADY_HERE']);
    expect(codes(await hand(world.member, taskId, { email, until: '2019-01-01' }))).toEqual(['OUT_OF_RANGE']);
    expect(codes(await hand(world.member, taskId, { email, until: '2999-01-01' }))).toEqual(['OUT_OF_RANGE']);
    expect(codes(await hand(world.member, taskId, { email, message: 'x'.repeat(2_001) }))).toEqual(['TOO_LONG']);
    expect(codes(await hand(world.member, taskId, { email }))).toEqual([]);
    expect(codes(await hand(world.member, taskId, { email: 'other@agency.example' }))).toEqual(['HANDED_ALREADY']);
  });

  test('an address that is somebody’s elsewhere, or of staff, is answered as any other', async () => {
    const { otherClient, pm } = world.app.world;
    expect(codes(await hand(world.member, taskId, { email: otherClient.email }))).toEqual([]);
    await takeTaskBack(world.member, taskId);
    expect(codes(await hand(world.member, taskId, { email: pm.email }))).toEqual([]);
  });

  test('the same key hands it over once', async () => {
    const idempotencyKey = uuidv7();
    await hand(world.member, taskId, { email, idempotencyKey });
    const again = await hand(world.member, taskId, { email, idempotencyKey });
    expect([codes(again), again.task.handover.email]).toEqual([[], email]);
    const rows = await world.app.services.db.select().from(handovers).where(eq(handovers.taskId, taskId));
    expect(rows).toHaveLength(1);
  });

  test('what only people of the account hand in is not handed over', async () => {
    const field = { key: 'token', label: 'Token', isSecret: true };
    const credentials = { key: 'access', label: 'Access', spec: { kind: 'CREDENTIALS', fields: [field] } };
    const task = await world.task({ type: 'CREDENTIALS', state: 'READY' }, credentials);
    expect(codes(await hand(world.member, task.id, { email }))).toEqual(['NOT_HANDABLE']);
    const done = await world.task({ type: 'WORK', state: 'DONE' });
    expect(codes(await hand(world.member, done.id, { email }))).toEqual(['NOT_HANDABLE']);
  });

  test.each(['viewer', 'sponsor', 'partner', 'director'] as const)('%s may not', async (who) => {
    const text =
      'mutation ($id: ID!, $input: TaskHandOverInput!) { taskHandOver(id: $id, input: $input) { position } }';
    const input = { email, idempotencyKey: uuidv7() };
    const { errors } = await world[who].gql(text, { id: taskId, input });
    expect(errors.map((error) => error.extensions?.code)).toEqual(['FORBIDDEN']);
  });

  test('mails to one address are counted', async () => {
    for (let n = 0; n < 5; n += 1) {
      expect(codes(await hand(world.lead, taskId, { email }))).toEqual([]);
      await takeTaskBack(world.lead, taskId);
    }
    expect(codes(await hand(world.lead, taskId, { email }))).toEqual(['TOO_OFTEN']);
  });
});

describe('the link', () => {
  test('looking uses nothing up and says nothing; the right address opens it, once', async () => {
    await hand(world.member, taskId, { email });
    const link = await linkTo(world.app, email);
    const guest = new Guest(world.app);
    expect((await guest.session.fetch(`/guest/${link.id}?token=${link.token}`)).status).toBe(200);
    for (let n = 0; n < 3; n += 1) {
      expect(await guest.look(link)).toEqual({ status: 200, body: { isUsed: false, asksName: true } });
    }
    expect((await guest.page(link.id)).status).toBe(401);
    expect((await guest.open(link, { email, name: ' ' })).body.code).toBe('NAME_MISSING');
    expect((await guest.open(link, { email: email.toUpperCase(), name: 'Dana\u202e Dev\n' })).status).toBe(200);
    expect((await guest.page(link.id)).body).toMatchObject({
      me: 'Dana Dev (guest)',
      task: { title: `Snippet ${count}` },
    });
    const other = new Guest(world.app);
    expect((await other.open(link, { email })).body.code).toBe('HANDOVER_USED');
    expect((await other.page(link.id)).status).toBe(401);
    expect((await kindsOf(taskId)).map(({ kind }) => kind)).toEqual(['handover.made', 'handover.opened']);
  });

  test('two openings at once make one session', async () => {
    await hand(world.member, taskId, { email });
    const link = await linkTo(world.app, email);
    const answers = await Promise.all([1, 2, 3].map(() => new Guest(world.app).open(link, { email })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    const rows = await world.app.services.db.select().from(guestSessions).where(eq(guestSessions.handoverId, link.id));
    expect(rows).toHaveLength(1);
  });

  test('passed on to another address it opens nothing, and five wrong ones end it', async () => {
    await hand(world.member, taskId, { email });
    const link = await linkTo(world.app, email);
    const guest = new Guest(world.app);
    const tries: unknown[] = [];
    for (let n = 0; n < 5; n += 1) tries.push((await guest.open(link, { email: 'eve@else.example' })).body.code);
    expect(tries).toEqual([...Array(4).fill('HANDOVER_OTHER'), 'HANDOVER_SPENT']);
    expect((await guest.open(link, { email })).body.code).toBe('HANDOVER_SPENT');
  });

  test('a new one goes to the same address alone, and the old one is dead', async () => {
    const { guest, ...link } = await guestOn(world.app, world.member, taskId, email);
    expect((await new Guest(world.app).act(link.id, 'again', { token: link.token })).status).toBe(202);
    const newer = await eventually(async () => {
      const found = await linkTo(world.app, email);
      return found.token !== link.token && found;
    });
    expect((await new Guest(world.app).look(link)).body).toEqual({ problem: 'HANDOVER_INVALID' });
    const second = new Guest(world.app);
    expect(await second.look(newer)).toEqual({ status: 200, body: { isUsed: false, asksName: false } });
    expect((await second.open(newer, { email, name: '' })).status).toBe(200);
    expect([(await second.page(link.id)).body.me, (await guest.page(link.id)).status]).toEqual([
      'Dana Dev (guest)',
      200,
    ]);
  });

  test('a wrong token, an unknown id and no id are answered alike', async () => {
    const { id, token } = await guestOn(world.app, world.member, taskId, email);
    const guest = new Guest(world.app);
    const wrong = [
      { id, token: 'wrong' },
      { id: uuidv7(), token },
      { id: '..%2f', token },
    ];
    for (const link of wrong) {
      expect((await guest.look(link)).body).toEqual({ problem: 'HANDOVER_INVALID' });
      expect((await guest.open(link, { email })).body.code).toBe('HANDOVER_INVALID');
      expect((await guest.page(link.id)).body.code).toBe('HANDOVER_OVER');
    }
  });

  test('expires with its last day, and with a task that has been done for a day', async () => {
    const expiring = await guestOn(world.app, world.member, taskId, email);
    const row = await rowOf(expiring.id);
    const { db, clock, jobs } = world.app.services;
    await db.update(handovers).set({ expiresAt: clock.now() }).where(eq(handovers.id, row.id));
    expect((await expiring.guest.page(row.id)).status).toBe(401);
    expect((await new Guest(world.app).look(expiring)).body).toEqual({ problem: 'HANDOVER_OVER' });
    // Nobody ended it yet; it makes room all the same, and its end is told.
    const second = await guestOn(world.app, world.member, taskId, email);
    expect(
      (await second.guest.act(second.id, 'complete', { revision: (await world.taskNow(taskId)).revision })).status,
    ).toBe(200);
    expect((await second.guest.page(second.id)).body).toMatchObject({
      task: { state: 'DONE' },
      can: { complete: false },
    });
    world.app.clock.advance(dayMs + 1_000);
    expect((await second.guest.page(second.id)).status).toBe(401);
    await jobs.runDue();
    expect(await rowOf(second.id)).toMatchObject({ endedBy: 'DONE' });
    expect((await kindsOf(taskId)).filter(({ kind }) => kind === 'handover.lapsed').map(({ facts }) => facts)).toEqual([
      { why: 'EXPIRED' },
      { why: 'DONE' },
    ]);
  });
});

describe('a guest', () => {
  test('reads, writes, gets stuck and hands in on their task, under a name that says who they are', async () => {
    const site = { key: 'site', label: 'Your shop', spec: { kind: 'URL' } };
    const form = {
      key: 'form',
      label: 'Questions',
      spec: { kind: 'FORM', questions: [{ key: 'host', label: 'Which host?', kind: 'TEXT', fact: 'shop.domain' }] },
    };
    const task = await world.task({ type: 'URL', state: 'READY', documentation: 'For {{account.name}}.' }, site, form);
    const { guest, id } = await guestOn(world.app, world.member, task.id, email);
    const page = (await guest.page(id)).body;
    const [account] = world.app.world.clients;
    expect(page).toMatchObject({
      account: account!.account.name,
      giver: 'Of CLIENT_MEMBER',
      task: { documentation: `For ${account!.account.name}.` },
      inputs: [{ asks: 'ADDRESS' }, { asks: 'FORM', questions: [{ key: 'host' }] }],
      can: { comment: true, submit: true, complete: false, flagStuck: true },
    });
    expect(page.inputs[1].questions[0]).not.toHaveProperty('fact');
    expect((await guest.act(id, 'comment', { text: 'Hello', key: uuidv7() })).status).toBe(200);
    const seen = await world.partner.ask(
      'query ($id: ID!) { task(id: $id) { comments(last: 5) { nodes { text author { name isStaff } } } } }',
      { id: task.id },
    );
    expect(seen.task.comments.nodes).toEqual([{ text: 'Hello', author: { name: 'Dana Dev (guest)', isStaff: false } }]);
    const revision = async () => (await world.taskNow(task.id)).revision;
    expect((await guest.act(id, 'stuck', { reason: 'No access', revision: await revision() })).status).toBe(200);
    expect(await world.taskNow(task.id)).toMatchObject({ stuckSide: 'CLIENT' });
    const [inputUrl, inputForm] = page.inputs;
    const given = { inputId: inputUrl.id, key: uuidv7(), revision: await revision(), url: 'https://shop.example/' };
    expect((await guest.act(id, 'hand-in', { ...given, url: 'shop' })).body.code).toBe('INVALID_URL');
    expect((await guest.act(id, 'hand-in', { ...given, key: uuidv7() })).status).toBe(200);
    const answers = [{ question: 'host', text: 'shop.example' }];
    const filled = { inputId: inputForm.id, key: uuidv7(), revision: await revision(), answers };
    expect((await guest.act(id, 'hand-in', filled)).status).toBe(200);
    expect(await world.taskNow(task.id)).toMatchObject({ state: 'IN_REVIEW', stuckSide: null });
    expect((await guest.page(id)).body.inputs[0].latest).toMatchObject({
      version: 1,
      isMine: true,
      given: 'https://shop.example/',
    });
  });

  test('a stale revision is a conflict', async () => {
    const { guest, id } = await guestOn(world.app, world.member, taskId, email);
    expect(await guest.act(id, 'complete', { revision: 0 })).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
  });

  test('gives it back with a reason, which the account reads', async () => {
    const { guest, id } = await guestOn(world.app, world.member, taskId, email);
    expect((await guest.act(id, 'give-back', { reason: '  ' })).body.code).toBe('REASON_MISSING');
    expect((await guest.act(id, 'give-back', { reason: 'We do not run this zone.' })).status).toBe(200);
    expect((await guest.page(id)).status).toBe(401);
    const text = 'query ($id: ID!) { task(id: $id) { handover { state answer guest { name } } } }';
    expect((await world.viewer.ask(text, { id: taskId })).task.handover).toEqual({
      state: 'GIVEN_BACK',
      answer: 'We do not run this zone.',
      guest: { name: 'Dana Dev (guest)' },
    });
  });

  test('whoever handed it over hears of it in their inbox', async () => {
    const { guest, id } = await guestOn(world.app, world.lead, taskId, email);
    await guest.act(id, 'give-back', { reason: 'Not ours.' });
    const asked = '{ viewer { inbox(first: 1) { nodes { reason actor { name } task { id } } } } }';
    const { viewer } = await world.lead.ask(asked);
    expect(viewer.inbox.nodes).toEqual([
      { reason: 'GIVEN_BACK', actor: { name: 'Dana Dev (guest)' }, task: { id: taskId } },
    ]);
  });

  test('is in no list of people, is not signed in by a mail, and its address stays free', async () => {
    await guestOn(world.app, world.member, taskId, email);
    const [guest] = await world.app.services.db
      .select()
      .from(people)
      .where(eq(people.name, 'Dana Dev (guest)'))
      .limit(1);
    expect(guest).toMatchObject({ removedAt: expect.any(Date), accountId: null });
    const lists = await world.pm.ask('{ company { partners { name } people { name } } }');
    expect(JSON.stringify(lists)).not.toContain('(guest)');
    const { task } = await world.pm
      .ask('query ($id: ID!) { task(id: $id) { assignable { name } mentionable { person { name } } } }', { id: taskId })
      .catch(() => ({ task: null }));
    expect(JSON.stringify(task)).not.toContain('(guest)');
  });
});

describe('the end of it', () => {
  const within1s = { timeoutMs: 1_000 };

  test('[S] taken back, the page is told and every way is closed within a second', async () => {
    const { guest, id, token } = await guestOn(world.app, world.member, taskId, email);
    const open = await guest.follow(id);
    expect(open.isOver()).toBe(false);
    await takeTaskBack(world.lead, taskId);
    const began = Date.now();
    await eventually(() => open.isOver());
    expect(Date.now() - began).toBeLessThan(within1s.timeoutMs);
    expect(open.told.at(-1)).toBe('ended');
    expect((await guest.page(id)).status).toBe(401);
    expect((await guest.act(id, 'comment', { text: 'late', key: uuidv7() })).status).toBe(401);
    expect((await guest.look({ id, token })).body).toEqual({ problem: 'HANDOVER_OVER' });
    expect((await guest.act(id, 'again', { token })).body.code).toBe('HANDOVER_OVER');
  });

  test('a task that is made internal is gone for its guest at once', async () => {
    const { guest, id } = await guestOn(world.app, world.member, taskId, email);
    const open = await guest.follow(id);
    const text = `mutation ($id: ID!, $input: TaskSetVisibilityInput!) {
      taskSetVisibility(id: $id, input: $input) { userErrors { code } } }`;
    const { revision } = await world.taskNow(taskId);
    await world.pm.ask(text, { id: taskId, input: { revision, visibility: 'INTERNAL' } });
    await eventually(() => open.isOver());
    expect([open.told.at(-1), (await guest.page(id)).status]).toEqual(['ended', 401]);
  });

  test('whoever handed it over leaves the account, and it ends', async () => {
    const { guest, id } = await guestOn(world.app, world.member, taskId, email);
    const { db, clock } = world.app.services;
    const isGiver = eq(people.id, world.member.personId!);
    await db.update(people).set({ removedAt: clock.now() }).where(isGiver);
    expect((await guest.page(id)).status).toBe(401);
    await db.update(people).set({ removedAt: null }).where(isGiver);
    expect((await guest.page(id)).status).toBe(200);
  });

  test('an open page hears that something of its task changed, and nothing of other tasks', async () => {
    const { guest, id } = await guestOn(world.app, world.member, taskId, email);
    const elsewhere = (await world.task({ type: 'WORK', state: 'READY' })).id;
    const open = await guest.follow(id);
    const say = 'mutation ($input: CommentAddInput!) { commentAdd(input: $input) { position } }';
    const said = (on: string, audience: string) =>
      world.pm.ask(say, { input: { taskId: on, text: 'x', audience, idempotencyKey: uuidv7() } });
    await said(elsewhere, 'SHARED');
    await said(taskId, 'INTERNAL');
    await new Promise((resolve) => setImmediate(resolve));
    await said(taskId, 'SHARED');
    await eventually(() => open.told.length > 0);
    expect(open.told).toEqual(['changed']);
    open.stop();
  });

  test('two tasks in one browser stay two, and a guest of one is nobody at the other', async () => {
    const first = await guestOn(world.app, world.member, taskId, email);
    const other = (await world.task({ type: 'WORK', state: 'READY', title: 'Elsewhere' })).id;
    const second = await guestOn(world.app, world.member, other, `b${email}`);
    expect((await first.guest.page(second.id)).status).toBe(401);
    expect((await second.guest.page(first.id)).status).toBe(401);
    expect((await first.guest.act(second.id, 'comment', { text: 'x', key: uuidv7() })).status).toBe(401);
    await takeTaskBack(world.member, other);
    await hand(world.member, other, { email: `c${email}` });
    const third = await linkTo(world.app, `c${email}`);
    expect((await first.guest.open(third, { email: `c${email}` })).status).toBe(200);
    expect([(await first.guest.page(third.id)).status, (await first.guest.page(first.id)).status]).toEqual([200, 200]);
    const rows = await world.app.services.db
      .select()
      .from(tasks)
      .where(and(eq(tasks.id, other)));
    expect(rows).toHaveLength(1);
  });
});
