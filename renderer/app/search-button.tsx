/** The search, and its key on every screen. By itself: who is on the line changes with each word of the telephone, and nothing else up here does. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { useCallerToFind } from '../features/telephone/line-strip.tsx';
import { ShortcutHint } from '../ui/key-hint.tsx';
import { useWords } from './i18n.ts';
import { useNavigation } from './navigation-store.ts';
import { useShortcuts } from './use-shortcuts.ts';

export function SearchButton(): ReactNode {
  const { t } = useWords();
  const setSearchOpen = useNavigation((store) => store.setSearchOpen);
  const caller = useCallerToFind();
  const open = (): void => { setSearchOpen(true, caller ?? ''); };
  useShortcuts({ search: open });
  return <Button className="search-button" onClick={open}><span className="fits fits-end"><ShortcutHint id="search" /> <span>{t('bar.search')}</span></span></Button>;
}
