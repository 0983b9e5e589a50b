import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { feedCsv, lavandeRange } from '../../server/sample/files.ts';
import type { TestApp } from '../support/app.ts';
import { openVisitor, stoodAt, type Visitor } from '../support/browser.ts';
import { canariesIn } from '../support/session.ts';
import { t } from '../support/words.ts';
import { midway, taskNamed } from './screenList.ts';

const canary = 'canary-5d1c0b7e-kingfisher';
const fileName = 'orders-90-days.csv';
const fileBytes = 20 * 1024 * 1024;

type Cast = {
  client: { id: string; name: string };
  pm: { id: string; name: string };
  taskId: string;
  projectId: string;
};

/**
 * The whole product in one piece: a client and a PM, each in a browser of their own, take one task from its
 * documentation to approved. The same on both databases. Answers, for each change, how many milliseconds after its own
 * author it stood before the other person, without a reload.
 */
export async function playStory(app: TestApp, browser: Browser): Promise<number[]> {
  const { project, people } = midway(app);
  const pm = app.world.staff.find((person) => person.id === project.pmId)!;
  const cast = { client: people[0]!, pm, taskId: taskNamed(app, 'orders').id, projectId: project.id };
  const client = await openVisitor(browser, { url: app.url, isRecorded: true });
  const staff = await openVisitor(browser, { url: app.url, isRecorded: true });
  try {
    const lags = await play(app, cast, client, staff);
    expect([...client.cspViolations, ...staff.cspViolations]).toEqual([]);
    expect([...client.strayRequests, ...staff.strayRequests]).toEqual([]);
    expect([...client.problems, ...staff.problems]).toEqual([]);
    return lags;
  } finally {
    await client.close();
    await staff.close();
  }
}

async function play(app: TestApp, cast: Cast, client: Visitor, staff: Visitor): Promise<number[]> {
  const overview = staff.page;
  await signIn(client.page, cast.client.name);
  await client.page.waitForURL(`**/projects/${cast.projectId}`);
  await signIn(overview, cast.pm.name);
  await overview.waitForURL('**/overview');
  const review = await staff.context.newPage();
  await review.goto(`/tasks/${cast.taskId}`);
  await review.getByRole('heading', { level: 1 }).waitFor();

  await openNextTask(client.page, cast);
  const delivered = await deliver(client.page, overview, review);
  const talked = await talk(client.page, review);
  await writeTogether(client.page, review, cast);
  const approved = await approve(client.page, overview, review, delivered.version);
  await downloadIsTheFile(app, cast);

  const [seenByClient, seenByStaff] = [await client.received(), await staff.received()];
  expect(seenByClient.length).toBeGreaterThan(10_000);
  expect(canariesIn(seenByStaff, [canary])).toEqual([canary]);
  expect(canariesIn(seenByClient, [canary])).toEqual([]);
  return [delivered.lag, ...talked, approved];
}

/** One click on the sign-in page, where the sample people are offered. */
async function signIn(page: Page, name: string): Promise<void> {
  await page.goto('/');
  await page.waitForURL('**/sign-in*');
  await page.getByRole('button', { name: t('signIn.sampleAs', { name }) }).click();
}

async function openNextTask(page: Page, cast: Cast): Promise<void> {
  await page.getByRole('heading', { name: t('project.next.client') }).waitFor();
  await page.getByRole('link', { name: t('project.next.openChanges') }).click();
  await page.waitForURL(`**/tasks/${cast.taskId}`);
  const documentation = page.getByRole('region', { name: t('task.documentation.title') });
  await expect
    .poll(async () => (await documentation.innerText()).split(/\s+/).length, { timeout: 15_000 })
    .toBeGreaterThan(120);
  // The account's own facts stand where the template has variables.
  expect(await documentation.innerText()).not.toMatch(/\{\{|\}\}/);
}

type Delivered = { version: number; lag: number };

/** A real file of 20 MB; the PM's overview and task change without a reload. */
async function deliver(page: Page, overview: Page, review: Page): Promise<Delivered> {
  const inReview = figure(overview, t('overview.figures.inReview'));
  const before = Number(await inReview.innerText());
  // Another one, hidden behind a button, is for what goes with a comment.
  await page.locator('input[type="file"]:not([hidden])').setInputFiles(await ordersFile());
  // At 0 % the bar has no width, so it is there before it can be seen.
  const progress = page.getByRole('progressbar', { name: t('submissions.upload.label', { name: fileName }) });
  await progress.waitFor({ state: 'attached' });
  const version = await nextVersion(review);
  const words = t('submissions.state.inReview', { version, company: 'Lumen Commerce' });
  const lag = await lagOf(stoodAt(page, { text: words }), [
    stoodAt(review, { text: t('submissions.review.title', { version }) }),
    stoodAt(overview, { figure: t('overview.figures.inReview'), value: String(before + 1) }),
  ]);
  return { version, lag };
}

async function nextVersion(review: Page): Promise<number> {
  const spoken = t('submissions.history.versionSpoken', { version: '' });
  const titles = await review
    .getByTitle(new RegExp(`^${spoken}`))
    .evaluateAll((all) => all.map((one) => one.getAttribute('title')));
  return Math.max(0, ...titles.map((title) => Number(title?.replace(/\D/g, '')))) + 1;
}

