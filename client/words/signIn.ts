import type { i18n } from 'i18next';
import { setUp } from './en/setUp.ts';
import { signIn } from './en/signIn.ts';

/** Adds the words of the doors: whoever is inside reads them no more. */
export function addSignInWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { setUp, signIn }, true, true);
}
