/** The case at work: customer and invoices, what to say, and what came of it. */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import './call.css';
import type { Answer } from '../../bridge/use-query.ts';
import { useQuery } from '../../bridge/use-query.ts';
import type { CaseScreen, ScriptScreen } from '../../../shared/contract/screens.ts';
import type { CaseId } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { Failed, Loading } from '../../ui/state-views.tsx';
import { useCall } from './call-store.ts';
import { CaseHeader } from './case-header.tsx';
import { CustomerPanel } from './customer-panel.tsx';
import { saveDraftNow } from './draft-saver.ts';
import { OutcomePanel } from './outcome-panel.tsx';
import { ScriptPanel } from './script-panel.tsx';
import { useSaveOutcome } from './use-save-outcome.ts';

interface Props {
  caseId: CaseId;
  onBack: () => void;
  onNext: (from: CaseId) => Promise<void>;
}

export function CallScreen({ caseId, onBack, onNext }: Props): ReactNode {
  const { locale } = useWords();
  const screen = useQuery('show-case', { caseId });
  // Asked for at once with the case: one after the other, they would keep the operator waiting twice.
  const script = useQuery('show-script', { caseId, locale });
  const started = useCall((store) => store.caseId === caseId);
  const start = useCall((store) => store.start);
  useEffect(() => {
    if (screen.data !== null && !started) start(screen.data);
  }, [screen.data, started, start]);
  useEffect(() => () => {
    void saveDraftNow();
    useCall.setState({ caseId: null });
  }, []);
  useEffect(() => {
    const keep = (): void => { void saveDraftNow(); };
    window.addEventListener('pagehide', keep);
    return () => { window.removeEventListener('pagehide', keep); };
  }, []);
  if (screen.data === null) {
    return <main className="fill">{screen.error === null ? <Loading /> : <Failed error={screen.error} onRetry={screen.askAgain} />}</main>;
  }
  return started ? <Workspace screen={screen.data} script={script} lost={screen.error} onBack={onBack} onNext={onNext} /> : <main className="fill"><Loading /></main>;
}

interface WorkspaceProps {
  screen: CaseScreen;
  script: Answer<ScriptScreen>;
  /** Why the case can no longer be read, while its last state still stands on the screen. */
  lost: AppError | null;
  onBack: () => void;
  onNext: (from: CaseId) => Promise<void>;
}

function Workspace({ screen, script, lost, onBack, onNext }: WorkspaceProps): ReactNode {
  const { t } = useWords();
  const scriptVersion = script.data === null ? null : `${script.data.scriptId}@${script.data.version}`;
  const { save } = useSaveOutcome(screen, scriptVersion);
  const setInline = useCall((store) => store.setInline);
  const followNumbers = useCall((store) => store.followNumbers);
  useEffect(() => {
    followNumbers(screen.numbers);
  }, [screen.numbers, followNumbers]);

  const leaving = useRef(false);
  const saveAndNext = async (): Promise<void> => {
    // A key pressed twice must not save an empty form while the next case is on its way.
    if (leaving.current) return;
    leaving.current = true;
    if (await save()) await onNext(screen.caseId);
    leaving.current = false;
  };
  useShortcuts({
    saveNext: () => { void saveAndNext(); },
    save: () => { void save(); },
    note: () => { setInline({ kind: 'note' }); },
    attach: () => { setInline({ kind: 'attach' }); },
    addPerson: () => { setInline({ kind: 'party', partyId: null }); },
    addContact: () => { setInline({ kind: 'point', pointId: null }); },
    wishes: () => { setInline({ kind: 'preferences', partyId: null }); },
    history: () => { document.getElementById('timeline-filter')?.focus(); },
    outcomeCode: () => { document.getElementById('outcome-code')?.focus(); },
    Escape: () => {
      if (useCall.getState().inline === null) onBack();
      else setInline(null);
    },
  });
  return (
    <main className="case" aria-label={t('case.title', { name: screen.customer.name })}>
      <CaseHeader screen={screen} />
      <div className="case-panels">
        <CustomerPanel screen={screen} scriptVersion={scriptVersion} />
        <ScriptPanel script={script} />
        <OutcomePanel screen={screen} lost={lost} onSave={() => { void save(); }} onSaveAndNext={() => { void saveAndNext(); }} />
      </div>
    </main>
  );
}
