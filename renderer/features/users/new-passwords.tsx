/** First passwords, once: to be written down and handed over. */
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';

export interface NewPassword {
  displayName: string;
  username: string;
  password: string;
}

export function NewPasswords({ passwords }: { passwords: readonly NewPassword[] }): ReactNode {
  const { t } = useWords();
  if (passwords.length === 0) return null;
  return (
    <section className="note note-warning new-passwords" aria-labelledby="new-passwords-title" role="status">
      <h2 id="new-passwords-title">{t('users.writeDown')}</h2>
      <p>{t('users.writeDownText')}</p>
      <dl>
        {passwords.map((entry) => (
          <div key={entry.username}>
            <dt>{entry.displayName} · {entry.username}</dt>
            <dd><code>{entry.password}</code></dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
