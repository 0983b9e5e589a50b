import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import {
  accountExternalIds,
  accountFacts,
  accounts,
  events,
  invitations,
  projects,
} from '../../drizzle/schema/index.ts';
import { type Viewer, viewerFrom } from '../../server/access/viewer.ts';
import { accountCreate, companyCreate, personAdd } from '../../server/accounts/commands.ts';
import { templatesFromFiles } from '../../server/templates/commands.ts';
import { dayOf, partsOf, platformNamed, productNamed } from '../../server/templates/fromList/columns.ts';
import { projectCreateFromRow, RowRefused } from '../../server/templates/fromList/commands.ts';
import { projectListPlan } from '../../server/templates/fromList/plan.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

const timeZone = 'Europe/Oslo';
let services: TestServices;
let pm: Viewer;
let worker: Viewer;
let client: Viewer;
let keys = 0;

beforeAll(async () => {
  services = await startTestServices();
  await companyCreate(services, null, { name: 'Acme', timeZone, currency: 'NOK' });
  await templatesFromFiles(services);
  const shop = { name: 'A shop', website: 'https://www.a-shop.example', timeZone, facts: [] };
  const { value: account } = await accountCreate(services, null, shop);
  const person = async (email: string, role: Viewer['role'], accountId: string | null): Promise<Viewer> => {
    const added = { email, name: email.split('@')[0]!, role, accountId, timeZone, isSample: false };
    const { value } = await personAdd(services, null, added);
    return viewerFrom({ personId: value.id, sessionId: value.id, role, accountId });
  };
  pm = await person('petra@company.example', 'PM', null);
  worker = await person('worker@company.example', 'CONTRIBUTOR', null);
  client = await person('someone@a-shop.example', 'CLIENT_LEAD', account.id);
});
afterAll(() => services.close());

type Row = Readonly<Record<string, string>>;
const defaults = { signedOn: '2026-03-06', isDraft: false };

const plan = (rows: readonly Row[], viewer = pm) => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row, at) => ({ number: at + 1, cells: columns.map((name) => row[name] ?? '') }));
  return projectListPlan(services.as(viewer), { columns, rows: cells, ...defaults });
};
const make = async (row: Row, { viewer = pm, key = `key ${++keys}`, isDraft = false } = {}) => {
  const input = { idempotencyKey: key, columns: Object.keys(row), cells: Object.values(row), ...defaults, isDraft };
  const { value } = await projectCreateFromRow(services.as(viewer), input);
  return value;
};
const projectOf = async (id: string) => (await services.db.select().from(projects).where(eq(projects.id, id)))[0]!;
const fresh = (name: string, more: Row = {}): Row => ({
  Account: name,
  Website: `${name.toLowerCase().replaceAll(' ', '-')}.example`,
  Platform: 'Shopify',
  Products: 'Search',
  ...more,
});

describe('what cells say', () => {
  test.each([
    ['2026-03-06', '2026-03-06'],
    ['2026/3/6', '2026-03-06'],
    ['6.3.2026', '2026-03-06'],
    ['2026-03-06T10:00:00Z', '2026-03-06'],
    ['03/06/2026', null],
    ['2026-02-30', null],
    ['0001-01-01', null],
    ['1999-12-31', null],
    ['2099-12-31', '2099-12-31'],
    ['2100-01-01', null],
    ['9999-12-31', null],
    ['soon', null],
  ])('the day %s', (text, day) => {
    expect(dayOf(text)).toBe(day);
  });

  it('platforms and products under the names that people give them', () => {
    expect(['Adobe Commerce', 'Woo', 'SFCC', 'own platform', 'Lotus'].map(platformNamed)).toEqual([
      'MAGENTO',
      'WOOCOMMERCE',
      'SALESFORCE_COMMERCE_CLOUD',
      'CUSTOM',
      null,
    ]);
    expect(partsOf('Site search, Recs + e-mail; reviews').map(productNamed)).toEqual([
      'SEARCH',
      'RECOMMENDATIONS',
      'EMAIL',
      'REVIEWS',
    ]);
  });
});

