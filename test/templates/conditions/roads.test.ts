import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { events, submissions, taskReasons } from '../../../drizzle/schema/index.ts';
import { applying, type Conditions } from '../../../server/conditions.ts';
import { conditionsOf, mergePlaybooks } from '../../../server/templates/merge.ts';
import { randomOf } from '../../support/random.ts';
import { asking, type ConditionsWorld, playbook, said, startConditionsWorld, task } from './conditionsWorld.ts';

let w: ConditionsWorld;
beforeAll(async () => {
  w = await startConditionsWorld();
});
afterAll(() => w.close());
beforeEach(() => w.clearFacts());

const only = (platform: string) => [{ of: 'PLATFORM' as const, isNot: false, values: [platform] }];

describe('a project is made', () => {
  it('with the tasks that apply to its platform, and who waits for what is left out waits for what that waited for', async () => {
    await w.publish(
      playbook('platforms', [
        task('a'),
        task('magento', { after: ['a'], when: only('MAGENTO') }),
        task('deeper', { after: ['magento'], when: only('MAGENTO') }),
        task('b', { after: ['deeper'] }),
      ]),
    );
    const id = await w.project(['platforms']);
    expect(await w.statesOf(id)).toEqual({ a: 'READY', b: 'NOT_READY' });
    expect(await w.waitsOf(id, 'b')).toEqual(['a']);
    await w.act(id, 'a', 'taskComplete');
    expect(await w.statesOf(id)).toEqual({ a: 'DONE', b: 'READY' });

    // On another platform they come, and what has not been begun waits for them.
    await w.setPlatform(id, 'MAGENTO');
    expect(await w.statesOf(id)).toEqual({ a: 'DONE', magento: 'READY', deeper: 'NOT_READY', b: 'NOT_READY' });
    expect(await w.waitsOf(id, 'b')).toEqual(['a', 'deeper', 'magento']);
    await w.setPlatform(id, 'SHOPIFY');
    expect(await w.statesOf(id)).toEqual({ a: 'DONE', magento: 'WAIVED', deeper: 'WAIVED', b: 'READY' });
  });

  it('with what is known of its account, and anew when that is learnt or forgotten', async () => {
    const when = [{ of: 'FACT' as const, fact: 'shop.markets', isNot: false, values: ['Norway'] }];
    await w.publish(playbook('facts', [task('a'), task('norway', { when })]));
    const id = await w.project(['facts']);
    expect(await w.appliesOf(id)).toEqual([]);
    await w.setFact('shop.markets', 'norway ');
    expect(await w.statesOf(id)).toEqual({ a: 'READY', norway: 'READY' });
    expect(Object.keys(await w.statesOf(await w.project(['facts'])))).toEqual(['a', 'norway']);
    await w.setFact('shop.markets', '');
    expect(await w.statesOf(id)).toEqual({ a: 'READY', norway: 'WAIVED' });
  });

  it('as either of two templates has it, where one task stands in both', async () => {
    await w.publish(playbook('either', [task('a'), task('shared', { when: only('MAGENTO') })]));
    await w.publish(playbook('other', [task('a'), task('shared', { when: only('SHOPIFY') })]));
    await w.publish(playbook('always', [task('a'), task('shared')]));
    expect(Object.keys(await w.statesOf(await w.project(['either'])))).toEqual(['a']);
    expect(Object.keys(await w.statesOf(await w.project(['either', 'other'])))).toEqual(['a', 'shared']);
    expect(Object.keys(await w.statesOf(await w.project(['either', 'always'])))).toEqual(['a', 'shared']);
  });
});

describe('a gate holds later phases', () => {
  it('until it is done, directly or through what they wait for', async () => {
    await w.publish(
      playbook(
        'gated',
        [task('before'), task('gate', { after: ['before'], isGate: true, holdsPhases: true }), task('beside')],
        [task('first'), task('second', { after: ['first'] })],
        [task('third'), task('fourth', { after: ['third', 'gate'] })],
      ),
    );
    const id = await w.project(['gated']);
    const states = async () =>
      Object.entries(await w.statesOf(id)).flatMap(([key, state]) => (state === 'READY' ? key : []));
    expect(await states()).toEqual(['before', 'beside']);
    expect(await w.waitsOf(id, 'first')).toEqual(['gate']);
    expect(await w.waitsOf(id, 'second')).toEqual(['first']);
    await w.act(id, 'before', 'taskComplete');
    expect(await states()).toEqual(['gate', 'beside']);
    await w.act(id, 'gate', 'taskWaive', { reason: 'Not here.' });
    expect(await states()).toEqual(['beside', 'first', 'third']);
  });
});

