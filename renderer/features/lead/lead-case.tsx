/** Any case, to be read, and what a lead decides about it. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import '../call/call.css';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import type { LeadCaseScreen, Resumable } from '../../../shared/contract/lead-channels.ts';
import type { CaseId, FactId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { reasonSentences } from '../../app/sentences.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { KeyHint, ShortcutHint } from '../../ui/key-hint.tsx';
import { Failed, Loading } from '../../ui/state-views.tsx';
import { CaseHeader } from '../call/case-header.tsx';
import { InvoiceList } from '../call/invoice-list.tsx';
import { TimelineRow } from '../call/timeline-row.tsx';
import { AssignForm } from './assign-form.tsx';
import type { Verdict } from './audit-form.tsx';
import { AuditForm, verdicts } from './audit-form.tsx';
import { DecisionForm } from './decision-form.tsx';
import { SuspendForm } from './suspend-form.tsx';

type Act = { name: 'suspend' } | { name: 'assign' } | { name: 'resume'; factId: FactId } | { name: 'annul'; factId: FactId } | { name: 'audit'; factId: FactId; verdict: Verdict };

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
  const { t, format } = useWords();
  const [act, setAct] = useState<Act | null>(null);
  const { screen, resumable } = found;
  const close = (): void => { setAct(null); };
  useShortcuts({
    suspend: () => { setAct({ name: 'suspend' }); },
    assign: () => { setAct({ name: 'assign' }); },
    Escape: () => { if (act === null) onBack(); else close(); },
  });
  return (
    <div className="lead-case" data-testid="lead-case">
      <CaseHeader screen={screen} />
      <div className="lead-case-two">
        <section className="lead-case-read" aria-label={t('case.customerPanel')} tabIndex={0}>
          <p className="why"><b>{t('case.whyNow')}:</b> {reasonSentences(screen.reasons, t, format).join(' · ')}</p>
          <dl className="facts lead-facts">
            <dt>{t('fact.kind')}</dt><dd>{t(`kind.${screen.customer.kind}`)} · {screen.customer.code}</dd>
            <dt>{t('fact.phone')}</dt><dd>{screen.numbers.map(({ raw }) => raw).join(' · ') || t('fact.noPhone')}</dd>
            {screen.customer.taxCode === null ? null : <><dt>{t('fact.taxCode')}</dt><dd>{screen.customer.taxCode}</dd></>}
          </dl>
          <InvoiceList screen={screen} />
          <div className="block">
            <div className="block-head"><h2>{t('case.history')}</h2><span className="dim">{t('lead.noActors')}</span></div>
            {screen.history.length === 0 ? <p className="dim">{t('history.empty')}</p> : (
              <ul className="lead-history" data-testid="lead-timeline">
                {screen.history.map((entry) => {
                  const standing = found.standing.find(({ factId }) => factId === entry.factId);
                  return (
                    <li key={entry.factId}>
                      <TimelineRow screen={screen} entry={entry} />
                      {standing === undefined || entry.kind !== 'outcome' ? null : (
                        <span className="history-acts">
                          {standing.auditable ? verdicts.map((verdict) => (
                            <Button key={verdict} className="quiet" onClick={() => { setAct({ name: 'audit', factId: entry.factId, verdict }); }}>{t(`lead.do.${verdict}`)}</Button>
                          )) : null}
                          <Button className="quiet" onClick={() => { setAct({ name: 'annul', factId: entry.factId }); }}>{t('lead.annul')}</Button>
                        </span>
                      )}
                      {act?.name === 'annul' && act.factId === entry.factId ? <AnnulForm caseId={screen.caseId} factId={entry.factId} onClose={close} /> : null}
                      {act?.name === 'audit' && act.factId === entry.factId ? <AuditForm caseId={screen.caseId} factId={entry.factId} verdict={act.verdict} onClose={close} /> : null}
                    </li>
                  );
                })}
              </ul>
            )}
          </div>
        </section>
        <section className="lead-case-acts" aria-label={t('lead.decisions')} tabIndex={0}>
          <div className="lead-acts-head">
            <h2>{t('lead.decisions')}</h2>
            <Button onClick={onBack}>{t('lead.back')} <KeyHint keys="Esc" /></Button>
          </div>
          <AssignmentLine found={found} />
          {resumable.length === 0 ? null : (
            <ul className="resumables" aria-label={t('lead.stopped')}>
              {resumable.map((entry) => (
                <li key={entry.factId}>
                  <span>{resumableText(entry, t, format)}</span>
                  <Button onClick={() => { setAct({ name: 'resume', factId: entry.factId }); }}>{t('lead.do.resume')}</Button>
                  {act?.name === 'resume' && act.factId === entry.factId ? (
                    <DecisionForm
                      title={t('lead.resume')} reasonLabel={t('lead.reason')} submitLabel={t('lead.do.resume')} saved={t('lead.done.resumed')} onClose={close}
                      decide={(reason) => command('resume-activity', { caseId: screen.caseId, targetFactId: entry.factId, reason })}
                    />
                  ) : null}
                </li>
              ))}
            </ul>
          )}
          {act?.name === 'suspend' ? <SuspendForm screen={screen} onClose={close} /> : (
            <Button onClick={() => { setAct({ name: 'suspend' }); }}>{t('lead.suspend')} <ShortcutHint id="suspend" /></Button>
          )}
          {act?.name === 'assign' ? <AssignForm caseId={screen.caseId} onClose={close} /> : (
            <Button onClick={() => { setAct({ name: 'assign' }); }}>{t('lead.assign')} <ShortcutHint id="assign" /></Button>
          )}
        </section>
      </div>
    </div>
  );
}

/** When a new operator has the customer: at once, when the desk before has let go, at the latest at … */
function AssignmentLine({ found }: { found: LeadCaseScreen }): ReactNode {
  const { t, format } = useWords();
  const { state, untilMs } = found.assignment;
  return <p className={`assignment assignment-${state}`} role="status">{t(`lead.assignment.${state}`, { at: untilMs === null ? '' : format.moment(untilMs) })}</p>;
}

function AnnulForm({ caseId, factId, onClose }: { caseId: CaseId; factId: FactId; onClose: () => void }): ReactNode {
  const { t, locale } = useWords();
  return (
    <DecisionForm
      title={t('lead.annul')} reasonLabel={t('lead.reason')} reasonHint={t('lead.annulNote')} submitLabel={t('lead.annul')} saved={t('lead.done.annulled')} onClose={onClose}
      decide={(reason) => command('correct-as-lead', { caseId, targetFactId: factId, form: null, reason, locale })}
    />
  );
}

function resumableText(entry: Resumable, t: ReturnType<typeof useWords>['t'], format: ReturnType<typeof useWords>['format']): string {
  switch (entry.kind) {
    case 'stop':
      return t('lead.stopText', { what: t(`outcome.${entry.code}`), at: format.past(entry.at) });
    case 'represented':
      return t('reason.represented', { name: entry.name });
    case 'suspension': {
      const { kind, until, reason } = entry.suspension;
      const what = kind === 'excluded' ? t('history.excluded') : until === null ? t('history.suspended') : t('history.suspendedUntil', { date: format.date(until) });
      return `${entry.invoiceNumber === null ? what : `${entry.invoiceNumber}: ${what}`} · ${reason}`;
    }
  }
}
