import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { closeWindows, openVisitor, startBrowser, type Visitor, type VisitorOptions } from '../support/browser.ts';
import { t } from '../support/words.ts';
import { startTalking, type Talking } from './talking.ts';

/** A conversation in a browser, one a file of tests; after each test its pages are closed and were quiet. */
export class ConversationOnScreen {
  talk!: Talking;
  browser!: Browser;
  readonly visitors: Visitor[] = [];

  constructor() {
    beforeAll(async () => {
      this.browser = await startBrowser();
    });
    beforeAll(async () => {
      this.talk = await startTalking();
    });
    afterAll(async () => {
      await closeWindows(this.browser);
      await this.talk?.app.close();
    });
    afterEach(async () => {
      const complaints = this.visitors.flatMap(({ cspViolations, problems, strayRequests }) => [
        ...cspViolations,
        ...problems,
        ...strayRequests,
      ]);
      await Promise.all(this.visitors.splice(0).map((visitor) => visitor.close()));
      expect(complaints).toEqual([]);
    });
  }

  async open(who: keyof Talking['ids'], search = '', options: Partial<VisitorOptions> = {}): Promise<Page> {
    const visitor = await openVisitor(this.browser, { url: this.talk.app.url, session: this.talk[who], ...options });
    this.visitors.push(visitor);
    const hears = hearsTheTalk(visitor.page);
    await visitor.page.goto(`/tasks/${this.talk.taskId}?tab=comments${search}`);
    await log(visitor.page).waitFor();
    await hears;
    return visitor.page;
  }
}

/** When the page is told who writes and reads: those are signals, which nobody keeps for whoever is not there yet. */
function hearsTheTalk(page: Page): Promise<void> {
  return new Promise((resolve) => {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => payload.includes('"talk"') && resolve()),
    );
  });
}

export const log = (page: Page) => page.getByRole('log', { name: t('comments.thread') });
export const item = (page: Page, id: string) => page.locator(`[data-comment="${id}"]`);
