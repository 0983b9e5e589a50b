import type { Page } from 'playwright-core';
import type { TestApp } from '../support/app.ts';
import { t } from '../support/words.ts';
import { accountScreens } from './accountScreens.ts';
import { checkScreens } from './checkScreens.ts';
import { credentialsScreens } from './credentialsScreens.ts';
import { deskScreens } from './deskScreens.ts';
import { firstLookScreens } from './firstLookScreens.ts';
import { inputScreens } from './inputScreens.ts';
import { journeyScreens } from './journeyScreens.ts';
import { petraScreens } from './petraScreens.ts';
import { reportScreens } from './reportScreens.ts';

/** A screen that the end-to-end tests visit: who looks, where, and what shows that it has loaded. */
export type Screen = {
  name: string;
  /** `lead`: the first person of the account with two products, who decides there. */
  as: 'stranger' | 'client' | 'lead' | 'pm' | 'admin';
  path: (app: TestApp) => string | Promise<string>;
  /** Loaded anew: `path` changes the database beside the app, of which no client hears. */
  isLoadedAnew?: boolean;
  isLoaded: (page: Page) => Promise<void>;
  /** The name of the one main action; null where there is none. */
  mainAction: string | null;
};

const seen = (page: Page, name: string) => page.getByRole('heading', { name }).first().waitFor();
const somewhere = '01a1ff99-08b0-79b5-9a19-d6a2a325eb60';

/** The account in the middle of its road: it has tasks in nearly every state. */
export const midway = (app: Pick<TestApp, 'world'>) =>
  app.world.clients.find((client) => client.account.name === 'Maison Lavande')!;
export const taskNamed = (app: Pick<TestApp, 'world'>, key: string) =>
  midway(app).tasks.find((task) => task.key === key)!;

function task(name: string, as: 'client' | 'pm', key: string, mainAction: string | null, search = ''): Screen {
  return {
    name,
    as,
    path: (app) => `/tasks/${taskNamed(app, key).id}${search}`,
    isLoaded: async (page) => {
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('textbox').first().waitFor();
    },
    mainAction,
  };
}

/** The mock in its frame shows products. */
async function firstLookShown(page: Page): Promise<void> {
  await page.frameLocator('iframe').locator('[data-product]').first().waitFor();
}

