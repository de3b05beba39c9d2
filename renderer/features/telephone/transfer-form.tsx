/** To a colleague: asked first, or passed at once. Only extensions: the desk refuses every other number. */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CallId } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Field } from '../../ui/field.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';

export function TransferForm({ callId, onClose }: { callId: CallId; onClose: () => void }): ReactNode {
  const { t, format } = useWords();
  const [to, setTo] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const pass = async (how: 'attended' | 'blind'): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const passed = await command('transfer-call', { callId, to, how });
    setBusy(false);
    setError(passed.ok ? null : passed.error);
    if (passed.ok) onClose();
  };
  return (
    <form
      className="line-panel transfer-form" aria-label={t('telephone.passTitle')} aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void pass('attended');
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          onClose();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void pass('blind');
        }
      }}
    >
      <Field label={t('telephone.extension')} stacked error={error === null ? null : errorSentence(error, t, format)} hint={t('telephone.extensionHint')}>
        {({ id, describedBy, invalid }) => (
          <InputBase
            id={id} autoFocus fullWidth value={to} error={invalid}
            inputProps={{ 'aria-describedby': describedBy, 'aria-invalid': invalid, inputMode: 'tel', autoComplete: 'off', spellCheck: false, maxLength: 24 }}
            onChange={(event) => { setTo(event.target.value); setError(null); }}
          />
        )}
      </Field>
      <div className="inline-actions">
        <Button type="submit" className="primary" disabled={busy}>{t('telephone.askFirst')} <KeyHint keys="↵" /></Button>
        <Button disabled={busy} onClick={() => { void pass('blind'); }}>{t('telephone.passNow')} <KeyHint keys="Ctrl ↵" /></Button>
        <Button className="quiet" onClick={onClose}>{t('telephone.closePanel')} <KeyHint keys="Esc" /></Button>
      </div>
    </form>
  );
}
