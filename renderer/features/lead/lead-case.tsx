/** Any case, to be read as its operator reads it, and what a lead decides about it. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import '../call/call.css';
import { useQuery } from '../../bridge/use-query.ts';
import type { LeadCaseScreen } from '../../../shared/contract/lead-channels.ts';
import type { CaseId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Failed, Loading } from '../../ui/state-views.tsx';
import { CaseHeader } from '../call/case-header.tsx';
import { CaseState } from '../call/case-state.tsx';
import { rememberOpener, returnToOpener } from '../call/inline-focus.ts';
import { InvoiceList } from '../call/invoice-list.tsx';
import { PeopleBlock } from '../call/people-block.tsx';
import type { Act } from './lead-acts.ts';
import { mayAllow, outcomeToCorrect } from './lead-acts.ts';
import { LeadDecisions } from './lead-decisions.tsx';
import { LeadHistory } from './lead-history.tsx';

export function LeadCase({ caseId, onBack }: { caseId: CaseId; onBack: () => void }): ReactNode {
  const { t } = useWords();
  const found = useQuery('show-lead-case', { caseId });
  if (found.data === null) {
    return (
      <div className="lead-case-wait">
        <Button onClick={onBack}>{t('lead.back')} <KeyHint keys="Esc" /></Button>
        {found.error === null ? <Loading /> : <Failed error={found.error} onRetry={found.askAgain} />}
      </div>
    );
  }
  return <LeadCaseView found={found.data} onBack={onBack} />;
}

function LeadCaseView({ found, onBack }: { found: LeadCaseScreen; onBack: () => void }): ReactNode {
  const { t } = useWords();
  const [act, setAct] = useState<Act | null>(null);
  const { screen } = found;
  const open = (next: Act): void => {
    if (act === null) rememberOpener();
    setAct(next);
  };
  const close = (): void => {
    setAct(null);
    returnToOpener();
  };
  useShortcuts({
    suspend: () => { open({ name: 'suspend' }); },
    prioritise: () => { open({ name: 'prioritise' }); },
    assign: () => { open({ name: 'assign' }); },
    writeHolder: () => { open({ name: 'write' }); },
    allow: () => { if (mayAllow(found)) open({ name: 'allow' }); },
    correct: () => {
      const factId = outcomeToCorrect(found);
      if (factId !== null) open({ name: 'correct', factId });
    },
    Escape: () => { if (act === null) onBack(); else close(); },
  });
  return (
    <div className="lead-case" data-testid="lead-case">
      <CaseHeader screen={screen} />
      <div className="lead-case-two">
        <section className="lead-case-read" aria-label={t('case.customerPanel')} tabIndex={0}>
          <CaseState screen={screen} inCall={false} />
          <PeopleBlock screen={screen} edit={null} />
          <InvoiceList screen={screen} />
          <LeadHistory found={found} act={act} onOpen={open} onClose={close} />
        </section>
        <LeadDecisions found={found} act={act} onOpen={open} onClose={close} onBack={onBack} />
      </div>
    </div>
  );
}
