const locale = 'en-GB';
const dayMs = 86_400_000;
/** Up to here a day is said with its weekday, farther off with its year. */
const nearDays = 60;

const formatOf = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
// Made once: to make one takes longer than a hundred uses of it, and a table says a day in every line.
const nearDay = formatOf({ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
const farDay = formatOf({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const fullDay = formatOf({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const ownDay = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' });

const partsOf = (date: Date, format: Intl.DateTimeFormat) =>
  format
    .formatToParts(date)
    .filter((part) => part.type !== 'literal')
    .map((part) => part.value)
    .join(' ');

/** A calendar day ("2027-03-12") as the moment at which it starts in UTC, to be shown in UTC. */
const dayOf = (date: string) => new Date(`${date.slice(0, 10)}T00:00:00Z`);

/** The viewer's own calendar day, in the form of a `Date` of the API. */
export function todayOf(now: Date, timeZone?: string): string {
  return (timeZone ? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }) : ownDay).format(now);
}

/** Whole days from `today` to `date`; negative when it has passed. */
export function daysUntil(date: string, today: string): number {
  return Math.round((dayOf(date).getTime() - dayOf(today).getTime()) / dayMs);
}

/** "Fri 12 Mar" near, "12 Mar 2027" far. */
export function dayWords(date: string, today: string): string {
  return partsOf(dayOf(date), Math.abs(daysUntil(date, today)) <= nearDays ? nearDay : farDay);
}

/** "Friday 12 March 2027", for what is read out and for hovering. */
export function dayInFull(date: string): string {
  return partsOf(dayOf(date), fullDay);
}

/** "14:05". */
export function clockTime(at: Date): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(at);
}

/** "14:05" today, "Thu 11 Mar, 14:05" before. */
export function clockOrDay(at: Date, now: Date): string {
  const day = todayOf(at);
  const today = todayOf(now);
  return day === today ? clockTime(at) : `${dayWords(day, today)}, ${clockTime(at)}`;
}

/** "Fri 12 Mar 2027, 14:05 CET": exact, with the zone in which it is said. */
export function exactTime(at: Date): string {
  const day = partsOf(at, formatOf({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }));
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }).format(
    at,
  );
  return `${day}, ${time}`;
}

/** "5 min ago", "3 h ago", "yesterday", then the day. Null when it was less than a minute ago. */
export function relativeTime(at: Date, now: Date): string | null {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const inWords = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'narrow' });
  const minutes = Math.trunc(seconds / 60);
  if (minutes === 0) return null;
  if (Math.abs(minutes) < 60) return inWords.format(minutes, 'minute');
  const hours = Math.trunc(minutes / 60);
  if (Math.abs(hours) < 24) return inWords.format(hours, 'hour');
  const days = daysUntil(todayOf(at), todayOf(now));
  if (Math.abs(days) < 7) return inWords.format(days, 'day');
  return dayWords(todayOf(at), todayOf(now));
}

/** How long something has lasted, in its one largest unit: "4 d", "3 h", "12 min". */
export function lasting(since: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 60_000));
  const [value, unit] =
    minutes < 60
      ? [minutes, 'min']
      : minutes < 1440
        ? [Math.floor(minutes / 60), 'h']
        : [Math.floor(minutes / 1440), 'd'];
  return `${value} ${unit}`;
}

/** "€41,000" : whole units, as sums on an overview are read. */
export function money(sum: { amountMinor: number; currency: string }): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: sum.currency, maximumFractionDigits: 0 });
  return format.format(sum.amountMinor / 10 ** minorDigits(sum.currency));
}

function minorDigits(currency: string): number {
  const digits = new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions();
  return digits.maximumFractionDigits ?? 2;
}

/** "1250.5" or "1250": a sum as it is typed, without its currency. */
export function moneyToText(sum: { amountMinor: number; currency: string }): string {
  const digits = minorDigits(sum.currency);
  const units = sum.amountMinor / 10 ** digits;
  return Number.isInteger(units) ? String(units) : units.toFixed(digits);
}

/**
 * The minor units that a person typed: "1250", "1,250.50", "1.250,50", "1 250". The last point or comma with fewer than
 * three digits behind it parts the cents. NaN when it is no sum.
 */
export function moneyFromText(text: string, currency: string): number {
  const bare = text.replace(/[\s\u00a0\u202f']/g, '');
  const parts = /^(\d[\d.,]*?)(?:[.,](\d{1,2}))?$/.exec(bare);
  if (!parts) return Number.NaN;
  const units = Number((parts[1] ?? '').replace(/[.,]/g, ''));
  const digits = minorDigits(currency);
  return Math.round((units + Number(`0.${parts[2] ?? '0'}`)) * 10 ** digits);
}

/** "1.4 MB", in thousands as file managers count. */
export function bytes(count: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const power = count < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(count) / 3));
  const value = count / 1000 ** power;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}

export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 100);
}

export function count(value: number): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** "Fri 12 Mar, 14:05 CET" near, "12 Mar 2027, 14:05 CET" far, in a zone of one's choice. */
export function timeIn(at: Date, timeZone: string, now: Date): string {
  const day = dayWords(todayOf(at, timeZone), todayOf(now, timeZone));
  const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short', timeZone } as const;
  return `${day}, ${new Intl.DateTimeFormat(locale, clock).format(at)}`;
}

/** "Europe/Prague", where this browser is. */
export function ownZone(): string {
  return new Intl.DateTimeFormat(locale).resolvedOptions().timeZone;
}

/** "1,250.5": a figure as it was entered. */
export function figure(value: number): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(value);
}
