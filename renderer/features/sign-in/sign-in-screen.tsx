/** The first screen: who is working. Known people, a password, and in the demo one click per role. */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import './sign-in.css';
import type { AppInfo } from '../../bridge/preload-api.ts';
import { command } from '../../bridge/desk.ts';
import type { SessionScreen } from '../../../shared/contract/screens.ts';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Field } from '../../ui/field.tsx';
import { LanguageAndTheme } from '../settings/language-and-theme.tsx';
import { KnownAccounts } from './known-accounts.tsx';
import { TrainingEntry } from '../training/training-entry.tsx';
import { SignInNotes } from './sign-in-notes.tsx';
import { DemoCards } from './demo-cards.tsx';

interface Props {
  session: SessionScreen;
  appInfo: AppInfo;
  /** A sign-in was answered, well or badly: who is here and whether the hub answers may have changed. */
  onTried: () => void;
}

const besideField: Readonly<Record<string, 'username' | 'password'>> = { 'wrong-password': 'password', 'unknown-account-offline': 'username' };

export function SignInScreen({ session, appInfo, onTried }: Props): ReactNode {
  const { t, format } = useWords();
  const [username, setUsername] = useState(session.accounts.length === 1 ? (session.accounts[0]?.username ?? '') : '');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const passwordField = useRef<HTMLInputElement>(null);

  const signIn = async (name: string, secret: string): Promise<void> => {
    if (busyWith !== null) return;
    setBusyWith(name);
    setError(null);
    const result = await command('sign-in', { username: name, password: secret });
    setBusyWith(null);
    onTried();
    if (result.ok) return;
    setError(result.error);
    passwordField.current?.select();
  };

  const sentence = error === null ? null : errorSentence(error, t, format);
  const place = error === null ? null : (besideField[error.code] ?? 'form');
  const isDemo = session.demoAccounts.length > 0;
  return (
    <div className="sign-in">
      <header className="sign-in-top">
        <span className="logo">prem<i>u</i>ra</span>
        <LanguageAndTheme />
      </header>
      <main className={isDemo ? 'sign-in-main sign-in-two' : 'sign-in-main'}>
        {isDemo ? (
          <DemoCards accounts={session.demoAccounts} busyWith={busyWith} onChoose={(account) => { void signIn(account.username, account.password); }} />
        ) : null}
        <section className="card" aria-labelledby="sign-in-title">
          <h1 id="sign-in-title">{t('signIn.title')}</h1>
          <KnownAccounts
            accounts={session.accounts}
            chosen={username}
            onChoose={(name) => {
              setUsername(name);
              setPassword('');
              setError(null);
              passwordField.current?.focus();
            }}
          />
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void signIn(username.trim(), password);
            }}
          >
            <Field label={t('signIn.username')} stacked error={place === 'username' ? sentence : null}>
              {({ id, describedBy, invalid }) => (
                <InputBase
                  id={id} value={username} fullWidth autoFocus={!isDemo && username === ''} error={invalid}
                  inputProps={{ autoComplete: 'username', autoCapitalize: 'off', spellCheck: false, 'aria-describedby': describedBy, 'aria-invalid': invalid }}
                  onChange={(event) => { setUsername(event.target.value); }}
                />
              )}
            </Field>
            <Field label={t('signIn.password')} stacked error={place === 'password' ? sentence : null}>
              {({ id, describedBy, invalid }) => (
                <InputBase
                  id={id} type="password" value={password} fullWidth autoFocus={!isDemo && username !== ''} error={invalid} inputRef={passwordField}
                  inputProps={{ autoComplete: 'current-password', 'aria-describedby': describedBy, 'aria-invalid': invalid }}
                  onChange={(event) => { setPassword(event.target.value); }}
                />
              )}
            </Field>
            {place === 'form' ? <p className="field-error" role="alert">{sentence}</p> : null}
            <Button type="submit" fullWidth className={isDemo ? '' : 'primary'} disabled={username.trim() === '' || password === '' || busyWith !== null}>
              {busyWith === null ? t('signIn.enter') : t('signIn.entering')}
            </Button>
          </form>
        </section>
      </main>
      <footer className="sign-in-foot">
        {appInfo.demo ? null : <TrainingEntry />}
        <SignInNotes session={session} appInfo={appInfo} />
      </footer>
    </div>
  );
}
