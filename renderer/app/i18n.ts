/** The two languages, both bundled: switching asks nobody. */
import i18next from 'i18next';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import en from '../../assets/locales/en.json' with { type: 'json' };
import itTexts from '../../assets/locales/it.json' with { type: 'json' };
import type { Locale } from '../../shared/contract/contract.ts';
import type { Formatter } from './format.ts';
import { makeFormatter } from './format.ts';

const storageKey = 'premura-language';
let systemLanguage = 'it';

/** The language of this PC before anybody is signed in: chosen there, else the system's, else Italian. */
export function readPcLanguage(): Locale {
  return localeOf(localStorage.getItem(storageKey) ?? systemLanguage);
}

export function keepPcLanguage(locale: Locale): void {
  localStorage.setItem(storageKey, locale);
  changeLanguage(locale);
}

/** Starts in the language of this PC. */
export function startTranslations(systemLocale: string): void {
  systemLanguage = systemLocale;
  void i18next.use(initReactI18next).init({
    resources: { it: { translation: itTexts }, en: { translation: en } },
    lng: readPcLanguage(),
    fallbackLng: 'it',
    supportedLngs: ['it', 'en'],
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
  document.documentElement.lang = i18next.language;
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
}

/** Changes the language of the whole app at once, for as long as this page or this operator is here. */
export function changeLanguage(locale: Locale): void {
  void i18next.changeLanguage(locale);
}

export interface Words {
  t: TFunction;
  format: Formatter;
  locale: Locale;
}

/** One of each for the whole page: making a formatter costs more than rendering what uses it. */
const formatters: Readonly<Record<Locale, Formatter>> = { it: makeFormatter('it'), en: makeFormatter('en') };

/** Words and formats of the language now chosen. */
export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  return useMemo(() => ({ t, locale, format: formatters[locale] }), [t, locale]);
}

function localeOf(language: string): Locale {
  return language.toLowerCase().startsWith('en') ? 'en' : 'it';
}