/** Comments both ways; an internal one between two shared ones reaches staff only. */
async function talk(page: Page, review: Page): Promise<number[]> {
  const question = { text: 'Here are all orders since August.' };
  const [asked, heard] = [stoodAt(page, question), stoodAt(review, question)];
  await say(page, question.text);
  const first = await lagOf(asked, [heard]);

  await choose(review, t('comments.composer.internal'));
  await say(review, `Between us: ${canary}`, t('comments.composer.sendInternal'));
  await review.getByRole('listitem').filter({ hasText: canary }).waitFor();
  await choose(review, t('comments.composer.shared'));
  const answer = { text: 'Thank you, I look at it now.' };
  const [sent, arrived] = [stoodAt(review, answer), stoodAt(page, answer)];
  await say(review, answer.text);
  const second = await lagOf(sent, [arrived]);
  expect(await page.getByText(canary).count()).toBe(0);
  return [first, second];
}

async function say(page: Page, text: string, button: string = t('comments.composer.send')): Promise<void> {
  await page.getByRole('textbox', { name: t('comments.composer.label') }).fill(text);
  await page.getByRole('button', { name: button, exact: true }).click();
}

async function choose(page: Page, audience: string): Promise<void> {
  const group = page.getByRole('radiogroup', { name: t('comments.composer.audience') });
  await group.getByText(audience, { exact: true }).click();
}

/** Both write in one note; each sees the other's words and the caret with the other's name. */
async function writeTogether(page: Page, review: Page, cast: Cast): Promise<void> {
  const papers = [];
  for (const one of [page, review]) {
    await one.getByRole('tab', { name: t('task.conversation.note'), exact: true }).click();
    const paper = one.getByRole('textbox', { name: t('notes.paper') });
    await paper.waitFor();
    await paper.click();
    papers.push(paper);
  }
  const [own, theirs] = papers as [Locator, Locator];
  await own.press('Control+End');
  await own.pressSequentially('From the shop: returns are left out.');
  await theirs.getByText('returns are left out').waitFor();
  await theirs.press('Control+End');
  await theirs.press('Enter');
  await theirs.pressSequentially('From us: good, we count sales only.');
  await own.getByText('we count sales only').waitFor();
  await caretOf(own, cast.pm.name).waitFor({ state: 'attached' });
  await caretOf(theirs, cast.client.name).waitFor({ state: 'attached' });
  for (const one of [page, review]) await one.getByText(t('notes.saved'), { exact: true }).waitFor();
}

const caretOf = (paper: Locator, name: string) =>
  paper.locator('[aria-hidden="true"][style*="--caret"]', { hasText: name });

/** The PM approves; the client's task and the overview move. */
async function approve(page: Page, overview: Page, review: Page, version: number): Promise<number> {
  const row = overview.getByRole('row').filter({ hasText: 'Maison Lavande' });
  const before = await row.getByRole('img', { name: /%/ }).or(row.getByText(/\d+ %/)).first().innerText();
  const inReview = Number(await figure(overview, t('overview.figures.inReview')).innerText());
  const done = { text: t('submissions.state.done', { version }) };
  const onOwnScreen = stoodAt(review, done);
  const onOthers = [
    stoodAt(page, done),
    stoodAt(overview, { figure: t('overview.figures.inReview'), value: String(inReview - 1) }),
  ];
  await review.getByRole('button', { name: t('submissions.review.approve'), exact: true }).click();
  const lag = await lagOf(onOwnScreen, onOthers);
  await expect.poll(() => row.getByText(/\d+ %/).first().innerText(), { timeout: 5_000 }).not.toBe(before);
  return lag;
}

/** The figure of the overview under this label. */
function figure(page: Page, label: string): Locator {
  return page
    .locator('dl > div')
    .filter({ has: page.getByText(label, { exact: true }) })
    .locator('dd');
}

/** How long after one's own screen the last of the others' showed it. */
async function lagOf(own: Promise<number>, others: Promise<number>[]): Promise<number> {
  const [at, ...seenAt] = await Promise.all([own, ...others]);
  return Math.max(...seenAt) - at;
}

/** 20 MB of orders as a shop would export them. */
async function ordersFile(): Promise<string> {
  const path = join(inject('runFolder'), fileName);
  const out = createWriteStream(path);
  // Of products that the account's feed has: what is not in it would be told.
  const products = feedCsv(lavandeRange)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0]);
  out.write('order_id,ordered_at,product_id,quantity,price,currency,customer_id,note\n');
  const note = 'as ordered '.repeat(20);
  for (let i = 0, written = 0; written < fileBytes; i++) {
    const day = String((i % 30) + 1).padStart(2, '0');
    const line = `${100_000 + i},2026-09-${day}T10:15:00Z,${products[i % products.length]},${(i % 3) + 1},${((i % 9_000) / 100 + 4).toFixed(2)},EUR,${i % 9_001},${note}\n`;
    written += line.length;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  expect((await stat(path)).size).toBeGreaterThanOrEqual(fileBytes);
  return path;
}

/** What the PM would download is, byte for byte, what the client sent. */
async function downloadIsTheFile(app: TestApp, cast: Cast): Promise<void> {
  const session = await app.signIn(cast.pm.id);
  const { task } = await session.ask(
    'query ($id: ID!) { task(id: $id) { state latestSubmission { file { sha256 downloadUrl } } } }',
    {
      id: cast.taskId,
    },
  );
  const sent = createHash('sha256');
  for await (const chunk of createReadStream(join(inject('runFolder'), fileName))) sent.update(chunk);
  const digest = sent.digest('hex');
  const response = await fetch(new URL(task.latestSubmission.file.downloadUrl, app.url), { headers: session.headers });
  const got = createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex');
  expect([task.state, task.latestSubmission.file.sha256, got]).toEqual(['DONE', digest, digest]);
}
