import type { Page } from 'playwright-core';
import { closeWindows, openVisitor, startBrowser } from '../../support/browser.ts';
import { Session } from '../../support/session.ts';
import { median } from '../noting/figures.ts';

/*
 * The overview's three ways to look at it, scrolled in Chromium by the wheel from the first of five thousand projects to
 * the last. What counts are frames that come later than 50 ms; tasks that keep the page from answering for longer than
 * that are told beside.
 */
export type Scrolled = { layout: string; rows: number; wheels: number; frames: number[]; longTasks: number[] };

const layouts = [
  { layout: 'table', path: '/overview', sheet: 'table' },
  { layout: 'board', path: '/overview?as=BOARD', sheet: 'section' },
  { layout: 'timeline', path: '/overview?as=TIMELINE', sheet: 'table' },
] as const;
/** A turn of the wheel, some seventeen rows, and how soon the next one comes. */
const turnPx = 600;
const turnMs = 55;

export async function scrollOverview(url: string, cookie: string): Promise<Scrolled[]> {
  const browser = await startBrowser();
  try {
    const all: Scrolled[] = [];
    for (const one of layouts) {
      const { page, close } = await openVisitor(browser, { url, session: new Session(url, cookie, null) });
      await page.goto(one.path);
      await page.locator('a[data-row], a[data-card]').first().waitFor();
      await page.waitForLoadState('networkidle');
      all.push({ layout: one.layout, ...(await scrolled(page, one.sheet)) });
      await close();
    }
    return all;
  } finally {
    await closeWindows(browser);
    await browser.close();
  }
}

/** As text, since a function is named by what compiles it, by means that the page does not have. */
const watching = `{
  const told = { frames: [], longTasks: [], isOver: false };
  window.told = told;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) told.longTasks.push(duration);
  }).observe({ entryTypes: ['longtask'] });
  let last = performance.now();
  requestAnimationFrame(function frame(now) {
    told.frames.push(now - last);
    last = now;
    if (!told.isOver) requestAnimationFrame(frame);
  });
}`;

async function scrolled(page: Page, sheet: string): Promise<Omit<Scrolled, 'layout'>> {
  const box = await page.locator('a[data-row], a[data-card]').nth(3).boundingBox();
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 5);
  await page.evaluate(watching);
  let [wheels, last, still] = [0, -1, 0];
  while (still < 6 && wheels < 2_000) {
    await page.mouse.wheel(0, turnPx);
    await page.waitForTimeout(turnMs);
    wheels++;
    const top = await page.evaluate(scrolledTo, sheet);
    still = top === last ? still + 1 : 0;
    last = top;
  }
  return page.evaluate((turned) => {
    const { frames, longTasks } = Reflect.get(window, 'told') as { frames: number[]; longTasks: number[] };
    Object.assign(Reflect.get(window, 'told') as object, { isOver: true });
    const rows = [...document.querySelectorAll('[aria-rowcount]')].map((table) => Number(table.ariaRowCount ?? 0));
    return { rows: rows[0] ?? document.querySelectorAll('[data-card]').length, wheels: turned, frames, longTasks };
  }, wheels);
}

/** How far the page and what scrolls in it have been scrolled. */
function scrolledTo(sheet: string): number {
  let top = document.scrollingElement?.scrollTop ?? 0;
  for (let at = document.querySelector(sheet) as Element | null; at; at = at.parentElement) top += at.scrollTop;
  return top;
}

/** Of a hundred frames at most so many may be late. */
const mostLate = 5;
const lateOf = ({ frames }: Scrolled) => frames.filter((ms) => ms > 50).length;

export function isSmooth(scrolled: Scrolled): boolean {
  return lateOf(scrolled) * 100 <= scrolled.frames.length * mostLate;
}

/** One line of figures. */
export function scrolledInWords(scrolled: Scrolled): string {
  const { layout, rows, wheels, frames, longTasks } = scrolled;
  const longest = Math.max(0, ...longTasks);
  return (
    `  ${layout}: ${rows} lines, ${wheels} turns of the wheel, ${frames.length} frames, median ${median(frames).toFixed(0)} ms; ` +
    `${lateOf(scrolled)} later than 50 ms (bar <= ${mostLate} %); ${longTasks.length} tasks over 50 ms, the longest ${longest.toFixed(0)} ms`
  );
}
