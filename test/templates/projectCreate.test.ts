import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { events, projects, taskDependencies, tasks } from '../../drizzle/schema/index.ts';
import { type Viewer, viewerFrom } from '../../server/access/viewer.ts';
import { accountCreate, personAdd } from '../../server/accounts/commands.ts';
import { type ProjectCreateInput, projectCreate } from '../../server/templates/commands.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

const facts = ['shop.domain', 'shop.myshopifyDomain', 'search.accountKey', 'search.host', 'search.snippet'].map(
  (key) => ({
    key,
    value: `a ${key}`,
    source: 'PROPOSAL',
  }),
);
const timeZone = 'Europe/Oslo';

let services: TestServices;
let pm: Viewer;
let client: Viewer;
let input: ProjectCreateInput;

beforeAll(async () => {
  services = await startTestServices();
  const website = 'https://shop.example';
  const { value: account } = await accountCreate(services, null, { name: 'A shop', website, timeZone, facts });
  const person = async (email: string, role: Viewer['role'], accountId: string | null): Promise<Viewer> => {
    const { value } = await personAdd(services, null, {
      email,
      name: email,
      role,
      accountId,
      timeZone,
      isSample: false,
    });
    return viewerFrom({ personId: value.id, sessionId: value.id, role, accountId });
  };
  pm = await person('pm@company.example', 'PM', null);
  client = await person('someone@shop.example', 'CLIENT_MEMBER', account.id);
  input = {
    accountId: account.id,
    playbookKey: 'searchShopify',
    name: null,
    pmId: pm.personId,
    signedOn: '2026-03-06',
    targetOn: null,
    revenue: { amountMinor: 100_000, currency: 'EUR' },
  };
});
afterAll(() => services.close());

it('a new project is active, its due dates counted in working days from the signature', async () => {
  const { value, positions } = await projectCreate(services.as(pm), input);
  const [project] = await services.db.select().from(projects).where(eq(projects.id, value.id));
  expect(project).toMatchObject({ name: 'Site search on Shopify', state: 'ACTIVE', timeZone, targetOn: '2026-04-23' });
  const road = await services.db.select().from(tasks).where(eq(tasks.projectId, value.id)).orderBy(tasks.index);
  expect(road.map((task) => task.index)).toEqual(road.map((_, at) => at));
  expect(road.find((task) => task.key === 'feed')).toMatchObject({ dueOn: '2026-03-13', isReviewWanted: true });
  expect(road.find((task) => task.key === 'kickoffPlan')).toMatchObject({ dueOn: '2026-03-09', isReviewWanted: false });

  const waits = new Set((await services.db.select().from(taskDependencies)).map((row) => row.taskId));
  for (const task of road) expect(task.state, task.key).toBe(waits.has(task.id) ? 'NOT_READY' : 'READY');
  const ready = road.filter((task) => task.state === 'READY').length;
  // The project, its tasks with a note each, and those that are ready at once.
  const told = 1 + 2 * road.length + ready;
  expect(positions.get(value.id)).toEqual({ position: told, sharedPosition: told });
  expect(await services.db.$count(events, eq(events.projectId, value.id))).toBe(told);
});

it('a client cannot start a project', async () => {
  const before = await services.db.$count(projects);
  await expect(projectCreate(services.as(client), input)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  expect(await services.db.$count(projects)).toBe(before);
});

it('a project does not start while facts are missing that its documentation is filled in with', async () => {
  const website = 'https://other.example';
  const { value: bare } = await accountCreate(services, null, {
    name: 'Bare',
    website,
    timeZone,
    facts: facts.slice(0, 4),
  });
  const before = await services.db.$count(projects);
  await expect(projectCreate(services.as(pm), { ...input, accountId: bare.id })).rejects.toMatchObject({
    message: 'accountFacts: search.snippet',
    extensions: { code: 'BAD_USER_INPUT' },
  });
  expect(await services.db.$count(projects)).toBe(before);
});
