import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  axeProblems,
  closeWindows,
  drawn,
  openVisitor,
  phone,
  sidewaysScroll,
  startBrowser,
  type Visitor,
  type VisitorOptions,
} from '../support/browser.ts';
import { pasteInto } from '../support/pasting.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let browser: Browser;
let pm: Session;
/** Tasks of the client that have a note: each test takes one. */
let fresh: { id: string; noteId: string | null }[];
let note: { id: string; path: string };
const visitors: Visitor[] = [];

beforeAll(async () => {
  app = await startTestApp();
  browser = await startBrowser();
  pm = await app.signIn(app.world.pm);
  fresh = app.world.clients[0]!.tasks.filter((task) => task.visibility === 'SHARED' && task.noteId !== null);
}, 120_000);
afterEach(async () => {
  await Promise.all(visitors.splice(0).map((visitor) => visitor.close()));
});
afterAll(async () => {
  await closeWindows(browser);
  await app?.close();
});

const paper = (page: Page) => page.getByRole('textbox', { name: 'Text of the note' });
const list = (page: Page) => page.getByRole('listbox');

/** A note that says this, open in the client's browser. */
async function open(markdown: string, options: Partial<VisitorOptions> = {}): Promise<Visitor> {
  const task = fresh.shift()!;
  note = { id: task.noteId!, path: `/tasks/${task.id}?tab=note` };
  const write = `mutation ($id: ID!, $input: NoteWriteInput!) {
    noteWrite(id: $id, input: $input) { userErrors { code } }
  }`;
  await pm.ask(write, { id: note.id, input: { markdown, mode: 'REPLACE', idempotencyKey: note.id } });
  const session = await app.signIn(app.world.client);
  const visitor = await openVisitor(browser, { url: app.url, session, ...options });
  visitors.push(visitor);
  await visitor.page.goto(note.path);
  await paper(visitor.page).waitFor();
  // The paper is there before what stands on it.
  if (markdown !== '') await expect.poll(() => paper(visitor.page).innerText()).not.toBe('');
  return visitor;
}
async function says(markdown: string): Promise<void> {
  const read = 'query ($id: ID!) { node(id: $id) { ... on Note { markdown } } }';
  await expect
    .poll(async () => (await pm.ask(read, { id: note.id })).node.markdown, { timeout: 20_000 })
    .toBe(markdown);
}
const paste = (page: Page, text: string) => pasteInto(paper(page), { 'text/plain': text });
const clean = ({ cspViolations, problems }: Visitor) =>
  expect({ cspViolations, problems }).toEqual({ cspViolations: [], problems: [] });