it('columns are recognised by their headers however they are written, and the others are said', async () => {
  const { columns } = await plan([
    {
      'account NAME': '',
      'E-Mail': '',
      'Salesforce ID': '',
      'shop.markets': '',
      'Which languages and currencies are live?': '',
      Mood: '',
    },
  ]);
  expect(columns.map(({ field, fact, isDouble }) => [field, fact, isDouble])).toEqual([
    ['ACCOUNT', null, false],
    ['CONTACT_EMAIL', null, false],
    ['EXTERNAL_ID', null, false],
    ['FACT', 'shop.markets', false],
    ['FACT', 'shop.markets', true],
    [null, null, false],
  ]);
});

describe('a plan', () => {
  it('says what each row would make, which accounts are known, and who gets a mail', async () => {
    const { rows } = await plan([
      fresh('Brightwater', { 'Contact e-mail': 'Rowan@Brightwater.example', PM: 'worker@company.example' }),
      { Account: 'a SHOP', Platform: 'shopify', Products: 'Search', 'Contact e-mail': 'someone@a-shop.example' },
      { Account: 'Renamed', Website: 'https://a-shop.example/en', Playbook: 'searchShopify' },
    ]);
    expect(rows.map(({ state, account, accountName }) => [state, account?.name ?? null, accountName])).toEqual([
      ['READY', null, 'Brightwater'],
      ['READY', 'A shop', 'A shop'],
      ['READY', 'A shop', 'A shop'],
    ]);
    expect(rows.map(({ contact }) => contact?.email ?? null)).toEqual(['rowan@brightwater.example', null, null]);
    expect(rows[0]).toMatchObject({ platform: 'SHOPIFY', products: ['SEARCH'], pm: { name: 'worker' } });
    expect(rows[0]!.templates.map(({ key }) => key)).toEqual(['searchShopify']);
    expect(rows[2]).toMatchObject({ platform: 'SHOPIFY', products: ['SEARCH'] });
    expect(rows[1]!.sameAs).toBe(rows[2]!.sameAs);
    expect(rows[0]!.sameAs).not.toBe(rows[1]!.sameAs);
  });

  it('knows an account by what its name looks like, and makes none that only looks the same', async () => {
    const { rows } = await plan([
      { Account: 'A\u00a0\u200bshop\ufeff', Platform: 'shopify', Products: 'Search' },
      fresh('Two\nlines \u202eand a turn\u202c', { Website: 'two-lines.example', Products: 'Search\nE-mail' }),
      fresh('Nothing\0 seen', { Website: 'nothing-seen.example', 'shop.markets': 'nl\0' }),
    ]);
    expect(rows.map(({ account, accountName }) => [account?.name ?? null, accountName])).toEqual([
      ['A shop', 'A shop'],
      [null, 'Two lines and a turn'],
      [null, 'Nothing seen'],
    ]);
    expect(rows.map(({ state }) => state)).toEqual(['READY', 'READY', 'READY']);
    expect(rows[1]!.products).toEqual(['SEARCH', 'EMAIL']);
    expect(rows[2]!.handOver).toEqual([{ key: 'shop.markets', value: 'nl' }]);
  });

  it('names everything that is wrong with a row at once, each with its column', async () => {
    const [row] = (
      await plan([
        {
          Account: '',
          Website: 'nowhere',
          Platform: 'Lotus',
          Products: 'Search, Horoscopes',
          PM: 'Nobody',
          'Signed on': '2026-03-06',
          'Target date': '2026-03-01',
          'Contact e-mail': 'x@',
          'Time zone': 'Atlantis',
        },
      ])
    ).rows;
    expect(row!.state).toBe('REFUSED');
    expect(row!.problems.map(({ code, field }) => [code, field])).toEqual([
      ['EMPTY', 'Account'],
      ['INVALID_URL', 'Website'],
      ['NOT_RECOGNISED', 'Platform'],
      ['NOT_RECOGNISED', 'Products'],
      ['BEFORE_START', 'Target date'],
      ['INVALID_TIME_ZONE', 'Time zone'],
      ['NOT_ASSIGNABLE', 'PM'],
      ['INVALID_EMAIL', 'Contact e-mail'],
    ]);
  });

  it('takes no account by its name when its shop stands elsewhere, and no contact who is with others', async () => {
    const { rows } = await plan([
      { ...fresh('A shop'), Website: 'other-shop.example' },
      fresh('Brightwater', { 'Contact e-mail': 'someone@a-shop.example' }),
      fresh('Brightwater', { 'Contact e-mail': 'petra@company.example' }),
    ]);
    expect(rows.flatMap(({ problems }) => problems.map(({ code, field }) => [code, field]))).toEqual([
      ['ACCOUNT_UNCLEAR', 'Website'],
      ['ALREADY_HERE', 'Contact e-mail'],
      ['ALREADY_HERE', 'Contact e-mail'],
    ]);
    expect(rows[0]!.account).toBeNull();
  });

  it('a row of too few cells is told as one, and a list has its limits', async () => {
    const columns = ['Account', 'Website'];
    const ctx = services.as(pm);
    const ask = (rows: { number: number; cells: string[] }[], names = columns) =>
      projectListPlan(ctx, { columns: names, rows, ...defaults });
    const { rows } = await ask([{ number: 7, cells: ['One'] }]);
    expect(rows[0]).toMatchObject({ number: 7, state: 'REFUSED' });
    expect(rows[0]!.problems[0]).toMatchObject({ code: 'OUT_OF_BOUNDS', field: null });
    const many = Array.from({ length: 251 }, (_, number) => ({ number, cells: ['', ''] }));
    await expect(ask(many)).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    await expect(ask([], [])).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('is for whoever starts integrations', async () => {
    for (const viewer of [client, worker]) {
      await expect(plan([fresh('Anything')], viewer)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
      await expect(make(fresh('Anything'), { viewer })).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    }
    expect(await services.db.$count(accounts, eq(accounts.name, 'Anything'))).toBe(0);
  });
});

describe('one id for two shops', () => {
  const contact = { 'Contact e-mail': 'boss@second.example' };

  it('is said before anything is made', async () => {
    const { rows } = await plan([
      fresh('First of two', { 'CRM ID': 'TWO' }),
      fresh('Second of two', { 'CRM ID': 'TWO', Products: 'E-mail', ...contact }),
      fresh('First of two', { 'CRM ID': 'TWO', Products: 'E-mail' }),
    ]);
    expect(rows.map(({ state }) => state)).toEqual(['READY', 'REFUSED', 'READY']);
    expect(rows[1]).toMatchObject({ sameAs: null, problems: [{ code: 'ACCOUNT_UNCLEAR', field: 'CRM ID' }] });
  });

  it("brings nobody into the other one's account", async () => {
    await make(fresh('Holder', { 'CRM ID': 'HELD' }));
    const other = fresh('Stranger', { 'CRM ID': 'HELD', Products: 'E-mail', ...contact });
    const refused = { problems: [{ code: 'ACCOUNT_UNCLEAR', field: 'CRM ID' }] };
    await expect(make(other)).rejects.toMatchObject(refused);
    expect((await plan([other])).rows[0]).toMatchObject({ state: 'REFUSED', ...refused });
    // The same one under a new name is told by leaving the address out.
    expect((await plan([{ ...other, Website: '' }])).rows[0]).toMatchObject({ state: 'READY' });
  });
});

describe('a row', () => {
  it('makes account, external id, facts and project together, and invites the contact', async () => {
    const row = fresh('Harbour Books', {
      'HubSpot ID': 'H-17',
      'Target date': '2026-09-01',
      'shop.markets': 'nl, eur',
      'Contact e-mail': 'ines@harbour-books.example',
      'Contact name': 'Ines Vidal',
    });
    const done = await make(row);
    expect(done).toMatchObject({ isMade: true, invited: 'ines@harbour-books.example', notInvited: null });
    const project = await projectOf(done.id);
    expect(project).toMatchObject({
      platform: 'SHOPIFY',
      products: ['SEARCH'],
      targetOn: '2026-09-01',
      state: 'ACTIVE',
    });
    const { accountId } = project;
    const ids = await services.db.select().from(accountExternalIds).where(eq(accountExternalIds.accountId, accountId));
    expect(ids).toMatchObject([{ system: 'hubspot', externalId: 'H-17' }]);
    const facts = await services.db.select().from(accountFacts).where(eq(accountFacts.accountId, accountId));
    expect(facts.map(({ key, value, source }) => [key, value, source])).toContainEqual([
      'shop.markets',
      'nl, eur',
      'SALES',
    ]);
    const invited = await services.db.select().from(invitations).where(eq(invitations.accountId, accountId));
    expect(invited).toMatchObject([{ email: 'ines@harbour-books.example', name: 'Ines Vidal', role: 'CLIENT_LEAD' }]);
    const kinds = (await services.db.select().from(events).where(eq(events.subjectId, accountId))).map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(expect.arrayContaining(['account.created', 'account.factSet', 'account.externalIdSet']));
  });

  it('made twice by one key is made once; by another key it stands already', async () => {
    const row = fresh('Twice');
    const first = await make(row, { key: 'twice' });
    expect(await make(row, { key: 'twice' })).toMatchObject({ id: first.id, isMade: true });
    expect(await make(row)).toMatchObject({ id: first.id, isMade: false });
    expect((await plan([row])).rows[0]).toMatchObject({ state: 'STANDS', standing: { id: first.id } });
    expect(await services.db.$count(accounts, eq(accounts.name, 'Twice'))).toBe(1);
    const other = { ...row, Products: 'E-mail' };
    const second = await make(other);
    expect(second.isMade).toBe(true);
    expect((await projectOf(second.id)).accountId).toBe((await projectOf(first.id)).accountId);
  });

  it('the same row sent by two at once makes one account and one project', async () => {
    const row = fresh('Contested');
    const both = await Promise.all([make(row), make(row)]);
    expect(both.map(({ isMade }) => isMade).sort()).toEqual([false, true]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    expect(await services.db.$count(accounts, eq(accounts.name, 'Contested'))).toBe(1);
  });

  it('finds its account by the id of another system, also under another name', async () => {
    const first = await make(fresh('Old name', { 'External id': 'X-1', System: 'Salesforce' }));
    const again = await make({ ...fresh('New name', { Products: 'E-mail' }), 'Salesforce ID': 'X-1' });
    expect((await projectOf(again.id)).accountId).toBe((await projectOf(first.id)).accountId);
    expect(await services.db.$count(accounts, eq(accounts.name, 'New name'))).toBe(0);
  });

  it('that is refused leaves nothing behind, and its key is free for the mended row', async () => {
    const bad = { ...fresh('Half made'), Platform: 'Lotus' };
    await expect(make(bad, { key: 'mended' })).rejects.toBeInstanceOf(RowRefused);
    expect(await services.db.$count(accounts, eq(accounts.name, 'Half made'))).toBe(0);
    expect(await make({ ...bad, Platform: 'Shopify' }, { key: 'mended' })).toMatchObject({ isMade: true });
  });

  it('as a draft invites nobody', async () => {
    const row = fresh('Quiet', { 'Contact e-mail': 'hush@quiet.example' });
    const done = await make(row, { isDraft: true });
    expect(done).toMatchObject({ invited: null, notInvited: null });
    expect(await services.db.$count(invitations, eq(invitations.email, 'hush@quiet.example'))).toBe(0);
    expect((await projectOf(done.id)).state).toBe('DRAFT');
  });

  it('whose mail may not go yet is made all the same, and the mail goes with its next call', async () => {
    const row = fresh('Hurried', { 'Contact e-mail': 'wait@hurried.example' });
    const input = { idempotencyKey: 'hurried', columns: Object.keys(row), cells: Object.values(row), ...defaults };
    const full = { ...services.as(pm), limits: { ...services.limits, take: async () => 3600 } };
    const { value: done } = await projectCreateFromRow(full, input);
    expect(done).toMatchObject({ isMade: true, invited: null, notInvited: { code: 'TOO_OFTEN' } });
    const later = await make(row, { key: 'hurried' });
    expect(later).toMatchObject({ id: done.id, isMade: true, invited: 'wait@hurried.example', notInvited: null });
  });
});
