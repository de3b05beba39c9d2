/** Gives what the list shows a name; the same name again replaces it. */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { MOST_SAVED_VIEWS } from '../../../shared/contract/settings-channels.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { saveSetting, useSettings } from '../../app/settings-store.ts';
import { useWorklist } from './worklist-store.ts';

export function SaveView(): ReactNode {
  const { t, format } = useWords();
  const [name, setName] = useState(useWorklist.getState().savedName ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    const wanted = name.trim();
    const { view, creditorId, filter, nameSaved } = useWorklist.getState();
    const { savedViews } = useSettings.getState().settings;
    const saved = { name: wanted, view, creditorId, filter };
    const place = savedViews.findIndex((entry) => entry.name === wanted);
    if (wanted === '') {
      setProblem(t('savedView.nameMissing'));
      return;
    }
    if (place === -1 && savedViews.length >= MOST_SAVED_VIEWS) {
      setProblem(t('savedView.tooMany', { count: MOST_SAVED_VIEWS }));
      return;
    }
    const result = await saveSetting({ key: 'savedViews', value: place === -1 ? [...savedViews, saved] : savedViews.with(place, saved) });
    if (result.ok) {
      setProblem(null);
      nameSaved(wanted);
      useNotice.getState().say(t('savedView.saved', { name: wanted }));
    } else {
      setProblem(errorSentence(result.error, t, format));
    }
  };
  return (
    <form className="save-view" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <InputBase
        value={name} placeholder={t('savedView.name')} error={problem !== null}
        inputProps={{ 'aria-label': t('savedView.name'), 'aria-describedby': problem === null ? undefined : 'save-view-problem', maxLength: 60, autoComplete: 'off' }}
        onChange={(event) => { setName(event.target.value); setProblem(null); }}
      />
      <Button type="submit">{t('savedView.save')}</Button>
      {problem === null ? null : <p id="save-view-problem" className="field-error" role="alert">{problem}</p>}
    </form>
  );
}
