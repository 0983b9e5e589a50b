import { eq } from 'drizzle-orm';
import { firstLooks } from '../../drizzle/schema/index.ts';
import type { TestApp } from '../support/app.ts';
import { t } from '../support/words.ts';
import { petra } from './petraScreens.ts';
import type { Screen } from './screenList.ts';

const fjord = (app: TestApp) => app.world.clients.find(({ account }) => account.name === 'Fjord & Field')!;
const own = { state: 'EMPTY', source: 'WEBSITE', submissionId: null, problem: null, indexKey: null } as const;

/** The card of a first look that the shop's own pages were read for, and what came of it. */
function card(name: string, as: 'lead' | 'pm', what: Partial<typeof firstLooks.$inferInsert>, shows: string): Screen {
  return {
    name: `first look ${name}`,
    as,
    isLoadedAnew: true,
    async path(app) {
      const { db } = app.services;
      const { id } = (as === 'pm' ? fjord(app) : petra(app)).project;
      const projectId = id;
      // What another project's look was made of, where there is something to look at.
      const [made] = await db.select().from(firstLooks).where(eq(firstLooks.state, 'READY'));
      const ready = what.state === 'READY' && made ? { ...made, ...own, ...what, indexKey: made.indexKey } : null;
      const row = { currencies: [], run: 1, settledRun: 1, ...own, ...what, ...ready, projectId };
      await db.insert(firstLooks).values(row).onConflictDoUpdate({ target: firstLooks.projectId, set: row });
      return `/projects/${id}`;
    },
    isLoaded: async (page) => {
      await page.getByText(shows, { exact: true }).first().waitFor();
      await page
        .getByRole('heading', { name: t('project.road.title') })
        .first()
        .waitFor();
    },
    mainAction: null,
  };
}

export const firstLookScreens: Screen[] = [
  card('from your website', 'lead', { state: 'READY' }, t('firstLook.card.website')),
  card('of a website that stays away', 'lead', { problem: 'FORBIDDEN' }, t('firstLook.card.problem.FORBIDDEN')),
  card('of a website without products', 'lead', { problem: 'NO_PRODUCTS' }, t('firstLook.card.problem.NO_PRODUCTS')),
  card('of a website that does not answer', 'pm', { problem: 'UNREACHABLE' }, t('firstLook.staff.problem.UNREACHABLE')),
  card('while a website is read', 'pm', { state: 'BUILDING', run: 2 }, t('firstLook.staff.reading')),
  card('of the PM from their website', 'pm', { state: 'READY' }, t('firstLook.staff.website')),
];
