import type { TestApp } from '../support/app.ts';
import {
  aFile,
  aForm,
  aMeeting,
  anAddress,
  anApproval,
  someCredentials,
  taskWithInputs,
} from '../support/taskWithInputs.ts';
import { t } from '../support/words.ts';
import type { Screen } from './screenList.ts';

/** A screen of a task that asks for these, made when it is visited: no playbook of the sample asks for them. */
function asking(name: string, as: Screen['as'], mainAction: string | null, ...inputs: unknown[]): Screen {
  return {
    name,
    as,
    async path(app: TestApp) {
      const midway = app.world.clients.find((client) => client.account.name === 'Maison Lavande');
      const projectId = midway?.project.id ?? app.world.project.id;
      const { id } = await taskWithInputs(app.services, projectId, {}, inputs);
      return `/tasks/${id}?part=input`;
    },
    isLoaded: async (page) => {
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('heading', { level: 2 }).first().waitFor();
    },
    mainAction,
  };
}

export const inputScreens: Screen[] = [
  asking('form', 'client', t('inputs.form.handIn'), aForm),
  asking('credentials', 'client', t('inputs.credentials.submit'), someCredentials),
  asking('credentials for the client', 'pm', t('inputs.credentials.submit'), someCredentials),
  asking('approval', 'client', null, anApproval()),
  asking('meeting to propose', 'pm', t('inputs.meeting.propose'), aMeeting),
  asking('task with two inputs', 'client', t('submissions.file.choose'), aFile, anAddress),
];
