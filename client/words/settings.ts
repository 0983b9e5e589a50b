import type { i18n } from 'i18next';
import { audit } from './en/audit.ts';
import { company } from './en/company.ts';
import { delegation } from './en/delegation.ts';
import { settings } from './en/settings.ts';
import { tokens } from './en/tokens.ts';

/** Adds the words of the settings: no other screen says them. */
export function addSettingsWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { audit, company, delegation, settings, tokens }, true, true);
}
