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

/** Starts in the language chosen before, else in the system's, else in Italian. */
export function startTranslations(systemLocale: string): void {
  void i18next.use(initReactI18next).init({
    resources: { it: { translation: itTexts }, en: { translation: en } },
    lng: localeOf(localStorage.getItem(storageKey) ?? systemLocale),
    fallbackLng: 'it',
    supportedLngs: ['it', 'en'],
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
  document.documentElement.lang = i18next.language;
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    localStorage.setItem(storageKey, language);
  });
}

/** Changes the language of the whole app at once. */
export function changeLanguage(locale: Locale): void {
  void i18next.changeLanguage(locale);
}

export interface Words {
  t: TFunction;
  format: Formatter;
  locale: Locale;
}

/** Words and formats of the language now chosen. */
export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  return useMemo(() => ({ t, locale, format: makeFormatter(locale) }), [t, locale]);
}

function localeOf(language: string): Locale {
  return language.toLowerCase().startsWith('en') ? 'en' : 'it';
}
