import { describe, expect, test } from 'vitest';
import { ledgerOf } from '../../../server/plan/ledger/ledger.ts';
import { originOf } from '../../../server/plan/ledger/origin.ts';
import {
  type LedgerEvent,
  type LedgerTask,
  replay,
  replayFrom,
  toldUntil,
} from '../../../server/plan/ledger/replay.ts';
import { plainTerms } from './histories.ts';

/** A Monday, an hour into the working day. */
const monday = (hours: string, day = 9) => new Date(`2026-03-${String(day).padStart(2, '0')}T${hours}:00Z`);

const aTask = (id: string, facts: Partial<LedgerTask> = {}): LedgerTask => ({
  id,
  index: 0,
  side: 'CLIENT',
  visibility: 'SHARED',
  state: 'NOT_READY',
  stateSince: monday('10:00'),
  dueOn: null,
  stuckSide: null,
  stuckSince: null,
  ...facts,
});
const ready = (taskId: string | null, at: Date): LedgerEvent => ({
  kind: 'task.ready',
  taskId,
  facts: { from: 'NOT_READY', to: 'READY' },
  at,
});
const moved = (kind: string, taskId: string | null, from: string, to: string, at: Date): LedgerEvent => ({
  kind,
  taskId,
  facts: { from, to },
  at,
});

function told(
  tasks: LedgerTask[],
  events: LedgerEvent[],
  now: Date,
  audience: 'SHARED' | 'INTERNAL' = 'INTERNAL',
  terms = plainTerms,
) {
  const origin = { startsAt: monday('10:00'), state: 'ACTIVE' as const, tasks };
  return ledgerOf(toldUntil(replay(replayFrom(origin, audience), events), now), terms);
}
const minuteOf = (at: Date) => at.getTime() / 60_000;
const minutesOf = (ledger: ReturnType<typeof told>) =>
  Object.fromEntries(ledger.shares.map(({ court, minutes }) => [court, minutes]));
const answersOf = (ledger: ReturnType<typeof told>, court: string) => {
  const share = ledger.shares.find((one) => one.court === court);
  return [share?.answers, share?.answersInTime];
};

