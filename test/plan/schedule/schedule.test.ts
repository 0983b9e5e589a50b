import { describe, expect, test } from 'vitest';
import { dayOf, plainCalendar } from '../../../server/calendar.ts';
import type { PlanFacts } from '../../../server/plan/schedule/facts.ts';
import { schedule } from '../../../server/plan/schedule/schedule.ts';
import { links, monday, planFacts, planTask, shown } from './plans.ts';

const two = (line: string, over: Partial<PlanFacts> = {}) =>
  planFacts({ tasks: [planTask('a', 3), planTask('b', 2)], links: links(line), ...over });
/** From Sunday to Thursday. */
const riyadh = { ...plainCalendar, workingDays: [7, 1, 2, 3, 4] };

/** Each line worked out on paper, from Monday 2 March 2026. */
const forward: [what: string, facts: PlanFacts, days: string[]][] = [
  ['one day is one day', planFacts({ tasks: [planTask('a', 1)] }), ['a 03-02..03-02']],
  ['a week is five days', planFacts({ tasks: [planTask('a', 5)] }), ['a 03-02..03-06']],
  ['the sixth day is the next Monday', planFacts({ tasks: [planTask('a', 6)] }), ['a 03-02..03-09']],
  ['on a Saturday nobody begins', planFacts({ today: '2026-03-07', tasks: [planTask('a', 1)] }), ['a 03-09..03-09']],
  ['what waits begins the day after', two('b after a'), ['a 03-02..03-04', 'b 03-05..03-06']],
  ['a lag goes over the weekend', two('b after a FS+2'), ['a 03-02..03-04', 'b 03-09..03-10']],
  ['a negative lag lets both work at once', two('b after a FS-2'), ['a 03-02..03-04', 'b 03-03..03-04']],
  ['a negative lag never begins before today', two('b after a FS-9'), ['a 03-02..03-04', 'b 03-02..03-03']],
  ['start to start', two('b after a SS'), ['a 03-02..03-04', 'b 03-02..03-03']],
  ['start to start, a day later', two('b after a SS+1'), ['a 03-02..03-04', 'b 03-03..03-04']],
  ['finish to finish', two('b after a FF'), ['a 03-02..03-04', 'b 03-03..03-04']],
  ['finish to finish, three days later', two('b after a FF+3'), ['a 03-02..03-04', 'b 03-06..03-09']],
  [
    'start to finish holds the end by the other one beginning',
    two('b after a SF+4', { tasks: [planTask('a', 3, { startsOn: '2026-03-04' }), planTask('b', 2)] }),
    ['a 03-04..03-06', 'b 03-06..03-09'],
  ],
  [
    'what takes no day is done on the day of what comes before',
    planFacts({
      tasks: [planTask('a', 3), planTask('b', 0), planTask('c', 1)],
      links: links('b after a', 'c after b'),
    }),
    ['a 03-02..03-04', 'b 03-04..03-04', 'c 03-05..03-05'],
  ],
  [
    'what takes no day and waits for nothing is done today',
    planFacts({ tasks: [planTask('a', 0)] }),
    ['a 03-02..03-02'],
  ],
  [
    'of two predecessors the later one holds',
    planFacts({
      tasks: [planTask('a', 1), planTask('b', 4), planTask('c', 1)],
      links: links('c after a', 'c after b'),
    }),
    ['a 03-02..03-02', 'b 03-02..03-05', 'c 03-06..03-06'],
  ],
  [
    'holidays of the side that works are no days',
    planFacts({
      tasks: [planTask('a', 3), planTask('b', 3, { side: 'CLIENT' })],
      calendars: {
        CLIENT: plainCalendar,
        THIRD_PARTY: plainCalendar,
        COMPANY: { ...plainCalendar, holidays: ['2026-03-03', '2026-03-07'] },
      },
    }),
    ['a 03-02..03-05', 'b 03-02..03-04'],
  ],
  [
    'each side works its own week: from Thursday over to Sunday',
    planFacts({
      tasks: [planTask('a', 4, { side: 'CLIENT' }), planTask('b', 2, { side: 'CLIENT' }), planTask('c', 2)],
      links: links('b after a', 'c after b'),
      calendars: { CLIENT: riyadh, COMPANY: plainCalendar, THIRD_PARTY: plainCalendar },
    }),
    ['a 03-02..03-05', 'b 03-08..03-09', 'c 03-10..03-11'],
  ],
  [
    'a lag is counted in the days of who waits',
    planFacts({
      tasks: [planTask('a', 5), planTask('b', 1, { side: 'CLIENT' })],
      links: links('b after a FS+1'),
      calendars: { CLIENT: riyadh, COMPANY: plainCalendar, THIRD_PARTY: plainCalendar },
    }),
    ['a 03-02..03-06', 'b 03-09..03-09'],
  ],
  [
    'a start day is waited for',
    planFacts({ tasks: [planTask('a', 2, { startsOn: '2026-03-12' })] }),
    ['a 03-12..03-13'],
  ],
  [
    'a start day that has passed holds nothing',
    planFacts({ tasks: [planTask('a', 2, { startsOn: '2026-02-12' })] }),
    ['a 03-02..03-03'],
  ],
  [
    'a pinned start holds, and what waits follows',
    two('b after a', { tasks: [planTask('a', 3, { pin: { edge: 'START', on: '2026-03-10' } }), planTask('b', 2)] }),
    ['a 03-10..03-12', 'b 03-13..03-16'],
  ],
  [
    'a pinned finish counts back',
    planFacts({ tasks: [planTask('a', 3, { pin: { edge: 'FINISH', on: '2026-03-10' } })] }),
    ['a 03-06..03-10'],
  ],
  [
    'a pin on a day off holds the next day',
    planFacts({ tasks: [planTask('a', 1, { pin: { edge: 'START', on: '2026-03-14' } })] }),
    ['a 03-16..03-16'],
  ],
  [
    'what is done stands where it was done, and its successor comes after it',
    two('b after a', {
      tasks: [planTask('a', 3, { startedOn: '2026-02-20', finishedOn: '2026-02-24' }), planTask('b', 2)],
    }),
    ['a 02-20..02-24', 'b 03-02..03-03'],
  ],
  [
    'what was done on a Saturday was done on a Saturday',
    planFacts({ tasks: [planTask('a', 3, { startedOn: '2026-02-27', finishedOn: '2026-02-28' })] }),
    ['a 02-27..02-28'],
  ],
  [
    'what is begun goes on from there',
    two('b after a', { tasks: [planTask('a', 4, { startedOn: '2026-02-27' }), planTask('b', 2)] }),
    ['a 02-27..03-04', 'b 03-05..03-06'],
  ],
  [
    'what should be done long ago is not done before tonight',
    two('b after a', { tasks: [planTask('a', 4, { startedOn: '2026-02-02' }), planTask('b', 2)] }),
    ['a 02-02..03-02', 'b 03-03..03-04'],
  ],
  [
    'what was begun waits no more for what should have come first',
    two('b after a', { tasks: [planTask('a', 9), planTask('b', 2, { startedOn: '2026-03-02' })] }),
    ['a 03-02..03-12', 'b 03-02..03-03'],
  ],
  [
    'what was given up takes no time',
    two('b after a', { tasks: [planTask('a', 9, { isCancelled: true }), planTask('b', 2)] }),
    ['b 03-02..03-03'],
  ],
  [
    'over the days on which clocks change',
    planFacts({ today: '2026-03-27', tasks: [planTask('a', 2), planTask('b', 1)], links: links('b after a') }),
    ['a 03-27..03-30', 'b 03-31..03-31'],
  ],
];

