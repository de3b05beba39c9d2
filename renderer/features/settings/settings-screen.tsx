/** My settings: they follow me, not the PC; each is saved when it is chosen. */
import Button from '@mui/material/Button';
import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import './settings.css';
import type { SettingChange } from '../../../shared/contract/settings-channels.ts';
import { densities, themeChoices } from '../../../shared/contract/settings-channels.ts';
import type { AppInfo } from '../../bridge/preload-api.ts';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { saveSetting, useSettings } from '../../app/settings-store.ts';
import { AudioSettings } from '../telephone/audio-settings.tsx';
import { ProgressiveSetting } from '../agent/progressive-setting.tsx';
import { About } from './about.tsx';
import { SavedViews } from './saved-views.tsx';
import { ShortcutSettings } from './shortcut-settings.tsx';

export type Save = (change: SettingChange) => void;

const languages = [{ value: null, label: null }, { value: 'it', label: 'Italiano' }, { value: 'en', label: 'English' }] as const;

export function SettingsScreen({ appInfo, isLead }: { appInfo: AppInfo; isLead: boolean }): ReactNode {
  const { t, format } = useWords();
  const { language, theme, density } = useSettings((store) => store.settings);
  const [problem, setProblem] = useState<string | null>(null);
  const save = useCallback<Save>((change) => {
    void saveSetting(change).then((saved) => { setProblem(saved.ok ? null : errorSentence(saved.error, t, format)); });
  }, [t, format]);
  const reset = async (): Promise<void> => {
    const done = await command('reset-settings', {});
    setProblem(done.ok ? null : errorSentence(done.error, t, format));
    if (!done.ok) return;
    useSettings.getState().adopt(done.value);
    useNotice.getState().say(t('settings.resetDone'));
  };
  return (
    <main className="settings" aria-labelledby="settings-title">
      <div className="settings-page">
        <h1 id="settings-title">{t('settings.title')}</h1>
        <p className="dim">{t('settings.mine')}</p>
        {problem === null ? null : <p className="field-error" role="alert">{problem}</p>}
        <fieldset>
          <legend>{t('settings.language')}</legend>
          {languages.map((entry) => (
            <Radio key={entry.value ?? 'pc'} name="language" label={entry.label ?? t('settings.likePc')} checked={language === entry.value} onChoose={() => { save({ key: 'language', value: entry.value }); }} />
          ))}
        </fieldset>
        <fieldset>
          <legend>{t('settings.theme')}</legend>
          <Radio name="theme" label={t('settings.likePc')} checked={theme === null} onChoose={() => { save({ key: 'theme', value: null }); }} />
          {themeChoices.map((entry) => (
            <Radio key={entry} name="theme" label={t(`settings.themeOf.${entry}`)} checked={theme === entry} onChoose={() => { save({ key: 'theme', value: entry }); }} />
          ))}
        </fieldset>
        <fieldset>
          <legend>{t('settings.density')}</legend>
          {densities.map((entry) => (
            <Radio key={entry} name="density" label={t(`settings.densityOf.${entry}`)} checked={density === entry} onChoose={() => { save({ key: 'density', value: entry }); }} />
          ))}
        </fieldset>
        <AudioSettings />
        {isLead ? null : <ProgressiveSetting save={save} />}
        <section aria-labelledby="settings-views">
          <h2 id="settings-views">{t('worklist.savedViews')}</h2>
          <SavedViews save={save} />
        </section>
        <section aria-labelledby="settings-keys">
          <h2 id="settings-keys">{t('shortcuts.title')}</h2>
          <p className="dim">{t('keys.how')} <Button className="quiet" onClick={() => { save({ key: 'shortcuts', value: null }); }}>{t('keys.reset')}</Button></p>
          <ShortcutSettings isLead={isLead} save={save} />
        </section>
        <section aria-labelledby="settings-reset">
          <h2 id="settings-reset">{t('settings.reset')}</h2>
          <p className="dim">{t('settings.resetText')}</p>
          <Button onClick={() => { void reset(); }}>{t('settings.resetNow')}</Button>
        </section>
        <section aria-labelledby="settings-about">
          <h2 id="settings-about">{t('settings.about')}</h2>
          <About appInfo={appInfo} />
        </section>
      </div>
    </main>
  );
}

interface RadioProps {
  name: string;
  label: string;
  checked: boolean;
  onChoose: () => void;
}

function Radio({ name, label, checked, onChoose }: RadioProps): ReactNode {
  return (
    <label className="radio">
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <span>{label}</span>
    </label>
  );
}
