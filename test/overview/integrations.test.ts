import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { company } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';
import { type Made, makeClient, makeIntegration, makeStaff } from './make.ts';

let app: TestApp;
let [anna, ben, contributor, client]: Session[] = [];
let staff: { anna: string; ben: string };

/** The clock stands on Tuesday 10 March 2026. */
const day = (on: string) => new Date(`${on}T09:00:00Z`);
const open = { state: 'READY', dueOn: '2026-04-01' } as const;
const done = { state: 'DONE', dueOn: '2026-03-01' } as const;

beforeAll(async () => {
  app = await startTestApp({ sample: false });
  const { services } = app;
  await services.db.delete(company);
  staff = { anna: await makeStaff(services, 'Anna', 'PM'), ben: await makeStaff(services, 'Ben', 'MANAGER') };
  const cora = await makeStaff(services, 'Cora', 'CONTRIBUTOR');
  const rows: Made[] = [
    {
      account: 'Alder 50%_off',
      pm: staff.anna,
      platform: 'SHOPIFY',
      targetOn: '2026-05-01',
      revenue: 300,
      clientActiveAt: day('2026-03-09'),
      road: [
        { name: 'Kick-off', tasks: [done] },
        { name: 'Set-up', tasks: [{ ...open, side: 'CLIENT', stateSince: day('2026-03-09') }] },
      ],
    },
    {
      account: 'birch',
      pm: staff.ben,
      platform: 'MAGENTO',
      products: ['SEARCH', 'EMAIL'],
      targetOn: '2026-04-15',
      revenue: 100,
      clientActiveAt: day('2026-03-05'),
      road: [{ name: 'Kick-off', tasks: [{ ...open, dueOn: '2026-03-09', stateSince: day('2026-03-02') }] }],
    },
    {
      account: 'Cedar',
      pm: staff.anna,
      platform: 'MAGENTO',
      products: ['EMAIL'],
      targetOn: '2026-03-09',
      revenue: 200,
      road: [
        { name: 'Kick-off', tasks: [done, done] },
        { name: 'Set-up', tasks: [{ ...open, state: 'IN_REVIEW', side: 'CLIENT', stateSince: day('2026-03-06') }] },
      ],
    },
    {
      account: 'Dogwood',
      pm: staff.ben,
      state: 'LIVE',
      targetOn: '2026-02-01',
      revenue: 400,
      road: [{ name: 'Kick-off', tasks: [done] }],
    },
    {
      account: 'Elm',
      pm: staff.ben,
      targetOn: '2026-06-01',
      revenue: 50,
      road: [{ name: 'Kick-off', tasks: [{ ...open, assigneeId: staff.anna, stateSince: day('2026-03-03') }] }],
    },
  ];
  const ids = [];
  for (const row of rows) ids.push(await makeIntegration(services, row));
  anna = await app.signIn({ id: staff.anna });
  ben = await app.signIn({ id: staff.ben });
  contributor = await app.signIn({ id: cora });
  client = await app.signIn({ id: await makeClient(services, ids[0]!, 'Zoe') });
}, 60_000);
afterAll(() => app.close());

const query = `query ($first: Int! = 50, $after: String, $filter: IntegrationFilterInput, $sort: IntegrationSortInput, $groupBy: IntegrationGroupKey, $perGroup: Int) {
  integrations(first: $first, after: $after, filter: $filter, sort: $sort, groupBy: $groupBy, perGroup: $perGroup) {
    nodes { account { name } } totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor }
    groups { count health court platform phase pm { name } }
  }
}`;
type Variables = Record<string, unknown>;
async function list(who: Session, variables: Variables = {}) {
  const { integrations } = await who.ask(query, variables);
  return { ...integrations, names: integrations.nodes.map((one: { account: { name: string } }) => one.account.name) };
}
async function refusal(who: Session, variables: Variables): Promise<string | undefined> {
  const { data, errors } = await who.gql(query, variables);
  expect(data?.integrations ?? null).toBeNull();
  return errors[0]?.extensions?.code;
}
const all = ['Dogwood', 'Cedar', 'birch', 'Alder 50%_off', 'Elm'];

