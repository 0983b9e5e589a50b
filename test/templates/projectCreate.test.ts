import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import {
  accountFacts,
  accounts,
  company,
  events,
  phases,
  projects,
  projectTemplates,
  taskDependencies,
  taskInputs,
  tasks,
} from '../../drizzle/schema/index.ts';
import { type Viewer, viewerFrom } from '../../server/access/viewer.ts';
import { accountCreate, companyCreate, personAdd } from '../../server/accounts/commands.ts';
import { type ProjectCreateInput, projectCreate, templatesFromFiles } from '../../server/templates/commands.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

const timeZone = 'Europe/Oslo';
const website = 'https://shop.example';

let services: TestServices;
let pm: Viewer;
let client: Viewer;
let contributor: Viewer;
let input: ProjectCreateInput;
let keys = 0;

/** The input with something else in it, under a key of its own. */
function with_(changed: Partial<ProjectCreateInput> = {}): ProjectCreateInput {
  keys += 1;
  return { ...input, idempotencyKey: `key ${keys}`, ...changed };
}

beforeAll(async () => {
  services = await startTestServices();
  await companyCreate(services, null, { name: 'Acme', timeZone, currency: 'NOK' });
  await templatesFromFiles(services);
  const { value: account } = await accountCreate(services, null, { name: 'A shop', website, timeZone, facts: [] });
  const person = async (email: string, role: Viewer['role'], accountId: string | null): Promise<Viewer> => {
    const added = { email, name: email, role, accountId, timeZone, isSample: false };
    const { value } = await personAdd(services, null, added);
    return viewerFrom({ personId: value.id, sessionId: value.id, role, accountId });
  };
  pm = await person('pm@company.example', 'PM', null);
  contributor = await person('worker@company.example', 'CONTRIBUTOR', null);
  client = await person('someone@shop.example', 'CLIENT_MEMBER', account.id);
  input = {
    idempotencyKey: '',
    account: { id: account.id },
    templateKeys: ['searchShopify'],
    platform: 'SHOPIFY',
    products: ['SEARCH'],
    name: null,
    pmId: null,
    signedOn: '2026-03-06',
    targetOn: null,
    revenue: { amountMinor: 100_000, currency: 'EUR' },
    isDraft: false,
  };
});
afterAll(() => services.close());

const create = (changed: Partial<ProjectCreateInput> = {}, viewer = pm) =>
  projectCreate(services.as(viewer), with_(changed));
const roadOf = (projectId: string) =>
  services.db.select().from(tasks).where(eq(tasks.projectId, projectId)).orderBy(tasks.index);

it('a target before the signature makes no project', async () => {
  await expect(create({ targetOn: '2026-03-05' })).rejects.toMatchObject({ code: 'BEFORE_START' });
});

it('a new project is active, its due dates counted in working days from the signature', async () => {
  const { value, positions } = await create();
  const [project] = await services.db.select().from(projects).where(eq(projects.id, value.id));
  expect(project).toMatchObject({ state: 'ACTIVE', timeZone, pmId: pm.personId, activatedAt: services.clock.now() });
  const road = await roadOf(value.id);
  expect(road.map((task) => task.index)).toEqual(road.map((_, at) => at));
  expect(road.find((task) => task.key === 'feed')?.isReviewWanted).toBe(true);
  for (const task of road) expect(new Date(`${task.dueOn}T00:00:00Z`).getUTCDay() % 6, task.key).not.toBe(0);

  const waits = new Set((await services.db.select().from(taskDependencies)).map((row) => row.taskId));
  for (const task of road) expect(task.state, task.key).toBe(waits.has(task.id) ? 'NOT_READY' : 'READY');
  const ready = road.filter((task) => task.state === 'READY').length;
  const told = 1 + 2 * road.length + ready;
  expect(positions.get(value.id)?.position).toBe(told);
  expect(await services.db.$count(events, eq(events.projectId, value.id))).toBe(told);
  const [from] = await services.db.select().from(projectTemplates).where(eq(projectTemplates.projectId, value.id));
  expect(from).toMatchObject({ templateKey: 'searchShopify', index: 0 });
});

it('what a task asks for is written down with it', async () => {
  const { value } = await create();
  const feed = (await roadOf(value.id)).find((task) => task.key === 'feed');
  const asked = await services.db.select().from(taskInputs).where(eq(taskInputs.taskId, feed!.id));
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every((one) => one.spec.kind === one.kind)).toBe(true);
});

