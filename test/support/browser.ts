import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page, type Request, type WebSocket } from 'playwright-core';
import { chromiumArguments, chromiumExecutable } from './chromium.ts';
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

/** `isForChecks`: for pages that run our checks of them more than their own code; nothing may be timed in it. */
export async function startBrowser({ isForChecks = false } = {}): Promise<Browser> {
  const executablePath = chromiumExecutable();
  if (executablePath === null) throw new Error('No Chromium found.');
  // On a page of seconds the last stage of V8's compiler takes longer than it ever saves.
  const args = [...chromiumArguments(), ...(isForChecks ? ['--js-flags=--max-opt=2'] : [])];
  return chromium.launch({ executablePath, headless: true, args });
}

export async function openVisitor(browser: Browser, options: VisitorOptions): Promise<Visitor> {
  const {
    url,
    session,
    viewport = desktop,
    colorScheme = 'light',
    isPhone = false,
    userAgent,
    isRecorded = false,
  } = options;
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
  if (session) {
    const [name = '', value = ''] = session.cookie.split(/=(.*)/s);
    await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }]);
  }

  context.setDefaultTimeout(30_000);
  const cspViolations: string[] = [];
  const problems: string[] = [];
  const strayRequests: string[] = [];
  const received: string[] = [];
  const fetched: Visitor['fetched'] = [];
  const reading: Promise<void>[] = [];

  await context.exposeBinding('reportCspViolation', (_, violation: string) => void cspViolations.push(violation));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = Reflect.get(window, 'reportCspViolation') as (violation: string) => void;
      report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });

  const isOwn = (address: string) => address.startsWith(url) || /^(data|blob|about):/.test(address);
  context.on('request', (request) => {
    if (!isOwn(request.url())) strayRequests.push(request.url());
  });
  context.on('response', (response) => {
    fetched.push({ url: response.url(), encoding: response.headers()['content-encoding'] ?? null });
  });
  if (isRecorded) context.on('requestfinished', (request) => void reading.push(readAll(request)));

  async function readAll(request: Request): Promise<void> {
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
    socket.on('framereceived', ({ payload }) => {
      received.push(typeof payload === 'string' ? payload : payload.toString('utf8'));
    });
  }

  context.on('page', (page) => {
    if (isRecorded) page.on('websocket', watchSocket);
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`${message.text()} (${message.location().url})`);
    });
  });
  const page = await context.newPage();

  return {
    page,
    context,
    async received() {
      if (!isRecorded) throw new Error('This visitor was opened without being recorded.');
      await Promise.all(reading);
      return received.join('\n');
    },
    cspViolations,
    problems,
    strayRequests,
    fetched,
    close: () => context.close(),
  };
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
};

/** What axe finds against WCAG 2.2 AA on the page as it stands, one line per element; empty when clean. */
export async function axeProblems(page: Page, { except = [] }: AxeOptions = {}): Promise<string[]> {
  await settled(page);
  // Evaluated by the debugger, which the page's content security policy rightly does not touch.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  return page.evaluate(async (excluded) => {
    const axe = Reflect.get(window, 'axe') as Axe;

    /**
     * What lies half under a bar that stays in its place can be scrolled out from under it, which axe, looking at one
     * moment, does not know: so it looks again with the element in the middle of the window.
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
    const { violations } = await axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
      elementRef: true,
    });
    const found: string[] = [];
    for (const { id, nodes } of violations) {
      for (const { target, failureSummary, element } of nodes) {
        const why = failureSummary?.split('\n')[1]?.trim() ?? '';
        if (excluded.some(({ rule, selector }) => rule === id && element?.matches(selector))) continue;
        const isHalfHidden = id === 'target-size' && why.includes('partially obscured');
        if (isHalfHidden && element && (await isLargeEnoughInTheMiddle(element))) continue;
        found.push(`${id}: ${String(target)} ${why}`);
      }
    }
    return found;
  }, except);
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

export type Stop = { name: string; role: string; isVisible: boolean; hasRing: boolean };

/** Puts the focus where it is on a page just opened: the next Tab goes to the first stop. */
export async function toStartOfPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
}

