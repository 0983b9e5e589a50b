import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { people, signInLinks } from '../../drizzle/schema/index.ts';
import { startSignInApp } from './signInApp.ts';

const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;

test('[S10] asking for a link answers the same, as fast, and leaves the same rows for known and unknown addresses', async () => {
  // Each ask comes from another machine, so that the limit per machine does not end the measurement.
  const app = await startSignInApp({ trustProxy: 1 });
  const [row] = await app.services.db.select().from(people).where(eq(people.id, app.client));
  const known = Array.from({ length: 25 }, (_, i) => `known${i}@x.example`);
  await app.services.db.insert(people).values(known.map((email) => ({ ...row!, id: uuidv7(), email })));

  const took: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
  const answers = new Set<string>();
  for (const [i, email] of known.entries()) {
    for (const kind of ['known', 'unknown'] as const) {
      const headers = { 'x-forwarded-for': `203.0.${i}.${kind === 'known' ? 1 : 2}` };
      const start = performance.now();
      const answer = await app.ask('/auth/link', {
        body: { email: kind === 'known' ? email : `no-${email}` },
        headers,
      });
      took[kind].push(performance.now() - start);
      const { date: _, 'set-cookie': cookies, 'content-security-policy': __, ...rest } = answer.headers;
      const cookieShape = cookies!.map((cookie) => cookie.replace(/=[\w-]{43}/, '=…').replace(/Expires=[^;]+/, ''));
      answers.add(JSON.stringify([answer.status, answer.text, rest, cookieShape]));
    }
  }
  expect([...answers]).toHaveLength(1);
  expect(Math.abs(median(took.known) - median(took.unknown))).toBeLessThan(50);
  expect(await app.services.db.select().from(signInLinks)).toHaveLength(50);
  expect(app.enqueued.map((job) => job.kind)).toEqual(Array(50).fill('mail.send'));
  expect(await app.mails()).toHaveLength(25);
  await app.close();
});
