import { describe, expect, test } from 'vitest';
import { plainCalendar } from '../../server/calendar.ts';
import { type HealthFacts, type HealthTask, healthOf } from '../../server/plan/health.ts';
import { workdaysOf } from '../../server/plan/workdays.ts';

const workdays = workdaysOf(plainCalendar);

/** A Wednesday. */
const today = '2026-03-18';

const task = (over: Partial<HealthTask> = {}): HealthTask => ({
  id: 'a',
  isUnfinished: true,
  isOwed: true,
  isOfClient: false,
  dueOn: '2026-03-25',
  stateOn: '2026-03-17',
  stuckOn: null,
  brokenOn: null,
  ...over,
});
const facts = (over: Partial<HealthFacts> = {}): HealthFacts => ({
  isActive: true,
  today,
  targetOn: '2026-04-30',
  forecast: { p50On: '2026-04-20', p80On: '2026-04-24' },
  clientActiveOn: '2026-03-17',
  tasks: [task()],
  workdays,
  ...over,
});
const done = { isUnfinished: false, isOwed: false };

const forecast = (p50On: string, p80On: string) => facts({ forecast: { p50On, p80On } });

/** Every rule from both sides of its edge. */
const cases: [what: string, facts: HealthFacts, state: string, reasons: string[]][] = [
  ['nothing is wrong', facts(), 'ON_TRACK', []],
  ['there is no task', facts({ tasks: [] }), 'ON_TRACK', []],
  [
    'the target is today',
    facts({ targetOn: today, forecast: { p50On: today, p80On: today }, tasks: [] }),
    'ON_TRACK',
    [],
  ],
  ['the target was yesterday', facts({ targetOn: '2026-03-17', tasks: [] }), 'OFF_TRACK', ['TARGET_PASSED']],
  ['half of all runs are live on the target', forecast('2026-04-30', '2026-04-30'), 'ON_TRACK', []],
  [
    'half of all runs are live a day after it',
    forecast('2026-05-01', '2026-05-08'),
    'OFF_TRACK',
    ['FORECAST_AFTER_TARGET'],
  ],
  [
    'half are live by it, and 8 in 10 a day after it',
    forecast('2026-04-30', '2026-05-01'),
    'AT_RISK',
    ['FORECAST_NEAR_TARGET'],
  ],
  ['there is nothing to forecast', facts({ forecast: null }), 'ON_TRACK', []],
  [
    'the target has passed, which every forecast follows',
    facts({ targetOn: '2026-03-17', forecast: { p50On: '2026-03-20', p80On: '2026-03-24' }, tasks: [] }),
    'OFF_TRACK',
    ['TARGET_PASSED'],
  ],
  [
    'a task is due after the target, and the plan meets it all the same',
    facts({ tasks: [task({ dueOn: '2026-05-01' })] }),
    'ON_TRACK',
    [],
  ],
  ['a task is stuck for three working days', facts({ tasks: [task({ stuckOn: '2026-03-13' })] }), 'ON_TRACK', []],
  ['a task is stuck for four', facts({ tasks: [task({ stuckOn: '2026-03-12' })] }), 'AT_RISK', ['STUCK']],
  ['a finished task was stuck', facts({ tasks: [task({ ...done, stuckOn: '2026-03-02' })] }), 'ON_TRACK', []],
  ['a task is due today', facts({ tasks: [task({ dueOn: today })] }), 'ON_TRACK', []],
  ['a task was due yesterday', facts({ tasks: [task({ dueOn: '2026-03-17' })] }), 'AT_RISK', ['OVERDUE']],
  [
    'what was due yesterday is delivered and in review',
    facts({ tasks: [task({ dueOn: '2026-03-17', isOwed: false })] }),
    'ON_TRACK',
    [],
  ],
  ['a task without a day is never late', facts({ tasks: [task({ dueOn: null })] }), 'ON_TRACK', []],
  [
    'the client owes and was silent for six working days',
    facts({ clientActiveOn: '2026-03-10', tasks: [task({ isOfClient: true, stateOn: '2026-03-02' })] }),
    'ON_TRACK',
    [],
  ],
  [
    'the client owes and was silent for seven',
    facts({ clientActiveOn: '2026-03-09', tasks: [task({ isOfClient: true, stateOn: '2026-03-02' })] }),
    'AT_RISK',
    ['CLIENT_SILENT'],
  ],
  [
    'the client never did anything and owes since yesterday',
    facts({ clientActiveOn: null, tasks: [task({ isOfClient: true })] }),
    'ON_TRACK',
    [],
  ],
  [
    'the client never did anything and owes for seven working days',
    facts({ clientActiveOn: null, tasks: [task({ isOfClient: true, stateOn: '2026-03-09' })] }),
    'AT_RISK',
    ['CLIENT_SILENT'],
  ],
  [
    'the client was silent for long and owes since yesterday',
    facts({ clientActiveOn: '2026-01-05', tasks: [task({ isOfClient: true })] }),
    'ON_TRACK',
    [],
  ],
  ['a silent client owes nothing', facts({ clientActiveOn: '2026-01-05' }), 'ON_TRACK', []],
  [
    'what was checked and done is broken',
    facts({ tasks: [task({ ...done, brokenOn: '2026-03-17' })] }),
    'AT_RISK',
    ['CHECK_BROKEN'],
  ],
  [
    'everything is wrong: the gravest comes first',
    facts({
      targetOn: '2026-03-10',
      clientActiveOn: null,
      tasks: [task({ isOfClient: true, dueOn: '2026-03-11', stateOn: '2026-03-02', stuckOn: '2026-03-02' })],
    }),
    'OFF_TRACK',
    ['TARGET_PASSED', 'STUCK', 'OVERDUE', 'CLIENT_SILENT'],
  ],
];

