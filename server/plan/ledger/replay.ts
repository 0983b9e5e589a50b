import type { Audience } from '../../access/viewer.ts';
import {
  byUrgency,
  type Court,
  type CourtFacts,
  courtOf,
  isOpen,
  isUnderWay,
  type TaskState,
  taskMoves,
} from '../../tasks/queries.ts';
import { msPerMinute, type Span } from './hours.ts';

/*
 * Whose turn it was, told again from a project's events. The fold keeps what each task was at the moment - its state,
 * side, due day, who may know of it, whether it is stuck - and writes down two things: whose turn it was in the project
 * (a `Turn` ends where the next one begins, so that they cover the time without a hole), and how long each task lay with
 * a side before it moved on (a `Stint`).
 *
 * Moments are whole minutes: what happened within a minute counts from its beginning, the last of several holds. So
 * every minute belongs to one turn, and to one only. Events of kinds that are not known here are passed over.
 */
export type LedgerEvent = {
  readonly kind: string;
  readonly taskId: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly at: Date;
};

/** A task as it was before its first event. */
export type LedgerTask = CourtFacts & { readonly id: string };
type ProjectState = Parameters<typeof isUnderWay>[0]['state'];

/** What a project was before its first event. */
export type Origin = {
  /** Since when clients know of it: where the ledger begins. */
  readonly startsAt: Date;
  readonly state: ProjectState;
  readonly tasks: readonly LedgerTask[];
};

/** Whose turn it was in a project; nobody's while it is on hold and while nothing is open. */
export type Turn = Span & { readonly court: Court; readonly taskId: string | null };

/** How long a task lay with a side: when clocks ran. DROPPED: it was not answered, the plan changed. */
export type Stint = {
  readonly taskId: string;
  readonly court: Exclude<Court, 'NOBODY'>;
  readonly spans: readonly Span[];
  readonly dueOn: string | null;
  readonly end: 'ANSWERED' | 'DROPPED' | null;
};

type OpenStint = Omit<Stint, 'end'> & { readonly runsFrom: number | null };
type CurrentTurn = { readonly court: Court; readonly taskId: string | null; readonly from: number };

/** The fold's state: to be gone on with, and never changed once it was handed out. */
export type Replay = {
  readonly audience: Audience;
  readonly start: number;
  /** The last moment that was told. */
  readonly at: number;
  readonly state: ProjectState;
  /** Tasks that are there already; `known` are those to come. */
  readonly tasks: ReadonlyMap<string, LedgerTask>;
  readonly known: ReadonlyMap<string, LedgerTask>;
  readonly turns: readonly Turn[];
  readonly current: CurrentTurn;
  readonly stints: readonly Stint[];
  readonly open: ReadonlyMap<string, OpenStint>;
};

/** As it stands before the first event. SHARED: built from what clients may know of alone. */
export function replayFrom(origin: Origin, audience: Audience): Replay {
  const start = minuteOf(origin.startsAt);
  return {
    audience,
    start,
    at: start,
    state: origin.state,
    tasks: new Map(),
    known: new Map(origin.tasks.map((task) => [task.id, task])),
    turns: [],
    current: { court: 'NOBODY', taskId: null, from: start },
    stints: [],
    open: new Map(),
  };
}

/** Goes on with the next events, in the order of their positions. In one go or in many, it comes to the same. */
export function replay(from: Replay, events: readonly LedgerEvent[]): Replay {
  const run = {
    ...from,
    tasks: new Map(from.tasks),
    turns: [...from.turns],
    stints: [...from.stints],
    open: new Map(from.open),
  };
  for (const event of events) {
    const isTold = tellProject(run, event) || tellTask(run, event);
    if (isTold && !isOver(run.state)) takeTurn(run);
  }
  return run;
}

export type Told = { turns: Turn[]; stints: Stint[]; from: number; to: number };

/** All that is told up to a moment: what still runs is cut off there. */
export function toldUntil(run: Replay, now: Date): Told {
  const end = isOver(run.state) ? run.current.from : Math.max(run.at, minuteOf(now));
  const { court, taskId, from } = run.current;
  const running = [...run.open.values()].map(({ runsFrom, spans, ...stint }) => ({
    ...stint,
    spans: runsFrom !== null && runsFrom < end ? [...spans, { from: runsFrom, to: end }] : spans,
    end: null,
  }));
  return {
    turns: from < end ? withTurn([...run.turns], { court, taskId, from, to: end }) : [...run.turns],
    stints: [...run.stints, ...running],
    from: run.start,
    to: end,
  };
}

type Running = Replay & {
  at: number;
  state: ProjectState;
  current: CurrentTurn;
  tasks: Map<string, LedgerTask>;
  turns: Turn[];
  stints: Stint[];
  open: Map<string, OpenStint>;
};

/** Moves of the project itself, by their kinds. */
const projectMoves: readonly string[] = [
  'project.activated',
  'project.held',
  'project.resumed',
  'project.wentLive',
  'project.closed',
  'project.cancelled',
];

/** The kinds that are told here; a reader of the log need not read any other. */
export const ledgerKinds: readonly string[] = [
  ...projectMoves,
  ...Object.keys(taskMoves),
  'task.created',
  'task.stuck',
  'task.unstuck',
  'task.dueMoved',
  'task.edited',
  'task.shared',
  'task.hidden',
];

export function isProjectMove(kind: string): boolean {
  return projectMoves.includes(kind);
}

/** Clocks of two transactions may be a moment apart; the log's order is the order in which things were so. */
function reach(run: Running, at: Date): void {
  run.at = Math.max(run.at, minuteOf(at));
}

function isOver(state: ProjectState): boolean {
  return state === 'CLOSED' || state === 'CANCELLED';
}