describe('the list of the overview', () => {
  test('holds every integration, by target date', async () => {
    expect((await list(anna!)).names).toEqual(all);
  });

  test.each<[filter: Variables, names: string[]]>([
    [{}, all],
    [{ states: ['LIVE'] }, ['Dogwood']],
    [{ states: ['ACTIVE', 'LIVE'] }, all],
    [{ states: [] }, []],
    [{ platforms: ['MAGENTO'] }, ['Cedar', 'birch']],
    [{ products: ['EMAIL'] }, ['Cedar', 'birch']],
    [{ products: ['EMAIL', 'SEARCH'] }, all],
    [{ products: [] }, []],
    [{ products: ['REVIEWS'] }, []],
    [{ healths: ['ON_TRACK'] }, ['Alder 50%_off', 'Elm']],
    [{ healths: ['AT_RISK'] }, ['birch']],
    [{ healths: ['OFF_TRACK'] }, ['Cedar']],
    [{ healths: ['AT_RISK', 'OFF_TRACK'] }, ['Cedar', 'birch']],
    [{ courts: ['CLIENT'] }, ['Alder 50%_off']],
    [{ courts: ['COMPANY'] }, ['Cedar', 'birch', 'Elm']],
    [{ courts: ['NOBODY'] }, ['Dogwood']],
    [{ phase: 'Set-up' }, ['Cedar', 'Alder 50%_off']],
    [{ text: 'BIR' }, ['birch']],
    [{ text: 'elm SEARCH' }, ['Elm']],
    [{ text: '%' }, ['Alder 50%_off']],
    [{ text: '0%_o' }, ['Alder 50%_off']],
    [{ text: '_' }, ['Alder 50%_off']],
    [{ text: '\\' }, []],
    [{ text: "' or 1=1 --" }, []],
    [{ targetFrom: '2026-05-01' }, ['Alder 50%_off', 'Elm']],
    [{ targetTo: '2026-03-09' }, ['Dogwood', 'Cedar']],
    [{ targetFrom: '2026-03-09', targetTo: '2026-04-15' }, ['Cedar', 'birch']],
    [{ hasReview: true }, ['Cedar']],
    [{ pmIds: ['not-an-id'] }, []],
    [{ platforms: ['MAGENTO'], healths: ['AT_RISK'] }, ['birch']],
    [{ states: null, healths: null, text: '  ', isMine: false }, all],
  ])('filtered by %j', async (filter, names) => {
    const answer = await list(anna!, { filter });
    expect(answer.names).toEqual(names);
    expect(answer.totalCount).toBe(names.length);
  });

  test('by project manager, and by whose it is: as manager, or with an open task in it', async () => {
    expect((await list(anna!, { filter: { pmIds: [staff.ben] } })).names).toEqual(['Dogwood', 'birch', 'Elm']);
    expect((await list(anna!, { filter: { isMine: true } })).names).toEqual(['Cedar', 'Alder 50%_off', 'Elm']);
    expect((await list(ben!, { filter: { isMine: true } })).names).toEqual(['Dogwood', 'birch', 'Elm']);
    expect((await list(contributor!, { filter: { isMine: true } })).names).toEqual([]);
  });

  test.each<[by: string, ascending: string[], lastAlways: string[]]>([
    ['CLIENT', ['Alder 50%_off', 'birch', 'Cedar', 'Dogwood', 'Elm'], []],
    ['TARGET', all, []],
    ['COURT_SINCE', ['birch', 'Elm', 'Cedar', 'Alder 50%_off'], ['Dogwood']],
    ['REVENUE', ['Elm', 'birch', 'Cedar', 'Alder 50%_off', 'Dogwood'], []],
    ['LAST_CLIENT_ACTIVITY', ['birch', 'Alder 50%_off'], ['Cedar', 'Dogwood', 'Elm']],
  ])('sorted by %s, both ways; what has none comes last', async (by, ascending, last) => {
    const up = await list(ben!, { sort: { by, direction: 'ASCENDING' } });
    const down = await list(ben!, { sort: { by, direction: 'DESCENDING' } });
    const some = ascending.length;
    expect(up.names.slice(0, some)).toEqual(ascending);
    expect(down.names.slice(0, some)).toEqual([...ascending].reverse());
    expect(up.names.slice(some).sort()).toEqual(last);
    expect(down.names.slice(some).sort()).toEqual(last);
  });

  test('sorted by health, the gravest first; by progress; by the manager’s name', async () => {
    const by = async (key: string) => (await list(ben!, { sort: { by: key, direction: 'ASCENDING' } })).names;
    expect((await by('HEALTH')).slice(0, 2)).toEqual(['Cedar', 'birch']);
    expect((await by('HEALTH')).at(-1)).toBe('Dogwood');
    expect((await by('PROGRESS')).slice(2)).toEqual(['Alder 50%_off', 'Cedar', 'Dogwood']);
    expect((await by('PM')).slice(0, 2).sort()).toEqual(['Alder 50%_off', 'Cedar']);
  });

  test.each<[groupBy: string, groups: Variables[], names: string[]]>([
    [
      'HEALTH',
      [
        { health: 'OFF_TRACK', count: 1 },
        { health: 'AT_RISK', count: 1 },
        { health: 'ON_TRACK', count: 2 },
        { health: null, count: 1 },
      ],
      ['Cedar', 'birch', 'Alder 50%_off', 'Elm', 'Dogwood'],
    ],
    [
      'COURT',
      [
        { court: 'CLIENT', count: 1 },
        { court: 'COMPANY', count: 3 },
        { court: 'NOBODY', count: 1 },
      ],
      ['Alder 50%_off', 'Cedar', 'birch', 'Elm', 'Dogwood'],
    ],
    [
      'PLATFORM',
      [
        { platform: 'MAGENTO', count: 2 },
        { platform: 'SHOPIFY', count: 3 },
      ],
      ['Cedar', 'birch', 'Dogwood', 'Alder 50%_off', 'Elm'],
    ],
    [
      'PHASE',
      [
        { phase: 'Kick-off', count: 2 },
        { phase: 'Set-up', count: 2 },
        { phase: null, count: 1 },
      ],
      ['birch', 'Elm', 'Cedar', 'Alder 50%_off', 'Dogwood'],
    ],
    [
      'PM',
      [
        { pm: { name: 'Anna' }, count: 2 },
        { pm: { name: 'Ben' }, count: 3 },
      ],
      ['Cedar', 'Alder 50%_off', 'Dogwood', 'birch', 'Elm'],
    ],
  ])('grouped by %s, with what each group holds', async (groupBy, groups, names) => {
    const answer = await list(anna!, { groupBy });
    expect(answer.groups).toMatchObject(groups);
    expect(answer.groups).toHaveLength(groups.length);
    expect(answer.names).toEqual(names);
  });

  test('pages of any order and group meet without a gap or a repeat, and say how many there are', async () => {
    for (const by of [
      'CLIENT',
      'TARGET',
      'COURT_SINCE',
      'HEALTH',
      'PROGRESS',
      'PM',
      'LAST_CLIENT_ACTIVITY',
      'REVENUE',
    ]) {
      for (const groupBy of [null, 'PM', 'PHASE', 'HEALTH']) {
        const order = { sort: { by, direction: 'DESCENDING' }, groupBy };
        const whole = (await list(ben!, order)).names;
        const met: string[] = [];
        let after: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof list>> = await list(ben!, { ...order, first: 2, after });
          met.push(...page.names);
          expect(page.totalCount).toBe(5);
          after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
        } while (after !== null);
        expect(met).toEqual(whole);
      }
    }
  }, 60_000);
});

