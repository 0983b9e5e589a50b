import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  axeProblems,
  closeWindows,
  desktop,
  drawn,
  loaded,
  openVisitor,
  sidewaysScroll,
  startBrowser,
  untilQuiet,
  type Visitor,
} from '../support/browser.ts';
import { type CheckNet, halfSetZone, startCheckNet } from '../support/checkNet.ts';
import type { Session } from '../support/session.ts';
import { t } from '../support/words.ts';
import { holdsByKeyboard, holdsInTheme, holdsNarrow, themes } from './holds.ts';
import { petra } from './petraScreens.ts';
import { midway, type Screen } from './screenList.ts';

/** What holds for every screen: reached by keyboard, accessible in both themes and sizes, fits a narrow phone, and is quiet. */
export function screensHold(list: readonly Screen[]): void {
  let app: TestApp;
  let browser: Browser;
  let net: CheckNet;
  const sessions = new Map<Screen['as'], Session>();
  const visitors = new Map<Screen['as'], Visitor>();
  const complaints: string[] = [];

  beforeAll(async () => {
    net = await startCheckNet(halfSetZone);
    app = await startTestApp({ isRealTime: true, ...net.options });
    browser = await startBrowser({ isForChecks: true });
    sessions.set('client', await app.signIn(midway(app).people[0]!));
    sessions.set('lead', await app.signIn(petra(app).people[0]!));
    sessions.set('admin', await app.signIn('elif.aydin@lumen-commerce.example'));
    sessions.set('pm', await app.signIn(app.world.staff.find((person) => person.id === midway(app).project.pmId)!));
  }, 120_000);
  afterAll(async () => {
    await closeWindows(browser);
    await app?.close();
    await net?.close();
  });

  /** One window a person, as people have it: the client is loaded once, and every screen but the first is gone to in it. */
  async function windowOf(as: Screen['as']): Promise<Visitor> {
    const visitor = visitors.get(as) ?? (await openVisitor(browser, { url: app.url, session: sessions.get(as) }));
    visitors.set(as, visitor);
    return visitor;
  }

  async function open({ page }: Visitor, screen: Screen): Promise<void> {
    await page.setViewportSize(desktop);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    const path = await screen.path(app);
    await untilQuiet(page, async () => {
      if (page.url().startsWith(app.url) && !screen.isLoadedAnew) await goTo(page, path);
      else await page.goto(path);
      await screen.isLoaded(page);
      await seenWhole(page);
    });
    await loaded(page);
  }

  /** What comes when somebody comes near it is there, too. */
  async function seenWhole(page: Page): Promise<void> {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await drawn(page);
    await page.evaluate(() => scrollTo(0, 0));
  }

  /** As by a link: the client is told of each new address of its window. */
  async function goTo(page: Page, path: string): Promise<void> {
    await page.evaluate((to) => history.pushState(null, '', to), path);
  }

  /** Every screen begins with nothing left of the one before but the session and what the client knows already. */
  async function leave(visitor: Visitor, screen: Screen): Promise<void> {
    const { page, cspViolations, strayRequests, problems } = visitor;
    complaints.push(...[...cspViolations, ...strayRequests].map((what) => `${screen.name}: ${what}`));
    // Nothing of the next screen lies under the mouse by chance.
    await page.mouse.move(-1, -1);
    if (screen.as === 'stranger') {
      // Whoever is not signed in comes to each of these screens from outside.
      if (page.url().startsWith(app.url)) await forget(page);
      await page.goto('about:blank');
    } else if (page.url().startsWith(app.url)) {
      // To where no screen is, so that none of this one stands in the next.
      await goTo(page, '/between-two-screens');
      await page.getByRole('heading', { name: t('common.error.notFoundTitle') }).waitFor();
      await forget(page);
    }
    for (const list of [cspViolations, strayRequests, problems]) list.length = 0;
  }

  async function forget(page: Page): Promise<void> {
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
      scrollTo(0, 0);
      for (const met of document.querySelectorAll<HTMLElement>('[data-tab-seen]')) {
        delete met.dataset.tabSeen;
        delete met.dataset.tabLast;
      }
    });
  }

  describe.each(list)('$name', (screen) => {
    let visitor: Visitor;

    beforeAll(async () => {
      visitor = await windowOf(screen.as);
      await open(visitor, screen);
    });
    afterAll(async () => {
      if (visitor) await leave(visitor, screen);
    });

    test('everything is reached by Tab, and shows that it has the focus', () =>
      holdsByKeyboard(visitor.page, screen.mainAction));

    test.each(themes)('is accessible on a desktop and on a phone in the %s theme', (colorScheme) =>
      holdsInTheme(visitor.page, colorScheme, screen.name),
    );

    test('fits 320 px without sideways scroll, in every part', async () => {
      const { page } = visitor;
      await holdsNarrow(page);
      const parts = page.getByRole('tablist', { name: t('task.part.label') }).getByRole('tab');
      for (const part of await parts.all()) {
        await part.click();
        await drawn(page);
        expect([await part.innerText(), await sidewaysScroll(page)]).toEqual([await part.innerText(), 0]);
        expect(await axeProblems(page)).toEqual([]);
      }
    });

    test('has nothing to complain about in the console', () => {
      expect(visitor.problems).toEqual([]);
    });
  });

  test('[I8] no screen broke its content security policy or asked anybody else for anything', () => {
    expect(complaints).toEqual([]);
  });
}