describe('whose minutes they were', () => {
  test('a client’s until they delivered, then the company’s, and nobody’s over night', () => {
    const ledger = told(
      [aTask('feed')],
      [
        ready('feed', monday('10:00')),
        moved('task.submitted', 'feed', 'READY', 'SUBMITTED', monday('12:00')),
        moved('task.reviewStarted', 'feed', 'SUBMITTED', 'IN_REVIEW', monday('12:01')),
        moved('task.approved', 'feed', 'IN_REVIEW', 'DONE', monday('10:30', 10)),
      ],
      monday('11:30', 10),
    );
    // Monday 10-12 the client; 12-17 and Tuesday 9-10:30 the company; 16 hours of night and an hour with nothing open.
    expect(minutesOf(ledger)).toEqual({ CLIENT: 120, COMPANY: 300 + 90, THIRD_PARTY: 0, NOBODY: 16 * 60 + 60 });
    expect(ledger.idleMinutes).toBe(60);
    expect(ledger.turns.map(({ court, taskId, minutes }) => [court, taskId, minutes])).toEqual([
      ['CLIENT', 'feed', 120],
      ['COMPANY', 'feed', 390],
      ['NOBODY', null, 60],
    ]);
    expect(ledger.intervals.map(({ court }) => court)).toEqual(['CLIENT', 'COMPANY', 'NOBODY', 'COMPANY', 'NOBODY']);
  });

  test.each([
    ['CLIENT', { CLIENT: 60 + 60, COMPANY: 0 }],
    ['COMPANY', { CLIENT: 0, COMPANY: 60 + 480 + 60 }],
  ] as const)(
    'on a day off of the client what waits on %s: nobody’s for the client, the company’s own day',
    (side, minutes) => {
      const calendar = { ...plainTerms.CLIENT.calendar, holidays: ['2026-03-10'] };
      const terms = { ...plainTerms, CLIENT: { ...plainTerms.CLIENT, calendar } };
      const ledger = told(
        [aTask('feed', { side })],
        [ready('feed', monday('16:00'))],
        monday('10:00', 11),
        'INTERNAL',
        terms,
      );
      expect(minutesOf(ledger)).toMatchObject(minutes);
      const isOfSide = ledger.intervals.some(
        ({ court, from, to }) =>
          court === side && from < minuteOf(monday('17:00', 10)) && to > minuteOf(monday('09:00', 10)),
      );
      expect(isOfSide).toBe(side === 'COMPANY');
    },
  );

  test('on hold it is nobody’s, and what is open waits without its clock', () => {
    const ledger = told(
      [aTask('feed')],
      [
        ready('feed', monday('10:00')),
        moved('project.held', null, 'ACTIVE', 'ON_HOLD', monday('11:00')),
        moved('project.resumed', null, 'ON_HOLD', 'ACTIVE', monday('09:00', 30)),
        moved('task.completed', 'feed', 'READY', 'DONE', monday('10:00', 30)),
      ],
      monday('10:00', 30),
    );
    expect(minutesOf(ledger)).toMatchObject({ CLIENT: 120, COMPANY: 0 });
    // Three weeks on hold are no late answer.
    expect(answersOf(ledger, 'CLIENT')).toEqual([1, 1]);
  });

  test('the due day that counts is the one of that moment, as are side and who is stuck', () => {
    const ledger = told(
      [aTask('feed', { dueOn: '2026-03-20' }), aTask('index', { side: 'COMPANY', dueOn: '2026-03-25', index: 1 })],
      [
        ready('feed', monday('10:00')),
        ready('index', monday('10:00')),
        {
          kind: 'task.dueMoved',
          taskId: 'index',
          facts: { from: '2026-03-25', to: '2026-03-12' },
          at: monday('11:00'),
        },
        { kind: 'task.stuck', taskId: 'index', facts: { side: 'THIRD_PARTY' }, at: monday('12:00') },
        { kind: 'task.unstuck', taskId: 'index', facts: { side: 'THIRD_PARTY' }, at: monday('13:00') },
        {
          kind: 'task.edited',
          taskId: 'index',
          facts: { fields: 'side', side: { from: 'COMPANY', to: 'CLIENT' } },
          at: monday('14:00'),
        },
      ],
      monday('15:00'),
    );
    expect(ledger.turns.map(({ court, taskId }) => [court, taskId])).toEqual([
      ['CLIENT', 'feed'],
      ['COMPANY', 'index'],
      ['THIRD_PARTY', 'index'],
      ['COMPANY', 'index'],
      ['CLIENT', 'index'],
    ]);
    expect(ledger.turns.map(({ minutes }) => minutes)).toEqual([60, 60, 60, 60, 60]);
  });

  test('a closed project has an end', () => {
    const events = [
      ready('feed', monday('10:00')),
      moved('project.cancelled', null, 'ACTIVE', 'CANCELLED', monday('12:00')),
    ];
    const ledger = told([aTask('feed')], events, monday('12:00', 30));
    expect([ledger.to - ledger.from, minutesOf(ledger).CLIENT]).toEqual([120, 120]);
    expect(answersOf(ledger, 'CLIENT')).toEqual([0, 0]);
  });
});

describe('what a client is told', () => {
  const internal = aTask('secret', { side: 'COMPANY', visibility: 'INTERNAL', dueOn: '2026-03-10' });
  const events = [ready('secret', monday('10:00')), ready('feed', monday('10:00'))];

  test('work that only staff know of is nobody’s minute there, and takes no turn of theirs away', () => {
    const tasks = [internal, aTask('feed', { dueOn: '2026-03-20' })];
    expect(minutesOf(told(tasks, events, monday('12:00'), 'INTERNAL'))).toMatchObject({ COMPANY: 120, CLIENT: 0 });
    expect(minutesOf(told(tasks, events, monday('12:00'), 'SHARED'))).toMatchObject({ COMPANY: 0, CLIENT: 120 });
    const alone = told([internal], events, monday('12:00'), 'SHARED');
    expect(minutesOf(alone)).toMatchObject({ COMPANY: 0, NOBODY: 120 });
    expect(answersOf(alone, 'COMPANY')).toEqual([0, 0]);
  });

  test('what is shared counts from the moment of its sharing, and until it is hidden', () => {
    const shares = [
      { kind: 'task.shared', taskId: 'secret', facts: {}, at: monday('11:00') },
      { kind: 'task.hidden', taskId: 'secret', facts: {}, at: monday('11:30') },
    ];
    expect(minutesOf(told([internal], [...events, ...shares], monday('12:00'), 'SHARED'))).toMatchObject({
      COMPANY: 30,
      NOBODY: 90,
    });
  });
});

