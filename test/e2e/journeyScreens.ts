import { asc, eq } from 'drizzle-orm';
import { journeyParts, journeys } from '../../drizzle/schema/index.ts';
import type { TestApp } from '../support/app.ts';
import { t } from '../support/words.ts';
import type { Screen } from './screenList.ts';

/** The journey of the sample that has the most of everything. */
export const fullJourney = (app: Pick<TestApp, 'services'>) => journeyOf(app, 'Integration as it was');

async function journeyOf({ services }: Pick<TestApp, 'services'>, name: string): Promise<string> {
  const [row] = await services.db.select().from(journeys).where(eq(journeys.name, name));
  if (!row) throw new Error('The sample has no such journey.');
  return row.id;
}

async function firstTouchpoint(app: Pick<TestApp, 'services'>): Promise<string> {
  const ofMap = eq(journeyParts.journeyId, await fullJourney(app));
  const rows = await app.services.db.select().from(journeyParts).where(ofMap).orderBy(asc(journeyParts.rank));
  return rows.find(({ kind }) => kind === 'TOUCHPOINT')?.id ?? '';
}

const panel = (name: string, heading: string): Screen => ({
  name: `a journey with its ${name}`,
  as: 'pm',
  path: async (app) => `/journeys/${await fullJourney(app)}?panel=${name}`,
  isLoaded: (page) => page.getByRole('complementary', { name: heading }).getByRole('listitem').first().waitFor(),
  mainAction: null,
});

/** The maps of the company, for staff; a client finds nothing there. */
export const journeyScreens: Screen[] = [
  {
    name: 'journeys',
    as: 'pm',
    path: () => '/journeys',
    isLoaded: (page) => page.getByRole('link', { name: 'Integration as it was' }).waitFor(),
    mainAction: t('journeyMap.new'),
  },
  {
    name: 'a journey with a touchpoint open',
    as: 'pm',
    path: async (app) => `/journeys/${await fullJourney(app)}?at=${await firstTouchpoint(app)}`,
    isLoaded: (page) => page.getByRole('textbox', { name: t('journeyMap.touchpoint.name'), exact: true }).waitFor(),
    mainAction: null,
  },
  {
    name: 'a journey as a table',
    as: 'pm',
    path: async (app) => `/journeys/${await fullJourney(app)}?view=table`,
    isLoaded: (page) => page.getByRole('table').waitFor(),
    mainAction: null,
  },
  {
    name: 'a journey presented',
    as: 'pm',
    path: async (app) => `/journeys/${await fullJourney(app)}?present=true&show=experience.tools.pains.goals.flow`,
    isLoaded: (page) => page.getByRole('dialog').getByRole('img', { name: 'Integration as it was' }).waitFor(),
    mainAction: null,
  },
  {
    name: 'a journey beside another one',
    as: 'pm',
    path: async (app) => `/journeys/${await fullJourney(app)}?panel=compare`,
    async isLoaded(page) {
      await page.getByLabel(t('journeyMap.compare.with')).selectOption({ label: 'Integration with Slipway' });
      await page.getByRole('columnheader', { name: 'Integration with Slipway' }).waitFor();
    },
    mainAction: null,
  },
  panel('gaps', t('journeyMap.panel.gaps')),
  panel('items', t('journeyMap.panel.items')),
  panel('comments', t('journeyMap.panel.comments')),
  {
    name: 'a journey with its agreement',
    as: 'pm',
    path: async (app) => `/journeys/${await journeyOf(app, 'Integration with Slipway')}?panel=agreement`,
    isLoaded: (page) => page.getByRole('complementary').getByText(t('journeySaying.SIGNED')).first().waitFor(),
    mainAction: null,
  },
  panel('goals', t('journeyMap.panel.goals')),
  panel('shape', t('journeyMap.panel.shape')),
  panel('research', t('journeyMap.panel.research')),
  {
    name: 'a journey from a file, with what is wrong in it',
    as: 'pm',
    path: () => '/journeys',
    async isLoaded(page) {
      await page.getByRole('button', { name: t('journeyMap.files.import') }).click();
      const dialog = page.getByRole('dialog', { name: t('journeyMap.files.importTitle') });
      const buffer = Buffer.from('Stage,Touchpoint,Experience\nBuy,Sign,5\nBuy,,1\n');
      const file = { name: 'journey.csv', mimeType: 'text/csv', buffer };
      await dialog.getByLabel(t('journeyMap.files.choose')).setInputFiles(file);
      await dialog.getByRole('row').nth(2).waitFor();
    },
    mainAction: t('journeyMap.create'),
  },
  {
    name: 'what really happened on journeys',
    as: 'pm',
    path: () => '/journeys/reality',
    isLoaded: (page) => page.getByRole('heading', { name: t('journeyReality.ways') }).waitFor(),
    mainAction: t('journeyReality.template'),
  },
  {
    name: 'a journey, of which a client knows nothing',
    as: 'client',
    path: async (app) => `/journeys/${await fullJourney(app)}`,
    isLoaded: (page) => page.getByRole('heading', { name: t('common.error.notFoundTitle') }).waitFor(),
    mainAction: null,
  },
];
