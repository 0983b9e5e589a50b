import { describe, expect, test } from 'vitest';
import { sides, taskStates } from '../../drizzle/schema/index.ts';
import { type Court, type CourtFacts, courtOf, courtOfProject, isUnderWay } from '../../server/tasks/court.ts';
import type { TaskState } from '../../server/tasks/states.ts';

const morning = new Date('2026-03-10T08:00:00Z');
const noon = new Date('2026-03-10T12:00:00Z');
const task = (facts: Partial<CourtFacts>): CourtFacts => ({
  state: 'READY',
  side: 'CLIENT',
  visibility: 'SHARED',
  dueOn: '2026-03-20',
  stateSince: noon,
  index: 0,
  stuckSide: null,
  stuckSince: null,
  ...facts,
});

/** Whose turn it is by state, for each side that may owe it: CLIENT, COMPANY, THIRD_PARTY. */
const own = [...sides] as const;
const company = ['COMPANY', 'COMPANY', 'COMPANY'] as const;
const nobody = ['NOBODY', 'NOBODY', 'NOBODY'] as const;
const courts: { [S in TaskState]: readonly Court[] } = {
  NOT_READY: nobody,
  READY: own,
  IN_PROGRESS: own,
  SUBMITTED: company,
  IN_REVIEW: company,
  CHANGES_REQUESTED: own,
  DONE: nobody,
  WAIVED: nobody,
  CANCELLED: nobody,
};

describe('the court of a task', () => {
  test.each(taskStates)('%s: by the side that owes it', (state) => {
    expect(sides.map((side) => courtOf(task({ state, side })))).toEqual(courts[state]);
  });

  test.each(taskStates)('%s and stuck: the side that the reason names, while it is open', (state) => {
    const named = sides.map((stuckSide) => courtOf(task({ state, stuckSide, stuckSince: noon })));
    expect(named).toEqual(courts[state] === nobody ? nobody : own);
  });

  test('what a client does not know of is never their turn', () => {
    expect(courtOf(task({ visibility: 'INTERNAL' }))).toBe('COMPANY');
    expect(courtOf(task({ visibility: 'INTERNAL', stuckSide: 'CLIENT' }))).toBe('COMPANY');
    expect(courtOf(task({ visibility: 'INTERNAL', side: 'THIRD_PARTY' }))).toBe('THIRD_PARTY');
  });
});

describe('the court of a project', () => {
  test.each([
    ['the task that is due first', [task({}), task({ side: 'COMPANY', dueOn: '2026-03-12' })], 'COMPANY', noon],
    ['a task with a date before one without', [task({ dueOn: null, side: 'COMPANY' }), task({})], 'CLIENT', noon],
    [
      'of two due together the one that waits longest',
      [task({}), task({ side: 'COMPANY', stateSince: morning })],
      'COMPANY',
      morning,
    ],
    [
      'a stuck one waits since it got stuck',
      [task({ stateSince: morning, stuckSide: 'THIRD_PARTY', stuckSince: noon })],
      'THIRD_PARTY',
      noon,
    ],
    ['nothing open', [task({ state: 'DONE' }), task({ state: 'NOT_READY' })], 'NOBODY', null],
    ['no task at all', [], 'NOBODY', null],
  ] as const)('%s', (_, tasks, court, since) => {
    expect(courtOfProject(true, tasks)).toEqual({ court, since });
  });

  test('a project that is not under way is nobody’s turn', () => {
    const states = ['DRAFT', 'ACTIVE', 'ON_HOLD', 'LIVE', 'CLOSED', 'CANCELLED'] as const;
    expect(states.filter((state) => isUnderWay({ state }))).toEqual(['ACTIVE', 'LIVE']);
    expect(courtOfProject(false, [task({})])).toEqual({ court: 'NOBODY', since: null });
  });
});
