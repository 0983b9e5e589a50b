import { expect, test } from 'vitest';
import { isWithinHours } from '../../../server/calendar.ts';
import { ledgerOf } from '../../../server/plan/ledger/ledger.ts';
import { type LedgerEvent, replay, replayFrom, toldUntil } from '../../../server/plan/ledger/replay.ts';
import { courtOfProject } from '../../../server/tasks/court.ts';
import { randomOf } from '../../support/random.ts';
import { type History, historyOf } from './histories.ts';

const seeds = Array.from({ length: 400 }, (_, seed) => seed + 1);
const minute = 60_000;

const run = ({ origin, events }: History, audience: 'SHARED' | 'INTERNAL') =>
  replay(replayFrom(origin, audience), events);
const told = (history: History, audience: 'SHARED' | 'INTERNAL') =>
  ledgerOf(toldUntil(run(history, audience), history.now), history.terms);

/** The minute in which a project ended for good, or now. */
function endOf({ events, now, origin }: History): number {
  const end = events.find(({ kind }) => kind === 'project.closed' || kind === 'project.cancelled');
  return Math.floor(Math.max((end?.at ?? now).getTime(), origin.startsAt.getTime()) / minute);
}

/** Where the next one does not begin where the last one ended, or one is empty. */
function gapsOf(spans: readonly { from: number; to: number }[], start: number, end: number): string[] {
  const edges = [start, ...spans.map(({ to }) => to)];
  const gaps = spans.flatMap(({ from, to }, i) =>
    from === edges[i] && to > from ? [] : [`${edges[i]}: ${from}-${to}`],
  );
  return edges.at(-1) === end ? gaps : [...gaps, `${edges.at(-1)}: ${end}`];
}

test.each(['SHARED', 'INTERNAL'] as const)(
  '[COURT-1] the intervals of any history cover it without overlap or hole: %s',
  (audience) => {
    let courts = 0;
    for (const seed of seeds) {
      const history = historyOf(seed);
      const ledger = told(history, audience);
      const start = Math.floor(history.origin.startsAt.getTime() / minute);
      const end = endOf(history);
      expect([seed, gapsOf(ledger.intervals, start, end)]).toEqual([seed, []]);
      expect([seed, gapsOf(ledger.turns, start, end)]).toEqual([seed, []]);
      expect(ledger.shares.reduce((sum, share) => sum + share.minutes, 0)).toBe(end - start);
      expect(new Set(ledger.shares.map((share) => share.court)).size).toBe(4);
      courts += ledger.shares.filter((share) => share.minutes > 0).length;
    }
    // The histories are no empty ones.
    expect(courts).toBeGreaterThan(seeds.length * 1.5);
  },
);

test('a history told in two halves, or in many, comes to the same as in one go', () => {
  for (const seed of seeds) {
    const history = historyOf(seed);
    const random = randomOf(seed);
    const whole = run(history, 'INTERNAL');
    let state = replayFrom(history.origin, 'INTERNAL');
    for (let at = 0; at < history.events.length; ) {
      const next = at + 1 + random.below(history.events.length - at);
      const before = JSON.stringify([...state.tasks, state.turns, state.stints]);
      const after = replay(state, history.events.slice(at, next));
      // What was handed out stays as it was.
      expect(JSON.stringify([...state.tasks, state.turns, state.stints])).toBe(before);
      state = after;
      at = next;
    }
    expect([seed, state]).toEqual([seed, whole]);
  }
});

test('at any moment it says what the court of the project said then', () => {
  for (const seed of seeds.slice(0, 200)) {
    const history = historyOf(seed);
    for (let i = 0; i < history.events.length; i++) {
      const state = replay(replayFrom(history.origin, 'INTERNAL'), history.events.slice(0, i + 1));
      const isUnderWay = state.state === 'ACTIVE' || state.state === 'LIVE';
      const { court } = courtOfProject(isUnderWay, [...state.tasks.values()]);
      expect([seed, i, state.current.court]).toEqual([seed, i, court]);
    }
  }
});

test('no minute of a side lies outside its working hours, and none within them is nobody’s while it has the turn', () => {
  for (const seed of seeds.slice(0, 60)) {
    const history = historyOf(seed);
    const ledger = told(history, 'INTERNAL');
    for (const { court, from, to } of ledger.intervals) {
      if (court === 'NOBODY') continue;
      const { calendar } = history.terms[court];
      for (const at of [from, (from + to) >> 1, to - 1]) {
        expect([seed, court, isWithinHours(new Date(at * minute), calendar)]).toEqual([seed, court, true]);
      }
    }
    for (const turn of ledger.turns) {
      if (turn.court === 'NOBODY') continue;
      const inside = ledger.intervals
        .filter(
          ({ court, taskId, from, to }) =>
            court === turn.court && taskId === turn.taskId && from >= turn.from && to <= turn.to,
        )
        .reduce((sum, { from, to }) => sum + to - from, 0);
      expect([seed, inside]).toEqual([seed, turn.minutes]);
    }
  }
});

test('[COURT-2] what a client is told is the same whether or not there were internal tasks', () => {
  let internal = 0;
  for (const seed of seeds) {
    const history = historyOf(seed);
    const everShared = new Set([
      ...history.origin.tasks.filter((task) => task.visibility === 'SHARED').map((task) => task.id),
      ...history.events.filter((event) => event.kind === 'task.shared').map((event) => event.taskId),
    ]);
    const isOfInternal = ({ taskId }: LedgerEvent) => taskId !== null && !everShared.has(taskId);
    internal += history.events.filter(isOfInternal).length;
    const without = {
      ...history,
      origin: { ...history.origin, tasks: history.origin.tasks.filter((task) => everShared.has(task.id)) },
      events: history.events.filter((event) => !isOfInternal(event)),
    };
    expect([seed, told(history, 'SHARED')]).toEqual([seed, told(without, 'SHARED')]);
  }
  expect(internal).toBeGreaterThan(500);
});

test('kinds that it does not know are passed over', () => {
  for (const seed of seeds.slice(0, 50)) {
    const history = historyOf(seed);
    const strange = history.events.flatMap((event) => [
      event,
      { ...event, kind: 'task.sung', facts: { from: 'READY', to: 'DONE' } },
      { ...event, kind: 'project.sung', taskId: null, facts: { from: 'ACTIVE', to: 'ON_HOLD' } },
    ]);
    expect(run({ ...history, events: strange }, 'INTERNAL')).toEqual(run(history, 'INTERNAL'));
  }
});
