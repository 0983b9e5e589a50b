import { endOfBusiness, type WorkingCalendar } from '../../calendar.ts';
import type { Court } from '../../tasks/queries.ts';
import { type Hours, hoursOf, msPerMinute, type Span } from './hours.ts';
import type { Stint, Told, Turn } from './replay.ts';

/** A side that can have the turn. */
export type Party = Exclude<Court, 'NOBODY'>;

/** The working calendar of each side, and within how many hours of work it answers; null: it promises nothing. */
export type Terms = { readonly [P in Party]: { calendar: WorkingCalendar; answerHours: number | null } };

/** Minutes of one side, and how it kept what is promised of it. */
export type Share = {
  readonly court: Court;
  readonly minutes: number;
  readonly answerHours: number | null;
  /** How often a task was with it and moved on, or should have: and how often in time. */
  readonly answers: number;
  readonly answersInTime: number;
};

export type Ledger = {
  readonly from: number;
  readonly to: number;
  readonly shares: readonly Share[];
  /** Of nobody's minutes those in which the company was at work: on hold, or nothing was open. */
  readonly idleMinutes: number;
  /** Newest last, each with how many minutes its side was at work. */
  readonly turns: readonly (Turn & { readonly minutes: number })[];
  /** Covers the time exactly: the turns, with nobody's where their side is not at work. */
  readonly intervals: readonly Turn[];
};

const parties = ['CLIENT', 'COMPANY', 'THIRD_PARTY'] as const;

/** Every minute from the beginning up to now, to exactly one of the four. */
export function ledgerOf({ turns, stints, from, to }: Told, terms: Terms): Ledger {
  // Two sides of one calendar are at work at the same time, and it is not counted out twice.
  const known = new Map<string, Hours>();
  const hoursFor = ({ calendar }: Terms[Party]): Hours => {
    const made = known.get(JSON.stringify(calendar)) ?? hoursOf(calendar, { from, to });
    known.set(JSON.stringify(calendar), made);
    return made;
  };
  const hours: Record<Party, Hours> = {
    CLIENT: hoursFor(terms.CLIENT),
    COMPANY: hoursFor(terms.COMPANY),
    THIRD_PARTY: hoursFor(terms.THIRD_PARTY),
  };
  const intervals = intervalsOf(turns, hours);
  const minutesOf = (court: Court) => lengthOf(intervals.filter((interval) => interval.court === court));
  const idle = turns.filter((turn) => turn.court === 'NOBODY');
  const shares = parties.map((court) => {
    const { calendar, answerHours } = terms[court];
    const ofSide = stints.filter((stint) => stint.court === court);
    const counted = answerHours === null ? [] : answersOf(ofSide, answerHours, hours[court], calendar, to);
    const answersInTime = counted.filter((isInTime) => isInTime).length;
    return { court, minutes: minutesOf(court), answerHours, answers: counted.length, answersInTime };
  });
  const nobody = { court: 'NOBODY', minutes: minutesOf('NOBODY'), answerHours: null, answers: 0, answersInTime: 0 };
  return {
    from,
    to,
    shares: [...shares, nobody as Share],
    idleMinutes: idle.reduce((sum, turn) => sum + hours.COMPANY.minutes(turn), 0),
    turns: turns.map((turn) => ({ ...turn, minutes: minutesAt(turn, hours) })),
    intervals,
  };
}

function minutesAt(turn: Turn, hours: Record<Party, Hours>): number {
  return turn.court === 'NOBODY' ? turn.to - turn.from : hours[turn.court].minutes(turn);
}

function intervalsOf(turns: readonly Turn[], hours: Record<Party, Hours>): Turn[] {
  const found: Turn[] = [];
  const add = (piece: Turn) => {
    const last = found.at(-1);
    if (piece.from >= piece.to) return;
    if (last && last.court === piece.court && last.taskId === piece.taskId)
      found[found.length - 1] = { ...last, to: piece.to };
    else found.push(piece);
  };
  const nobody = (span: Span) => add({ court: 'NOBODY', taskId: null, from: span.from, to: span.to });
  for (const turn of turns) {
    const worked = turn.court === 'NOBODY' ? [] : hours[turn.court].within(turn);
    let at = turn.from;
    for (const piece of worked) {
      nobody({ from: at, to: piece.from });
      add({ ...turn, ...piece });
      at = piece.to;
    }
    nobody({ from: at, to: turn.to });
  }
  return found;
}

/**
 * Whether each answer came in time: within so many hours of its side's work, or by the close of its due day where that
 * is later, since a day that was agreed on goes before the general promise. What still lies there counts once it is late.
 */
function answersOf(
  stints: readonly Stint[],
  answerHours: number,
  hours: Hours,
  calendar: WorkingCalendar,
  now: number,
): boolean[] {
  return stints.flatMap((stint) => {
    if (stint.end === 'DROPPED') return [];
    const isInTime =
      stint.spans.reduce((sum, span) => sum + hours.minutes(span), 0) <= answerHours * 60 ||
      (stint.dueOn !== null &&
        (stint.spans.at(-1)?.to ?? now) * msPerMinute <= endOfBusiness(stint.dueOn, calendar).getTime());
    return stint.end === null && isInTime ? [] : [isInTime];
  });
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}