test('a slash and an @ put in blocks and names, all by keyboard', async () => {
  const visitor = await open('Start');
  const { page } = visitor;
  await paper(page).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/');
  await list(page).getByRole('option', { name: 'Table' }).waitFor();
  expect(await paper(page).getAttribute('aria-activedescendant')).not.toBeNull();
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.type('large');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Plan');
  await page.keyboard.press('Enter');
  await page.keyboard.type(`Ask @${app.world.pm.name.slice(0, 3)}`);
  await list(page).getByRole('option', { name: app.world.pm.name }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('today');
  await says(`Start\n\n# Plan\n\nAsk @[${app.world.pm.id}] today`);
  // Escape leaves the sign as it was typed.
  await page.keyboard.press('Enter');
  await page.keyboard.type('/tab');
  await list(page).waitFor();
  await page.keyboard.press('Escape');
  await list(page).waitFor({ state: 'detached' });
  await says(`Start\n\n# Plan\n\nAsk @[${app.world.pm.id}] today\n\n/tab`);
  clean(visitor);
});

test('Markdown is understood as it is typed and as it is pasted; with Shift it is pasted as it stands', async () => {
  const visitor = await open('Start');
  const { page } = visitor;
  await paper(page).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('## Typed');
  await page.keyboard.press('Enter');
  await page.keyboard.type('**bold** and `code` ');
  await page.keyboard.press('Enter');
  await paste(page, '| a | b |\n| --- | --- |\n| 1 | [x](javascript:alert(1)) |\n\n- [ ] open\n- [x] done');
  await says(
    'Start\n\n## Typed\n\n**bold** and `code`\n\n| a | b |\n| --- | --- |\n| 1 | x |\n\n- [ ] open\n- [x] done',
  );
  clean(visitor);
});

test('a block is dragged by its handle', async () => {
  const visitor = await open('One\n\nTwo\n\nThree');
  const { page } = visitor;
  await paper(page).getByText('Three').hover();
  await page.getByTitle(/^Drag to move/).dragTo(paper(page).getByText('One'), { targetPosition: { x: 5, y: 1 } });
  await says('Three\n\nOne\n\nTwo');
  clean(visitor);
});

test('code has the colours of its language', async () => {
  const { page } = await open('```js\nconst a = 1;\n```');
  await paper(page).locator('.hljs-keyword').getByText('const').waitFor();
});

test('blocks and items of lists change places by keys, and a table grows', async () => {
  const visitor = await open('# One\n\nTwo\n\n- a\n- b\n\n| h |\n| --- |\n| c |');
  const { page } = visitor;
  await paper(page).getByText('Two').click();
  // The editor learns a moment after the click where the caret is.
  await drawn(page);
  await page.keyboard.press('Alt+Shift+ArrowUp');
  await paper(page).getByText('b', { exact: true }).click();
  // Here its bar tells when it has.
  await page.getByRole('button', { name: 'Bullet list', pressed: true }).waitFor();
  await page.keyboard.press('Alt+Shift+ArrowUp');
  await says('Two\n\n# One\n\n- b\n- a\n\n| h |\n| --- |\n| c |');
  await paper(page).getByText('c', { exact: true }).click();
  await page.getByRole('button', { name: 'Add column' }).click();
  await page.keyboard.press('Tab');
  await page.keyboard.type('d');
  await says('Two\n\n# One\n\n- b\n- a\n\n| h |  |\n| --- | --- |\n| c | d |');
  clean(visitor);
});

const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGNgYGD4jwePSmNBAOQ/D/FpMYJmAAAAAElFTkSuQmCC';

test('an image that is dropped and a file that is chosen stand in the note, for whoever reads it', async () => {
  const visitor = await open('Start');
  const { page } = visitor;
  await paper(page).evaluate((element, base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], 'dot.png', { type: 'image/png' }));
    const { left, top } = element.getBoundingClientRect();
    const at = { clientX: left + 30, clientY: top + 30 };
    element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true, ...at }));
  }, dot);
  const picture = paper(page).getByRole('img', { name: 'dot.png' });
  await picture.waitFor();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Image or file' }).click();
  await (await choosing).setFiles({ name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('the plan') });
  await paper(page).getByRole('button', { name: 'Save plan.pdf' }).waitFor();
  const staff = await openVisitor(browser, { url: app.url, session: pm });
  visitors.push(staff);
  await staff.page.goto(note.path);
  await paper(staff.page).getByRole('img', { name: 'dot.png' }).waitFor();
  const saving = staff.page.waitForEvent('download');
  await paper(staff.page).getByRole('button', { name: 'Save plan.pdf' }).click();
  expect((await saving).suggestedFilename()).toBe('plan.pdf');
  expect(await axeProblems(page)).toEqual([]);
  clean(visitor);
});

test('files that are chosen at once stand in that order, whichever is there first', async () => {
  const visitor = await open('Start\n\nEnd');
  const { page } = visitor;
  await paper(page).getByText('Start').click();
  await page.getByRole('button', { name: 'Bold' }).waitFor();
  // The first of them is held up until the others are there.
  let go = () => {};
  const others = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('one.txt')) await others;
    await route.fallback();
  });
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Image or file' }).click();
  const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
  await (await choosing).setFiles([file('one.txt'), file('two.txt'), file('three.txt')]);
  await paper(page).getByRole('button', { name: 'Save three.txt' }).waitFor();
  await paper(page).getByRole('button', { name: 'Save two.txt' }).waitFor();
  go();
  await paper(page).getByRole('button', { name: 'Save one.txt' }).waitFor();
  const text = await paper(page).innerText();
  expect(text.match(/Start|End|(?:one|two|three)\.txt/g)).toEqual(['Start', 'one.txt', 'two.txt', 'three.txt', 'End']);
  clean(visitor);
});

