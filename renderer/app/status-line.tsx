/** The foot of the window: what was just saved on the left, how the line stands on the right. */
import type { ReactNode } from 'react';
import { useConnection } from '../bridge/connection.ts';
import { useQuery } from '../bridge/use-query.ts';
import { useWords } from './i18n.ts';
import { useNotice } from './notice-store.ts';

export function StatusLine(): ReactNode {
  const { t, format } = useWords();
  const { text, tone } = useNotice();
  const reconnecting = useConnection((store) => store.state === 'reconnecting');
  const sync = useQuery('show-sync', {}).data;
  const lineSentence = (): string => {
    if (reconnecting) return t('status.deskReconnecting');
    if (sync?.network === 'offline') return t('status.offline');
    if (sync?.problem) return t([sync.problem.messageKey, 'error.unexpected']);
    if (sync?.lastSyncAt) return t('status.lastSync', { at: format.moment(sync.lastSyncAt) });
    return '';
  };
  const troubled = reconnecting || sync?.network === 'offline' || Boolean(sync?.problem);
  return (
    <footer className={troubled ? 'status status-offline' : 'status'}>
      <p role="status" aria-live="polite" className={tone === 'problem' ? 'status-problem' : 'status-saved'}>{text}</p>
      <p aria-live="polite">{lineSentence()}</p>
    </footer>
  );
}
