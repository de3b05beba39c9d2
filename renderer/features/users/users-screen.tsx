/** The people of the agency: who may sign in, a new colleague, a new password. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import './users.css';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { newFirstPassword } from '../../../shared/policy/password-rules.ts';
import type { User } from '../../../shared/protocol/session-protocol.ts';
import { Failed, Loading } from '../../ui/state-views.tsx';
import { AddPerson } from './add-person.tsx';
import { NewPasswords } from './new-passwords.tsx';
import type { NewPassword } from './new-passwords.tsx';

export function UsersScreen({ me }: { me: User }): ReactNode {
  const { t, format } = useWords();
  const users = useQuery('list-users', {});
  const [passwords, setPasswords] = useState<NewPassword[]>([]);
  const [asking, setAsking] = useState<string | null>(null);
  const show = (user: User, password: string): void => {
    setPasswords((before) => [...before.filter((entry) => entry.username !== user.username), { displayName: user.displayName, username: user.username, password }]);
  };
  const reset = async (user: User): Promise<void> => {
    const password = newFirstPassword();
    const done = await command('reset-password', { userId: user.userId, password });
    setAsking(null);
    if (done.ok) show(user, password);
    else useNotice.getState().warn(errorSentence(done.error, t, format));
  };
  return (
    <main className="users" aria-labelledby="users-title">
      <h1 id="users-title">{t('users.title')}</h1>
      <NewPasswords passwords={passwords} />
      <section className="card users-add" aria-labelledby="users-add-title">
        <h2 id="users-add-title">{t('users.addTitle')}</h2>
        <AddPerson onAdded={(user, password) => { show(user, password); users.askAgain(); }} />
      </section>
      <section className="card users-list" aria-labelledby="users-list-title">
        <h2 id="users-list-title">{t('users.listTitle')}</h2>
        {users.data === null ? (users.error === null ? <Loading /> : <Failed error={users.error} onRetry={users.askAgain} />) : (
          <ul>
            {users.data.users.map((user) => (
              <li key={user.userId}>
                <span><b>{user.displayName}</b> <span className="dim">{user.username}</span></span>
                <span className="dim">{t(`role.${user.role}`)}</span>
                {user.userId === me.userId ? <span className="faint">{t('users.you')}</span> : asking === user.userId ? (
                  <span className="users-sure" role="group" aria-label={t('users.resetSure', { name: user.displayName })}>
                    <span>{t('users.resetSure', { name: user.displayName })}</span>
                    <Button className="primary" autoFocus onClick={() => { void reset(user); }}>{t('users.resetYes')}</Button>
                    <Button onClick={() => { setAsking(null); }}>{t('users.resetNo')}</Button>
                  </span>
                ) : <Button aria-label={t('users.resetOf', { name: user.displayName })} onClick={() => { setAsking(user.userId); }}>{t('users.reset')}</Button>}
              </li>
            ))}
          </ul>
        )}
      </section>
    </main>
  );
}
