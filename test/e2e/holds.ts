import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeProblems, desktop, drawn, phone, sidewaysScroll } from '../support/browser.ts';
import { tabStops, unreached } from '../support/tabStops.ts';

export const themes = ['light', 'dark'] as const;
/** `npm run screenshots` says so: then what is looked at is kept as a picture, too. */
const shots = process.env.SLIPWAY_SHOTS ? fileURLToPath(new URL('./shots/screens', import.meta.url)) : null;
const narrow = { width: 320, height: 640 };

/** Everything is a stop of Tab and shows that it has the focus; a stop bears the name of the main action. */
export async function holdsByKeyboard(page: Page, mainAction: string | null): Promise<void> {
  const stops = await tabStops(page);
  expect(stops.filter((stop) => !stop.isVisible).map((stop) => stop.name)).toEqual([]);
  expect(stops.filter((stop) => !stop.hasRing).map((stop) => `${stop.role} ${stop.name}`)).toEqual([]);
  expect(await unreached(page)).toEqual([]);
  if (mainAction !== null) expect(stops.map((stop) => stop.name)).toContainEqual(expect.stringContaining(mainAction));
}

/** Clean for axe on a desktop and on a phone. A theme changes colours and nothing else: in the dark only they are looked at. */
export async function holdsInTheme(page: Page, colorScheme: (typeof themes)[number], name?: string): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
  for (const [size, viewport] of Object.entries({ desktop, phone })) {
    await page.setViewportSize(viewport);
    await drawn(page);
    expect(await axeProblems(page, { ofColours: colorScheme === 'dark' })).toEqual([]);
    if (shots !== null && name !== undefined) {
      const file = `${name.replaceAll(/\W+/g, '-')}-${size}-${colorScheme}.png`;
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: join(shots, file) });
    }
  }
}

/** Fits 320 px; leaves the window at that size. */
export async function holdsNarrow(page: Page): Promise<void> {
  await page.setViewportSize(narrow);
  await drawn(page);
  expect(await sidewaysScroll(page)).toBe(0);
}
