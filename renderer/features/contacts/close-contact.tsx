/** A contact that needs no case: why it is over. */
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { ContactTaskRow } from '../../../shared/contract/contact-task-channels.ts';
import { contactCloseReasons } from '../../../shared/facts/contact-task-bodies.ts';
import type { AppError } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { InlineForm } from '../../ui/inline-form.tsx';
import { TextField } from '../../ui/text-field.tsx';

type Reason = (typeof contactCloseReasons)[number];

export function CloseContact({ row, onClose }: { row: ContactTaskRow; onClose: () => void }): ReactNode {
  const { t, format } = useWords();
  const [reason, setReason] = useState<Reason>(row.channel === 'missed-call' ? 'called-back' : 'not-a-customer');
  const [text, setText] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [saving, setSaving] = useState(false);
  const save = async (): Promise<void> => {
    if (saving) return;
    setSaving(true);
    const closed = await command('close-contact', { taskId: row.taskId, reason, text });
    setSaving(false);
    if (!closed.ok) {
      setError(closed.error);
      return;
    }
    useNotice.getState().say(t('contactTask.closed'));
    onClose();
  };
  const textError = error?.details['field'] === 'text' ? error : null;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that opened it is gone, and the keys with it.
    place.current?.querySelector('select')?.focus();
  }, []);
  return (
    <div ref={place} className="contact-task-form" onChange={() => { setError(null); }} onKeyDown={(event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      onClose();
    }}>
      <InlineForm
        label={t('contactTask.close')} saveLabel={t('contactTask.closeNow')} leaveLabel={t('contactTask.back')} saving={saving}
        problem={error === null || textError !== null ? null : errorSentence(error, t, format)} onSave={() => { void save(); }} onClose={onClose}
      >
        <Choice
          label={t('contactTask.why')} value={reason} options={contactCloseReasons.map((value) => ({ value, label: t(`contactTask.reason.${value}`) }))}
          onChange={(value) => { setReason(contactCloseReasons.find((one) => one === value) ?? 'other'); }}
        />
        <TextField label={t('contactTask.note')} value={text} maxLength={500} error={textError === null ? null : errorSentence(textError, t, format)} onChange={setText} />
      </InlineForm>
    </div>
  );
}