test('one row of the slash menu is marked: that of the keys, until the mouse moves', async () => {
  const visitor = await open('Start');
  const { page } = visitor;
  await paper(page).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/');
  const rows = list(page).getByRole('option');
  const marked = () =>
    rows.evaluateAll((all) => {
      const plain = getComputedStyle(all.at(-1)!).backgroundColor;
      return all.flatMap((row, at) => (getComputedStyle(row).backgroundColor === plain ? [] : [at]));
    });
  await rows.nth(1).hover();
  await expect.poll(marked).toEqual([1]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect.poll(marked).toEqual([3]);
  expect(await rows.nth(3).getAttribute('aria-selected')).toBe('true');
  await rows.nth(2).hover();
  await expect.poll(marked).toEqual([2]);
  await page.keyboard.press('Enter');
  await page.keyboard.type('Plan');
  await says('Start\n\n## Plan');
  clean(visitor);
});

test('on a phone the slash menu lies over the tabs, and tools that belong together stand in one row', async () => {
  const { page } = await open('One\n\nTwo\n\nThree\n\nStart', { viewport: phone, isPhone: true });
  // Of one moment: what comes above them moves both.
  const tops = (...names: string[]) =>
    page
      .getByRole('toolbar')
      .evaluate(
        (bar, labels) => labels.map((name) => bar.querySelector(`[aria-label="${name}"]`)?.getBoundingClientRect().top),
        names,
      );
  for (const pair of [
    ['Move up', 'Move down'],
    ['Undo', 'Redo'],
  ]) {
    const [one, other] = await tops(...pair);
    expect(one).toBeGreaterThan(0);
    expect(one).toBe(other);
  }
  await paper(page).getByText('Start').tap();
  await page.keyboard.press('End');
  await page.keyboard.type(' /');
  await list(page).waitFor();
  // It finds its place in the moment after it came.
  const isOverTabs = async () => {
    const [menu, tabs] = await Promise.all(
      [list(page), page.getByRole('tablist').first()].map((it) => it.boundingBox()),
    );
    return menu!.y < tabs!.y && menu!.y + menu!.height > tabs!.y + tabs!.height;
  };
  await expect.poll(isOverTabs).toBe(true);
  // Wherever one touches it, it is the menu.
  const isUncovered = () =>
    list(page).evaluate((box) => {
      const { left, right, top: upper, bottom } = box.getBoundingClientRect();
      const places = Array.from({ length: 20 }, (_, at) => upper + ((at + 0.5) * (bottom - upper)) / 20);
      return places.every((y) => [left + 8, right - 8].every((x) => box.contains(document.elementFromPoint(x, y))));
    });
  await expect.poll(isUncovered).toBe(true);
  // With little room above and below, as over a keyboard, it is as tall as the larger side.
  await page.setViewportSize({ ...phone, height: 420 });
  await page.keyboard.type('t');
  await page.keyboard.press('Backspace');
  await list(page).getByRole('option', { name: 'Image or file' }).waitFor();
  const { y, height } = (await list(page).boundingBox())!;
  expect(y).toBeGreaterThanOrEqual(0);
  expect(y + height).toBeLessThanOrEqual(420);
});

test('the name at a caret stays within a narrow note', async () => {
  const { page } = await open('Start', { viewport: { ...phone, width: 320 }, isPhone: true });
  const staff = await openVisitor(browser, { url: app.url, session: pm });
  visitors.push(staff);
  await staff.page.goto(note.path);
  await paper(staff.page).focus();
  await staff.page.keyboard.press('Control+End');
  const label = page.locator('[class*="caretName"]');
  const isWithin = async () => {
    const [name, box] = await Promise.all([label.boundingBox(), paper(page).boundingBox()]);
    return name !== null && box !== null && name.x >= box.x && name.x + name.width <= box.x + box.width;
  };
  const sides = new Set<boolean>();
  for (const words of [' of', ' a line', ' that goes', ' on to', ' the edge', ' and on', ' in the', ' next one']) {
    await staff.page.keyboard.type(words);
    await paper(page).getByText(words.trim()).waitFor();
    await expect.poll(isWithin).toBe(true);
    sides.add((await label.getAttribute('data-turned')) !== null);
  }
  expect(sides.size).toBe(2);
});

const everything = [
  '# Feed for the spring shop\n\nComes on **Friday**; see [the rules](https://shop.example/rules) and `price`.',
  '- [x] Prices\n- [ ] Images\n  - hero shots',
  '| Column | Example | Unit | Needed | Since | By whom |\n| --- | --- | --- | --- | --- | --- |\n| price | 12.90 | EUR | yes | May | Jonas |',
  '```js\n// how we read it\nconst price = Number(cell.replace(",", "."));\nif (price > 0) keep("row");\n```',
  '> Stock is updated every hour.\n\n---\n\n1. Send\n2. Check',
].join('\n\n');

test('everything that a note can hold fits on a phone, and is clean for axe in both themes', async () => {
  for (const width of [390, 320]) {
    const { page } = await open(everything, { viewport: { ...phone, width }, isPhone: true });
    await paper(page).getByText('Stock is updated').waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await axeProblems(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeProblems(page)).toEqual([]);
  }
  const { page } = await open(everything);
  await paper(page).getByText('Stock is updated').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await axeProblems(page)).toEqual([]);
}, 120_000);
