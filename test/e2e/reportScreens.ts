import { reportLooks } from '../../drizzle/schema/index.ts';
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

const finding = (severity: 'WARNING' | 'HINT', column: string, title: string, message: string, rows: number[]) => ({
  rule: 'URL-02.status',
  code: 'validation_unreachable',
  severity,
  scope: 'CELL',
  column,
  title,
  message,
  source: { name: 'RFC 9110, 15', url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15' },
  count: rows.length,
  fixable: 0,
  samples: rows.map((row) => {
    const value = `https://shop.example/${column === 'link' ? 'p' : 'i'}/${row}`;
    return { row, line: row + 1, column, value, message, fixed: null };
  }),
});

/** What samples came to: nobody of the tests looks behind the rows of a feed by itself. */
async function lookedAt(app: TestApp, state: 'LOOKING' | 'DONE'): Promise<string> {
  const { project, people } = app.world.clients.find((client) => client.account.name === 'Maison Lavande')!;
  const { id: taskId } = await taskWithInputs(app.services, project.id, {}, [aFeed]);
  const submissionId = await deliverFeed(await app.signIn(people[0]!), taskId, feedText({ rows: 400 }));
  const startedAt = app.services.clock.now();
  const status = 'It has to answer with 200. 404 and 410 mean that nothing is there.';
  const small = 'Export it with at least 500 x 500 pixels, better 1,500.';
  const findings = [
    finding('WARNING', 'link', 'A link answers with status 404', status, [31, 71, 331]),
    finding('WARNING', 'image_link', 'A picture is 320 x 400, and will be refused from 31 January 2027', small, [11]),
  ];
  const done = { links: 20, images: 20, findings, finishedAt: startedAt };
  const begun = { links: 0, images: 0, findings: [], finishedAt: null };
  await app.services.db
    .insert(reportLooks)
    .values({ submissionId, state, run: 1, rows: 400, wanted: 20, startedAt, ...(state === 'DONE' ? done : begun) });
  return `/tasks/${taskId}?part=input`;
}

export const reportScreens: Screen[] = [
  {
    name: 'report of a feed whose links were looked at',
    as: 'client',
    path: (app) => lookedAt(app, 'DONE'),
    isLoaded: async (page) => {
      await page.getByText('A link answers with status 404').waitFor();
      await page.getByRole('button', { name: t('report.sample.show', { count: 3, shown: '3' }) }).click();
      await page.getByText('https://shop.example/p/331').waitFor();
    },
    mainAction: null,
  },
  {
    name: 'report of a feed whose links are being looked at',
    as: 'pm',
    path: (app) => lookedAt(app, 'LOOKING'),
    isLoaded: (page) => page.getByRole('heading', { name: t('report.looks.title') }).waitFor(),
    mainAction: null,
  },
  judged('report of a rejected feed', 'client', broken, 'Repair 120 values'),
  judged('report of a rejected feed, for the PM', 'pm', broken, t('report.accept.open')),
  judged('report of an accepted feed', 'client', feedText({ rows: 30 }), null),
];