function tellProject(run: Running, { kind, facts, at }: LedgerEvent): boolean {
  if (!isProjectMove(kind) || isOver(run.state)) return false;
  reach(run, at);
  const wasUnderWay = isUnderWay(run);
  run.state = facts.to as ProjectState;
  if (isOver(run.state)) {
    for (const id of [...run.open.keys()]) closeStint(run, id, 'DROPPED');
    turnTo(run, 'NOBODY', null);
  } else if (wasUnderWay !== isUnderWay(run)) {
    // Clocks stand while it is on hold.
    for (const [id, stint] of run.open) run.open.set(id, wasUnderWay ? stood(stint, run.at) : running(stint, run.at));
  }
  return true;
}

function tellTask(run: Running, event: LedgerEvent): boolean {
  const { kind, taskId } = event;
  if (taskId === null || !ledgerKinds.includes(kind)) return false;
  const task = run.tasks.get(taskId) ?? run.known.get(taskId);
  if (!task) return false;
  const next = after(task, event);
  run.tasks.set(taskId, next);
  // What is not seen before and after moves nothing, not even the clock.
  if (!isSeen(run, task) && !isSeen(run, next)) return false;
  reach(run, event.at);
  moveStint(run, next, planningKinds.includes(kind) ? 'DROPPED' : 'ANSWERED');
  return true;
}

/** What takes a task from a side without that side having answered. */
const planningKinds: readonly string[] = [
  'task.waived',
  'task.cancelled',
  'task.notReady',
  'task.hidden',
  'task.shared',
  'task.edited',
];

/** The task as an event left it. */
function after(task: LedgerTask, { kind, facts, at }: LedgerEvent): LedgerTask {
  if (kind in taskMoves) {
    const state = facts.to as TaskState;
    const isFree = kind === 'task.submitted' || !isOpen({ state });
    return { ...task, state, stateSince: at, ...(isFree ? { stuckSide: null, stuckSince: null } : {}) };
  }
  switch (kind) {
    case 'task.stuck':
      return { ...task, stuckSide: facts.side as LedgerTask['stuckSide'], stuckSince: at };
    case 'task.unstuck':
      return { ...task, stuckSide: null, stuckSince: null };
    case 'task.dueMoved':
      return { ...task, dueOn: facts.to as string | null };
    case 'task.edited':
      return { ...task, side: sideMoved(facts)?.to ?? task.side };
    case 'task.shared':
      return { ...task, visibility: 'SHARED' };
    case 'task.hidden':
      return { ...task, visibility: 'INTERNAL' };
    default:
      return { ...task, stateSince: at };
  }
}

type SideMove = { from: LedgerTask['side']; to: LedgerTask['side'] };

/** From whom to whom a task went, where an edit said so. */
export function sideMoved(facts: LedgerEvent['facts']): SideMove | null {
  return (facts.side as SideMove | undefined) ?? null;
}

function isSeen(run: Replay, task: LedgerTask): boolean {
  return run.audience === 'INTERNAL' || task.visibility === 'SHARED';
}

function moveStint(run: Running, task: LedgerTask, end: 'ANSWERED' | 'DROPPED'): void {
  if (isOver(run.state)) return;
  const court = isSeen(run, task) ? courtOf(task) : 'NOBODY';
  const open = run.open.get(task.id);
  if (open && open.court === court) {
    if (open.dueOn !== task.dueOn) run.open.set(task.id, { ...open, dueOn: task.dueOn });
    return;
  }
  if (open) closeStint(run, task.id, end);
  if (court === 'NOBODY') return;
  const runsFrom = isUnderWay(run) ? run.at : null;
  run.open.set(task.id, { taskId: task.id, court, spans: [], dueOn: task.dueOn, runsFrom });
}

function closeStint(run: Running, taskId: string, end: 'ANSWERED' | 'DROPPED'): void {
  const open = run.open.get(taskId);
  if (!open) return;
  const { runsFrom: _, ...stint } = stood(open, run.at);
  run.open.delete(taskId);
  run.stints.push({ ...stint, end });
}

function stood(stint: OpenStint, at: number): OpenStint {
  const { runsFrom, spans } = stint;
  const ran = runsFrom !== null && runsFrom < at ? [...spans, { from: runsFrom, to: at }] : spans;
  return { ...stint, spans: ran, runsFrom: null };
}

function running(stint: OpenStint, at: number): OpenStint {
  return { ...stint, runsFrom: at };
}

/** Whose turn it is now: as `courtOfProject` says it, without sorting every task at every event. */
function takeTurn(run: Running): void {
  let urgent: LedgerTask | null = null;
  if (isUnderWay(run)) {
    for (const task of run.tasks.values()) {
      if (isOpen(task) && isSeen(run, task) && (urgent === null || byUrgency(task, urgent) < 0)) urgent = task;
    }
  }
  turnTo(run, urgent ? courtOf(urgent) : 'NOBODY', urgent?.id ?? null);
}

function turnTo(run: Running, court: Court, taskId: string | null): void {
  const { current } = run;
  if (current.court === court && current.taskId === taskId && !isOver(run.state)) return;
  if (current.from < run.at) withTurn(run.turns, { ...current, to: run.at });
  run.current = { court, taskId, from: run.at };
}

/** Adds a turn; one that goes on with the last is one with it. */
function withTurn(turns: Turn[], { court, taskId, from, to }: Turn): Turn[] {
  const last = turns.at(-1);
  if (last && last.to === from && last.court === court && last.taskId === taskId) {
    turns[turns.length - 1] = { ...last, to };
  } else turns.push({ court, taskId, from, to });
  return turns;
}

function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / msPerMinute);
}
