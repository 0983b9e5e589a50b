import type { LinkKind, Side } from '../../../drizzle/schema/index.ts';
import { plainCalendar } from '../../../server/calendar.ts';
import type { PlanFacts, PlanLink, PlanTask } from '../../../server/plan/schedule/facts.ts';
import { schedule } from '../../../server/plan/schedule/schedule.ts';
import { dayNumber, dayOfNumber, workdayIndexOf } from '../../../server/plan/schedule/workdayIndex.ts';
import type { Random } from '../../support/random.ts';

/** A Monday. */
export const monday = '2026-03-02';

export const planTask = (id: string, durationDays: number, over: Partial<PlanTask> = {}): PlanTask => ({
  id,
  side: 'COMPANY',
  durationDays,
  startsOn: null,
  pin: null,
  startedOn: null,
  finishedOn: null,
  isCancelled: false,
  isGate: false,
  ...over,
});

const kinds = { FS: 'FINISH_TO_START', SS: 'START_TO_START', FF: 'FINISH_TO_FINISH', SF: 'START_TO_FINISH' } as const;

/** `b after a`, `b after a SS+2`: b waits for a. */
export function links(...lines: string[]): PlanLink[] {
  return lines.map((line) => {
    const [, taskId = '', predecessorId = '', kind = 'FS', lag = '0'] =
      /^(\w+) after (\w+)(?: (FS|SS|FF|SF))?([+-]\d+)?$/.exec(line) ?? [];
    return { taskId, predecessorId, kind: kinds[kind as keyof typeof kinds], lagDays: Number(lag) };
  });
}

export const planFacts = (over: Partial<PlanFacts> = {}): PlanFacts => ({
  today: monday,
  targetOn: '2026-04-30',
  tasks: [],
  links: [],
  calendars: { CLIENT: plainCalendar, COMPANY: plainCalendar, THIRD_PARTY: plainCalendar },
  ...over,
});

/** `a 03-02..03-06`, in the order of the tasks. */
export function shown(facts: PlanFacts, direction: 'FORWARD' | 'BACKWARD' = 'FORWARD'): string[] {
  return schedule(facts, direction).tasks.map(
    ({ id, startOn, finishOn }) => `${id} ${startOn.slice(5)}..${finishOn.slice(5)}`,
  );
}

const sides: Side[] = ['CLIENT', 'COMPANY', 'THIRD_PARTY'];
const linkKinds: LinkKind[] = ['FINISH_TO_START', 'START_TO_START', 'FINISH_TO_FINISH', 'START_TO_FINISH'];

/** A plan without circles: each task waits for earlier ones. With what is done, begun, pinned and given up when `isLived`. */
export function randomPlan(random: Random, count: number, isLived: boolean): PlanFacts {
  const today = dayNumber(monday) + random.below(700);
  const near = () => dayOfNumber(today + random.below(60) - 20);
  const tasks = Array.from({ length: count }, (_, at) => {
    const startedOn = isLived && random.chance(0.2) ? dayOfNumber(today - random.below(30)) : null;
    return planTask(`t${at}`, random.chance(0.1) ? 0 : random.below(12) + 1, {
      side: random.pick(sides),
      isGate: random.chance(0.1),
      startsOn: random.chance(0.1) ? near() : null,
      pin: isLived && random.chance(0.1) ? { edge: random.pick(['START', 'FINISH'] as const), on: near() } : null,
      startedOn,
      finishedOn:
        startedOn !== null && random.chance(0.5)
          ? dayOfNumber(Math.min(today, dayNumber(startedOn) + random.below(9)))
          : null,
      isCancelled: isLived && random.chance(0.05),
    });
  });
  const made = new Map<string, PlanLink>();
  for (let at = 1; at < count; at++) {
    for (let more = random.below(4); more > 0; more--) {
      const [taskId, predecessorId] = [`t${at}`, `t${random.below(at)}`];
      const kind = random.chance(0.6) ? 'FINISH_TO_START' : random.pick(linkKinds);
      const lagDays = random.chance(0.3) ? random.below(9) - 4 : 0;
      made.set(`${taskId} ${predecessorId}`, { taskId, predecessorId, kind, lagDays });
    }
  }
  const off = () => Array.from({ length: random.below(40) }, () => dayOfNumber(today + random.below(300) - 60));
  const calendarOf = () => ({
    ...plainCalendar,
    workingDays: random.pick([[1, 2, 3, 4, 5], [1, 2, 3, 4], [7, 1, 2, 3, 4], [1, 2, 3, 4, 5, 6], [3]]),
    holidays: off(),
  });
  return planFacts({
    today: dayOfNumber(today),
    targetOn: dayOfNumber(today + random.below(400)),
    tasks,
    links: [...made.values()],
    calendars: { CLIENT: calendarOf(), COMPANY: calendarOf(), THIRD_PARTY: calendarOf() },
  });
}

type Days = { startOn: string; finishOn: string };

/**
 * Whether a link between two planned tasks holds, told in days and not by the planner's own numbers: walks day by day.
 */
export function isKept(link: PlanLink, before: Days, after: Days, plan: PlanFacts): boolean {
  const taskOf = (id: string) => plan.tasks.find((task) => task.id === id) as PlanTask;
  const [first, second] = [taskOf(link.predecessorId), taskOf(link.taskId)];
  const days = workdayIndexOf(plan.calendars[second.side]);
  const fromStart = link.kind === 'START_TO_START' || link.kind === 'START_TO_FINISH';
  // Of a task of no days both ends are the end of its day.
  const isBeginning = fromStart && (first.durationDays > 0 || first.startedOn !== null || first.finishedOn !== null);
  const moment = isBeginning ? dayNumber(before.startOn) : dayNumber(before.finishOn) + 1;
  const toStart = (link.kind === 'FINISH_TO_START' || link.kind === 'START_TO_START') && second.durationDays > 0;
  const held = dayNumber(toStart ? after.startOn : after.finishOn) + (toStart ? 0 : 1);
  let allowed = toStart ? moment : moment - 1;
  while (days.dayAt(days.before(allowed)) !== allowed) allowed += 1;
  for (let left = Math.abs(link.lagDays); left > 0; left--) {
    do allowed += Math.sign(link.lagDays);
    while (days.dayAt(days.before(allowed)) !== allowed);
  }
  return held >= allowed + (toStart ? 0 : 1);
}
