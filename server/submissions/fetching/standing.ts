import type { Verdict } from '../validation/types.ts';

/*
 * What a check that keeps running comes to, from what its runs found. States and moves:
 *
 *   PASSING   the last runs were good
 *   DEGRADED  it warns, or has failed less than three times in a row: nobody is woken for one bad minute
 *   BROKEN    three failures in a row
 *   FLAPPING  more than four changes between good and bad within 24 hours: neither state would be the truth
 *
 *   PASSING -> DEGRADED -> BROKEN by failures; BROKEN -> DEGRADED by one good run, -> PASSING by two in a row;
 *   any -> FLAPPING by changes; FLAPPING -> what the last runs say once 24 hours hold four changes or fewer.
 */
export const standings = ['PASSING', 'DEGRADED', 'BROKEN', 'FLAPPING'] as const;
export type Standing = (typeof standings)[number];

export type CheckOutcome = {
  readonly at: Date;
  readonly result: 'PASSED' | 'WARNED' | 'FAILED';
  /** Ids of the rules that were broken, in any order. */
  readonly rules: readonly string[];
};

export type StandingNow = {
  readonly state: Standing;
  /** When it got there. */
  readonly since: Date | null;
  /** Rules that the last run broke and the last good one did not; and the other way round. */
  readonly appeared: readonly string[];
  readonly mended: readonly string[];
};

const failuresToBreak = 3;
const passesToHeal = 2;
const changesToFlap = 4;
const dayMs = 86_400_000;

export function outcomeOf(verdict: Verdict, rules: readonly string[], at: Date): CheckOutcome {
  const result = verdict === 'REJECTED' ? 'FAILED' : verdict === 'ACCEPTED_WITH_WARNINGS' ? 'WARNED' : 'PASSED';
  return { at, result, rules };
}

/** The state after all of these runs, oldest first. Without a run: PASSING, since nothing speaks against it. */
export function standingOf(history: readonly CheckOutcome[]): StandingNow {
  let state: Standing = 'PASSING';
  let since: Date | null = null;
  let steady: Standing = 'PASSING';
  let failures = 0;
  let passes = 0;
  const changes: number[] = [];
  for (const [index, run] of history.entries()) {
    const isBad = run.result === 'FAILED';
    const before = history[index - 1];
    if (before && (before.result === 'FAILED') !== isBad) changes.push(run.at.getTime());
    while (changes[0] !== undefined && changes[0] <= run.at.getTime() - dayMs) changes.shift();
    failures = isBad ? failures + 1 : 0;
    passes = run.result === 'PASSED' ? passes + 1 : 0;
    steady = steadyAfter(steady, run.result, failures, passes);
    const next: Standing = changes.length > changesToFlap ? 'FLAPPING' : steady;
    if (next !== state || since === null) since = run.at;
    state = next;
  }
  return { state, since, ...changed(history) };
}

function steadyAfter(state: Standing, result: CheckOutcome['result'], failures: number, passes: number): Standing {
  if (failures >= failuresToBreak) return 'BROKEN';
  if (result === 'FAILED') return state === 'BROKEN' ? 'BROKEN' : 'DEGRADED';
  if (result === 'WARNED') return 'DEGRADED';
  // One good run after a break may be luck.
  return state === 'BROKEN' || (state === 'DEGRADED' && passes < passesToHeal) ? 'DEGRADED' : 'PASSING';
}

function changed(history: readonly CheckOutcome[]): Pick<StandingNow, 'appeared' | 'mended'> {
  const last = history.at(-1);
  if (last === undefined) return { appeared: [], mended: [] };
  // Against the last run that was otherwise, so that a second failure still says what broke.
  const other = history.findLast(({ result }) => (result === 'FAILED') !== (last.result === 'FAILED'));
  const before = other?.rules ?? [];
  return {
    appeared: last.rules.filter((rule) => !before.includes(rule)).sort(),
    mended: before.filter((rule) => !last.rules.includes(rule)).sort(),
  };
}

/** Whether a move is worth reopening a finished task for. */
export function reopens(before: Standing, after: Standing): boolean {
  return after === 'BROKEN' && before !== 'BROKEN';
}
