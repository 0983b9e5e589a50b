import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accounts, firstLooks, projects, submissions } from '../../drizzle/schema/index.ts';
import { buildsLeft } from '../../server/firstLook/run/commands.ts';
import { websitesNew } from '../../server/firstLook/website/commands.ts';
import { patch } from '../files/delivering.ts';
import { eventually } from '../support/eventually.ts';
import { type FirstLookWorld, startFirstLookWorld } from './firstLookWorld.ts';
import { png, rgb } from './png.ts';
import { productPage, sitemapOf, startTestShop, type TestShop } from './testShop.ts';

const aLogo = {
  key: 'file',
  label: 'Logo and colours',
  spec: { kind: 'FILE', acceptedExtensions: ['.svg', '.zip', '.png', '.jpg'] },
};
const picture = (red: number, green: number, blue: number) => png(64, 64, rgb, () => [red, green, blue]);

let w: FirstLookWorld;
let shop: TestShop;

beforeAll(async () => {
  shop = await startTestShop();
  w = await startFirstLookWorld({ config: { websitePages: 50, logLevel: 'error' }, fetching: shop.fetching });
  const { db } = w.app.services;
  const [row] = await db.select().from(projects).where(eq(projects.id, w.projectId));
  await db.update(accounts).set({ website: shop.at }).where(eq(accounts.id, row!.accountId));
  shop.pages['/'] =
    '<title>x</title><meta property="og:site_name" content="Nordlicht"><link rel="apple-touch-icon" href="/touch.png">';
  shop.pages['/sitemap.xml'] = sitemapOf([`${shop.at}/products/1`]);
  shop.pages['/products/1'] = productPage(1);
  shop.pages['/touch.png'] = { headers: { 'content-type': 'image/png' }, body: picture(0, 80, 200) };
}, 120_000);
afterAll(async () => {
  await w.close();
  await shop.close();
});

const brandOf = async () => (await w.look()).brand;
const painted = (wanted: object) =>
  eventually(async () => {
    await w.app.services.jobs.runDue();
    expect(await brandOf()).toMatchObject(wanted);
  });
const logo = (session = w.lead, projectId = w.projectId) => session.fetch(`/first-look/${projectId}/logo`);

async function handIn(name: string, bytes: Buffer) {
  const task = await w.task({ state: 'READY', side: 'CLIENT', visibility: 'SHARED' }, aLogo);
  const { id, fileId } = await w.begin(w.lead, task.id, bytes.length, name);
  expect((await patch(w.lead, fileId, 0, bytes as BodyInit)).status).toBe(204);
  expect((await w.finish(w.lead, id, task.id)).userErrors).toEqual([]);
  return id;
}

test('a project that began before pages were read is looked at when the server starts, and so is one that a crash left', async () => {
  const { services } = w.app;
  expect((await w.look()).state).toBe('EMPTY');
  await websitesNew(services);
  expect(await w.settled()).toMatchObject({ state: 'READY', source: 'WEBSITE', shown: 1 });
  const again = shop.asked.length;
  await websitesNew(services);
  await services.jobs.runDue();
  await w.settled();
  expect(shop.asked).toHaveLength(again);

  await services.db.update(firstLooks).set({ run: 9, settledRun: 8 }).where(eq(firstLooks.projectId, w.projectId));
  await buildsLeft(services);
  expect(await w.settled()).toMatchObject({ state: 'READY', source: 'WEBSITE', shown: 1 });
  expect(shop.asked.length).toBeGreaterThan(again);
});

test('a brand is that of the site until a logo is handed in', async () => {
  expect(await brandOf()).toEqual({ name: 'Nordlicht', accent: '#0050c8', ground: '#0050c8', hasLogo: true });
  const bytes = Buffer.from(await (await logo()).arrayBuffer());
  expect(bytes.equals(picture(0, 80, 200))).toBe(true);

  const id = await handIn('logo.png', picture(200, 30, 60));
  await painted({ name: 'Nordlicht', accent: '#c81e3c', hasLogo: true });
  const answer = await logo();
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    ...{
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    },
    'content-security-policy': "sandbox; default-src 'none'",
  });
  expect(Buffer.from(await answer.arrayBuffer()).equals(picture(200, 30, 60))).toBe(true);
  // What was sent for another one does not count any more.
  await w.app.services.db.update(submissions).set({ reviewOutcome: 'CHANGES_REQUESTED' }).where(eq(submissions.id, id));
});

test('an SVG gives its colours and is never shown, and what is no picture gives nothing', async () => {
  await handIn('logo.zip', Buffer.from('PK\u0003\u0004'.padEnd(100, 'x')));
  await handIn(
    'logo.svg',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><path fill="#00a05a"/></svg>'),
  );
  await painted({ name: 'Nordlicht', accent: '#00a05a', hasLogo: true });
  // That of the site again.
  expect(Buffer.from(await (await logo()).arrayBuffer()).equals(picture(0, 80, 200))).toBe(true);
  const { services } = w.app;
  const [row] = await services.db.select().from(firstLooks);
  const without = { ...row!.brand!, logo: null, logoAt: null };
  await services.db.update(firstLooks).set({ brand: without });
  expect((await logo()).status).toBe(204);
});

test('a logo is shown to whoever may see the project, and to nobody else', async () => {
  await handIn('logo.png', picture(10, 140, 60));
  await painted({ accent: '#0a8c3c', hasLogo: true });
  for (const session of [w.lead, w.viewer, w.pm, w.partner]) expect((await logo(session)).status).toBe(200);
  for (const session of [w.stranger, w.app.anonymous()]) expect((await logo(session)).status).toBe(404);
  expect((await logo(w.lead, w.app.world.otherProject.id)).status).toBe(404);
  expect((await logo(w.lead, 'nonsense')).status).toBe(404);
});
