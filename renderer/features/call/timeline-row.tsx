/** One thing that happened: when, what, to whom, by whom, and whether the hub has it. */
import Button from '@mui/material/Button';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { readEndCause } from '../../../shared/facts/telephone-bodies.ts';
import { dateOfInstant, systemClock } from '../../../shared/time.ts';
import type { Words } from '../../app/i18n.ts';
import { useWords } from '../../app/i18n.ts';
import { outcomeSentence } from '../../app/sentences.ts';
import { useCall } from './call-store.ts';
import { MailState } from './mail-state.tsx';
import { partyLabel } from './people-words.ts';
import { SaveFile } from './save-file.tsx';
import type { TimelineEntry } from './timeline-filter.ts';

interface Props {
  screen: CaseScreen;
  entry: TimelineEntry;
}

export const TimelineRow = memo(function TimelineRow({ screen, entry }: Props): ReactNode {
  const { t, format } = useWords();
  const setInline = useCall((store) => store.setInline);
  const undone = (entry.kind === 'outcome' && entry.status !== 'effective') || (entry.kind === 'correction' && entry.status === 'superseded');
  const note = noteOf(entry);
  const what = entryText(entry, t, format);
  return (
    <div className={`history-row history-${entry.kind}`}>
      <span className="history-when">
        <time dateTime={new Date(entry.at).toISOString()} title={format.full(entry.at, entry.zone)}>{format.past(entry.at, entry.zone)}</time>
        {entry.mine ? <span>{t('history.mine')}</span> : null}
      </span>
      <div className="history-what">
        <span className={undone ? 'undone' : ''}>{what}</span>
        <Contact screen={screen} entry={entry} />
        {note === null || note === '' ? null : <span className="dim history-note">{note}</span>}
        {entry.kind === 'outcome' && entry.status !== 'effective' ? <span className="dim">{t(`history.${entry.status}`)}{entry.reason === null ? '' : `: ${entry.reason}`}</span> : null}
        {entry.kind === 'outcome' && entry.audit !== null ? (
          <span className={`audit audit-${entry.audit.verdict}`}>{t(`history.audit.${entry.audit.verdict}`)}{entry.audit.reason === null ? '' : `: ${entry.audit.reason}`}</span>
        ) : null}
        {entry.kind === 'correction' && (entry.outcome !== null || undone) ? <span className="dim">{t('history.reason', { reason: entry.reason })}</span> : null}
        <span className="history-marks">
          <SentMark entry={entry} />
          {entry.kind === 'mail' ? <MailState screen={screen} entry={entry} /> : null}
          {entry.kind === 'attachment' ? <SaveFile caseId={screen.caseId} factId={entry.factId} fileName={entry.attachment.fileName} /> : null}
          {entry.kind === 'outcome' && entry.correctable ? (
            <Button className="quiet" aria-label={t('history.correctLabel', { what })} onClick={() => { setInline({ kind: 'correction', factId: entry.factId }); }}>{t('history.correct')}</Button>
          ) : null}
        </span>
      </div>
    </div>
  );
});

/** The number that was rung and who answered, where that says more than the outcome. */
function Contact({ screen, entry }: { screen: CaseScreen; entry: TimelineEntry }): ReactNode {
  const { t } = useWords();
  if (entry.kind !== 'outcome') return null;
  const { numberId, partyId, channel, reasons } = entry.outcome;
  const number = screen.numbers.find((known) => known.numberId === numberId);
  const parts = [
    ...(channel === 'phone-outbound' ? [] : [t(`channel.${channel}`)]),
    ...reasons.map((reason) => t(`contactReason.${reason}`)),
    ...(number === undefined || screen.numbers.length < 2 ? [] : [number.raw]),
    ...(partyId === null ? [] : [partyLabel(screen, partyId, t)]),
  ];
  return parts.length === 0 ? null : <span className="dim">{parts.join(' · ')}</span>;
}

/** Whether the hub has it: said of what it has not, and of a file always, for its bytes go by themselves. */
function SentMark({ entry }: { entry: TimelineEntry }): ReactNode {
  const { t } = useWords();
  const state = entry.upload?.state;
  if (state === 'damaged') return <span className="unsent">{t('history.fileDamaged')}</span>;
  if (entry.kind === 'mail' && entry.sent) return null;
  if (!entry.sent || state === 'waiting') return <span className="unsent">{t('history.unsent')}</span>;
  if (state === 'sending') return <span className="unsent">{t('history.fileSending', { percent: entry.upload?.percent ?? 0 })}</span>;
  return state === 'stored' ? <span>{t('history.fileStored')}</span> : null;
}

function noteOf(entry: TimelineEntry): string | null {
  switch (entry.kind) {
    case 'outcome': return entry.outcome.note;
    case 'correction': return entry.outcome?.note ?? null;
    case 'attachment': return entry.attachment.note;
    case 'preferences': return entry.preferences.note;
    case 'party': return entry.party.note;
    case 'suspension': return entry.suspension.reason;
    case 'priority': case 'resumption': case 'assignment': case 'audit': case 'allowance': return entry.reason;
    case 'agreement': return agreementNote(entry.about);
    case 'mail': return entry.mail.to;
    case 'contact': return entry.contact.text === '' ? null : entry.contact.text;
    case 'note': case 'contact-point': case 'call': case 'identity': case 'script': case 'recording-answer': case 'recording': case 'unknown': return null;
  }
}

