import type { i18n } from 'i18next';
import { invitation } from './en/invitation.ts';
import { signIn } from './en/signIn.ts';

/** Adds the words of an invitation: whoever reads them is not here yet. */
export function addInvitationWords(words: i18n): void {
  words.addResourceBundle('en', 'translation', { invitation, signIn }, true, true);
}