describe('an answer', () => {
  const ask = () =>
    playbook('asks', [
      asking('goals', 2),
      task('yes', { when: [said('goals', 'q0', 'yes')] }),
      task('no', { when: [said('goals', 'q0', 'yes', true)] }),
      asking('more', 1, { when: [said('goals', 'q1', 'yes')] }),
      task('deep', { after: ['more'], when: [said('more', 'q0', 'yes')] }),
      task('end', { after: ['yes', 'deep'] }),
    ]);

  it('brings tasks, and takes them away with all that was done for them', async () => {
    await w.publish(ask());
    const id = await w.project(['asks']);
    expect(await w.statesOf(id)).toEqual({ goals: 'READY', end: 'READY' });
    await w.answer(id, 'goals', { q0: true, q1: true });
    expect(await w.statesOf(id)).toEqual({ goals: 'DONE', yes: 'READY', more: 'READY', end: 'NOT_READY' });
    await w.answer(id, 'more', { q0: true });
    await w.act(id, 'yes', 'taskStart');
    expect(await w.statesOf(id)).toMatchObject({ yes: 'IN_PROGRESS', deep: 'READY', end: 'NOT_READY' });

    await w.answer(id, 'goals', { q0: false, q1: false });
    // What is done stays done; it is only asked for no more, and what hung on its answer goes.
    expect(await w.statesOf(id)).toMatchObject({
      yes: 'WAIVED',
      no: 'READY',
      more: 'DONE',
      deep: 'WAIVED',
      end: 'READY',
    });
    const more = await w.taskOf(id, 'more');
    expect(await w.db.select().from(submissions).where(eq(submissions.taskId, more!.id))).toHaveLength(1);

    await w.answer(id, 'goals', { q0: true, q1: true });
    expect(await w.statesOf(id)).toMatchObject({ yes: 'IN_PROGRESS', no: 'WAIVED', deep: 'READY', end: 'NOT_READY' });
  });

  it('leaves an event of each task, by nobody, and a reason that names no condition', async () => {
    await w.publish(ask());
    const id = await w.project(['asks']);
    await w.answer(id, 'goals', { q0: true, q1: false });
    await w.answer(id, 'goals', { q0: false, q1: false });
    const yes = await w.taskOf(id, 'yes');
    const told = await w.db.select().from(events).where(eq(events.taskId, yes!.id)).orderBy(events.seq);
    const own = told.filter(({ kind }) => kind.startsWith('task.'));
    expect(own.map(({ kind, audience, actorId }) => ({ kind, audience, actorId }))).toEqual(
      ['task.created', 'task.ready', 'task.waived'].map((kind) => ({ kind, audience: 'SHARED', actorId: null })),
    );
    const [reason] = await w.db
      .select()
      .from(taskReasons)
      .where(and(eq(taskReasons.taskId, yes!.id), eq(taskReasons.kind, 'WAIVED')));
    expect(reason).toMatchObject({ text: 'By what is known now, this is not needed.', personId: null });
  });

  it('does not undo what a person decided', async () => {
    await w.publish(ask());
    const id = await w.project(['asks']);
    await w.answer(id, 'goals', { q0: true, q1: false });
    await w.act(id, 'yes', 'taskCancel', { reason: 'We do it otherwise.' });
    await w.answer(id, 'goals', { q0: false, q1: false });
    await w.answer(id, 'goals', { q0: true, q1: false });
    expect(await w.statesOf(id)).toMatchObject({ yes: 'CANCELLED', no: 'WAIVED' });
    // What somebody took up although it does not apply stays up until the answer itself is another.
    await w.act(id, 'no', 'taskReopen', { reason: 'Still wanted.' });
    await w.answer(id, 'goals', { q0: true, q1: true });
    expect(await w.statesOf(id)).toMatchObject({ no: 'READY' });
  });

  it('given twice at once comes to what the last one says', async () => {
    await w.publish(
      playbook('atOnce', [
        asking('one', 1),
        asking('two', 1),
        task('both', { when: [said('one', 'q0', 'yes'), said('two', 'q0', 'yes')] }),
      ]),
    );
    const id = await w.project(['atOnce']);
    await Promise.all([w.answer(id, 'one', { q0: true }), w.answer(id, 'two', { q0: true })]);
    expect(await w.statesOf(id)).toEqual({ one: 'DONE', two: 'DONE', both: 'READY' });
  });
});

