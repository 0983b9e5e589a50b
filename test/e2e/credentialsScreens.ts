import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { checks } from '../../drizzle/schema/index.ts';
import { transaction } from '../../server/platform/database/transaction.ts';
import { checkJob } from '../../server/submissions/checks/commands.ts';
import type { TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { taskWithInputs } from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import type { Screen } from './screenList.ts';

const submitText = `mutation ($input: CredentialsSubmitInput!) {
  credentialsSubmit(input: $input) { submission { id } userErrors { code } }
}`;

const access = {
  key: 'access',
  label: 'Access to your shop',
  spec: {
    kind: 'CREDENTIALS',
    fields: [
      { key: 'address', label: 'Address of the shop', isSecret: false },
      { key: 'token', label: 'Access token', isSecret: true },
    ],
    test: { platform: 'SHOPIFY', scopes: ['read_products', 'read_inventory'] },
  },
};
const magento = { ...access, spec: { ...access.spec, test: { platform: 'MAGENTO' } } };

const midway = (app: TestApp) => app.world.clients.find((client) => client.account.name === 'Maison Lavande')!;

async function asked(app: TestApp, input: object) {
  return taskWithInputs(app.services, midway(app).project.id, {}, [input]);
}

/** A task whose credentials were handed in and tried once. */
export async function tried(app: TestApp, input: object, address: string, token: string) {
  const task = await asked(app, input);
  const session = await app.signIn(midway(app).people[0]!);
  const values = [
    { field: 'address', value: address },
    { field: 'token', value: token },
  ];
  const given = { inputId: task.inputs[0]!.id, idempotencyKey: randomUUID(), revision: task.revision, values };
  const { credentialsSubmit } = await session.ask(submitText, { input: given });
  const { db } = app.services;
  const check = await eventually(async () => {
    const row = (await db.select().from(checks).where(eq(checks.submissionId, credentialsSubmit.submission.id)))[0]!;
    return (row.lastAt !== null || row.failures > 0) && row;
  }, 20_000);
  return { taskId: task.id, check };
}

/** The same at a shop that does not answer, after the last try. */
export async function unanswered(app: TestApp): Promise<string> {
  const { taskId, check } = await tried(app, magento, 'https://shop.test', 'token-of-nobody');
  await transaction(app.services, async (tx) => {
    await app.services.jobs.notDue(tx, checkJob, check.id);
    await tx.update(checks).set({ isRunning: false, failures: 0, nextAt: null }).where(eq(checks.id, check.id));
  });
  return taskId;
}

const part = (taskId: string) => `/tasks/${taskId}?part=input`;

export const credentialsScreens: Screen[] = [
  {
    name: 'credentials that will be tried',
    as: 'client',
    path: async (app) => part((await asked(app, access)).id),
    isLoaded: (page) => page.getByText(/read_inventory/).waitFor(),
    mainAction: t('inputs.credentials.submit'),
  },
  {
    name: 'credentials that were refused',
    as: 'client',
    // With a blank in it a token is no token: it is refused without a call.
    path: async (app) => part((await tried(app, access, 'maison-lavande.myshopify.com', 'shpat_of nobody')).taskId),
    isLoaded: (page) => page.getByText('Shopify refuses these credentials').waitFor(),
    mainAction: t('inputs.credentials.replace'),
  },
  {
    name: 'credentials at a shop that does not answer',
    as: 'client',
    path: async (app) => part(await unanswered(app)),
    isLoaded: (page) => page.getByText(t('checks.never')).waitFor(),
    mainAction: t('checks.again.CREDENTIALS'),
  },
  {
    name: 'credentials that were refused, for the PM',
    as: 'pm',
    path: async (app) => part((await tried(app, magento, 'https://10.0.0.1', 'token-of-nobody')).taskId),
    isLoaded: (page) => page.getByText('Magento is not reached at what was entered').waitFor(),
    mainAction: t('checks.again.CREDENTIALS'),
  },
  {
    name: 'credentials of a template',
    as: 'pm',
    path: () => '/templates',
    isLoaded: async (page) => {
      await page.getByRole('link', { name: 'E-mail on Magento' }).click();
      await page.getByRole('button', { name: t('templates.screen.edit') }).click();
      await page.getByRole('button', { name: t('templates.screen.publish') }).waitFor();
      const road = page.getByRole('navigation', { name: t('templates.outline.label') });
      await road.getByRole('button', { name: /access for machines/i }).click();
      await page.getByLabel(t('templateChecks.test')).selectOption('PRESTASHOP');
      await page.getByLabel(t('templateChecks.scopes')).fill('products:get');
      await page.getByText(t('templates.status.saved'), { exact: true }).waitFor();
    },
    mainAction: t('templates.inputs.fieldAdd'),
  },
];
