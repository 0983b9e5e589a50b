import type { i18n } from 'i18next';
import { checks } from './en/checks.ts';
import { inputs } from './en/inputs.ts';
import { templateChecks } from './en/templateChecks.ts';
import { templateConditions } from './en/templateConditions.ts';
import { templates } from './en/templates.ts';
import { templateTable } from './en/templateTable.ts';

/** Adds the words of template authors: they come with the screens that say them. */
export function addAuthorWords(words: i18n): void {
  words.addResourceBundle(
    'en',
    'translation',
    { checks, inputs, templates, templateChecks, templateConditions, templateTable },
    true,
    true,
  );
}
