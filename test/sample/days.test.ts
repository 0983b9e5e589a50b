import { expect, it } from 'vitest';
import { addBusinessDays } from '../../server/calendar.ts';
import { sampleAccounts } from '../../server/sample/cast.ts';
import { sampleSteps } from '../../server/sample/commands.ts';
import { workdayBefore } from '../../server/sample/workdays.ts';

const hourMs = 3_600_000;
const everyThirdHour = Array.from(
  { length: 14 * 24 },
  (_, hour) => new Date(Date.parse('2026-12-20T00:10:00Z') + hour * hourMs),
);

it('the sample is made of past working hours, whichever day and hour it is loaded', () => {
  for (const now of everyThirdHour) {
    const steps = sampleSteps(now);
    expect(
      steps.every((step) => step.at < now && ![0, 6].includes(step.at.getUTCDay())),
      now.toISOString(),
    ).toBe(true);
  }
});

it('what was due a working day ago is overdue, and what is due today is not, whichever day it is loaded', () => {
  for (const now of everyThirdHour) {
    const today = now.toISOString().slice(0, 10);
    for (const { signedWorkdaysAgo } of Object.values(sampleAccounts)) {
      const signedOn = workdayBefore(now, signedWorkdaysAgo);
      expect(addBusinessDays(signedOn, signedWorkdaysAgo) >= today, now.toISOString()).toBe(true);
      expect(addBusinessDays(signedOn, signedWorkdaysAgo - 1) < today, now.toISOString()).toBe(true);
    }
  }
});
