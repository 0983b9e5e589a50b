const dayMs = 86_400_000;

/** The calendar day `days` working days (Monday to Friday) after `day` (YYYY-MM-DD); never on a weekend. */
export function addBusinessDays(day: string, days: number): string {
  let at = Date.parse(`${day}T00:00:00Z`);
  for (let left = days; left > 0; ) {
    at += dayMs;
    if (!isWeekend(at)) left -= 1;
  }
  while (isWeekend(at)) at += dayMs;
  return new Date(at).toISOString().slice(0, 10);
}

function isWeekend(at: number): boolean {
  const weekday = new Date(at).getUTCDay();
  return weekday === 0 || weekday === 6;
}
