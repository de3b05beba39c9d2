/**
 * Applies the operator's own settings while that operator is signed in, and what this PC shows to everybody afterwards.
 *
 * Invariant: an operator's choice never changes what the next person at this PC finds.
 */
import { useColorScheme } from '@mui/material/styles';
import { useLayoutEffect } from 'react';
import { useQuery } from '../bridge/use-query.ts';
import { defaultSettings } from '../../shared/contract/settings-channels.ts';
import { changeLanguage, readPcLanguage } from './i18n.ts';
import { useSettings } from './settings-store.ts';
import { useBindings } from './shortcut-store.ts';
import { readPcTheme } from './theme.ts';

/** @returns false until they are known, or known not to be readable */
export function useOwnSettings(): boolean {
  const { data, error } = useQuery('show-settings', {});
  const { settings, adopt } = useSettings();
  const { setMode } = useColorScheme();
  useLayoutEffect(() => {
    if (data !== null) adopt(data);
  }, [data, adopt]);
  useLayoutEffect(() => () => { adopt(defaultSettings); }, [adopt]);

  const { language, theme, density, shortcuts } = settings;
  useLayoutEffect(() => {
    changeLanguage(language ?? readPcLanguage());
    return () => { changeLanguage(readPcLanguage()); };
  }, [language]);
  useLayoutEffect(() => {
    setMode(theme ?? readPcTheme());
    return () => { setMode(readPcTheme()); };
  }, [theme, setMode]);
  useLayoutEffect(() => {
    document.documentElement.dataset['density'] = density;
  }, [density]);
  useLayoutEffect(() => {
    useBindings.getState().apply(shortcuts);
  }, [shortcuts]);
  return data !== null || error !== null;
}
