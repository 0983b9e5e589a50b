import { sides } from '../../../drizzle/schema/index.ts';
import type { WorkingCalendar } from '../../../server/calendar.ts';
import type { Terms } from '../../../server/plan/ledger/ledger.ts';
import type { LedgerEvent, LedgerTask, Origin } from '../../../server/plan/ledger/replay.ts';
import { type MoveKind, moves } from '../../../server/tasks/states.ts';
import { type Random, randomOf } from '../../support/random.ts';

const minute = 60_000;
/** Shortly before the clocks go forward in Europe, so that many histories run over that night. */
const begin = Date.parse('2026-03-20T07:12:34.567Z');

export const offices: readonly WorkingCalendar[] = [
  { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00', holidays: [] },
  {
    timeZone: 'Europe/Prague',
    workingDays: [1, 2, 3, 4, 5],
    opensAt: '08:30',
    closesAt: '16:45',
    holidays: ['2026-04-03'],
  },
  { timeZone: 'America/New_York', workingDays: [1, 2, 3, 4, 6], opensAt: '00:00', closesAt: '23:59', holidays: [] },
  { timeZone: 'Pacific/Auckland', workingDays: [7], opensAt: '10:00', closesAt: '11:00', holidays: [] },
];

export const plainTerms = termsOf(offices[0]!, offices[0]!, offices[0]!);

export function termsOf(client: WorkingCalendar, company: WorkingCalendar, third: WorkingCalendar): Terms {
  return {
    CLIENT: { calendar: client, answerHours: 16 },
    COMPANY: { calendar: company, answerHours: 16 },
    THIRD_PARTY: { calendar: third, answerHours: null },
  };
}

export type History = { origin: Origin; events: LedgerEvent[]; terms: Terms; now: Date };

/** Anything that a log may tell of a project, in an order in which it could have happened. */
export function historyOf(seed: number): History {
  const random = randomOf(seed);
  const startsAt = new Date(begin + random.below(20_000) * minute);
  const tasks = Array.from(
    { length: 1 + random.below(6) },
    (_, index): LedgerTask => ({
      id: `task-${index}`,
      index,
      side: random.pick(sides),
      visibility: random.chance(0.7) ? 'SHARED' : 'INTERNAL',
      state: 'NOT_READY',
      stateSince: startsAt,
      dueOn: random.chance(0.8) ? `2026-04-${String(1 + random.below(28)).padStart(2, '0')}` : null,
      stuckSide: null,
      stuckSince: null,
    }),
  );
  const isDraft = random.chance(0.3);
  const origin: Origin = { startsAt, state: isDraft ? 'DRAFT' : 'ACTIVE', tasks };
  const events: LedgerEvent[] = [];
  // A draft is prepared before it begins.
  let at = startsAt.getTime() - (isDraft ? random.below(3_000) * minute : 0);
  const tell = (kind: string, taskId: string | null, facts: Record<string, unknown> = {}) =>
    events.push({ kind, taskId, facts, at: new Date(at) });
  for (const task of tasks) tell('task.created', task.id, { phaseId: 'phase' });
  const life = lifeOf(random, tasks, isDraft ? 'DRAFT' : 'ACTIVE');
  for (let i = random.below(80); i > 0; i--) {
    at += random.chance(0.3) ? random.below(50_000) : random.below(2_000) * minute;
    const next = life(at >= startsAt.getTime());
    if (next) tell(next.kind, next.taskId, next.facts);
  }
  const office = () => random.pick(offices);
  const now = new Date(Math.max(at, startsAt.getTime()) + random.below(30_000) * minute);
  return { origin, events, terms: termsOf(office(), office(), office()), now };
}

const lives: Record<string, readonly (readonly [string, string])[]> = {
  DRAFT: [['project.activated', 'ACTIVE']],
  ACTIVE: [
    ['project.held', 'ON_HOLD'],
    ['project.held', 'ON_HOLD'],
    ['project.wentLive', 'LIVE'],
    ['project.cancelled', 'CANCELLED'],
  ],
  ON_HOLD: [
    ['project.resumed', 'ACTIVE'],
    ['project.resumed', 'ACTIVE'],
    ['project.cancelled', 'CANCELLED'],
  ],
  LIVE: [['project.closed', 'CLOSED']],
};

function lifeOf(random: Random, tasks: readonly LedgerTask[], state: string) {
  let project = state;
  const now = new Map(tasks.map((task) => [task.id, { ...task }]));
  return (hasBegun: boolean): Omit<LedgerEvent, 'at'> | null => {
    if (random.chance(0.1) && (project !== 'DRAFT' || hasBegun)) {
      const [kind, to] = random.pick(lives[project] ?? ([['project.edited', '']] as const));
      if (to === '') return { kind, taskId: null, facts: { fields: ['targetOn'] } };
      const facts = { from: project, to };
      project = to;
      return { kind, taskId: null, facts };
    }
    const task = now.get(random.pick(tasks).id)!;
    const of = (kind: string, facts: Record<string, unknown>) => ({ kind, taskId: task.id, facts });
    const roll = random.below(12);
    if (roll === 0)
      return of(random.pick(['comment.added', 'submission.validated', 'task.of.later.times']), { from: 'x', to: 'y' });
    if (roll === 1) {
      const isShared = task.visibility === 'SHARED';
      task.visibility = isShared ? 'INTERNAL' : 'SHARED';
      return of(isShared ? 'task.hidden' : 'task.shared', {});
    }
    if (roll === 2) {
      const facts = { from: task.dueOn, to: random.chance(0.2) ? null : `2026-04-${10 + random.below(20)}` };
      task.dueOn = facts.to;
      return of('task.dueMoved', facts);
    }
    if (roll === 3) {
      const side = { from: task.side, to: random.pick(sides) };
      task.side = side.to;
      return of('task.edited', random.chance(0.5) ? { fields: 'title' } : { fields: 'side', side });
    }
    if (roll === 4) return of('task.stuck', { side: random.pick(sides) });
    if (roll === 5) return of('task.unstuck', { side: 'CLIENT' });
    const kinds = (Object.keys(moves) as MoveKind[]).filter((kind) =>
      (moves[kind].from as readonly string[]).includes(task.state),
    );
    const kind = random.pick(kinds);
    const facts = { from: task.state, to: random.pick(moves[kind].to as readonly LedgerTask['state'][]) };
    task.state = facts.to;
    return of(kind, facts);
  };
}
