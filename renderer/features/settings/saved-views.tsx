/** The saved views in the order of their keys: renamed, moved, removed. They are made in the list itself. */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import type { ReactNode } from 'react';
import type { SavedView } from '../../../shared/contract/settings-channels.ts';
import { useWords } from '../../app/i18n.ts';
import { useSettings } from '../../app/settings-store.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import type { Save } from './settings-screen.tsx';

export function SavedViews({ save }: { save: Save }): ReactNode {
  const { t } = useWords();
  const views = useSettings((store) => store.settings.savedViews);
  if (views.length === 0) return <p className="dim">{t('savedView.none')}</p>;
  const put = (value: SavedView[]): void => { save({ key: 'savedViews', value }); };
  const rename = (place: number, typed: string): void => {
    const name = typed.trim();
    const view = views[place];
    if (view === undefined || name === '' || views.some((other) => other.name === name)) return;
    put(views.with(place, { ...view, name }));
  };
  const moveUp = (place: number): void => {
    const [before, view] = [views[place - 1], views[place]];
    if (before !== undefined && view !== undefined) put(views.with(place - 1, view).with(place, before));
  };
  return (
    <ul className="key-list saved-views">
      {views.map((view, place) => (
        <li key={view.name}>
          <InputBase
            defaultValue={view.name} inputProps={{ 'aria-label': t('savedView.nameOf', { name: view.name }), maxLength: 60, autoComplete: 'off' }}
            onBlur={(event) => { rename(place, event.target.value); }}
            onKeyDown={(event) => { if (event.key === 'Enter' && event.target instanceof HTMLElement) event.target.blur(); }}
          />
          <span className="dim">{t(`view.${view.view}`)}</span>
          <KeyHint keys={`Alt ${String(place + 1)}`} />
          <Button className="quiet" disabled={place === 0} aria-label={t('savedView.moveUpOf', { name: view.name })} onClick={() => { moveUp(place); }}>{t('savedView.moveUp')}</Button>
          <Button className="quiet" aria-label={t('savedView.removeOf', { name: view.name })} onClick={() => { put(views.filter((_view, other) => other !== place)); }}>{t('savedView.remove')}</Button>
        </li>
      ))}
    </ul>
  );
}
