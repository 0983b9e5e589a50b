import type { Health } from '../../drizzle/schema/index.ts';
import type { Forecast } from './simulate/simulate.ts';
import type { Workdays } from './workdays.ts';

/** What of a task its project's health depends on. Days are those of the project's zone. */
export type HealthTask = {
  id: string;
  /** Not done, waived or cancelled; also one that waits for others. */
  isUnfinished: boolean;
  /** Its side still has to deliver: ready, begun, or sent back. */
  isOwed: boolean;
  isOfClient: boolean;
  dueOn: string | null;
  /** Since when it stands in its state. */
  stateOn: string;
  /** Since when it is stuck; null when it is not. */
  stuckOn: string | null;
  /** Since when a check that keeps running says that it does not work any more; null while none does. */
  brokenOn: string | null;
};

export type HealthFacts = {
  isActive: boolean;
  today: string;
  targetOn: string;
  /** By when it is likely live; null when there is nothing to do, or the plan goes in a circle. */
  forecast: Forecast | null;
  /** The day of the client's last act; null when there was none. */
  clientActiveOn: string | null;
  tasks: readonly HealthTask[];
  workdays: Workdays;
};

export const healthReasonCodes = [
  'TARGET_PASSED',
  'FORECAST_AFTER_TARGET',
  'FORECAST_NEAR_TARGET',
  'DUE_AFTER_TARGET',
  'GATE_LATE',
  'STUCK',
  'CHECK_BROKEN',
  'OVERDUE',
  'CLIENT_SILENT',
] as const;
export type HealthReasonCode = (typeof healthReasonCodes)[number];

/** Why, in facts: the words stand in the client's catalogue. What a code does not need is null. */
export type HealthReason = {
  code: HealthReasonCode;
  /** The one task that shows it best. */
  taskId: string | null;
  /** How many tasks. */
  count: number | null;
  /** Working days: of delay, of being stuck, of silence. */
  days: number | null;
  /** The day that it is about. */
  on: string | null;
};

export type ComputedHealth = { state: Health; reasons: HealthReason[] };

/** A task may be stuck, and a gate late, for so many working days before it counts. */
export const patientDays = 3;
/** So many working days without an act of a client who owes something are silence. */
export const silentDays = 7;

/**
 * How a project is doing, by what is forecast and by what is stuck; null when it is not under way.
 *   OFF_TRACK  the target has passed, or going live is more likely after it than by it (P50)
 *   AT_RISK    going live by the target is less likely than 8 in 10 (P80); or a task is stuck for more than three working
 *              days; or a check that keeps running broke; or owed tasks are overdue; or the client owes something and was
 *              silent for seven working days
 *   ON_TRACK   otherwise
 * All reasons are told, the gravest first.
 */
export function healthOf(facts: HealthFacts): ComputedHealth | null {
  if (!facts.isActive) return null;
  const off = [targetPassed(facts) ?? forecastAfter(facts)].filter((reason) => reason !== null);
  const near = off.length > 0 ? null : forecastNear(facts);
  const risks = [near, stuck(facts), checkBroken(facts), overdue(facts), clientSilent(facts)].filter(
    (reason) => reason !== null,
  );
  const state = off.length > 0 ? 'OFF_TRACK' : risks.length > 0 ? 'AT_RISK' : 'ON_TRACK';
  return { state, reasons: [...off, ...risks] };
}

function targetPassed({ today, targetOn, workdays }: HealthFacts): HealthReason | null {
  if (today <= targetOn) return null;
  return { code: 'TARGET_PASSED', taskId: null, count: null, days: workdays.between(targetOn, today), on: targetOn };
}

/** The passing of the target says it already; from then on every forecast is after it. */
function forecastAfter({ forecast, targetOn, workdays }: HealthFacts): HealthReason | null {
  if (forecast === null || forecast.p50On <= targetOn) return null;
  const { p50On: on } = forecast;
  return { code: 'FORECAST_AFTER_TARGET', taskId: null, count: null, days: workdays.between(targetOn, on), on };
}

function forecastNear({ forecast, targetOn, workdays }: HealthFacts): HealthReason | null {
  if (forecast === null || forecast.p80On <= targetOn) return null;
  const { p80On: on } = forecast;
  return { code: 'FORECAST_NEAR_TARGET', taskId: null, count: null, days: workdays.between(targetOn, on), on };
}

function stuck({ tasks, today, workdays }: HealthFacts): HealthReason | null {
  const long = tasks
    .filter(({ isUnfinished }) => isUnfinished)
    .flatMap(({ id, stuckOn }) => (stuckOn === null ? [] : [{ id, stuckOn, days: workdays.between(stuckOn, today) }]))
    .filter(({ days }) => days > patientDays)
    .sort((a, b) => b.days - a.days);
  const [longest] = long;
  return longest
    ? { code: 'STUCK', taskId: longest.id, count: long.length, days: longest.days, on: longest.stuckOn }
    : null;
}

/** Also of a task that is done: that it was reopened is one thing, that it does not work is another. */
function checkBroken({ tasks }: HealthFacts): HealthReason | null {
  const broken = tasks
    .flatMap(({ id, brokenOn }) => (brokenOn === null ? [] : [{ id, brokenOn }]))
    .sort((a, b) => a.brokenOn.localeCompare(b.brokenOn));
  const [first] = broken;
  return first
    ? { code: 'CHECK_BROKEN', taskId: first.id, count: broken.length, days: null, on: first.brokenOn }
    : null;
}

function overdue(facts: HealthFacts): HealthReason | null {
  const late = facts.tasks.filter(isLate(facts)).filter(({ isOwed }) => isOwed);
  const worst = mostOverdue(late);
  if (!worst?.dueOn) return null;
  const days = facts.workdays.between(worst.dueOn, facts.today);
  return { code: 'OVERDUE', taskId: worst.id, count: late.length, days, on: worst.dueOn };
}

/** Silence is counted from the client's last act, or from the day that it came to owe something if that is later. */
function clientSilent({ tasks, clientActiveOn, today, workdays }: HealthFacts): HealthReason | null {
  const owed = tasks.filter(({ isOwed, isOfClient }) => isOwed && isOfClient);
  const owedSince = owed.map(({ stateOn }) => stateOn).sort()[0];
  if (owedSince === undefined) return null;
  const since = clientActiveOn !== null && clientActiveOn > owedSince ? clientActiveOn : owedSince;
  const days = workdays.between(since, today);
  if (days < silentDays) return null;
  return { code: 'CLIENT_SILENT', taskId: null, count: owed.length, days, on: since };
}

/** What is due on a day off is due on the next working day. */
const isLate =
  ({ today, workdays }: HealthFacts) =>
  ({ isUnfinished, dueOn }: HealthTask) =>
    isUnfinished && dueOn !== null && dueOn < today && workdays.add(dueOn, 0) < today;

const byDue = (a: HealthTask, b: HealthTask) => (a.dueOn ?? '').localeCompare(b.dueOn ?? '');

function mostOverdue(tasks: readonly HealthTask[]): HealthTask | undefined {
  return tasks.toSorted(byDue)[0];
}
