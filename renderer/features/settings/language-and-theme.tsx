/** Language and theme where nobody is signed in yet. */
import Button from '@mui/material/Button';
import { useColorScheme } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { keepPcLanguage, useWords } from '../../app/i18n.ts';
import type { ThemeChoice } from '../../app/theme.ts';
import { keepPcTheme } from '../../app/theme.ts';

export function LanguageAndTheme(): ReactNode {
  const { t, locale } = useWords();
  const { mode, systemMode, setMode } = useColorScheme();
  const isDark = (mode === 'system' ? systemMode : mode) === 'dark';
  const choose = (theme: ThemeChoice): void => {
    keepPcTheme(theme);
    setMode(theme);
  };
  return (
    <div className="inline-choices">
      <Button className="quiet" lang={locale === 'it' ? 'en' : 'it'} onClick={() => { keepPcLanguage(locale === 'it' ? 'en' : 'it'); }}>
        {locale === 'it' ? 'English' : 'Italiano'}
      </Button>
      <Button className="quiet" onClick={() => { choose(isDark ? 'light' : 'dark'); }}>{isDark ? t('settings.themeLight') : t('settings.themeDark')}</Button>
    </div>
  );
}
