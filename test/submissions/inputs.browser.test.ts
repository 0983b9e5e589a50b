import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  axeProblems,
  closeWindows,
  openVisitor,
  phone,
  sidewaysScroll,
  startBrowser,
  type Visitor,
  type VisitorOptions,
} from '../support/browser.ts';
import type { Session } from '../support/session.ts';
import { aFile, aForm, aMeeting, anAddress, anApproval, someCredentials } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import { deliverUrl, type InputsWorld, startInputsWorld } from './inputsWorld.ts';

let w: InputsWorld;
let browser: Browser;
const visitors: Visitor[] = [];

beforeAll(async () => {
  browser = await startBrowser({ isForChecks: true });
  w = await startInputsWorld();
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await w.close();
});
afterEach(async () => {
  await Promise.all(visitors.splice(0).map((visitor) => visitor.close()));
});

async function open(session: Session, taskId: string, options: Partial<VisitorOptions> = {}): Promise<Visitor> {
  const visitor = await openVisitor(browser, { url: w.app.url, session, ...options });
  visitors.push(visitor);
  await visitor.page.goto(`/tasks/${taskId}?part=input`);
  await visitor.page.getByRole('heading', { level: 1 }).waitFor();
  return visitor;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Clean for axe in both themes, and no wider than the window. */
async function expectClean(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/input-${name}-${colorScheme}.png` });
    expect([name, colorScheme, await axeProblems(page)]).toEqual([name, colorScheme, []]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  expect([name, await sidewaysScroll(page)]).toEqual([name, 0]);
}

test('two people fill in one form, what they typed survives a reload, and staff read it as a list', async () => {
  const task = await w.task({}, aForm);
  const [{ page }, { page: other }] = [await open(w.member, task.id), await open(w.lead, task.id)];
  const currency = (on: Page) => on.getByRole('textbox', { name: 'Which currency do you sell in?' });
  await button(page, t('inputs.form.handIn')).click();
  await page.getByText(t('inputs.form.required')).first().waitFor();
  expect(await currency(page).evaluate((element) => element === document.activeElement)).toBe(true);
  await expectClean(page, 'form-problems');

  await currency(page).fill('EUR');
  await other.getByText(/^Draft, last changed by/).waitFor();
  expect(await currency(other).inputValue()).toBe('EUR');
  await other.getByLabel('How many products do you have?').fill('12000');
  await other.getByRole('radio', { name: t('inputs.form.yes') }).check();
  await page.getByText('How should variants be shown?').waitFor();
  await page.reload();
  await page.getByText(/^Draft, last changed by/).waitFor();
  expect(await currency(page).inputValue()).toBe('EUR');
  expect(await page.getByLabel('How many products do you have?').inputValue()).toBe('12000');

  await page.getByRole('checkbox', { name: 'French' }).check();
  await page.getByRole('radio', { name: 'One result per product' }).check();
  await expectClean(page, 'form');
  await button(page, t('inputs.form.handIn')).click();
  await page.getByText(t('submissions.state.inReview', { version: 1, company: 'Lumen Commerce' })).waitFor();
  const { page: review } = await open(w.pm, task.id);
  await review.getByText('One result per product').waitFor();
  await expectClean(review, 'form-review');
});

test('secrets are handed in, looked at by staff for a moment, and reach no other browser', async () => {
  const task = await w.task({}, someCredentials);
  const visitor = await open(w.member, task.id, { isRecorded: true });
  const { page } = visitor;
  await button(page, t('inputs.credentials.submit')).click();
  await page.getByText(t('inputs.credentials.missing')).first().waitFor();
  await expectClean(page, 'credentials');
  await page.getByLabel('User name').fill('feed');
  const password = page.getByLabel('Password');
  expect(await password.getAttribute('type')).toBe('password');
  await password.fill('Heron-canary-77');
  await button(page, t('inputs.credentials.submit')).click();
  await page.getByText(t('inputs.credentials.set')).first().waitFor();
  await expectClean(page, 'credentials-there');

  const { page: staff } = await open(w.pm, task.id);
  await staff.getByRole('button', { name: t('inputs.credentials.revealOf', { label: 'Password' }) }).click();
  await staff.getByText('Heron-canary-77').waitFor();
  await expectClean(staff, 'credentials-staff');
  await button(staff, t('inputs.credentials.hide')).click();
  expect(await staff.getByText('Heron-canary-77').count()).toBe(0);
  expect(await visitor.received()).not.toContain('Heron-canary-77');
});

test('a sponsor approves the version that they see, and refuses with a reason', async () => {
  const design = await w.task({ title: 'Theme preview', isReviewWanted: false }, anAddress);
  const task = await w.task({ title: 'Approve the design' }, anApproval(design.key));
  await deliverUrl(w.member, design.id, design.inputs[0]!.id);
  const { page } = await open(w.sponsor, task.id);
  await button(page, t('inputs.approval.refuse')).click();
  await button(page, t('inputs.approval.send')).click();
  await page.getByText(t('inputs.approval.missing')).waitFor();
  await page.getByRole('textbox', { name: t('inputs.approval.reason') }).fill('The logo is the old one.');
  await button(page, t('inputs.approval.send')).click();
  await page.getByText(/^Refused by/).waitFor();
  await expectClean(page, 'approval');
  await button(page, t('inputs.approval.approveVersion', { version: 1 })).click();
  await page
    .getByText(/^Approved by/)
    .first()
    .waitFor();
  await expectClean(page, 'approval-given');
});

test('a meeting is proposed by one side, chosen by the other in both zones, and goes into a calendar', async () => {
  const task = await w.task({}, aMeeting);
  const { page: staff } = await open(w.pm, task.id);
  const [first, second] = ['2099-05-04T10:00', '2099-05-05T15:30'];
  await staff.getByLabel(t('inputs.meeting.time', { number: 1 }), { exact: true }).fill(first!);
  await button(staff, t('inputs.meeting.add')).click();
  await staff.getByLabel(t('inputs.meeting.time', { number: 2 }), { exact: true }).fill(second!);
  await expectClean(staff, 'meeting-propose');
  await button(staff, t('inputs.meeting.propose')).click();
  await staff.getByText(/The other side chooses one/).waitFor();

  const { page } = await open(w.member, task.id);
  await expectClean(page, 'meeting');
  await page.getByRole('button', { name: /^Choose 4 May 2099, 10:00/ }).click();
  await page.getByText(/^Agreed by/).waitFor();
  await expectClean(page, 'meeting-agreed');
  const download = page.waitForEvent('download');
  await button(page, t('inputs.meeting.calendar')).click();
  expect((await download).suggestedFilename()).toBe('meeting.ics');
  await staff.getByText(/^Agreed by/).waitFor();
  // Choosing another time is offered beside it, and the one main action stays to say that it took place.
  await button(staff, t('inputs.meeting.move')).click();
  await button(staff, t('inputs.meeting.propose')).waitFor();
  const main = staff.locator('#task-input, main').locator('button[data-variant="filled"]');
  expect(await main.allInnerTexts()).toEqual([t('inputs.noInput.complete')]);
  await button(staff, t('inputs.noInput.complete')).click();
  await staff.getByText(t('submissions.state.doneWithout'), { exact: true }).first().waitFor();
});

test('a task with two inputs says how each stands, and a review names the one to redo', async () => {
  const task = await w.task({ title: 'Your look' }, aFile, anAddress);
  await deliverUrl(w.member, task.id, task.inputs[1]!.id);
  const { page } = await open(w.member, task.id);
  await page.getByText(t('inputs.open')).waitFor();
  await expectClean(page, 'two');
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') });
  await page.getByText(t('submissions.state.manyInReview', { company: 'Lumen Commerce' })).waitFor();

  const { page: review } = await open(w.pm, task.id);
  await button(review, t('submissions.review.requestChanges')).click();
  await review.getByRole('checkbox', { name: aFile.label }).uncheck();
  await review.getByRole('textbox', { name: t('submissions.review.reason') }).fill('Not reachable.');
  await expectClean(review, 'two-review');
  await button(review, t('submissions.review.send')).click();
  await page.getByText(t('inputs.redo')).waitFor();
  expect(await page.getByText(t('inputs.redo')).count()).toBe(1);
});

test('work is done by saying so', async () => {
  const task = await w.task({ type: 'WORK', title: 'Tell your team' });
  const { page } = await open(w.member, task.id);
  await page.getByText(t('inputs.noInput.mine')).waitFor();
  await expectClean(page, 'work');
  await button(page, t('inputs.noInput.complete')).click();
  await page.getByText(t('submissions.state.doneWithout'), { exact: true }).first().waitFor();
});

test.each([
  ['form', aForm],
  ['credentials', someCredentials],
  ['meeting', aMeeting],
])('on a phone of 320 pixels the %s fits', async (name, input) => {
  const task = await w.task({}, input);
  const options = { viewport: { ...phone, width: 320 }, isPhone: true };
  const { page } = await open(w.member, task.id, options);
  await page.locator('form').first().waitFor();
  await expectClean(page, `phone-${name}`);
});
