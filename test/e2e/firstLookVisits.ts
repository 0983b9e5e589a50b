import { eq } from 'drizzle-orm';
import type { Browser, Frame, Page } from 'playwright-core';
import { projects } from '../../drizzle/schema/index.ts';
import type { TestApp } from '../support/app.ts';
import { openVisitor, type Visitor, type VisitorOptions } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { aFeed, deliverFeed } from '../support/feeds.ts';
import { taskWithInputs } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import { midway } from './screenList.ts';

export const products = ['SEARCH', 'RECOMMENDATIONS', 'EMAIL', 'REVIEWS'] as const;
export type Visits = Awaited<ReturnType<typeof startVisits>>;

/** The client in the middle of its road has bought everything, and its first look is made of this feed. */
export async function startVisits(app: TestApp, browser: Browser, feed: string) {
  const { project } = midway(app);
  await app.services.db
    .update(projects)
    .set({ products: [...products] })
    .where(eq(projects.id, project.id));
  await bring(feed);
  return { bring, visit };

  /** Delivers a feed and waits until it is shown. */
  async function bring(text: string): Promise<void> {
    const session = await app.signIn(midway(app).people[0]!);
    const task = await taskWithInputs(app.services, midway(app).project.id, {}, [aFeed]);
    const id = await deliverFeed(session, task.id, text);
    const wanted = `query ($id: ID!) { project(id: $id) { firstLook { isBuilding submission { id } } } }`;
    await eventually(async () => {
      const { firstLook } = (await session.ask(wanted, { id: midway(app).project.id })).project;
      return firstLook.submission?.id === id && !firstLook.isBuilding;
    }, 60_000);
  }

  async function visit(product: string, options: Partial<VisitorOptions> & { as?: 'client' | 'pm' } = {}) {
    const { as = 'client', ...rest } = options;
    const { project, people } = midway(app);
    const session = await app.signIn(as === 'pm' ? { id: project.pmId } : people[0]!);
    const visitor = await openVisitor(browser, { url: app.url, session, ...rest });
    const { page } = visitor;
    await page.goto(`/projects/${project.id}/first-look?product=${product}`);
    await page.getByText(t('shell.live'), { exact: true }).waitFor();
    return { visitor, page, frame: await mockOf(page) };
  }
}

/** A word of the mocks. */
export const m = (key: string, values: Record<string, string | number> = {}) =>
  t(`firstLookMocks.${key}` as never, values) as string;
export const totalOf = async (frame: Frame) =>
  Number(/([\d,]+) products?/.exec(await frame.getByRole('status').first().innerText())?.[1]?.replace(',', ''));

/** The frame of a mock, as soon as it shows something. */
export async function mockOf(page: Page): Promise<Frame> {
  const frame = await eventually(() => page.frames().find((one) => one.url().endsWith('/first-look/frame')) ?? false);
  await frame.getByRole('heading').first().waitFor();
  return frame;
}

/** What the page complained about; that a picture of the shop is missing is nothing that a page can help. */
export const complaintsOf = ({ problems }: Visitor) =>
  problems.filter((one) => !/404 .*\/first-look\/[^/]+\/images\//.test(one));

export async function shot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
}
