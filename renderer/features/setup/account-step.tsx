/** Agency and first administrator: nothing is written before both are there. */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { findPasswordProblem } from '../../../shared/policy/password-rules.ts';
import type { AppError } from '../../../shared/result.ts';
import { Field } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { PasswordField } from '../users/password-field.tsx';
import { suggestUsername } from '../users/suggest-username.ts';

interface Props {
  step: 'agency' | 'account';
  onStep: (step: 'agency' | 'account') => void;
  onDone: () => void;
}

export function AccountStep({ step, onStep, onDone }: Props): ReactNode {
  const { t, format } = useWords();
  const [agencyName, setAgencyName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [typedName, setTypedName] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const username = typedName ?? suggestUsername(displayName);
  const differs = tried && again !== password;
  const sentence = error === null ? null : errorSentence(error, t, format);
  const save = async (): Promise<void> => {
    setTried(true);
    setError(null);
    if (busy || displayName.trim() === '' || username.trim() === '' || findPasswordProblem(password, username) !== null || again !== password) return;
    setBusy(true);
    const done = await command('set-up-agency', { agencyName, username, displayName, password });
    setBusy(false);
    if (done.ok) onDone();
    else setError(done.error);
  };
  if (step === 'agency') {
    return (
      <div className="setup-card card">
        <p className="dim">{t('setup.agencyText')}</p>
        <form onSubmit={(event) => { event.preventDefault(); if (agencyName.trim() !== '') onStep('account'); }}>
          <TextField stacked autoFocus label={t('setup.agencyName')} value={agencyName} error={null} hint={t('setup.agencyHint')} maxLength={100} onChange={setAgencyName} />
          <Button type="submit" className="primary" disabled={agencyName.trim() === ''}>{t('setup.goOn')}</Button>
        </form>
      </div>
    );
  }
  return (
    <div className="setup-card card">
      <p className="dim">{t('setup.accountText')}</p>
      <form onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <TextField stacked autoFocus label={t('users.name')} value={displayName} error={null} hint={t('setup.nameHint')} maxLength={100} onChange={setDisplayName} />
        <TextField stacked label={t('users.username')} value={username} error={null} maxLength={100} onChange={setTypedName} />
        <PasswordField label={t('signIn.password')} value={password} username={username} error={tried && password === '' ? t('error.passwordTooShort') : null} onChange={setPassword} />
        <RepeatedPassword value={again} error={differs ? t('setup.differs') : null} onChange={setAgain} />
        {sentence === null ? null : <p className="field-error" role="alert">{sentence}</p>}
        <div className="imports-buttons">
          <Button type="submit" className="primary" disabled={busy}>{busy ? t('signIn.entering') : t('setup.createAccount')}</Button>
          <Button onClick={() => { onStep('agency'); }}>{t('setup.back')}</Button>
        </div>
      </form>
    </div>
  );
}

function RepeatedPassword({ value, error, onChange }: { value: string; error: string | null; onChange: (text: string) => void }): ReactNode {
  const { t } = useWords();
  return (
    <Field label={t('setup.again')} stacked error={error}>
      {({ id, describedBy, invalid }) => (
        <InputBase
          id={id} type="password" fullWidth value={value} error={invalid} inputProps={{ autoComplete: 'new-password', maxLength: 200, 'aria-describedby': describedBy, 'aria-invalid': invalid }}
          onChange={(event) => { onChange(event.target.value); }}
        />
      )}
    </Field>
  );
}
