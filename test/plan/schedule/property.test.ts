import { describe, expect, test } from 'vitest';
import { schedule } from '../../../server/plan/schedule/schedule.ts';
import { dayNumber, dayOfNumber } from '../../../server/plan/schedule/workdayIndex.ts';
import { randomOf } from '../../support/random.ts';
import { isKept, randomPlan } from './plans.ts';

const seeds = Array.from({ length: 80 }, (_, seed) => seed);

describe.each(['FORWARD', 'BACKWARD'] as const)('any plan, %s', (direction) => {
  test('no task starts before its predecessors allow', () => {
    let kept = 0;
    for (const seed of seeds) {
      const facts = randomPlan(randomOf(seed), 3 + (seed % 25), true);
      const { tasks, conflicts } = schedule(facts, direction);
      const isPossible = direction === 'FORWARD' || conflicts.length === 0;
      const daysOf = new Map(tasks.map((task) => [task.id, task]));
      const factsOf = new Map(facts.tasks.map((task) => [task.id, task]));
      for (const link of facts.links) {
        const [before, after] = [daysOf.get(link.predecessorId), daysOf.get(link.taskId)];
        const [first, second] = [factsOf.get(link.predecessorId), factsOf.get(link.taskId)];
        // What was begun, or is over, happened when it happened; no target can pull it back.
        if (!before || !after || second?.startedOn || (first?.startedOn && !isPossible)) continue;
        kept += 1;
        expect(isKept(link, before, after, facts), `seed ${seed}: ${JSON.stringify(link)}`).toBe(true);
      }
    }
    expect(kept).toBeGreaterThan(700);
  });
});

test('backward, nothing is finished after the target', () => {
  for (const seed of seeds) {
    const facts = randomPlan(randomOf(seed), 3 + (seed % 25), true);
    const over = new Set(facts.tasks.flatMap((task) => (task.finishedOn === null ? [] : [task.id])));
    for (const task of schedule(facts, 'BACKWARD').tasks) {
      if (!over.has(task.id)) expect(task.finishOn <= facts.targetOn, `seed ${seed}: ${task.id}`).toBe(true);
    }
  }
});

test('backward, what the target leaves room for begins no earlier than forward', () => {
  let met = 0;
  for (const seed of seeds) {
    const facts = { ...randomPlan(randomOf(seed), 3 + (seed % 25), false), targetOn: '2029-12-31' };
    const [early, late] = [schedule(facts).tasks, schedule(facts, 'BACKWARD').tasks];
    expect(schedule(facts, 'BACKWARD').conflicts).toEqual([]);
    early.forEach((task, at) => {
      expect(task.startOn <= (late[at]?.startOn ?? '')).toBe(true);
    });
    met += 1;
  }
  expect(met).toBe(seeds.length);
});

test('forward is the least: no task alone can be a day earlier', () => {
  for (const seed of seeds) {
    const facts = randomPlan(randomOf(seed), 3 + (seed % 15), false);
    const { tasks } = schedule(facts);
    const daysOf = new Map(tasks.map((task) => [task.id, task]));
    for (const task of facts.tasks) {
      const planned = daysOf.get(task.id);
      if (!planned || task.durationDays === 0) continue;
      const index = facts.calendars[task.side];
      // The same task one working day earlier, found by walking.
      const shift = (day: string) => {
        let at = dayNumber(day) - 1;
        const isOff = (one: number) =>
          !index.workingDays.includes(new Date(one * 86_400_000).getUTCDay() || 7) ||
          index.holidays.includes(dayOfNumber(one));
        while (isOff(at)) at -= 1;
        return dayOfNumber(at);
      };
      const earlier = { startOn: shift(planned.startOn), finishOn: shift(planned.finishOn) };
      const isAllowed =
        earlier.startOn >= facts.today &&
        (task.startsOn === null || earlier.startOn >= task.startsOn) &&
        facts.links
          .filter((link) => link.taskId === task.id)
          .every((link) => isKept(link, daysOf.get(link.predecessorId) ?? planned, earlier, facts));
      expect(isAllowed, `seed ${seed}: ${task.id}`).toBe(false);
    }
  }
});

test('slack is what a task can slip by, to the day', () => {
  for (const seed of seeds.slice(0, 60)) {
    const drawn = randomPlan(randomOf(seed), 3 + (seed % 12), false);
    // A link from a start does not feel a longer task; one that holds an end lets it begin earlier instead.
    const facts = { ...drawn, links: drawn.links.map((link) => ({ ...link, kind: 'FINISH_TO_START' as const })) };
    const plan = schedule(facts);
    const isOnTheWay = new Map(plan.tasks.map((task) => [task.id, task.isCritical]));
    for (const { id, slackDays } of plan.tasks) {
      const slipped = (by: number) =>
        schedule({
          ...facts,
          tasks: facts.tasks.map((task) => (task.id === id ? { ...task, durationDays: task.durationDays + by } : task)),
        });
      if ((facts.tasks.find((task) => task.id === id)?.durationDays ?? 0) === 0) continue;
      expect(slackDays).toBeGreaterThanOrEqual(0);
      expect(slipped(slackDays).goLiveOn, `seed ${seed}: ${id}`).toBe(plan.goLiveOn);
      if (isOnTheWay.get(id)) {
        expect((slipped(1).goLiveOn ?? '') > (plan.goLiveOn ?? ''), `seed ${seed}: ${id}`).toBe(true);
      }
    }
  }
});
