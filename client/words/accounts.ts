import type { i18n } from 'i18next';
import { accounts } from './en/accounts.ts';
import { audit } from './en/audit.ts';
import { inlineEdit } from './en/inlineEdit.ts';

/** Adds the words of the accounts, which clients never see, and those of what happened outside of projects. */
export function addAccountWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { accounts, audit, inlineEdit }, true, true);
}
