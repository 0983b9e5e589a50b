import { eq } from 'drizzle-orm';
import { projects, tasks } from '../../drizzle/schema/index.ts';
import { makeIntegration } from '../overview/make.ts';
import type { TestApp } from '../support/app.ts';
import { t } from '../support/words.ts';
import type { Screen } from './screenList.ts';

const dayMs = 86_400_000;
const account = 'Zimmer und Söhne';

/** A day so many days from today. */
export const dayFrom = (app: Pick<TestApp, 'services'>, days: number) =>
  new Date(app.services.clock.now().getTime() + days * dayMs).toISOString().slice(0, 10);

/** The Monday of this week. */
function monday(app: Pick<TestApp, 'services'>): string {
  return dayFrom(app, -((app.services.clock.now().getUTCDay() + 6) % 7));
}

/** A project that has something of nearly every kind for its manager, who also has more to do than fits in a week. */
export async function makeFullDay(app: Pick<TestApp, 'services'>, pm: string): Promise<string[]> {
  const { db, clock } = app.services;
  const [known] = await db
    .select({ id: projects.id })
    .from(projects)
    .where(eq(projects.name, `${account} search`));
  const now = clock.now();
  const long = new Date(now.getTime() - 30 * dayMs);
  const own = { assigneeId: pm, minutes: 480 };
  const id =
    known?.id ??
    (await makeIntegration(app.services, {
      ...{ account, pm, clientActiveAt: long },
      road: [
        {
          name: 'Data',
          tasks: [
            { ...own, title: 'Set up the index with every field that the shop has', dueOn: dayFrom(app, -9) },
            { ...own, title: 'Tune the ranking', dueOn: dayFrom(app, -20), durationDays: 3 },
            { title: 'Agree on the placements', dueOn: dayFrom(app, 4) },
            { ...own, title: 'Prepare the launch', dueOn: dayFrom(app, 6), durationDays: 5 },
            { title: 'Send the order history', side: 'CLIENT', stateSince: long },
            {
              ...{ title: 'Open the firewall', side: 'CLIENT', stuckSide: 'CLIENT', stuckBy: pm },
              ...{ stuckSince: new Date(now.getTime() - 4 * dayMs), stateSince: long },
            },
            ...[1, 2, 3, 4].map((at) => ({ ...own, title: `Write report ${at}`, dueOn: dayFrom(app, -at - 3) })),
          ],
        },
      ],
    }));
  const rows = await db.select({ id: tasks.id }).from(tasks).where(eq(tasks.projectId, id)).orderBy(tasks.index);
  return rows.map((row) => row.id);
}

export const deskScreens: Screen[] = [
  {
    name: 'my day',
    as: 'pm',
    isLoadedAnew: true,
    async path(app) {
      await makeFullDay(app, app.world.pm.id);
      return '/my-day';
    },
    isLoaded: (page) => page.getByRole('link', { name: 'Tune the ranking' }).waitFor(),
    mainAction: null,
  },
  {
    name: 'workload, with a week open',
    as: 'admin',
    isLoadedAnew: true,
    async path(app) {
      await makeFullDay(app, app.world.pm.id);
      return `/workload?person=${app.world.pm.id}&week=${monday(app)}`;
    },
    isLoaded: (page) => page.getByRole('region').getByRole('link', { name: 'Tune the ranking' }).waitFor(),
    mainAction: null,
  },
  {
    name: 'my day of a client, who has none',
    as: 'client',
    path: () => '/my-day',
    isLoaded: (page) => page.getByRole('heading', { name: t('common.error.notFoundTitle') }).waitFor(),
    mainAction: null,
  },
  {
    name: 'new integrations from a list, given',
    as: 'pm',
    path: () => '/projects/new/list',
    isLoaded: (page) => page.getByRole('textbox', { name: t('newIntegration.list.paste') }).waitFor(),
    mainAction: null,
  },
  {
    name: 'new integrations from a list, looked at',
    as: 'pm',
    isLoadedAnew: true,
    path: () => '/projects/new/list',
    isLoaded: async (page) => {
      const rows = ['Shop one\tshop-one.example\tShopify\tSearch', 'Shop two\tnowhere\tLotus\tSearch'];
      const list = ['Account\tWebsite\tPlatform\tProducts', ...rows].join('\n');
      await page.getByRole('textbox', { name: t('newIntegration.list.paste') }).fill(list);
      await page.getByRole('button', { name: t('newIntegration.list.look') }).click();
      await page.getByRole('button', { name: t('newIntegration.list.again') }).waitFor();
    },
    mainAction: t('newIntegration.list.make', { count: 1 }),
  },
];
