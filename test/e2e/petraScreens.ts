import type { TestApp } from '../support/app.ts';
import { t } from '../support/words.ts';
import type { Screen } from './screenList.ts';

/** The account with two products: the sample's tasks of every kind are on its road. */
export const petra = (app: Pick<TestApp, 'world'>) =>
  app.world.clients.find((client) => client.account.name === 'Petra Keramik')!;
const taskOf = (app: TestApp, key: string) => petra(app).tasks.find((task) => task.key === key)!;

/** A task of it as it stands, its input in view. */
function task(name: string, as: Screen['as'], key: string, shows: string, mainAction: string | null = null): Screen {
  return {
    name,
    as,
    path: (app) => `/tasks/${taskOf(app, key).id}?part=input`,
    isLoaded: async (page) => {
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByText(shows).first().waitFor();
    },
    mainAction,
  };
}

const waive = `mutation ($id: ID!, $input: TaskWaiveInput!) {
  taskWaive(id: $id, input: $input) { userErrors { code } }
}`;

export const petraScreens: Screen[] = [
  {
    name: 'project of two products',
    as: 'lead',
    path: (app) => `/projects/${petra(app).project.id}`,
    isLoaded: (page) =>
      page
        .getByRole('heading', { name: t('project.road.title') })
        .first()
        .waitFor(),
    mainAction: null,
  },
  {
    name: 'project of two products of the PM',
    as: 'pm',
    path: (app) => `/projects/${petra(app).project.id}`,
    isLoaded: (page) =>
      page
        .getByRole('heading', { name: t('project.road.title') })
        .first()
        .waitFor(),
    mainAction: t('project.next.openStuck'),
  },
  task('form that was handed in', 'lead', 'businessGoals', 'Items per order; 1.7 today'),
  task('form with a choice of places', 'lead', 'placements', 'Product page', t('inputs.form.handIn')),
  task('meeting that has taken place', 'lead', 'kickoffMeeting', t('submissions.state.doneWithout')),
  task('approval that was given', 'lead', 'dataAgreement', 'Read by our lawyer, no objections.'),
  task(
    'approval of two things of one name',
    'lead',
    'goLiveApproval',
    t('inputs.oneOfAlike', { label: 'Your approval', number: 2, all: 2 }),
  ),
  task('credentials that were given', 'lead', 'apiAccess', t('inputs.credentials.givenOnly')),
  task('credentials to look at', 'pm', 'apiAccess', t('inputs.credentials.givenOnly')),
  task('task that is stuck', 'pm', 'moduleInstall', 'Is there a version for 8.2?', t('inputs.noInput.complete')),
  task('task that is stuck, for the client', 'lead', 'moduleInstall', 'Is there a version for 8.2?'),
  task('internal task', 'pm', 'launchWatch', t('inputs.noInput.mine')),
  {
    ...task('task that was waived', 'pm', 'brand', 'Their brand book came with the contract.'),
    async path(app) {
      const pm = await app.signIn(app.world.staff.find((person) => person.id === petra(app).project.pmId)!);
      const { id } = taskOf(app, 'brand');
      const { task: now } = await pm.ask('query ($id: ID!) { task(id: $id) { revision } }', { id });
      const input = { revision: now.revision, reason: 'Their brand book came with the contract.' };
      await pm.ask(waive, { id, input });
      return `/tasks/${id}?part=input`;
    },
  },
];
