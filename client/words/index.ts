import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { atOnce } from './en/atOnce.ts';
import type { en } from './en/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** The words of the page, but for those that come with their screens. React escapes what it shows, so the catalogue does not. */
export function createWords(): i18n {
  const words = i18next.createInstance();
  words.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: atOnce } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return words;
}
