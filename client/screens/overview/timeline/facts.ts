import type { TFunction } from 'i18next';
import type { ResultOf } from '../../../api/graphql.ts';
import { dayWords, todayOf } from '../../../words/format.ts';
import { dayAndMonth } from '../../../words/months.ts';
import type { TimelineRow } from './documents.ts';

export type Read = ResultOf<typeof TimelineRow>;
export type Bar = {
  id: string;
  name: string;
  startOn: string;
  finishOn: string;
  state: 'done' | 'now' | 'next';
  done: number;
  total: number;
};

/** Those phases that have days, by when they begin. The first that is not done is under way. */
export function barsOf({ phases }: Read): Bar[] {
  const isOpen = ({ progress: { done, total } }: Read['phases'][number]) => done < total;
  const current = phases.find(isOpen);
  return phases
    .flatMap((phase) => {
      const { id, name, days, progress } = phase;
      if (!days) return [];
      const isBegun = phase === current || progress.done > 0;
      const state = isOpen(phase) ? (isBegun ? ('now' as const) : ('next' as const)) : ('done' as const);
      return [{ id, name, ...days, ...progress, state }];
    })
    .sort((a, b) => a.startOn.localeCompare(b.startOn));
}

export type Ends = {
  /** The day on which it went live; null: it has not. */
  liveOn: string | null;
  /** Null where nothing is aimed at any more. */
  targetOn: string | null;
  likelyOn: string | null;
  isLate: boolean;
};

export function endsOf({ state, targetOn, wentLiveAt, forecast }: Read): Ends {
  const liveOn = wentLiveAt === null ? null : todayOf(new Date(wentLiveAt));
  const likelyOn = liveOn === null ? (forecast?.p50On ?? null) : null;
  return {
    liveOn,
    targetOn: state === 'CANCELLED' ? null : targetOn,
    likelyOn,
    isLate: likelyOn !== null && likelyOn > targetOn,
  };
}

/** The same in words, for whoever does not see the drawing, and for the line below it. */
export function phaseWords(t: TFunction, { phases }: Read): string[] {
  if (phases.length === 0) return [t('overview.timeline.noRoad')];
  return phases.map(({ name, days, progress }) =>
    days
      ? t('overview.timeline.phase', {
          phase: name,
          from: dayAndMonth(days.startOn),
          to: dayAndMonth(days.finishOn),
          ...progress,
        })
      : t('overview.timeline.unplanned', { phase: name }),
  );
}

export function targetWords(t: TFunction, { targetOn }: Ends, today: string): string {
  return targetOn ? t('overview.timeline.targetOn', { day: dayWords(targetOn, today) }) : t('overview.notLive');
}

export function likelyWords(t: TFunction, { liveOn, likelyOn, isLate }: Ends, today: string): string {
  if (liveOn) return t('overview.timeline.liveOn', { day: dayWords(liveOn, today) });
  if (!likelyOn) return t('overview.timeline.noForecast');
  return t(`overview.timeline.${isLate ? 'lateOn' : 'likelyOn'}`, { day: dayWords(likelyOn, today) });
}