describe('a board', () => {
  test('has the first of each group in their order, and still says how many are in it', async () => {
    const sort = { by: 'CLIENT', direction: 'ASCENDING' };
    const one = await list(ben!, { groupBy: 'COURT', sort, perGroup: 1 });
    expect(one.names).toEqual(['Alder 50%_off', 'birch', 'Dogwood']);
    expect(one.groups.map((group: { count: number }) => group.count)).toEqual([1, 3, 1]);
    expect(one.totalCount).toBe(5);
    const two = await list(ben!, { groupBy: 'COURT', sort: { ...sort, direction: 'DESCENDING' }, perGroup: 2 });
    expect(two.names).toEqual(['Alder 50%_off', 'Elm', 'Cedar', 'Dogwood']);
  });

  test('goes on behind a cursor with the groups that are left', async () => {
    const order = { groupBy: 'COURT', sort: { by: 'CLIENT', direction: 'ASCENDING' }, perGroup: 1 };
    const page = await list(ben!, { ...order, first: 2 });
    expect(page.pageInfo.hasNextPage).toBe(true);
    const rest = await list(ben!, { ...order, first: 2, after: page.pageInfo.endCursor });
    expect([...page.names, ...rest.names]).toEqual(['Alder 50%_off', 'birch', 'Dogwood']);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });

  test.each([0, -1, 51])('of %i cards a column is refused', async (perGroup) => {
    expect(await refusal(ben!, { groupBy: 'COURT', perGroup })).toBe('BAD_USER_INPUT');
  });
});

