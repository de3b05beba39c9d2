/** Withdraws the agreement with the workers, in a second step, with its reason. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { agreementWithdrawalSchema } from '../../../shared/protocol/workers-agreement-protocol.ts';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { InlineForm } from '../../ui/inline-form.tsx';
import { TextField } from '../../ui/text-field.tsx';

export function WithdrawAgreement({ onWithdrawn }: { onWithdrawn: () => void }): ReactNode {
  const { t, format } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const withdraw = async (): Promise<void> => {
    const read = agreementWithdrawalSchema.safeParse({ reason });
    setMissing(!read.success);
    if (!read.success || saving) return;
    setSaving(true);
    const done = await command('withdraw-workers-agreement', read.data);
    setSaving(false);
    setProblem(done.ok ? null : errorSentence(done.error, t, format));
    if (!done.ok) return;
    useNotice.getState().say(t('conduct.workers.isWithdrawn'));
    onWithdrawn();
  };
  if (!isOpen) return <p><Button onClick={() => { setOpen(true); }}>{t('conduct.workers.withdraw')}</Button></p>;
  return (
    <div onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); setOpen(false); } }}>
      <InlineForm label={t('conduct.workers.withdraw')} saveLabel={t('conduct.workers.withdrawYes')} leaveLabel={t('conduct.no')} saving={saving} problem={problem} onSave={() => { void withdraw(); }} onClose={() => { setOpen(false); }}>
        <p>{t('conduct.workers.withdrawSure')}</p>
        <TextField stacked autoFocus label={t('conduct.workers.reason')} value={reason} error={isMissing ? t('conduct.workers.problem.line') : null} onChange={(text) => { setReason(text); setMissing(false); }} />
      </InlineForm>
    </div>
  );
}
