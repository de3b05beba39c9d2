/** Takes the last period of a rate table off that was entered by mistake, in a second step, with its reason. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RateRow } from '../../../shared/interest/rate-table.ts';
import type { RateTableId } from '../../../shared/protocol/rates-protocol.ts';
import { rateWithdrawalSchema } from '../../../shared/protocol/rates-protocol.ts';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { InlineForm } from '../../ui/inline-form.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface Props { tableId: RateTableId; after: number; row: RateRow; onWithdrawn: () => void }

export function WithdrawRate({ tableId, after, row, onWithdrawn }: Props): ReactNode {
  const { t, format } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const period = { from: format.date(row.from), to: format.date(row.to) };
  const withdraw = async (): Promise<void> => {
    const read = rateWithdrawalSchema.safeParse({ from: row.from, reason });
    setMissing(!read.success);
    if (!read.success || saving) return;
    setSaving(true);
    const done = await command('withdraw-rate', { ...read.data, after, tableId });
    setSaving(false);
    setProblem(done.ok ? null : errorSentence(done.error, t, format));
    if (!done.ok) return;
    useNotice.getState().say(t('conduct.rates.isWithdrawn', period));
    onWithdrawn();
  };
  if (!isOpen) return <Button onClick={() => { setOpen(true); }}>{t('conduct.rates.withdraw')}</Button>;
  return (
    <div onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); setOpen(false); } }}>
      <InlineForm label={t('conduct.rates.withdraw')} saveLabel={t('conduct.rates.withdrawYes')} leaveLabel={t('conduct.no')} saving={saving} problem={problem} onSave={() => { void withdraw(); }} onClose={() => { setOpen(false); }}>
        <p>{t('conduct.rates.withdrawSure', period)}</p>
        <TextField stacked autoFocus label={t('conduct.rates.reason')} value={reason} maxLength={300} error={isMissing ? t('conduct.rates.problem.reason') : null} onChange={(text) => { setReason(text); setMissing(false); }} />
      </InlineForm>
    </div>
  );
}
