import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page, type Request, type WebSocket } from 'playwright-core';
import { chromiumArguments, chromiumExecutable, shellExecutable } from './chromium.ts';
import { eventually } from './eventually.ts';
import type { Session } from './session.ts';

/** One person at one browser window, with all that it was sent. */
export type Visitor = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything the server sent to a recorded browser, headers, bodies and socket frames: for the scan for canaries. */
  received(): Promise<string>;
  /** What the page did against its content security policy. */
  readonly cspViolations: string[];
  /** What the page complained about in its console, and errors that nothing caught. */
  readonly problems: string[];
  /** Addresses asked for outside of the given origin: there must be none. */
  readonly strayRequests: string[];
  /** What was fetched, and how it was compressed on its way. */
  readonly fetched: { url: string; encoding: string | null }[];
  close(): Promise<void>;
};

export type VisitorOptions = {
  url: string;
  /** Signed in from the start; without it the visitor comes as a stranger. */
  session?: Session;
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  isPhone?: boolean;
  /** What the browser says that it is: keys differ from machine to machine. */
  userAgent?: string;
  /** Keeps whatever the server sends. Every byte passes through the test, so only for tests that look at it. */
  isRecorded?: boolean;
};

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/**
 * A browser for all test files of this process, one after the other: a file closes its windows by `closeWindows`.
 * `isForChecks`: for pages that run our checks of them more than their own code; nothing may be timed in it.
 */
export function startBrowser({ isForChecks = false } = {}): Promise<Browser> {
  const running = browsers.get(isForChecks) ?? launch(isForChecks);
  browsers.set(isForChecks, running);
  return running;
}

const browsers = new Map<boolean, Promise<Browser>>();

async function launch(isForChecks: boolean): Promise<Browser> {
  const executablePath = isForChecks ? chromiumExecutable() : shellExecutable();
  if (executablePath === null) throw new Error('No Chromium found.');
  // On a page of seconds the last stage of V8's compiler takes longer than it ever saves; and what our checks of a page
  // throw away fills its first megabyte of memory again and again, each time with a collection.
  const args = [...chromiumArguments(), ...(isForChecks ? ['--js-flags=--max-opt=2,--min-semi-space-size=16'] : [])];
  // A worker that is done is told to end, and takes its browser and what that keeps along, without waiting for either.
  process.once('SIGTERM', () => process.exit());
  return chromium.launch({ executablePath, headless: true, args, handleSIGTERM: false });
}

/** Closes every window of the browser, and what they remember; without one it has nothing to do. */
export async function closeWindows(browser: Browser | undefined): Promise<void> {
  await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
}

/** What a visitor's window tells: made anew for each visitor, while the window may be used again. */
type Told = Pick<Visitor, 'cspViolations' | 'problems' | 'strayRequests' | 'fetched'> & {
  received: string[];
  reading: Promise<void>[];
};

type Window = { context: BrowserContext; kind: string; told: Told };

/** Windows whose visitor has left. Whoever comes next in one finds the client's files fetched and compiled. */
const left = new WeakMap<Browser, Window[]>();

export async function openVisitor(browser: Browser, options: VisitorOptions): Promise<Visitor> {
  const { url, session, isRecorded = false } = options;
  const window = (await windowLeft(browser, options)) ?? (await openWindow(browser, options));
  const { context } = window;
  const told = nothingTold();
  window.told = told;
  if (session) {
    const [name = '', value = ''] = session.cookie.split(/=(.*)/s);
    await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }]);
  }
  const page = await context.newPage();

  return {
    page,
    context,
    async received() {
      if (!isRecorded) throw new Error('This visitor was opened without being recorded.');
      await Promise.all(told.reading);
      return told.received.join('\n');
    },
    cspViolations: told.cspViolations,
    problems: told.problems,
    strayRequests: told.strayRequests,
    fetched: told.fetched,
    async close() {
      await Promise.all(context.pages().map((one) => one.close()));
      left.set(browser, [...(left.get(browser) ?? []), window]);
    },
  };
}

const nothingTold = (): Told => ({
  cspViolations: [],
  problems: [],
  strayRequests: [],
  fetched: [],
  received: [],
  reading: [],
});

