import { type WorkingCalendar, workingSpans } from '../../calendar.ts';

/** A stretch of time in whole minutes since 1970, without its end. */
export type Span = { readonly from: number; readonly to: number };

/** When a side is at work, made once for all that is asked of it within a stretch of time. */
export type Hours = {
  /** The stretches of working time within a span, in order. */
  within(span: Span): Span[];
  /** How many working minutes a span holds. */
  minutes(span: Span): number;
};

export const msPerMinute = 60_000;

export function hoursOf(calendar: WorkingCalendar, { from, to }: Span): Hours {
  const days = workingSpans(new Date(from * msPerMinute), new Date(to * msPerMinute), calendar).map((day) => ({
    from: Math.floor(day.from.getTime() / msPerMinute),
    to: Math.floor(day.to.getTime() / msPerMinute),
  }));
  /** Where the first day stands that ends after a minute: days are in order and do not overlap. */
  const firstAfter = (minute: number): number => {
    let low = 0;
    let high = days.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((days[middle]?.to ?? 0) > minute) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const within = (span: Span): Span[] => {
    const found: Span[] = [];
    for (let i = firstAfter(span.from); i < days.length; i++) {
      const day = days[i];
      if (!day || day.from >= span.to) break;
      found.push({ from: Math.max(day.from, span.from), to: Math.min(day.to, span.to) });
    }
    return found;
  };
  return { within, minutes: (span) => within(span).reduce((sum, piece) => sum + piece.to - piece.from, 0) };
}
