import { expect, test } from 'vitest';
import { clientEmail, pmEmail, startSignInApp } from './signInApp.ts';

test('[S9] asking for links for one mailbox is slowed, known or not', async () => {
  for (const email of [clientEmail, 'nobody@nowhere.example']) {
    const app = await startSignInApp();
    const answers = [];
    for (let tries = 0; tries < 20; tries++) answers.push(await app.ask('/auth/link', { body: { email } }));
    expect(answers.map((answer) => answer.status)).toEqual([...Array(5).fill(202), ...Array(15).fill(429)]);
    const last = answers.at(-1)!;
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(last.headers['retry-after'])).toBeLessThanOrEqual(900);
    expect(last.json).toMatchObject({ code: 'RATE_LIMITED', message: expect.stringContaining('seconds') });
    expect((await app.ask('/auth/link', { body: { email: pmEmail } })).status).toBe(202);
    await app.close();
  }
});

test('[S9] one machine asking for 200 mailboxes is slowed, and an invented X-Forwarded-For does not help it', async () => {
  const app = await startSignInApp();
  const statuses: number[] = [];
  for (let who = 0; who < 40; who++) {
    const headers = { 'x-forwarded-for': `203.0.113.${who}` };
    statuses.push((await app.ask('/auth/link', { body: { email: `p${who}@x.example` }, headers })).status);
  }
  expect(statuses.indexOf(429)).toBe(30);
  expect(statuses.slice(30).every((status) => status === 429)).toBe(true);
  await app.close();
});

test('[S9] trying tokens from one machine is slowed over all links', async () => {
  const app = await startSignInApp();
  const statuses: number[] = [];
  for (let tries = 0; tries < 65; tries++) {
    const id = `01900000-0000-7000-8000-${String(tries).padStart(12, '0')}`;
    statuses.push((await app.ask('/auth/session', { body: { id, token: 'x' } })).status);
  }
  expect(statuses.indexOf(429)).toBe(60);
  await app.close();
});

test('[S9] behind one trusted proxy the address is the one that the proxy saw', async () => {
  const app = await startSignInApp({ trustProxy: 1 });
  const from = (address: string, who: number) =>
    app.ask('/auth/link', {
      body: { email: `p${who}@x.example` },
      headers: { 'x-forwarded-for': `198.51.100.${who}, ${address}` },
    });
  const statuses: number[] = [];
  for (let who = 0; who < 32; who++) statuses.push((await from('203.0.113.7', who)).status);
  expect(statuses.indexOf(429)).toBe(30);
  expect((await from('203.0.113.8', 99)).status).toBe(202);
  await app.close();
});
