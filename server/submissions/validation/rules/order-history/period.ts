import type { Cell } from '../../cell.ts';
import type { Broken, FileRule, Judging, Rule, Totals } from '../../types.ts';
import { brokenAt } from '../common/answers.ts';
import { dateMsOf } from '../common/dates.ts';
import { algolia, emarsys, goodPractice, klevu } from './sources.ts';
import { algoliaDays, earliestMs, isOlderThan } from './times.ts';

/*
 * Which days the file covers. A counter for each day since 1995 is all that is remembered, whatever the number of rows.
 */
const dayMs = 86_400_000;
const firstDay = earliestMs / dayMs;
const columns = ['timestamp'];

/** Rows by day, between 1995 and the day as of which is judged. */
class Days {
  readonly counts: Uint32Array;
  first = -1;
  last = -1;
  /** That was counted last. */
  row = 0;

  constructor({ asOfMs }: Judging) {
    this.counts = new Uint32Array(Math.max(2, Math.min(60_000, Math.floor(asOfMs / dayMs) - firstDay + 2)));
  }

  add(ms: number): void {
    const day = Math.floor(ms / dayMs) - firstDay;
    // NaN is no day either.
    if (!(day >= 0 && day < this.counts.length)) return;
    this.counts[day] = (this.counts[day] as number) + 1;
    if (this.first === -1 || day < this.first) this.first = day;
    if (day > this.last) this.last = day;
  }

  /** Days from the first to the last with a row, both included. */
  get span(): number {
    return this.first === -1 ? 0 : this.last - this.first + 1;
  }
}

const nameOf = (day: number) => new Date((day + firstDay) * dayMs).toISOString().slice(0, 10);

function daysRule(
  rule: Omit<FileRule, 'scope' | 'columns' | 'needs' | 'watch' | 'covers'>,
  judge: (days: Days, totals: Totals, judging: Judging) => readonly Broken[],
  counts: 'ALL' | 'YOUNG' = 'ALL',
): FileRule {
  return {
    ...rule,
    scope: 'FILE',
    covers: ['F2:*file*'],
    columns,
    needs: columns,
    watch: (judging, _known, memory) => {
      // Counted once for all rules that count the same rows.
      const days = memory.shared(`days ${counts}`, () => new Days(judging));
      return {
        row: (cells, row) => {
          const cell = cells[0] as Cell;
          if (cell.end - cell.start < 10 || days.row === row) return null;
          days.row = row;
          const ms = dateMsOf(cell);
          if (counts === 'ALL' || !isOlderThan(ms, algoliaDays, judging)) days.add(ms);
          return null;
        },
        end: (totals) => judge(days, totals, judging),
      };
    },
  };
}

/** A row a day, from `from` on for `count` days. */
const daily = (from: string, count: number, leftOut: readonly number[] = []) =>
  Array.from({ length: count }, (_, at) => at)
    .filter((at) => !leftOut.includes(at))
    .map((at) => ({ timestamp: new Date(Date.parse(from) + at * dayMs).toISOString().slice(0, 10) }));

type Period = { id: string; profile: string | null; least: number; source: FileRule['source']; wanted: string };

function periodRule({ id, profile, least, source, wanted }: Period): FileRule {
  return daysRule(
    {
      id,
      severity: 'WARNING',
      code: 'validation_date_out_of_range',
      source,
      ...(profile !== null && { profiles: [profile] }),
      title: `The orders cover fewer than ${least} days`,
      advice: `They go from {from} to {to}, which is {days} days. ${wanted}`,
      accepted: [
        { rows: daily('2026-11-21', 1).concat(daily(dayBefore('2026-11-21', least - 1), 1)) },
        { rows: [{ timestamp: 'x' }] },
      ],
      refused: [{ rows: daily('2026-11-01', 20) }],
    },
    (days, _, judging) => {
      if (profile === null && judging.profile !== null && judging.profile in ownPeriod) return [];
      if (days.span === 0 || days.span >= least) return [];
      return [brokenAt('timestamp', { from: nameOf(days.first), to: nameOf(days.last), days: days.span })];
    },
    profile === 'algolia' ? 'YOUNG' : 'ALL',
  );
}

