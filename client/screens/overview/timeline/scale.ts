import type { TFunction } from 'i18next';
import { monthName } from '../../../words/months.ts';
import type { Zoom } from '../look.ts';

const dayMs = 86_400_000;
/** How wide a day is. */
const dayPx: Record<Zoom, number> = { WEEK: 20, MONTH: 7, QUARTER: 2.5 };
/** What is farther away in months than this is not drawn; the words of a line say it all the same. */
const monthsBefore = 12;
const monthsAfter = 21;

export type Tick = { key: string; label: string; left: number; width: number };
export type Scale = {
  widthPx: number;
  dayPx: number;
  /** Where a day begins, within what is drawn. */
  at: (day: string) => number;
  /** Whether a day is drawn at all. */
  isDrawn: (day: string) => boolean;
  major: Tick[];
  minor: Tick[];
};

const numberOf = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);
const yearOf = (date: Date) => String(date.getUTCFullYear());
const dateOf = (number: number) => new Date(number * dayMs);

/** A stretch of whole quarters around today, in pixels, with its marks. */
export function scaleOf(t: TFunction, today: string, zoom: Zoom): Scale {
  const now = new Date(`${today}T00:00:00Z`);
  const quarter = Math.floor(now.getUTCMonth() / 3) * 3;
  const monthAt = (offset: number) => Math.round(Date.UTC(now.getUTCFullYear(), quarter + offset, 1) / dayMs);
  const [from, to] = [monthAt(-monthsBefore), monthAt(monthsAfter)];
  const px = dayPx[zoom];
  const left = (number: number) => (Math.min(Math.max(number, from), to) - from) * px;
  const months = Array.from({ length: monthsBefore + monthsAfter }, (_, i) => i - monthsBefore);
  const isQuarters = zoom === 'QUARTER';
  const stretches = isQuarters ? months.filter((month) => month % 3 === 0) : months;
  const monthTick = (offset: number, length: number, label: (first: Date) => string): Tick => {
    const [first, next] = [monthAt(offset), monthAt(offset + length)];
    return { key: `${first}`, label: label(dateOf(first)), left: left(first), width: left(next) - left(first) };
  };
  return {
    widthPx: (to - from) * px,
    dayPx: px,
    at: (day) => left(numberOf(day)),
    isDrawn: (day) => numberOf(day) >= from && numberOf(day) < to,
    major: stretches.map((offset) =>
      monthTick(offset, isQuarters ? 3 : 1, (first) =>
        isQuarters
          ? t('overview.timeline.quarter', { quarter: Math.floor(first.getUTCMonth() / 3) + 1, year: yearOf(first) })
          : t('overview.timeline.month', { month: monthName(first, 'long'), year: yearOf(first) }),
      ),
    ),
    minor: isQuarters
      ? months.map((offset) => monthTick(offset, 1, (first) => monthName(first, 'short')))
      : mondaysBetween(from, to).map((monday) => ({
          key: `${monday}`,
          label: `${dateOf(monday).getUTCDate()}`,
          left: left(monday),
          width: left(monday + 7) - left(monday),
        })),
  };
}

function mondaysBetween(from: number, to: number): number[] {
  // The fourth day after the first one that is counted was a Monday.
  const first = from + ((4 - (from % 7) + 7) % 7);
  return Array.from({ length: Math.ceil((to - first) / 7) }, (_, i) => first + i * 7);
}

type Days = { startOn: string; finishOn: string };

/** In which lane each stretch is drawn so that none covers another, and how many lanes that takes. */
export function lanesOf(stretches: readonly Days[]): { lanes: number[]; count: number } {
  const ends: string[] = [];
  const lanes = stretches.map(({ startOn, finishOn }) => {
    const free = ends.findIndex((end) => end < startOn);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = finishOn;
    return lane;
  });
  return { lanes, count: Math.max(1, ends.length) };
}
