import { eq } from 'drizzle-orm';
import type { Browser, Locator, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tasks } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { closeWindows, openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import { aFeed, feedText } from '../support/feeds.ts';
import type { Session } from '../support/session.ts';
import { taskWithInputs } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import { midway, taskNamed } from './screenList.ts';

/** Each would call `struck()` if any part of it ran. */
const hostile = [
  '<script>struck()</script>',
  '<img src=x onerror=struck()>',
  '<svg onload=struck()><animate onbegin=struck() attributeName=x></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=struck()&gt;">',
  '<iframe srcdoc="<script>parent.struck()</script>"></iframe>',
  '<a href="javascript:struck()">press</a>',
  '<div style="position:fixed;inset:0;z-index:9999">over everything</div>',
  '[press](javascript:struck())',
  '[press](JaVaScRiPt:struck())',
  '[press](java\tscript:struck())',
  '[press](&#106;avascript:struck())',
  '[press](data:text/html,<script>struck()</script>)',
  '[press](vbscript:struck())',
  '[press](//evil.example/x)',
  '![picture](https://evil.example/track.png)',
  'javascript:struck()',
  'https://good.example/<script>struck()</script>',
  'data:text/html;base64,PHNjcmlwdD5zdHJ1Y2soKTwvc2NyaXB0Pg==',
];

/** More ways to write an address in Markdown, which comments do not know. */
const hostileLinks = [
  '[press](<javascript:struck()>)',
  '[press](java&Tab;script:struck())',
  '[press](&#1;javascript:struck())',
  '[press][there]\n\n[there]: javascript:struck() "a title"',
  '<javascript:struck()>',
  '[press](https://good.example/ "x\\" onmouseover=struck() y=\\"")',
];
const hostileMarkdown = [...hostile, ...hostileLinks].join('\n\n');

let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  app = await startTestApp({ isRealTime: true });
  browser = await startBrowser();
}, 120_000);
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

const add = 'mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id } userErrors { code } } }';

/** Runs in the page: what of it could act, beside the links that are allowed. */
function dangers(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = [];
    for (const link of document.querySelectorAll('a[href]')) {
      const { href, rel, target, protocol, origin } = link as HTMLAnchorElement;
      if (!['http:', 'https:', 'mailto:'].includes(protocol)) found.push(`link to ${href}`);
      else if (origin !== location.origin && protocol !== 'mailto:' && !rel.includes('noopener'))
        found.push(`no noopener: ${href}`);
      if (target === '_blank' && !rel.includes('noopener')) found.push(`no noopener: ${href}`);
    }
    for (const element of document.querySelectorAll(
      'main script, main iframe, main img, main object, main embed, main math, main form[action]',
    )) {
      found.push(element.outerHTML.slice(0, 80));
    }
    for (const element of document.querySelectorAll('*')) {
      for (const name of element.getAttributeNames())
        if (name.startsWith('on')) found.push(`${element.tagName} ${name}`);
    }
    if (Reflect.get(window, 'wasStruck')) found.push('struck');
    return found;
  });
}

type Watched = Visitor & { dialogs: string[] };

/** A window in which `struck()` leaves a mark, and a dialog is noted. */
async function openWatched(session: Session): Promise<Watched> {
  const visitor = await openVisitor(browser, { url: app.url, session });
  const dialogs: string[] = [];
  visitor.page.on('dialog', (dialog) => {
    dialogs.push(`${dialog.type()} ${dialog.message()}`);
    void dialog.dismiss();
  });
  await visitor.page.addInitScript(() => {
    Reflect.set(window, 'struck', () => Reflect.set(window, 'wasStruck', true));
  });
  return { ...visitor, dialogs };
}

async function nothingActed(visit: Watched): Promise<void> {
  expect(await dangers(visit.page)).toEqual([]);
  expect([visit.dialogs, visit.cspViolations, visit.strayRequests, visit.problems]).toEqual([[], [], [], []]);
  await visit.close();
}

