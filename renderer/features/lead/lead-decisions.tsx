/** Right of a case: what wants a look in it, who has it, what stops it, and what a lead may decide. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import type { LeadCaseScreen, Resumable } from '../../../shared/contract/lead-channels.ts';
import type { Words } from '../../app/i18n.ts';
import { useWords } from '../../app/i18n.ts';
import { KeyHint, ShortcutHint } from '../../ui/key-hint.tsx';
import { policySentence } from '../call/blocked-contact.tsx';
import { MessageForm } from '../messages/message-form.tsx';
import { AllowForm } from './allow-form.tsx';
import { AssignForm } from './assign-form.tsx';
import { DecisionForm } from './decision-form.tsx';
import { FlagText } from './flag-text.tsx';
import type { ActProps } from './lead-acts.ts';
import { mayAllow } from './lead-acts.ts';
import { LeadAgreements } from './lead-agreements.tsx';
import { PriorityForm } from './priority-form.tsx';
import { SettleForm } from './settle-form.tsx';
import { SuspendForm } from './suspend-form.tsx';

type Props = { found: LeadCaseScreen } & ActProps;

export function LeadDecisions({ onBack, ...props }: Props & { onBack: () => void }): ReactNode {
  const { t } = useWords();
  const { found: { screen }, act, onOpen, onClose } = props;
  return (
    <section className="lead-case-acts" aria-label={t('lead.decisions')} tabIndex={0}>
      <div className="lead-acts-head">
        <h2>{t('lead.decisions')}</h2>
        <Button onClick={onBack}>{t('lead.back')} <KeyHint keys="Esc" /></Button>
      </div>
      <AssignmentLine found={props.found} />
      <CaseFlags {...props} />
      <Stopped {...props} />
      <LeadAgreements {...props} />
      <Frequency found={props.found} />
      {mayAllow(props.found) ? (
        <Button aria-expanded={act?.name === 'allow'} onClick={() => { onOpen({ name: 'allow' }); }}>{t('lead.allow')} <ShortcutHint id="allow" /></Button>
      ) : null}
      {act?.name === 'allow' ? <AllowForm screen={screen} onClose={onClose} /> : null}
      <Button aria-expanded={act?.name === 'suspend'} onClick={() => { onOpen({ name: 'suspend' }); }}>{t('lead.suspend')} <ShortcutHint id="suspend" /></Button>
      {act?.name === 'suspend' ? <SuspendForm screen={screen} onClose={onClose} /> : null}
      <Button aria-expanded={act?.name === 'prioritise'} onClick={() => { onOpen({ name: 'prioritise' }); }}>{t('lead.prioritise')} <ShortcutHint id="prioritise" /></Button>
      {act?.name === 'prioritise' ? <PriorityForm target={{ caseId: screen.caseId }} onClose={onClose} /> : null}
      <Button aria-expanded={act?.name === 'assign'} onClick={() => { onOpen({ name: 'assign' }); }}>{t('lead.assign')} <ShortcutHint id="assign" /></Button>
      {act?.name === 'assign' ? <AssignForm caseId={screen.caseId} onClose={onClose} /> : null}
      <Button aria-expanded={act?.name === 'write'} onClick={() => { onOpen({ name: 'write' }); }}>{t('message.toHolder')} <ShortcutHint id="writeHolder" /></Button>
      {act?.name === 'write' ? <MessageForm caseId={screen.caseId} onClose={onClose} /> : null}
    </section>
  );
}

/** When a new operator has the customer: at once, when the desk before has let go, at the latest at … */
function AssignmentLine({ found }: { found: LeadCaseScreen }): ReactNode {
  const { t, format } = useWords();
  const { state, untilMs } = found.assignment;
  return <p className={`assignment assignment-${state}`} role="status">{t(`lead.assignment.${state}`, { at: untilMs === null ? '' : format.moment(untilMs) })}</p>;
}