function dayBefore(day: string, count: number): string {
  return new Date(Date.parse(day) - count * dayMs).toISOString().slice(0, 10);
}

/** Profiles with a period of their own. */
const ownPeriod: Readonly<Record<string, true>> = { algolia: true, klevu: true, emarsys: true };

const gaps = daysRule(
  {
    id: 'period.gaps',
    severity: 'WARNING',
    code: 'validation_inconsistent',
    source: goodPractice,
    title: 'There are days without any order',
    advice:
      'More than 3 days in a row have none, {count} times; the longest time goes from {from} to {to} ({days} days). Look whether a part of the export is missing.',
    accepted: [{ rows: daily('2026-10-01', 40, [10, 11, 12]) }, { rows: daily('2026-10-01', 1) }],
    refused: [{ rows: daily('2026-10-01', 40, [10, 11, 12, 13]) }],
  },
  (days) => {
    let count = 0;
    let longest = 0;
    let longestEnd = 0;
    let empty = 0;
    for (let day = Math.max(days.first, 0); day <= days.last; day++) {
      if (days.counts[day] === 0) {
        empty++;
        continue;
      }
      if (empty > 3) count++;
      if (empty > longest) {
        longest = empty;
        longestEnd = day - 1;
      }
      empty = 0;
    }
    if (count === 0) return [];
    return [
      brokenAt('timestamp', { count, from: nameOf(longestEnd - longest + 1), to: nameOf(longestEnd), days: longest }),
    ];
  },
);

/** Fewer days tell nothing about what is usual. */
const leastDays = 14;
const sigmas = 6;

const outliers = daysRule(
  {
    id: 'period.outliers',
    severity: 'WARNING',
    code: 'validation_inconsistent',
    source: goodPractice,
    title: 'A day has far more orders than the others',
    advice:
      '{day} has {count} rows and the other days about {usual}. Look whether a day was exported twice, or orders without a date got this one.',
    accepted: [
      { rows: daily('2026-10-01', 40) },
      { rows: daily('2026-10-01', 10).concat(Array.from({ length: 50 }, () => ({ timestamp: '2026-10-05' }))) },
    ],
    refused: [
      { rows: daily('2026-10-01', 40).concat(Array.from({ length: 50 }, () => ({ timestamp: '2026-10-20' }))) },
    ],
  },
  (days) => {
    if (days.span < leastDays) return [];
    let sum = 0;
    let squares = 0;
    for (let day = days.first; day <= days.last; day++) {
      const count = days.counts[day] as number;
      sum += count;
      squares += count * count;
    }
    const found: { day: number; count: number; usual: number }[] = [];
    for (let day = days.first; day <= days.last; day++) {
      // Against the other days: one that stands out would hide itself in a mean of its own.
      const count = days.counts[day] as number;
      const others = days.span - 1;
      const mean = (sum - count) / others;
      const variance = (squares - count * count) / others - mean * mean;
      // Chance alone spreads counts by the root of their mean.
      const sigma = Math.sqrt(Math.max(variance, mean, 1));
      if (count > mean + sigmas * sigma) found.push({ day, count, usual: Math.round(mean) });
    }
    found.sort((a, b) => b.count - a.count || a.day - b.day);
    return found.slice(0, 10).map(({ day, count, usual }) => brokenAt('timestamp', { day: nameOf(day), count, usual }));
  },
);

export const periodRules: readonly Rule[] = [
  periodRule({
    id: 'period.short',
    profile: null,
    least: 30,
    source: goodPractice,
    wanted: 'Recommendations want 30 days at least, better a year.',
  }),
  periodRule({
    id: 'period.algolia',
    profile: 'algolia',
    least: 30,
    source: algolia,
    wanted: 'Algolia wants 30 days at least out of the last 90.',
  }),
  periodRule({
    id: 'period.klevu',
    profile: 'klevu',
    least: 60,
    source: klevu,
    wanted: 'Klevu wants the last two to three months at least.',
  }),
  periodRule({
    id: 'period.emarsys',
    profile: 'emarsys',
    least: 730,
    source: emarsys,
    wanted: 'Emarsys wants two years if you have them.',
  }),
  gaps,
  outliers,
];
