/**
 * A number typed by hand: a colleague's is dialled at once, a customer's is first attached to the case in front and then rung from it.
 *
 * Invariant: nothing is dialled here but an extension, on the desk's permit; any other number becomes a contact of a case, and rings
 * by the rules as any other of its numbers.
 */
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import { useState } from 'react';
import type { ReactNode } from 'react';
import './agent.css';
import type { AppError } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import { isExtension, readDialTarget } from '../../../shared/telephone/dial-target.ts';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useCall } from '../call/call-store.ts';
import { useRunningCall } from '../call/running-call.ts';
import { useAgent } from './agent-store.ts';

export function DialPad(): ReactNode {
  const { t } = useWords();
  const open = useAgent((store) => store.padOpen);
  return (
    <Dialog open={open} onClose={close} fullWidth maxWidth="xs" slotProps={{ paper: { 'aria-label': t('agent.pad.title') } }}>
      <Pad />
    </Dialog>
  );
}

function close(): void {
  useAgent.setState({ padOpen: false });
}

function Pad(): ReactNode {
  const { t, format } = useWords();
  const [text, setText] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const dial = async (): Promise<void> => {
    const number = readDialTarget(text);
    if (!number.ok) {
      setError(number.error);
      return;
    }
    if (!isExtension(number.value)) {
      attach(text.trim());
      return;
    }
    setBusy(true);
    const dialled = await command('dial-extension', { to: text });
    setBusy(false);
    if (!dialled.ok) {
      setError(dialled.error);
      return;
    }
    close();
    useNotice.getState().say(t('agent.pad.dialled', { number: number.value }));
  };
  /** A customer's number: the form of the case in front, filled in. */
  const attach = (number: string): void => {
    const { place } = useNavigation.getState();
    const isReady = place.name === 'case' && useCall.getState().caseId === place.caseId;
    if (!isReady) setError(fail('number-without-case', 'error.numberWithoutCase').error);
    else if (useRunningCall.getState().call !== null) setError(fail('call-open', 'error.callOpen').error);
    else {
      close();
      useCall.getState().setInline({ kind: 'point', pointId: null, text: number });
    }
  };
  return (
    <form className="dial-pad" aria-busy={busy} onSubmit={(event) => { event.preventDefault(); if (!busy) void dial(); }}>
      <h2>{t('agent.pad.title')}</h2>
      <TextField
        label={t('agent.pad.number')} value={text} autoFocus stacked maxLength={60} placeholder="204" hint={t('agent.pad.hint')}
        error={error === null ? null : errorSentence(error, t, format)}
        onChange={(value) => { setText(value); setError(null); }}
      />
      <div className="inline-actions">
        <Button type="submit" className="primary" disabled={busy}>{t('agent.pad.dial')} <KeyHint keys="↵" /></Button>
        <Button onClick={close}>{t('history.leave')} <KeyHint keys="Esc" /></Button>
      </div>
    </form>
  );
}
