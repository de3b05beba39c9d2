/** A lead lets somebody out of a wrap-up that is over its time: with a reason, which that person reads. What the person's desk decided is said here. */
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import { useState } from 'react';
import type { ReactNode } from 'react';
import '../agent/agent.css';
import type { UserId } from '../../../shared/id.ts';
import { releaseReasonSchema } from '../../../shared/protocol/floor-protocol.ts';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { TextField } from '../../ui/text-field.tsx';

export function ReleaseForm({ person, onClose }: { person: { userId: UserId; displayName: string }; onClose: () => void }): ReactNode {
  const { t, format } = useWords();
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const name = person.displayName;
  const release = async (): Promise<void> => {
    const reason = releaseReasonSchema.safeParse(text);
    if (!reason.success) {
      setError(t('floor.release.reasonMissing'));
      return;
    }
    setBusy(true);
    const released = await command('release-wrap-up', { userId: person.userId, reason: reason.data });
    setBusy(false);
    if (!released.ok) setError(errorSentence(released.error, t, format));
    else if (released.value.answer === 'done') {
      onClose();
      useNotice.getState().say(t('floor.release.answer.done', { name }));
    } else setError(t(`floor.release.answer.${released.value.answer}`, { name }));
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" slotProps={{ paper: { 'aria-label': t('floor.release.title', { name }) } }}>
      <form className="dial-pad" aria-busy={busy} onSubmit={(event) => { event.preventDefault(); if (!busy) void release(); }}>
        <h2>{t('floor.release.title', { name })}</h2>
        <p className="dim">{t('floor.release.what')}</p>
        <TextField label={t('floor.release.reason')} value={text} autoFocus stacked maxLength={200} hint={t('floor.release.hint')} error={error} onChange={(value) => { setText(value); setError(null); }} />
        <div className="inline-actions">
          <Button type="submit" className="primary" disabled={busy}>{t('floor.release.do')} <KeyHint keys="↵" /></Button>
          <Button onClick={onClose}>{t('history.leave')} <KeyHint keys="Esc" /></Button>
        </div>
      </form>
    </Dialog>
  );
}
