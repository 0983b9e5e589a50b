import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { checkRuns, checks } from '../../drizzle/schema/index.ts';
import type { TestApp } from '../support/app.ts';
import { aDomain, aFeedAddress, aWebhook, somePages } from '../support/checkNet.ts';
import { eventually } from '../support/eventually.ts';
import { taskWithInputs } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import type { Screen } from './screenList.ts';

const createText = `mutation ($input: SubmissionCreateInput!) {
  submissionCreate(input: $input) { submission { id } userErrors { code } }
}`;
const finishText = `mutation ($id: ID!, $input: SubmissionFinishInput!) {
  submissionFinish(id: $id, input: $input) { userErrors { code } }
}`;

const midway = (app: TestApp) => app.world.clients.find((client) => client.account.name === 'Maison Lavande')!;

/** A task whose domain was handed in and looked at once. */
async function lookedAt(app: TestApp, domain: string, everyMinutes: number | null) {
  const { project, people } = midway(app);
  const { id: taskId } = await taskWithInputs(app.services, project.id, {}, [aDomain(everyMinutes)]);
  const session = await app.signIn(people[0]!);
  const input = { taskId, idempotencyKey: randomUUID(), check: { domain } };
  const { submissionCreate } = await session.ask(createText, { input });
  const { id } = submissionCreate.submission;
  const { task } = await session.ask('query ($id: ID!) { task(id: $id) { revision } }', { id: taskId });
  await session.ask(finishText, { id, input: { revision: task.revision } });
  const { db } = app.services;
  const rowOf = async () => (await db.select().from(checks).where(eq(checks.submissionId, id)))[0]!;
  const check = await eventually(async () => {
    const row = await rowOf();
    return row.lastAt !== null && !row.isRunning && row;
  }, 20_000);
  return { taskId, check };
}

/** The same after a bad night: it worked, failed three times, and says what appeared. */
async function broken(app: TestApp): Promise<string> {
  const { taskId, check } = await lookedAt(app, 'shop.test', 360);
  const { db } = app.services;
  const [run] = await db.select().from(checkRuns).where(eq(checkRuns.checkId, check.id));
  const at = (hours: number) => new Date(check.lastAt!.getTime() - hours * 3_600_000);
  const earlier = [6, 12, 18, 24, 30, 36].map((hours) => {
    const isGood = hours > 12;
    const result = isGood ? ('PASSED' as const) : ('FAILED' as const);
    const good = { verdict: 'ACCEPTED' as const, findings: [], rules: [] };
    return { ...run!, ...(isGood ? good : {}), id: uuidv7(), at: at(hours), result };
  });
  await db.insert(checkRuns).values(earlier);
  await db
    .update(checks)
    .set({
      standing: 'BROKEN',
      standingSince: at(12),
      passedAt: at(36),
      appeared: run!.rules.map((rule) => ({ rule, title: 'The CNAME at link.shop.test points elsewhere' })).slice(0, 1),
    })
    .where(eq(checks.id, check.id));
  return `/tasks/${taskId}?part=input`;
}

export const checkScreens: Screen[] = [
  {
    name: 'domain to be given',
    as: 'client',
    async path(app) {
      const { id } = await taskWithInputs(app.services, midway(app).project.id, {}, [aDomain()]);
      return `/tasks/${id}?part=input`;
    },
    isLoaded: (page) => page.getByRole('list', { name: t('checks.records.title') }).waitFor(),
    mainAction: t('checks.domain.submit'),
  },
  {
    name: 'domain whose records are not right yet',
    as: 'client',
    path: async (app) => `/tasks/${(await lookedAt(app, 'shop.test', null)).taskId}?part=input`,
    isLoaded: (page) => page.getByText('parked.other.test').first().waitFor(),
    mainAction: t('checks.again.other'),
  },
  {
    name: 'standing check that broke',
    as: 'pm',
    path: broken,
    isLoaded: async (page) => {
      await page.getByText(t('checks.standing.BROKEN'), { exact: true }).waitFor();
      await page.getByText(t('checks.runs.title', { count: 7 })).click();
    },
    mainAction: t('checks.again.other'),
  },
  {
    name: 'pages, a webhook and a feed to be given',
    as: 'client',
    async path(app) {
      const inputs = [somePages, aWebhook, aFeedAddress];
      const { id } = await taskWithInputs(app.services, midway(app).project.id, {}, inputs);
      return `/tasks/${id}?part=input`;
    },
    isLoaded: async (page) => {
      await page.getByLabel(t('checks.feed.withAccess')).click();
      await page.getByRole('textbox', { name: t('checks.feed.password') }).waitFor();
    },
    mainAction: t('checks.pages.submit'),
  },
  {
    name: 'check being written in a template',
    as: 'pm',
    path: () => '/templates',
    isLoaded: async (page) => {
      await page.getByRole('link', { name: 'Recommendations on Shopify' }).click();
      await page.getByRole('button', { name: t('templates.screen.edit') }).click();
      await page.getByRole('button', { name: t('templates.screen.publish') }).waitFor();
      const road = page.getByRole('navigation', { name: t('templates.outline.label') });
      await road
        .getByRole('button', { name: /product feed/i })
        .first()
        .click();
      await page.getByRole('button', { name: t('templates.inputs.add') }).click();
      await page.getByRole('menuitem', { name: t('names.taskType.CHECK') }).click();
      await page.getByLabel(t('templateChecks.fields.target')).waitFor();
      // A check that is not whole yet is kept, too.
      await page.getByText(t('templates.status.saved'), { exact: true }).waitFor();
    },
    mainAction: t('templateChecks.recordAdd'),
  },
];
