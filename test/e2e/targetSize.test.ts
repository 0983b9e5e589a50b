import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeProblems, closeWindows, startBrowser } from '../support/browser.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 400, height: 300 } });
});
afterAll(() => closeWindows(browser));

/** A page of one window and a half, whose lower bar stays in its place. */
const withBar = (content: string) => `<!doctype html><html lang="en"><title>Targets</title><style>
  body { margin: 0 } main { height: 900px; position: relative } h1 { margin: 0 }
  button { position: absolute; left: 20px; width: 48px; height: 40px; padding: 0; border: 0 }
  footer { position: fixed; inset: auto 0 0; height: 60px; background: #fff } footer button { position: static }
  </style><main><h1>Targets</h1>${content}</main><footer><button>Bar</button></footer></html>`;
const sizes = async () => (await axeProblems(page)).filter((problem) => problem.startsWith('target-size'));

test('a target that only a bar covers, and that scrolls out from under it, is large enough', async () => {
  await page.setContent(withBar('<button style="top:210px">Next</button>'));
  await page.evaluate(() => window.scrollTo(0, 7));
  expect(await sizes()).toEqual([]);
  expect(await page.evaluate(() => scrollY)).toBe(7);
});

test('a target that is covered wherever it stands is found', async () => {
  const cover = '<button style="top:100px;z-index:1;height:34px">Over</button>';
  await page.setContent(withBar(`<button style="top:100px">Under</button>${cover}`));
  expect(await sizes()).toHaveLength(1);
});
