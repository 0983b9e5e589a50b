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

const turns = /[\u202a-\u202e\u2066-\u2069]/g;
const turned = /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

/** What is written from right to left, or turns what follows, stands in a sentence of ours without turning that. */
export function isolated(text: string): string {
  return turned.test(text) ? `\u2068${text.replace(turns, '')}\u2069` : text;
}

/** The words of the page, but for those that come with their screens. React escapes what it shows, so the catalogue only isolates it. */
export function createWords(): i18n {
  const words = i18next.createInstance();
  words.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: atOnce } },
    interpolation: { escape: isolated },
    initAsync: false,
  });
  return words;
}
