/** To a colleague: asked first, or passed at once; a call that still rings is sent on unanswered. Only extensions: the desk refuses every other number. */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CallId } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { isExtension, readDialTarget } from '../../../shared/telephone/dial-target.ts';
import type { TransferWay } from '../../../shared/telephone/transfer-way.ts';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Field } from '../../ui/field.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { stepAgent } from '../agent/agent-store.ts';
import { useLine } from './line-store.ts';

function leadsToColleague(to: string): boolean {
  const number = readDialTarget(to);
  return number.ok && isExtension(number.value);
}

export function TransferForm({ callId, isRinging = false, onClose }: { callId: CallId; isRinging?: boolean; onClose: () => void }): ReactNode {
  const { t, format } = useWords();
  useReturnFocus();
  const [to, setTo] = useState(() => (isRinging ? '' : useLine.getState().passTo));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const pass = async (how: TransferWay): Promise<void> => {
    if (busy) return;
    setBusy(true);
    // Said before it ends: a call that was sent on is not a missed one.
    if (how === 'redirect' && leadsToColleague(to)) stepAgent({ kind: 'declined' });
    const passed = await command('transfer-call', { callId, to, how });
    setBusy(false);
    setError(passed.ok ? null : passed.error);
    if (passed.ok) onClose();
  };
  return (
    <form
      className={isRinging ? 'transfer-form' : 'line-panel transfer-form'} aria-label={t('telephone.passTitle')} aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void pass(isRinging ? 'redirect' : 'attended');
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          onClose();
        } else if (!isRinging && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
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
        <Button type="submit" className="primary" disabled={busy}>{t(isRinging ? 'telephone.sendNow' : 'telephone.askFirst')} <KeyHint keys="↵" /></Button>
        {isRinging ? null : <Button disabled={busy} onClick={() => { void pass('blind'); }}>{t('telephone.passNow')} <KeyHint keys="Ctrl ↵" /></Button>}
        <Button className="quiet" onClick={onClose}>{t('telephone.closePanel')} <KeyHint keys="Esc" /></Button>
      </div>
    </form>
  );
}
