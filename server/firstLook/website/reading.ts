import { createThreads, ThreadEnded } from '../../platform/threads/threads.ts';
import { maxHtml } from './page.ts';
import type { PageSeen, ReadPage } from './seen.ts';

/** The module that the threads run. */
const pageThread = new URL('./threadStart.mjs', import.meta.url);
/** Pages are small; one that takes more ends its thread and not us. */
const memoryMb = 256;
const nothing: PageSeen = {
  product: null,
  links: [],
  hints: { name: null, theme: null, manifest: null, logos: [] },
};

/** Does something with a thread that reads pages, which ends with it: shops are looked at once in months. */
export async function withPageReader<T>(work: (read: ReadPage) => Promise<T>): Promise<T> {
  const threads = createThreads(pageThread, 1, memoryMb);
  try {
    return await work(async (html, url) => {
      try {
        return (await threads.start('page', { html: html.slice(0, maxHtml), url }).result) as PageSeen;
      } catch (error) {
        // A page that is too much for a thread says nothing.
        if (error instanceof ThreadEnded) return nothing;
        throw error;
      }
    });
  } finally {
    await threads.close();
  }
}
