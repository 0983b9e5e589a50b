import { eq } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tasks } from '../../drizzle/schema/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openVisitor, startBrowser, type Visitor } from '../support/browser.ts';
import type { Session } from '../support/session.ts';
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
  await browser?.close();
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