it('several products share the tasks of one key, and nothing waits in a circle', async () => {
  const templateKeys = ['searchShopify', 'recommendationsShopify', 'emailShopify'];
  const { value } = await create({ templateKeys, products: ['SEARCH', 'RECOMMENDATIONS', 'EMAIL'] });
  const road = await roadOf(value.id);
  expect(new Set(road.map((task) => task.key)).size).toBe(road.length);
  const [alone] = await Promise.all([create({ templateKeys: ['searchShopify'] })]);
  const own = await roadOf(alone.value.id);
  expect(road.length).toBeGreaterThan(own.length);
  for (const task of own) {
    const merged = road.find((one) => one.key === task.key)!;
    expect(merged.dueOn! <= task.dueOn!, task.key).toBe(true);
  }
  const stretches = await services.db.select().from(phases).where(eq(phases.projectId, value.id));
  expect(new Set(stretches.map((phase) => phase.name)).size).toBe(stretches.length);
});

it('a new account is made along, in the same transaction, and its domain is known', async () => {
  const account = { name: 'Brand new', website: 'brand-new.example/shop', timeZone };
  const { value } = await create({ account });
  const [made] = await services.db.select().from(accounts).where(eq(accounts.name, 'Brand new'));
  expect(made).toMatchObject({ website: 'https://brand-new.example/shop' });
  const facts = await services.db.select().from(accountFacts).where(eq(accountFacts.accountId, made!.id));
  expect(facts).toMatchObject([{ key: 'shop.domain', value: 'brand-new.example' }]);
  const [project] = await services.db.select().from(projects).where(eq(projects.id, value.id));
  expect(project?.accountId).toBe(made?.id);

  const before = await services.db.$count(accounts);
  await expect(create({ account, templateKeys: ['nothing'] })).rejects.toMatchObject({ code: 'TEMPLATE_NOT_OFFERED' });
  expect(await services.db.$count(accounts)).toBe(before);
});

it('facts that are missing do not keep a project from starting', async () => {
  const { value } = await create({ account: { name: 'Bare', website: 'https://bare.example', timeZone } });
  expect((await roadOf(value.id)).length).toBeGreaterThan(11);
});

it('a repeated create makes one project', async () => {
  const repeated = with_();
  const before = await services.db.$count(projects);
  const first = await projectCreate(services.as(pm), repeated);
  const second = await projectCreate(services.as(pm), repeated);
  expect(second.value.id).toBe(first.value.id);
  expect(await services.db.$count(projects)).toBe(before + 1);
});

it('a draft is not activated, and no template at all is a road to be built by hand', async () => {
  const { value } = await create({ isDraft: true, templateKeys: [], name: 'By hand', revenue: null });
  const [project] = await services.db.select().from(projects).where(eq(projects.id, value.id));
  expect(project).toMatchObject({ state: 'DRAFT', activatedAt: null, targetOn: '2026-05-01' });
  expect(await roadOf(value.id)).toEqual([]);
});

it("days off in the company's calendar are counted over", async () => {
  const { value: plain } = await create();
  await services.db.update(company).set({ holidays: ['2026-03-09', '2026-03-10', '2026-03-11'] });
  const { value } = await create();
  await services.db.update(company).set({ holidays: [] });
  const dueOf = async (id: string) => (await roadOf(id)).map((task) => task.dueOn!);
  const [before, after] = [await dueOf(plain.id), await dueOf(value.id)];
  expect(after.every((due, at) => due >= before[at]!)).toBe(true);
  expect(after).not.toEqual(before);
});