/** Whether the rules let the person be called now, and what a lead has allowed. */
function Frequency({ found: { frequency: { refused, allowance } } }: { found: LeadCaseScreen }): ReactNode {
  const { t, format } = useWords();
  if (refused === null && allowance === null) return null;
  return (
    <div data-testid="lead-frequency" role="status">
      {refused === null ? null : <p className="note">{policySentence(refused.code, refused.params, refused.nextAllowedAtMs, t, format)}</p>}
      {allowance === null ? null : <p className="note">{t('lead.allowed', { until: format.moment(allowance.untilMs), reason: allowance.reason })}</p>}
    </div>
  );
}

/** The flags of this case, to be settled where they are understood. */
function CaseFlags({ found: { screen }, act, onOpen, onClose }: Props): ReactNode {
  const { t } = useWords();
  const flags = (useQuery('list-flags', {}).data?.rows ?? []).filter(({ caseId }) => caseId === screen.caseId);
  if (flags.length === 0) return null;
  return (
    <ul className="resumables case-flag-list" aria-label={t('lead.flags')} data-testid="lead-case-flags">
      {flags.map((flag) => (
        <li key={flag.flagId}>
          <span><FlagText flag={flag} /></span>
          <Button onClick={() => { onOpen({ name: 'settle', flagId: flag.flagId }); }}>{t('lead.settle')}</Button>
          {act?.name === 'settle' && act.flagId === flag.flagId ? <SettleForm flagId={flag.flagId} onClose={onClose} /> : null}
        </li>
      ))}
    </ul>
  );
}

function Stopped({ found: { screen, resumable }, act, onOpen, onClose }: Props): ReactNode {
  const { t, format } = useWords();
  if (resumable.length === 0) return null;
  return (
    <ul className="resumables" aria-label={t('lead.stopped')}>
      {resumable.map((entry) => {
        const what = resumableText(entry, t, format);
        const words = endWords[entry.kind];
        return (
          <li key={entry.factId}>
            <span>{what}</span>
            <Button aria-label={`${t(words.act)}: ${what}`} onClick={() => { onOpen({ name: 'resume', factId: entry.factId }); }}>{t(words.act)}</Button>
            {act?.name === 'resume' && act.factId === entry.factId ? (
              <DecisionForm
                title={t(words.title)} reasonLabel={t(words.reason)} submitLabel={t(words.act)} saved={t(words.done)} onClose={onClose}
                decide={(reason) => command('resume-activity', { caseId: screen.caseId, targetFactId: entry.factId, reason })}
              />
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

const resumeWords = { title: 'lead.resume', reason: 'lead.reason', act: 'lead.do.resume', done: 'lead.done.resumed' } as const;
/** What is done about each, in words. */
const endWords = {
  stop: resumeWords, represented: resumeWords, suspension: resumeWords,
  priority: { title: 'lead.unprioritise', reason: 'lead.reason', act: 'lead.do.unprioritise', done: 'lead.done.unprioritised' },
  clock: { title: 'lead.answered', reason: 'lead.answeredHow', act: 'lead.do.answered', done: 'lead.done.answered' },
} as const satisfies Record<Resumable['kind'], object>;

function resumableText(entry: Resumable, t: Words['t'], format: Words['format']): string {
  switch (entry.kind) {
    case 'stop':
      return t('lead.stopText', { what: t(`outcome.${entry.code}`), at: format.past(entry.at) });
    case 'clock':
      return `${t(`appointment.${entry.about}`)} · ${t('lead.by', { date: format.date(entry.dueOn) })}`;
    case 'represented':
      return t('reason.represented', { name: entry.name });
    case 'priority':
      return `${t('history.priority', { date: format.date(entry.until) })} · ${entry.reason}`;
    case 'suspension': {
      const { kind, until, reason } = entry.suspension;
      const what = kind === 'excluded' ? t('history.excluded') : until === null ? t('history.suspended') : t('history.suspendedUntil', { date: format.date(until) });
      return `${entry.invoiceNumber === null ? what : `${entry.invoiceNumber}: ${what}`} · ${reason}`;
    }
  }
}
