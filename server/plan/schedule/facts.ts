import type { LinkKind, PinEdge, Side } from '../../../drizzle/schema/index.ts';
import type { WorkingCalendar } from '../../calendar.ts';

/** What planning knows of a task. Days are YYYY-MM-DD in the project's zone. */
export type PlanTask = {
  id: string;
  /** Whose working days it is done on. */
  side: Side;
  /** Working days from its start to its finish, both counted; 0: done on the day that what comes before is. */
  durationDays: number;
  /** Starts no earlier; null: as soon as it can. */
  startsOn: string | null;
  /** Where somebody holds its start or its finish; what comes before may still push it later, which is a conflict. */
  pin: { edge: PinEdge; on: string } | null;
  /** When it was begun; null: it was not. */
  startedOn: string | null;
  /** When it was done or waived; null: it was not. */
  finishedOn: string | null;
  /** Given up: it takes no time, and whatever waits for it is named. */
  isCancelled: boolean;
  /** The project is live when all of these are finished. */
  isGate: boolean;
};

/** `taskId` waits for `predecessorId`, so many working days of its own side longer; negative: so many less. */
export type PlanLink = { taskId: string; predecessorId: string; kind: LinkKind; lagDays: number };

export type PlanFacts = {
  /** In the project's zone. */
  today: string;
  targetOn: string;
  tasks: readonly PlanTask[];
  links: readonly PlanLink[];
  calendars: Readonly<Record<Side, Pick<WorkingCalendar, 'workingDays' | 'holidays'>>>;
};

export type Direction = 'FORWARD' | 'BACKWARD';

/**
 * What a plan cannot do, in facts:
 *   CYCLE                  tasks wait for each other in a circle (`path`, from a task back to itself); nothing is planned
 *   PIN_TOO_EARLY          `taskId` is held on a day, and comes `on` another: `predecessorId`, or today, allows no earlier
 *   CANCELLED_PREDECESSOR  `taskId` waits for `predecessorId`, which was given up
 *   TARGET_TOO_EARLY       everything can be finished `on` this day at the earliest, and that is after the target
 */
export type Conflict =
  | { code: 'CYCLE'; path: string[] }
  | { code: 'PIN_TOO_EARLY'; taskId: string; predecessorId: string | null; on: string }
  | { code: 'CANCELLED_PREDECESSOR'; taskId: string; predecessorId: string }
  | { code: 'TARGET_TOO_EARLY'; on: string };
