import type { i18n } from 'i18next';
import { guest } from './en/guest.ts';
import { inputs } from './en/inputs.ts';
import { signIn } from './en/signIn.ts';

/** Adds the words of the page of a guest, who reads nothing else. */
export function addGuestWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { guest, inputs, signIn }, true, true);
}