const kindOf = ({ session: _, ...kind }: VisitorOptions) => JSON.stringify(kind);

/** A window of this kind that somebody has left, without anything of theirs; null when there is none. */
async function windowLeft(browser: Browser, options: VisitorOptions): Promise<Window | null> {
  const windows = left.get(browser) ?? [];
  const window = windows.find(({ kind }) => kind === kindOf(options));
  if (!window) return null;
  left.set(
    browser,
    windows.filter((one) => one !== window),
  );
  await window.context.clearCookies();
  const page = await window.context.newPage();
  await page.goto('/healthz');
  await page.evaluate(() => localStorage.clear());
  await page.close();
  return window;
}

async function openWindow(browser: Browser, options: VisitorOptions): Promise<Window> {
  const { url, viewport = desktop, colorScheme = 'light', isPhone = false, userAgent, isRecorded = false } = options;
  const context = await browser.newContext({
    baseURL: url,
    viewport,
    colorScheme,
    locale: 'en-GB',
    timezoneId: 'Europe/Prague',
    reducedMotion: 'reduce',
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(isPhone ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {}),
  });
  context.setDefaultTimeout(30_000);
  const opened: Window = { context, kind: kindOf(options), told: nothingTold() };

  await context.exposeBinding(
    'reportCspViolation',
    (_, violation: string) => void opened.told.cspViolations.push(violation),
  );
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = Reflect.get(window, 'reportCspViolation') as (violation: string) => void;
      report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });

  const isOwn = (address: string) => address.startsWith(url) || /^(data|blob|about):/.test(address);
  context.on('request', (request) => {
    if (!isOwn(request.url())) opened.told.strayRequests.push(request.url());
  });
  context.on('response', (response) => {
    const encoding = response.headers()['content-encoding'] ?? null;
    opened.told.fetched.push({ url: response.url(), encoding });
  });
  if (isRecorded) context.on('requestfinished', (request) => void opened.told.reading.push(readAll(request)));

  async function readAll(request: Request): Promise<void> {
    const { received } = opened.told;
    // Gone when the browser was closed while it was on its way.
    const response = await request.response().catch(() => null);
    if (!response) return;
    const headers: Record<string, string> = await response.allHeaders().catch(() => ({}));
    received.push(response.url(), JSON.stringify(headers));
    // A redirect has no body, and a body is gone once its page is.
    const body = await response.body().catch(() => Buffer.alloc(0));
    received.push(body.toString('utf8'));
  }

  function watchSocket(socket: WebSocket): void {
    const { received } = opened.told;
    socket.on('framereceived', ({ payload }) => {
      received.push(typeof payload === 'string' ? payload : payload.toString('utf8'));
    });
  }

  context.on('page', (page) => {
    const { problems } = opened.told;
    if (isRecorded) page.on('websocket', watchSocket);
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`${message.text()} (${message.location().url})`);
    });
  });
  return opened;
}

// A finding names its element by a selector; the HTML of every element looked at would be written out for nobody.
const axeSource = `${readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')}
axe.configure({ noHtml: true });`;

type AxeNode = { target: unknown; failureSummary?: string; element?: Element };
type Axe = {
  run(context: Document | Element, options: object): Promise<{ violations: { id: string; nodes: AxeNode[] }[] }>;
};

export type AxeOptions = {
  /** Findings that nobody here can mend; where they are named, the reason is told. */
  except?: readonly { rule: string; selector: string }[];
  /** Only what depends on colours: the rest is the same in every theme, and was looked at in another. */
  ofColours?: boolean;
};

