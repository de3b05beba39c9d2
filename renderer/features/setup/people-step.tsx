/** Colleagues, as many as there are; more can be added at any time. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { AddPerson } from '../users/add-person.tsx';
import { NewPasswords } from '../users/new-passwords.tsx';
import type { NewPassword } from '../users/new-passwords.tsx';

export function PeopleStep({ onDone }: { onDone: () => void }): ReactNode {
  const { t } = useWords();
  const [passwords, setPasswords] = useState<NewPassword[]>([]);
  return (
    <div className="setup-card card setup-people">
      <p className="dim">{t('setup.peopleText')}</p>
      <AddPerson onAdded={({ displayName, username }, password) => { setPasswords((before) => [...before, { displayName, username, password }]); }} />
      <NewPasswords passwords={passwords} />
      <div className="imports-buttons">
        <Button className={passwords.length > 0 ? 'primary' : ''} onClick={onDone}>{passwords.length > 0 ? t('setup.goOn') : t('setup.later')}</Button>
      </div>
    </div>
  );
}
