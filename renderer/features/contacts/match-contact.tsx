/** Whose contact it was: the customer that the number reaches, or one that is searched for; what was said goes into the case's history. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ContactTaskRow } from '../../../shared/contract/contact-task-channels.ts';
import type { CaseId } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { leaveForCase } from '../call/leave-for-case.ts';
import { CallerSearch } from '../inbound/caller-search.tsx';

export function MatchContact({ row, onClose }: { row: ContactTaskRow; onClose: () => void }): ReactNode {
  const { t, format } = useWords();
  const [error, setError] = useState<AppError | null>(null);
  const match = async (caseId: CaseId): Promise<void> => {
    const matched = await command('match-contact', { taskId: row.taskId, caseId });
    if (!matched.ok) {
      setError(matched.error);
      return;
    }
    useNotice.getState().say(t('contactTask.matched'));
    await leaveForCase(caseId);
  };
  const { caseId } = row;
  return (
    <div className="contact-task-form" role="group" aria-label={t('contactTask.match')} onKeyDown={(event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      onClose();
    }}>
      {caseId === null ? null : <Button className="primary" onClick={() => { void match(caseId); }}>{row.customerName === null ? t('contactTask.matchReached') : t('contactTask.matchTo', { name: row.customerName })}</Button>}
      <CallerSearch callId={null} creditorId={row.creditorId} title={t('contactTask.whose')} onChoose={(found) => { void match(found); }} />
      {error === null ? null : <p className="field-error" role="alert">{errorSentence(error, t, format)}</p>}
      <div className="inline-actions"><Button onClick={onClose}>{t('contactTask.back')} <KeyHint keys="Esc" /></Button></div>
    </div>
  );
}