describe('[I3] what the list is sorted and filtered by', () => {
  test.each([
    { sort: { by: 'internalNote', direction: 'ASCENDING' } },
    { sort: { by: 'name; drop table projects', direction: 'ASCENDING' } },
    { sort: { by: 'CLIENT', direction: 'sideways' } },
    { groupBy: 'revenue' },
    { filter: { accountId: 'x' } },
    { filter: { states: ['OPEN'] } },
    { filter: { text: 'x'.repeat(201) } },
    { filter: { pmIds: Array.from({ length: 101 }, () => 'x') } },
  ])('%j is refused', async (variables) => {
    expect(await refusal(anna!, variables)).toBe('BAD_USER_INPUT');
  });

  test('a cursor of another order, and one that we did not write, are refused', async () => {
    const { pageInfo } = await list(anna!, { first: 1 });
    const forged = Buffer.from(JSON.stringify(['TARGET.ASCENDING.', 0, '', 0, { $gt: '' }, 'x'])).toString('base64url');
    expect(await refusal(anna!, { after: pageInfo.endCursor, sort: { by: 'CLIENT', direction: 'ASCENDING' } })).toBe(
      'BAD_USER_INPUT',
    );
    expect(await refusal(anna!, { after: pageInfo.endCursor, groupBy: 'PM' })).toBe('BAD_USER_INPUT');
    for (const after of [forged, 'x', '', "' or 1=1"]) expect(await refusal(anna!, { after })).toBe('BAD_USER_INPUT');
  });
});

describe('[Z6] hidden fields', () => {
  test('a contributor may not sort by revenue, and sees none of it', async () => {
    expect(await refusal(contributor!, { sort: { by: 'REVENUE', direction: 'ASCENDING' } })).toBe('FORBIDDEN');
    expect((await list(contributor!)).names).toEqual(all);
    const { overview, integrationOptions, integrations } = await contributor!.ask(
      '{ overview { revenueNotYetLive { amountMinor } } integrationOptions { hasMoney } integrations { nodes { staff { revenue { amountMinor } } } } }',
    );
    expect([overview.revenueNotYetLive, integrationOptions.hasMoney]).toEqual([null, false]);
    expect(integrations.nodes.map((one: { staff: { revenue: unknown } }) => one.staff.revenue)).toEqual(
      all.map(() => null),
    );
  });

  test.each([
    {},
    { filter: { healths: ['AT_RISK'] } },
    { sort: { by: 'HEALTH', direction: 'ASCENDING' } },
    { groupBy: 'PM' },
  ])('to a client the list does not exist, asked with %j', async (variables) => {
    expect(await refusal(client!, variables)).toBe('NOT_FOUND');
  });

  test('a client sees no health, no options and no view, and what is refused carries no name of another client', async () => {
    const answer = await client!.ask(
      '{ projects { nodes { health { state } } } integrationOptions { phases } savedViews { id } overview { active } }',
    );
    expect(answer).toEqual({
      projects: { nodes: [{ health: null }] },
      integrationOptions: null,
      savedViews: [],
      overview: null,
    });
    expect(client!.bytesSeen()).not.toMatch(/birch|Cedar|Dogwood|Elm/);
  });
});

test('the figures count what their rows are', async () => {
  const { overview } = await anna!.ask(
    '{ overview { active atRisk offTrack waitingOnClient waitingOnCompany inReview medianDaysToLive questionsAvoided revenueNotYetLive { amountMinor } } }',
  );
  expect(overview).toEqual({
    active: 4,
    atRisk: 1,
    offTrack: 1,
    waitingOnClient: 1,
    waitingOnCompany: 3,
    inReview: 1,
    medianDaysToLive: null,
    questionsAvoided: 0,
    revenueNotYetLive: { amountMinor: 650_00 },
  });
});

test('what can be filtered by: every manager once, and the phases in the order of the road', async () => {
  const { integrationOptions } = await anna!.ask('{ integrationOptions { pms { name } phases hasMoney } }');
  expect(integrationOptions).toEqual({
    pms: [{ name: 'Anna' }, { name: 'Ben' }],
    phases: ['Kick-off', 'Set-up'],
    hasMoney: true,
  });
});
