import type { i18n } from 'i18next';
import { firstLookStaff } from './en/firstLookStaff.ts';

/** Adds what the card of the first look says to the company alone. */
export function addFirstLookStaffWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { firstLook: firstLookStaff }, true, true);
}