/** What happened, in one line. */
export function entryText(entry: TimelineEntry, t: Words['t'], format: Words['format']): string {
  switch (entry.kind) {
    case 'outcome': return outcomeSentence(entry.outcome, t, format);
    case 'correction':
      return entry.outcome === null ? t('history.annulment') : t('history.correction', { what: outcomeSentence(entry.outcome, t, format) });
    case 'note': return t('history.note', { text: entry.text });
    case 'attachment': return t('history.attachment', { name: entry.attachment.fileName, size: format.fileSize(entry.attachment.sizeBytes) });
    case 'party': return t(entry.removed ? 'history.partyRemoved' : 'history.party', { name: entry.party.name, role: t(`partyRole.${entry.party.role}`) });
    case 'contact-point': return t(entry.point.usable ? 'history.contactPoint' : 'history.contactPointOut', { what: entry.point.raw });
    case 'preferences': return t('history.preferences');
    case 'suspension': {
      const { kind, until } = entry.suspension;
      if (kind === 'excluded') return t('history.excluded');
      return until === null ? t('history.suspended') : t('history.suspendedUntil', { date: format.date(until) });
    }
    case 'priority': return t('history.priority', { date: format.date(entry.until) });
    case 'resumption': return t(entry.answers === null ? 'history.resumption' : `history.answered.${entry.answers}`);
    case 'audit': return t(`history.audit.${entry.verdict}`);
    case 'assignment': return t('history.assignment');
    case 'call':
      if (entry.ended === 'not-made') return t('history.callNotMade');
      return [t(entry.direction === 'inbound' ? 'history.callIn' : 'history.callOut'), ...callEndWords(entry.end, t)].join(' · ');
    case 'identity': return t(`history.identity.${entry.identity.result}`);
    case 'script': return t('history.script', { count: entry.steps, version: entry.packVersion });
    case 'agreement': return agreementText(entry.about, t, format);
    case 'mail': return t(`mail.sentWhat.${entry.mail.what}`);
    case 'contact': {
      const { channel, who, reasons, contactAt } = entry.contact;
      return [t(`contactTask.history.${channel}`, { who, when: format.full(contactAt, entry.zone) }), ...reasons.map((reason) => t(`contactReason.${reason}`))].join(' · ');
    }
    case 'allowance': return t('history.allowance', { until: format.full(entry.until, entry.zone) });
    case 'recording-answer': return t(entry.answer === 'yes' ? 'history.recordingYes' : 'history.recordingNo');
    case 'recording': return recordingWords(entry, t, format);
    case 'unknown': return t('history.unknown');
  }
}

type AgreementNews = Extract<TimelineEntry, { kind: 'agreement' }>['about'];

function agreementText(about: AgreementNews, t: Words['t'], format: Words['format']): string {
  switch (about.type) {
    case 'plan-accepted': return t('history.agreement.planAccepted');
    case 'plan-broken': return t('history.agreement.planBroken');
    case 'agreement-cancelled': return t('history.agreement.cancelled');
    case 'dispute-moved': return t('history.agreement.disputeMoved', { proof: t(`proof.${about.body.proof}`) });
    case 'dispute-closed': return t(`history.disputeResult.${about.body.result}`);
    case 'settlement-decided': return t(`history.settlementVerdict.${about.body.verdict}`);
    case 'payment-recorded':
      return t('history.agreement.payment', { amount: format.money(about.body.amountCents, about.body.currency), date: format.date(about.body.paidOn) });
    case 'payment-reversed': return t('history.agreement.paymentReversed');
  }
}

function agreementNote(about: AgreementNews): string | null {
  switch (about.type) {
    case 'plan-accepted': return null;
    case 'plan-broken': case 'agreement-cancelled': case 'settlement-decided': case 'payment-reversed': return about.body.reason;
    case 'dispute-moved': case 'dispute-closed': return about.body.note;
    case 'payment-recorded': return about.body.evidence;
  }
}

/** How long, and until when it is kept; who may hear it is nobody here. */
function recordingWords({ recordedMs, keepUntil, end }: Extract<TimelineEntry, { kind: 'recording' }>, t: Words['t'], format: Words['format']): string {
  const seconds = Math.round(recordedMs / 1000);
  const isOver = keepUntil < dateOfInstant(systemClock.nowMs(), Intl.DateTimeFormat().resolvedOptions().timeZone);
  return [
    t('history.recorded', { minutes: Math.floor(seconds / 60), seconds: String(seconds % 60).padStart(2, '0') }),
    ...(end === 'interrupted' ? [t('history.recordingInterrupted')] : []),
    isOver ? t('history.recordingErased', { date: format.date(keepUntil) }) : t('history.recordingKept', { date: format.date(keepUntil) }),
  ].join(' · ');
}

/** How long they talked, why it ended where that says something, how it sounded where it was bad. */
function callEndWords(end: Extract<TimelineEntry, { kind: 'call' }>['end'], t: Words['t']): string[] {
  if (end === null) return [];
  const { talkSeconds, quality } = end;
  const cause = readEndCause(end.cause);
  const isPlain = cause === 'hung-up' && talkSeconds !== null;
  const mos = quality?.mosHundredths ?? null;
  return [
    ...(talkSeconds === null ? [] : [t('history.callTalked', { minutes: Math.floor(talkSeconds / 60), seconds: String(talkSeconds % 60).padStart(2, '0') })]),
    ...(isPlain ? [] : [cause === null ? t('history.callEndOther') : t(`history.callEnd.${cause}`)]),
    ...(mos !== null && mos < BAD_MOS_HUNDREDTHS ? [t('history.callBadSound')] : []),
  ];
}

/** ITU-T G.107 annex B: below, nearly all listeners are dissatisfied. */
const BAD_MOS_HUNDREDTHS = 310;
