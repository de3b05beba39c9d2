/** Digits for the far end's menu: typed or pressed, each is sent at once and stands there. */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CallId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { actOnLine, useLine } from './line-store.ts';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const MOST_SHOWN = 24;

export function DigitsPad({ callId, onClose }: { callId: CallId; onClose: () => void }): ReactNode {
  const { t, format } = useWords();
  useReturnFocus();
  const [sent, setSent] = useState('');
  const error = useLine((store) => (store.error?.action === 'send-tones' ? store.error.error : null));
  const send = (typed: string): void => {
    const tones = typed.toUpperCase().replace(/[^0-9*#]/g, '').slice(0, MOST_SHOWN);
    if (tones === '') return;
    setSent((before) => (before + tones).slice(-MOST_SHOWN));
    void actOnLine('send-tones', { callId, tones });
  };
  return (
    <div
      className="line-panel digits-pad" role="group" aria-label={t('telephone.digitsTitle')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <InputBase
        autoFocus value={sent} placeholder={t('telephone.digitsHow')}
        inputProps={{ 'aria-label': t('telephone.digitsTitle'), inputMode: 'tel', autoComplete: 'off', spellCheck: false }}
        onChange={(event) => { send(event.target.value.startsWith(sent) ? event.target.value.slice(sent.length) : ''); }}
      />
      <div className="digit-keys">
        {keys.map((key) => <Button key={key} onClick={() => { send(key); }}>{key}</Button>)}
      </div>
      {error === null ? null : <p className="field-error" role="alert">{errorSentence(error, t, format)}</p>}
      <Button className="quiet" onClick={onClose}>{t('telephone.closePanel')} <KeyHint keys="Esc" /></Button>
    </div>
  );
}
