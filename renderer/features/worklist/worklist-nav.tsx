/** Views, saved views and creditors with their counts. */
import ButtonBase from '@mui/material/ButtonBase';
import type { ReactNode } from 'react';
import { worklistViews } from '../../../shared/contract/screens.ts';
import type { WorklistScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { useSettings } from '../../app/settings-store.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { useWorklist } from './worklist-store.ts';

export function WorklistNav({ screen }: { screen: WorklistScreen | null }): ReactNode {
  const { t, format } = useWords();
  const { view, creditorId, savedName, showView, showCreditor, showSaved } = useWorklist();
  const savedViews = useSettings((store) => store.settings.savedViews);
  const creditors = screen?.creditors ?? [];
  return (
    <nav className="views" aria-label={t('worklist.views')}>
      {worklistViews.map((entry) => (
        <ButtonBase key={entry} className="view" aria-current={entry === view ? 'page' : undefined} onClick={() => { showView(entry); }}>
          <span className="view-name">{t(`view.${entry}`)}</span>
          <span className="view-count">{screen === null ? '' : format.count(screen.counts[entry])}</span>
        </ButtonBase>
      ))}
      {savedViews.length === 0 ? null : <h2>{t('worklist.savedViews')}</h2>}
      {savedViews.map((saved, index) => (
        <ButtonBase key={saved.name} className="view" aria-pressed={saved.name === savedName} onClick={() => { showSaved(saved); }}>
          <span className="view-name">{saved.name}</span>
          <KeyHint keys={`Alt ${String(index + 1)}`} />
        </ButtonBase>
      ))}
      {creditors.length === 0 ? null : <h2>{t('worklist.creditors')}</h2>}
      {creditors.length < 2 ? null : (
        <ButtonBase className="view" aria-pressed={creditorId === null} onClick={() => { showCreditor(null); }}>
          <span className="view-name">{t('worklist.allCreditors')}</span>
        </ButtonBase>
      )}
      {creditors.map((creditor) => (
        <ButtonBase
          key={creditor.creditorId} className="view" aria-pressed={creditor.creditorId === creditorId}
          onClick={() => { showCreditor(creditor.creditorId === creditorId ? null : creditor.creditorId); }}
        >
          <span className="view-name">{creditor.name}</span>
          <span className="view-count">{format.count(creditor.count)}</span>
        </ButtonBase>
      ))}
    </nav>
  );
}
