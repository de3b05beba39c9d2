/** The operator's menu: theme, language, settings, shortcuts, and going home with nothing forgotten. */
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useColorScheme } from '@mui/material/styles';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import type { Locale } from '../../../shared/contract/contract.ts';
import type { SettingChange } from '../../../shared/contract/settings-channels.ts';
import type { User } from '../../../shared/protocol/session-protocol.ts';
import { useWords } from '../../app/i18n.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { saveSetting } from '../../app/settings-store.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { useGuide } from '../training/guide-store.ts';
import { saveDraftNow } from '../call/draft-saver.ts';
import { useRunningCall } from '../call/running-call.ts';

interface Props {
  user: User;
  unsentCount: number;
  onSignedOut: () => void;
}

const modes = ['system', 'light', 'dark'] as const;
const languages: readonly { locale: Locale; label: string }[] = [{ locale: 'it', label: 'Italiano' }, { locale: 'en', label: 'English' }];

export function AppMenu({ user, unsentCount, onSignedOut }: Props): ReactNode {
  const { t, locale, format } = useWords();
  const { mode } = useColorScheme();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const setShortcutsOpen = useNavigation((store) => store.setShortcutsOpen);
  const openCalls = useRunningCall(({ call, waiting }) => (call === null ? 0 : 1) + waiting.length);
  const close = (): void => { setAnchor(null); };

  const choose = (change: SettingChange): void => {
    close();
    void saveSetting(change).then((saved) => {
      if (!saved.ok) useNotice.getState().warn(errorSentence(saved.error, t, format));
    });
  };
  const openSettings = async (): Promise<void> => {
    close();
    await saveDraftNow();
    useNavigation.getState().go({ name: 'settings' });
  };
  /** The guide begins at the list. */
  const openGuide = async (): Promise<void> => {
    await saveDraftNow();
    useNavigation.getState().go({ name: 'worklist' });
    useGuide.getState().begin();
  };
  const signOut = async (): Promise<void> => {
    close();
    await saveDraftNow();
    const result = await command('sign-out', {});
    if (result.ok) onSignedOut();
    else useNotice.getState().warn(errorSentence(result.error, t, format));
  };

  return (
    <>
      <Button
        className="who" aria-haspopup="menu" aria-expanded={anchor !== null} aria-label={t('menu.open', { name: `${user.displayName} ${t(`role.${user.role}`)}` })}
        onClick={(event) => { setAnchor(event.currentTarget); }}
      >
        <span className="who-name">{user.displayName}</span>{' '}
        <span className="dim">{t(`role.${user.role}`)}</span>
        <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true"><path d="m2 4 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.6" /></svg>
      </Button>
      <Menu disablePortal anchorEl={anchor} open={anchor !== null} onClose={close} slotProps={{ list: { 'aria-label': t('menu.title') } }}>
        {modes.map((entry) => (
          <MenuItem key={entry} role="menuitemradio" aria-checked={mode === entry} onClick={() => { choose({ key: 'theme', value: entry }); }}>
            <Check shown={mode === entry} /> {t(`settings.theme${entry === 'system' ? 'System' : entry === 'light' ? 'Light' : 'Dark'}`)}
          </MenuItem>
        ))}
        {languages.map((entry, index) => (
          <MenuItem
            key={entry.locale} role="menuitemradio" aria-checked={locale === entry.locale} lang={entry.locale} className={index === 0 ? 'menu-group' : ''}
            onClick={() => { choose({ key: 'language', value: entry.locale }); }}
          >
            <Check shown={locale === entry.locale} /> {entry.label}
          </MenuItem>
        ))}
        <MenuItem className="menu-group" onClick={() => { void openSettings(); }}>
          <Check shown={false} /> {t('settings.title')} <span className="spacer" /> <ShortcutHint id="showSettings" />
        </MenuItem>
        <MenuItem onClick={() => { close(); setShortcutsOpen(true); }}>
          <Check shown={false} /> {t('menu.shortcuts')} <span className="spacer" /> <ShortcutHint id="list" />
        </MenuItem>
        {user.role === 'collector' ? <MenuItem onClick={() => { close(); void openGuide(); }}><Check shown={false} /> {t('guide.again')}</MenuItem> : null}
        <MenuItem className="menu-group menu-sign-out" onClick={() => { void signOut(); }}>
          <Check shown={false} />
          <span>
            {t('menu.signOut')}
            <span className="menu-note">{unsentCount === 0 ? t('menu.nothingUnsent') : t('menu.unsent', { count: unsentCount })}</span>
            {openCalls === 0 ? null : <span className="menu-note menu-warning" data-testid="open-calls">{t('menu.openCalls', { count: openCalls })}</span>}
          </span>
        </MenuItem>
      </Menu>
    </>
  );
}

function Check({ shown }: { shown: boolean }): ReactNode {
  return (
    <svg className="menu-check" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {shown ? <path d="m2 6.4 2.6 2.6L10 3.4" fill="none" stroke="currentColor" strokeWidth="1.8" /> : null}
    </svg>
  );
}
