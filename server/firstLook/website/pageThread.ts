import { serveTasks } from '../../platform/threads/serveTasks.ts';
import { pageSeen } from './seen.ts';

/* What runs in a thread while a shop is looked at: reads its pages, and knows nothing else. */
serveTasks({
  page: async ({ html, url }: { html: string; url: string }) => pageSeen(html, url),
});
