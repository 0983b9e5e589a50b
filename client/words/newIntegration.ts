import type { i18n } from 'i18next';
import { newIntegration } from './en/newIntegration.ts';

/** Adds the words of starting an integration, which clients never do. */
export function addNewIntegrationWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { newIntegration }, true, true);
}