test('[I6] hostile text in comments and documentation is shown as text, and nothing of it acts', async () => {
  const { people } = midway(app);
  const task = taskNamed(app, 'orders');
  const pm = await app.signIn(app.world.pm);
  for (const text of hostile) {
    const { commentAdd } = await pm.ask(add, {
      input: { taskId: task.id, text, audience: 'SHARED', idempotencyKey: uuidv7() },
    });
    expect(commentAdd.userErrors).toEqual([]);
  }
  await app.services.db.update(tasks).set({ documentation: hostileMarkdown }).where(eq(tasks.id, task.id));

  const visit = await openWatched(await app.signIn(people[0]!));
  const { page } = visit;
  await page.goto(`/tasks/${task.id}`);
  const comments = page.getByRole('tabpanel');
  for (const text of [hostile[0]!, hostile[1]!, hostile[7]!])
    await comments.getByText(text, { exact: true }).first().waitFor();
  await page
    .getByRole('region', { name: t('task.documentation.title') })
    .getByText('press')
    .first()
    .waitFor();
  await nothingActed(visit);
});

test('[I6] hostile text in a template is inert in its preview, in its titles, and when it is read again', async () => {
  const visit = await openWatched(await app.signIn(app.world.pm));
  const { page } = visit;
  const preview = page.getByText(t('templates.documentation.preview')).locator('..');
  const outline = page.getByRole('navigation', { name: t('templates.outline.label') });
  const title = '<img src=x onerror=struck()>';
  await page.goto('/templates');
  await page.getByRole('link', { name: 'Recommendations on Magento' }).click();
  await page.getByRole('button', { name: t('templates.screen.edit') }).click();
  await page.getByRole('button', { name: t('templates.screen.publish') }).waitFor();
  await outline.getByRole('listitem').getByRole('listitem').first().getByRole('button').first().click();
  await page.getByRole('textbox', { name: t('templates.task.title') }).fill(title);
  await page.getByRole('textbox', { name: t('templates.documentation.label') }).fill(hostileMarkdown);
  await preview.getByText('press').first().waitFor();
  await outline.getByText(title).waitFor();
  expect(await preview.getByText('press').count()).toBeGreaterThan(8);
  expect(await dangers(page)).toEqual([]);

  await page.getByText(t('templates.status.saved'), { exact: true }).waitFor();
  await page.reload();
  await outline.getByText(title).click();
  await preview.getByText('press').first().waitFor();
  await nothingActed(visit);
});

test('[I7] the name of a file, its columns and its values are text wherever they are shown, before it is sent and after', async () => {
  const { people, project } = midway(app);
  const { id } = await taskWithInputs(app.services, project.id, { isReviewWanted: true }, [aFeed]);
  const name = '<img src=x onerror=struck()>.csv';
  const cells = hostile.map((text) => `"${text.replaceAll('"', '""')}"`);
  const [columns, ...rows] = feedText({ rows: hostile.length }).trimEnd().split('\n');
  const broken = rows.map((row, at) => `${row.replace('12.90 EUR', cells[at]!).replace('in_stock', cells[at]!)},x`);
  const file = [`${columns},${cells[1]}`, ...broken].join('\n');

  const visit = await openWatched(await app.signIn(people[0]!));
  const pm = await openWatched(await app.signIn({ id: project.pmId }));
  for (const { page } of [visit, pm]) await page.goto(`/tasks/${id}?part=input`);
  const { page } = visit;
  const chooser = page.locator('input[type="file"]:not([hidden])').first();
  await chooser.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(file) });
  const look = page.getByRole('region', { name: t('report.precheck.result', { name }) });
  await look.waitFor();
  await expectValues(look);
  expect(await dangers(page)).toEqual([]);

  await look.getByRole('button', { name: t('report.precheck.send') }).click();
  for (const one of [page, pm.page]) {
    const report = one.getByRole('region', { name: t('report.label', { version: 1 }) });
    await report.waitFor();
    await expectValues(report);
    await one.getByText(name).first().waitFor();
  }
  await nothingActed(visit);
  await nothingActed(pm);
});

/** Opens whatever is folded and looks for the values, letter by letter. */
async function expectValues(region: Locator): Promise<void> {
  const folded = region.locator('[aria-expanded="false"], details:not([open]) > summary');
  for (let left = 20; left > 0 && (await folded.count()) > 0; left--) await folded.first().click();
  for (const text of [hostile[0]!, hostile[1]!, hostile[2]!, hostile[15]!])
    await region.getByText(text, { exact: true }).first().waitFor();
  expect(await region.innerText()).not.toContain('&lt;script');
}