describe('forward from today', () => {
  test.each(forward)('%s', (_, facts, days) => {
    expect(shown(facts)).toEqual(days);
    expect(schedule(facts).conflicts.filter(({ code }) => code !== 'CANCELLED_PREDECESSOR')).toEqual([]);
  });

  test.each([
    ['Pacific/Auckland', '2026-03-02T11:30:00Z', '2026-03-03'],
    ['America/Los_Angeles', '2026-03-02T07:30:00Z', '2026-03-01'],
    // An hour that does not exist, and one that comes twice.
    ['Europe/Berlin', '2026-03-29T01:30:00Z', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25'],
    ['America/New_York', '2026-03-09T03:59:00Z', '2026-03-08'],
  ])('today is the day that it is in %s at %s', (zone, at, today) => {
    const facts = planFacts({ today: dayOf(new Date(at), zone), tasks: [planTask('a', 2)] });
    expect(facts.today).toBe(today);
    expect(schedule(facts).tasks[0]?.startOn).toBe(schedule({ ...facts, today }).tasks[0]?.startOn);
  });
});

/** The target is Friday 20 March. */
const targetOn = '2026-03-20';
const backward: [what: string, facts: PlanFacts, days: string[]][] = [
  ['the last day is the target', planFacts({ targetOn, tasks: [planTask('a', 2)] }), ['a 03-19..03-20']],
  [
    'a target on a day off is met the day before',
    planFacts({ targetOn: '2026-03-22', tasks: [planTask('a', 2)] }),
    ['a 03-19..03-20'],
  ],
  ['what comes before ends the day before', two('b after a', { targetOn }), ['a 03-16..03-18', 'b 03-19..03-20']],
  ['a lag', two('b after a FS+4', { targetOn }), ['a 03-10..03-12', 'b 03-19..03-20']],
  ['a negative lag', two('b after a FS-1', { targetOn }), ['a 03-17..03-19', 'b 03-19..03-20']],
  ['start to start', two('b after a SS+1', { targetOn }), ['a 03-18..03-20', 'b 03-19..03-20']],
  ['finish to finish', two('b after a FF+2', { targetOn }), ['a 03-16..03-18', 'b 03-19..03-20']],
  ['start to finish', two('b after a SF+3', { targetOn }), ['a 03-18..03-20', 'b 03-19..03-20']],
  [
    'what takes no day is done on the target',
    two('b after a', { targetOn, tasks: [planTask('a', 3), planTask('b', 0)] }),
    ['a 03-18..03-20', 'b 03-20..03-20'],
  ],
  [
    'a pinned task stays on its pin, and what comes before it is pulled along',
    two('b after a', {
      targetOn,
      tasks: [planTask('a', 3), planTask('b', 2, { pin: { edge: 'START', on: '2026-03-12' } })],
    }),
    ['a 03-09..03-11', 'b 03-12..03-13'],
  ],
  [
    'what is begun keeps its start and may take until the last day',
    two('b after a', { targetOn, tasks: [planTask('a', 3, { startedOn: '2026-03-02' }), planTask('b', 2)] }),
    ['a 03-02..03-18', 'b 03-19..03-20'],
  ],
  [
    'holidays of a side pull its work forward',
    two('b after a', {
      targetOn,
      calendars: {
        COMPANY: { ...plainCalendar, holidays: ['2026-03-18', '2026-03-20'] },
        CLIENT: plainCalendar,
        THIRD_PARTY: plainCalendar,
      },
    }),
    ['a 03-12..03-16', 'b 03-17..03-19'],
  ],
];

test.each(backward)('backward from the target: %s', (_, facts, days) => {
  expect(shown(facts, 'BACKWARD')).toEqual(days);
  expect(schedule(facts, 'BACKWARD').conflicts).toEqual([]);
});

describe('slack and the critical path', () => {
  const chart = planFacts({
    tasks: [
      planTask('a', 2),
      planTask('long', 6),
      planTask('short', 3),
      planTask('live', 1, { isGate: true }),
      planTask('report', 9),
    ],
    links: links('long after a', 'short after a', 'live after long', 'live after short', 'report after a'),
  });
  const slackOf = (facts: PlanFacts) =>
    schedule(facts).tasks.map(({ id, slackDays, isCritical }) => `${id} ${slackDays}${isCritical ? ' critical' : ''}`);

  test('a task may slip by as many days as going live does not feel', () => {
    expect(schedule(chart).goLiveOn).toBe('2026-03-12');
    expect(schedule(chart).endOn).toBe('2026-03-16');
    expect(slackOf(chart)).toEqual(['a 0 critical', 'long 0 critical', 'short 3', 'live 0 critical', 'report 0']);
  });

  test('what is done is on no path any more', () => {
    const done = { startedOn: '2026-02-26', finishedOn: '2026-02-27' };
    const tasks = chart.tasks.map((task) => (task.id === 'a' ? { ...task, ...done } : task));
    expect(slackOf({ ...chart, tasks })).toEqual(['a 0', 'long 0 critical', 'short 3', 'live 0 critical', 'report 0']);
  });

  test('without a gate going live is the end of everything', () => {
    const tasks = chart.tasks.map((task) => ({ ...task, isGate: false }));
    expect(schedule({ ...chart, tasks }).goLiveOn).toBe('2026-03-16');
    expect(slackOf({ ...chart, tasks })).toEqual(['a 0 critical', 'long 2', 'short 5', 'live 2', 'report 0 critical']);
  });

  test('slack moves nothing: slipping by it leaves the end, one day more does not', () => {
    const slipped = (by: number) =>
      schedule({
        ...chart,
        tasks: chart.tasks.map((task) => (task.id === 'short' ? { ...task, durationDays: 3 + by } : task)),
      }).goLiveOn;
    expect(slipped(3)).toBe('2026-03-12');
    expect(slipped(4)).toBe('2026-03-13');
  });
});

describe('what a plan cannot do', () => {
  test.each([
    [
      ['b after a', 'c after b', 'a after c'],
      ['a', 'c', 'b', 'a'],
    ],
    [
      ['b after a', 'c after b SS', 'b after c FF'],
      ['b', 'c', 'b'],
    ],
    [['a after a'], ['a', 'a']],
  ])('%j waits in a circle, which is named', (lines, path) => {
    const facts = planFacts({ tasks: ['a', 'b', 'c'].map((id) => planTask(id, 1)), links: links(...lines) });
    expect(schedule(facts)).toEqual({
      tasks: [],
      goLiveOn: null,
      endOn: null,
      conflicts: [{ code: 'CYCLE', path }],
    });
  });

  test.each([
    ['START', '2026-03-03', '2026-03-05'],
    ['FINISH', '2026-03-05', '2026-03-06'],
  ] as const)('a pinned %s on %s, before what comes first allows: it comes on %s', (edge, on, comesOn) => {
    const facts = two('b after a', { tasks: [planTask('a', 3), planTask('b', 2, { pin: { edge, on } })] });
    expect(shown(facts)).toEqual(['a 03-02..03-04', 'b 03-05..03-06']);
    expect(schedule(facts).conflicts).toEqual([
      { code: 'PIN_TOO_EARLY', taskId: 'b', predecessorId: 'a', on: comesOn },
    ]);
  });

  test('a pin before today is held by today, not by a task', () => {
    const facts = planFacts({ tasks: [planTask('a', 1, { pin: { edge: 'START', on: '2026-02-20' } })] });
    expect(schedule(facts).conflicts).toEqual([
      { code: 'PIN_TOO_EARLY', taskId: 'a', predecessorId: null, on: monday },
    ]);
  });

  test('a target before the earliest finish says when that is, both ways', () => {
    const facts = two('b after a', { targetOn: '2026-03-05' });
    for (const direction of ['FORWARD', 'BACKWARD'] as const) {
      expect(schedule(facts, direction).conflicts).toEqual([{ code: 'TARGET_TOO_EARLY', on: '2026-03-06' }]);
    }
    expect(schedule({ ...facts, targetOn: '2026-03-06' }).conflicts).toEqual([]);
  });

  test('what waits for a task that was given up is named', () => {
    const facts = two('b after a', { tasks: [planTask('a', 3, { isCancelled: true }), planTask('b', 2)] });
    expect(schedule(facts).conflicts).toEqual([{ code: 'CANCELLED_PREDECESSOR', taskId: 'b', predecessorId: 'a' }]);
  });

  test('nothing to do has no days', () => {
    expect(schedule(planFacts())).toEqual({ tasks: [], goLiveOn: null, endOn: null, conflicts: [] });
  });
});
