import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accounts, events, firstLooks, projects } from '../../drizzle/schema/index.ts';
import { eventually } from '../support/eventually.ts';
import { longestStallMs } from '../support/stall.ts';
import { type FirstLookWorld, startFirstLookWorld } from './firstLookWorld.ts';
import { productPage, sitemapOf, startTestShop, type TestShop } from './testShop.ts';

const createText = `mutation ($input: ProjectCreateInput!) {
  projectCreate(input: $input) { project { id account { id } } userErrors { code field } } }`;
const editText = `mutation ($id: ID!, $input: AccountEditInput!) { accountEdit(id: $id, input: $input) { account { revision } userErrors { code } } }`;
const moveText = `mutation ($id: ID!, $input: ProjectMoveInput!) { projectMove(id: $id, input: $input) { project { state } userErrors { code } } }`;
const retryText = `mutation ($id: ID!) { firstLookRetry(id: $id) { project { firstLook { state source isBuilding } } userErrors { code message } } }`;

let w: FirstLookWorld;
let shop: TestShop;
let made = 0;

beforeAll(async () => {
  shop = await startTestShop();
  w = await startFirstLookWorld({ config: { websitePages: 50, logLevel: 'error' }, fetching: shop.fetching });
}, 120_000);
afterAll(async () => {
  await w.close();
  await shop.close();
});
beforeEach(() => {
  shop.pages = {};
  shop.asked.length = 0;
  shop.mostAtOnce = 0;
});

function fill(count: number, name = 'Blue mug'): void {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const home = `<title>Shop</title><meta property="og:site_name" content="Nordlicht"><meta name="theme-color" content="#0f5f5c">`;
  shop.pages['/'] = home;
  shop.pages['/robots.txt'] = `User-agent: *\nSitemap: ${shop.at}/sitemap.xml`;
  shop.pages['/sitemap.xml'] = sitemapOf(numbers.map((n) => `${shop.at}/products/${n}`));
  for (const n of numbers) shop.pages[`/products/${n}`] = productPage(n, { name: `${name} ${n}` });
}

/** A project of a new account whose shop is there. */
async function project(website: string, more: Record<string, unknown> = {}) {
  made += 1;
  const input = {
    ...{ idempotencyKey: `website ${made}`, newAccount: { name: `Shop ${made}`, website, timeZone: 'Europe/Oslo' } },
    ...{ platform: 'CUSTOM', products: ['SEARCH'], templateKeys: [], name: `Project ${made}`, signedOn: '2026-03-02' },
    ...more,
  };
  const { projectCreate } = await w.pm.ask(createText, { input });
  expect(projectCreate.userErrors).toEqual([]);
  return { id: projectCreate.project.id as string, accountId: projectCreate.project.account.id as string };
}
const look = (id: string) => w.look(w.pm, id);
const settled = (id: string) =>
  eventually(async () => {
    const now = await look(id);
    return !now.isBuilding && now.state !== 'BUILDING' && now;
  }, 30_000);
const kindsOf = async (id: string) => {
  const rows = await w.app.services.db.select().from(events).where(eq(events.projectId, id)).orderBy(events.seq);
  return rows.map(({ kind }) => kind);
};
const search = async (id: string, text: string) => {
  const ask = { kind: 'search', text, sort: 'RELEVANCE', first: 12, offset: 0 };
  return (await (await w.ask(ask, { session: w.pm, projectId: id })).json()) as {
    total: number;
    products: { title: string; hasImage: boolean }[];
  };
};

