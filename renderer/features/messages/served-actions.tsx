/**
 * A case that is a colleague's, opened for somebody who called: pass the call to whoever works it now, or leave a word.
 *
 * Invariant: nobody is named; a word goes to whoever has the case when the hub hears of it.
 */
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import './messages.css';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { useLine } from '../telephone/line-store.ts';
import { frontCall, whatMayBeDone } from '../telephone/line-view.ts';
import { MessageForm } from './message-form.tsx';

export function ServedActions({ screen }: { screen: Pick<CaseScreen, 'caseId' | 'reasons'> }): ReactNode {
  const at = screen.reasons.find(({ key }) => key === 'colleague-at');
  const isWorked = at !== undefined || screen.reasons.some(({ key }) => key === 'colleague');
  const isServed = isWorked || screen.reasons.some(({ key }) => key === 'served');
  return isServed ? <Actions key={screen.caseId} screen={screen} isWorked={isWorked} extension={at === undefined ? null : String(at.params['extension'])} /> : null;
}

function Actions({ screen, isWorked, extension }: { screen: Pick<CaseScreen, 'caseId'>; isWorked: boolean; extension: string | null }): ReactNode {
  const { t } = useWords();
  const [writes, setWrites] = useState(false);
  const mayPass = useLine(({ screen: line }) => {
    const front = frontCall(line?.calls ?? []);
    return front !== null && whatMayBeDone(front).transfer;
  });
  useShortcuts({ writeColleague: () => { setWrites(true); } });
  useEffect(() => {
    useLine.setState({ passTo: extension ?? '' });
    return () => { useLine.setState({ passTo: '' }); };
  }, [extension]);
  return (
    <div className="served-actions" role="group" aria-label={t('message.colleagueHas')} data-testid="served-actions">
      {isWorked && mayPass ? <Button className="primary" onClick={() => { useLine.setState({ panel: 'transfer', error: null }); }}>{t('message.passTo')} <ShortcutHint id="passCall" /></Button> : null}
      <Button aria-expanded={writes} onClick={() => { setWrites(!writes); }}>{t('message.toColleague')} <ShortcutHint id="writeColleague" /></Button>
      {writes ? <MessageForm caseId={screen.caseId} isUnderTitle onClose={() => { setWrites(false); }} /> : null}
    </div>
  );
}
