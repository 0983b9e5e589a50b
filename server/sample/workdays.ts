const dayMs = 86_400_000;

/** The calendar day (YYYY-MM-DD, UTC) that lies `count` working days, Monday to Friday, before `now`. */
export function workdayBefore(now: Date, count: number): string {
  let at = now.getTime();
  for (let left = count; left > 0; ) {
    at -= dayMs;
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return new Date(at).toISOString().slice(0, 10);
}

/** The calendar day that lies `count` working days, Monday to Friday, after `day`. */
export function workdayAfter(day: string, count: number): string {
  let at = Date.parse(`${day}T00:00:00Z`);
  for (let left = count; left > 0; ) {
    at += dayMs;
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return new Date(at).toISOString().slice(0, 10);
}