describe('how soon a side answers', () => {
  const late = (dueOn: string | null, at: Date) =>
    answersOf(
      told(
        [aTask('feed', { dueOn })],
        [ready('feed', monday('10:00')), moved('task.submitted', 'feed', 'READY', 'SUBMITTED', at)],
        at,
      ),
      'CLIENT',
    );

  test.each([
    ['within 16 hours of work', null, monday('10:00', 11), [1, 1]],
    ['a minute later', null, monday('10:01', 11), [1, 0]],
    ['later, and by its due day', '2026-03-19', monday('16:59', 19), [1, 1]],
    ['after the close of its due day', '2026-03-19', monday('09:00', 20), [1, 0]],
    ['after an early due day, within its hours', '2026-03-09', monday('09:00', 10), [1, 1]],
  ] as const)('%s', (_, dueOn, at, counted) => {
    expect(late(dueOn, at)).toEqual(counted);
  });

  test('what still lies there counts once it is late', () => {
    const events = [ready('feed', monday('10:00'))];
    expect(answersOf(told([aTask('feed')], events, monday('10:00', 11)), 'CLIENT')).toEqual([0, 0]);
    expect(answersOf(told([aTask('feed')], events, monday('10:01', 11)), 'CLIENT')).toEqual([1, 0]);
  });

  test('what the plan took away was no answer', () => {
    const waived = [ready('feed', monday('10:00')), moved('task.waived', 'feed', 'READY', 'WAIVED', monday('11:00'))];
    expect(answersOf(told([aTask('feed')], waived, monday('12:00')), 'CLIENT')).toEqual([0, 0]);
  });
});

test('what a task was at first is what its first changes came from', () => {
  const row = {
    id: 'feed',
    index: 3,
    state: 'DONE',
    side: 'COMPANY',
    visibility: 'SHARED',
    dueOn: '2026-03-20',
    createdAt: monday('10:00'),
  } as const;
  const never = { ...row, id: 'other' };
  const origin = originOf(
    { activatedAt: monday('10:00'), state: 'ACTIVE' },
    [row, never],
    [
      { kind: 'task.dueMoved', taskId: 'feed', facts: { from: null, to: '2026-03-18' }, at: monday('11:00') },
      { kind: 'task.dueMoved', taskId: 'feed', facts: { from: '2026-03-18', to: '2026-03-20' }, at: monday('11:10') },
      { kind: 'task.shared', taskId: 'feed', facts: {}, at: monday('11:20') },
      {
        kind: 'task.edited',
        taskId: 'feed',
        facts: { fields: 'side', side: { from: 'CLIENT', to: 'COMPANY' } },
        at: monday('11:30'),
      },
      ready('feed', monday('12:00')),
      moved('project.held', null, 'ACTIVE', 'ON_HOLD', monday('12:10')),
      moved('project.healthOverridden', null, 'ON_TRACK', 'AT_RISK', monday('12:20')),
    ],
  );
  expect(origin.state).toBe('ACTIVE');
  expect(origin.tasks[0]).toMatchObject({ state: 'NOT_READY', side: 'CLIENT', visibility: 'INTERNAL', dueOn: null });
  expect(origin.tasks[1]).toMatchObject({ state: 'DONE', side: 'COMPANY', visibility: 'SHARED', dueOn: '2026-03-20' });
});
