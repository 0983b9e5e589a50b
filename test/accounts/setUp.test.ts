import { afterEach, beforeEach, expect, test } from 'vitest';
import { company, events, people } from '../../drizzle/schema/index.ts';
import { setUpLink } from '../../server/accounts/setUp.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { posted } from './inviting.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp({ sample: false });
});
afterEach(() => app.close());

const input = {
  company: 'Lumen',
  currency: 'EUR',
  name: 'Ada Admin',
  email: ' Ada@Lumen.example',
  timeZone: 'Europe/Berlin',
};
const token = async () => new URL((await setUpLink(app.services)) ?? 'http://none/').searchParams.get('token') ?? '';
const ask = (body: object) => posted(app.anonymous(), '/auth/set-up', body);

test('the link of a fresh installation makes the company and its first admin, and signs them in', async () => {
  expect(await setUpLink(app.services)).toMatch(new RegExp(`^${app.url}/set-up\\?token=[\\w-]{43}$`));
  const made = await ask({ ...input, token: await token() });
  expect(made).toMatchObject({ status: 200, body: { landsOn: '/overview' } });
  expect(made.cookie).not.toBe('');
  expect(await app.services.db.select().from(people)).toMatchObject([
    { email: 'ada@lumen.example', name: 'Ada Admin', role: 'ADMIN', accountId: null, isSample: false },
  ]);
  expect(await app.services.db.select().from(company)).toMatchObject([{ name: 'Lumen', currency: 'EUR' }]);
  const kinds = (await app.services.db.select().from(events)).map((event) => event.kind);
  expect(kinds.filter((kind) => !kind.startsWith('template.'))).toEqual(['company.created', 'person.added']);
});

test('once somebody exists the link is gone, whoever brings it and whatever they bring', async () => {
  const good = await token();
  await ask({ ...input, token: good });
  expect(await setUpLink(app.services)).toBeNull();
  for (const one of [good, 'x', '']) {
    expect(await ask({ ...input, token: one })).toMatchObject({ status: 410, body: { code: 'SET_UP_OVER' } });
  }
  expect(await app.services.db.select().from(people)).toHaveLength(1);
});

test('two who press at once make one admin', async () => {
  const good = await token();
  const both = await Promise.all([
    ask({ ...input, token: good }),
    ask({ ...input, email: 'b@x.example', token: good }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
  expect(await app.services.db.select().from(people)).toHaveLength(1);
  expect(await app.services.db.select().from(company)).toHaveLength(1);
});

test('a wrong token and wrong fields make nothing', async () => {
  expect(await ask({ ...input, token: 'a'.repeat(43) })).toMatchObject({ status: 403, body: { code: 'SET_UP_TOKEN' } });
  const good = await token();
  for (const wrong of [{ email: 'x' }, { timeZone: 'Mars' }, { currency: 'euro' }, { name: ' ' }, { company: '' }]) {
    expect(await ask({ ...input, ...wrong, token: good })).toMatchObject({ status: 400 });
  }
  expect(await app.services.db.select().from(people)).toEqual([]);
});