describe('what cannot be', () => {
  const refused: [string, Partial<ProjectCreateInput>, string][] = [
    ['no product', { products: [] }, 'EMPTY'],
    ['an account without a name', { account: { name: ' ', website, timeZone } }, 'EMPTY'],
    ['an address that is none', { account: { name: 'X', website: 'javascript:alert(1)', timeZone } }, 'INVALID_URL'],
    ['a zone that is none', { account: { name: 'X', website, timeZone: 'Mars/Base' } }, 'INVALID_TIME_ZONE'],
    ['a sum below zero', { revenue: { amountMinor: -1, currency: 'EUR' } }, 'NOT_A_SUM'],
    ['half a cent', { revenue: { amountMinor: 0.5, currency: 'EUR' } }, 'NOT_A_SUM'],
    ['an empty name', { name: '  ' }, 'EMPTY'],
  ];
  test.each(refused)('%s', async (_, changed, code) => {
    const before = await services.db.$count(projects);
    await expect(create(changed)).rejects.toMatchObject({ code });
    expect(await services.db.$count(projects)).toBe(before);
  });

  test('a client as project manager', async () => {
    await expect(create({ pmId: client.personId })).rejects.toMatchObject({ code: 'NOT_ASSIGNABLE' });
  });

  test('an account that is not there', async () => {
    const account = { id: '01890000-0000-7000-8000-000000000000' };
    await expect(create({ account })).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  });

  test.each([
    ['a client', () => client],
    ['a contributor', () => contributor],
  ])('a project by %s', async (_, viewer) => {
    const before = await services.db.$count(projects);
    await expect(create({}, viewer())).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    expect(await services.db.$count(projects)).toBe(before);
  });
});

describe('what Sales hands over', () => {
  const domain = { key: 'email.sendingDomain', value: ' news.shop.example ' };
  const knownOf = (accountId: string) =>
    services.db.select().from(accountFacts).where(eq(accountFacts.accountId, accountId)).orderBy(accountFacts.key);
  const newShop = (name: string) => ({ name, website, timeZone });
  const accountNamed = async (name: string) =>
    (await services.db.select().from(accounts).where(eq(accounts.name, name)))[0]!.id;

  test('is known of the new account, from Sales, with its day and an event that holds no word of it', async () => {
    const known = [domain, { key: 'shop.currency', value: '  ' }, { key: 'shop.domain', value: 'told.example' }];
    await create({ account: newShop('Handed over'), handOver: known });
    const id = await accountNamed('Handed over');
    const at = services.clock.now();
    expect(await knownOf(id)).toEqual([
      { accountId: id, key: 'email.sendingDomain', value: 'news.shop.example', source: 'SALES', at },
      { accountId: id, key: 'shop.domain', value: 'told.example', source: 'SALES', at },
    ]);
    const told = (await services.db.select().from(events).where(eq(events.subjectId, id))).filter(
      ({ kind }) => kind === 'account.factSet',
    );
    expect(told.map(({ audience, facts }) => [audience, facts])).toEqual([
      ['INTERNAL', { key: 'email.sendingDomain' }],
      ['INTERNAL', { key: 'shop.domain' }],
    ]);
  });

  test('never takes the place of what is known already, and a repeat changes nothing', async () => {
    await create({ account: newShop('Known'), handOver: [domain] });
    const id = await accountNamed('Known');
    await services.db.update(accountFacts).set({ value: 'right.example', source: 'CLIENT' });
    const again = with_({ account: { id }, handOver: [domain, { key: 'shop.currency', value: 'NOK' }] });
    const { value: first } = await projectCreate(services.as(pm), again);
    const { value: second } = await projectCreate(services.as(pm), again);
    expect(second).toEqual(first);
    expect((await knownOf(id)).map(({ key, value, source }) => [key, value, source])).toEqual([
      ['email.sendingDomain', 'right.example', 'CLIENT'],
      ['shop.currency', 'NOK', 'SALES'],
      ['shop.domain', 'right.example', 'CLIENT'],
    ]);
  });

  test.each([
    [
      'more than a hundred',
      Array.from({ length: 101 }, (_, at) => ({ key: `a.b${'c'.repeat(at % 9)}`, value: 'x' })),
      'TOO_MANY',
    ],
    ['a value that is too long', [{ key: 'shop.domain', value: 'x'.repeat(4001) }], 'TOO_LONG'],
  ] as const)('%s makes no project', async (_, handOver, code) => {
    const before = await services.db.$count(projects);
    await expect(create({ handOver })).rejects.toMatchObject({ code });
    expect(await services.db.$count(projects)).toBe(before);
  });

  test('a name that is no information item makes no project', async () => {
    const before = await services.db.$count(projects);
    const wrong = create({ handOver: [{ key: 'Anna’s phone', value: '1' }] });
    await expect(wrong).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'handOver.0.key' } });
    expect(await services.db.$count(projects)).toBe(before);
  });
});
