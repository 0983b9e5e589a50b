import { atOnce } from './atOnce.ts';
import { firstLook } from './firstLook.ts';
import { firstLookMocks } from './firstLookMocks.ts';
import { reportDone } from './reportDone.ts';
import { templateChecks } from './templateChecks.ts';
import { templates } from './templates.ts';

/**
 * The English catalogue, one file per area. A key is `area.word`; `_one` and `_other` are its plural forms. What few
 * people see, or few screens, comes with those (`authors.ts`, `reports.ts` and `firstLook.ts` of `client/words`), the rest at once.
 */
export const en = {
  ...atOnce,
  report: { ...atOnce.report, ...reportDone },
  templates,
  templateChecks,
  firstLook,
  firstLookMocks,
};