describe('the client', () => {
  it('knows of no task that does not apply, and of no condition', async () => {
    const secret = 'Only for the ones that say yes';
    await w.publish(
      playbook('secret', [asking('goals', 1), task('never', { title: secret, when: [said('goals', 'q0', 'yes')] })]),
    );
    const id = await w.project(['secret']);
    const client = await w.app.signIn(w.app.world.client);
    const seen = async () =>
      JSON.stringify(
        await client.ask<unknown>(
          `query ($id: ID!) { project(id: $id) {
             phases { name tasks { id title } } tasks { title predecessors { title } successors { title } }
             progress { done total } position changes(last: 50) { nodes { kind } } } }`,
          { id },
        ),
      );
    expect(await seen()).not.toContain(secret);
    await w.answer(id, 'goals', { q0: true });
    expect(await seen()).toContain(secret);
    await w.answer(id, 'goals', { q0: false });
    // What they knew of is waived for them to see, in words that tell of no condition.
    expect(await seen()).not.toMatch(/condition|goals.*q0/i);
  });
});

describe('whatever is answered in whatever order', () => {
  it.each([1, 2, 3, 4, 5, 6])('the tasks that apply are those that a look afresh finds (%i)', async (seed) => {
    const random = randomOf(seed);
    const forms = ['f0', 'f1', 'f2'];
    const conditionOf = (before: number) =>
      said(
        forms[random.below(before)]!,
        `q${random.below(2)}`,
        random.pick(['yes', 'no'] as const),
        random.chance(0.3),
      );
    const document = playbook(`random${seed}`, [
      asking('f0', 2),
      asking('f1', 2, random.chance(0.7) ? { when: [conditionOf(1)] } : {}),
      asking('f2', 2, random.chance(0.7) ? { when: [conditionOf(2)] } : {}),
      ...Array.from({ length: 6 }, (_, at) =>
        task(`t${at}`, {
          after: at > 0 && random.chance(0.5) ? [`t${random.below(at)}`] : [],
          when: Array.from({ length: 1 + random.below(2) }, () => conditionOf(3)),
        }),
      ),
    ]);
    await w.publish(document);
    const conditions: Map<string, Conditions> = conditionsOf(mergePlaybooks([document]));
    const id = await w.project([document.key]);
    const given = new Map<string, Record<string, boolean>>();
    for (let step = 0; step < 7; step++) {
      const states = await w.statesOf(id);
      const open = forms.filter((key) => states[key] !== undefined && states[key] !== 'WAIVED');
      const key = random.pick(open);
      const answers = { q0: random.chance(0.5), q1: random.chance(0.5) };
      await w.answer(id, key, answers);
      given.set(key, answers);
      const afresh = applying(conditions, {
        platform: 'SHOPIFY',
        products: ['SEARCH'],
        facts: new Map(),
        answers: [...given].map(([of, said]) => ({
          task: of,
          input: 'form',
          answers: Object.entries(said).map(([question, isYes]) => ({ question, kind: 'YES_NO' as const, isYes })),
        })),
      });
      expect(await w.appliesOf(id)).toEqual([...afresh].sort());
      const now = await w.statesOf(id);
      for (const one of conditions.keys()) {
        const isThere = now[one] !== undefined && now[one] !== 'WAIVED';
        // A form that was handed in stays done, though nobody asks for it any more.
        if (now[one] !== 'DONE') expect([one, isThere]).toEqual([one, afresh.has(one)]);
      }
    }
  });
});
