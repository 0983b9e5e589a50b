import { atOnce } from './atOnce.ts';
import { templateChecks } from './templateChecks.ts';
import { templates } from './templates.ts';

/**
 * The English catalogue, one file per area. A key is `area.word`; `_one` and `_other` are its plural forms. Areas that few
 * people ever see come with their screens (`client/words/authors.ts`), the others at once.
 */
export const en = { ...atOnce, templates, templateChecks };
