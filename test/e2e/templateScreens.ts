import { readPlaybook } from '../../server/templates/playbooks.ts';
import { writeTemplateFile } from '../../server/templates/templateFile.ts';
import { t } from '../support/words.ts';
import type { Screen } from './screenList.ts';

/** A file that says twice what is wrong with it. */
function brokenFile(): string {
  const { phases, ...head } = readPlaybook('emailShopify');
  const bad = phases.map((phase) => ({ ...phase, tasks: phase.tasks.map((task) => ({ ...task, minutes: 0 })) }));
  return writeTemplateFile({ ...head, phases: bad });
}

export const templateScreens: Screen[] = [
  {
    name: 'file of a template that was refused',
    as: 'pm',
    path: () => '/templates',
    isLoaded: async (page) => {
      await page.getByRole('button', { name: t('templates.import.open') }).click();
      const name = 'email.template.json';
      const file = { name, mimeType: 'application/json', buffer: Buffer.from(brokenFile()) };
      await page.locator('dialog input[type=file]').setInputFiles(file);
      await page.getByRole('button', { name: t('templates.import.chooseAnother') }).waitFor();
    },
    mainAction: t('templates.import.chooseAnother'),
  },
];