/** What axe finds against WCAG 2.2 AA on the page as it stands, one line per element; empty when clean. */
export async function axeProblems(page: Page, { except = [], ofColours = false }: AxeOptions = {}): Promise<string[]> {
  await settled(page);
  // Evaluated by the debugger, which the page's content security policy rightly does not touch.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const asked = { excluded: except, onlyColours: ofColours };
  return page.evaluate(async ({ excluded, onlyColours }) => {
    const axe = Reflect.get(window, 'axe') as Axe;

    /**
     * What lies half under a bar that stays in its place, or close to one, can be scrolled away from it, which axe,
     * looking at one moment, does not know: so it looks again with the element in the middle of the window.
     */
    async function isLargeEnoughInTheMiddle(element: Element): Promise<boolean> {
      const places: [Element, number, number][] = [];
      for (let at: Element | null = element; at; at = at.parentElement) places.push([at, at.scrollLeft, at.scrollTop]);
      element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const { violations } = await axe.run(element, {
        runOnly: { type: 'rule', values: ['target-size'] },
        resultTypes: ['violations'],
        elementRef: true,
      });
      for (const [at, left, top] of places) at.scrollTo({ left, top, behavior: 'instant' });
      return violations.every(({ nodes }) => nodes.every((node) => node.element !== element));
    }

    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const colours = ['color-contrast', 'link-in-text-block'];
    const { violations } = await axe.run(document, {
      runOnly: onlyColours ? { type: 'rule', values: colours } : { type: 'tag', values: tags },
      resultTypes: ['violations'],
      elementRef: true,
      // Sheets and media would be fetched for rules that are not asked: turning the page, and sound.
      preload: false,
    });
    const found: string[] = [];
    for (const { id, nodes } of violations) {
      for (const { target, failureSummary, element } of nodes) {
        const why = failureSummary?.split('\n')[1]?.trim() ?? '';
        if (excluded.some(({ rule, selector }) => rule === id && element?.matches(selector))) continue;
        if (id === 'target-size' && element && (await isLargeEnoughInTheMiddle(element))) continue;
        found.push(`${id}: ${String(target)} ${why}`);
      }
    }
    return found;
  }, asked);
}

/** A colour on its way from one theme to the other is no colour of either: waits for what two frames set going. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    const ended = Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished),
    );
    // What still moves after two seconds is no colour on its way: it is looked at as it stands.
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2_000))]);
  });
}

/** How far the page can be scrolled sideways, in pixels; 0 when it fits. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** When nothing on the page says any more that it is loading, and no part of it is still on its way. */
export async function loaded(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('[data-loading]') === null);
}

/** Does this, and waits until nothing has been on its way to the page for half a second: also where no page is loaded. */
export async function untilQuiet(page: Page, act: () => Promise<void>): Promise<void> {
  const underWay = new Set<Request>();
  let lastAt = performance.now();
  const begun = (request: Request) => void underWay.add(request);
  const ended = (request: Request) => {
    underWay.delete(request);
    lastAt = performance.now();
  };
  page.on('request', begun).on('requestfinished', ended).on('requestfailed', ended);
  try {
    await act();
    await eventually(() => underWay.size === 0 && performance.now() - lastAt >= 500, 30_000);
  } finally {
    page.off('request', begun).off('requestfinished', ended).off('requestfailed', ended);
  }
}

/** When the page has drawn itself twice more: what a new size or theme changes is there. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** What to look for on a page: an element that says this, or the value under a label of a list of figures. */
export type Sight = { text: string } | { figure: string; value: string };

/**
 * When a sight first stood on the page, by the clock of the machine, noted by the page itself: what Playwright and the
 * test need to find out does not count.
 */
export function stoodAt(page: Page, sight: Sight, ms = 60_000): Promise<number> {
  return page.evaluate(
    ([wanted, deadline]) =>
      new Promise<number>((resolve, reject) => {
        const look = () => {
          if ('text' in wanted) {
            const result = document.evaluate(
              '//body//text()',
              document.body,
              null,
              XPathResult.ORDERED_NODE_SNAPSHOT_TYPE,
              null,
            );
            for (let i = 0; i < result.snapshotLength; i++) {
              if (result.snapshotItem(i)?.textContent?.includes(wanted.text)) return true;
            }
            return false;
          }
          const terms = [...document.querySelectorAll('dl dt')];
          const term = terms.find((one) => one.textContent === wanted.figure);
          return term?.nextElementSibling?.textContent === wanted.value;
        };
        const observer = new MutationObserver(() => settle());
        const timer = setTimeout(() => {
          observer.disconnect();
          reject(new Error(`not seen in time: ${JSON.stringify(wanted)}`));
        }, deadline);
        const settle = () => {
          if (!look()) return;
          observer.disconnect();
          clearTimeout(timer);
          resolve(Date.now());
        };
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        settle();
      }),
    [sight, ms] as const,
  );
}