describe('health', () => {
  test.each(cases)('%s', (_, given, state, reasons) => {
    const health = healthOf(given);
    expect([health?.state, health?.reasons.map((reason) => reason.code)]).toEqual([state, reasons]);
  });

  test('a project that is not under way has none, however late it is', () => {
    expect(healthOf(facts({ isActive: false, targetOn: '2020-01-01' }))).toBeNull();
  });

  test('a reason names the task that shows it best, how many there are, and since when', () => {
    const tasks = [
      task({ id: 'late', dueOn: '2026-03-16' }),
      task({ id: 'later', dueOn: '2026-03-10' }),
      task({ id: 'stuck', stuckOn: '2026-03-11' }),
      task({ id: 'longer', stuckOn: '2026-03-10' }),
    ];
    expect(healthOf(facts({ tasks }))?.reasons).toEqual([
      { code: 'STUCK', taskId: 'longer', count: 2, days: 6, on: '2026-03-10' },
      { code: 'OVERDUE', taskId: 'later', count: 2, days: 6, on: '2026-03-10' },
    ]);
  });

  test.each([
    [
      'a client is not silent',
      { clientActiveOn: '2026-03-09', tasks: [task({ isOfClient: true, stateOn: '2026-03-09' })] },
    ],
    ['nobody is stuck', { tasks: [task({ stuckOn: '2026-03-12' })] }],
    ['nothing is late that is due on one', { tasks: [task({ dueOn: '2026-03-16' })] }],
  ])('over holidays %s', (_, given) => {
    const restful = workdaysOf({ ...plainCalendar, holidays: ['2026-03-16', '2026-03-17'] });
    expect(healthOf(facts({ ...given, workdays: restful }))).toEqual({ state: 'ON_TRACK', reasons: [] });
    expect(healthOf(facts({ ...given, workdays: workdaysOf(plainCalendar) }))?.state).toBe('AT_RISK');
  });

  test('a company that works on Sundays counts them', () => {
    const given = { tasks: [task({ stuckOn: '2026-03-13' })] };
    const sundays = workdaysOf({ ...plainCalendar, workingDays: [1, 2, 3, 4, 5, 7] });
    expect(healthOf(facts({ ...given, workdays: sundays }))?.reasons).toMatchObject([{ code: 'STUCK', days: 4 }]);
    expect(healthOf(facts(given))?.state).toBe('ON_TRACK');
  });
});