describe('a first look without a feed', () => {
  test("is made of the shop's own pages as soon as its project begins, and is marked so", async () => {
    fill(12);
    const { id } = await project(shop.at);
    expect(await settled(id)).toMatchObject({
      ...{ state: 'READY', source: 'WEBSITE', total: 12, usable: 12, shown: 12, currencies: ['EUR'], problem: null },
      ...{ submission: null, brand: { name: 'Nordlicht', accent: '#0f5f5c', ground: null, hasLogo: false } },
      daysToFirstLook: 8,
    });
    // A letter too few.
    const found = await search(id, 'blu mug');
    expect(found.total).toBe(12);
    expect(found.products[0]).toMatchObject({ title: expect.stringMatching(/^Blue mug/), hasImage: true });
    expect(await kindsOf(id)).toEqual(['project.created', 'firstLook.ready']);
    expect(shop.paths().sort()).toEqual(
      ['/', '/robots.txt', '/sitemap.xml', ...Array.from({ length: 12 }, (_, n) => `/products/${n + 1}`)].sort(),
    );
    for (const { headers, host } of shop.asked) {
      expect([headers.cookie, headers.authorization, headers.referer]).toEqual([undefined, undefined, undefined]);
      expect(host).toBe('shop.test');
    }
  });

  test('of a shop whose pages are made to take long holds nobody up', async () => {
    fill(11);
    const slow = `<p itemscope itemtype="https://schema.org/Product">${'<b itemprop="name" a b c>'.repeat(75_000)}`;
    for (let n = 1; n <= 10; n++) shop.pages[`/products/${n}`] = slow;
    const stalledMs = await longestStallMs(async () => {
      const { id } = await project(shop.at);
      expect(await settled(id)).toMatchObject({ state: 'READY', shown: 1 });
    });
    expect(stalledMs).toBeLessThan(250);
  });

  test('of one shop for two projects is read one after the other, so that no more is asked of it at once', async () => {
    fill(20);
    const made = await Promise.all([project(shop.at), project(`http://www.shop.test:${shop.port}`)]);
    for (const { id } of made) expect(await settled(id)).toMatchObject({ state: 'READY', shown: 20 });
    expect(shop.mostAtOnce).toBeLessThanOrEqual(2);
  });

  test('of a shop of 5,000 is made of fifty, asked once', async () => {
    fill(5_000);
    const { id } = await project(shop.at);
    expect(await settled(id)).toMatchObject({ state: 'READY', total: 50, shown: 50 });
    expect(shop.asked).toHaveLength(53);
  });

  test.each<[string, () => string, string, string]>([
    [
      'that forbids us',
      () => {
        fill(3);
        shop.pages['/robots.txt'] = 'User-agent: *\nDisallow: /';
        return shop.at;
      },
      'FAILED',
      'FORBIDDEN',
    ],
    ['that is down', () => `http://down.test:${shop.deadPort}`, 'FAILED', 'UNREACHABLE'],
    [
      'without products',
      () => {
        shop.pages['/'] = '<title>Us</title><a href="/our-story">x</a>';
        return shop.at;
      },
      'EMPTY',
      'NO_PRODUCTS',
    ],
    [
      'that leads to a private address',
      () => {
        shop.pages['/'] = { status: 302, headers: { location: `http://inside.test:${shop.port}/` } };
        return shop.at;
      },
      'FAILED',
      'UNREACHABLE',
    ],
    [
      'whose pages have products of no use',
      () => {
        fill(1);
        shop.pages['/products/1'] = productPage(1, { name: '\u202e \u0000' });
        return shop.at;
      },
      'EMPTY',
      'NO_PRODUCTS',
    ],
  ])('is none of a shop %s, and says why', async (_, prepare, state, problem) => {
    const { id } = await project(prepare());
    expect(await settled(id)).toMatchObject({ state, problem, shown: 0, firstLookAt: null });
    expect(shop.asked.every(({ host }) => host === 'shop.test')).toBe(true);
    expect(await kindsOf(id)).toEqual(['project.created']);
  });

  test('is tried three times where our own name servers say nothing, and is then nobody’s fault but ours', async () => {
    const { id } = await project('http://silent.test');
    const dueIn = async (ms: number) => {
      await w.app.services.jobs.runDue();
      w.app.clock.advance(ms);
      await w.app.services.jobs.runDue();
    };
    const { dueMoments } = await import('../../drizzle/schema/index.ts');
    const due = () => w.app.services.db.select().from(dueMoments).where(eq(dueMoments.subjectId, id));
    for (const waitMs of [60_000, 600_000]) {
      await eventually(async () => (await due()).length === 1);
      expect(await look(id)).toMatchObject({ state: 'BUILDING', problem: null });
      await dueIn(waitMs);
    }
    expect(await settled(id)).toMatchObject({ state: 'FAILED', problem: 'BUILD_FAILED' });
    expect(await due()).toEqual([]);
  });

  test('gives way to the feed when that comes, and never takes its place again', async () => {
    fill(4);
    const { accounts: account } = (
      await w.app.services.db
        .select()
        .from(accounts)
        .innerJoin(projects, eq(projects.accountId, accounts.id))
        .where(eq(projects.id, w.projectId))
    )[0]!;
    const edit = async (website: string) => {
      const [now] = await w.app.services.db.select().from(accounts).where(eq(accounts.id, account.id));
      const { accountEdit } = await w.pm.ask(editText, { id: account.id, input: { revision: now!.revision, website } });
      expect(accountEdit.userErrors).toEqual([]);
    };
    await edit(shop.at);
    expect(await settled(w.projectId)).toMatchObject({ state: 'READY', source: 'WEBSITE', shown: 4 });
    const { look: fromFeed } = await w.feed([{}, {}]);
    expect(
      await eventually(async () => {
        const now = await look(w.projectId);
        return now.source === 'FEED' && now;
      }),
    ).toMatchObject({ source: 'FEED', shown: 2 });
    expect(fromFeed.firstLookAt).not.toBeNull();
    shop.asked.length = 0;
    await edit(`${shop.at}/other`);
    await w.app.services.jobs.runDue();
    expect(await settled(w.projectId)).toMatchObject({ state: 'READY', source: 'FEED', shown: 2 });
    expect(shop.asked).toEqual([]);
  });

  test('is made anew when the address changes, or when somebody asks, and by nobody who may not', async () => {
    shop.pages['/'] = '<title>Nothing yet</title>';
    const { id, accountId } = await project(shop.at);
    expect(await settled(id)).toMatchObject({ problem: 'NO_PRODUCTS' });
    fill(3);
    const { firstLookRetry } = await w.pm.ask(retryText, { id });
    expect(firstLookRetry).toMatchObject({
      userErrors: [],
      project: { firstLook: { source: 'WEBSITE', isBuilding: true } },
    });
    expect(await settled(id)).toMatchObject({ state: 'READY', shown: 3, problem: null });
    const before = shop.asked.length;
    const { accountEdit } = await w.pm.ask(editText, { id: accountId, input: { revision: 1, name: 'Renamed' } });
    expect(accountEdit.userErrors).toEqual([]);
    fill(5, 'Red mug');
    await w.pm.ask(editText, { id: accountId, input: { revision: 2, website: `http://www.shop.test:${shop.port}` } });
    expect(
      await eventually(async () => {
        const now = await look(id);
        return now.shown === 5 && now;
      }),
    ).toMatchObject({ state: 'READY', total: 5 });
    expect(shop.asked.slice(before).some(({ host }) => host === 'www.shop.test')).toBe(true);

    for (const session of [w.viewer, w.director]) {
      const refused = await session.gql(retryText, { id: w.projectId });
      expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    const asked = shop.asked.length;
    const other = await w.lead.gql(retryText, { id });
    const missing = await w.lead.gql(retryText, { id: '01890000-0000-7000-8000-000000000000' });
    expect(other.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    expect(missing.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    for (let n = 0; n < 5; n++) {
      await w.pm.ask(retryText, { id });
      await settled(id);
    }
    const often = await w.pm.ask(retryText, { id });
    expect(often.firstLookRetry.userErrors).toMatchObject([{ code: 'TOO_OFTEN' }]);
    expect(shop.asked.length).toBeGreaterThan(asked);
  });

  test('waits until a draft is begun', async () => {
    fill(2);
    const { id } = await project(shop.at, { isDraft: true });
    await w.app.services.jobs.runDue();
    expect(await look(id)).toMatchObject({ state: 'EMPTY', problem: null });
    expect(shop.asked).toEqual([]);
    const [row] = await w.app.services.db.select().from(projects).where(eq(projects.id, id));
    await w.pm.ask(moveText, { id, input: { move: 'ACTIVATE', revision: row!.revision } });
    expect(await settled(id)).toMatchObject({ state: 'READY', shown: 2 });
  });

  test('of an address where nobody can be is not even tried', async () => {
    const { id } = await project('https://shop.example');
    await w.app.services.jobs.runDue();
    expect(await look(id)).toMatchObject({ state: 'EMPTY', problem: null, isBuilding: false });
    expect(await w.app.services.db.select().from(firstLooks).where(eq(firstLooks.projectId, id))).toEqual([]);
  });
});