/** Walks through the page by Tab from its start and tells where it stopped, until it comes round or `most` is reached. */
export async function tabStops(page: Page, most = 120): Promise<Stop[]> {
  await toStartOfPage(page);
  await page.evaluate(noteStops, most);
  // The page notes each stop itself: to ask it after every key costs more than the key. Keys too many lead nowhere.
  for (let keys = 0; keys < 4 * most; keys += 10) {
    for (let key = 0; key < 10; key++) await page.keyboard.press('Tab');
    const stops = await page.evaluate(() => (Reflect.get(window, 'stopsOfRound') as () => Stop[] | null)());
    if (stops !== null) return stops;
  }
  throw new Error(`${4 * most} presses of Tab did not come round.`);
}

/** Runs in the page: notes what has the focus whenever Tab is let go, and from the end of the round holds it there. */
function noteStops(most: number): void {
  const stops: Stop[] = [];
  let isRound = false;
  const walk = new AbortController();
  const options = { capture: true, signal: walk.signal };
  addEventListener('keydown', (event) => isRound && event.preventDefault(), options);
  addEventListener('keyup', note, options);
  Reflect.set(window, 'stopsOfRound', () => {
    if (!isRound) return null;
    walk.abort();
    return stops;
  });

  function note(): void {
    if (isRound) return;
    const stop = describeFocus();
    if (stop !== null && stop !== 'same') stops.push(stop);
    isRound = stop === null || stops.length === most;
  }

  /**
   * Null when nothing is focused any more, or what is was met before: the round is over. A field of a date has stops of
   * its own within: it stays `same`.
   */
  function describeFocus(): Stop | 'same' | null {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return null;
    const isLast = element.dataset.tabLast === 'yes';
    if (isLast && element.matches('input[type="date"], input[type="time"], input[type="datetime-local"]'))
      return 'same';
    if (element.dataset.tabSeen === 'yes') return null;
    for (const last of document.querySelectorAll<HTMLElement>('[data-tab-last]')) delete last.dataset.tabLast;
    element.dataset.tabSeen = 'yes';
    element.dataset.tabLast = 'yes';
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const named = (element.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .flatMap((id) => document.getElementById(id) ?? []);
    const spoken = [...named, ...labels].map((one) => one.innerText).join(' ');
    const hasBox = (at: HTMLElement) => at.offsetWidth > 1 && at.offsetHeight > 1 && at.checkVisibility();
    const hasRing = (at: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    };
    // A field may be drawn by its label, and a composite may draw the ring around the part that has the focus.
    const drawnBy = [
      element,
      ...labels,
      element.parentElement,
      element.parentElement?.parentElement,
      element.nextElementSibling,
    ];
    return {
      name: (element.getAttribute('aria-label') ?? (spoken || element.innerText)).trim().slice(0, 80),
      role: element.getAttribute('role') ?? element.tagName.toLowerCase(),
      isVisible: [element, ...labels].some(hasBox),
      // In an editor the caret itself says where the focus is.
      hasRing: element.isContentEditable || drawnBy.some((at) => at && hasRing(at)),
    };
  }
}

/** What can be used and was not stopped at by `tabStops`, which marks what it met. Call it right after. */
export function unreached(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const usable = 'a[href], button, input, textarea, select, [tabindex="0"], [contenteditable="true"]';
    const isShown = (element: HTMLElement) =>
      element.checkVisibility({ visibilityProperty: true }) && element.offsetWidth > 1;
    // Of a group of radio buttons or tabs only one is a stop; the arrows reach the others.
    const isOfGroup = (element: HTMLElement) =>
      element.tabIndex < 0 || element.matches('input[type="radio"]') || element.closest('[inert]') !== null;
    return [...document.querySelectorAll<HTMLElement>(usable)]
      .filter((element) => !element.matches(':disabled') && isShown(element) && !isOfGroup(element))
      .filter((element) => element.dataset.tabSeen !== 'yes')
      .map((element) => `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.innerText}`);
  });
}

/** When nothing on the page says any more that it is loading, and no part of it is still on its way. */
export async function loaded(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('[data-loading]') === null);
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
