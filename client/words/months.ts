const locale = 'en-GB';
const names = {
  long: new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }),
  short: new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' }),
};
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** "March", or "Mar", of a moment in UTC. */
export function monthName(at: Date, length: 'long' | 'short'): string {
  return names[length].format(at);
}

/** "12 Mar" of a calendar day: for lines of many days, where the year is plain. */
export function dayAndMonth(on: string): string {
  return day.format(new Date(`${on}T00:00:00Z`));
}
