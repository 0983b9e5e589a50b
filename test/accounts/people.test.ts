import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events, projects } from '../../drizzle/schema/index.ts';
import { type Viewer, viewerFrom } from '../../server/access/viewer.ts';
import { accountCreate, companyCreate, personAdd, personRemove } from '../../server/accounts/commands.ts';
import {
  accountLoader,
  companyOf,
  landingOf,
  peopleLoader,
  peopleOfAccountLoader,
  staffPeople,
} from '../../server/accounts/queries.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

let services: TestServices;
let own: string;
let foreign: string;
let jana: string;
let otto: string;
let pavel: string;
let client: Viewer;
let pm: Viewer;

beforeAll(async () => {
  services = await startTestServices();
  const account = { website: 'https://x.example', timeZone: 'UTC' };
  const facts = [{ key: 'accountId', value: 'NL-1', source: 'contract' }];
  own = (await accountCreate(services, null, { ...account, name: 'Nordlicht', facts })).value.id;
  foreign = (await accountCreate(services, null, { ...account, name: 'Südwind' })).value.id;
  const person = { timeZone: 'UTC', isSample: true };
  const add = async (name: string, role: 'PM' | 'CLIENT_MEMBER', accountId: string | null) =>
    (await personAdd(services, null, { ...person, email: `${name}@x.example`, name, role, accountId })).value.id;
  jana = await add('Jana', 'CLIENT_MEMBER', own);
  otto = await add('Otto', 'CLIENT_MEMBER', foreign);
  pavel = await add('Pavel', 'PM', null);
  client = viewerFrom({ personId: jana, sessionId: '', role: 'CLIENT_MEMBER', accountId: own });
  pm = viewerFrom({ personId: pavel, sessionId: '', role: 'PM', accountId: null });
});
afterAll(() => services.close());

test('[Z1] a client sees staff and the people of the own account; everybody else is as if missing', async () => {
  const missing = uuidv7();
  const seen = await peopleLoader(services.as(client)).loadMany([jana, otto, pavel, missing, 'no-uuid']);
  expect(seen.map((person) => person && 'name' in person && person.name)).toEqual(['Jana', null, 'Pavel', null, null]);
  const all = await peopleLoader(services.as(pm)).loadMany([jana, otto, pavel]);
  expect(all).toMatchObject([
    { name: 'Jana', isStaff: false, accountName: 'Nordlicht' },
    { name: 'Otto', isStaff: false, accountName: 'Südwind' },
    { name: 'Pavel', isStaff: true, accountName: null },
  ]);
  expect(JSON.stringify(all)).not.toContain('@x.example');
});

test('[Z1] a client sees the own account alone, and nobody of another', async () => {
  const seen = await accountLoader(services.as(client)).loadMany([own, foreign, uuidv7(), '../x']);
  expect(seen.map((account) => account && 'name' in account && account.name)).toEqual(['Nordlicht', null, null, null]);
  const people = await peopleOfAccountLoader(services.as(client)).loadMany([own, foreign, 'x']);
  expect(people).toMatchObject([[{ name: 'Jana' }], [], []]);
  expect(await peopleOfAccountLoader(services.as(pm)).loadMany([foreign, own])).toMatchObject([
    [{ name: 'Otto' }],
    [{ name: 'Jana' }],
  ]);
});

test('[Z16] two viewers in one tick get their own rows', async () => {
  const [forClient, forPm] = await Promise.all([
    peopleLoader(services.as(client)).load(otto),
    peopleLoader(services.as(pm)).load(otto),
  ]);
  expect(forClient).toBeNull();
  expect(forPm).toMatchObject({ name: 'Otto' });
});

test('staff land on the overview; a client on the newest project that is not a draft, or where projects will be', async () => {
  expect(await landingOf(services, pm)).toBe('/overview');
  expect(await landingOf(services, client)).toBe('/projects');
  const project = (id: string, signedOn: string, state: 'ACTIVE' | 'DRAFT' | 'LIVE', accountId = own) => {
    const at = services.clock.now();
    const fixed = { name: 'Search', platform: 'SHOPIFY' as const, products: ['SEARCH' as const], pmId: pavel };
    const dates = { timeZone: 'UTC', targetOn: '2026-06-01' };
    const activatedAt = state === 'DRAFT' ? null : at;
    return {
      id,
      revision: 1,
      accountId,
      state,
      activatedAt,
      signedOn,
      ...fixed,
      ...dates,
      createdAt: at,
      updatedAt: at,
    };
  };
  const [older, newer, draft, others] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  await services.db
    .insert(projects)
    .values([
      project(newer, '2026-02-01', 'ACTIVE'),
      project(older, '2026-01-01', 'LIVE'),
      project(draft, '2026-03-01', 'DRAFT'),
      project(others, '2026-03-02', 'ACTIVE', foreign),
    ]);
  expect(await landingOf(services, client)).toBe(`/projects/${newer}`);
});

test('the company has a name before it is named, and then its own', async () => {
  expect(await companyOf(services)).toMatchObject({ name: 'Slipway' });
  await companyCreate(services, null, { name: 'Acme', timeZone: 'UTC', currency: 'EUR' });
  expect(await companyOf(services)).toMatchObject({ name: 'Acme' });
});

test('people and accounts come and go with an event that only staff read and that names nobody', async () => {
  const input = { role: 'CLIENT_MEMBER' as const, accountId: own, timeZone: 'UTC', isSample: false };
  const { value } = await personAdd(services, pavel, { ...input, email: 'Canary@X.example ', name: 'Canary' });
  await personRemove(services, pavel, value.id);
  await personRemove(services, pavel, value.id);
  const stored = (await services.db.select().from(events)).filter((event) => event.subjectId === value.id);
  expect(stored).toMatchObject([
    { kind: 'person.added', audience: 'INTERNAL', actorId: pavel, facts: { role: 'CLIENT_MEMBER', accountId: own } },
    { kind: 'person.removed', audience: 'INTERNAL', actorId: pavel, facts: {} },
  ]);
  expect(JSON.stringify(stored)).not.toMatch(/canary/i);
  const gone = await peopleLoader(services.as(client)).load(value.id);
  expect(gone).toMatchObject({ name: 'Canary' });
  expect(await peopleOfAccountLoader(services.as(client)).load(own)).toMatchObject([{ name: 'Jana' }]);
});

test('staff with an account, and clients without one, cannot be added', async () => {
  const input = { email: 'a@b.example', name: 'A', timeZone: 'UTC', isSample: false };
  await expect(personAdd(services, null, { ...input, role: 'PM', accountId: own })).rejects.toThrow();
  await expect(personAdd(services, null, { ...input, role: 'CLIENT_MEMBER', accountId: null })).rejects.toThrow();
  expect(await staffPeople(services.as(client))).toMatchObject([{ name: 'Pavel' }]);
});
