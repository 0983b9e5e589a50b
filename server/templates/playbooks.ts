import { existsSync, readFileSync } from 'node:fs';
import { leastOfShipped, problemLine, problemsIn, shapeProblems } from './checks.ts';
import { isReviewedByDefault, type Playbook, playbookSource } from './document.ts';
import { emailCustom } from './playbooks/emailCustom/playbook.ts';
import { emailMagento } from './playbooks/emailMagento/playbook.ts';
import { emailShopify } from './playbooks/emailShopify/playbook.ts';
import { recommendationsCustom } from './playbooks/recommendationsCustom/playbook.ts';
import { recommendationsMagento } from './playbooks/recommendationsMagento/playbook.ts';
import { recommendationsShopify } from './playbooks/recommendationsShopify/playbook.ts';
import { searchCustom } from './playbooks/searchCustom/playbook.ts';
import { searchMagento } from './playbooks/searchMagento/playbook.ts';
import { searchShopify } from './playbooks/searchShopify/playbook.ts';

export type { PhaseTemplate, Playbook, PlaybookSource, TaskTemplate } from './document.ts';

/** The playbooks that come with Slipway: one folder and one line each. */
const sources = {
  searchShopify,
  searchMagento,
  searchCustom,
  recommendationsShopify,
  recommendationsMagento,
  recommendationsCustom,
  emailShopify,
  emailMagento,
  emailCustom,
};
export type PlaybookKey = keyof typeof sources;
export const playbookKeys = Object.keys(sources) as PlaybookKey[];

/** A version of a playbook, read and checked only by whoever has not got it yet. */
export type PlaybookFile = { key: string; version: number; read(): Playbook };

export const playbookFiles: readonly PlaybookFile[] = playbookKeys.map((playbookKey) => {
  const { key, version } = sources[playbookKey];
  return { key, version, read: () => readPlaybook(playbookKey) };
});

/** Reads a playbook with its documentation from disk. Throws `PlaybookError` with everything that is wrong with it. */
export function readPlaybook(playbookKey: PlaybookKey): Playbook {
  const { platform } = sources[playbookKey];
  return buildPlaybook(sources[playbookKey], (taskKey) => documentationOnDisk(playbookKey, platform, taskKey));
}

/** The playbook's own page, else the one that all playbooks of its platform share, else the one that all share. */
function documentationOnDisk(playbookKey: string, platform: string, taskKey: string): string {
  const pages = [playbookKey, `shared/${platform.toLowerCase()}`, 'shared'].map(
    (folder) => new URL(`./playbooks/${folder}/${taskKey}.md`, import.meta.url),
  );
  const page = pages.find((url) => existsSync(url));
  return page ? readFileSync(page, 'utf8') : '';
}

export function buildPlaybook(from: unknown, documentationOf: (taskKey: string) => string): Playbook {
  const parsed = playbookSource.safeParse(from);
  if (!parsed.success) throw new PlaybookError(shapeProblems(from, parsed.error.issues).map(problemLine));
  const playbook: Playbook = {
    ...parsed.data,
    phases: parsed.data.phases.map((phase) => ({
      ...phase,
      tasks: phase.tasks.map((task) => ({
        ...task,
        isReviewWanted: task.isReviewWanted ?? isReviewedByDefault(task),
        documentation: documentationOf(task.key),
      })),
    })),
  };
  const problems = problemsIn(playbook, leastOfShipped);
  if (problems.length > 0) throw new PlaybookError(problems.map(problemLine));
  return playbook;
}

export class PlaybookError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
  }
}
