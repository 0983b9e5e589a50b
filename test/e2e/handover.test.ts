import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkTo } from '../handovers/guests.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { aForm, taskWithInputs } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import { holdsInTheme, holdsNarrow, themes } from './holds.ts';
import { midway } from './screenList.ts';

let app: TestApp;
let browser: Browser;
let client: Visitor;
let guest: Visitor;
let taskId: string;
const email = 'dana@agency.example';

const dns = {
  key: 'records',
  label: 'The domain that your mails come from',
  spec: {
    kind: 'CHECK',
    check: {
      of: 'DNS',
      records: [
        { type: 'CNAME', name: 'em', target: 'mail.lumen.example' },
        { type: 'TXT', name: '@', value: `lumen-verification=${'8f3a90c1d5'.repeat(6)}` },
        { type: 'DMARC' },
      ],
    },
    everyMinutes: null,
  },
};

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser({ isForChecks: true });
  const { project, people } = midway(app);
  const documentation =
    '## Where to enter them\n\n1. Sign in where your domain is registered.\n2. Add the records below.\n\n```\nem CNAME mail.lumen.example\n```\n';
  const values = { title: 'Prove that your mails are yours', type: 'DNS', documentation } as const;
  taskId = (await taskWithInputs(app.services, project.id, values, [dns, { ...aForm, isRequired: false }])).id;
  client = await openVisitor(browser, { url: app.url, session: await app.signIn(people[0]!) });
}, 180_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

/** Whatever is open: accessible in both themes, and within a narrow phone. */
async function holds({ page }: Visitor, name: string): Promise<void> {
  const shot = async (as: string) => {
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}-${as}.png`, fullPage: true });
  };
  for (const theme of themes) {
    await holdsInTheme(page, theme);
    await shot(theme);
  }
  await holdsNarrow(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await shot('phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await shot('desktop');
  await page.emulateMedia({ colorScheme: 'light' });
}

test('a client hands one task to a developer, who does it and gives it back', async () => {
  const { page } = client;
  await page.goto(`/tasks/${taskId}`);
  await page.getByRole('button', { name: t('taskActs.menu.label') }).click();
  await page.getByRole('menuitem', { name: t('taskActs.menu.hand') }).click();
  await page.getByRole('dialog', { name: t('handover.title') }).waitFor();
  await holds(client, 'handover-dialog');
  await page.getByLabel(t('handover.email')).fill('nobody');
  await page.getByLabel(t('handover.message')).fill('You run our name servers: could you add these three?');
  await page.getByRole('button', { name: t('handover.submit') }).click();
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await page.getByLabel(t('handover.email')).fill(email);
  await page.getByRole('button', { name: t('handover.submit') }).click();
  await page.getByRole('heading', { name: email }).waitFor();
  await holds(client, 'handover-line');

  const link = await linkTo(app, email);
  guest = await openVisitor(browser, { url: app.url });
  await guest.page.goto(`/guest/${link.id}?token=${link.token}`);
  await guest.page.getByRole('heading', { name: t('guest.link.title') }).waitFor();
  await holds(guest, 'guest-link');
  await guest.page.getByLabel(t('guest.link.email')).fill('eve@else.example');
  await guest.page.getByLabel(t('guest.link.name')).fill('Dana Dev');
  await guest.page.getByRole('button', { name: t('guest.link.open') }).click();
  await guest.page.getByText(t('guest.trouble.HANDOVER_OTHER')).waitFor();
  await guest.page.getByLabel(t('guest.link.email')).fill(email);
  await guest.page.keyboard.press('Enter');
  await guest.page.getByRole('heading', { level: 1, name: 'Prove that your mails are yours' }).waitFor();
  // The link is spent, and stands in no history that somebody could copy it from.
  await expect.poll(() => guest.page.url()).toBe(`${app.url}/guest/${link.id}`);
  await guest.page.getByText('lumen-verification').first().waitFor();
  await holds(guest, 'guest-task');

  const company = await guest.page.locator('header').innerText();
  expect(company).toContain('Dana Dev (guest)');
  await guest.page.getByRole('textbox', { name: /^Write to/ }).fill('The records are in.');
  await guest.page.getByRole('button', { name: t('guest.talk.send') }).click();
  await guest.page.getByRole('article').getByText('The records are in.').waitFor();
  await page.getByText('The records are in.').first().waitFor();
  await page
    .getByText(/Dana Dev \(guest\)/)
    .first()
    .waitFor();
}, 180_000);

test('taken back, the page of the guest closes by itself, and the link says why', async () => {
  const { page } = client;
  await page.getByRole('button', { name: t('handover.takeBack') }).click();
  await guest.page.getByRole('heading', { name: t('guest.over.title') }).waitFor({ timeout: 5_000 });
  expect(await guest.page.content()).not.toContain('Prove that your mails');
  await holds(guest, 'guest-over');
  await guest.page.reload();
  await guest.page.getByRole('heading', { name: t('guest.over.closedTitle') }).waitFor();
  expect([guest.cspViolations, guest.strayRequests, client.cspViolations]).toEqual([[], [], []]);
});
