/** Everything that happened, newest first; what was corrected stays readable. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { outcomeSentence } from '../../app/sentences.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { AttachForm } from './attach-form.tsx';
import { useCall } from './call-store.ts';
import { CaseFlags } from './case-flags.tsx';
import { CorrectionForm } from './correction-form.tsx';
import { NoteForm } from './note-form.tsx';

type Entry = CaseScreen['history'][number];

export function HistoryList({ screen, scriptVersion }: { screen: CaseScreen; scriptVersion: string | null }): ReactNode {
  const { t } = useWords();
  const { inline, setInline } = useCall();
  const basedOn = { caseRevision: screen.revision, scriptVersion };
  return (
    <div className="block">
      <div className="block-head">
        <h2>{t('case.history')}</h2>
        <span className="block-actions">
          <Button className="quiet" onClick={() => { setInline({ kind: 'note' }); }}>{t('history.addNote')} <KeyHint keys="N" /></Button>
          <Button className="quiet" onClick={() => { setInline({ kind: 'attach' }); }}>{t('history.attach')} <KeyHint keys="A" /></Button>
        </span>
      </div>
      {inline?.kind === 'note' ? <NoteForm caseId={screen.caseId} basedOn={basedOn} onClose={() => { setInline(null); }} /> : null}
      {inline?.kind === 'attach' ? <AttachForm caseId={screen.caseId} basedOn={basedOn} onClose={() => { setInline(null); }} /> : null}
      <CaseFlags caseId={screen.caseId} />
      {screen.history.length === 0 ? <p className="dim">{t('history.empty')}</p> : (
        <ul className="history">
          {screen.history.map((entry) => (
            <li key={entry.factId}>
              <HistoryRow entry={entry} onCorrect={() => { setInline({ kind: 'correction', factId: entry.factId }); }} />
              {entry.kind === 'outcome' && inline?.kind === 'correction' && inline.factId === entry.factId ? (
                <CorrectionForm screen={screen} factId={entry.factId} outcome={correctedOutcome(screen, entry)} basedOn={basedOn} onClose={() => { setInline(null); }} />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What the outcome says now: its newest correction, or itself. */
function correctedOutcome(screen: CaseScreen, entry: Extract<Entry, { kind: 'outcome' }>): Extract<Entry, { kind: 'outcome' }>['outcome'] {
  const newest = screen.history.find((other) => other.kind === 'correction' && other.targetFactId === entry.factId && other.status === 'effective');
  return newest?.kind === 'correction' && newest.outcome !== null ? newest.outcome : entry.outcome;
}

function HistoryRow({ entry, onCorrect }: { entry: Entry; onCorrect: () => void }): ReactNode {
  const { t, format } = useWords();
  const undone = (entry.kind === 'outcome' && entry.status !== 'effective') || (entry.kind === 'correction' && entry.status === 'superseded');
  const note = noteOf(entry);
  return (
    <div className="history-row">
      <time dateTime={new Date(entry.at).toISOString()} title={format.full(entry.at, entry.zone)}>{format.past(entry.at, entry.zone)}</time>
      <div className="history-what">
        <span className={undone ? 'undone' : ''}>{entryText(entry, t, format)}</span>
        {note === null || note === '' ? null : <span className="dim history-note">{note}</span>}
        {entry.kind === 'outcome' && entry.status !== 'effective' ? <span className="dim">{t(`history.${entry.status}`)}{entry.reason === null ? '' : `: ${entry.reason}`}</span> : null}
        {entry.kind === 'correction' ? <span className="dim">{t('history.reason', { reason: entry.reason })}</span> : null}
        <span className="history-marks">
          {entry.mine ? <span>{t('history.mine')}</span> : null}
          <SentMark entry={entry} />
          {entry.kind === 'outcome' && entry.correctable ? (
            <Button className="quiet" aria-label={t('history.correctLabel', { what: entryText(entry, t, format) })} onClick={onCorrect}>{t('history.correct')}</Button>
          ) : null}
        </span>
      </div>
    </div>
  );
}

/** Whether the hub has it: said of what it has not, and of a file always, for its bytes go by themselves. */
function SentMark({ entry }: { entry: Entry }): ReactNode {
  const { t } = useWords();
  const state = entry.upload?.state;
  if (state === 'damaged') return <span className="unsent">{t('history.fileDamaged')}</span>;
  if (!entry.sent || state === 'waiting') return <span className="unsent">{t('history.unsent')}</span>;
  if (state === 'sending') return <span className="unsent">{t('history.fileSending', { percent: entry.upload?.percent ?? 0 })}</span>;
  return state === 'stored' ? <span>{t('history.fileStored')}</span> : null;
}

function noteOf(entry: Entry): string | null {
  switch (entry.kind) {
    case 'outcome': return entry.outcome.note;
    case 'correction': return entry.outcome?.note ?? null;
    case 'attachment': return entry.attachment.note;
    case 'preferences': return entry.preferences.note;
    case 'party': return entry.party.note;
    case 'suspension': return entry.suspension.reason;
    case 'resumption': case 'assignment': case 'audit': return entry.reason;
    case 'note': case 'contact-point': case 'unknown': return null;
  }
}

function entryText(entry: Entry, t: ReturnType<typeof useWords>['t'], format: ReturnType<typeof useWords>['format']): string {
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
    case 'resumption': return t('history.resumption');
    case 'audit': return t(`history.audit.${entry.verdict}`);
    case 'assignment': return t('history.assignment');
    case 'unknown': return t('history.unknown');
  }
}
