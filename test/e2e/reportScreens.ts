import type { TestApp } from '../support/app.ts';
import { aFeed, deliverFeed, feedText } from '../support/feeds.ts';
import { taskWithInputs } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import type { Screen } from './screenList.ts';

const broken = feedText({ rows: 400, decimalCommas: 120, ownWords: 3 });

/** A task whose feed was judged, made when it is visited. */
function judged(name: string, as: Screen['as'], text: string, mainAction: string | null): Screen {
  return {
    name,
    as,
    async path(app: TestApp) {
      const { project, people } = app.world.clients.find((client) => client.account.name === 'Maison Lavande')!;
      const { id } = await taskWithInputs(app.services, project.id, {}, [aFeed]);
      await deliverFeed(await app.signIn(people[0]!), id, text);
      return `/tasks/${id}?part=input`;
    },
    isLoaded: async (page) => {
      await page.getByRole('region', { name: t('report.label', { version: 1 }) }).waitFor();
      // The longest of its parts: what scrolls, what is typed into, and what was counted.
      const mend = page.getByRole('button', { name: t('report.edit.open', { count: 3 }) });
      if (await mend.isVisible()) await mend.click();
    },
    mainAction,
  };
}

export const reportScreens: Screen[] = [
  judged('report of a rejected feed', 'client', broken, 'Repair 120 values'),
  judged('report of a rejected feed, for the PM', 'pm', broken, t('report.accept.open')),
  judged('report of an accepted feed', 'client', feedText({ rows: 30 }), null),
];
