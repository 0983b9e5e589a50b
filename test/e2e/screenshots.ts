import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { and, eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { firstLooks, projects, templates } from '../../drizzle/schema/index.ts';
import { type App, createApp } from '../../server/app.ts';
import { desktop, loaded, openVisitor, phone, startBrowser } from '../support/browser.ts';
import { testConfig } from '../support/config.ts';
import { eventually } from '../support/eventually.ts';
import { Session } from '../support/session.ts';
import { t } from '../support/words.ts';
import { readWorld } from '../support/world.ts';
import { midway, taskNamed } from './screenList.ts';

/**
 * `npm run screenshots`: the screens and each mock, on a desktop and a phone, in both themes, into
 * `test/e2e/shots/`; the two that README shows are copied to `test/e2e/readme/`. Every screen and dialog of the tests'
 * walk stands in `test/e2e/shots/screens/`, as axe saw it.
 */
const shots = fileURLToPath(new URL('./shots', import.meta.url));
const readme = fileURLToPath(new URL('./readme', import.meta.url));
const inReadme = { 'task-desktop-light.png': 'task.png', 'project-desktop-light.png': 'project.png' };
const sizes = { desktop, phone };
/** From here on the client has bought everything. */
const firstMock = 'first-look-search';

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'slipway-shots-'));
  const app = await createApp({ ...testConfig(dataDir, null), sampleData: true }, { print: () => {} });
  const browser = await startBrowser();
  try {
    const world = await readWorld(app.services.db);
    const { project, people } = midway({ world });
    const taskId = taskNamed({ world }, 'feed').id;
    const accountId = people[0]?.accountId;
    const [client, pm] = [await signIn(app.url, people[0]?.id), await signIn(app.url, project.pmId)];
    const [template] = await app.services.db
      .select({ id: templates.id })
      .from(templates)
      .where(eq(templates.key, 'searchShopify'));
    const pictures = [
      { name: 'sign-in', session: undefined, path: '/sign-in', shows: text(t('signIn.sampleTitle')) },
      { name: 'overview', session: pm, path: '/overview', shows: text('Maison Lavande') },
      { name: 'overview-board', session: pm, path: '/overview?as=BOARD', shows: text('Maison Lavande') },
      { name: 'my-day', session: pm, path: '/my-day', shows: heading },
      { name: 'workload', session: pm, path: '/workload', shows: heading },
      { name: 'inbox', session: pm, path: '/inbox', shows: heading },
      { name: 'new-integration', session: pm, path: '/projects/new', shows: heading },
      { name: 'new-list', session: pm, path: '/projects/new/list', shows: heading },
      { name: 'accounts', session: pm, path: '/accounts', shows: text('Maison Lavande') },
      { name: 'account', session: pm, path: `/accounts/${accountId}`, shows: heading },
      { name: 'templates', session: pm, path: '/templates', shows: text('Site search on Shopify') },
      { name: 'template', session: pm, path: `/templates/${template?.id}`, shows: text('Upload your product feed') },
      { name: 'project-staff', session: pm, path: `/projects/${project.id}`, shows: text(t('project.road.title')) },
      { name: 'overview-timeline', session: pm, path: '/overview?as=TIMELINE', shows: text('Maison Lavande') },
      { name: 'project', session: client, path: `/projects/${project.id}`, shows: text(t('project.road.title')) },
      { name: 'task', session: pm, path: `/tasks/${taskId}`, shows: history },
      { name: 'task-client', session: client, path: `/tasks/${taskNamed({ world }, 'orders').id}`, shows: history },
      ...['profile', 'people', 'tokens', 'company', 'activity'].map((section) => ({
        ...{ name: `settings-${section}`, session: pm, path: `/settings/${section}`, shows: heading },
      })),
    ];
    for (const product of ['SEARCH', 'RECOMMENDATIONS', 'EMAIL', 'REVIEWS'] as const) {
      const path = `/projects/${project.id}/first-look?product=${product}`;
      pictures.push({ name: `first-look-${product.toLowerCase()}`, session: client, path, shows: inMock });
    }
    mkdirSync(shots, { recursive: true });
    for (const { name, session, path, shows } of pictures) {
      if (name === firstMock) await everyMock(app, project.id);
      for (const [size, viewport] of Object.entries(sizes)) {
        for (const colorScheme of ['light', 'dark'] as const) {
          const visitor = await openVisitor(browser, {
            url: app.url,
            session,
            viewport,
            colorScheme,
            isPhone: size === 'phone',
          });
          await visitor.page.goto(path);
          await visitor.page.getByRole('heading', { level: 1 }).waitFor();
          if (size === 'desktop') await shows(visitor.page).waitFor();
          await loaded(visitor.page);
          // Where nothing is live, nothing says so; where it is, no picture tells of a connection still to come.
          for (const word of ['shell.catchingUp', 'shell.offline'] as const)
            await visitor.page.getByText(t(word, { time: '' })).waitFor({ state: 'hidden' });
          const file = `${name}-${size}-${colorScheme}.png`;
          // What of a frame lies outside of the window is not drawn.
          const isMock = name.startsWith('first-look');
          await visitor.page.screenshot({ path: join(shots, file), fullPage: size === 'phone' && !isMock });
          await visitor.close();
          console.log(file);
        }
      }
    }
    mkdirSync(readme, { recursive: true });
    for (const [file, name] of Object.entries(inReadme)) copyFileSync(join(shots, file), join(readme, name));
  } finally {
    await browser.close();
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The sample's own first look, for whatever can be bought: each mock is to be seen. */
async function everyMock({ services }: App, projectId: string): Promise<void> {
  await services.db
    .update(projects)
    .set({ products: ['SEARCH', 'RECOMMENDATIONS', 'EMAIL', 'REVIEWS'] })
    .where(eq(projects.id, projectId));
  await services.jobs.runDue();
  const isMade = and(eq(firstLooks.projectId, projectId), eq(firstLooks.state, 'READY'));
  await eventually(async () => (await services.db.$count(firstLooks, isMade)) === 1, 60_000);
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const text = (words: string) => (page: Page) => page.getByText(words).first();
const inMock = (page: Page) => page.frameLocator('iframe').getByRole('heading', { level: 1 }).first();
const history = (page: Page) => page.getByRole('list', { name: t('submissions.history.title') }).first();

async function signIn(url: string, personId: string | undefined): Promise<Session> {
  const response = await fetch(`${url}/auth/sample`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ personId }),
  });
  const cookie = response.headers.getSetCookie().map((header) => header.split(';')[0] ?? '');
  if (!response.ok) throw new Error(`The sample sign-in answered ${response.status}.`);
  return new Session(url, cookie.join('; '), personId ?? null);
}

await main();