export const screens: Screen[] = [
  {
    name: 'sign-in',
    as: 'stranger',
    path: () => '/sign-in',
    isLoaded: (page) => seen(page, t('signIn.sampleTitle')),
    mainAction: t('signIn.send'),
  },
  {
    name: 'sign-in by link',
    as: 'stranger',
    path: () => `/sign-in/link?id=${somewhere}&token=abc`,
    isLoaded: (page) => seen(page, t('signIn.linkTitle')),
    mainAction: t('signIn.linkButton'),
  },
  {
    name: 'your profile',
    as: 'client',
    path: () => '/settings/profile',
    isLoaded: (page) => seen(page, t('settings.profile.sessions')),
    mainAction: null,
  },
  {
    name: 'inbox of a client',
    as: 'client',
    path: () => '/inbox',
    isLoaded: (page) => page.getByRole('list', { name: t('inbox.list') }).waitFor(),
    mainAction: null,
  },
  {
    name: 'inbox of the PM',
    as: 'pm',
    path: () => '/inbox',
    isLoaded: (page) => page.getByRole('list', { name: t('inbox.list') }).waitFor(),
    mainAction: null,
  },
  {
    name: 'people of everybody',
    as: 'pm',
    path: () => '/settings/people',
    isLoaded: (page) => seen(page, 'Maison Lavande'),
    mainAction: null,
  },
  {
    name: 'people of an account',
    as: 'lead',
    path: () => '/settings/people',
    isLoaded: (page) => seen(page, 'Petra Keramik'),
    mainAction: t('settings.people.inviteTo', { place: 'Petra Keramik' }),
  },
  {
    name: 'company settings',
    as: 'admin',
    path: () => '/settings/company',
    isLoaded: (page) => seen(page, t('company.calendar.title')),
    mainAction: null,
  },
  {
    name: 'activity of everything',
    as: 'admin',
    path: () => '/settings/activity',
    isLoaded: (page) => page.getByRole('listitem').filter({ hasText: 'Maison Lavande' }).first().waitFor(),
    mainAction: null,
  },
  {
    name: 'invitation that is none',
    as: 'stranger',
    path: () => `/invitation?id=${somewhere}&token=abc`,
    isLoaded: (page) => seen(page, t('invitation.overTitle')),
    mainAction: null,
  },
  {
    name: 'set-up that is over',
    as: 'stranger',
    path: () => '/set-up?token=abc',
    isLoaded: (page) => seen(page, t('setUp.overTitle')),
    mainAction: null,
  },
  {
    name: 'overview',
    as: 'pm',
    path: () => '/overview',
    isLoaded: (page) => page.getByText('Maison Lavande').first().waitFor(),
    mainAction: t('overview.create'),
  },
  {
    name: 'overview, grouped and filtered',
    as: 'pm',
    path: () => '/overview?group=HEALTH&sort=CLIENT&product=SEARCH',
    isLoaded: (page) =>
      page
        .getByRole('rowheader', { name: t('names.health.ON_TRACK') })
        .first()
        .waitFor(),
    mainAction: t('overview.create'),
  },
  {
    name: 'overview as a board',
    as: 'pm',
    path: () => '/overview?as=BOARD',
    isLoaded: (page) => page.getByText('Maison Lavande').first().waitFor(),
    mainAction: t('overview.create'),
  },
  {
    name: 'overview as a board by PM',
    as: 'pm',
    path: () => '/overview?as=BOARD&group=PM',
    isLoaded: (page) =>
      page
        .getByRole('button', { name: t('overview.board.move', { name: 'Maison Lavande' }) })
        .first()
        .waitFor(),
    mainAction: t('overview.create'),
  },
  {
    name: 'overview as a timeline',
    as: 'pm',
    path: () => '/overview?as=TIMELINE',
    isLoaded: (page) => page.getByText('Maison Lavande').first().waitFor(),
    mainAction: t('overview.create'),
  },
  {
    name: 'overview as a timeline in groups',
    as: 'pm',
    path: () => '/overview?as=TIMELINE&group=PM&zoom=WEEK',
    isLoaded: (page) => page.getByText('Maison Lavande').first().waitFor(),
    mainAction: t('overview.create'),
  },
  {
    name: 'overview without a hit',
    as: 'pm',
    path: () => '/overview?q=nobody-is-called-so',
    isLoaded: (page) => page.getByText(t('overview.noHits')).waitFor(),
    mainAction: t('overview.clear'),
  },
  {
    name: 'project of the client',
    as: 'client',
    path: (app) => `/projects/${midway(app).project.id}`,
    isLoaded: (page) => seen(page, t('project.road.title')),
    mainAction: t('project.next.openChanges'),
  },
  {
    name: 'project of the PM',
    as: 'pm',
    path: (app) => `/projects/${midway(app).project.id}`,
    isLoaded: (page) => seen(page, t('project.road.title')),
    mainAction: t('project.next.openReview'),
  },
  {
    name: 'first look of the client',
    as: 'client',
    path: (app) => `/projects/${midway(app).project.id}/first-look?product=SEARCH`,
    isLoaded: firstLookShown,
    mainAction: t('firstLook.screen.suggest'),
  },
  {
    name: 'first look with what the client would have otherwise',
    as: 'pm',
    path: (app) => `/projects/${midway(app).project.id}/first-look`,
    isLoaded: async (page) => {
      await firstLookShown(page);
      await page.getByRole('button', { name: t('firstLook.screen.suggestions') }).click();
      await page.getByRole('button', { name: t('firstLook.suggest.boostAdd') }).click();
    },
    mainAction: t('firstLook.suggest.save'),
  },
  {
    name: 'new integration',
    as: 'pm',
    path: () => '/projects/new',
    isLoaded: async (page) => {
      await page.getByRole('combobox', { name: t('newIntegration.account.search') }).waitFor();
      await seen(page, t('newIntegration.preview.title'));
    },
    mainAction: t('newIntegration.createAlone'),
  },
  task('task to deliver', 'client', 'orders', t('submissions.file.choose')),
  task('task in review', 'pm', 'feed', t('submissions.review.approve')),
  task('task of an address', 'client', 'sitemap', null),
  task('task that waits', 'client', 'attributes', null),
  {
    ...task('note of a task', 'client', 'feed', null, '?tab=note'),
    isLoaded: (page) => page.getByRole('textbox', { name: t('notes.paper') }).waitFor(),
  },
  {
    ...task('activity of a task', 'pm', 'feed', null, '?tab=activity'),
    isLoaded: async (page) => {
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('tabpanel').getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'API tokens',
    as: 'client',
    path: () => '/settings/tokens',
    isLoaded: (page) => page.getByText(t('tokens.none')).waitFor(),
    mainAction: t('tokens.create'),
  },
  {
    name: 'API guide',
    as: 'client',
    path: () => '/guide',
    isLoaded: (page) => seen(page, 'Live changes'),
    mainAction: null,
  },
  ...inputScreens,
  ...reportScreens,
  ...checkScreens,
  ...credentialsScreens,
  ...journeyScreens,
  ...petraScreens,
  ...deskScreens,
  ...accountScreens,
  // Last: they leave the first looks of those projects otherwise than they were.
  ...firstLookScreens,
  {
    name: 'nothing here',
    as: 'client',
    path: () => '/nowhere',
    isLoaded: (page) => seen(page, t('common.error.notFoundTitle')),
    mainAction: null,
  },
  {
    name: 'no such task',
    as: 'client',
    path: () => `/tasks/${somewhere}`,
    isLoaded: (page) => seen(page, t('task.notFound.title')),
    mainAction: null,
  },
  {
    name: 'templates',
    as: 'pm',
    path: () => '/templates',
    isLoaded: (page) => page.getByRole('link', { name: 'Site search on Shopify' }).waitFor(),
    mainAction: t('templates.new'),
  },
  {
    name: 'template of a search',
    as: 'pm',
    path: () => '/templates',
    isLoaded: async (page) => {
      await page.getByRole('link', { name: 'Site search on Shopify' }).click();
      await page.getByRole('navigation', { name: t('templates.outline.label') }).waitFor();
    },
    mainAction: t('templates.screen.edit'),
  },
  {
    // Last, since the draft that it begins shows in the list.
    name: 'template being edited',
    as: 'pm',
    path: () => '/templates',
    isLoaded: async (page) => {
      await page.getByRole('link', { name: 'Recommendations on Magento' }).click();
      await page.getByRole('button', { name: t('templates.screen.edit') }).click();
      await page.getByRole('button', { name: t('templates.screen.publish') }).waitFor();
    },
    mainAction: t('templates.screen.publish'),
  },
  {
    name: 'table of columns being written',
    as: 'pm',
    path: () => '/templates',
    isLoaded: async (page) => {
      await page.getByRole('link', { name: 'Site search on Magento' }).click();
      await page.getByRole('button', { name: t('templates.screen.edit') }).click();
      await page.getByRole('button', { name: t('templates.screen.publish') }).waitFor();
      const road = page.getByRole('navigation', { name: t('templates.outline.label') });
      await road.getByRole('button', { name: /Choose your filters/ }).click();
      await page.getByRole('button', { name: t('templateTable.open', { name: 'Use' }) }).click();
      await page.getByLabel(t('templateTable.details.enum')).waitFor();
    },
    mainAction: t('templateTable.add'),
  },
];
