/** A colleague: name, role, what the person is trained for, and a first password that is shown once to be written down. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { newFirstPassword } from '../../../shared/policy/password-rules.ts';
import { roles } from '../../../shared/protocol/session-protocol.ts';
import type { User } from '../../../shared/protocol/session-protocol.ts';
import type { NewCertificate } from '../../../shared/protocol/setup-protocol.ts';
import type { AppError } from '../../../shared/result.ts';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { suggestUsername } from './suggest-username.ts';

/** What one usually starts with; single tones and dates are changed where the certificates are. */
const trainings: Record<'without-recovery' | 'all' | 'learning', NewCertificate[]> = {
  'without-recovery': [{ tone: 'courtesy', level: 'full' }, { tone: 'reminder', level: 'full' }],
  all: [{ tone: 'courtesy', level: 'full' }, { tone: 'reminder', level: 'full' }, { tone: 'recovery', level: 'full' }],
  learning: [{ tone: 'courtesy', level: 'trainee' }],
};
type Training = keyof typeof trainings;
const trainingNames: readonly Training[] = ['without-recovery', 'all', 'learning'];

export function AddPerson({ onAdded }: { onAdded: (user: User, password: string) => void }): ReactNode {
  const { t, format } = useWords();
  const [displayName, setDisplayName] = useState('');
  const [typedName, setTypedName] = useState<string | null>(null);
  const [role, setRole] = useState<User['role']>('collector');
  const [training, setTraining] = useState<Training>('without-recovery');
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const username = typedName ?? suggestUsername(displayName);
  const sentence = error === null ? null : errorSentence(error, t, format);
  const add = async (): Promise<void> => {
    if (busy || displayName.trim() === '' || username.trim() === '') return;
    const password = newFirstPassword();
    setBusy(true);
    setError(null);
    const added = await command('add-user', { username, displayName, role, password, certificates: trainings[training] });
    setBusy(false);
    if (!added.ok) {
      setError(added.error);
      return;
    }
    setDisplayName('');
    setTypedName(null);
    onAdded(added.value, password);
    document.getElementById('new-person-name')?.querySelector('input')?.focus();
  };
  return (
    <form className="add-person" aria-label={t('users.addPerson')} onSubmit={(event) => { event.preventDefault(); void add(); }}>
      <div id="new-person-name"><TextField stacked label={t('users.name')} value={displayName} error={null} maxLength={100} onChange={setDisplayName} /></div>
      <TextField stacked label={t('users.username')} value={username} error={error?.code === 'username-taken' ? sentence : null} maxLength={100} onChange={setTypedName} />
      <Choice label={t('users.role')} value={role} options={roles.map((value) => ({ value, label: t(`role.${value}`) }))} onChange={(value) => { setRole(roles.find((entry) => entry === value) ?? 'collector'); }} />
      <Choice
        label={t('users.training')} value={training} options={trainingNames.map((value) => ({ value, label: t(`users.trainingOf.${value}`) }))}
        onChange={(value) => { setTraining(trainingNames.find((entry) => entry === value) ?? 'without-recovery'); }}
      />
      <Button type="submit" className="primary" disabled={busy || displayName.trim() === '' || username.trim() === ''}>{t('users.addPerson')}</Button>
      <p className="dim add-person-note">{t(`users.roleNote.${role}`)} {t('users.trainingNote')}</p>
      {error !== null && error.code !== 'username-taken' ? <p className="field-error" role="alert">{sentence}</p> : null}
    </form>
  );
}
