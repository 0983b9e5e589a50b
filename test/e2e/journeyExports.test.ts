import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { t } from '../support/words.ts';
import { fullJourney } from './journeyScreens.ts';

let app: TestApp;
let browser: Browser;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser();
  visitor = await openVisitor(browser, { url: app.url, session: await app.signIn(app.world.pm) });
  ({ page } = visitor);
}, 120_000);
afterEach(() => expect([visitor.cspViolations, visitor.problems]).toEqual([[], []]));
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

/** What a press brings as a file. */
async function taken(name: string): Promise<{ file: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ]);
  return { file: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('a map is presented stage by stage, and leaves as a picture that others read', async () => {
  await page.goto(`/journeys/${await fullJourney(app)}?show=experience.flow`);
  await page.getByRole('button', { name: t('journeyMap.present.open') }).click();
  const dialog = page.getByRole('dialog', { name: 'Integration as it was' });
  const picture = dialog.getByRole('img', { name: 'Integration as it was' });
  const whole = await picture.getAttribute('viewBox');
  await page.keyboard.press('ArrowRight');
  await dialog.getByRole('status').filter({ hasText: 'Signed' }).waitFor();
  expect(await picture.getAttribute('viewBox')).not.toBe(whole);

  const svg = await taken(t('journeyMap.present.svg'));
  expect(svg.file).toBe('Integration-as-it-was.svg');
  const read = await page.evaluate((text) => {
    const read = new DOMParser().parseFromString(text, 'image/svg+xml');
    const texts = [...read.querySelectorAll('text')].map((one) => one.textContent);
    return { root: read.documentElement.nodeName, texts, arrows: read.querySelectorAll('path[marker-end]').length };
  }, svg.bytes.toString('utf8'));
  expect(read.root).toBe('svg');
  expect(read.texts).toContain('Kick-off call');
  expect(read.arrows).toBeGreaterThan(3);

  const png = await taken(t('journeyMap.present.png'));
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  // Twice the units of the picture, as its head says.
  expect(png.bytes.readUInt32BE(16)).toBe(2 * Number(whole?.split(' ')[2]));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}, 60_000);

test('the log of all clients is read back by another reader: the same cases, events and times as its table has', async () => {
  await page.goto('/journeys');
  const [xes, csv] = await page.evaluate(() =>
    Promise.all(['xes', 'csv'].map(async (ending) => (await fetch(`/exports/process.${ending}`)).text())),
  );
  const read = await page.evaluate((text) => {
    const log = new DOMParser().parseFromString(text, 'application/xml').documentElement;
    const value = (parent: Element, key: string) =>
      [...parent.children].find((one) => one.getAttribute('key') === key)?.getAttribute('value') ?? null;
    const children = (parent: Element, name: string) => [...parent.children].filter((one) => one.nodeName === name);
    const declared = children(log, 'extension').map((one) => one.getAttribute('prefix'));
    const used = new Set([...log.querySelectorAll('[key]')].map((one) => one.getAttribute('key')!.split(':')[0]!));
    return {
      ...{ root: log.nodeName, version: log.getAttribute('xes.version'), declared, used: [...used] },
      // Each of a kind that the standard has, with its key and its value.
      strange: [...log.querySelectorAll('trace > *, event > *')]
        .filter((one) => one.nodeName !== 'event')
        .filter((one) => !['string', 'date', 'id', 'int', 'boolean', 'float'].includes(one.nodeName))
        .map((one) => one.nodeName),
      events: children(log, 'trace').flatMap((trace) =>
        children(trace, 'event').map((event) => ({
          case: value(trace, 'identity:id') ?? value(trace, 'concept:name'),
          activity: value(event, 'concept:name'),
          transition: value(event, 'lifecycle:transition'),
          at: value(event, 'time:timestamp'),
        })),
      ),
    };
  }, xes!);
  expect([read.root, read.version, read.strange]).toEqual(['log', '1849.2016', []]);
  for (const prefix of read.used.filter((one) => ['concept', 'lifecycle', 'org', 'time', 'identity'].includes(one)))
    expect(read.declared).toContain(prefix);
  const data: Record<string, string>[] = parse(csv!, { bom: true, columns: true });
  expect(data.length).toBeGreaterThan(100);
  const instant = (text: string | null | undefined) => new Date(text ?? '').getTime();
  const line = (activity: string | null | undefined, transition: string | null | undefined, at: number) =>
    `${at} ${activity} ${transition}`;
  expect(read.events.map((one) => line(one.activity, one.transition, instant(one.at))).sort()).toEqual(
    data.map((row) => line(row['concept:name'], row['lifecycle:transition'], instant(row['time:timestamp']))).sort(),
  );
  expect(new Set(read.events.map((one) => one.case)).size).toBe(
    new Set(data.map((row) => row['case:concept:name'])).size,
  );
}, 60_000);
