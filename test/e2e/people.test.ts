import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setUpLink } from '../../server/accounts/setUp.ts';
import { invitationOf, invite } from '../accounts/inviting.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { axeProblems, closeWindows, desktop, loaded, openVisitor, startBrowser } from '../support/browser.ts';
import type { Session } from '../support/session.ts';
import { t } from '../support/words.ts';
import { holdsByKeyboard, holdsInTheme, holdsNarrow, themes } from './holds.ts';
import { midway, taskNamed } from './screenList.ts';

let app: TestApp;
let browser: Browser;
let pm: Session;
beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser({ isForChecks: true });
  pm = await app.signIn(app.world.staff.find((person) => person.id === midway(app).project.pmId)!);
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

const banner = (page: Page) => page.getByRole('complementary', { name: t('shell.viewedAs.label') });

test('staff see what a client sees, from the project and from the list of people, can change nothing, and come back', async () => {
  const { page, close } = await openVisitor(browser, { url: app.url, session: pm });
  const name = 'Théo Marchand';
  const project = `/projects/${midway(app).project.id}`;
  await page.goto(project);
  // What comes in above moves the button, and a press that ends beside where it began is none.
  await loaded(page);
  await page.getByRole('button', { name: t('project.people.viewAs', { name }) }).click();
  await banner(page).getByText(name).waitFor();
  expect(await axeProblems(page)).toEqual([]);

  await page.goto(`/tasks/${taskNamed(app, 'orders').id}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await loaded(page);
  expect(await page.getByRole('textbox').count()).toBe(0);
  expect(await page.getByRole('button', { name: t('submissions.file.choose') }).count()).toBe(0);
  const refused = await pm.gql(
    'mutation { profileEdit(input: { name: "X", timeZone: "UTC" }) { userErrors { code } } }',
  );
  expect(refused.errors[0]?.extensions?.code).toBe('FORBIDDEN');

  await banner(page)
    .getByRole('button', { name: t('shell.viewedAs.stop') })
    .click();
  await page.waitForURL(`**${project}`);
  await page.getByRole('heading', { name: t('project.people.titleStaff') }).waitFor();
  await banner(page).waitFor({ state: 'detached' });

  await page.goto('/settings/people');
  await page.getByRole('button', { name: t('settings.people.actions', { name }) }).click();
  await page.getByRole('menuitem', { name: t('settings.people.viewAs', { name }) }).click();
  await banner(page)
    .getByRole('button', { name: t('shell.viewedAs.stop') })
    .click();
  await page.waitForURL('**/settings/people');
  await close();
});

test('an invitation is accepted in the browser, and is for nobody else', async () => {
  const email = 'lea@maison-lavande.example';
  await invite(pm, { email, name: 'Léa Fontaine', role: 'CLIENT_MEMBER', accountId: midway(app).account.id });
  const { id, token } = await invitationOf(app, email);
  const path = `/invitation?id=${id}&token=${token}`;

  const other = await openVisitor(browser, { url: app.url, session: pm });
  await other.page.goto(path);
  await other.page.getByRole('heading', { name: t('invitation.otherTitle') }).waitFor();
  expect(await axeProblems(other.page)).toEqual([]);
  await other.close();

  const { page, close, problems } = await openVisitor(browser, { url: app.url });
  await page.goto(path);
  const accept = page.getByRole('button', { name: t('invitation.accept') });
  await accept.waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await accept.click();
  await page.getByRole('button', { name: t('shell.personMenu', { name: 'Léa Fontaine' }) }).waitFor();
  expect(problems).toEqual([]);
  await close();
});

test('the code of the mail signs in', async () => {
  const { page, close } = await openVisitor(browser, { url: app.url });
  const email = 'camille@maison-lavande.example';
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: t('signIn.email') }).fill(email);
  await page.getByRole('button', { name: t('signIn.send') }).click();
  const field = page.getByRole('textbox', { name: t('signIn.code') });
  await field.waitFor();
  expect(await axeProblems(page)).toEqual([]);
  const mail = (await app.mails()).filter((one) => one.to.includes(email)).at(-1);
  await field.fill(/\b\d{3} ?\d{3}\b/.exec(mail?.text ?? '')?.[0] ?? 'none');
  await page.getByRole('button', { name: t('signIn.codeSend') }).click();
  await page.getByRole('button', { name: t('shell.personMenu', { name: 'Camille Roussel' }) }).waitFor();
  await close();
});

test('whoever installed Slipway sets it up by the link in the terminal, and lands as its first admin', async () => {
  const fresh = await startTestApp({ sample: false, isRealTime: true });
  const { page, close, problems } = await openVisitor(browser, { url: fresh.url });
  await page.goto((await setUpLink(fresh.services))!);
  const start = page.getByRole('button', { name: t('setUp.start') });
  await page.getByRole('textbox', { name: t('setUp.company') }).fill('Lumen Commerce');
  await page.getByRole('textbox', { name: t('setUp.name') }).fill('Elif Aydın');
  await page.getByRole('textbox', { name: t('setUp.email') }).fill('elif@lumen');
  await start.click();
  await page.getByText(t('signIn.emailInvalid')).waitFor();
  await holdsByKeyboard(page, t('setUp.start'));
  for (const theme of themes) await holdsInTheme(page, theme);
  await holdsNarrow(page);

  await page.getByRole('textbox', { name: t('setUp.email') }).fill('elif@lumen-commerce.example');
  await start.click();
  await page.waitForURL('**/overview');
  await page.setViewportSize(desktop);
  await page.getByRole('button', { name: t('shell.personMenu', { name: 'Elif Aydın' }) }).waitFor();
  expect(problems).toEqual([]);
  await close();
  await fresh.close();
});
